"""The side of who does the work: take a job, say that one lives, tell how it went.

A job that runs is its runner's under a lease: the runner raises `beats` every few seconds. Others see that
the number stands still, by a clock of their own, so that machines need not agree on the time. All that
changes rows here is done by who writes alone (`Database.writing`): no two take the same job.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.jobs.job import LONGEST_SENTENCE, Job, JobFault, JobKind, JobState, Progress
from planner.errors import Reason
from planner.services.accounts.users import DAY_S
from planner.services.jobs.asking import as_job, start
from planner.store.jobs import rows as store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.store.jobs.tables import JobRow

KEPT_S = 30 * DAY_S
"""So long jobs that came to their end are kept, for who asks how it went."""

INTERRUPTED = JobFault("whoever worked on it was stopped or killed: start it again", Reason.JOB_INTERRUPTED)


def are_due(session: Session, kinds: Iterable[JobKind], machine: str, now: Instant) -> list[JobKind]:
    """The kinds of periodic work that nobody has begun for as long as they say."""
    return [kind for kind in kinds if kind.every_s and _is_due(session, kind, machine, now)]


def begin_due(session: Session, kinds: Iterable[JobKind], machine: str, now: Instant) -> None:
    """Ask for the periodic work that is due, once over all who look; and forget jobs of long ago."""
    due = are_due(session, kinds, machine, now)
    for kind in due:
        start(session, kind, {}, now, machine=machine if kind.is_local else "")
    if due:
        store.forget(session, now - KEPT_S)


def _is_due(session: Session, kind: JobKind, machine: str, now: Instant) -> bool:
    last = store.last_of(session, kind.name, machine if kind.is_local else "")
    return last is None or last.created + kind.every_s <= now


def waiting(session: Session, kinds: Collection[str], machine: str) -> list[Job]:
    """What this machine might begin now, the first of each queue that nobody works on, oldest first."""
    taken = {row.queue for row in store.in_state(session, [JobState.RUNNING])}
    first: dict[str, Job] = {}
    for row in store.in_state(session, [JobState.WAITING]):
        if row.queue not in taken and row.kind in kinds and row.machine in {"", machine}:
            first.setdefault(row.queue, as_job(row))
    return list(first.values())


def take(session: Session, number: int, runner: str, now: Instant) -> Job | None:
    """Take a job; None where another has taken it, or one of its queue, meanwhile."""
    row = store.job_row(session, number)
    if row is None or row.state != JobState.WAITING:
        return None
    if any(other.queue == row.queue for other in store.in_state(session, [JobState.RUNNING])):
        return None
    row.state, row.runner, row.began = JobState.RUNNING, runner, now
    row.tries += 1
    row.beats += 1
    return as_job(row)


@dataclass(frozen=True, slots=True)
class Running:
    """A job that runs, as others see it: whose it is, how often that one has said that it lives."""

    runner: str
    beats: int
    is_cancelling: bool


def running(session: Session) -> dict[int, Running]:
    """The jobs that run, on whichever machine, by their numbers."""
    rows = store.in_state(session, [JobState.RUNNING])
    return {row.id: Running(row.runner, row.beats, row.cancelling) for row in rows}


def beat(session: Session, number: int, runner: str, progress: Progress) -> Job | None:
    """Say that one lives and how far the work is; None where the job is somebody else's now."""
    row = _own(session, number, runner)
    if row is None:
        return None
    row.beats += 1
    row.done, row.total = progress.done, progress.total
    row.sentence = progress.sentence[:LONGEST_SENTENCE]
    return as_job(row)


def settle(
    session: Session,
    number: int,
    runner: str,
    now: Instant,
    *,
    state: JobState,
    result: Any = None,
    error: JobFault | None = None,
) -> None:
    """Tell how a job went, unless it is somebody else's now."""
    row = _own(session, number, runner)
    if row is not None:
        _end(row, state, now, error)
        row.result = result


def give_back(session: Session, number: int, runner: str, now: Instant) -> None:
    """Let another begin a job anew: this runner was told to stop. That is no try."""
    row = _own(session, number, runner)
    if row is None:
        return
    if row.cancelling:
        _end(row, JobState.CANCELLED, now)
    else:
        row.state, row.runner = JobState.WAITING, ""
        row.tries -= 1


def interrupt(session: Session, lost: Mapping[int, Running], now: Instant) -> None:
    """Take jobs from runners that were killed, unless they beat after all: to be begun anew, or failed.

    `lost` is what `running` said of them when they were last looked at.
    """
    for number, seen in lost.items():
        row = store.job_row(session, number)
        if (
            row is None
            or row.state != JobState.RUNNING
            or (row.runner, row.beats) != (seen.runner, seen.beats)
        ):
            continue
        if row.cancelling:
            _end(row, JobState.CANCELLED, now)
        elif row.tries < row.most_tries:
            row.state, row.runner = JobState.WAITING, ""
            row.done, row.total, row.sentence = 0, 0, ""
        else:
            _end(row, JobState.FAILED, now, INTERRUPTED)


def interrupt_all(session: Session, now: Instant) -> None:
    """End what is under way, for a database that was just restored: nobody works on it."""
    for row in store.in_state(session, [JobState.WAITING, JobState.RUNNING]):
        _end(row, JobState.FAILED, now, INTERRUPTED)


def _own(session: Session, number: int, runner: str) -> JobRow | None:
    row = store.job_row(session, number)
    return row if row is not None and (row.state, row.runner) == (JobState.RUNNING, runner) else None


def _end(row: JobRow, state: JobState, now: Instant, error: JobFault | None = None) -> None:
    row.state, row.ended, row.runner = state, now, ""
    row.error = asdict(error) if error else None
