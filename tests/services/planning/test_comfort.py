"""A planned day with toilets, water and seats, in a small town.

One street leads 200 m east, another crosses it in the middle, 100 m to the north and to the south. A
toilet stands at the end of the way north, a tap at the east end, a bench 60 m from the west end.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.domain.comfort.seats import longest_of
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayStart, PlaceRef, Stop, StopKind
from planner.services.planning.case import Case
from planner.services.planning.comfort import with_comforts
from planner.services.planning.plan import plan_day
from planner.services.planning.remembered import remembered_plan
from planner.services.travel.town import TownKeeper
from tests.kit.streets.small import CROSS, CROSSING_WAYS, build, osm_with, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.services.travel.town import Town

THINGS = {
    101: {"amenity": "toilets"},
    102: {"amenity": "drinking_water"},
    103: {"amenity": "bench"},
}
PLACES = {101: (100.0, 100.0), 102: (200.0, 0.0), 103: (60.0, 6.0)}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder: Path = tmp_path_factory.mktemp("comfort")
    file = folder / "small.osm"
    file.write_text(osm_with(CROSS | PLACES, CROSSING_WAYS, THINGS), encoding="utf-8")
    build(folder / "data", file)
    return TownKeeper(folder / "data").town()


def place(name: str, *metres: float) -> Stop:
    return Stop(name, StopKind.PLACE, PlaceRef(at=spot(*metres), name={"en": name}))


def case(town: Town) -> Case:
    stops = (place("east", 200, 0), place("south", 100, -100), Stop("pause", StopKind.BREAK))
    day = Day(
        dt.date(2026, 12, 2), DayStart(PlaceRef(at=spot(0, 0), name={"en": "west"}), "09:00"), stops=stops
    )
    return Case(town, day, Group(10), {})


def test_stops_and_ways_are_told_what_is_near(town: Town) -> None:
    plan = remembered_plan(case(town))
    [east, south, pause] = plan.calls
    assert east.toilet_m == pytest.approx(200, abs=0.5)
    assert east.water_m == pytest.approx(0, abs=0.5)
    assert south.toilet_m == pytest.approx(200, abs=0.5)
    assert south.water_m == pytest.approx(200, abs=0.5)
    assert (pause.toilet_m, pause.water_m) == (None, None), "it has no place of its own"
    [first, second] = plan.legs[:2]
    assert first.unseated_m == pytest.approx(140, abs=0.5)
    assert second.unseated_m == pytest.approx(200, abs=0.5)
    longest = longest_of(plan)
    assert longest is not None
    assert longest.leg == 1


def test_nothing_else_of_the_day_changes(town: Town) -> None:
    plain = plan_day(case(town))
    told = with_comforts(case(town), plain)
    assert [call.toilet_m for call in plain.calls] == [None] * 3
    assert [(call.arrive, call.leave) for call in told.calls] == [
        (call.arrive, call.leave) for call in plain.calls
    ]
    assert told.totals == plain.totals
    assert told.warnings == plain.warnings
