"""The same done to several entries: each as it was seen, and nothing to any other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.sites import CONFIRMED_HOW
from planner.services.catalogue.editing import confirmed_as_of
from planner.services.catalogue.rules import problems_of, tidy
from planner.store import catalogue as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.sites import Site
    from planner.services.catalogue.rules import RuleContext
    from planner.store.catalogue import StoredSite


class Deed(StrEnum):
    """What is done."""

    CONFIRM = "confirm"
    ADD_THEME = "add_theme"
    DROP_THEME = "drop_theme"
    ARCHIVE = "archive"
    RESTORE = "restore"


@dataclass(frozen=True)
class Asked:
    """A deed, with the theme it is about or by what something was confirmed."""

    deed: Deed
    theme: str = ""
    how: str = ""


@dataclass(frozen=True)
class Outcome:
    """The ids of what was done, of what was so already, and of what could not be done."""

    done: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def do_to_several(
    session: Session, ticked: Mapping[str, int], asked: Asked, context: RuleContext, now: Instant
) -> Outcome:
    """Do a deed to entries, given by their ids and the versions that were seen.

    An entry that has changed since, is gone, or would break a rule is left as it is, and named.
    """
    entries = store.stored_sites(session)
    done: list[str] = []
    same: list[str] = []
    refused: list[str] = []
    for site_id, version in ticked.items():
        stored = entries.get(site_id)
        if stored is None or stored.version != version:
            refused.append(site_id)
        elif _is_so(stored, asked, context):
            same.append(site_id)
        else:
            (done if _do(session, stored, asked, context, now) else refused).append(site_id)
    return Outcome(tuple(done), tuple(same), tuple(refused))


def _is_so(stored: StoredSite, asked: Asked, context: RuleContext) -> bool:
    if asked.deed in {Deed.ARCHIVE, Deed.RESTORE}:
        return stored.archived is (asked.deed is Deed.ARCHIVE)
    return _changed(stored.site, asked, context) == stored.site


def _do(session: Session, stored: StoredSite, asked: Asked, context: RuleContext, now: Instant) -> bool:
    site_id, version = stored.site.id, stored.version
    if asked.deed in {Deed.ARCHIVE, Deed.RESTORE}:
        return store.set_archived(session, site_id, version, now, archived=asked.deed is Deed.ARCHIVE)
    site = _changed(stored.site, asked, context)
    if stored.archived or problems_of(site, context):
        return False
    return store.replace_site(session, site, version, now)


def _changed(site: Site, asked: Asked, context: RuleContext) -> Site:
    if asked.deed is Deed.CONFIRM:
        how = asked.how if asked.how in CONFIRMED_HOW else ""
        return tidy(confirmed_as_of(site, context.today, how))
    themes = tuple(theme for theme in site.themes if theme != asked.theme)
    if asked.deed is Deed.ADD_THEME:
        themes = site.themes if asked.theme in site.themes else (*site.themes, asked.theme)
    return tidy(replace(site, themes=themes))
