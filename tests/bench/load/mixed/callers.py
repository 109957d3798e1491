"""Who is not signed in: programs that ask the API, phones that open a visit's page, its guide."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.bench.load.mixed.seen import Person

if TYPE_CHECKING:
    from tests.bench.load.mixed.people import Step

STATION = {"site": "dworzec-biblioteka"}
SITES = (
    "sck-pr", "jagielnia", "ratusz", "rynek", "senior-rynek-24", "muzeum", "sokol", "park-miejski", "teznia",
    "starorzecze", "park-energii", "stadion", "camena", "cus", "kosciol", "synagoga",
)  # fmt: skip
DATE = "2026-12-07"
_MAP = re.compile(r'data-map="([^"]+)"')


@dataclass
class Program:
    """Asks the API for other days each time."""

    person: Person
    chance: random.Random

    def steps(self) -> list[Step]:
        """What it asks in a round."""
        return [
            ("API plan with remedies", lambda: self._ask("plan", self.day(9, late=True))),
            ("API matrix", lambda: self._ask("matrix", {"points": self._places(12), "mode": "walk"})),
            ("API best order", lambda: self._ask("plan", self.day(9, optimise=True, remedies=False))),
            ("API route", lambda: self._ask("route", self._route())),
            ("API sites", lambda: self.person.get("/api/v1/sites")),
            ("API parties", lambda: self._ask("parties", self._parties())),
        ]

    def day(self, stops: int, *, late: bool = False, **more: Any) -> dict[str, Any]:
        """A day of so many stops; one that is late ends an hour after it began, and wants remedies."""
        asked = {
            "date": DATE,
            "start": {"place": STATION, "time": "08:30"},
            "mode": "best",
            "group_size": 22,
            "stops": [{"place": place, "dwell_min": 15, "hours": "24/7"} for place in self._places(stops)],
        }
        return asked | ({"end": {"place": STATION, "latest": "11:30"}} if late else {}) | more

    def _parties(self) -> dict[str, Any]:
        parties = [{"name": name, "size": 20} for name in ("A", "B", "C")]
        day = self.day(5, remedies=False)
        return {key: value for key, value in day.items() if key in {"date", "start", "stops"}} | {
            "parties": parties,
            "mode": "walk",
        }

    def _route(self) -> dict[str, Any]:
        one, other = self._places(2)
        return {"from": one, "to": other, "mode": "best", "depart": f"{DATE}T09:00"}

    def _places(self, count: int) -> list[dict[str, str]]:
        return [{"site": site} for site in self.chance.sample(SITES, count)]

    def _ask(self, what: str, body: dict[str, Any]) -> None:
        kind = {"Content-Type": "application/json"}
        self.person.send("POST", f"/api/v1/{what}", json.dumps(body).encode(), kind)


@dataclass
class Phone:
    """Opens the page of a visit with what belongs to it."""

    person: Person
    token: str

    def steps(self) -> list[Step]:
        """What it asks in a round."""
        page = f"/v/{self.token}"
        kinds = {
            "phone page": page,
            "phone poll": f"{page}/live.json?lang=en",
            "phone print": f"{page}/print",
            "phone calendar": f"{page}/calendar.ics",
            "phone files": f"{page}/files",
            "phone map in a file": f"{page}/map.html",
            "public pages": "/privacy",
            "health": "/healthz",
        }
        return [("phone map", self.map), *((kind, self._look(path)) for kind, path in kinds.items())]

    def map(self) -> None:
        """The script of the page's map."""
        found = _MAP.search(self.person.get(f"/v/{self.token}").text)
        if found:
            self.person.get(found[1].replace("&amp;", "&"))

    def _look(self, path: str) -> Any:
        return lambda: self.person.get(path)


@dataclass
class Guide:
    """Reads the guide's page, takes map and table along, and says something now and then."""

    person: Person
    token: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def steps(self) -> list[Step]:
        """What is done in a round."""
        page = f"/g/{self.token}"
        return [
            ("guide page", lambda: self.person.get(page)),
            ("guide note", self.say),
            ("guide map", lambda: self.person.get(f"{page}/map.svg")),
            ("guide files", lambda: self.person.get(f"{page}/plan.csv")),
        ]

    def say(self) -> None:
        """A note in the log of the day."""
        number = next(self._numbers)
        body = json.dumps({"kind": "note", "text": f"Notatka {number}"}).encode()
        key = {"Content-Type": "application/json", "Idempotency-Key": f"mixed-{number:012}"}
        self.person.send("POST", f"/g/{self.token}/events", body, key)
