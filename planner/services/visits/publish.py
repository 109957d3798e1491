"""Publishing: a release freezes a visit with its itineraries and its sites; links show the newest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from planner.domain.clock import Instant
from planner.domain.edits.changes import Change, changes
from planner.domain.releases import ReleaseContent, ToFollow, without_days, without_parties
from planner.domain.text import LocalText
from planner.errors import NotThereError, Reason
from planner.links import GUIDE, KINDS
from planner.services.planning.places import refuse
from planner.services.visits.releasing import released_draft, with_rain
from planner.store import visits as store
from planner.store.models import LinkRow, VisitRow
from planner.store.secrets import calendar_mark, link_token

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit
    from planner.services.travel.town import Town


MOST_RELEASES = 40
"""So many releases back a calendar tells what was dropped."""


MOST_NOTES = 4
"""So many releases back a phone is told their notes."""


@dataclass(frozen=True)
class Link:
    """A secret link as its owner sees it."""

    id: int
    kind: str
    token: str
    is_revoked: bool
    expires: Instant | None
    party: str = ""


@dataclass(frozen=True)
class Publishing:
    """How a visit is published: what of it is to follow, and a note to its readers."""

    to_follow: tuple[ToFollow, ...] = ()
    note: LocalText = field(default_factory=dict)


WHOLE = Publishing()


def publish(
    session: Session, town: Town, row: VisitRow, visit: Visit, now: Instant, how: Publishing = WHOLE
) -> ReleaseContent:
    """Compute and store the next release of a visit.

    Raises
    ------
    InvalidInputError
        If the visit or its rain version cannot be planned, or nothing of it would be published; nothing
        is stored then.
    """
    plan = released_draft(session, town, visit, how.to_follow, now)
    if plan.content is None:
        refuse(list(plan.faults))
    content = replace(
        cast("ReleaseContent", plan.content), number=next_release(session, row.id), note=how.note
    )
    content = with_rain(plan, content)
    store.add_release(session, row, content)
    return content


def next_release(session: Session, visit_id: int) -> int:
    """Return the number that the next release of a visit gets."""
    return store.release_count(session, visit_id) + 1


def unpublish(row: VisitRow) -> None:
    """Show nothing any more; the releases and links are kept."""
    row.published = None


def released(session: Session, token: str, kind: str, now: Instant) -> ReleaseContent | None:
    """What a secret link of a kind shows; None for a link that opens nothing."""
    link = store.link_by_token(session, token, kind, now)
    row = session.get(VisitRow, link.visit_id) if link is not None else None
    return None if row is None or row.archived else store.published_release(session, row)


@dataclass(frozen=True)
class Opened:
    """What a secret link opens: the release that is shown, whose it is, and the mark of its calendar."""

    visit_id: int
    content: ReleaseContent
    mark: str


def opened(session: Session, secret_key: str, token: str, kind: str, now: Instant) -> Opened | None:
    """What a secret link of a kind opens; None for one that opens nothing."""
    link = store.link_by_token(session, token, kind, now)
    return None if link is None else shown(session, secret_key, link.visit_id, kind)


def shown(session: Session, secret_key: str, visit_id: int, kind: str) -> Opened | None:
    """What the links of a kind to a visit open; None where that is nothing."""
    row = session.get(VisitRow, visit_id)
    content = None if row is None or row.archived else store.published_release(session, row)
    return None if content is None else Opened(visit_id, content, calendar_mark(secret_key, visit_id, kind))


def earlier_releases(session: Session, visit_id: int, number: int) -> list[ReleaseContent]:
    """Return the releases up to a number, from the oldest on: calendars tell what became of each stay."""
    return store.newest_releases(session, visit_id, number, MOST_RELEASES)


def release_by_link(
    session: Session, token: str, kind: str, number: int, now: Instant
) -> ReleaseContent | None:
    """What a secret link showed earlier, by the release's number; None for a link that opens nothing."""
    link = store.link_by_token(session, token, kind, now)
    row = session.get(VisitRow, link.visit_id) if link is not None else None
    return None if row is None or row.archived else store.release(session, row.id, number)


def notes_by_link(
    session: Session, token: str, kind: str, since: int, content: ReleaseContent, now: Instant
) -> list[LocalText]:
    """Return what readers of a secret link were told of the releases since one, the newest first."""
    link = store.link_by_token(session, token, kind, now)
    if link is None:
        return []
    most = min(content.number - since, MOST_NOTES)
    newer = store.newest_releases(session, link.visit_id, content.number, most)
    return [one.note for one in reversed(newer) if any(one.note.values())]


def unpublished_changes(session: Session, row: VisitRow) -> tuple[Change, ...] | None:
    """What the draft changes against the release that is shown; None while none is."""
    release = store.published_release(session, row)
    if release is None:
        return None
    held = release.to_follow
    return changes(release.visit, without_parties(without_days(store.draft(session, row), held), held))


def ensure_links(session: Session, secret_key: str, visit_id: int, now: Instant) -> None:
    """Make the links that a published visit has: for participants, for the guide, for each party's guide."""
    present = {(link.kind, link.party) for link in store.links_of(session, visit_id)}
    row = session.get(VisitRow, visit_id)
    release = None if row is None else store.published_release(session, row)
    parties = {way.name for ways in release.parties for way in ways} if release else set()
    for kind, party in [*((kind, "") for kind in KINDS), *((GUIDE, name) for name in sorted(parties))]:
        if (kind, party) not in present:
            store.add_link(session, secret_key, visit_id, kind, now, party=party)


def shown_release(session: Session, row: VisitRow) -> ReleaseContent | None:
    """What participants of a visit are shown, None while nothing is published."""
    return store.published_release(session, row)


def links(session: Session, secret_key: str, visit_id: int) -> list[Link]:
    """The links of a visit with their tokens."""
    return [
        Link(
            row.id,
            row.kind,
            link_token(secret_key, row.id, row.rotation),
            row.revoked,
            row.expires,
            row.party,
        )
        for row in store.links_of(session, visit_id)
    ]


def link(session: Session, secret_key: str, visit_id: int, link_id: int) -> Link:
    """A link of a visit with its token; NotThereError if the visit has no such link."""
    _link_row(session, visit_id, link_id)
    return next(listed for listed in links(session, secret_key, visit_id) if listed.id == link_id)


def revoke_link(session: Session, visit_id: int, link_id: int) -> None:
    """Withdraw a link of a visit: it opens nothing now."""
    _link_row(session, visit_id, link_id).revoked = True


def restore_link(session: Session, visit_id: int, link_id: int) -> None:
    """Let a link of a visit work again, without an end."""
    row = _link_row(session, visit_id, link_id)
    row.revoked = False
    row.expires = None


def exchange_link(session: Session, secret_key: str, visit_id: int, link_id: int) -> None:
    """Give a link of a visit a new token; the old one opens nothing now."""
    row = _link_row(session, visit_id, link_id)
    store.rotate_link(session, row, secret_key)
    row.revoked = False


def end_link(session: Session, visit_id: int, link_id: int, expires: Instant | None) -> None:
    """Let a link of a visit work until an instant; None: it does not end by itself."""
    _link_row(session, visit_id, link_id).expires = expires


def _link_row(session: Session, visit_id: int, link_id: int) -> LinkRow:
    row = session.get(LinkRow, link_id)
    if row is None or row.visit_id != visit_id:
        raise NotThereError("this visit has no such link", reason=Reason.LINK_MISSING)
    return row
