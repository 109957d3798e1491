"""A visit on its day: a service whose clock the tests move, and the links of a released visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from planner.domain.clock import TownClock
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, Visit
from planner.web import create_app
from tests.kit.web.releases import Links, released_visit
from tests.web.conftest import NOW, closed, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse


CLOCK = TownClock("Europe/Warsaw")
DATE = dt.date(2026, 11, 30)


def at(clock_time: str) -> int:
    """The instant of a time of the day."""
    return CLOCK.instant(DATE, clock_time)


@dataclass
class LiveDay:
    """A released visit of three stops, and whoever has its links."""

    app: Flask
    links: Links
    clock: list[int]
    sent: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def press(self, kind: str, stop: str = "", *, key: str = "", **more: object) -> TestResponse:
        """Press a button of the guide's page."""
        self.sent += 1
        key = key or f"press-{self.clock[0]}-{self.sent:04}"
        body = {"kind": kind, "stop": stop, **more}
        path = f"/g/{self.links.guide}/events"
        return self.app.test_client().post(path, json=body, headers={"Idempotency-Key": key, **self.headers})

    def told(self, **asked: str) -> dict[str, Any]:
        """What a participant's phone is told."""
        answer = self.ask(**asked)
        assert answer.status_code == 200
        document: dict[str, Any] = answer.get_json()
        return document

    def ask(self, tag: str = "", **asked: str) -> TestResponse:
        """Ask as a participant's phone does."""
        headers = {"If-None-Match": tag} if tag else {}
        path = f"/v/{self.links.participant}/live.json"
        return self.app.test_client().get(path, query_string={"lang": "en", **asked}, headers=headers)

    def panel(self, **asked: str) -> str:
        """The guide's buttons on a page of their own."""
        path = f"/g/{self.links.guide}/live"
        return self.app.test_client().get(path, query_string={"lang": "en", **asked}).get_data(as_text=True)


def three_stops() -> Visit:
    """Museum from 09:30, Town Hall at 10:30 as agreed, park; planned on 30 November."""
    stops = (
        Stop("museum", place=PlaceRef(site="muzeum"), dwell_min=30),
        Stop("hall", place=PlaceRef(site="ratusz"), dwell_min=30, fixed="10:30", essential=True),
        Stop("park", place=PlaceRef(site="park-miejski"), dwell_min=20, min_dwell_min=10),
    )
    start = DayStart(PlaceRef(site="dworzec-biblioteka"), "09:20")
    day = Day(DATE, start, end=DayEnd(PlaceRef(site="dworzec-biblioteka")), stops=stops)
    return Visit({"pl": "Na żywo", "en": "Live"}, (day,), group_size=20)


@pytest.fixture(scope="module")
def day_app(app: Flask, app_dir: Path) -> Iterator[tuple[Flask, list[int]]]:
    """The service of `app` with a clock that can be set."""
    del app  # it has filled the folder
    clock = [NOW]
    made = create_app(settings_in(app_dir), now=lambda: clock[0])
    yield made, clock
    closed(made)


@pytest.fixture
def live(day_app: tuple[Flask, list[int]]) -> LiveDay:
    """A visit of its own on its day, at nine."""
    made, clock = day_app
    clock[0] = NOW
    links = released_visit(made, three_stops())
    clock[0] = at("09:00")
    return LiveDay(made, links, clock)
