"""The runner: takes what waits, watches over what runs, and over the jobs of runners that were killed."""

from __future__ import annotations

import logging
import os
import select
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from planner.domain.jobs.job import Job, JobKind
from planner.errors import PlannerError, StoreError
from planner.process import Services
from planner.runner.place import machine_name, queue_lock
from planner.runner.working import Working, begin
from planner.services.jobs import running as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TURN_S = 0.5
BEAT_S, TELL_S = 5.0, 0.9
"""A lease is made longer, and progress is told, so often at most."""

LEASE_S = 45.0
"""A job whose runner has not been heard of for so long is taken from it."""

GIVEN_UP = 0.6
"""By this part of its lease the runner itself has ended the job."""

STOP_S = 5.0
_LOG = logging.getLogger(__name__)


@dataclass
class Runner:
    """Runs jobs of these kinds on this machine; one thread, which looks at all in turn.

    `clock` is what leases are measured by, in seconds; only differences count.
    """

    services: Services
    kinds: Mapping[str, JobKind]
    clock: Callable[[], float] = time.monotonic
    lease_s: float = LEASE_S
    machine: str = ""
    name: str = ""
    works: list[Working] = field(default_factory=list)
    _seen: dict[int, tuple[tuple[str, int], float]] = field(default_factory=dict)
    """Of the jobs of others: what they last said, and when that was new to us."""

    def __post_init__(self) -> None:
        self.machine = self.machine or machine_name(self.services.settings.data_dir)
        self.name = self.name or f"{self.machine}/{os.getpid()}-{time.time_ns()}"

    def run(self, *stopped: int) -> None:
        """Work until something can be read from one of these open files, or it is closed at its other end."""
        said = ""
        while True:
            try:
                self.turn()
                said = ""
            except (PlannerError, DBAPIError) as error:  # the latter while its tables are not there yet
                if said != type(error).__name__:
                    said = type(error).__name__
                    _LOG.warning("the state of jobs cannot be kept: %s", str(error).partition("\n")[0])
                self._drop_stale()
            if select.select(stopped, [], [], TURN_S)[0]:
                self.stop()
                return

    def turn(self) -> None:
        """Do what is to be done now.

        Raises
        ------
        StoreError
            If the database cannot be asked; what runs goes on, for as long as its lease lasts.
        """
        clock, now = self.clock(), self.services.now()
        for work in self.works:
            work.look(clock)
        with self.services.database.session() as session:
            is_due = bool(store.are_due(session, self.kinds.values(), self.machine, now))
            seen = store.running(session)
            free = store.waiting(session, self.kinds.keys(), self.machine)
        for work in self.works:
            if work.job.id in seen and seen[work.job.id].is_cancelling:
                work.cancel(clock)
        self._keep(clock, is_due=is_due, lost=self._lost(seen, clock))
        for job in free:
            self._begin(job, clock)

    def stop(self) -> None:
        """End what runs here, and let another runner begin it anew."""
        for work in self.works:
            work.process.terminate()
        for work in self.works:
            work.end(STOP_S)
            work.close()
        try:
            with self.services.database.writing() as session:
                for work in self.works:
                    self._part_with(session, work)
        except StoreError as error:
            _LOG.warning("jobs were stopped, and that cannot be kept: %s", error.message)
        self.works.clear()

    def _keep(self, clock: float, *, is_due: bool, lost: Mapping[int, store.Running]) -> None:
        """Write down what is new, of our jobs and of those that nobody works on any more."""
        ended = [work for work in self.works if work.has_ended]
        beating = [work for work in self.works if not work.has_ended and _has_news(work, clock)]
        if not (is_due or lost or ended or beating):
            return
        now = self.services.now()
        with self.services.database.writing() as session:
            store.interrupt(session, lost, now)
            if is_due:
                store.begin_due(session, self.kinds.values(), self.machine, now)
            for work in ended:
                self._settle(session, work)
            gone = [work for work in beating if not self._beat(session, work)]
        for work in beating:
            work.beat, work.kept = clock, work.progress
        for work in (*ended, *gone):
            self._let_go(work)

    def _begin(self, job: Job, clock: float) -> None:
        settings, kind = self.services.settings, self.kinds[job.kind]
        lock = queue_lock(settings.data_dir, job.queue)
        if lock is None:
            return
        taken = None
        try:
            with self.services.database.writing() as session:
                taken = store.take(session, job.id, self.name, self.services.now())
        finally:
            if taken is None:
                os.close(lock)
        if taken is not None:
            self.works.append(begin(taken, kind, settings, lock, clock))

    def _lost(self, seen: Mapping[int, store.Running], clock: float) -> dict[int, store.Running]:
        """The jobs whose runners have been silent for as long as a lease lasts, or are dead for certain.

        A runner of this machine other than this one is: this one has its lock.
        """
        said = {number: (one.runner, one.beats) for number, one in seen.items() if one.runner != self.name}
        self._seen = {
            number: self._seen[number]
            if number in self._seen and self._seen[number][0] == words
            else (words, clock)
            for number, words in said.items()
        }
        return {
            number: seen[number]
            for number, ((runner, _), since) in self._seen.items()
            if runner.startswith(f"{self.machine}/") or clock - since > self.lease_s
        }

    def _beat(self, session: Session, work: Working) -> bool:
        """Make a job's lease longer; whether it is still ours."""
        return store.beat(session, work.job.id, self.name, work.progress) is not None

    def _settle(self, session: Session, work: Working) -> None:
        outcome = work.outcome()
        store.settle(
            session,
            work.job.id,
            self.name,
            self.services.now(),
            state=outcome.state,
            result=outcome.result,
            error=outcome.error,
        )

    def _part_with(self, session: Session, work: Working) -> None:
        """Keep the state of a job that was stopped with this runner, which may just have come to its end."""
        if "result" in work.told:
            self._settle(session, work)
        else:
            store.give_back(session, work.job.id, self.name, self.services.now())

    def _drop_stale(self) -> None:
        """End jobs whose leases cannot be made longer, before another runner takes them."""
        for work in list(self.works):
            if self.clock() - work.beat > self.lease_s * GIVEN_UP:
                self._let_go(work)

    def _let_go(self, work: Working) -> None:
        work.end()
        work.close()
        self.works.remove(work)


def _has_news(work: Working, clock: float) -> bool:
    """Whether its lease is to be made longer, or its progress told."""
    return clock - work.beat > (BEAT_S if work.progress == work.kept else TELL_S)
