"""What was said on the day of a visit, and the marks after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from planner.domain.live.events import LiveEvent
from planner.store.documents import from_json, to_json
from planner.store.models import LinkRow, LiveEventRow, MarkRow, VisitRow
from planner.store.secrets import token_hash

if TYPE_CHECKING:
    from sqlalchemy import ScalarSelect
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant


@dataclass(frozen=True)
class LiveLink:
    """What a link opens on the day: a visit, the release shown, a party, the version of what was said."""

    id: int
    visit_id: int
    release: int
    party: str
    version: int


@dataclass(frozen=True)
class Written:
    """Where an event belongs: the visit, the ISO date of its day, its link, whether it is a rehearsal."""

    visit_id: int
    date: str
    link_id: int | None = None
    is_rehearsal: bool = False


def live_link(session: Session, token: str, kind: str, now: Instant) -> LiveLink | None:
    """What a token of a kind opens, in one query; None for one that opens nothing."""
    query = (
        select(LinkRow, VisitRow.published, _newest())
        .join(VisitRow, VisitRow.id == LinkRow.visit_id)
        .where(LinkRow.token_sha256 == token_hash(token), LinkRow.kind == kind, ~LinkRow.revoked)
        .where(~VisitRow.archived, VisitRow.published.is_not(None))
    )
    found = session.execute(query).first()
    if found is None:
        return None
    row, published, version = found
    if row.expires is not None and row.expires <= now:
        return None
    return LiveLink(row.id, row.visit_id, published or 0, row.party, version or 0)


def version(session: Session, visit_id: int) -> int:
    """The version of what was said of a visit, 0 where nothing was."""
    query = select(func.max(LiveEventRow.id)).where(
        LiveEventRow.visit_id == visit_id, ~LiveEventRow.is_rehearsal
    )
    return session.scalar(query) or 0


def _newest() -> ScalarSelect[int | None]:
    return (
        select(func.max(LiveEventRow.id))
        .where(LiveEventRow.visit_id == LinkRow.visit_id, ~LiveEventRow.is_rehearsal)
        .correlate(LinkRow)
        .scalar_subquery()
    )


def is_known(session: Session, visit_id: int, key: str) -> bool:
    """Whether an event of this id has been received."""
    query = select(LiveEventRow.id).where(LiveEventRow.visit_id == visit_id, LiveEventRow.key == key)
    return session.scalar(query) is not None


def add_event(session: Session, where: Written, event: LiveEvent) -> None:
    """Append an event that is not known yet."""
    session.add(
        LiveEventRow(
            visit_id=where.visit_id,
            key=event.id,
            date=where.date,
            link_id=where.link_id,
            is_rehearsal=where.is_rehearsal,
            received=event.received,
            said=to_json(event),
        )
    )
    session.flush()


def events(session: Session, where: Written) -> list[LiveEvent]:
    """All that was said on a day, or tried for it, in the order in which it came in."""
    query = (
        select(LiveEventRow.said)
        .where(LiveEventRow.visit_id == where.visit_id, LiveEventRow.is_rehearsal == where.is_rehearsal)
        .where(LiveEventRow.date == where.date)
        .order_by(LiveEventRow.id)
    )
    return [from_json(LiveEvent, said) for said in session.scalars(query)]


def past_version(session: Session, today: str) -> int:
    """The newest event of any visit on days before an ISO date, 0 where nothing was said."""
    query = select(func.max(LiveEventRow.id)).where(LiveEventRow.date < today, ~LiveEventRow.is_rehearsal)
    return session.scalar(query) or 0


def past_days(session: Session, today: str, most: int) -> list[tuple[int, str]]:
    """The visits and ISO dates, before one, on which something was said; the newest so many."""
    query = (
        select(LiveEventRow.visit_id, LiveEventRow.date)
        .where(LiveEventRow.date < today, ~LiveEventRow.is_rehearsal)
        .distinct()
        .order_by(LiveEventRow.date.desc(), LiveEventRow.visit_id)
        .limit(most)
    )
    return [(visit_id, date) for visit_id, date in session.execute(query)]


def acted_since(session: Session, link_id: int, since: Instant) -> int:
    """How many events have come by a link since an instant."""
    query = select(func.count()).where(LiveEventRow.link_id == link_id, LiveEventRow.received > since)
    return session.scalar(query) or 0


def forget_rehearsal(session: Session, where: Written) -> None:
    """Remove what was tried for a day."""
    session.execute(
        delete(LiveEventRow).where(
            LiveEventRow.visit_id == where.visit_id,
            LiveEventRow.date == where.date,
            LiveEventRow.is_rehearsal,
        )
    )


def add_mark(session: Session, row: MarkRow) -> bool:
    """Keep a phone's mark of a stop; False where it has given one already."""
    query = select(MarkRow.id).where(
        MarkRow.visit_id == row.visit_id, MarkRow.stop == row.stop, MarkRow.phone == row.phone
    )
    if session.scalar(query) is not None:
        return False
    session.add(row)
    return True


def mark_count(session: Session, visit_id: int, stop: str) -> int:
    """How many marks a stop has been given."""
    query = select(func.count()).where(MarkRow.visit_id == visit_id, MarkRow.stop == stop)
    return session.scalar(query) or 0


def marks(session: Session, visit_id: int) -> list[MarkRow]:
    """The marks of a visit, by the stops' ids."""
    query = select(MarkRow).where(MarkRow.visit_id == visit_id).order_by(MarkRow.stop, MarkRow.id)
    return list(session.scalars(query))


def visits_with_marks(session: Session) -> set[int]:
    """The visits of which marks are kept."""
    return set(session.scalars(select(MarkRow.visit_id).distinct()))


def forget_marks(session: Session, visit_id: int) -> None:
    """Remove the marks of a visit with their words."""
    session.execute(delete(MarkRow).where(MarkRow.visit_id == visit_id))


def forget_days_before(session: Session, date: str) -> None:
    """Remove what was said on days before an ISO date."""
    session.execute(delete(LiveEventRow).where(LiveEventRow.date < date))


def forget_rehearsals_before(session: Session, date: str) -> None:
    """Remove what was tried for days before an ISO date."""
    session.execute(delete(LiveEventRow).where(LiveEventRow.date < date, LiveEventRow.is_rehearsal))


def forget_log(session: Session, visit_id: int, date: str) -> None:
    """Remove what was said of a visit on days before an ISO date."""
    session.execute(delete(LiveEventRow).where(LiveEventRow.visit_id == visit_id, LiveEventRow.date < date))


def log(session: Session, visit_id: int) -> list[LiveEventRow]:
    """All that was said of a visit, rehearsals too."""
    query = select(LiveEventRow).where(LiveEventRow.visit_id == visit_id).order_by(LiveEventRow.id)
    return list(session.scalars(query))
