"""The day by bus: who misses one reads the next one in the list, and rides that are not taken are gone."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.domain.visits import Day, DayStart, Mode, PlaceRef, Stop, Visit
from planner.web import create_app
from tests.browser.live.conftest import Stage
from tests.kit.web.releases import released_visit
from tests.kit.web.served import serve_here
from tests.web.conftest import NOW, bus_application, closed, settings_in
from tests.web.live.conftest import DATE, LiveDay, at

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_missed_bus_is_the_next_one_in_the_list(tmp_path: Path, chromium: Browser) -> None:
    closed(bus_application(tmp_path))
    clock = [NOW]
    app = create_app(settings_in(tmp_path), now=lambda: clock[0])
    hall = Stop("hall", place=PlaceRef("ratusz"), dwell_min=30)
    manor = Stop("manor", place=PlaceRef("dwor-radziszow"), dwell_min=30, mode_to=Mode.BUS)
    day = Day(DATE, DayStart(PlaceRef("rynek"), "10:00"), stops=(hall, manor))
    live = LiveDay(app, released_visit(app, Visit({"en": "By bus", "pl": "Autobusem"}, (day,))), clock)
    with serve_here(app) as address, Stage(live, address, chromium).phone("v", "10:00") as page:
        rides, told = page.locator(".row--ride"), page.locator("#way-1 .row__ride")
        expect(rides).to_be_visible()
        planned = rides.locator(".row__time").inner_text()
        clock[0] = at(planned) + 20 * 60
        live.press("left", "hall")
        page.clock.run_for(10_000)
        expect(told).to_have_count(2)
        expect(rides).to_be_hidden()
        boards = re.search(r"\d\d:\d\d", told.last.inner_text())
        assert boards
        assert dt.time.fromisoformat(boards[0]) >= dt.time.fromisoformat(planned)
        assert boards[0] != planned
        live.press("undo", other=f"press-{clock[0]}-0001")
        page.clock.run_for(10_000)
        expect(rides).to_be_visible()
        expect(told).to_have_count(0)
        live.press("skip", "manor")
        page.clock.run_for(10_000)
        expect(rides).to_be_hidden()
    closed(app)
