"""Tables between places say of every pair what the plan's legs say, reserves included."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves, made_with
from planner.domain.schedule.timed import Place
from planner.domain.visits import Mode
from planner.services.travel.by_mode import ModeTravel
from planner.services.travel.tables import DayTables
from tests.kit.streets.small import FOOTWAY, Ways, small_town, spot

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.services.travel.town import Town

# A street of 2 km with a loop at its north, and a footway to the middle of it.
NODES = {
    1: (0.0, 0.0), 2: (1000.0, 0.0), 3: (2000.0, 0.0), 4: (2000.0, 120.0), 5: (0.0, 120.0), 6: (1000.0, 60.0),
}  # fmt: skip
STREET = {"highway": "tertiary", "name": "Tarasowa"}
WAYS: Ways = {1: ((1, 2, 3, 4, 5, 1), STREET), 2: ((2, 6), FOOTWAY)}
DEPART = 1_800_000_000
GROUP = Group(20, has_coach=True, reserves=Reserves(walk_s=120, bus_s=300, coach_s=600))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return small_town(tmp_path_factory.mktemp("tables"), NODES, WAYS)


def place(key: str, at: LonLat | None) -> Place:
    return Place(key, at, {"en": key})


def some_places() -> list[Place]:
    """Places all over the town, some next to each other, and one whose position nobody knows."""
    dice = random.Random(11)  # noqa: S311
    at = [(dice.uniform(0, 2000), dice.uniform(-20, 140)) for _ in range(12)]
    near = [(east + 15, north) for east, north in at[:4]]
    return [*(place(f"p{n}", spot(*where)) for n, where in enumerate([*at, *near])), place("nowhere", None)]


@pytest.mark.dear
@pytest.mark.parametrize(
    "mode", [Mode.WALK, *(pytest.param(mode, marks=pytest.mark.slow) for mode in (Mode.COACH, Mode.BEST))]
)
def test_a_steady_move_is_the_leg_of_the_plan(town: Town, mode: Mode) -> None:
    places = some_places()
    tables, travel = DayTables(town, GROUP, places), ModeTravel(town, GROUP)
    seen = set()
    for a, origin in enumerate(places):
        for b, destination in enumerate(places):
            if a == b:
                continue
            leg = travel.leg(origin, destination, mode, DEPART)
            move = tables.steady(a, b, mode)
            if move is None:
                assert leg.distance_m is None
                continue
            assert move.seconds == leg.duration_s
            assert move.reserve_s == GROUP.reserves.after(leg)
            assert move.mode is made_with(leg)
            seen.add(move.mode)
    wanted = {Mode.WALK: {Mode.WALK}, Mode.COACH: {Mode.WALK, Mode.COACH}}
    assert seen >= wanted.get(mode, {Mode.WALK, Mode.COACH})


def test_no_reserve_is_kept_where_nobody_moves(town: Town) -> None:
    here = spot(1000, 0)
    tables = DayTables(town, GROUP, [place("a", here), place("b", here)])
    move = tables.steady(0, 1, Mode.WALK)
    assert move is not None
    assert (move.seconds, move.reserve_s) == (0, 0)


def test_places_are_numbered_as_they_come(town: Town) -> None:
    tables = DayTables(town, GROUP, some_places())
    assert [tables.number[place.key] for place in tables.places] == list(range(17))
    assert tables.walked.distances_m[0][16] is None
