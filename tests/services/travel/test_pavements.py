"""Roads without a pavement are told of by the law of columns, where the map knows it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.domain.schedule.group import Group
from planner.domain.schedule.timed import Place
from planner.domain.visits import Day, DayStart, Mode, PlaceRef, Stop, Visit
from planner.domain.warnings.codes import OnCarriageway
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.travel.by_mode import ModeTravel
from tests.kit.streets.small import Tags, small_town, spot

if TYPE_CHECKING:
    from pathlib import Path

STREET = {"highway": "residential", "sidewalk": "both"}


@pytest.mark.dear
@pytest.mark.parametrize(
    ("tags", "is_told"),
    [
        ({"highway": "tertiary", "sidewalk": "no"}, True),
        ({"highway": "residential", "sidewalk:both": "no"}, True),
        ({"highway": "residential", "sidewalk:left": "no", "sidewalk:right": "none"}, True),
        ({"highway": "residential", "sidewalk": "right"}, False),
        ({"highway": "residential", "sidewalk": "separate"}, False),
        # nothing is known of it
        ({"highway": "residential"}, False),
        # a shoulder, and a street where people walk as they like
        ({"highway": "tertiary", "sidewalk": "no", "shoulder": "both"}, False),
        ({"highway": "living_street", "sidewalk": "no"}, False),
        ({"highway": "service", "sidewalk": "no"}, False),
        ({"highway": "footway", "sidewalk": "no"}, False),
    ],
)
def test_a_carriageway_without_a_pavement_is_told(tags: Tags, tmp_path: Path, *, is_told: bool) -> None:
    """Of a walk of 600 m, 400 m in the middle have no pavement."""
    nodes = {1: (-100.0, 0.0), 2: (0.0, 0.0), 3: (400.0, 0.0), 4: (500.0, 0.0)}
    town = small_town(tmp_path, nodes, {1: ((1, 2), STREET), 2: ((2, 3), tags), 3: ((3, 4), STREET)})
    origin, goal = Place("a", spot(-100.0), {}), Place("b", spot(500.0), {})
    for mode in (Mode.WALK, Mode.BUS):
        leg = ModeTravel(town, Group(30)).leg(origin, goal, mode, 0)
        told = [warning for warning in leg.warnings if isinstance(warning, OnCarriageway)]
        assert told == ([OnCarriageway(metres=400, column_m=21, columns=1)] if is_told else [])
    assert not any(
        isinstance(warning, OnCarriageway)
        for warning in ModeTravel(town.under("Europe/Monaco", "MC"), Group(30))
        .leg(origin, goal, Mode.WALK, 0)
        .warnings
    )


@pytest.mark.dear
def test_a_planned_day_says_whether_it_is_walked_in_the_dark(tmp_path: Path) -> None:
    """At 20 E 50 N the sun of 2 December sets about 15:42: the same 400 m, by day and in the dark."""
    nodes = {1: (0.0, 0.0), 2: (400.0, 0.0)}
    town = small_town(tmp_path, nodes, {1: ((1, 2), {"highway": "tertiary", "sidewalk": "no"})})
    told = []
    for time in ("12:00", "17:00"):
        stop = Stop("s1", place=PlaceRef(at=spot(400.0), name={"pl": "Koniec"}))
        day = Day(
            dt.date(2026, 12, 2), DayStart(PlaceRef(at=spot(0.0), name={"pl": "Start"}), time), stops=(stop,)
        )
        plan = plan_day(Case.of_visit(town, Visit({"pl": "Próba"}, (day,), group_size=30), 0, {}))
        told += [one.dark for one in plan.legs[0].warnings if isinstance(one, OnCarriageway)]
    assert told == [False, True]
