"""An independent router over the raw arrays of a network: NetworkX for ways, Shapely for the nearest."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import shapely

from planner.domain.geo import EARTH_RADIUS_M, LonLat
from planner.streets.files import EdgeFlag, WayKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap

ISLAND_M, OFF_GROUND_M, PLATFORM_M = 100.0, 100.0, 25.0


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


def beside_streets(network: Network, count: int, *, seed: int) -> list[LonLat]:
    """Random positions within some metres of the corners of edges."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    places = []
    for _ in range(count):
        lon, lat = (network.vertices[dice.randrange(len(network.vertices))] / 1e7).tolist()
        places.append((round(lon + dice.uniform(-2e-4, 2e-4), 7), round(lat + dice.uniform(-2e-4, 2e-4), 7)))
    return places


def shape(network: Network, edge: int) -> NDArray[np.float64]:
    return np.asarray(network.vertices[network.offsets[edge] : network.offsets[edge + 1]] / 1e7)


@dataclass(frozen=True)
class Told:
    """What the reference says of a way: seconds of cost and by the clock, metres."""

    cost_s: float
    clock_s: float
    length_m: float


class Reference:
    """All ways as a graph whose edges are cut at the snapped places; those are nodes ("at", index)."""

    def __init__(self, network: Network, snaps: Sequence[Snap], *, step_free: bool, pace_kmh: float) -> None:
        cuts: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for number, snap in enumerate(snaps):
            cuts[snap.edge].append((snap.along_m / snap.length_m, number))
        self._snaps, self._pace = snaps, pace_kmh / 3.6
        self._graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        metres, seconds = (
            (network.free_m, network.free_s) if step_free else (network.walk_cost_m, network.walk_s)
        )
        for edge in range(len(network.u)):
            inner = [(("at", number), along) for along, number in sorted(cuts[edge])]
            beads = [(int(network.u[edge]), 0.0), *inner, (int(network.v[edge]), 1.0)]
            for (a, start), (b, end) in pairwise(beads):
                for tail, head, directed in ((a, b, 2 * edge), (b, a, 2 * edge + 1)):
                    cost = metres[directed] / self._pace + seconds[directed]
                    clock = network.clock_m[directed] / self._pace + network.clock_s[directed]
                    part = end - start
                    if part == 0:  # one and the same place, also on a one-way street
                        self._graph.add_edge(tail, head, cost=0.0, clock=0.0, m=0.0)
                    elif np.isfinite(cost):
                        self._graph.add_edge(
                            tail, head, cost=cost * part, clock=clock * part, m=network.length[edge] * part
                        )
        self._graph.add_nodes_from(("at", number) for number in range(len(snaps)))

    def way(self, a: int, b: int) -> Told | None:
        """The cheapest way between two of the places, the straight bits at its ends included."""
        try:
            _, nodes = nx.bidirectional_dijkstra(self._graph, ("at", a), ("at", b), weight="cost")
        except nx.NetworkXNoPath:
            return None
        steps = [min(self._graph[p][q].values(), key=lambda step: step["cost"]) for p, q in pairwise(nodes)]
        straight = self._snaps[a].off_m + self._snaps[b].off_m
        cost, clock, metres = (sum(step[key] for step in steps) for key in ("cost", "clock", "m"))
        return Told(cost + straight / self._pace, clock + straight / self._pace, metres + straight)


class Nearest:
    """The nearest place on any segment, by trying all of them."""

    def __init__(self, network: Network, *, step_free: bool = False) -> None:
        counts = np.diff(network.offsets) - 1
        self.edge = np.repeat(np.arange(len(counts)), counts)
        first = np.arange(len(network.vertices) - 1)
        first = np.delete(first, np.asarray(network.offsets[1:-1]) - 1)
        middle = float(network.nodes[:, 1].mean()) / 1e7
        self.scale = np.radians(EARTH_RADIUS_M) * np.array([np.cos(np.radians(middle)), 1.0])
        ends = network.vertices / 1e7 * self.scale
        self.lines = shapely.linestrings(np.stack((ends[first], ends[first + 1]), axis=1))
        part, cost = (
            (network.comp_free, network.free_m) if step_free else (network.comp_walk, network.walk_cost_m)
        )
        self.is_main = part[network.u][self.edge] == 0
        is_closed = np.isinf(cost.reshape(-1, 2)).all(axis=1) | (network.kind == WayKind.BARRIER)
        self.is_closed = is_closed[self.edge]
        off_ground = ((network.flags & EdgeFlag.OFF_GROUND) != 0)[self.edge]
        platform = (network.kind == WayKind.PLATFORM)[self.edge]
        self.extra_m = ISLAND_M * ~self.is_main + OFF_GROUND_M * off_ground + PLATFORM_M * platform
        self.is_close_call = False

    def off_m(self, asked: LonLat) -> tuple[float, float]:
        """Metres to the edge to take, and how much nearer another was that joins no other street.

        The main part, the ground and what is no platform come first. `is_close_call` then tells that it hung
        on the plane's own error which one was taken.
        """
        with np.errstate(invalid="ignore"):  # Shapely 2.0 warns of lines without length
            off = np.asarray(shapely.distance(self.lines, shapely.Point(np.array(asked) * self.scale)))
        off = np.where(self.is_closed, np.inf, off)
        score = off + self.extra_m
        best = int(score.argmin())
        taken = float(off[best])
        is_near = score - score[best] < 2e-3 * score[best]
        self.is_close_call = bool((np.abs(off[is_near] - taken) > 0.01).any())
        island = float(off[~self.is_main].min(initial=np.inf))
        return taken, max(0.0, taken - island) if self.is_main[best] else 0.0
