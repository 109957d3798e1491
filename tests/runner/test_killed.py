"""Runners that are killed, that stop, that work beside each other; periodic work, over both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest

from planner.domain.jobs.job import JobState
from planner.paths import ROOT
from planner.runner.place import machine_name
from planner.services.jobs import running as store
from planner.services.jobs.asking import newest
from tests.kit.jobs import COUNT, DAILY, HOLD, LOCAL, ONCE, PATIENCE_S, ask, finished, job, until, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planner.domain.jobs.job import JobKind
    from planner.process import Services
    from planner.runner.loop import Runner


@contextmanager
def other_runner(services: Services) -> Iterator[subprocess.Popen[bytes]]:
    """A runner in a process of its own, over the same data directory."""
    reads, writes = os.pipe()
    settings = services.settings
    environ = {
        **os.environ,
        "PLANNER_DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-m", "tests.kit.jobs", str(reads)]
    with subprocess.Popen(command, cwd=ROOT, env=environ, pass_fds=(reads,)) as process:
        os.close(reads)
        try:
            yield process
        finally:
            os.close(writes)
            process.wait(PATIENCE_S)


def pids(file: Path) -> list[int]:
    return [int(line) for line in file.read_text(encoding="utf-8").split()] if file.exists() else []


def is_gone(pid: int) -> bool:
    """Whether a process has ended, if nobody has taken notice yet."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as told:  # noqa: PTH123
            return told.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("kind", [HOLD, pytest.param(ONCE, marks=pytest.mark.dear)])
def test_after_kill_9_a_job_is_begun_anew_or_told(
    services: Services, runner_of: Callable[..., Runner], tmp_path: Path, kind: JobKind
) -> None:
    held = tmp_path / "held"
    number = ask(services, kind, file=str(held))
    with other_runner(services) as process:
        wait_for(lambda: len(pids(held)) == 1)
        process.kill()
        process.wait()
        wait_for(lambda: is_gone(pids(held)[0]))  # the job goes with its runner
    assert job(services, number).state is JobState.RUNNING
    next_one = runner_of(machine=machine_name(tmp_path))  # it has the machine's lock: who had it is dead
    if kind.tries == 1:
        failed = finished(next_one, number)
        assert failed.state is JobState.FAILED
        assert failed.error == store.INTERRUPTED
        return
    until(next_one, lambda: len(pids(held)) == 2)
    assert (job(services, number).state, job(services, number).tries) == (JobState.RUNNING, 2)


def test_another_machine_waits_for_the_lease_to_run_out(
    services: Services, runner_of: Callable[..., Runner]
) -> None:
    number = ask(services, COUNT)
    with services.database.writing() as session:
        assert store.take(session, number, "machine-x/1", 1) is not None
    seconds = [0.0]
    runner = runner_of(clock=lambda: seconds[0])
    runner.turn()
    seconds[0] = runner.lease_s - 1
    with services.database.writing() as session:
        assert store.beat(session, number, "machine-x/1", job(services, number).progress) is not None
    runner.turn()
    seconds[0] += runner.lease_s
    runner.turn()
    assert job(services, number).state is JobState.RUNNING, "it was heard of meanwhile"
    seconds[0] += 1
    runner.turn()
    until(runner, lambda: bool(runner.works))
    with services.database.writing() as session:  # the first comes back from a long sleep
        assert store.beat(session, number, "machine-x/1", job(services, number).progress) is None
        store.settle(session, number, "machine-x/1", 5, state=JobState.FAILED)
    assert (job(services, number).state, job(services, number).tries) == (JobState.RUNNING, 2)


def test_two_never_take_the_same_job_nor_two_of_a_queue(services: Services) -> None:
    numbers = [ask(services, COUNT, most=most) for most in (1, 2, 3)]
    barrier, taken = Barrier(6), []

    def take(runner: str) -> None:
        barrier.wait()
        for number in numbers:
            with services.database.writing() as session:
                if store.take(session, number, runner, 1) is not None:
                    taken.append((number, runner))

    threads = [Thread(target=take, args=(f"m{number}/1",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


@pytest.mark.slow
def test_two_machines_do_each_job_once_one_after_the_other(
    services: Services, runner_of: Callable[..., Runner]
) -> None:
    here, there = runner_of(), runner_of()
    numbers = [ask(services, COUNT, most=most) for most in (1, 2, 3)]

    def both() -> bool:
        there.turn()
        assert len(here.works) + len(there.works) <= 1
        return all(job(services, number).state is JobState.DONE for number in numbers)

    until(here, both)
    assert [job(services, number).tries for number in numbers] == [1, 1, 1]


@pytest.mark.dear
def test_a_runner_that_stops_gives_its_job_back(
    services: Services, runner_of: Callable[..., Runner], tmp_path: Path
) -> None:
    number = ask(services, ONCE, file=str(tmp_path / "held"))
    with other_runner(services) as process:
        wait_for(lambda: len(pids(tmp_path / "held")) == 1)
    assert process.returncode == 0
    assert (job(services, number).state, job(services, number).tries) == (JobState.WAITING, 0)
    runner = runner_of()
    until(runner, lambda: len(pids(tmp_path / "held")) == 2)
    assert job(services, number).state is JobState.RUNNING


@pytest.mark.dear
def test_while_a_killed_runners_job_lives_its_queue_waits(
    services: Services, runner_of: Callable[..., Runner], tmp_path: Path
) -> None:
    held = tmp_path / "machine-0" / "held"
    runner = runner_of()
    ask(services, HOLD, file=str(held))
    until(runner, held.exists)
    os.kill(runner.works[0].process.pid, signal.SIGSTOP)
    with services.database.writing() as session:  # as after the lease
        store.interrupt(session, store.running(session), 1)
    runner.name = "another/1"
    runner.works, works = [], runner.works
    runner.turn()
    assert not runner.works
    runner.works = works


def test_periodic_work_is_begun_once_over_all_and_local_work_once_on_each(services: Services) -> None:
    barrier, kinds, now = Barrier(6), [DAILY, LOCAL], services.now()

    def look(machine: str) -> None:
        barrier.wait()
        with services.database.writing() as session:
            store.begin_due(session, kinds, machine, now)

    def begun() -> list[str]:
        with services.database.session() as session:
            return sorted(one.queue for one in newest(session))

    threads = [Thread(target=look, args=(f"m{number % 2}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert begun() == ["daily", "local@m0", "local@m1"]
    with services.database.writing() as session:
        for kind in kinds:
            assert not store.are_due(session, [kind], "m0", now + kind.every_s - 1)
            assert store.are_due(session, [kind], "m0", now + kind.every_s)


def test_work_of_a_machine_is_done_there(runner_of: Callable[..., Runner]) -> None:
    kinds = {LOCAL.name: LOCAL}
    here, there = runner_of(machine="here", kinds=kinds), runner_of(machine="there", kinds=kinds)
    for _ in ("begun", "taken"):
        here.turn()
        there.turn()
    assert [[work.job.queue for work in one.works] for one in (here, there)] == [
        ["local@here"],
        ["local@there"],
    ]


def test_old_jobs_go_but_the_newest_of_a_kind(services: Services) -> None:
    kinds, day = [replace(DAILY, every_s=1)], 86_400
    for now in (day, 2 * day, 40 * day):
        with services.database.writing() as session:
            store.begin_due(session, kinds, "", now)
            store.interrupt_all(session, now)
    with services.database.session() as session:
        assert [one.created for one in newest(session)] == [40 * day]


def test_a_machine_has_one_name(tmp_path: Path) -> None:
    name = machine_name(tmp_path)
    assert machine_name(tmp_path) == name
    (tmp_path / "other").mkdir()
    assert machine_name(tmp_path / "other") != name
