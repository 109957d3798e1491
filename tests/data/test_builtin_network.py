"""The built-in network, measured by a router of its own against the facts. Points are (lon, lat)."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import cos, inf, radians
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import osmium
import pytest
from shapely import LineString, STRtree
from shapely import Point as ShapelyPoint

from planner.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Point = tuple[float, float]
Row = dict[str, str]

NETWORK = ROOT / "data" / "skawina.osm"
EARTH_M = 6_371_009.0
SHRINK = cos(radians(49.97))
NOT_DRIVEN = {"footway", "path", "pedestrian", "steps"}
MAX_MEDIAN, MAX_NINTH_DECILE = 0.07, 0.22
MAX_BYTES = 700_000
STREETS_M = 69_000
BEYOND_THE_VISTULA = {"Skawińska", "Piastowska", ""}
"""Streets in the two parts of the table that lie on the other bank: nothing says how they are reached."""


def metres(a: Point, b: Point) -> float:
    """Great-circle metres, short distances."""
    lat = radians((a[1] + b[1]) / 2)
    return EARTH_M * float(np.hypot(radians(b[0] - a[0]) * cos(lat), radians(b[1] - a[1])))


def flat(point: Point) -> Point:
    """Degrees with the meridians pulled together, so that nearest means nearest."""
    return point[0] * SHRINK, point[1]


@dataclass(frozen=True)
class Way:
    """A way of the file with its node ids."""

    tags: Row
    nodes: tuple[int, ...]

    @property
    def is_street(self) -> bool:
        return "highway" in self.tags

    @property
    def is_walked(self) -> bool:
        return self.is_street and self.tags.get("foot") != "no"

    @property
    def is_driven(self) -> bool:
        return self.is_street and self.tags["highway"] not in NOT_DRIVEN

    @property
    def is_estimated(self) -> bool:
        return self.tags.get("source") == "estimate"


class Network:
    """The file, and a plain router over it."""

    def __init__(self, path: Path) -> None:
        self.elements: list[tuple[str, int]] = []
        self.places: dict[int, Point] = {}
        self.stops: list[Row] = []
        self.ways: list[Way] = []
        for thing in osmium.FileProcessor(str(path)):
            self.read(thing)
        self.reached: dict[int, dict[int, float]] = {}

    def read(self, thing: Any) -> None:
        tags = {tag.k: tag.v for tag in thing.tags}
        if thing.is_node():
            self.elements.append(("node", thing.id))
            self.places[thing.id] = (thing.location.lon, thing.location.lat)
            if tags.get("highway") == "bus_stop":
                self.stops.append(tags)
        elif thing.is_way():
            self.elements.append(("way", thing.id))
            self.ways.append(Way(tags, tuple(node.ref for node in thing.nodes)))
        else:
            self.elements.append(("relation", thing.id))

    def line(self, way: Way) -> list[Point]:
        return [self.places[node] for node in way.nodes]

    def length(self, way: Way) -> float:
        return sum(metres(a, b) for a, b in pairwise(self.line(way)))

    @cached_property
    def walked(self) -> nx.Graph[int]:
        graph: nx.Graph[int] = nx.Graph()
        for way in self.ways:
            if way.is_walked:
                graph.add_weighted_edges_from(
                    (a, b, metres(self.places[a], self.places[b])) for a, b in pairwise(way.nodes)
                )
        return graph

    @cached_property
    def driven(self) -> nx.DiGraph[int]:
        graph: nx.DiGraph[int] = nx.DiGraph()
        for way in self.ways:
            if way.is_driven:
                nx.add_path(graph, way.nodes)
                if way.tags.get("oneway") != "yes":
                    nx.add_path(graph, way.nodes[::-1])
        return graph

    @cached_property
    def main_part(self) -> set[int]:
        return max(nx.connected_components(self.walked), key=len)

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        return list(self.walked.edges)

    @cached_property
    def tree(self) -> STRtree:
        return STRtree([LineString([flat(self.places[a]), flat(self.places[b])]) for a, b in self.edges])

    def snap(self, point: Point) -> tuple[tuple[int, int], Point, float]:
        """The nearest edge, the foot on it, and the metres to it."""
        query = ShapelyPoint(flat(point))
        number = int(self.tree.nearest(query))
        line = self.tree.geometries[number]
        foot = line.interpolate(line.project(query))
        place = (foot.x / SHRINK, foot.y)
        return self.edges[number], place, metres(point, place)

    def reach(self, node: int) -> dict[int, float]:
        if node not in self.reached:
            self.reached[node] = dict(nx.single_source_dijkstra_path_length(self.walked, node))
        return self.reached[node]

    def walk(self, start: Point, end: Point) -> float:
        """Metres on foot, with the straight bits to the nearest edges."""
        edge_a, foot_a, bit_a = self.snap(start)
        edge_b, foot_b, bit_b = self.snap(end)
        between = metres(foot_a, foot_b) if edge_a == edge_b else inf
        for a in edge_a:
            for b in edge_b:
                middle = self.reach(a).get(b, inf)
                between = min(
                    between, metres(foot_a, self.places[a]) + middle + metres(self.places[b], foot_b)
                )
        return bit_a + between + bit_b


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(NETWORK)


def rows(facts: Path, table: str) -> list[Row]:
    with (facts / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def vertices(row: Row) -> list[Point]:
    pairs = (pair.split(",") for pair in row["lon_lat_vertices"].split())
    return [(float(lon), float(lat)) for lon, lat in pairs]


def test_walking_distances_agree_with_the_table(network: Network, facts: Path) -> None:
    table = rows(facts, "walking_distances.csv")
    errors = []
    for row in table:
        ours = network.walk(
            (float(row["from_lon"]), float(row["from_lat"])), (float(row["to_lon"]), float(row["to_lat"]))
        )
        errors.append(abs(ours / float(row["walk_m"]) - 1))
    assert len(errors) == len(table) > 0
    assert np.median(errors) <= MAX_MEDIAN
    assert np.quantile(errors, 0.9) <= MAX_NINTH_DECILE


def test_stated_distances_in_the_town(network: Network) -> None:
    square, manor, station = (19.82609, 49.97548), (19.8581, 49.97336), (19.82222, 49.97722)
    rynek_2, park_gate = (19.8259, 49.9752), (19.8241, 49.9745)
    assert network.walk(square, manor) == pytest.approx(2500, rel=0.05)
    assert 345 <= network.walk(station, rynek_2) <= 500
    assert network.walk(rynek_2, park_gate) <= 250


def test_every_piece_of_street_is_there(network: Network, facts: Path) -> None:
    drawn = Counter(
        frozenset((network.places[a], network.places[b]))
        for way in network.ways
        if way.is_street
        for a, b in pairwise(way.nodes)
    )
    points = {point for pair in drawn for point in pair}
    given = [vertices(row) for row in rows(facts, "streets.csv")]
    assert {point for line in given for point in line} <= points
    known = sum(network.length(way) for way in network.ways if way.is_driven and not way.is_estimated)
    assert known == pytest.approx(STREETS_M, rel=0.01)
    assert {row["street"] for row in rows(facts, "streets.csv")} <= {
        *(way.tags.get("name", "") for way in network.ways),
        *(way.tags.get("ref", "") for way in network.ways),
    }


def test_what_no_table_gives_is_tagged_as_estimate(network: Network, facts: Path) -> None:
    given = [
        LineString(map(flat, vertices(row)))
        for name in ("streets.csv", "green.csv")
        for row in rows(facts, name)
    ]
    near = STRtree(given)
    for way in network.ways:
        if way.is_street and not way.is_estimated:
            middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(network.line(way))]
            assert all(near.query(ShapelyPoint(flat(at)), "dwithin", 2e-5).size for at in middles), way.tags


def test_estimates_claim_nothing_about_access(network: Network) -> None:
    estimates = [way for way in network.ways if way.is_estimated]
    assert estimates
    assert not [way.tags for way in estimates if "wheelchair" in way.tags]


def test_walkers_reach_everything_on_this_bank(network: Network) -> None:
    apart = [way for way in network.ways if way.is_walked and not set(way.nodes) <= network.main_part]
    assert {way.tags.get("name", "") for way in apart} <= BEYOND_THE_VISTULA
    parts = sorted(map(len, nx.connected_components(network.walked)))
    assert len(parts) == 3
    assert all(
        network.places[way.nodes[0]][1] > 49.975 and network.places[way.nodes[0]][0] < 19.78 for way in apart
    )


@pytest.mark.dear
def test_drivers_reach_and_leave_everything(network: Network) -> None:
    two_way = nx.weakly_connected_components(network.driven)
    assert sum(1 for _ in two_way) == nx.number_strongly_connected_components(network.driven)
    assert nx.number_strongly_connected_components(network.driven) == 3


def test_sites_are_near_a_walkable_edge(network: Network, facts: Path) -> None:
    for row in rows(facts, "sites.csv"):
        if row["lat"]:
            edge, _, away = network.snap((float(row["lon"]), float(row["lat"])))
            assert away <= 150, row["id"]
            assert edge[0] in network.main_part, row["id"]


def test_stop_posts_are_drawn_and_near_a_walkable_edge(network: Network, facts: Path) -> None:
    table = rows(facts, "bus_stops.csv")
    assert {stop["ref"] for stop in network.stops} == {row["stop_id"] for row in table}
    unserved = set()
    for row in table:
        _, _, away = network.snap((float(row["lon"]), float(row["lat"])))
        if away > 70:
            unserved.add(row["name"].split()[0])
    assert unserved == {"Czernichów", "Ochodza"}


def test_estimates_cross_tracks_only_in_the_tunnels(network: Network) -> None:
    rails = [LineString(network.line(way)) for way in network.ways if "railway" in way.tags]
    crossing = [
        way
        for way in network.ways
        if way.is_street
        and way.is_estimated
        and any(LineString(network.line(way)).intersects(rail) for rail in rails)
    ]
    assert len(rails) == 2
    assert [(way.tags["highway"], way.tags.get("tunnel"), way.tags.get("layer")) for way in crossing] == [
        ("footway", "yes", "-1")
    ] * 2


def test_given_streets_that_cross_tracks_say_that_the_kind_is_unknown(network: Network) -> None:
    rails = [LineString(network.line(way)) for way in network.ways if "railway" in way.tags]
    noted = {
        way.tags["name"] for way in network.ways if "crossing of the railway" in way.tags.get("note", "")
    }
    crossing = {
        way.tags["name"]
        for way in network.ways
        if way.is_street
        and not way.is_estimated
        and any(LineString(network.line(way)).crosses(r) for r in rails)
    }
    assert noted == crossing
    assert len(crossing) == 7


def test_the_bypass_is_closed_to_walkers_and_nothing_joins_it(network: Network) -> None:
    closed = [way for way in network.ways if way.tags.get("foot") == "no"]
    bypass = [way for way in closed if way.tags.get("ref") == "44"]
    assert sum(map(network.length, bypass)) == pytest.approx(697, abs=5)
    inside = {node for way in closed for node in way.nodes[1:-1]}
    assert not inside & set(network.walked)
    lines = [LineString(network.line(way)) for way in closed]
    estimates = [LineString(network.line(way)) for way in network.ways if way.is_street and way.is_estimated]
    assert not [line for line in estimates if any(line.crosses(other) for other in lines)]


def test_roundabouts_are_closed_one_way_and_counter_clockwise(network: Network) -> None:
    rings: dict[str, list[Way]] = {}
    for way in network.ways:
        if way.tags.get("junction") == "roundabout":
            assert way.tags["oneway"] == "yes"
            rings.setdefault(way.tags["name"], []).append(way)
    assert len(rings) == 7
    for name, ways in rings.items():
        steps = [pair for way in ways for pair in pairwise(way.nodes)]
        assert Counter(a for a, _ in steps) == Counter(b for _, b in steps), name
        assert sum(cross(network.places[a], network.places[b]) for a, b in steps) > 0, name


def cross(a: Point, b: Point) -> float:
    """Twice the area swept from a to b; positive when the whole turns counter-clockwise."""
    origin = (19.8, 49.97)
    (ax, ay), (bx, by) = [(x - origin[0], y - origin[1]) for x, y in (a, b)]
    return ax * by - bx * ay


def test_own_ids_lie_in_their_ranges(network: Network) -> None:
    first = {"node": 9_000_000_000_001, "way": 9_100_000_000_001, "relation": 9_200_000_000_001}
    assert len(set(network.elements)) == len(network.elements)
    assert all(first[kind] <= number < first[kind] + 10**8 for kind, number in network.elements)


def test_the_file_is_small() -> None:
    assert NETWORK.stat().st_size < MAX_BYTES


@pytest.mark.slow
def test_the_file_is_made_by_the_maker(facts: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.osm"
    subprocess.run([sys.executable, "-m", "data.make_skawina", str(facts), str(again)], cwd=ROOT, check=True)
    assert again.read_bytes() == NETWORK.read_bytes()
