"""A service of a checkout, over a fresh data directory, with searches that have time to finish."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SECRET_KEY = "a recording's key, the same every time"  # noqa: S105
SCHOOL = "covers 2026-09-01/2027-08-31, 2026-12-23/2026-12-31, 2027-02-01/2027-02-14"
PATIENCE_S = 120

NAMED = "localhost:8000"
"""The host that every request names, so that links and QR codes do not tell the port."""

SET_UP = (("setup",),)
"""The commands before serving: the built-in town, its catalogue and the sample visit."""

UNSET = ("DATABASE_URL", "TILE_URL", "TILE_ATTRIBUTION", "TRUSTED_PROXIES", "GUNICORN_CMD_ARGS")


@dataclass(frozen=True)
class Service:
    """A running service: its port, and its commands."""

    port: int
    tree: Path
    environ: Mapping[str, str]

    def command(self, *words: str) -> str:
        """What a command of the program prints."""
        return run(self.tree, self.environ, "--app", "wsgi", *words)

    def sign_in_link(self, *words: str) -> str:
        """The path of the link that a command about users prints."""
        found = re.search(r"/sign-in/link/\S+", self.command("users", *words))
        if found is None:
            raise LookupError(words)
        return found[0]


def run(tree: Path, environ: Mapping[str, str], *words: str) -> str:
    """Run flask in a checkout."""
    asked = [sys.executable, "-m", "flask", *words]
    return subprocess.run(asked, cwd=tree, env=environ, check=True, text=True, stdout=subprocess.PIPE).stdout


def environment(data: Path, port: int, database: str = "") -> dict[str, str]:
    """The settings of every recording; without the address of a database it is SQLite in the folder."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    own = {
        "PLANNER_DATA_DIR": str(data),
        "SECRET_KEY": SECRET_KEY,
        "RATE_LIMITS": "off",
        "SEARCH_TIME": "30",
        "SCHOOL_HOLIDAYS": SCHOOL,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": f"http://{NAMED}",
        "PYTHONUNBUFFERED": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    return {**kept, **own, **({"DATABASE_URL": database} if database else {})}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    tree: Path, data: Path, commands: Sequence[Sequence[str]] = SET_UP, database: str = ""
) -> Iterator[Service]:
    """Set up and serve as `make run` does, until the block ends."""
    port = free_port()
    environ = environment(data, port, database)
    for words in commands:
        run(tree, environ, "--app", "wsgi", *words)
    with (data / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app"],
            cwd=tree,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    watchdog = threading.Timer(PATIENCE_S, process.kill)
    watchdog.start()
    try:
        if process.stdout is None or not any(b"Stop with Ctrl-C" in line for line in process.stdout):
            raise RuntimeError((data / "gunicorn.log").read_text(encoding="utf-8"))
        watchdog.cancel()
        yield Service(port, tree, environ)
    finally:
        watchdog.cancel()
        process.terminate()
        process.wait(PATIENCE_S)
        if process.stdout is not None:
            process.stdout.close()
