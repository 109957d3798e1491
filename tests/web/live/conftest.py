"""A visit on its day: a service whose clock the tests move, and the links of a released visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.clock import TownClock
from planner.domain.edits.stops import on_date
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, Visit
from planner.services.visits.publish import ensure_links, links, publish
from planner.store import visits as store
from planner.web import create_app
from tests.kit.web.parties_desk import accepted, split_desk
from tests.kit.web.releases import Links, released_visit
from tests.kit.web.signing_in import csrf_of, services_of, sign_in, user_of
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


@dataclass
class Office:
    """An organiser whose delegation of three parties is on its way."""

    app: Flask
    client: FlaskClient
    visit_id: int
    tokens: dict[tuple[str, str], str]
    clock: list[int]
    sent: int = 0

    def guide(
        self, party: str, kind: str, stop: str = "", *, link: str = "", key: str = "", **more: object
    ) -> int:
        """A guide presses; by the link for all parties unless one is named."""
        self.sent += 1
        body = {"kind": kind, "stop": stop, "party": party, **more}
        headers = {"Idempotency-Key": key or f"press-{self.visit_id}-{self.sent:04}"}
        path = f"/g/{self.tokens['guide', link]}/events"
        return self.app.test_client().post(path, json=body, headers=headers).status_code

    def page(self) -> str:
        """What the organiser sees."""
        return self.client.get(f"/visits/{self.visit_id}/live?lang=en").get_data(as_text=True)

    def press(self, **fields: object) -> int:
        """The organiser presses."""
        data = {"csrf_token": csrf_of(self.client), "day": 1, **fields}
        return self.client.post(f"/visits/{self.visit_id}/live/events", data=data).status_code

    def told(self, party: str = "") -> dict[str, Any]:
        """What participants are told."""
        path = f"/v/{self.tokens['participant', '']}/live.json"
        answer = self.app.test_client().get(path, query_string={"lang": "en", "party": party})
        return answer.get_json()  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def split(app: Flask) -> Visit:
    """A delegation in three parties on the day; tests only read it."""
    return on_date(accepted(split_desk(app)), DATE)


@pytest.fixture
def office(day_app: tuple[Flask, list[int]], split: Visit) -> Office:
    """It released, and its day has come."""
    app, clock = day_app
    clock[0] = at("09:00")
    client = app.test_client()
    sign_in(app, client, "zofia")
    visit_id, tokens = released_for(app, split, "zofia")
    return Office(app, client, visit_id, tokens, clock)


def released_for(app: Flask, visit: Visit, owner: str) -> tuple[int, dict[tuple[str, str], str]]:
    """Publish a visit of an organiser: its id, and its links' tokens by kind and party."""
    context = services_of(app)
    user = user_of(app, owner)
    with app.app_context(), context.database.writing() as session:
        row = store.add_visit(session, visit, context.now(), owner_id=user.id)
        publish(session, context.town, row, visit, context.now())
        session.flush()
        ensure_links(session, context.settings.secret_key, row.id, context.now())
        session.flush()
        made = links(session, context.settings.secret_key, row.id)
        return row.id, {(link.kind, link.party): link.token for link in made}
