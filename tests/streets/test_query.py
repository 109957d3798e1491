"""Answers about real towns against an independent router."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from planner.streets.files import EdgeFlag, current_folder
from planner.streets.query.network import load_network
from planner.streets.query.snap import Snap, snap
from planner.streets.query.walk import Walk, Walker
from tests.streets.reference import Nearest, graph_with, line_m, positions, shape

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.services.town import Town
    from planner.streets.query.network import Network

TOWNS = ["monaco", "krems", "skawina"]
ROUNDING_M = 0.05
"""Positions are kept to 1e-7 degrees, about a centimetre."""


@pytest.fixture(scope="module", params=TOWNS)
def network(request: pytest.FixtureRequest) -> Network:
    town: Town = request.getfixturevalue(request.param)
    return town.network


def snapped(network: Network, points: list[LonLat], *, step_free: bool = False) -> list[Snap]:
    found = [snap(network, point, step_free=step_free) for point in points]
    assert None not in found
    return [place for place in found if place is not None]


def expected_m(network: Network, points: list[LonLat], *, step_free: bool = False) -> list[float | None]:
    """Metres between the first and second point, the third and fourth, and so on."""
    snaps = snapped(network, points, step_free=step_free)
    graph = graph_with(network, snaps, step_free=step_free)
    told: list[float | None] = []
    for number in range(0, len(points), 2):
        try:
            way = nx.bidirectional_dijkstra(graph, ("at", number), ("at", number + 1), weight="m")[0]
            told.append(way + snaps[number].off_m + snaps[number + 1].off_m)
        except nx.NetworkXNoPath:
            told.append(None)
    return told


def assert_same(walks: list[Walk | None], expected: list[float | None]) -> None:
    assert len(walks) == len(expected)
    for walk, metres in zip(walks, expected, strict=True):
        assert (walk is None) == (metres is None)
        if walk is not None and metres is not None:
            assert walk.length_m == pytest.approx(metres, abs=ROUNDING_M)


def walks_of(walker: Walker, points: list[LonLat]) -> list[Walk | None]:
    return [walker.walk(a, b) for a, b in zip(points[::2], points[1::2], strict=True)]


def test_ways_are_as_short_as_those_of_networkx(network: Network, pairs: int) -> None:
    points = positions(network, 2 * pairs, seed=1)
    walks = walks_of(Walker(network), points)
    assert sum(walk is not None for walk in walks) > 0.5 * pairs
    assert_same(walks, expected_m(network, points))


def test_short_ways_on_and_beside_one_edge_too(network: Network, pairs: int) -> None:
    """Both ends near one edge: the other side of a loop, back and forth on one segment."""
    dice = random.Random(2)  # noqa: S311 - no secret
    points: list[LonLat] = []
    for _ in range(pairs):
        line = shape(network, dice.randrange(network.meta.edges))
        for _ in range(2):
            lon, lat = (value + dice.uniform(-2e-4, 2e-4) for value in dice.choice(line.tolist()))
            points.append((round(lon, 7), round(lat, 7)))
    assert_same(walks_of(Walker(network), points), expected_m(network, points))


def test_step_free_ways_are_those_of_networkx_without_stairs(network: Network, pairs: int) -> None:
    points = positions(network, 2 * pairs, seed=3)
    walks = walks_of(Walker(network, step_free=True), points)
    assert_same(walks, expected_m(network, points, step_free=True))


def segments(
    network: Network, *, only: EdgeFlag, without: bool = False
) -> set[frozenset[tuple[float, float]]]:
    return {
        frozenset(((lon_a, lat_a), (lon_b, lat_b)))
        for edge in range(network.meta.edges)
        if bool(int(network.flags[edge]) & only) is not without
        for (lon_a, lat_a), (lon_b, lat_b) in pairwise(shape(network, edge).tolist())
    }


def test_step_free_ways_use_no_stairs_and_are_no_shorter(monaco: Town, pairs: int) -> None:
    network = monaco.network
    stairs = segments(network, only=EdgeFlag.STEPS) - segments(network, only=EdgeFlag.STEPS, without=True)
    points = positions(network, 2 * pairs, seed=4)
    plain, careful = (walks_of(Walker(network, step_free=need), points) for need in (False, True))

    def steps_in(walk: Walk) -> bool:
        return any(frozenset(pair) in stairs for pair in pairwise(walk.geometry))

    compared = longer = 0
    for number, (one, other) in enumerate(zip(plain, careful, strict=True)):
        if other is None:
            continue
        assert not steps_in(other)
        assert "steps" not in {line.way for line in other.instructions}
        ends = points[2 * number : 2 * number + 2]
        if one is not None and snapped(network, ends) == snapped(network, ends, step_free=True):
            compared += 1
            longer += other.length_m > one.length_m + 1
            assert other.length_m >= one.length_m - ROUNDING_M
    assert compared > pairs / 4
    assert longer > 0
    assert sum(walk is not None and steps_in(walk) for walk in plain) > pairs / 10


def test_the_table_is_that_of_single_ways(network: Network) -> None:
    walker = Walker(network)
    points = positions(network, 8, seed=5)
    points.append(points[0])
    table = walker.table(points)
    for row, origin in zip(table, points, strict=True):
        for metres, destination in zip(row, points, strict=True):
            walk = walker.walk(origin, destination)
            assert (metres is None) == (walk is None)
            if walk is not None:
                assert metres == pytest.approx(walk.length_m, abs=ROUNDING_M)
    assert [table[number][number] for number in range(9)] == [0.0] * 9
    assert table[0][8] == 0.0


def test_there_and_back_and_the_triangle(network: Network) -> None:
    both = np.isfinite(network.walk_m.reshape(-1, 2))
    assert (both[:, 0] == both[:, 1]).all(), "one-way for walkers: there and back may differ"
    walker = Walker(network)
    points = positions(network, 15, seed=6)
    off = [place.off_m for place in snapped(network, points)]
    table = walker.table(points)
    seen = 0
    for a, row in enumerate(table):
        for b, way in enumerate(row):
            assert way == pytest.approx(table[b][a], abs=1e-6)
            for c in range(len(points)):
                first, second = row[c], table[c][b]
                if len({a, b, c}) == 3 and way is not None and first is not None and second is not None:
                    seen += 1
                    assert way <= first + second - 2 * off[c] + 1e-3
    assert seen > 500


def test_the_drawn_way_is_the_reported_one(network: Network, pairs: int) -> None:
    points = positions(network, 2 * pairs, seed=7)
    known = segments(network, only=EdgeFlag(0), without=True)
    ends = snapped(network, points)
    inner_pairs = 0
    for number, walk in enumerate(walks_of(Walker(network), points)):
        if walk is None:
            continue
        origin, destination = ends[2 * number], ends[2 * number + 1]
        line = list(walk.geometry)
        assert (line[0], line[-1]) == (origin.asked, destination.asked)
        assert line_m(line) == pytest.approx(walk.length_m, abs=0.5)
        assert walk.off_m == (origin.off_m, destination.off_m)
        assert all(a != b for a, b in pairwise(line))
        told = sum(step.distance_m for step in walk.instructions)
        assert told == pytest.approx(walk.length_m, abs=31 + 0.6 * len(line))
        outer = {origin.asked, origin.at, destination.asked, destination.at}
        inner = [pair for pair in pairwise(line) if not outer & set(pair)]
        inner_pairs += len(inner)
        assert all(frozenset(pair) in known for pair in inner)
    assert inner_pairs > 10 * pairs


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


def test_the_nearest_place_is_the_nearest_of_all(network: Network, pairs: int) -> None:
    nearest = Nearest(network)
    for step_free in (False, True):
        for point in positions(network, pairs, seed=9, beyond=0.01):
            found = snap(network, point, step_free=step_free)
            assert found is not None
            assert found.off_m == pytest.approx(nearest.off_m(point, step_free=step_free), rel=2e-3, abs=0.02)
            assert line_m([point, found.at]) == pytest.approx(found.off_m, abs=0.01)
            assert not (step_free and network.has(found.edge, EdgeFlag.STEPS))
            line = shape(network, found.edge)
            a, b = line[found.vertex - 1].tolist(), line[found.vertex].tolist()
            assert line_m([a, found.at, b]) == pytest.approx(line_m([a, b]), abs=ROUNDING_M)


def test_five_times_the_same_answer(skawina_dir: Path, skawina: Town) -> None:
    folder = current_folder(skawina_dir)
    assert folder is not None
    points = positions(skawina.network, 20, seed=10)
    answers = [walks_of(Walker(load_network(folder)), points) for _ in range(5)]
    assert sum(walk is not None for walk in answers[0]) > 5
    assert all(answer == answers[0] for answer in answers)
