"""Who works with a service that is about to be killed, and what they were told was done."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from tests.record.client import Client
from tests.record.forms import NoSuchFormError, form_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.record.client import Answer
    from tests.record.forms import Typed

ROWS = 10
"""Sites of an import."""

PAUSE_S = 0.1
"""Between two things that one of them does, so that none takes the processor from the others."""

GONE = (OSError, http.client.HTTPException, NoSuchFormError)
"""What a client meets when the service is killed in the midst of its request."""

REDIRECTED = {http.client.FOUND, http.client.SEE_OTHER}


class Kind(StrEnum):
    """What is done, each by one who does nothing else."""

    EDIT = "edits"
    RELEASE = "releases"
    PRESS = "presses"
    SAID = "said at the desk"
    IMPORT = "imports"
    NETWORK = "networks"
    TIMETABLE = "timetables"


@dataclass
class Acknowledged:
    """What the service said was done, by its kind: the numbers that were written into it.

    `refused` counts what was answered otherwise, by kind and status.
    """

    visit: str = ""
    guide: str = ""
    cookie: str = ""
    done: dict[Kind, set[int]] = field(default_factory=lambda: {kind: set() for kind in Kind})
    refused: Counter[tuple[Kind, int]] = field(default_factory=Counter)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def number(self) -> int:
        """One that nobody else has."""
        return next(self._numbers)

    def count(self) -> int:
        """How much was acknowledged, of all kinds."""
        return sum(len(numbers) for numbers in self.done.values())

    def hear(self, kind: Kind, number: int, status: int, *, is_done: bool) -> None:
        """Write down what was answered."""
        if is_done:
            self.done[kind].add(number)
        else:
            self.refused[kind, status] += 1


@dataclass(frozen=True)
class Work:
    """Those who work at once by requests: each goes on until the service is gone."""

    port: int
    told: Acknowledged
    is_over: threading.Event

    @property
    def ways(self) -> tuple[Callable[[Client], Answer], ...]:
        """What can be done; each returns what it was answered."""
        return self.edit, self.publish, self.press, self.say, self.bring

    def all(self) -> list[Callable[[], None]]:
        """What each of them does, as a thread of its own."""
        return [self._until_gone(one) for one in self.ways]

    def _until_gone(self, once: Callable[[Client], Answer]) -> Callable[[], None]:
        def go() -> None:
            client = Client(self.port, {"planner": self.told.cookie})
            while not self.is_over.wait(PAUSE_S):
                try:
                    once(client)
                except GONE:
                    if self.is_over.is_set():
                        return

        return go

    def edit(self, client: Client) -> Answer:
        """Change the meeting point to a text that was never there."""
        number = self.told.number()
        here = client.get(f"{self.told.visit}?part=settings")
        form = form_of(here.page, "/edit/visit")
        answer = client.submit(here, form, typed={"meeting_pl": f"Punkt {number}"})
        return self._heard(Kind.EDIT, number, answer)

    def publish(self, client: Client) -> Answer:
        """Publish what there is, with a note that was never there."""
        number = self.told.number()
        here = client.get(f"{self.told.visit}/share")
        typed: dict[str, Typed] = {"anyway": "1", "note_pl": f"Wydanie {number}"}
        answer = client.submit(here, form_of(here.page, "/publish"), typed=typed)
        said = client.follow(answer)  # who edited meanwhile is sent back to the same page, unpublished
        is_done = any("flash--done" in one.get("class") for one in said.page.walk())
        self.told.hear(Kind.RELEASE, number, answer.status, is_done=is_done)
        return answer

    def press(self, client: Client) -> Answer:
        """Say something as a guide; a link may do so thirty times a minute."""
        number = self.told.number()
        body = json.dumps({"kind": "note", "text": f"Notatka {number}"}).encode()
        key = {"Content-Type": "application/json", "Idempotency-Key": f"press-{number:0>12}"}
        answer = client.send("POST", f"{self.told.guide}/events", body, key)
        self.told.hear(Kind.PRESS, number, answer.status, is_done=answer.status == http.client.OK)
        if answer.status == http.client.TOO_MANY_REQUESTS:
            self.is_over.wait(1)
        return answer

    def say(self, client: Client) -> Answer:
        """Say something at the desk, which may do so as often as it likes."""
        number = self.told.number()
        here = client.get(f"{self.told.visit}/live")
        form = form_of(here.page, "/live/events", kind="note")
        answer = client.submit(here, form, typed={"text": f"Notatka {number}"})
        return self._heard(Kind.SAID, number, answer)

    def bring(self, client: Client) -> Answer:
        """Import sites that were never there, all or none."""
        number = self.told.number()
        rows = "".join(f"r{number}-{row},Miejsce {number} {row}\n" for row in range(ROWS))
        here = client.get("/sites/import")
        form = form_of(here.page, "/sites/import")
        sent = client.upload(here, form, "file", ("sites.csv", f"id,name_pl\n{rows}".encode()))
        if sent.status not in REDIRECTED:
            return self._heard(Kind.IMPORT, number, sent)
        shown = client.follow(sent)
        answer = client.submit(shown, form_of(shown.page, "/import/confirm"))
        return self._heard(Kind.IMPORT, number, answer, "/import")

    def _heard(self, kind: Kind, number: int, answer: Answer, again: str = "nowhere") -> Answer:
        """What was done leads on; what was not leads back to where it was asked, or is told."""
        is_done = answer.status in REDIRECTED and again not in answer.header("location")
        self.told.hear(kind, number, answer.status, is_done=is_done)
        return answer
