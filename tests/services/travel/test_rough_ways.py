"""Hiking paths cost time and are told; a ferry is ridden, and takes what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.domain.schedule.group import Group
from planner.domain.schedule.timed import Place
from planner.domain.visits import Mode
from planner.domain.warnings.codes import Ferry, HikingPath
from planner.services.travel.by_mode import ModeTravel
from planner.services.travel.on_foot import StreetTravel
from planner.services.travel.tables import DayTables
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
        ({"duration": "00:10"}, 20),
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


def test_a_ferry_is_taken_where_that_is_quicker(tmp_path: Path) -> None:
    """It costs what it takes and no more; the way round leads far beyond the straight line."""
    nodes = {1: (0.0, 0.0), 2: (3000.0, 0.0), 3: (1500.0, 1700.0)}
    round_m = 2 * (1500**2 + 1700**2) ** 0.5
    for minutes in (60, 90):
        folder = tmp_path / str(minutes)
        folder.mkdir()
        boat = {"route": "ferry", "duration": str(minutes), "interval": "0"}
        town = small_town(folder, nodes, {1: ((1, 2), boat), 2: ((1, 3, 2), STREET)})
        found = walked(town, spot(0.0), spot(3000.0))
        is_ferried = any(isinstance(warning, Ferry) for warning in found.warnings)
        assert is_ferried is (minutes * 60 < round_m / (4 / 3.6))
        table = DayTables(town, Group(), (Place("a", spot(0.0), {}), Place("b", spot(3000.0), {}))).walked
        assert table.durations_s[0][1] == found.duration_s


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


LONG: Ways = {1: ((1, 2, 3), STREET)}
CORNERS = {1: (0.0, 0.0), 2: (0.0, 900.0), 3: (600.0, 0.0)}


@pytest.mark.dear
@pytest.mark.parametrize(
    ("scale", "asked", "is_hiked"),
    [
        ("mountain_hiking", 1, False),
        ("mountain_hiking", 2, True),
        ("T2", 6, True),
        ("demanding_mountain_hiking", 2, False),
        ("demanding_mountain_hiking", 3, True),
        ("difficult_alpine_hiking", 5, False),
    ],
)
def test_a_mountain_path_is_for_those_who_ask(
    scale: str, asked: int, tmp_path: Path, *, is_hiked: bool
) -> None:
    ways: Ways = {**LONG, 2: ((1, 3), {"highway": "path", "sac_scale": scale})}
    town = small_town(tmp_path, CORNERS, ways)
    group, places = Group(hardest_path=asked), (Place("a", spot(0.0), {}), Place("b", spot(600.0), {}))
    found = ModeTravel(town, group).leg(*places, Mode.WALK, 0)
    told = [warning for warning in found.warnings if isinstance(warning, HikingPath)]
    number = HIKING.get(scale, scale)
    assert told == ([HikingPath(metres=600, scale=number)] if is_hiked else [])
    assert found.distance_m is not None
    assert (found.distance_m < 700) is is_hiked
    assert DayTables(town, group, places).walked.durations_s[0][1] == pytest.approx(found.duration_s, abs=1)
    on_wheels = ModeTravel(town, Group(hardest_path=6, step_free=True)).leg(*places, Mode.WALK, 0)
    assert on_wheels.distance_m is not None
    assert on_wheels.distance_m > 1000


HIKING = {
    "mountain_hiking": "T2", "demanding_mountain_hiking": "T3", "difficult_alpine_hiking": "T6",
}  # fmt: skip


def test_a_harder_path_takes_longer(tmp_path: Path) -> None:
    times = []
    for scale in (2, 3, 6):
        folder = tmp_path / str(scale)
        folder.mkdir()
        town = small_town(
            folder, CORNERS, {**LONG, 2: ((1, 3), {"highway": "path", "sac_scale": f"T{scale}"})}
        )
        places = Place("a", spot(250.0), {}), Place("b", spot(350.0), {})
        times.append(ModeTravel(town, Group(hardest_path=6)).leg(*places, Mode.WALK, 0).duration_s)
    assert times == [pytest.approx(90 * factor, abs=3) for factor in (1.25, 1.54, 6.67)]
