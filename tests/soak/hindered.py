"""A service whose disk can be filled, closed to writing and damaged while it serves."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner.web import create_app
from tests.kit.web.served import HOST, PATIENCE_S, Served, serve
from tests.kit.web.signing_in import sign_in
from tests.record.client import Client
from tests.soak.begin import published
from tests.soak.work import Acknowledged, Work
from tests.web.conftest import SECRET, closed, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.record.client import Answer

ROOM_MB = 96


@dataclass(frozen=True)
class Hindered:
    """The service, its folder, and somebody at work with it."""

    data: Path
    served: Served
    work: Work
    client: Client

    @property
    def told(self) -> Acknowledged:
        """What was acknowledged."""
        return self.work.told

    def health(self) -> tuple[int, str]:
        """What it says of itself."""
        connection = http.client.HTTPConnection(HOST, self.served.port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return answer.status, str(json.loads(answer.read())["status"])
        finally:
            connection.close()

    def comes_to_say(self, status: int, said: str) -> None:
        """Ask until it says so: what was true a moment ago is believed for some seconds."""
        until = time.monotonic() + PATIENCE_S
        found = (0, "")
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):  # a worker that has just died
                found = self.health()
            if found == (status, said):
                return
            time.sleep(0.1)
        raise AssertionError(found)

    def comes_to_answer(self, path: str, asked: object) -> None:
        """Ask the API until each worker has answered, or refused in words."""
        sent, kind = json.dumps(asked).encode(), {"Content-Type": "application/json"}
        answered = 0
        for _ in range(20):
            with suppress(OSError, http.client.HTTPException):  # a worker that has just died
                answer = self.client.send("POST", path, sent, kind)
                assert answer.status in {http.client.OK, http.client.SERVICE_UNAVAILABLE}, answer.text
                answered += 1
        assert answered

    def refusals(self) -> list[Answer]:
        """Try everything that can be done: what is answered."""
        return [way(self.client) for way in self.work.ways]

    def does(self, much: int) -> None:
        """Wait until those who work have had so much more acknowledged."""
        wanted, until = self.told.count() + much, time.monotonic() + PATIENCE_S
        while self.told.count() < wanted:
            assert time.monotonic() < until, self.told.refused
            time.sleep(0.02)

    def works(self) -> None:
        """Do everything once: all of it is done."""
        before = {kind: len(numbers) for kind, numbers in self.told.done.items()}
        answers = self.refusals()
        gained = [kind for kind, numbers in self.told.done.items() if len(numbers) > before[kind]]
        assert len(gained) == len(answers), [(one.path, one.status) for one in answers]

    def reads(self) -> None:
        """Whoever only reads is served."""
        for path in (self.told.guide, "/sites", self.told.visit):
            assert self.client.get(path).status == http.client.OK, path

    def log(self) -> str:
        """What it has written into its log."""
        return self.served.log.read_text(encoding="utf-8")


def is_told(answer: Answer, *sentences: str) -> None:
    """Hold a refusal to its form: 503, a sentence, when to come again."""
    assert answer.status == http.client.SERVICE_UNAVAILABLE, (answer.path, answer.status)
    assert int(answer.header("retry-after")) > 0
    said = (
        json.loads(answer.body)["error"]["text"] if "json" in answer.header("content-type") else answer.text
    )
    assert any(sentence in said for sentence in sentences), (answer.path, said[-2000:])


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Let a folder be a disk of its own, if that may be done here; whether it is."""
    asked = ["mount", "-t", "tmpfs", "-o", f"size={ROOM_MB}m,mode=700", "tmpfs", str(folder)]
    is_own = os.geteuid() == 0 and subprocess.run(asked, check=False, capture_output=True).returncode == 0
    try:
        yield is_own
    finally:
        if is_own:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def hindered(data: Path, database: str = "") -> Iterator[Hindered]:
    """Serve what lies in a folder, with an organiser who has published a visit."""
    settings = settings_in(data)
    app = create_app(replace(settings, database_url=database) if database else settings)
    browser = app.test_client()
    sign_in(app, browser, "anna", "admin")
    cookie = browser.get_cookie("planner")
    assert cookie is not None
    closed(app)
    with serve(data, SECRET, database=database) as served:
        client = Client(served.port, {"planner": cookie.value})
        told = published(client, "rynek", "muzeum", "ratusz")
        yield Hindered(data, served, Work(served.port, told, threading.Event()), client)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Fill the disk of a folder to the last byte until the block ends."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def closed_to_writing(folder: Path) -> Iterator[None]:
    """Close a folder and all below it, as a disk that was mounted anew after a fault."""
    _mount("--bind", str(folder), str(folder))
    try:
        _mount("-o", "remount,bind,ro", str(folder))
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)
