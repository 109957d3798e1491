"""What is arranged with the hosts of a visit, and when it was edited last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from planner.store.hosts.tables import ArrangementRow, HostStepRow, SteppedRow
from planner.store.models import ReleaseRow, RevisionRow, UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.store.models import VisitRow


def details(session: Session, visit_id: int) -> dict[str, dict[str, Any]]:
    """What the organiser wrote down of each host."""
    query = select(ArrangementRow).where(ArrangementRow.visit_id == visit_id)
    return {row.host: row.details for row in session.scalars(query)}


def keep_details(session: Session, visit_id: int, host: str, filled: dict[str, Any]) -> None:
    """Keep what is written down of a host."""
    session.merge(ArrangementRow(visit_id=visit_id, host=host, details=filled))


def add_step(session: Session, **values: Any) -> None:
    """Keep what passed between the organiser and a host."""
    session.add(HostStepRow(**values))


def steps(session: Session, visit_id: int) -> list[tuple[HostStepRow, str]]:
    """All that passed, each with the name of who noted it, from the oldest on."""
    query = (
        select(HostStepRow, UserRow.name)
        .outerjoin(UserRow, UserRow.id == HostStepRow.by_id)
        .where(HostStepRow.visit_id == visit_id)
        .order_by(HostStepRow.id)
    )
    return [(row, name or "") for row, name in session.execute(query)]


def last_edited(session: Session, visit: VisitRow) -> int:
    """When the newest revision of a visit was made, or undo or redo moved its draft, if that was later."""
    query = select(func.max(RevisionRow.created)).where(RevisionRow.visit_id == visit.id)
    stepped = session.get(SteppedRow, visit.id)
    return max(session.scalar(query) or visit.created, stepped.at if stepped else 0)


def note_stepped(session: Session, visit_id: int, at: int) -> None:
    """Keep when undo or redo moved the draft of a visit."""
    session.merge(SteppedRow(visit_id=visit_id, at=at))


def is_head_published(session: Session, visit: VisitRow) -> bool:
    """Whether what is shown to readers was made from the draft as it stands."""
    query = select(ReleaseRow.revision).where(
        ReleaseRow.visit_id == visit.id, ReleaseRow.number == visit.published
    )
    return session.scalar(query) == visit.head


def forget_details(session: Session, visit_id: int) -> None:
    """Remove what is written down of the hosts of a visit: it may say who does what."""
    session.execute(delete(ArrangementRow).where(ArrangementRow.visit_id == visit_id))


def visits_with_details(session: Session) -> set[int]:
    """The visits of which something is written down of hosts."""
    return set(session.scalars(select(ArrangementRow.visit_id).distinct()))
