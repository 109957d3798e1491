"""Who works with a service that is about to be killed, and what they were told was done."""

from __future__ import annotations

import http.client
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.record.client import Client
from tests.record.forms import NoSuchFormError, form_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.record.client import Answer

ROWS = 40
"""Sites of an import."""

GONE = (OSError, http.client.HTTPException, NoSuchFormError)
"""What a client meets when the service is killed in the midst of its request."""


@dataclass
class Acknowledged:
    """What the service said was done: texts of edits and of presses, the numbers of imports and releases."""

    visit: str = ""
    guide: str = ""
    cookie: str = ""
    edits: set[str] = field(default_factory=set)
    presses: set[str] = field(default_factory=set)
    imports: set[int] = field(default_factory=set)
    releases: int = 0
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def done(self) -> int:
        """How much was acknowledged."""
        return len(self.edits) + len(self.presses) + len(self.imports)

    def number(self) -> int:
        """One that nobody else has."""
        return next(self._numbers)


@dataclass(frozen=True)
class Work:
    """Those who work at once: each goes on until the service is gone."""

    port: int
    told: Acknowledged

    def all(self) -> list[Callable[[], None]]:
        """What each of them does, as a thread of its own."""
        return [self._until_gone(one) for one in (self.edit, self.publish, self.press, self.bring)]

    def _until_gone(self, once: Callable[[Client], None]) -> Callable[[], None]:
        def go() -> None:
            client = Client(self.port, {"planner": self.told.cookie})
            try:
                while True:
                    once(client)
            except GONE:
                return

        return go

    def edit(self, client: Client) -> None:
        """Change the meeting point to a text that was never there."""
        text = f"Punkt {self.told.number()}"
        here = client.get(f"{self.told.visit}?part=settings")
        form = form_of(here.page, "/edit/visit")
        answer = client.submit(here, form, typed={"meeting_pl": text})
        if _is_done(answer):
            self.told.edits.add(text)

    def publish(self, client: Client) -> None:
        """Publish what there is."""
        here = client.get(f"{self.told.visit}/share")
        client.submit(here, form_of(here.page, "/publish"), typed={"anyway": "1"})

    def press(self, client: Client) -> None:
        """Say something on the day."""
        text = f"Notatka {self.told.number()}"
        body = json.dumps({"kind": "note", "text": text}).encode()
        key = {"Content-Type": "application/json", "Idempotency-Key": f"press-{text[8:]:0>12}"}
        if client.send("POST", f"{self.told.guide}/events", body, key).status == http.client.OK:
            self.told.presses.add(text)

    def bring(self, client: Client) -> None:
        """Import sites that were never there, all or none."""
        number = self.told.number()
        rows = "".join(f"r{number}-{row},Miejsce {number} {row}\n" for row in range(ROWS))
        here = client.get("/sites/import")
        form = form_of(here.page, "/sites/import")
        sent = client.upload(here, form, "file", ("sites.csv", f"id,name_pl\n{rows}".encode()))
        shown = client.follow(sent)
        answer = client.submit(shown, form_of(shown.page, "/import/confirm"))
        if _is_done(answer) and "/import" not in answer.header("location"):
            self.told.imports.add(number)


def _is_done(answer: Answer) -> bool:
    return answer.status == http.client.SEE_OTHER
