"""Asking for work in the background: start it, look how far it is, cancel it, start it again.

What is started waits in the database until a machine's runner takes it (planner/runner); a page asks for its
state by its number as often as it likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.domain.jobs.job import OPEN, Job, JobFault, JobKind, JobState, Progress
from planner.errors import NotThereError, Reason
from planner.store.jobs import rows as store
from planner.store.jobs.tables import JobRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant

NEWEST = 20


def start(
    session: Session,
    kind: JobKind,
    args: Mapping[str, Any],
    now: Instant,
    *,
    by: int | None = None,
    machine: str = "",
) -> Job:
    """Ask for work; the same that waits or runs already is returned in its place: asked twice, done once.

    `args` is what JSON can hold, without secrets. `by` is the id of an account; None: a command, the service.
    `machine` is where work that is done on each machine is to be done.
    """
    for row in store.in_state(session, OPEN):
        if (row.kind, row.machine, row.args) == (kind.name, machine, dict(args)) and not row.cancelling:
            return as_job(row)
    queue = kind.queue or kind.name
    row = JobRow(
        kind=kind.name,
        queue=f"{queue}@{machine}" if machine else queue,
        machine=machine,
        args=dict(args),
        by_id=by,
        state=JobState.WAITING,
        created=now,
        most_tries=kind.tries,
    )
    return as_job(store.add(session, row))


def state(session: Session, number: int) -> Job:
    """How far a job has come.

    Raises
    ------
    NotThereError
        If there is none of this number, or none any more.
    """
    return as_job(_row(session, number))


def cancel(session: Session, number: int, now: Instant) -> Job:
    """Have a job end: at once if it waits; if it runs its process is told, and ended a little later.

    Of one that has come to its end nothing changes.

    Raises
    ------
    NotThereError
        If there is none of this number.
    """
    row = _row(session, number)
    if row.state == JobState.WAITING:
        row.state, row.ended = JobState.CANCELLED, now
    elif row.state == JobState.RUNNING:
        row.cancelling = True
    return as_job(row)


def again(session: Session, kind: JobKind, number: int, now: Instant, *, by: int | None = None) -> Job:
    """Ask once more for what a job was asked for, as a job of its own.

    Raises
    ------
    NotThereError
        If there is none of this number and kind.
    """
    row = _row(session, number)
    if row.kind != kind.name:
        raise _missing()
    return start(session, kind, row.args, now, by=by, machine=row.machine)


def newest(session: Session, *kinds: JobKind, most: int = NEWEST) -> tuple[Job, ...]:
    """The newest jobs first, of these kinds; of all where none is named."""
    return tuple(as_job(row) for row in store.newest(session, [kind.name for kind in kinds], most))


def as_job(row: JobRow) -> Job:
    """A job as it is in the database."""
    error = JobFault(**row.error) if row.error else None
    return Job(
        id=row.id,
        kind=row.kind,
        queue=row.queue,
        args=row.args,
        state=JobState(row.state),
        progress=Progress(row.done or 0, row.total or 0, row.sentence or ""),
        created=row.created,
        by=row.by_id,
        result=row.result,
        error=error,
        began=row.began,
        ended=row.ended,
        tries=row.tries or 0,
        is_cancelling=bool(row.cancelling),
    )


def _row(session: Session, number: int) -> JobRow:
    row = store.job_row(session, number)
    if row is None:
        raise _missing()
    return row


def _missing() -> NotThereError:
    return NotThereError("there is no such job, or none any more", reason=Reason.JOB_MISSING)
