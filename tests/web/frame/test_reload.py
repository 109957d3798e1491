"""A reload replaces the workers, and nobody who asks meanwhile notices it."""

from __future__ import annotations

import http.client
import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit.web.served import HOST, PATIENCE_S, Served, serve
from tests.web.conftest import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_no_request_fails_while_the_workers_are_replaced(app: Flask, app_dir: Path) -> None:
    del app
    with serve(app_dir, SECRET) as served:
        asking = [Asking(served.port, keeps=number % 2 == 0) for number in range(CLIENTS)]
        for one in asking:
            one.start()
        for _ in range(2):
            _reload(served, asking)
        for one in asking:
            one.is_over.set()
        for one in asking:
            one.join(PATIENCE_S)
    assert {said for one in asking for said in one.told} == {"200"}
