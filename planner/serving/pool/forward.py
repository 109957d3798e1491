"""A worker's side of the pool: what a page finds costly is sent over, and its answer handed on."""

from __future__ import annotations

import logging
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from planner.paths import ROOT
from planner.serving.pool.frames import AT_ONCE, Frame, Incoming
from planner.serving.pool.place import connected
from planner.serving.pool.state import AWAY, OPEN, POOL, Full, SentOver

if TYPE_CHECKING:
    import socket

    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from flask import Flask

LOOK_S = 0.5
START_S = 10.0
REACH_S = 3.0
"""So long a keeper may take to start, and so long a request waits for one: then it is answered here."""

AGAIN_S = 0.1
GONE = "waitress.client_disconnected"
_LOG = logging.getLogger(__name__)


class PoolAwayError(OSError):
    """There is no keeper, or it ended before it had answered."""


@dataclass(frozen=True)
class Pool:
    """The pool of a data directory."""

    data_dir: Path

    def ask(self, who: str, asked: Frame, is_gone: Callable[[], bool]) -> Frame | None:
        """Return the answer to a request; None once its client is gone.

        Raises
        ------
        PoolAwayError
            If there is no answer to be had.
        """
        try:
            with self._reached() as line:
                line.sendall(Frame({**asked.head, "who": who}, asked.body).packed())
                incoming = Incoming()
                while not is_gone():
                    if not select.select([line], [], [], LOOK_S)[0]:
                        continue
                    piece = line.recv(AT_ONCE)
                    if not piece:
                        raise PoolAwayError
                    for answer in incoming.fed(piece):
                        return answer
        except OSError as error:
            raise PoolAwayError from error
        return None

    def keep_there(self) -> None:
        """See to it that there is a keeper, for as long as this process lives."""
        while True:
            child, line = None, self._awaited(0)
            if line is None:
                child = self._start()
                line = self._awaited(START_S)
                if line is None:
                    _LOG.warning("the pool for searches did not start: workers search themselves")
            if line is not None:
                with line:
                    line.recv(1)  # nothing comes: it ends with the keeper
            if child is not None:
                child.wait()
            time.sleep(AGAIN_S if line is not None else START_S)

    def _reached(self) -> socket.socket:
        """A connection to the keeper; one that is just starting is waited for."""
        line = self._awaited(REACH_S)
        if line is None:
            raise PoolAwayError
        return line

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "planner.serving.pool", str(self.data_dir)]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603

    def _awaited(self, seconds: float) -> socket.socket | None:
        """A connection to the keeper, None where it does not come in time."""
        ends = time.monotonic() + seconds
        while True:
            try:
                return connected(self.data_dir)
            except OSError:
                if time.monotonic() > ends:
                    return None
                time.sleep(AGAIN_S)


@dataclass(frozen=True)
class Forwarding:
    """Calls the application, and sends over what it finds costly."""

    app: Callable[..., Iterable[bytes]]
    pool: Pool

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request here or there."""
        environ[POOL] = OPEN
        try:
            return self.app(environ, start)
        except SentOver as sent:
            who = sent.who
        body = environ["wsgi.input"]
        body.seek(0)
        told = {name: value for name, value in environ.items() if isinstance(value, str) and name != POOL}
        try:
            answer = self.pool.ask(who, Frame({"environ": told}, body.read()), environ.get(GONE, _never))
        except PoolAwayError:
            return self._here(environ, start, AWAY)
        if answer is None:
            start("503 Service Unavailable", [("Content-Length", "0")])
            return []
        if "away" in answer.head:
            return self._here(environ, start, AWAY)
        if "full" in answer.head:
            return self._here(environ, start, Full(answer.head["full"]))
        start(answer.head["status"], [(name, value) for name, value in answer.head["headers"]])
        return [answer.body]

    def _here(self, environ: WSGIEnvironment, start: StartResponse, why: object) -> Iterable[bytes]:
        environ["wsgi.input"].seek(0)
        environ[POOL] = why
        return self.app(environ, start)


def begin_pool(app: Flask, data_dir: Path) -> None:
    """Let a server's worker send costly requests over."""
    pool = Pool(data_dir)
    app.wsgi_app = Forwarding(app.wsgi_app, pool)  # type: ignore[method-assign, assignment]
    Thread(target=pool.keep_there, name="pool", daemon=True).start()


def _never() -> bool:
    return False
