"""Secret links for looking alone: a host's to their own sheet, a colleague's to the draft as a participant.

They are read only, can be withdrawn and exchanged, and end with the visit's last day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.visits import Visit
from planner.errors import InvalidInputError, LinkEndedError, NotThereError, PlannerError, Reason
from planner.links import COLLEAGUE, HOST
from planner.store import visits
from planner.store.models import PreviewRow
from planner.store.secrets import preview_token
from planner.store.together import previews as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant, TownClock
    from planner.store.models import VisitRow

LONGEST_WHOM = 80
MOST = 60
"""Such links of one visit."""


@dataclass(frozen=True)
class Preview:
    """A link as those who change the visit see it: of a host with the `site`, else for `whom`."""

    id: int
    kind: str
    site: str
    whom: str
    token: str
    is_revoked: bool


@dataclass(frozen=True)
class OpenedPreview:
    """What a link shows: the draft of a visit and, where it is published, its release's number."""

    visit_id: int
    site: str
    visit: Visit
    published: int | None


def previews(session: Session, secret_key: str, visit_id: int) -> list[Preview]:
    """Return the links of a visit, the oldest first."""
    return [
        Preview(
            row.id,
            row.kind,
            row.site,
            row.whom,
            preview_token(secret_key, row.id, row.rotation),
            row.revoked,
        )
        for row in store.previews_of(session, visit_id)
    ]


def make(session: Session, secret_key: str, row: VisitRow, asked: tuple[str, str], now: Instant) -> None:
    """Make a link: asked for as (kind, the site's id or the colleague's name).

    Raises
    ------
    InvalidInputError
        If there is no such kind, the site is not in the draft, or there are too many links.
    """
    kind, name = asked[0], asked[1].strip()
    visit = visits.draft(session, row)
    is_known = kind == COLLEAGUE or (kind == HOST and name in sites_of(visit))
    if not is_known or len(name) > LONGEST_WHOM or len(store.previews_of(session, row.id)) >= MOST:
        raise InvalidInputError("no such preview can be made", reason=Reason.PREVIEW_UNFIT)
    site, whom = (name, "") if kind == HOST else ("", name)
    made = PreviewRow(visit_id=row.id, kind=kind, site=site, whom=whom, created=now)
    store.add_preview(session, secret_key, made)


def change(session: Session, secret_key: str, visit_id: int, preview_id: int, action: str) -> None:
    """Withdraw a link (`revoke`), let it work again (`restore`) or exchange it for a new one (`rotate`).

    Raises
    ------
    NotThereError
        If the visit has no such link, or this cannot be done with one.
    """
    row = store.preview_of(session, visit_id, preview_id)
    if row is None or action not in ("revoke", "restore", "rotate"):
        raise NotThereError("this visit has no such link", reason=Reason.LINK_MISSING)
    if action == "rotate":
        store.rotate(session, secret_key, row)
    row.revoked = action == "revoke"


def opened(session: Session, token: str, kind: str, clock: TownClock, now: Instant) -> OpenedPreview:
    """Return what a link shows.

    Raises
    ------
    NotThereError
        If there never was such a link.
    LinkEndedError
        If it opens nothing any more: it was withdrawn or exchanged, the visit is put away, deleted or over.
    """
    link = store.preview_by_token(session, token, kind)
    row = None if link is None else visits.visit_row(session, link.visit_id)
    if link is None or row is None:
        raise _unknown(session, token)
    if link.revoked:
        raise LinkEndedError("this link was withdrawn", reason=Reason.LINK_WITHDRAWN)
    if row.archived:
        raise hidden()
    visit = visits.draft(session, row)
    if now >= clock.midnight(visit.days[-1].date + dt.timedelta(days=1)):
        raise LinkEndedError("the visit of this link is over", reason=Reason.LINK_OVER)
    return OpenedPreview(row.id, link.site, visit, row.published)


def hidden() -> PlannerError:
    """Return what is said where there is nothing to show now."""
    return LinkEndedError("the visit of this link is not shown now", reason=Reason.VISIT_HIDDEN)


def sites_of(visit: Visit) -> list[str]:
    """The ids of the sites that a draft goes to, when it rains too, in its order."""
    places = (place for day in visit.days for stop in day.stops for place in (stop.place, stop.rain))
    return list(dict.fromkeys(place.site for place in places if place and place.site))


def _unknown(session: Session, token: str) -> PlannerError:
    if visits.is_ended_token(session, token):
        return LinkEndedError("this link is no longer in use", reason=Reason.LINK_REPLACED)
    return NotThereError("this link opens no visit", reason=Reason.LINK_UNKNOWN)
