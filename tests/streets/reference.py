"""An independent router over the raw arrays of a network: NetworkX for ways, Shapely for the nearest."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import shapely

from planner.domain.geo import EARTH_RADIUS_M, LonLat
from planner.streets.files import EdgeFlag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap

ISLAND_M = 100.0


def haversine_m(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres of each piece of a line of (lon, lat)."""
    lon, lat = np.radians(line).T
    half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(half)))


def line_m(line: Sequence[LonLat]) -> float:
    return float(haversine_m(np.array(line, dtype=float)).sum()) if len(line) > 1 else 0.0


def positions(network: Network, count: int, *, seed: int, beyond: float = 0.0) -> list[LonLat]:
    """Random positions in the bounds, widened by so many degrees."""
    west, south, east, north = network.meta.bounds
    dice = random.Random(seed)  # noqa: S311 - no secret
    return [
        (
            round(dice.uniform(west - beyond, east + beyond), 7),
            round(dice.uniform(south - beyond, north + beyond), 7),
        )
        for _ in range(count)
    ]


def shape(network: Network, edge: int) -> NDArray[np.float64]:
    return np.asarray(network.vertices[network.offsets[edge] : network.offsets[edge + 1]] / 1e7)


def graph_with(
    network: Network, snaps: Sequence[Snap], *, step_free: bool = False
) -> nx.MultiDiGraph[object]:
    """All ways as a graph whose edges are cut at the snapped places; those are nodes ("at", index)."""
    cuts: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, snap in enumerate(snaps):
        line = shape(network, snap.edge)
        before = haversine_m(np.vstack((line[: snap.vertex], [snap.at]))).sum()
        cuts[snap.edge].append((float(before), number))
    graph: nx.MultiDiGraph[object] = nx.MultiDiGraph()
    graph.add_nodes_from(("at", number) for number in range(len(snaps)))
    for edge in range(len(network.u)):
        flags = EdgeFlag(int(network.flags[edge]))
        if step_free and EdgeFlag.STEPS in flags:
            continue
        whole = float(haversine_m(shape(network, edge)).sum())
        inner = [(("at", number), along) for along, number in sorted(cuts[edge])]
        beads = [(int(network.u[edge]), 0.0), *inner, (int(network.v[edge]), whole)]
        for (a, from_m), (b, to_m) in pairwise(beads):
            metres = max(0.0, to_m - from_m)
            if np.isfinite(network.walk_m[2 * edge]):
                graph.add_edge(a, b, m=metres)
            if np.isfinite(network.walk_m[2 * edge + 1]):
                graph.add_edge(b, a, m=metres)
    return graph


class Nearest:
    """The nearest place on any segment, by trying all of them."""

    def __init__(self, network: Network) -> None:
        counts = np.diff(network.offsets) - 1
        self.edge = np.repeat(np.arange(len(counts)), counts)
        first = np.arange(len(network.vertices) - 1)
        first = np.delete(first, np.asarray(network.offsets[1:-1]) - 1)
        middle = float(network.nodes[:, 1].mean()) / 1e7
        self.scale = np.radians(EARTH_RADIUS_M) * np.array([np.cos(np.radians(middle)), 1.0])
        ends = network.vertices / 1e7 * self.scale
        self.lines = shapely.linestrings(np.stack((ends[first], ends[first + 1]), axis=1))
        self.is_main = np.asarray(network.comp_walk)[np.asarray(network.u)][self.edge] == 0
        self.is_closed = np.isinf(np.asarray(network.walk_m).reshape(-1, 2)[self.edge]).all(axis=1)
        self.is_steps = (np.asarray(network.flags)[self.edge] & int(EdgeFlag.STEPS)) != 0

    def off_m(self, asked: LonLat, *, step_free: bool = False) -> float:
        """Metres to the nearest edge, where one of the main part may be so much farther."""
        off = np.asarray(shapely.distance(self.lines, shapely.Point(np.array(asked) * self.scale)))
        off = np.where(self.is_closed, np.inf, off)
        if step_free:
            off = np.where(self.is_steps, np.inf, off)
        anywhere, in_main = float(off.min()), float(off[self.is_main].min())
        return in_main if in_main <= anywhere + ISLAND_M else anywhere
