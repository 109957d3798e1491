"""Visits, their revisions and releases, and the links that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from planner.domain.releases import ReleaseContent
from planner.store.documents import from_json, to_json
from planner.store.models import LinkRow, ReleaseRow, RevisionRow, VisitRow
from planner.store.secrets import link_token, token_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.visits import Visit


def add_visit(session: Session, visit: Visit, now: Instant, *, is_sample: bool = False) -> VisitRow:
    """Store a new visit with its first revision."""
    row = VisitRow(head=1, top=1, is_sample=is_sample, created=now)
    session.add(row)
    session.flush()
    session.add(RevisionRow(visit_id=row.id, number=1, document=to_json(visit), created=now))
    return row


def add_revision(session: Session, row: VisitRow, visit: Visit, now: Instant) -> int:
    """Append a revision and make it the visit's state; its number."""
    number = row.top + 1
    document = to_json(visit)
    session.add(RevisionRow(visit_id=row.id, number=number, parent=row.head, document=document, created=now))
    row.head = row.top = number
    return number


def sample_visit(session: Session) -> VisitRow | None:
    """The visit that the first run made, if it is still there."""
    return session.scalar(select(VisitRow).where(VisitRow.is_sample))


def published_release(session: Session, row: VisitRow) -> ReleaseContent | None:
    """What participants of a visit are shown, None while nothing is published."""
    if row.published is None:
        return None
    query = select(ReleaseRow).where(ReleaseRow.visit_id == row.id, ReleaseRow.number == row.published)
    return from_json(ReleaseContent, session.scalars(query).one().content)


def release_count(session: Session, visit_id: int) -> int:
    """How many releases a visit has had: their numbers are never given out again."""
    query = select(func.max(ReleaseRow.number)).where(ReleaseRow.visit_id == visit_id)
    return session.scalar(query) or 0


def add_release(session: Session, row: VisitRow, content: ReleaseContent) -> None:
    """Freeze a release of the visit's state and show it from now on."""
    session.add(
        ReleaseRow(
            visit_id=row.id,
            number=content.number,
            revision=row.head,
            content=to_json(content),
            created=content.published,
        )
    )
    row.published = content.number


def add_link(session: Session, secret_key: str, visit_id: int, kind: str, now: Instant) -> LinkRow:
    """Make a secret link of a kind (participant, guide) to a visit."""
    row = LinkRow(visit_id=visit_id, kind=kind, token_sha256=f"unset {kind} {visit_id}", created=now)
    session.add(row)
    session.flush()
    row.token_sha256 = token_hash(link_token(secret_key, row.id, row.rotation))
    return row


def links_of(session: Session, visit_id: int) -> list[LinkRow]:
    """The links of a visit, oldest first."""
    rows = select(LinkRow).where(LinkRow.visit_id == visit_id).order_by(LinkRow.id)
    return list(session.scalars(rows))


def link_by_token(session: Session, token: str, kind: str, now: Instant) -> LinkRow | None:
    """The link that a token opens; None for a wrong, revoked or expired one."""
    row = session.scalar(select(LinkRow).where(LinkRow.token_sha256 == token_hash(token)))
    if row is None or row.kind != kind or row.revoked or (row.expires is not None and row.expires <= now):
        return None
    return row
