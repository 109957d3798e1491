"""A dense town's page with its map stays light."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import Day, DayStart, Mode, PlaceRef, Stop, Visit
from planner.streets.build.build import TownSettings
from planner.web.frame.context import services
from planner.web.links import still
from tests.kit.maps.visits import random_visit
from tests.kit.web.first_view import first_view
from tests.kit.web.pages import PageClient
from tests.kit.web.releases import released_visit
from tests.web.conftest import application

if TYPE_CHECKING:
    from pathlib import Path

    from planner.services.travel.town import Town

BUDGET, MOST_REQUESTS = 110_000, 12
"""Bytes that travel when the page is opened for the first time, Leaflet included, and how many files."""

SERVED = 10
"""How hard pages are packed when they are served; tests/web/conftest.py packs them in no time."""

FILE_BUDGET = 600_000
"""Bytes of the map in one file, with all that it needs."""


@pytest.mark.slow
def test_twelve_stops_in_monaco(
    tmp_path: Path, real_dir: Path, monaco: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still, "PACKING", SERVED)
    app = application(
        tmp_path / "data", real_dir / "monaco.osm.pbf", TownSettings("Monaco", "Europe/Monaco", "MC")
    )
    drawn, _ = random_visit(monaco, 7, least=12)
    sites = [
        Site(
            f"site-{stop.number}",
            {"en": f"{stop.name} {stop.number}", "pl": f"{stop.name} {stop.number}"},
            Location(stop.at, Quality.EXACT, 10),
            summary={"en": f"What there is to see at {stop.name}, in a sentence.", "pl": "Co tu jest."},
            hours_status=HoursStatus.NOT_APPLICABLE,
            status=SiteStatus.OPEN_SPACE,
        )
        for stop in drawn
    ]
    stops = tuple(
        Stop(f"s{n}", place=PlaceRef(site.id), dwell_min=15) for n, site in enumerate(sites, start=1)
    )
    day = Day(dt.date(2026, 12, 2), DayStart(PlaceRef(sites[0].id), "09:00"), None, Mode.WALK, stops)
    links = released_visit(app, Visit({"en": "Twelve", "pl": "Dwanaście"}, (day,)), sites)
    page = PageClient(app).get(links.pages[0], "en")
    assert page.html.count('role="list"') > 1
    weights = first_view(PageClient(app).client, links.pages[0])
    assert sum(weights.values()) <= BUDGET, weights
    assert len(weights) <= MOST_REQUESTS
    assert len(PageClient(app).client.get(f"{links.pages[0]}/map.html").data) <= FILE_BUDGET
    with app.app_context():
        services().database.close()
