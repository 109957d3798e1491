"""When the stops of a day are open, worked out by hand from their hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.sites import HoursStatus, SiteStatus
from planner.domain.visits import Day, DayStart, PlaceRef, Stop
from planner.services.open_times import open_times
from planner.services.travel import Group
from planner.streets.build.build import TownSettings
from tests.conftest import built
from tests.web.town import OSM, SITES

if TYPE_CHECKING:
    from pathlib import Path

    from planner.services.open_times import OpenTimes
    from planner.services.town import Town

MONDAY = dt.date(2026, 12, 7)
OPEN = {site.id: site for site in SITES}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder: Path = tmp_path_factory.mktemp("open_times")
    file = folder / "small.osm"
    file.write_text(OSM, encoding="utf-8")
    return built(folder, file, TownSettings("Testowo"))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("Mo-Fr 09:00-12:00,13:00-16:00", {"s1": (("09:00", "12:00"), ("13:00", "16:00"))}),
        ("Tu-Su 09:00-12:00", {"s1": ()}),
        ("Mo 20:00-02:00", {"s1": (("20:00", "02:00"),)}),
        ("24/7", {}),
        ("", {}),
        ('Mo 10:00-12:00 "by appointment"', {"s1": (("10:00", "12:00"),)}),
    ],
)
def test_a_stop_is_open_as_its_hours_say_on_that_date(
    town: Town, hours: str, expected: dict[str, OpenTimes]
) -> None:
    beta = replace(
        OPEN["beta"],
        opening_hours=hours,
        hours_status=HoursStatus.CONFIRMED if hours else HoursStatus.UNCONFIRMED,
        status=SiteStatus.CONFIRMED,
    )
    stops = (Stop("s1", place=PlaceRef("beta")), Stop("s2", place=PlaceRef("gamma")))
    day = Day(MONDAY, DayStart(PlaceRef("alfa"), "09:00"), stops=stops)
    assert open_times(town, day, Group(), OPEN | {"beta": beta}) == expected
