"""Which sheets belong to a visit, in which languages; and which sites have a page for their poster."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.domain.releases import ReleaseContent
from planner.errors import NotThereError, Reason
from planner.links import PARTICIPANT
from planner.services.paper.telling import Telling, newest_tellings
from planner.services.visits import publish
from planner.store import paper as store
from planner.store import visits
from planner.store.catalogue import stored_site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.sites import Site

USUAL = ("day", "guide")
"""One sheet of A4, for participants and for the guide: all else is added when it is wanted."""


@dataclass(frozen=True)
class Choice:
    """What belongs to a visit: kinds of sheets, and languages."""

    kinds: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """A release to be printed, with what its sheets need from elsewhere.

    `token` is that of the participants' link, '' where there is none that works; `told` is what hosts were
    told, by site and date.
    """

    visit_id: int
    content: ReleaseContent
    choice: Choice
    token: str
    pages_of: frozenset[str]
    told: Mapping[tuple[str, dt.date], Telling] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        """Whether it is not published: a draft has no number."""
        return self.content.number == 0


def choice_of(session: Session, visit_id: int, languages: Iterable[str]) -> Choice:
    """Return what belongs to a visit; `languages` are the visit's own."""
    kept = store.chosen(session, visit_id)
    if kept is None:
        return Choice(USUAL, tuple(languages))
    return Choice(tuple(kept["kinds"]), tuple(kept["languages"]) or tuple(languages))


def choose(session: Session, visit_id: int, choice: Choice) -> None:
    """Keep what belongs to a visit."""
    store.choose(session, visit_id, {"kinds": list(choice.kinds), "languages": list(choice.languages)})


def printed(session: Session, secret_key: str, visit_id: int, now: Instant) -> Printed | None:
    """Return what of a visit is published, to be printed; None while nothing is."""
    row = visits.visit_row(session, visit_id)
    content = None if row is None else visits.published_release(session, row)
    return None if content is None else to_print(session, secret_key, visit_id, content, now)


def to_print(
    session: Session, secret_key: str, visit_id: int, content: ReleaseContent, now: Instant
) -> Printed:
    """Return a release of a visit, or its planned draft, with what its sheets need from elsewhere."""
    links = publish.links(session, secret_key, visit_id)
    open_links = (
        link
        for link in links
        if link.kind == PARTICIPANT and not link.is_revoked and (link.expires is None or link.expires > now)
    )
    token = next((link.token for link in open_links), "")
    choice = choice_of(session, visit_id, content.visit.languages)
    pages, told = store.sites_with_page(session), newest_tellings(session, visit_id)
    return Printed(visit_id, content, choice, token, pages, told)


def printed_by_link(session: Session, secret_key: str, token: str, kind: str, now: Instant) -> Printed | None:
    """Return the same for who holds a secret link; None for a link that opens nothing."""
    if publish.released(session, token, kind, now) is None:
        return None
    link = visits.link_by_token(session, token, kind, now)
    return None if link is None else printed(session, secret_key, link.visit_id, now)


def paper_mark(session: Session, visit_id: int, now: Instant) -> str:
    """Return what changes whenever sheets of a release would say something else: choice, links, tellings."""
    links = ((row.id, row.rotation) for row in visits.open_links(session, now, visit_id))
    pages, told = store.sites_with_page(session), newest_tellings(session, visit_id)
    said = (store.chosen(session, visit_id), *links, *sorted(pages), *map(repr, told.values()))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def public_site(session: Session, site_id: str) -> Site:
    """Return a site that has a public page.

    Raises
    ------
    NotThereError
        If there is no such site, or its page is switched off: the two look alike from outside.
    """
    stored = stored_site(session, site_id)
    if stored is None or stored.archived or site_id not in store.sites_with_page(session):
        raise NotThereError("there is no such page", reason=Reason.SITE_MISSING, params={"site": site_id})
    return stored.site


def switch_page(session: Session, site_id: str, *, is_on: bool) -> None:
    """Give a site a public page, or take it away.

    Raises
    ------
    NotThereError
        If there is no such site.
    """
    if not store.switch_page(session, site_id, is_on=is_on):
        raise NotThereError("there is no such site", reason=Reason.SITE_MISSING, params={"site": site_id})


def has_page(session: Session, site_id: str) -> bool:
    """Whether a site has a public page."""
    return site_id in store.sites_with_page(session)
