"""A server has a runner for as long as it lives, whatever ends: the real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner.domain.jobs.job import JobState
from planner.paths import ROOT
from planner.runner.beside import renew_runner
from planner.runner.kinds import FORGET, KINDS, SWEEP
from planner.runner.place import is_free
from planner.services.jobs.asking import newest
from tests.kit.jobs import PATIENCE_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.process import Services

SERVER = """
import sys
from pathlib import Path
from planner.runner import beside

beside.AGAIN_S = 0.0
alive = beside.lifeline()
beside.begin_runner(Path(sys.argv[1]), alive)
sys.stdin.read()
beside.end_runner(Path(sys.argv[1]), alive)
"""


@contextmanager
def server(services: Services) -> Iterator[subprocess.Popen[bytes]]:
    settings = services.settings
    environ = {
        **os.environ,
        "PLANNER_DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-c", SERVER, str(settings.data_dir)]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def runner_of(data_dir: Path) -> int:
    """The process of the runner over a data directory; 0 where there is none."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_runner = b"planner.runner\0" in (entry / "cmdline").read_bytes()
            if is_runner and f"PLANNER_DATA_DIR={data_dir}\0".encode() in (entry / "environ").read_bytes():
                return int(entry.name)
    return 0


@pytest.mark.dear
def test_periodic_work_is_done_and_a_killed_runner_is_replaced(services: Services, tmp_path: Path) -> None:
    def done() -> set[str]:
        with services.database.session() as session:
            return {job.kind for job in newest(session) if job.state is JobState.DONE}

    with server(services) as process:
        wait_for(lambda: done() == {FORGET.name, SWEEP.name})
        first = runner_of(tmp_path)
        assert first
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: runner_of(tmp_path) not in {0, first})
        second = runner_of(tmp_path)
        renew_runner(tmp_path)
        wait_for(lambda: runner_of(tmp_path) not in {0, first, second})
        assert not is_free(tmp_path)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(PATIENCE_S)
        wait_for(lambda: is_free(tmp_path))
    assert runner_of(tmp_path) == 0


@pytest.mark.dear
def test_a_runner_ends_with_a_server_that_is_killed(services: Services, tmp_path: Path) -> None:
    with server(services) as process:
        wait_for(lambda: any(tmp_path.glob("jobs-*.lock")) and not is_free(tmp_path))
        process.kill()
        wait_for(lambda: is_free(tmp_path))


def test_the_kinds_name_what_is_there() -> None:
    for name, kind in KINDS.items():
        module, _, function = kind.calls.partition(":")
        assert (name, callable(getattr(import_module(module), function))) == (kind.name, True)
