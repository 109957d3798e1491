"""Ways in towns small enough to be measured by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from planner.domain.itinerary import Maneuver
from planner.streets.files import EdgeFlag, FreeState, Obstacle
from planner.streets.query.walk.find import Walk, Walker
from tests.kit.streets.small import FOOTWAY, Nodes, Ways, small_town, spot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.streets.query.network import Network


def metres(walk: Walk | None) -> float | None:
    return None if walk is None else round(walk.length_m)


def told(walk: Walk | None) -> list[tuple[Maneuver, str, str, float]]:
    assert walk is not None
    return [(step.maneuver, step.street, step.way, round(step.distance_m)) for step in walk.instructions]


@pytest.fixture(name="ring")
def a_ring_of_one_edge(tmp_path: Path) -> Walker:
    """A square of 4 times 100 m, one edge from node 1 to node 1, and a branch to it."""
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (100.0, 100.0), 4: (0.0, 100.0), 5: (-80.0, 0.0)}
    return Walker(small_town(tmp_path, nodes, {1: ((1, 2, 3, 4, 1), FOOTWAY), 2: ((5, 1), FOOTWAY)}).network)


@pytest.mark.dear
@pytest.mark.parametrize(
    ("origin", "destination", "expected"),
    [
        (spot(50, 0), spot(100, 50), 100),
        (spot(50, 0), spot(0, 50), 100),  # over the junction, not around
        (spot(0, 20), spot(20, 0), 40),
        (spot(100, 90), spot(90, 100), 20),
        (spot(-80, 0), spot(0, 50), 130),
        (spot(-80, 0), spot(50, 0), 130),
        (spot(0, 50), spot(-80, 0), 130),
        (spot(100, 100), spot(-80, 0), 280),
        (spot(30, 0), spot(60, 0), 30),
    ],
)
def test_a_loop_is_walked_the_shorter_way_round(
    ring: Walker, origin: LonLat, destination: LonLat, expected: int
) -> None:
    there = ring.walk(origin, destination)
    assert metres(there) == metres(ring.walk(destination, origin)) == expected
    assert there is not None
    assert (there.geometry[0], there.geometry[-1]) == (origin, destination)


@pytest.fixture(name="one_way")
def one_way_streets(tmp_path: Path) -> Walker:
    """A square whose south side is one-way eastwards, and a dead end that is one-way inwards."""
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (100.0, 100.0), 4: (0.0, 100.0), 5: (300.0, 0.0)}
    ways = {
        1: ((1, 2), {**FOOTWAY, "oneway:foot": "yes"}),
        2: ((2, 3, 4, 1), FOOTWAY),
        3: ((5, 2), {**FOOTWAY, "oneway:foot": "-1"}),
    }
    return Walker(small_town(tmp_path, nodes, ways).network)


@pytest.mark.dear
@pytest.mark.parametrize(
    ("origin", "destination", "expected"),
    [
        (spot(0), spot(100), 100),
        (spot(100), spot(0), 300),
        (spot(20), spot(70), 50),
        (spot(70), spot(20), 350),
        (spot(150), spot(250), 100),
        (spot(250), spot(150), None),
        (spot(300), spot(0), None),
        (spot(0), spot(300), 300),
    ],
)
def test_one_way_for_walkers(
    one_way: Walker, origin: LonLat, destination: LonLat, expected: int | None
) -> None:
    assert metres(one_way.walk(origin, destination)) == expected
    table = one_way.table([origin, destination]).distances_m
    assert (None if table[0][1] is None else round(table[0][1])) == expected


def test_of_two_parallel_ways_the_shorter_one(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (200.0, 0.0), 3: (100.0, 150.0), 4: (-50.0, 0.0), 5: (250.0, 0.0)}
    ways: Ways = {
        1: ((1, 3, 2), {"highway": "residential", "name": "Long"}),
        2: ((1, 2), {"highway": "residential", "name": "Short"}),
        3: ((4, 1), FOOTWAY),
        4: ((2, 5), FOOTWAY),
    }
    walk = Walker(small_town(tmp_path, nodes, ways).network).walk(spot(-50), spot(250))
    assert metres(walk) == 300
    assert [step[1] for step in told(walk)] == ["", "Short", "", ""]


def test_from_one_island_to_another_there_is_no_way(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (0.0, 900.0), 4: (300.0, 900.0)}
    walker = Walker(small_town(tmp_path, nodes, {1: ((1, 2), FOOTWAY), 2: ((3, 4), FOOTWAY)}).network)
    ends = [spot(0), spot(100), spot(0, 900), spot(300, 900)]
    assert walker.walk(ends[0], ends[2]) is None
    table = [
        [None if cell is None else round(cell) for cell in row] for row in walker.table(ends).distances_m
    ]
    assert table == [[0, 100, None, None], [100, 0, None, None], [None, None, 0, 300], [None, None, 300, 0]]


@pytest.mark.parametrize(("gap", "off"), [(90, 90), (110, 0)])
def test_an_island_gives_way_to_the_main_part_within_100_m(tmp_path: Path, gap: float, off: float) -> None:
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (0.0, gap), 4: (100.0, gap), 5: (300.0, gap)}
    ways: Ways = {1: ((1, 2), FOOTWAY), 2: ((3, 4, 5), FOOTWAY), 3: ((4, 5), FOOTWAY)}
    walker = Walker(small_town(tmp_path, nodes, ways).network)
    assert walker.off_m(spot(50)) == pytest.approx(off, abs=0.5)


def test_the_bits_beside_the_streets_are_walked_and_told(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (400.0, 0.0)}
    walker = Walker(small_town(tmp_path, nodes, {1: ((1, 2), {"highway": "path"})}).network)
    walk = walker.walk(spot(50, 40), spot(250, -30))
    assert walk is not None
    assert metres(walk) == 270
    assert [round(off) for off in walk.off_m] == [40, 30]
    assert len(walk.geometry) == 4
    assert told(walk) == [
        (Maneuver.DEPART, "", "link", 40),
        (Maneuver.LEFT, "", "path", 200),
        (Maneuver.ARRIVE, "", "link", 30),
    ]


def test_two_places_that_meet_the_streets_in_one_spot(tmp_path: Path) -> None:
    walker = Walker(small_town(tmp_path, {1: (0.0, 0.0), 2: (400.0, 0.0)}, {1: ((1, 2), FOOTWAY)}).network)
    walk = walker.walk(spot(50, 40), spot(50, -30))
    assert metres(walk) == 70
    assert told(walk) == [(Maneuver.DEPART, "", "link", 40), (Maneuver.ARRIVE, "", "link", 30)]


def test_from_a_place_to_itself_nobody_walks_to_the_street_and_back(tmp_path: Path) -> None:
    walker = Walker(small_town(tmp_path, {1: (0.0, 0.0), 2: (400.0, 0.0)}, {1: ((1, 2), FOOTWAY)}).network)
    walk = walker.walk(spot(50, 40), spot(50, 40))
    assert walk is not None
    assert (walk.length_m, walk.geometry) == (0.0, (spot(50, 40), spot(50, 40)))
    assert told(walk) == [(Maneuver.ARRIVE, "", "street", 0)]
    assert walker.table([spot(50, 40)]).distances_m == [[0.0]]


STAIRS: Nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (0.0, 300.0), 4: (100.0, 300.0)}
STAIRS_WAYS: Ways = {
    1: ((1, 2), {"highway": "steps"}),
    2: ((1, 3), FOOTWAY),
    3: ((3, 4), FOOTWAY),
    4: ((4, 2), FOOTWAY),
}


def test_stairs_are_walked_around_by_who_cannot_use_them(tmp_path: Path) -> None:
    network = small_town(tmp_path, STAIRS, STAIRS_WAYS).network
    plain, careful = Walker(network), Walker(network, step_free=True)
    assert metres(plain.walk(spot(0), spot(100))) == 100
    assert metres(careful.walk(spot(0), spot(100))) == 700
    assert metres(plain.walk(spot(50, 10), spot(100, 10))) == 70
    assert careful.off_m(spot(50, 10)) == pytest.approx(50, abs=0.5)


def test_nothing_but_stairs_is_no_way_for_them(tmp_path: Path) -> None:
    network = small_town(
        tmp_path, {1: (0.0, 0.0), 2: (100.0, 0.0)}, {1: ((1, 2), {"highway": "steps"})}
    ).network
    careful = Walker(network, step_free=True)
    assert careful.walk(spot(0), spot(100)) is None
    assert careful.off_m(spot(0)) is None
    assert careful.table([spot(0), spot(100)]).distances_m == [[None, None], [None, None]]


def test_a_shortcut_just_beyond_the_first_search_is_found(tmp_path: Path) -> None:
    """Both ends on one winding way of 3 km; 1.7 km over its far end and a shortcut are the shorter way.

    They are near each other, so that the first search gives up at little more than a kilometre.
    """
    nodes = {1: (0.0, 0.0), 2: (0.0, 1500.0), 3: (30.0, 1500.0), 4: (30.0, 0.0), 5: (15.0, -850.0)}
    ways: Ways = {1: ((1, 2, 3, 4), FOOTWAY), 2: ((1, 5), FOOTWAY), 3: ((5, 4), FOOTWAY)}
    walker = Walker(small_town(tmp_path, nodes, ways).network)
    walk = walker.walk(spot(0, 10), spot(30, 10))
    assert metres(walk) == 1720
    assert walker.table([spot(0, 10), spot(30, 10)]).distances_m[0][1] == pytest.approx(1720, abs=1)


def test_turns_are_told_from_the_walker(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (100.0, 100.0), 4: (200.0, 100.0), 5: (300.0, 130.0)}
    ways: Ways = {
        1: ((1, 2), {"highway": "residential", "name": "Południowa"}),
        2: ((2, 3), {"highway": "residential", "name": "Wschodnia"}),
        3: ((3, 4), {"highway": "steps"}),
        4: ((4, 5), {"highway": "residential", "name": "Północna"}),
    }
    walker = Walker(small_town(tmp_path, nodes, ways).network)
    assert told(walker.walk(spot(0), spot(300, 130))) == [
        (Maneuver.DEPART, "Południowa", "street", 100),
        (Maneuver.LEFT, "Wschodnia", "street", 100),
        (Maneuver.RIGHT, "", "steps", 100),
        (Maneuver.CONTINUE, "Północna", "street", 104),
        (Maneuver.ARRIVE, "", "street", 0),
    ]
    assert [step[:2] for step in told(walker.walk(spot(300, 130), spot(0)))] == [
        (Maneuver.DEPART, "Północna"),
        (Maneuver.CONTINUE, ""),
        (Maneuver.LEFT, "Wschodnia"),
        (Maneuver.RIGHT, "Południowa"),
        (Maneuver.ARRIVE, ""),
    ]


def test_an_end_on_an_island_is_said_to_be_on_one(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (0.0, 400.0), 4: (100.0, 400.0), 5: (300.0, 0.0)}
    ways: Ways = {1: ((1, 2, 5), FOOTWAY), 2: ((3, 4), FOOTWAY), 3: ((2, 5), FOOTWAY)}
    walker = Walker(small_town(tmp_path, nodes, ways).network)
    on, beside, off = (walker.walk(spot(0, north), spot(90, north)) for north in (400, 0, 60))
    assert on is not None
    assert beside is not None
    assert off is not None
    assert (on.is_island, on.moved_m) == (True, 0.0)
    assert (beside.is_island, off.is_island) == (False, False)
    assert off.moved_m == 0.0


def test_a_place_moved_off_an_island_is_said_to_be_moved(tmp_path: Path) -> None:
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (0.0, 50.0), 4: (100.0, 50.0), 5: (300.0, 0.0)}
    ways: Ways = {1: ((1, 2, 5), FOOTWAY), 2: ((3, 4), FOOTWAY), 3: ((2, 5), FOOTWAY)}
    walk = Walker(small_town(tmp_path, nodes, ways).network).walk(spot(20, 40), spot(250, 5))
    assert walk is not None
    assert walk.moved_m == pytest.approx(30, abs=0.5)
    assert walk.off_m[0] == pytest.approx(40, abs=0.5)
    assert not walk.is_island


def test_one_place_meets_the_streets_elsewhere_for_each_profile(tmp_path: Path) -> None:
    network = small_town(tmp_path, STAIRS, STAIRS_WAYS).network
    plain, careful = (Walker(network, step_free=need).snap(spot(40, 10)) for need in (False, True))
    assert plain is not None
    assert careful is not None
    assert (plain.at, careful.at) == (spot(40), spot(0, 10))


def test_the_first_thing_in_the_way_is_named_and_found(tmp_path: Path) -> None:
    """Two hundred metres of street, then stairs: where they begin, from the start of the walk."""
    nodes = {1: (0.0, 0.0), 2: (200.0, 0.0), 3: (240.0, 0.0), 4: (400.0, 0.0), 5: (0.0, 300.0)}
    ways: Ways = {
        1: ((1, 2), {"highway": "residential"}),
        2: ((2, 3), {"highway": "steps"}),
        3: ((3, 4), FOOTWAY),
        4: ((1, 5), FOOTWAY),
    }
    network = small_town(tmp_path, nodes, ways).network
    careful = Walker(network, step_free=True)
    there, back = careful.obstacle(spot(50, 30), spot(350)), careful.obstacle(spot(350), spot(50))
    assert careful.walk(spot(50, 30), spot(350)) is None
    assert there is not None
    assert back is not None
    assert (there.obstacle, there.at) == (Obstacle.STEPS, spot(200))
    assert there.along_m == pytest.approx(30 + 150, abs=0.5)
    assert (back.obstacle, back.at) == (Obstacle.STEPS, spot(240))
    assert back.along_m == pytest.approx(110, abs=0.5)
    assert careful.obstacle(spot(0), spot(150)) is None


def priced(network: Network, **values: Sequence[float]) -> Network:
    """A town with arrays of its own: costs by directed edge, states by edge."""
    arrays: dict[str, Any] = {
        name: np.array(row, getattr(network, name).dtype) for name, row in values.items()
    }
    return replace(network, **arrays)


@pytest.fixture(name="two_ways")
def one_long_and_one_dear_way(tmp_path: Path) -> Network:
    """From node 1 to node 2: 200 m straight, or 400 m round by a bow; edges in this order."""
    nodes = {1: (0.0, 0.0), 2: (200.0, 0.0), 3: (0.0, 100.0), 4: (200.0, 100.0)}
    return small_town(tmp_path, nodes, {1: ((1, 2), FOOTWAY), 2: ((1, 3, 4, 2), FOOTWAY)}).network


def test_the_clock_is_not_the_cost(two_ways: Network) -> None:
    """Twice the cost and 30 s by the clock on the straight way; at 3.6 km/h a metre is a second."""
    inf = float("inf")
    network = priced(
        two_ways,
        walk_cost_m=[400, 400, 400, 400],
        walk_s=[40, 40, 0, 0],
        clock_m=[200, 200, 400, 400],
        clock_s=[30, 30, 0, 0],
    )
    walker = Walker(network, pace_kmh=3.6)
    round_it = walker.walk(spot(0), spot(200))
    half_way = walker.walk(spot(100, 10), spot(200))
    assert round_it is not None
    assert half_way is not None
    assert (round(round_it.length_m), round_it.duration_s, round_it.cost_s) == (400, 400, 400)
    assert half_way.duration_s == pytest.approx(10 + 115, abs=0.1)
    assert half_way.cost_s == pytest.approx(10 + 220, abs=0.1)
    faster = Walker(network, pace_kmh=1.8).walk(spot(0), spot(200))
    assert faster is not None
    assert faster.cost_s == pytest.approx(800)
    closed = priced(network, walk_cost_m=[400, 400, inf, inf])
    straight = Walker(closed, pace_kmh=3.6).walk(spot(0), spot(200))
    assert straight is not None
    assert (round(straight.length_m), straight.duration_s, straight.cost_s) == (200, 230, 440)
    table = Walker(closed, pace_kmh=3.6).table([spot(0), spot(200)])
    assert table.durations_s[0][1] == pytest.approx(230)


def test_what_is_known_of_a_step_free_way_is_told_in_metres(two_ways: Network) -> None:
    states = [[FreeState.CONFIRMED, FreeState.BAD], [FreeState.BAD, FreeState.UNKNOWN]]
    told = []
    for state in states:
        walk = Walker(priced(two_ways, free_state=state), step_free=True).walk(spot(50, 20), spot(0, 80))
        assert walk is not None
        told.append([round(metres) for metres in (walk.confirmed_m, walk.unknown_m, walk.bad_m)])
    assert told == [[50, 20, 80], [0, 100, 50]]  # the straight bit of 20 m is unknown
    plain = Walker(two_ways).walk(spot(50, 20), spot(0, 80))
    assert plain is not None
    assert (plain.confirmed_m, plain.unknown_m, plain.bad_m) == (0.0, 0.0, 0.0)


def test_metres_with_a_known_slope_are_counted(two_ways: Network) -> None:
    network = priced(two_ways, flags=[0, int(EdgeFlag.INCLINE_TAGGED)])
    walk = Walker(network).walk(spot(50), spot(0, 80))
    assert walk is not None
    assert walk.incline_tagged_m == pytest.approx(80, abs=0.1)
