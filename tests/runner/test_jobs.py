"""Jobs in processes of their own, over both databases: start, progress, cancel, limits, failure in words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from planner.domain.jobs.job import JobState, Progress
from planner.errors import NotThereError
from planner.runner import working
from planner.services.jobs.asking import again, cancel, newest
from tests.kit.jobs import BREAK, COUNT, DEAF, HOLD, REFUSE, SWELL, ask, finished, job, until

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.jobs.job import JobKind
    from planner.process import Services
    from planner.runner.loop import Runner


def end(services: Services, number: int) -> None:
    with services.database.writing() as session:
        cancel(session, number, services.now())


def test_a_job_waits_runs_and_tells_its_result(services: Services, runner: Runner) -> None:
    number = ask(services, COUNT, most=3)
    waiting = job(services, number)
    assert (waiting.state, waiting.progress, waiting.began) == (JobState.WAITING, Progress(), None)
    done = finished(runner, number)
    assert (done.state, done.result, done.error, done.tries) == (JobState.DONE, {"counted": 3}, None, 1)
    assert done.began is not None
    assert done.ended is not None
    assert done.created <= done.began <= done.ended


def test_progress_is_told_and_a_cancelled_job_ends(
    services: Services, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.runner.loop.TELL_S", 0.0)
    number = ask(services, HOLD, file=str(tmp_path / "held"))
    waits = ask(services, COUNT)
    until(runner, lambda: job(services, number).progress == Progress(1, 3, "holding"))
    assert job(services, waits).state is JobState.WAITING, "one at a time of a queue"
    end(services, number)
    assert job(services, number).is_cancelling
    ended = finished(runner, number)
    assert (ended.state, ended.error, ended.result) == (JobState.CANCELLED, None, None)
    assert finished(runner, waits).state is JobState.DONE


def test_what_waits_is_cancelled_at_once_and_what_is_over_stays_so(
    services: Services, runner: Runner
) -> None:
    number = ask(services, COUNT)
    end(services, number)
    assert job(services, number).state is JobState.CANCELLED
    runner.turn()
    assert not runner.works
    end(services, number)
    assert job(services, number).state is JobState.CANCELLED
    with pytest.raises(NotThereError):
        job(services, number + 1)


@pytest.mark.dear
def test_a_job_that_does_not_listen_is_killed_with_what_it_has_started(
    services: Services, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "GRACE_S", 0.0)
    held = tmp_path / "held"
    number = ask(services, DEAF, file=str(held))
    until(runner, lambda: held.exists() and held.read_text(encoding="utf-8").endswith("\n"))
    end(services, number)
    assert finished(runner, number).state is JobState.CANCELLED
    with pytest.raises(ProcessLookupError):
        os.kill(int(held.read_text(encoding="utf-8")), 0)


@pytest.mark.dear
def test_a_failure_is_told_in_words(services: Services, runner: Runner) -> None:
    failed = finished(runner, ask(services, REFUSE, file="x.osm"))
    assert failed.state is JobState.FAILED
    assert failed.error is not None
    assert (failed.error.message, failed.error.reason) == ("no such file x.osm", "fields")
    assert failed.error.params == {"value": "3"}


@pytest.mark.dear
@pytest.mark.parametrize(("kind", "reason"), [(BREAK, "job_broken"), (SWELL, "job_too_large")])
def test_faults_and_limits_are_told_in_words(
    services: Services, runner: Runner, kind: JobKind, reason: str
) -> None:
    failed = finished(runner, ask(services, kind))
    assert failed.state is JobState.FAILED
    assert failed.error is not None
    assert failed.error.reason == reason


@pytest.mark.dear
def test_a_job_that_takes_too_long_is_ended(services: Services, runner: Runner, tmp_path: Path) -> None:
    number = ask(services, HOLD, file=str(tmp_path / "held"))
    until(runner, (tmp_path / "held").exists)
    clock = runner.clock
    runner.clock = lambda: clock() + HOLD.minutes * 60 + 1
    failed = finished(runner, number)
    assert failed.state is JobState.FAILED
    assert failed.error is not None
    assert (failed.error.reason, failed.error.params) == ("job_too_long", {"minutes": "60"})


@pytest.mark.dear
def test_a_process_that_is_killed_from_outside_is_told(
    services: Services, runner: Runner, tmp_path: Path
) -> None:
    number = ask(services, HOLD, file=str(tmp_path / "held"))
    until(runner, (tmp_path / "held").exists)
    runner.works[0].process.kill()
    failed = finished(runner, number)
    assert failed.error is not None
    assert failed.error.reason == "job_killed"


def test_what_is_asked_for_twice_is_done_once(services: Services) -> None:
    number = ask(services, COUNT, most=2)
    assert ask(services, COUNT, most=2) == number
    other = ask(services, COUNT, most=3)
    assert other != number
    end(services, number)
    once_more = ask(services, COUNT, most=2)
    assert once_more > other
    with services.database.writing() as session:
        assert again(session, COUNT, number, services.now()).id == once_more
        assert [one.id for one in newest(session, COUNT)] == [once_more, other, number]
        assert newest(session, HOLD) == ()
        with pytest.raises(NotThereError):
            again(session, HOLD, number, services.now())
