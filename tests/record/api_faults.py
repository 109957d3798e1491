"""Requests that the API refuses, one of every kind."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.record.api_days import MONDAY, STATION, THREE, Body, at, day, end, stop

JSON = "application/json"


@dataclass(frozen=True)
class Bad:
    """A request as it goes out."""

    call: str
    body: Any
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> bytes:
        """The body's bytes; texts and bytes as they are."""
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers, JSON unless it is declared to be something else."""
        return {"Content-Type": JSON, **self.headers}


ROUTE: Body = {"from": STATION, "to": {"site": "rynek"}}
MANY = [at(19.82, 49.975)] * 101

FAULTS: dict[str, Bad] = {
    "no-json": Bad("plan", "{nie"),
    "no-body": Bad("plan", ""),
    "not-an-object": Bad("route", "[1, 2]"),
    "a-number": Bad("route", "7"),
    "too-deep": Bad("route", "[" * 100_000),
    "not-utf-8": Bad("route", b'{"from": "\xff"}'),
    "form": Bad("route", "a=b", headers={"Content-Type": "application/x-www-form-urlencoded"}),
    "too-large": Bad("plan", " " * 1_000_001),
    "get": Bad("plan", "", method="GET"),
    "put": Bad("matrix", {}, method="PUT"),
    "post-sites": Bad("sites", {}),
    "no-such-call": Bad("teleport", {}),
    "no-such-version": Bad("../v2/plan", {}),
    "empty": Bad("plan", {}),
    "empty-route": Bad("route", {}),
    "empty-matrix": Bad("matrix", {"points": []}),
    "empty-parties": Bad("parties", {"parties": []}),
    "unknown-field": Bad("route", {**ROUTE, "speed": 4}),
    "unknown-mode": Bad("route", {**ROUTE, "mode": "taxi"}),
    "two-times": Bad("route", {**ROUTE, "depart": f"{MONDAY}T09:00", "arrive": f"{MONDAY}T10:00"}),
    "bad-moment": Bad("route", {**ROUTE, "depart": "jutro"}),
    "number-moment": Bad("route", {**ROUTE, "depart": 1_700_000_000}),
    "far-year": Bad("route", {**ROUTE, "depart": "2126-01-01T09:00"}),
    "unknown-site": Bad("route", {**ROUTE, "to": {"site": "nie-ma"}}),
    "two-unknown-sites": Bad("matrix", {"points": [{"site": "nie-ma"}, {"site": "tez-nie"}, STATION]}),
    "outside": Bad("route", {**ROUTE, "to": at(21.0, 52.2)}),
    "swapped": Bad("route", {**ROUTE, "to": at(49.9755, 19.8261)}),
    "site-and-position": Bad("route", {**ROUTE, "to": {"site": "rynek", "at": [19.8, 49.9]}}),
    "neither": Bad("route", {**ROUTE, "to": {"name": "x"}}),
    "not-a-position": Bad("route", {**ROUTE, "to": {"at": [19.8]}}),
    "nan": Bad("route", '{"from": {"at": [NaN, 49.9]}, "to": {"at": [1e999, 49.9]}}'),
    "text-position": Bad("route", {**ROUTE, "to": {"at": ["19.8", "49.9"]}}),
    "beyond-the-earth": Bad("route", {**ROUTE, "to": {"at": [190.0, 95.0]}}),
    "pace": Bad("route", {**ROUTE, "pace_kmh": 0.1, "group_size": 0, "step_free": "yes"}),
    "coach-sizes": Bad("route", {**ROUTE, "coach": {"height_m": 9, "weight_t": "10", "wheels": 6}}),
    "too-many-points": Bad("matrix", {"points": MANY}),
    "too-many-stops": Bad("plan", day(*[{"place": at(19.82, 49.975)}] * 61)),
    "bad-date": Bad("plan", day(date="7.12.2026")),
    "no-such-date": Bad("plan", day(date="2026-02-30")),
    "bad-time": Bad("plan", day(stop("rynek", fixed="9:00", windows=[["10:00", "25:00"]]), time="24:00")),
    "window-backward": Bad("plan", day(stop("rynek", windows=[["12:00", "10:00"]]))),
    "same-id": Bad("plan", day(stop("rynek"), stop("rynek"))),
    "after-nobody": Bad("plan", day(stop("rynek", after=["x"]))),
    "no-place": Bad("plan", day({"kind": "site", "dwell_min": 10}, {"kind": "zamek"})),
    "dwell": Bad("plan", day(stop("rynek", 721), stop("muzeum", 10, min_dwell_min=20), stop("sokol", -1))),
    "hours": Bad("plan", day(stop("rynek", hours="nine to five"))),
    "objective": Bad("plan", day(objective="fun", interpreter=4, buffers={"walk_min": 121})),
    "many-faults": Bad(
        "plan", {"date": 1, "start": {"place": {"site": "nie-ma"}, "time": 9}, "stops": [{}, 3, "x"]}
    ),
    "plan-outside": Bad("plan", day({"place": at(21.0, 52.2)}, {"place": at(21.0, 52.3)})),
    "sizes": Bad("parties", day(stop("rynek"), parties=THREE, group_size=50)),
    "same-party": Bad("parties", day(stop("rynek"), parties=[THREE[0], THREE[0]])),
    "too-many-parties": Bad("parties", day(parties=[{"name": f"{n}", "size": 1} for n in range(9)])),
    "party-forms": Bad(
        "parties", day(stop("rynek", capacity=0, together=1), parties=[{"name": "", "size": "3"}])
    ),
}  # fmt: skip
ODD: dict[str, Bad] = {
    "no-type": Bad("route", {**ROUTE, "arrive": f"{MONDAY}T09:00"}, headers={"Content-Type": ""}),
    "other-json": Bad(
        "route", {**ROUTE, "depart": f"{MONDAY}T09:00"}, headers={"Content-Type": "application/geo+json"}
    ),
    "end-twice": Bad("plan", day(stop("rynek"), end=end(latest="12:00", arrive="11:00"))),
    "end-before-start": Bad("plan", day(stop("rynek"), end=end(arrive="08:00"))),
}
"""Odd, and answered all the same."""
