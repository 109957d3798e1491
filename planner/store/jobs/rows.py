"""Questions to the table of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from planner.store.jobs.tables import JobRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant


def add(session: Session, row: JobRow) -> JobRow:
    """Add a job; its number is known afterwards."""
    session.add(row)
    session.flush()
    return row


def job_row(session: Session, number: int) -> JobRow | None:
    """A job by its number."""
    return session.get(JobRow, number)


def in_state(session: Session, states: Iterable[str]) -> Sequence[JobRow]:
    """The jobs in these states, in the order in which they were asked for."""
    return session.scalars(select(JobRow).where(JobRow.state.in_(list(states))).order_by(JobRow.id)).all()


def newest(session: Session, kinds: Iterable[str], most: int) -> Sequence[JobRow]:
    """The newest jobs, of these kinds or, where none is named, of all."""
    named = list(kinds)
    asked = select(JobRow).where(JobRow.kind.in_(named)) if named else select(JobRow)
    return session.scalars(asked.order_by(JobRow.id.desc()).limit(most)).all()


def last_of(session: Session, kind: str, machine: str) -> JobRow | None:
    """The newest job of a kind, of one machine where the kind is done on each."""
    asked = select(JobRow).where(JobRow.kind == kind, JobRow.machine == machine)
    return session.scalars(asked.order_by(JobRow.id.desc()).limit(1)).first()


def forget(session: Session, before: Instant) -> None:
    """Remove what ended before an instant, but the newest of each kind: by it the next is due."""
    newest_ones = select(func.max(JobRow.id)).group_by(JobRow.kind, JobRow.machine)
    session.execute(delete(JobRow).where(JobRow.ended < before, JobRow.id.not_in(newest_ones)))
