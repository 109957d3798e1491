"""Changing the catalogue entry by entry, so that two people never undo each other's work unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zlib import crc32

from sqlalchemy.exc import IntegrityError

from planner.domain.sites import HoursStatus, SiteStatus
from planner.domain.text import in_language
from planner.errors import NotThereError, PlannerError, Reason
from planner.services.catalogue.record import to_record
from planner.services.catalogue.rules import problems_of, tidy
from planner.services.catalogue.text import free_slug
from planner.store import catalogue as store

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.sites import Site
    from planner.services.catalogue.rules import RuleContext
    from planner.store.catalogue import StoredSite

TRIES = 3
WHOLES = {"place": ("lat", "lon", "quality", "error_m"), "drop_off": ("drop_off_lat", "drop_off_lon")}
"""The columns of a position are one thing: half of mine and half of yours would be nowhere."""

_WHOLE_OF = {column: name for name, columns in WHOLES.items() for column in columns}


class SiteChangedError(PlannerError, RuntimeError):
    """Somebody else has changed the entry; `stored` is its state now."""

    code = "changed"
    status = 409

    def __init__(self, stored: StoredSite) -> None:
        super().__init__("somebody else has changed this site in the meantime", reason=Reason.SITE_CHANGED)
        self.stored = stored


@dataclass(frozen=True)
class Difference:
    """A thing in which two states differ, as the columns that make it up."""

    name: str
    now: Mapping[str, str]
    yours: Mapping[str, str]


def read_site(session: Session, site_id: str) -> StoredSite:
    """Return an entry.

    Raises
    ------
    NotThereError
        If there is none of this id.
    """
    stored = store.stored_site(session, site_id)
    if stored is None:
        msg = f"there is no site {site_id!r}"
        raise NotThereError(msg, reason=Reason.SITE_MISSING, params={"site": site_id})
    return stored


def create_site(session: Session, site: Site, now: Instant) -> str:
    """Store a new site under an id made from its name, which it keeps, and return the id."""
    name = in_language(site.name, "pl")
    for last_try in (False,) * (TRIES - 1) + (True,):
        site_id = free_slug(name, store.taken_ids(session))
        try:
            with session.begin_nested():
                store.add_sites(session, [replace(site, id=site_id)], now)
        except IntegrityError:
            if last_try:
                raise
        else:
            break
    return site_id


def save_site(session: Session, site: Site, version: int, now: Instant) -> None:
    """Store a new state of a site over the version that was read.

    Raises
    ------
    SiteChangedError
        If that version is no longer the newest.
    """
    stored = store.stored_site(session, site.id)
    if stored and stored.version == version and stored.site == site:
        return
    if not store.replace_site(session, site, version, now):
        session.expire_all()  # another may have stored its state since the row was read
        raise SiteChangedError(read_site(session, site.id))


def confirmed_as_of(site: Site, day: dt.date, how: str = "") -> Site:
    """A site whose entry, and whose opening hours where they are known, somebody has checked on a day.

    An open space stays one: nothing about it can be closed.
    """
    is_checked = site.hours_status is HoursStatus.UNCONFIRMED and bool(site.opening_hours)
    hours = HoursStatus.CONFIRMED if is_checked else site.hours_status
    status = site.status if site.status is SiteStatus.OPEN_SPACE else SiteStatus.CONFIRMED
    return replace(site, status=status, hours_status=hours, confirmed_on=day.isoformat(), confirmed_how=how)


def can_be_confirmed(stored: StoredSite, context: RuleContext) -> bool:
    """Whether one word is enough to confirm an entry: it is not yet, and nothing else is wrong with it."""
    if stored.archived or stored.site.is_confirmed:
        return False
    return not problems_of(tidy(confirmed_as_of(stored.site, context.today)), context)


def confirm_site(session: Session, site_id: str, version: int, context: RuleContext, now: Instant) -> Site:
    """Store that somebody has checked an entry today, and return it as it was.

    Raises
    ------
    SiteChangedError
        If it is no longer the version that was seen, or cannot be confirmed without its form.
    """
    stored = read_site(session, site_id)
    if stored.version != version or not can_be_confirmed(stored, context):
        raise SiteChangedError(stored)
    save_site(session, tidy(confirmed_as_of(stored.site, context.today)), version, now)
    return stored.site


def archive_site(session: Session, site_id: str, now: Instant, *, archived: bool) -> StoredSite:
    """Take a site out of the catalogue, or back into it, and return the entry as it was."""
    stored = read_site(session, site_id)
    if stored.archived != archived and not store.set_archived(
        session, site_id, stored.version, now, archived=archived
    ):
        raise SiteChangedError(stored)
    return stored


def differences(now: Site, yours: Site) -> list[Difference]:
    """In what two states of a site differ, in the order of the form."""
    old, new = to_record(now), to_record(yours)
    differing: dict[str, Difference] = {}
    for column in {**old, **new}:
        if old.get(column, "") != new.get(column, ""):
            name = _WHOLE_OF.get(column, column)
            differing.setdefault(name, Difference(name, _part(old, name), _part(new, name)))
    return list(differing.values())


def marks_of(site: Site) -> dict[str, str]:
    """What a form was opened with, in short marks, to tell later who changed what."""
    record = to_record(site)
    names = dict.fromkeys(_WHOLE_OF.get(column, column) for column in record)
    texts = {name: "\n".join(_part(record, name).values()) for name in names}
    return {name: f"{crc32(text.encode()):08x}" for name, text in texts.items()}


def take_now(yours: Site, now: Site, names: Iterable[str]) -> dict[str, str]:
    """The record of `yours` with the named things as they are now."""
    record, stored = to_record(yours), to_record(now)
    for name in names:
        for column in WHOLES.get(name, (name,)):
            record[column] = stored.get(column, "")
    return record


def _part(record: Mapping[str, str], name: str) -> dict[str, str]:
    return {column: record.get(column, "") for column in WHOLES.get(name, (name,))}
