"""Jobs for the tests of the runner: what they do is called in processes of their own."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.domain.jobs.job import OPEN, Job, JobKind
from planner.errors import Reason, SourceFileError
from planner.process import Services
from planner.runner.loop import Runner
from planner.services.jobs.asking import start, state
from planner.services.upkeep.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.domain.jobs.job import Work

PATIENCE_S = 60.0
"""After this a job that does not come to where it should is given up; no test waits for it to pass."""

HERE = "tests.kit.jobs"
COUNT = JobKind("count", f"{HERE}:count", "town")
HOLD = JobKind("hold", f"{HERE}:hold", "town")
DEAF = JobKind("deaf", f"{HERE}:deaf")
REFUSE = JobKind("refuse", f"{HERE}:refuse")
BREAK = JobKind("break", f"{HERE}:break_down")
SWELL = JobKind("swell", f"{HERE}:swell", memory_mb=300)
ONCE = JobKind("once", f"{HERE}:hold", tries=1)
DAILY = JobKind("daily", f"{HERE}:count", every_s=86_400)
LOCAL = JobKind("local", f"{HERE}:count", every_s=86_400, is_local=True)
KINDS = {kind.name: kind for kind in (COUNT, HOLD, DEAF, REFUSE, BREAK, SWELL, ONCE)}


def count(_services: Services, args: Mapping[str, Any], work: Work) -> dict[str, int]:
    """Count up to a number."""
    most = args.get("most", 1)
    for number in range(most):
        work.progress(number + 1, most, f"counted {number + 1}")
    return {"counted": most}


def hold(_services: Services, args: Mapping[str, Any], work: Work) -> str:
    """Say that it runs, with its process, and go on until it is cancelled."""
    with Path(args["file"]).open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    work.progress(1, 3, "holding")
    while not work.cancelled():
        time.sleep(0.01)
    raise SourceFileError("cancelled")


def deaf(services: Services, args: Mapping[str, Any], work: Work) -> None:
    """Go on even when cancelled."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hold(services, args, work)


def refuse(_services: Services, args: Mapping[str, Any], _work: Work) -> None:
    """Say what is wrong."""
    raise SourceFileError(f"no such file {args['file']}", reason=Reason.FIELDS, params={"value": 3})


def break_down(_services: Services, _args: Mapping[str, Any], _work: Work) -> None:
    """Be faulty."""
    raise ZeroDivisionError


def swell(_services: Services, _args: Mapping[str, Any], _work: Work) -> int:
    """Need a lot of memory."""
    return len(bytearray(1 << 30))


def ask(services: Services, kind: JobKind, **args: Any) -> int:
    """Start a job; its number."""
    with services.database.writing() as session:
        return start(session, kind, args, services.now()).id


def job(services: Services, number: int) -> Job:
    """How far it is."""
    with services.database.session() as session:
        return state(session, number)


def until(runner: Runner, is_so: Callable[[], bool]) -> None:
    """Let a runner work until something is so."""
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        runner.turn()
        select.select([work.pipe for work in runner.works], [], [], 0.05)
        assert time.monotonic() < ends, [work.process.poll() for work in runner.works]


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        time.sleep(0.01)
        assert time.monotonic() < ends


def finished(runner: Runner, number: int) -> Job:
    """Let a runner work until a job has come to its end."""
    until(runner, lambda: job(runner.services, number).state not in OPEN)
    return job(runner.services, number)


def main(alive: int) -> None:
    """Be a runner of these kinds until a pipe is closed: `python -m tests.kit.jobs PIPE`."""
    Runner(Services(read_settings()), KINDS).run(alive)


if __name__ == "__main__":
    main(int(sys.argv[1]))
