"""Squares are not crossed through what stands on them."""

from __future__ import annotations

from math import hypot, sqrt
from typing import TYPE_CHECKING

import pytest

from planner.streets.files import EdgeFlag
from planner.streets.query.walk.find import Walker
from tests.kit.streets.plain_search import relation
from tests.kit.streets.small import Nodes, Tags, Ways, small_town, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.query.network import Network

STREET = {"highway": "residential"}
NODES: Nodes = {
    1: (0, 0), 2: (100, 0), 3: (100, 100), 4: (0, 100), 11: (-50, 0), 13: (150, 100),
    21: (40, 40), 22: (60, 40), 23: (60, 60), 24: (40, 60),
}  # fmt: skip
SQUARE: Ways = {
    1: ((11, 1), STREET), 3: ((3, 13), STREET),
    9: ((1, 2, 3, 4, 1), {"highway": "pedestrian", "area": "yes", "name": "Rynek"}),
}  # fmt: skip
STRAIGHT_M = 50 + 100 * sqrt(2) + 50
ROUND_M = 50 + 2 * hypot(60, 40) + 50
HOUSE = (21, 22, 23, 24, 21)


def crossed(
    tmp: Path, way: tuple[tuple[int, ...], Tags], more: str = "", square: Tags | None = None
) -> float:
    ways = {**SQUARE, 20: way, 9: (SQUARE[9][0], {**SQUARE[9][1], **(square or {})})}
    return metres(small_town(tmp, NODES, ways, more).network)


def metres(network: Network) -> float:
    walk = Walker(network).walk(spot(-50, 0), spot(150, 100))
    assert walk is not None
    return walk.length_m


IN_THE_WAY: list[Tags] = [
    {"building": "church"},
    {"building": "kiosk"},
    {"natural": "water"},
    {"amenity": "fountain"},
    {"barrier": "fence"},
    {"barrier": "wall", "area": "yes"},
]
NOT_IN_THE_WAY: list[Tags] = [
    {"building": "roof"},
    {"building": "yes", "layer": "1"},
    {"building": "yes", "building:min_level": "1"},
    {"building": "yes", "location": "underground"},
    {"barrier": "kerb"},
    {"amenity": "marketplace"},
]


@pytest.mark.dear
@pytest.mark.parametrize("tags", IN_THE_WAY, ids=str)
def test_what_stands_on_a_square_is_walked_round(tags: Tags, tmp_path: Path) -> None:
    assert crossed(tmp_path, (HOUSE, tags)) == pytest.approx(ROUND_M, abs=0.7)


@pytest.mark.dear
@pytest.mark.parametrize("tags", NOT_IN_THE_WAY, ids=str)
def test_what_is_over_or_under_a_square_is_not(tags: Tags, tmp_path: Path) -> None:
    assert crossed(tmp_path, (HOUSE, tags)) == pytest.approx(STRAIGHT_M, abs=0.5)


def test_a_wall_as_a_line_is_walked_round_its_end(tmp_path: Path) -> None:
    assert crossed(tmp_path, ((22, 24), {"barrier": "wall"})) == pytest.approx(ROUND_M, abs=0.7)


def test_a_church_that_is_a_relation(tmp_path: Path) -> None:
    church = relation(7, [("w", 20, "outer")], {"type": "multipolygon", "building": "church"})
    assert crossed(tmp_path, (HOUSE, {}), church) == pytest.approx(ROUND_M, abs=0.7)


def test_a_square_below_a_roof_is_crossed(tmp_path: Path) -> None:
    found = crossed(tmp_path, (HOUSE, {"building": "yes"}), square={"covered": "yes"})
    assert found == pytest.approx(STRAIGHT_M, abs=0.5)


def test_a_house_that_covers_the_square_is_over_it(tmp_path: Path) -> None:
    assert crossed(tmp_path, ((1, 2, 3, 4, 1), {"building": "yes"})) == pytest.approx(STRAIGHT_M, abs=0.5)


def test_a_house_at_the_edge_is_walked_along(tmp_path: Path) -> None:
    """From the corner of the square to that of the house, and on: nothing leads through it."""
    nodes = {**NODES, 31: (0, 20), 32: (80, 20), 33: (80, 90), 34: (0, 90)}
    house = (31, 32, 33, 34, 31), {"building": "yes"}
    network = small_town(tmp_path, nodes, {**SQUARE, 20: house}).network
    assert metres(network) == pytest.approx(50 + hypot(80, 20) + hypot(20, 80) + 50, abs=0.7)


def test_lines_keep_out_of_every_house(tmp_path: Path) -> None:
    network = small_town(tmp_path, NODES, {**SQUARE, 20: (HOUSE, {"building": "yes"})}).network
    (west, south), (east, north) = spot(40.5, 40.5), spot(59.5, 59.5)
    lines = [edge for edge in range(len(network.u)) if network.has(edge, EdgeFlag.AREA)]
    assert len(lines) > 4
    for edge in lines:
        (a, b), (c, d) = network.shape(edge)[0], network.shape(edge)[-1]
        assert not (west < (a + c) / 2 < east and south < (b + d) / 2 < north)
