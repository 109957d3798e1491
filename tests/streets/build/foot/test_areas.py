"""Squares are walked across: straight over the surface, round its holes, and nowhere else."""

from __future__ import annotations

from math import cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.streets.files import EdgeFlag, FreeState, WayKind
from tests.conftest import FULL
from tests.kit.streets.plain_search import METRE_S, node_at, relation, seconds, tagged_node
from tests.kit.streets.small import FOOTWAY, Nodes, Ways, small_town, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.query.network import Network

MARKET = {"highway": "pedestrian", "area": "yes", "name": "Rynek"}
STREET = {"highway": "residential", "sidewalk": "both"}
CORNERS: Nodes = {1: (0, 0), 2: (100, 0), 3: (100, 100), 4: (0, 100)}
ENDS: Nodes = {11: (-50, 0), 12: (150, 0), 13: (150, 100), 14: (-50, 100)}
STREETS: Ways = {n: ((n, n + 10), STREET) for n in (1, 2, 3, 4)}
RING = (1, 2, 3, 4, 1)


def town(tmp_path: Path, nodes: Nodes, ways: Ways, more: str = "") -> Network:
    """A small town with its things in the order of their ids, as files have them."""
    return small_town(tmp_path, dict(sorted(nodes.items())), dict(sorted(ways.items())), more).network


def market(tmp_path: Path, nodes: Nodes = CORNERS, ways: Ways | None = None, more: str = "") -> Network:
    square = ways if ways is not None else {9: (RING, MARKET)}
    return town(tmp_path, {**nodes, **ENDS}, {**STREETS, **square}, more)


def lines(network: Network) -> list[int]:
    edges: list[int] = np.flatnonzero((network.flags & int(EdgeFlag.AREA)) != 0).tolist()
    return edges


def metres(network: Network, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Cost on foot as metres: all ways here cost their length."""
    return seconds(network, start, end) / METRE_S


def test_a_market_square_is_crossed_on_the_diagonal(tmp_path: Path) -> None:
    network = market(tmp_path)
    assert metres(network, (-50, 0), (150, 100)) == pytest.approx(50 + 100 * sqrt(2) + 50, abs=0.3)
    assert len(lines(network)) == 2
    for edge in lines(network):
        assert network.edge_name(edge) == "Rynek"
        assert network.edge_kind(edge) is WayKind.PEDESTRIAN
        assert np.isinf(network.coach_s[2 * edge : 2 * edge + 2]).all()
    assert network.meta.walk_m == pytest.approx(4 * 50 + 400, abs=1)
    assert network.meta.found == {"areas crossed": 1}


@pytest.mark.dear
@pytest.mark.parametrize(
    ("tags", "is_crossed"),
    [
        (MARKET, True),
        ({"highway": "footway", "area": "yes"}, True),
        ({"highway": "service", "area": "yes"}, True),
        ({"highway": "platform"}, True),
        ({"railway": "platform"}, True),
        ({"public_transport": "platform"}, True),
        ({"railway": "platform", "area": "no"}, False),
        ({"highway": "pedestrian"}, False),
        ({"highway": "pedestrian", "area": "no"}, False),
        ({"highway": "steps", "area": "yes"}, False),
        ({**MARKET, "foot": "no"}, False),
        ({**MARKET, "access": "private"}, False),
        ({"area": "yes"}, False),
        ({"building": "yes"}, False),
    ],
)
def test_what_is_crossed_and_what_is_not(tmp_path: Path, tags: dict[str, str], *, is_crossed: bool) -> None:
    assert bool(lines(market(tmp_path, ways={9: (RING, tags)}))) == is_crossed


def test_a_platform_keeps_its_kind_and_an_estimate_its_flag(tmp_path: Path) -> None:
    network = market(tmp_path, ways={9: (RING, {"railway": "platform", "source": "estimate"})})
    for edge in lines(network):
        assert network.edge_kind(edge) is WayKind.PLATFORM
        assert network.has(edge, EdgeFlag.ESTIMATED)
        assert network.free_state[edge] == FreeState.CLOSED


HOLE: Nodes = {21: (30, 30), 22: (70, 30), 23: (70, 70), 24: (30, 70)}
AROUND = relation(1, [("w", 31, "outer"), ("w", 32, "inner")], {"type": "multipolygon", **MARKET})


def test_a_hole_is_walked_around_by_its_corners(tmp_path: Path) -> None:
    """From corner to corner past the hole's corner at (70, 30): two lines of hypot(70, 30)."""
    ways: Ways = {31: (RING, {}), 32: ((21, 22, 23, 24, 21), {"building": "yes"})}
    network = market(tmp_path, {**CORNERS, **HOLE}, ways, AROUND)
    assert metres(network, (0, 0), (100, 100)) == pytest.approx(2 * hypot(70, 30), abs=0.3)
    assert metres(network, (0, 0), (100, 0)) == pytest.approx(100, abs=0.3)


def test_an_outline_of_several_ways_is_joined_and_walked(tmp_path: Path) -> None:
    ways: Ways = {31: ((3, 2, 1), {}), 33: ((3, 4), {}), 34: ((1, 4), {})}
    members = [("w", 31, "outer"), ("w", 33, "outer"), ("w", 34, "outer")]
    network = market(tmp_path, CORNERS, ways, relation(1, members, {"type": "multipolygon", **MARKET}))
    assert metres(network, (0, 0), (100, 100)) == pytest.approx(100 * sqrt(2), abs=0.3)
    assert metres(network, (0, 0), (100, 0)) == pytest.approx(100, abs=0.3)
    assert network.edge_name(int(np.flatnonzero(network.way == 33)[0])) == "Rynek"


def test_a_relation_is_not_taken_for_the_way_of_its_number(tmp_path: Path) -> None:
    """Relation 1 is the square, way 1 steps beside it."""
    ways: Ways = {1: ((1, 11), {"highway": "steps"}), 31: (RING, {})}
    more = relation(1, [("w", 31, "outer")], {"type": "multipolygon", **MARKET})
    network = market(tmp_path, CORNERS, ways, more)
    assert metres(network, (0, 0), (100, 100)) == pytest.approx(100 * sqrt(2), abs=0.3)
    assert metres(network, (-50, 0), (0, 0)) > 1.5 * 50


@pytest.mark.parametrize(
    ("members", "ways"),
    [
        ([("w", 31, "outer")], {31: ((1, 2, 3, 4), {})}),
        ([("w", 31, "outer"), ("w", 99, "outer")], {31: (RING, {})}),
        ([("w", 31, "across")], {31: (RING, {})}),
        ([("n", 1, "outer")], {}),
    ],
)
def test_an_area_without_a_whole_outline_is_left_out(
    tmp_path: Path, members: list[tuple[str, int, str]], ways: Ways
) -> None:
    network = market(tmp_path, CORNERS, ways, relation(1, members, {"type": "multipolygon", **MARKET}))
    assert lines(network) == []
    assert network.meta.left_out == {"area without a closed outline": 1}


def test_an_outline_that_crosses_itself_is_walked_but_not_crossed(tmp_path: Path) -> None:
    network = market(tmp_path, ways={9: ((1, 3, 2, 4, 1), MARKET)})
    assert lines(network) == []
    assert network.meta.left_out == {"area with a broken outline": 1}
    assert metres(network, (0, 0), (100, 100)) == pytest.approx(100 * sqrt(2), abs=0.3)


def test_one_walks_round_the_inner_corner_of_a_bent_square(tmp_path: Path) -> None:
    """An L: the streets end at (100, 0) and (0, 100), the inner corner is at (40, 40)."""
    nodes: Nodes = {1: (0, 0), 2: (100, 0), 3: (100, 40), 5: (40, 40), 6: (40, 100), 4: (0, 100)}
    ways: Ways = {9: ((1, 2, 3, 5, 6, 4, 1), MARKET), 2: ((2, 12), STREET), 4: ((4, 14), STREET)}
    network = town(tmp_path, {**nodes, 12: (150, 0), 14: (-50, 100)}, ways)
    assert metres(network, (100, 0), (0, 100)) == pytest.approx(2 * hypot(60, 40), abs=0.3)


def test_an_entrance_is_reached_over_the_square(tmp_path: Path) -> None:
    ring: Ways = {9: ((1, 5, 2, 3, 4, 1), MARKET)}
    network = market(tmp_path, CORNERS, ring, tagged_node(5, (50, 0), {"entrance": "main"}))
    assert metres(network, (0, 100), (50, 0)) == pytest.approx(hypot(50, 100), abs=0.3)


INSIDE: Nodes = {41: (50, 50), 42: (50, 200), 43: (50, 120), 44: (50, -100)}


@pytest.mark.parametrize(
    ("refs", "tags", "expected"),
    [
        ((41, 42), {}, sqrt(5000)),  # ends in the square
        ((44, 41, 42), {}, sqrt(5000)),  # passes through, with a node inside
        ((41, 42), {"layer": "-1"}, None),  # a subway below it
        ((41, 42), {"tunnel": "yes"}, None),
        ((41, 42), {"level": "-1"}, sqrt(5000)),  # the square says nothing about levels
    ],
)
def test_a_way_that_shares_no_node_with_the_outline_is_joined(
    tmp_path: Path, refs: tuple[int, ...], tags: dict[str, str], expected: float | None
) -> None:
    ways: Ways = {9: (RING, MARKET), 8: (refs, {**FOOTWAY, **tags})}
    network = market(tmp_path, {**CORNERS, **INSIDE}, ways)
    if expected is None:
        assert np.isinf(seconds(network, (0, 0), (50, 200)))
    else:
        assert metres(network, (0, 0), (50, 200)) == pytest.approx(expected + 150, abs=0.3)


@pytest.mark.dear
def test_a_large_square_with_many_streets_is_thinned(tmp_path: Path) -> None:
    """A round square with 150 streets: the outline leads to all, lines to some."""
    count, radius = 150, 200.0
    nodes: dict[int, tuple[float, float]] = {}
    ways: dict[int, tuple[tuple[int, ...], dict[str, str]]] = {}
    for n in range(count):
        at = (cos(2 * pi * n / count), sin(2 * pi * n / count))
        nodes[n + 1] = (radius * at[0], radius * at[1])
        nodes[n + 1001] = (2 * radius * at[0], 2 * radius * at[1])
        ways[n + 1] = ((n + 1, n + 1001), STREET)
    ways[999] = ((*range(1, count + 1), 1), MARKET)
    network = town(tmp_path, nodes, ways)
    assert 0 < len(lines(network)) <= 60 * 59 / 2
    parts = np.bincount(network.comp_walk)
    assert parts[0] == len(network.nodes)
    assert metres(network, nodes[1001], nodes[1075]) < 2 * radius + pi * radius - 100


@pytest.mark.dear
@settings(
    max_examples=40 if FULL else 6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(radii=st.lists(st.integers(20, 200), min_size=5, max_size=14), data=st.data())
def test_lines_stay_inside_and_are_the_shortest_ways(
    tmp_path: Path, radii: list[int], data: st.DataObject
) -> None:
    """A star-shaped square with any bends: no line leaves it, and the way between two streets is never
    longer than over any third corner that both see.
    """
    count = len(radii)
    nodes: dict[int, tuple[float, float]] = {
        n + 1: (r * cos(2 * pi * n / count), r * sin(2 * pi * n / count)) for n, r in enumerate(radii)
    }
    a, b = data.draw(st.lists(st.integers(1, count), min_size=2, max_size=2, unique=True))
    ends = {n + 100: (2 * nodes[n][0], 2 * nodes[n][1]) for n in (a, b)}
    ways: Ways = {
        99: ((*range(1, count + 1), 1), MARKET), 1: ((a, a + 100), STREET), 2: ((b, b + 100), STREET),
    }  # fmt: skip
    network = town(tmp_path, {**nodes, **ends}, ways)
    shape = shapely.Polygon([nodes[n + 1] for n in range(count)])
    room = shape.buffer(0.2)
    place = {spot(*at): at for at in nodes.values()}
    for edge in lines(network):
        start, end = (place[round(lon, 7), round(lat, 7)] for lon, lat in network.shape(edge))
        assert room.covers(shapely.LineString([start, end]))
    direct = hypot(nodes[a][0] - nodes[b][0], nodes[a][1] - nodes[b][1])
    ways_over = [
        hypot(nodes[a][0] - x, nodes[a][1] - y) + hypot(nodes[b][0] - x, nodes[b][1] - y)
        for x, y in nodes.values()
        if shape.covers(shapely.LineString([nodes[a], (x, y)]))
        and shape.covers(shapely.LineString([(x, y), nodes[b]]))
    ]
    found = metres(network, nodes[a], nodes[b])
    assert direct - 0.5 <= found <= min(ways_over, default=np.inf) * 1.002 + 0.5
    assert node_at(network, nodes[a]) != node_at(network, nodes[b])
