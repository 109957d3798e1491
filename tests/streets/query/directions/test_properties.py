"""Whatever is walked: the metres add up, every line says something of its own, and there are few."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.geo import distance_m
from planner.domain.itinerary import Instruction, Maneuver
from planner.streets.files import SCALE, EdgeFlag, WayKind
from planner.streets.query.directions.tell import drive_instructions, instructions
from planner.streets.query.walk.find import Walker
from tests.conftest import FULL
from tests.kit.streets.follow import path_edge
from tests.kit.streets.small import Ways, small_town, spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.network import Network
    from planner.streets.query.path_edges import PathEdge

SIDE = 5
GATE = 4
"""Stands for a gate at the junction, among the ways to go on."""

KINDS = [WayKind.STREET, WayKind.SERVICE, WayKind.FOOTWAY, WayKind.CROSSING, WayKind.STEPS, WayKind.ELEVATOR]
FLAGS = [
    EdgeFlag(0),
    EdgeFlag.TUNNEL,
    EdgeFlag.BRIDGE,
    EdgeFlag.AREA,
    EdgeFlag.ROUNDABOUT,
    EdgeFlag.MAIN_ROAD,
    EdgeFlag.UP,
]


@pytest.fixture(scope="module", name="grid")
def a_grid_of_uneven_blocks(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """Five by five junctions, 6 to 60 m apart, in streets named by number, each edge an edge of its own."""
    steps = (0, 6, 40, 58, 118)
    nodes = {1 + x + SIDE * y: (float(steps[x]), float(steps[y])) for x in range(SIDE) for y in range(SIDE)}
    across = [tuple(1 + x + SIDE * y for x in range(SIDE)) for y in range(SIDE)]
    along = [tuple(1 + x + SIDE * y for y in range(SIDE)) for x in range(SIDE)]
    ways: Ways = {
        number: (way, {"highway": "residential", "name": f"Street {number}"})
        for number, way in enumerate((*across, *along), 1)
    }
    return small_town(tmp_path_factory.mktemp("grid"), nodes, ways).network


@st.composite
def trips(draw: st.DrawFn) -> tuple[list[int], list[int], list[int], list[int]]:
    """Names, kinds and flags for all edges (in turn), and which way to go at each junction."""
    names = draw(st.lists(st.integers(0, 3), min_size=1, max_size=12))
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=7))
    flags = draw(st.lists(st.sampled_from(FLAGS), min_size=1, max_size=9))
    moves = draw(st.lists(st.integers(0, GATE), min_size=1, max_size=25))
    return names, [int(kind) for kind in kinds], [int(flag) for flag in flags], moves


def dressed(grid: Network, names: list[int], kinds: list[int], flags: list[int]) -> Network:
    count = len(grid.u)

    def spread(values: list[int], like: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> np.ndarray:
        return np.resize(np.array(values), count).astype(like.dtype)

    return replace(
        grid,
        name=spread(names, grid.name),
        kind=spread(kinds, grid.kind),
        flags=spread(flags, grid.flags),
    )


def wandered(network: Network, moves: Sequence[int]) -> list[PathEdge]:
    """A way from the first junction, never straight back, with gates."""
    node, came = 0, -1
    way: list[PathEdge] = []
    for move in moves:
        if move == GATE and way:
            end = way[-1].shape[-1]
            way.append(replace(way[-1], name="", kind=WayKind.BARRIER, shape=[end, end], length_m=0.0))
            continue
        meet = network.meet_edges[network.meet_starts[node] : network.meet_starts[node + 1]].tolist()
        choice = [edge for edge in meet if edge != came]
        came = choice[move % len(choice)]
        is_forward = int(network.u[came]) == node
        way.append(path_edge(network, came, is_forward=is_forward))
        node = int((network.v if is_forward else network.u)[came])
    return way


def check(told: Sequence[Instruction], path: Sequence[PathEdge], off_m: float) -> None:
    walked = sum(one.length_m for one in path) + off_m
    assert sum(one.distance_m for one in told) == pytest.approx(walked, abs=1e-6)
    assert len(told) <= len(path) + 2
    assert [one.maneuver is Maneuver.DEPART for one in told] == [True] + [False] * (len(told) - 1)
    assert [one.maneuver is Maneuver.ARRIVE for one in told] == [False] * (len(told) - 1) + [True]
    for before, after in pairwise(told[:-1]):
        same = (before.street, before.way, before.steps) == (after.street, after.way, after.steps)
        assert not (same and after.maneuver is Maneuver.CONTINUE and not after.exit_number)


@given(trip=trips(), off=st.tuples(st.floats(0, 40), st.floats(0, 40)))
@settings(
    max_examples=150 if FULL else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_walk_is_told_without_loss_and_repetition(
    grid: Network, trip: tuple[list[int], list[int], list[int], list[int]], off: tuple[float, float]
) -> None:
    names, kinds, flags, moves = trip
    network = dressed(grid, names, kinds, flags)
    path = wandered(network, moves)
    ends = (spot(-off[0], 1), spot(60, 60 + off[1]))
    told = instructions(network, path, off, ends)
    check(told, path, sum(off))
    assert told == instructions(network, path, off, ends)
    check(drive_instructions(network, path, ends), path, 0.0)


@pytest.mark.parametrize(
    ("town", "most"),
    [
        pytest.param("monaco", 10.0, marks=pytest.mark.slow),
        pytest.param("krems", 6.0, marks=pytest.mark.slow),
        ("skawina", 4.0),
    ],
)
def test_real_walks_are_told_in_few_lines(town: str, most: float, request: pytest.FixtureRequest) -> None:
    """Lines per kilometre, in the median of random walks; measured: Monaco 8, Krems 4.5, Skawina 3."""
    network = request.getfixturevalue(town).network
    walker, dice = Walker(network), random.Random(7)  # noqa: S311 - a sample
    rates: list[float] = []
    while len(rates) < 40:
        a, b = (_somewhere(network, dice) for _ in range(2))
        walk = walker.walk(a, b) if 400 < distance_m(a, b) < 2500 else None
        if walk is None:
            continue
        assert sum(one.distance_m for one in walk.instructions) == pytest.approx(walk.length_m, abs=0.5)
        rates.append((len(walk.instructions) - 1) / walk.length_m * 1000)
    assert 0.5 < median(rates) < most


def _somewhere(network: Network, dice: random.Random) -> tuple[float, float]:
    lon, lat = (network.nodes[dice.randrange(len(network.nodes))] / SCALE).tolist()
    return lon, lat
