"""A service on a loopback port of its own, over a data directory that is there already.

`serve` is the real thing, gunicorn; `serve_here` answers from a thread of the tests' own process, which
spares browsers' tests the seconds that a start costs.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from planner.paths import ROOT
from tests.kit.databases import database_in
from tests.kit.threads import answering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from flask import Flask

    from tests.kit.browser.gate import Gate

HOST = "127.0.0.1"
PATIENCE_S = 60
"""After this a server that does not answer is ended; no test waits for it to pass."""


@dataclass(frozen=True)
class Served:
    """A running service."""

    port: int
    log: Path
    master: int = 0
    """The process that watches over the workers, where there is one."""

    @property
    def address(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def connect(self) -> socket.socket:
        """A connection to it."""
        return socket.create_connection((HOST, self.port), timeout=PATIENCE_S)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(data_dir: Path, secret_key: str, *, search_time: int = 10, database: str = "") -> Iterator[Served]:
    """Run gunicorn as `make run` does, until the block ends; it says itself when it listens.

    Searches have `search_time` times the usual time: enough for their proofs on a slow machine. `database` is
    the address of one that is not the folder's.
    """
    port = free_port()
    log = data_dir / f"gunicorn-{port}.log"
    environ = {
        **os.environ,
        "PLANNER_DATA_DIR": str(data_dir),
        "DATABASE_URL": database or database_in(data_dir),
        "SECRET_KEY": secret_key,
        "HOST": HOST,
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "SEARCH_TIME": str(search_time),
    }
    for name in ("TILE_URL", "TILE_ATTRIBUTION"):
        environ.pop(name, None)
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app"],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    watchdog = threading.Timer(PATIENCE_S, process.kill)
    watchdog.start()
    try:
        assert process.stdout is not None
        ready = any(b"Stop with Ctrl-C" in line for line in process.stdout)
        watchdog.cancel()
        assert ready, f"gunicorn did not start: {log.read_text(encoding='utf-8')}"
        yield Served(port, log, process.pid)
    finally:
        watchdog.cancel()
        process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE_S)
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def serve_here(app: Flask | Gate, port: int = 0) -> Iterator[str]:
    """Serve an application from threads of this process until the block ends; its address."""

    def plain(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # Flask-Compress leaves what it reads to be closed later
        return app(environ, start)

    with answering(make_server(HOST, port, plain, threaded=True, request_handler=_Quiet)) as address:
        yield address
