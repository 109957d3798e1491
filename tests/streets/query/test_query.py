"""Answers about real towns against an independent router."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.streets.files import EdgeFlag, WayKind, current_folder
from planner.streets.query.network import load_network
from planner.streets.query.walk.find import Walk, Walker
from tests.kit.streets.altered import perturbed
from tests.kit.streets.reference import Nearest, Reference, beside_streets, line_m, positions, shape

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.domain.geo import LonLat
    from planner.services.travel.town import Town
    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap

TOWNS = ["monaco", "krems", "skawina"]
ROUNDING_M = 0.05
"""Positions are kept to 1e-7 degrees, about a centimetre."""

PACE = 3.7


@pytest.fixture(scope="module", params=TOWNS)
def network(request: pytest.FixtureRequest) -> Network:
    town: Town = request.getfixturevalue(request.param)
    return town.network


@pytest.fixture(
    scope="module",
    params=[
        "krems at random costs",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("monaco", "krems", "skawina", "monaco at random costs", "skawina at random costs")
        ),
    ],
)
def costly(request: pytest.FixtureRequest) -> Network:
    """A town as built, and with costs that are no plain lengths."""
    name, _, is_random = request.param.partition(" ")
    town: Town = request.getfixturevalue(name)
    return perturbed(town.network, seed=5) if is_random else town.network


def snapped(walker: Walker, points: list[LonLat]) -> list[Snap]:
    found = [walker.snap(point) for point in points]
    assert None not in found
    return [place for place in found if place is not None]


def walks_of(walker: Walker, points: list[LonLat]) -> list[Walk | None]:
    return [walker.walk(a, b) for a, b in zip(points[::2], points[1::2], strict=True)]


def assert_as_reference(network: Network, points: list[LonLat], *, step_free: bool) -> int:
    """The walks from the first to the second point and so on, and those of a table; how many there are."""
    walker = Walker(network, step_free=step_free, pace_kmh=PACE)
    walks = walks_of(walker, points)
    reference = Reference(network, snapped(walker, points), step_free=step_free, pace_kmh=PACE)
    for number, walk in enumerate(walks):
        told = reference.way(2 * number, 2 * number + 1)
        assert (walk is None) == (told is None)
        if walk is not None and told is not None:
            assert walk.cost_s == pytest.approx(told.cost_s, rel=1e-6, abs=1e-6)
            assert walk.duration_s == pytest.approx(told.clock_s, rel=1e-6, abs=1e-6)
            assert walk.length_m == pytest.approx(told.length_m, abs=ROUNDING_M, rel=1e-4)
    for number in range(0, len(points) // 8, 6):
        table = walker.table(points[number : number + 6])
        for row in range(len(table.distances_m)):
            for column in range(len(table.distances_m)):
                told = reference.way(number + row, number + column)
                metres, seconds = table.distances_m[row][column], table.durations_s[row][column]
                assert (metres is None) == (told is None) == (seconds is None)
                if told is not None and row != column:
                    assert metres == pytest.approx(told.length_m, rel=1e-6, abs=1e-6)
                    assert seconds == pytest.approx(told.clock_s, rel=1e-6, abs=1e-6)
    return sum(walk is not None for walk in walks)


@pytest.mark.dear
@pytest.mark.parametrize("step_free", [False, True])
def test_ways_cost_what_networkx_says(costly: Network, pairs: int, *, step_free: bool) -> None:
    points = positions(costly, 2 * pairs, seed=1)
    assert assert_as_reference(costly, points, step_free=step_free) > 0.1 * pairs


@pytest.mark.parametrize("step_free", [False, True])
def test_short_ways_on_and_beside_one_edge_too(costly: Network, pairs: int, *, step_free: bool) -> None:
    """Both ends near one edge: the other side of a loop, back and forth on one segment."""
    dice = random.Random(2)  # noqa: S311 - no secret
    points: list[LonLat] = []
    for _ in range(pairs):
        line = shape(costly, dice.randrange(costly.meta.edges))
        for _ in range(2):
            lon, lat = (value + dice.uniform(-2e-4, 2e-4) for value in dice.choice(line.tolist()))
            points.append((round(lon, 7), round(lat, 7)))
    assert assert_as_reference(costly, points, step_free=step_free) > 0.2 * pairs


def segments(
    network: Network, *, only: EdgeFlag, without: bool = False
) -> set[frozenset[tuple[float, float]]]:
    return segments_of(network, ((network.flags & only) != 0) != without)


def segments_of(network: Network, chosen: NDArray[np.bool_]) -> set[frozenset[tuple[float, float]]]:
    return {
        frozenset(((lon_a, lat_a), (lon_b, lat_b)))
        for edge in np.flatnonzero(chosen).tolist()
        for (lon_a, lat_a), (lon_b, lat_b) in pairwise(shape(network, edge).tolist())
    }


@pytest.mark.dear
def test_step_free_ways_use_no_stairs_and_cost_no_less(monaco: Town, pairs: int) -> None:
    network = monaco.network
    ramped = np.isfinite(network.free_m.reshape(-1, 2)).any(axis=1)
    closed_stairs = (network.flags & EdgeFlag.STEPS != 0) & ~ramped
    stairs = segments_of(network, closed_stairs) - segments_of(network, ~closed_stairs)
    points = positions(network, 2 * pairs, seed=4)
    walkers = [Walker(network, step_free=need) for need in (False, True)]
    plain, careful = (walks_of(walker, points) for walker in walkers)

    def steps_in(walk: Walk) -> bool:
        return any(frozenset(pair) in stairs for pair in pairwise(walk.geometry))

    compared = dearer = 0
    for number, (one, other) in enumerate(zip(plain, careful, strict=True)):
        if other is None:
            continue
        assert not steps_in(other)
        ends = points[2 * number : 2 * number + 2]
        first, second = ([place.at for place in snapped(walker, ends)] for walker in walkers)
        if one is not None and first == second:
            compared += 1
            dearer += other.cost_s > one.cost_s + 1
            assert other.cost_s >= one.cost_s - 1e-6
    assert compared > pairs / 4
    assert dearer > 0
    assert sum(walk is not None and steps_in(walk) for walk in plain) > pairs / 10


def test_from_a_place_to_itself_the_table_has_nothing(network: Network) -> None:
    points = positions(network, 8, seed=5)
    table = Walker(network).table([*points, points[0]])
    assert [table.distances_m[number][number] for number in range(9)] == [0.0] * 9
    assert [table.durations_s[number][number] for number in range(9)] == [0.0] * 9
    assert table.distances_m[0][8] == table.durations_s[8][0] == 0.0
    assert table.distances_m[0][1:8] == table.distances_m[8][1:8]


def test_the_drawn_way_is_the_reported_one(costly: Network, pairs: int) -> None:
    points = positions(costly, 2 * pairs, seed=7)
    known = segments(costly, only=EdgeFlag(0), without=True)
    walker = Walker(costly)
    ends = snapped(walker, points)
    inner_pairs = 0
    for number, walk in enumerate(walks_of(walker, points)):
        if walk is None:
            continue
        origin, destination = ends[2 * number], ends[2 * number + 1]
        line = list(walk.geometry)
        assert (line[0], line[-1]) == (origin.asked, destination.asked)
        assert {origin.at, destination.at} <= set(line)
        assert all((round(lon, 7), round(lat, 7)) == (lon, lat) for lon, lat in line)
        assert line_m(line) == pytest.approx(walk.length_m, abs=0.5)
        assert walk.off_m == (origin.off_m, destination.off_m)
        assert walk.moved_m == max(origin.moved_m, destination.moved_m)
        assert all(a != b for a, b in pairwise(line))
        told = sum(step.distance_m for step in walk.instructions)
        assert told == pytest.approx(walk.length_m, abs=31 + 0.6 * len(line))
        outer = {origin.asked, origin.at, destination.asked, destination.at}
        inner = [pair for pair in pairwise(line) if not outer & set(pair)]
        inner_pairs += len(inner)
        assert all(frozenset(pair) in known for pair in inner)
    assert inner_pairs > 8 * pairs


def test_estimated_stretches_are_those_drawn(skawina: Town, pairs: int) -> None:
    network = skawina.network
    sketched = segments(network, only=EdgeFlag.ESTIMATED)
    sourced = segments(network, only=EdgeFlag.ESTIMATED, without=True)
    assert not sketched & sourced
    points = positions(network, 2 * pairs, seed=8)
    with_some = 0
    for walk in walks_of(Walker(network), points):
        if walk is None:
            continue
        pieces = [walk.geometry[first : last + 1] for first, last in walk.estimated]
        assert sum(map(line_m, pieces)) == pytest.approx(walk.estimated_m, abs=ROUNDING_M)
        assert all(a[1] < b[0] for a, b in pairwise(walk.estimated))
        inside = {at for first, last in walk.estimated for at in range(first, last)}
        for at, pair in enumerate(pairwise(walk.geometry)):
            assert not (frozenset(pair) in sketched and at not in inside)
            assert not (frozenset(pair) in sourced and at in inside)
        with_some += bool(walk.estimated)
    assert with_some > pairs / 4


@pytest.mark.dear
@pytest.mark.parametrize("step_free", [False, True])
def test_the_nearest_place_is_the_nearest_of_all(costly: Network, pairs: int, *, step_free: bool) -> None:
    nearest = Nearest(costly, step_free=step_free)
    walker = Walker(costly, step_free=step_free)
    count = 3 * pairs  # few of them lie off the main network
    points = positions(costly, count, seed=9, beyond=0.01) + beside_streets(costly, count, seed=9)
    part = costly.comp_free if step_free else costly.comp_walk
    moved = 0
    for point in points:
        found = walker.snap(point)
        assert found is not None
        off, more = nearest.off_m(point)
        if nearest.is_close_call:
            continue
        assert found.off_m == pytest.approx(off, rel=2e-3, abs=0.02)
        assert found.moved_m == pytest.approx(more, rel=2e-3, abs=0.04 + 2e-3 * off)
        assert found.is_island == (part[costly.u[found.edge]] != 0)
        assert costly.edge_kind(found.edge) is not WayKind.BARRIER
        assert line_m([point, found.at]) == pytest.approx(found.off_m, abs=0.01)
        line = shape(costly, found.edge)
        a, b = line[found.vertex - 1].tolist(), line[found.vertex].tolist()
        assert line_m([a, found.at, b]) == pytest.approx(line_m([a, b]), abs=ROUNDING_M)
        moved += found.moved_m > 0
    if (part != 0).sum() > 0.1 * len(part):
        assert moved > 0


def test_a_walk_from_a_vertex_to_what_meets_the_way_there(costly: Network, pairs: int) -> None:
    """Two places may meet an edge at one vertex, and only one of them count it as behind itself."""
    walker, walks = Walker(costly), 0
    for number, point in enumerate(positions(costly, 4 * pairs, seed=12, beyond=0.01)):
        found = walker.snap(point)
        assert found is not None
        walk = walker.walk(found.at, point) if number % 2 else walker.walk(point, found.at)
        if walk is not None and walker.snap(found.at) is not None:
            walks += 1
            assert walk.length_m >= found.off_m - ROUNDING_M
    assert walks > pairs


@pytest.mark.slow
def test_five_times_the_same_answer(skawina_dir: Path, skawina: Town) -> None:
    folder = current_folder(skawina_dir)
    assert folder is not None
    points = positions(skawina.network, 20, seed=10)
    walkers = [Walker(load_network(folder)) for _ in range(5)]
    answers = [(walks_of(walker, points), walker.table(points)) for walker in walkers]
    assert sum(walk is not None for walk in answers[0][0]) > 5
    assert all(answer == answers[0] for answer in answers)
