"""How a server gets its runner: a thread of each worker waits for the lock, and who gets it starts one.

The runner inherits the lock, so that it is free again in the moment in which the runner ends, however that
was. It ends when the server has gone, master and workers: then the pipe that only those have open closes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING

from planner.paths import ROOT
from planner.runner.place import is_free, note_runner, noted_runner, runner_lock

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE_S, LOOK_S = 8.0, 0.05
"""So long the end of a runner is waited for: then its work is taken up as that of a killed one."""

AGAIN_S = 2.0
"""So long is waited after a runner has ended: one that cannot start is not started again and again."""


@cache
def lifeline() -> tuple[int, int]:
    """A pipe, to be opened by the master before there are workers: they inherit it, after a reload too."""
    return os.pipe()


def end_runner(data_dir: Path, alive: tuple[int, int], patience_s: float = PATIENCE_S) -> None:
    """Let the runner end, from the master once its workers have gone, and wait for it a while."""
    os.close(alive[1])
    ends = time.monotonic() + patience_s
    while time.monotonic() < ends and not is_free(data_dir):
        time.sleep(LOOK_S)


def renew_runner(data_dir: Path) -> None:
    """Have the runner put its work down and be replaced: the program may be a new one."""
    process = noted_runner(data_dir)
    if process is not None:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)


def begin_runner(data_dir: Path, alive: tuple[int, int]) -> Thread:
    """Let a server's worker see to it that there is a runner, for as long as it lives."""
    thread = Thread(target=_keep_one, args=(data_dir, alive[0]), name="runner", daemon=True)
    thread.start()
    return thread


def _keep_one(data_dir: Path, alive: int) -> None:
    while True:
        lock = runner_lock(data_dir)
        command = [sys.executable, "-m", "planner.runner", str(alive)]
        try:
            child = subprocess.Popen(  # noqa: S603
                command, cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=(alive, lock), start_new_session=True
            )
            note_runner(lock, child.pid)
        finally:
            os.close(lock)
        child.wait()
        time.sleep(AGAIN_S)
