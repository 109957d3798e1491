"""Heights give slopes: up and down take other times, what is steep stops wheels, bridges stay level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.domain.schedule.group import Group
from planner.domain.schedule.timed import Place
from planner.domain.visits import Mode
from planner.domain.warnings.codes import LongClimb, NotStepFree, ObstacleKind, SteepWay
from planner.services.travel.on_foot import StreetTravel
from tests.kit.streets.heights import POLISH, WGS84, hilly_town, write_heights
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Leg
    from planner.services.travel.town import Town
    from tests.kit.streets.small import Tags

    Floats = NDArray[np.float64]

STREET = {"highway": "residential"}
LEVEL_S = 540
"""600 m at 4 km/h."""


def hill(percent: float) -> object:
    """Level to the west, then a slope of 500 m, level again."""
    return lambda east, _north: 200.0 + np.clip(east, 0.0, 500.0) * percent / 100


def town(tmp: Path, percent: float, tags: Tags = STREET, *, crs: str = WGS84, cell_m: float = 10.0) -> Town:
    """A street from 100 m before a slope to its end."""
    file = write_heights(tmp / "hill.tif", hill(percent), crs=crs, cell_m=cell_m)  # type: ignore[arg-type]
    nodes = {1: (-100.0, 0.0), 2: (0.0, 0.0), 3: (250.0, 0.0), 4: (500.0, 0.0), 5: (600.0, 0.0)}
    ways = {1: ((1, 2), STREET), 2: ((2, 3, 4), tags), 3: ((4, 5), STREET)}
    return hilly_town(tmp, nodes, ways, file)


def walked(town: Town, a: LonLat, b: LonLat, *, step_free: bool = False) -> Leg:
    travel = StreetTravel(town, Group(step_free=step_free))
    return travel.leg(Place("a", a, {}), Place("b", b, {}), Mode.WALK, 0)


WEST, EAST = spot(-100.0), spot(500.0)


@pytest.mark.parametrize("crs", [WGS84, POLISH])
def test_a_climb_takes_longer_and_the_way_back_does_not(crs: str, tmp_path: Path) -> None:
    there = town(tmp_path, 5.0, crs=crs)
    up, down = walked(there, WEST, EAST), walked(there, EAST, WEST)
    assert up.duration_s == pytest.approx(LEVEL_S + 25 * 6, abs=8)
    assert down.duration_s == pytest.approx(LEVEL_S, abs=3)
    climb = up.parts[0].climb
    assert climb is not None
    assert [climb.known_m, climb.ascent_m, climb.descent_m] == pytest.approx([600, 25, 0], abs=1)
    assert climb.steepest_percent == pytest.approx(5, abs=0.5)
    assert not [one for one in up.warnings if isinstance(one, LongClimb)]


def test_a_steep_way_down_takes_longer_too(tmp_path: Path) -> None:
    there = town(tmp_path, 25.0)
    assert walked(there, EAST, WEST).duration_s == pytest.approx(LEVEL_S + 125 * 2, abs=12)
    up = walked(there, WEST, EAST)
    assert up.duration_s == pytest.approx(LEVEL_S + 125 * 6, abs=12)
    assert [one.metres for one in up.warnings if isinstance(one, LongClimb)] == [pytest.approx(125, abs=2)]


@pytest.mark.dear
@pytest.mark.parametrize(
    ("percent", "tags", "cell_m", "steep", "closed"),
    [
        (5.0, {}, 10.0, False, False),
        (8.0, {}, 10.0, True, False),
        (14.0, {}, 10.0, True, True),
        (14.0, {"incline": "5%"}, 10.0, True, False),  # somebody measured it
        (14.0, {"wheelchair": "yes"}, 10.0, True, False),
        (14.0, {}, 30.0, True, False),  # a coarse model closes nothing
    ],
)
def test_wheels_are_kept_from_what_is_steep(
    percent: float, tags: Tags, cell_m: float, *, steep: bool, closed: bool, tmp_path: Path
) -> None:
    there = town(tmp_path, percent, {**STREET, **tags}, cell_m=cell_m)
    leg = walked(there, WEST, spot(600.0), step_free=True)
    if closed:
        assert [one.obstacle for one in leg.warnings if isinstance(one, NotStepFree)] == [
            ObstacleKind.INCLINE
        ]
        return
    assert leg.distance_m is not None
    told = [one for one in leg.warnings if isinstance(one, SteepWay)]
    assert [round(one.percent or 0) for one in told] == ([pytest.approx(percent, abs=2)] if steep else [])


def test_a_tagged_slope_counts_where_no_height_is_known(tmp_path: Path) -> None:
    there = town(tmp_path, 0.0, {**STREET, "incline": "10%"})
    assert walked(there, WEST, EAST).duration_s == pytest.approx(LEVEL_S, abs=2)  # the model says level
    nodes = {1: (-100.0, 0.0), 2: (0.0, 0.0), 3: (500.0, 0.0)}
    ways = {1: ((1, 2), STREET), 2: ((2, 3), {**STREET, "incline": "10%"})}
    untold = hilly_town(tmp_path, nodes, ways, None)
    leg = walked(untold, WEST, EAST)
    assert leg.duration_s == pytest.approx(LEVEL_S + 250, abs=2)
    assert leg.parts[0].climb is None


def valley(east: Floats, _north: Floats) -> Floats:
    """A gorge of 40 m between 100 m and 300 m east."""
    return np.where((east > 100) & (east < 300), 160.0, 200.0)


def test_a_bridge_does_not_go_down_into_the_valley(tmp_path: Path) -> None:
    file = write_heights(tmp_path / "gorge.tif", valley)
    nodes = {
        1: (0.0, 0.0),
        2: (80.0, 0.0),
        3: (200.0, 0.0),
        4: (330.0, 0.0),
        5: (400.0, 0.0),
        6: (200.0, 50.0),
    }
    bridge = {"highway": "footway", "bridge": "yes", "layer": "1"}
    ways = {1: ((1, 2), STREET), 2: ((2, 3), bridge), 3: ((3, 4), bridge), 4: ((4, 5), STREET)}
    # a second bridge meets the first one in the air
    ways[5] = ((3, 6), bridge)
    there = hilly_town(tmp_path, nodes, ways, file)
    leg = walked(there, spot(0.0), spot(400.0))
    climb = leg.parts[0].climb
    assert climb is not None
    assert climb.known_m == pytest.approx(400, abs=1)
    assert climb.ascent_m == pytest.approx(0, abs=1)
    assert leg.duration_s == pytest.approx(360, abs=8)


def test_steps_climb_without_a_slope(tmp_path: Path) -> None:
    there = town(tmp_path, 20.0, {"highway": "steps"})
    leg = walked(there, WEST, EAST)
    assert leg.duration_s == pytest.approx(LEVEL_S + 500 / 0.3 * 0.2, abs=5)
    climb = leg.parts[0].climb
    assert climb is not None
    assert climb.ascent_m == pytest.approx(100, abs=2)
    assert climb.steep_m == 0
