"""From a position to the nearest place on an edge that may be used."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.geo import METRES_PER_DEGREE, LonLat, distance_m, length_m
from planner.streets.files import SCALE, EdgeFlag, WayKind
from planner.streets.query.profile import WalkProfile, usable_edges

if TYPE_CHECKING:
    from planner.streets.query.network import Network

MAIN_COMPONENT_EXTRA_M = 100.0
"""An island of the network is only taken when the main part is this much farther."""


OFF_GROUND_EXTRA_M = 100.0
"""A tunnel, a gallery or a way in a building is only taken when the ground is this much farther: who stands
in the street above it stands nowhere near it.
"""

PLATFORM_EXTRA_M = 25.0
"""So is a platform: an address beside the rails is in a street."""

REACHES_M = (25.0, 150.0)
"""How far around a position is looked, step by step, before the ends of all edges are."""


@dataclass(frozen=True, eq=False)
class Usable:
    """Which edges may be snapped to, and the part of the network each belongs to, 0 the main one.

    `extra_m` is by how much nearer than others an edge must be to be taken.
    """

    is_open: NDArray[np.bool_]
    part: NDArray[np.int32]
    extra_m: NDArray[np.float64]

    @property
    def most_extra_m(self) -> float:
        """The most of any edge."""
        return MAIN_COMPONENT_EXTRA_M + OFF_GROUND_EXTRA_M + PLATFORM_EXTRA_M


@dataclass(frozen=True)
class Snap:
    """A position put onto an edge.

    `along_m` is measured from the edge's u end; `vertex` counts the shape's
    positions before `at`; `off_m` is the straight bit between the two.
    `moved_m` tells how much nearer an edge on an island of the network was;
    `is_island` is true where the edge taken lies on one all the same.
    """

    edge: int
    along_m: float
    length_m: float
    vertex: int
    at: LonLat
    asked: LonLat
    off_m: float
    moved_m: float = 0.0
    is_island: bool = False

    @property
    def share(self) -> float:
        """The part of the edge that lies before the place, from u."""
        return self.along_m / self.length_m if self.length_m > 0 else 0.0


@dataclass(frozen=True)
class _Nearest:
    edge: int
    segment: int
    fraction: float
    moved_m: float


def walk_usable(network: Network, profile: WalkProfile, *, anywhere: bool = False) -> Usable:
    """Return what a walking profile may snap to: the ground first, or what is nearest `anywhere`."""

    def make() -> Usable:
        part = (network.comp_free if profile is WalkProfile.STEP_FREE else network.comp_walk)[network.u]
        extra = np.where(part == 0, 0.0, MAIN_COMPONENT_EXTRA_M)
        if not anywhere:
            is_off = (network.flags & EdgeFlag.OFF_GROUND) != 0
            extra += np.where(is_off, OFF_GROUND_EXTRA_M, 0.0)
            extra += np.where(network.kind == WayKind.PLATFORM, PLATFORM_EXTRA_M, 0.0)
        return Usable(usable_edges(network, profile) & has_length(network), part, extra)

    return network.memory.get("usable", (profile, anywhere), make)


def has_length(network: Network) -> NDArray[np.bool_]:
    """Which edges are more than the copies of a barrier's node joined together, and no ferries."""
    is_way = (network.kind != WayKind.BARRIER) & (network.kind != WayKind.FERRY)
    return np.asarray(is_way & (network.length > 0))


def snap(network: Network, asked: LonLat, usable: Usable) -> Snap | None:
    """Return the nearest place on a usable edge, the main part of the network and the ground preferred.

    None when no edge may be used at all. Of edges equally near the one of the
    lowest number is taken.
    """
    for reach_m in REACHES_M:
        edges = _edges_near(network, asked, reach_m)
        best = _nearest(network, asked, edges[usable.is_open[edges]], usable, reach_m)
        if best is not None:
            return _measured(network, asked, best, usable)
    best = _nearest(network, asked, _edges_far(network, asked, usable), usable, np.inf)
    return None if best is None else _measured(network, asked, best, usable)


def _edges_near(network: Network, asked: LonLat, reach_m: float) -> NDArray[np.int64]:
    """All edges that come so near to a position, and others; some more than once."""
    west, south, width, height, columns, rows = network.grid_frame.tolist()
    high = reach_m / METRES_PER_DEGREE * SCALE * 1.01
    wide = high / cos(radians(asked[1]))
    x, y = asked[0] * SCALE - west, asked[1] * SCALE - south
    first, last = max(0, int((x - wide) // width)), min(columns, int((x + wide) // width) + 1)
    if first >= last:
        return np.empty(0, np.int64)
    starts, items = network.grid_starts, network.grid_items
    parts = [
        items[starts[row * columns + first] : starts[row * columns + last]]
        for row in range(max(0, int((y - high) // height)), min(rows, int((y + high) // height) + 1))
    ]
    return np.concatenate(parts).astype(np.int64) if parts else np.empty(0, np.int64)


def _edges_far(network: Network, asked: LonLat, usable: Usable) -> NDArray[np.int64]:
    """All usable edges that can be the one to take: none comes nearer than its nearer end less half of it."""
    edges = np.flatnonzero(usable.is_open)
    if len(edges) == 0:
        return edges
    scale = METRES_PER_DEGREE / SCALE
    gap = (network.nodes - np.array([asked[0] * SCALE, asked[1] * SCALE])) * scale
    off = np.hypot(gap[:, 0] * cos(radians(asked[1])), gap[:, 1])
    end = np.minimum(off[network.u[edges]], off[network.v[edges]])
    reach = float(end.min()) * 1.01 + usable.most_extra_m
    return np.asarray(edges[end * 0.99 - network.length[edges] / 2 <= reach])


def _nearest(
    network: Network, asked: LonLat, edges: NDArray[np.int64], usable: Usable, sure_m: float
) -> _Nearest | None:
    """Return the nearest of some edges; None where one that is not among them might be taken instead."""
    if len(edges) == 0:
        return None
    starts = network.offsets[edges]
    counts = network.offsets[edges + 1] - starts - 1
    before = np.cumsum(counts) - counts
    owner = np.repeat(edges, counts)
    inner = np.arange(len(owner)) - np.repeat(before, counts)
    first = np.repeat(starts, counts) + inner
    scale = METRES_PER_DEGREE / SCALE
    factors = np.array([scale * cos(radians(asked[1])), scale])
    origin = np.array([asked[0] * SCALE, asked[1] * SCALE])
    a = (network.vertices[first] - origin) * factors
    step = (network.vertices[first + 1] - origin) * factors - a
    squares = np.maximum(np.einsum("ij,ij->i", step, step), 1e-12)
    fraction = np.clip(-np.einsum("ij,ij->i", a, step) / squares, 0.0, 1.0)
    gap = a + step * fraction[:, None]
    off = np.hypot(gap[:, 0], gap[:, 1])
    score = off + usable.extra_m[owner]
    least = float(score.min())
    if least > sure_m:
        return None
    same = np.flatnonzero(score == least)
    same = same[off[same] == off[same].max()]  # of equals the one that had to be preferred
    islands = off[usable.part[owner] != 0]
    nearer = float(off[same[0]] - islands.min()) if len(islands) else 0.0
    moved = max(0.0, nearer) if usable.part[owner[same[0]]] == 0 else 0.0
    best = int(same[np.lexsort((inner[same], owner[same]))[0]])
    return _Nearest(int(owner[best]), int(inner[best]), float(fraction[best]), moved)


def _measured(network: Network, asked: LonLat, nearest: _Nearest, usable: Usable) -> Snap:
    edge, segment = nearest.edge, nearest.segment
    first = int(network.offsets[edge])
    shape = network.positions(first, first + segment + 2)
    (lon_a, lat_a), (lon_b, lat_b) = shape[-2:]
    part = nearest.fraction
    at = (round(lon_a + (lon_b - lon_a) * part, 7), round(lat_a + (lat_b - lat_a) * part, 7))
    along = length_m([*shape[:-1], at])
    total = float(network.length[edge])
    return Snap(
        edge=edge,
        along_m=min(along, total),
        length_m=total,
        vertex=segment + 1,
        at=at,
        asked=asked,
        off_m=distance_m(asked, at),
        moved_m=nearest.moved_m,
        is_island=bool(usable.part[edge] != 0),
    )
