"""Publishing: a release freezes a visit with its itineraries and its sites; links show the newest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.edits.changes import Change, changes
from planner.errors import NotThereError, Reason
from planner.links import KINDS
from planner.services.visits.drafts import planned
from planner.store import visits as store
from planner.store.models import LinkRow, VisitRow
from planner.store.secrets import link_token

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit
    from planner.services.travel.town import Town


@dataclass(frozen=True)
class Link:
    """A secret link as its owner sees it."""

    id: int
    kind: str
    token: str
    is_revoked: bool
    expires: Instant | None


def publish(session: Session, town: Town, row: VisitRow, visit: Visit, now: Instant) -> ReleaseContent:
    """Compute and store the next release of a visit.

    Raises
    ------
    InvalidInputError
        If the visit cannot be planned; nothing is stored then.
    """
    number = store.release_count(session, row.id) + 1
    content = planned(session, town, visit, now, number=number)
    store.add_release(session, row, content)
    return content


def unpublish(row: VisitRow) -> None:
    """Show nothing any more; the releases and links are kept."""
    row.published = None


def released(session: Session, token: str, kind: str, now: Instant) -> ReleaseContent | None:
    """What a secret link of a kind shows; None for a link that opens nothing."""
    link = store.link_by_token(session, token, kind, now)
    row = session.get(VisitRow, link.visit_id) if link is not None else None
    return None if row is None or row.archived else store.published_release(session, row)


def unpublished_changes(session: Session, row: VisitRow) -> tuple[Change, ...] | None:
    """What the draft changes against the release that is shown; None while none is."""
    release = store.published_release(session, row)
    return None if release is None else changes(release.visit, store.draft(session, row))


def ensure_links(session: Session, secret_key: str, visit_id: int, now: Instant) -> None:
    """Make the links that a published visit has: one for participants, one for the guide."""
    present = {link.kind for link in store.links_of(session, visit_id)}
    for kind in KINDS:
        if kind not in present:
            store.add_link(session, secret_key, visit_id, kind, now)


def links(session: Session, secret_key: str, visit_id: int) -> list[Link]:
    """The links of a visit with their tokens."""
    return [
        Link(row.id, row.kind, link_token(secret_key, row.id, row.rotation), row.revoked, row.expires)
        for row in store.links_of(session, visit_id)
    ]


def link_of(session: Session, visit_id: int, link_id: int) -> LinkRow:
    """A link of a visit.

    Raises
    ------
    NotThereError
        If the visit has no such link.
    """
    row = session.get(LinkRow, link_id)
    if row is None or row.visit_id != visit_id:
        raise NotThereError("this visit has no such link", reason=Reason.LINK_MISSING)
    return row
