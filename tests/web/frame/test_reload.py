"""Workers are replaced, by a reload or when they have grown, and nobody who asks meanwhile notices it."""

from __future__ import annotations

import http.client
import os
import signal
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit.web.served import HOST, PATIENCE_S, Served, serve
from tests.web.conftest import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

pytestmark = pytest.mark.slow

CLIENTS = 4
LOOK_S = 0.1


def _workers(served: Served) -> set[str]:
    return set(
        Path(f"/proc/{served.master}/task/{served.master}/children").read_text(encoding="ascii").split()
    )


class Asking(threading.Thread):
    """Asks for the same page again and again, over one connection or each time over a new one."""

    def __init__(self, port: int, *, keeps: bool) -> None:
        super().__init__(daemon=True)
        self.port, self.keeps = port, keeps
        self.told: list[str] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        """Ask until told to end."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_S)
        while not self.is_over.is_set():
            try:
                connection.request("GET", "/healthz")
                answer = connection.getresponse()
                answer.read()
                self.told.append(str(answer.status))
            except (OSError, http.client.HTTPException) as error:
                self.told.append(repr(error))
                connection.close()
            if not self.keeps:
                connection.close()
        connection.close()


def _until(holds: Callable[[], bool]) -> None:
    turn = threading.Event()
    for _ in range(int(PATIENCE_S / LOOK_S)):
        if holds():
            return
        turn.wait(LOOK_S)
    pytest.fail("it did not come to it")


def _reload(served: Served, asking: list[Asking]) -> None:
    before = _workers(served)
    answered = [len(one.told) for one in asking]
    os.kill(served.master, signal.SIGHUP)
    _until(lambda: not before & _workers(served))
    _until(lambda: all(len(one.told) > said for one, said in zip(asking, answered, strict=True)))


@contextmanager
def _asked(served: Served) -> Iterator[list[Asking]]:
    """Clients that ask until the block ends; each answer was a 200."""
    asking = [Asking(served.port, keeps=number % 2 == 0) for number in range(CLIENTS)]
    for one in asking:
        one.start()
    try:
        yield asking
    finally:
        for one in asking:
            one.is_over.set()
        for one in asking:
            one.join(PATIENCE_S)
    assert {said for one in asking for said in one.told} == {"200"}


def test_no_request_fails_while_the_workers_are_replaced(app: Flask, app_dir: Path) -> None:
    del app
    with serve(app_dir, SECRET) as served, _asked(served) as asking:
        for _ in range(2):
            _reload(served, asking)


def test_who_has_grown_makes_way_for_another(
    app: Flask, app_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a limit that every worker is above at once each is replaced when it is weighed."""
    del app
    monkeypatch.setenv("WORKER_MB", "1")
    with serve(app_dir, SECRET) as served, _asked(served):
        first = _workers(served)
        _until(lambda: not first & _workers(served))
