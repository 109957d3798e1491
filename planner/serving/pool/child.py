"""A child of the keeper: answers one request after the other, as a worker would, at a lower priority."""

from __future__ import annotations

import ctypes
import io
import os
import signal
import socket
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from werkzeug.test import run_wsgi_app

from planner.memory_use import give_back
from planner.serving.pool.frames import Frame, Incoming, received
from planner.serving.pool.state import INSIDE, POOL

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOWER = 10
"""So much lower is its priority than a worker's: where both want the processor, it gets a tenth of it."""

_PARENT_DEATH = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


@dataclass
class Child:
    """A child as its keeper knows it; `client` waits for what it is at."""

    pid: int
    line: socket.socket
    client: Any = None
    done: int = 0
    incoming: Incoming = field(default_factory=Incoming)

    def end(self) -> None:
        """End it, whatever it is at."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.line.close()

    @property
    def memory(self) -> int:
        """Its own bytes in memory, 0 where the system does not say."""
        try:
            with open(f"/proc/{self.pid}/statm", encoding="ascii") as told:  # noqa: PTH123 - no path of ours
                _, resident, shared = told.read().split()[:3]
        except OSError:
            return 0
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def start_child(app: WSGIApplication) -> Child:
    """Fork a child that answers with an application which is loaded already."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        _answer_for_ever(app, theirs)
    theirs.close()
    return Child(pid, ours)


def _answer_for_ever(app: WSGIApplication, line: socket.socket) -> NoReturn:
    try:
        _go_with_the_keeper()
        _close_all_but(line.fileno())
        os.nice(LOWER)
        while (asked := received(line)) is not None:
            line.sendall(answered(app, asked).packed())
            give_back()
    finally:
        os._exit(0)


def answered(app: WSGIApplication, asked: Frame) -> Frame:
    """Answer a request that a worker has sent over."""
    environ = {
        **asked.head["environ"],
        POOL: INSIDE,
        "wsgi.input": io.BytesIO(asked.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    pieces, status, headers = run_wsgi_app(app, environ, buffered=True)
    return Frame({"status": status, "headers": list(headers)}, b"".join(pieces))


def _go_with_the_keeper() -> None:
    """End when the keeper is killed, on Linux at once; elsewhere when its end of the line is found closed."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)


def _close_all_but(kept: int) -> None:
    """Let go of what belongs to the keeper, its lock and its clients first of all."""
    last = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, kept)
    os.closerange(kept + 1, min(last, 65_536))
