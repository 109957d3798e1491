"""Hiking paths cost time and are told; a ferry is ridden, and takes what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.domain.schedule.group import Group
from planner.domain.schedule.timed import Place
from planner.domain.visits import Mode
from planner.domain.warnings.codes import Ferry, HikingPath
from planner.services.travel.on_foot import StreetTravel
from planner.streets.build.tag_values import time_s
from tests.kit.streets.small import Tags, Ways, small_town, spot
from tests.streets.query.test_ground import NODES

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Leg
    from planner.services.travel.town import Town

STREET = {"highway": "residential"}


def leg(tmp: Path, tags: Tags) -> Leg:
    """A walk of 100 m, then 400 m of a way, then 100 m."""
    nodes = {1: (-100.0, 0.0), 2: (0.0, 0.0), 3: (400.0, 0.0), 4: (500.0, 0.0)}
    town = small_town(tmp, nodes, {1: ((1, 2), STREET), 2: ((2, 3), tags), 3: ((3, 4), STREET)})
    return walked(town, spot(-100.0), spot(500.0))


def walked(town: Town, a: LonLat, b: LonLat) -> Leg:
    return StreetTravel(town, Group()).leg(Place("a", a, {}), Place("b", b, {}), Mode.WALK, 0)


@pytest.mark.parametrize(
    ("tags", "more_s"),
    [({}, 0), ({"sac_scale": "hiking"}, 40), ({"trail_visibility": "bad"}, 88), ({"mtb:scale": "3"}, 88)],
)
def test_a_hiking_path_takes_longer_and_is_told(tags: Tags, more_s: int, tmp_path: Path) -> None:
    found = leg(tmp_path, {"highway": "path", **tags})
    assert found.duration_s == pytest.approx(540 + more_s, abs=2)
    told = [warning for warning in found.warnings if isinstance(warning, HikingPath)]
    assert told == ([HikingPath(metres=400)] if more_s else [])


@pytest.mark.parametrize(
    ("tags", "ferry_min"),
    [
        ({"duration": "00:10", "interval": "00:20"}, 20),
        ({"duration": "10", "interval": "PT10M"}, 15),
        ({"duration": "00:10"}, 25),
        ({"interval": "00:20"}, 10 + 100 / 60),
    ],
)
def test_a_ferry_takes_its_time_and_is_told(tags: Tags, ferry_min: float, tmp_path: Path) -> None:
    found = leg(tmp_path, {"route": "ferry", "name": "Prom Jagna", **tags})
    assert found.duration_s == pytest.approx(180 + 60 * ferry_min, abs=3)
    assert [warning.by_s for warning in found.warnings if isinstance(warning, Ferry)] == [
        pytest.approx(60 * ferry_min, abs=2)
    ]
    assert [(line.street, line.way) for line in found.parts[0].instructions[:2]][1] == ("Prom Jagna", "ferry")


def test_nobody_is_picked_up_on_the_water(tmp_path: Path) -> None:
    ways: Ways = {1: ((1, 2), {"route": "ferry"}), 2: ((1, 3), STREET), 3: ((2, 4), STREET)}
    town = small_town(tmp_path, NODES, ways)
    found = walked(town, spot(100.0), spot(0.0, 10.0))
    assert not any(isinstance(warning, Ferry) for warning in found.warnings)


DURATIONS = {
    "15": 900, "00:15": 900, "1:30": 5400, "00:15:30": 930, "PT1H5M": 3900, "often": None, "": None,
}  # fmt: skip


@pytest.mark.parametrize("text", DURATIONS)
def test_durations(text: str) -> None:
    assert time_s(text) == DURATIONS[text]
