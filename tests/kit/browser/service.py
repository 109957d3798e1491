"""The service as `make run` starts it: set up in a folder of its own, then gunicorn on a free port."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import pytest

from planner.paths import ROOT
from tests.kit.built_cache import SERVICE, copy_of, kept

if TYPE_CHECKING:
    from pathlib import Path

READY = "Stop with Ctrl-C."


@dataclass
class Service:
    """A running service and what it printed."""

    process: subprocess.Popen[str]
    address: str
    printed: str

    def link(self, label: str) -> str:
        """An address that was printed behind a label."""
        found = re.search(rf"{re.escape(label)}\s+(\S+)", self.printed)
        assert found is not None, self.printed
        return found[1]

    def stop(self) -> None:
        """End it and wait for its end."""
        self.process.terminate()
        self.process.wait(timeout=30)
        if self.process.stdout is not None:
            self.process.stdout.close()


def _set_up(folder: Path, *words: str) -> None:
    """Make a data directory as the first run makes it."""
    environ = {**os.environ, "PLANNER_DATA_DIR": str(folder)}
    environ.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "setup", *words]
    subprocess.run(command, cwd=ROOT, env=environ, check=True)


def start(folder: Path) -> Service:
    """Set up and serve, the two steps of `make run`."""
    copy_of(kept(_set_up, "service", code=SERVICE), folder)
    return _serve(folder)


def start_without_town(folder: Path, **settings: str) -> Service:
    """Set up an empty data directory and serve, as `make run TOWN=none` does."""
    _set_up(folder, "--without-town")
    return _serve(folder, **settings)


def _serve(folder: Path, **settings: str) -> Service:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {
        **os.environ,
        "PLANNER_DATA_DIR": str(folder),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "SEARCH_TIME": "10",  # so that no search ends before its proof on a slow machine
        **settings,
    }
    environ.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "wsgi:app"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    return Service(process, f"http://127.0.0.1:{port}", _until_ready(process.stdout))


def _until_ready(lines: IO[str]) -> str:
    """Read what is printed up to the line that says it serves; the end of output ends the wait."""
    printed = ""
    for line in lines:
        printed += line
        if READY in line:
            return printed
    pytest.fail(f"the service did not start:\n{printed}")
