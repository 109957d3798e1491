"""From a position to the nearest place on an edge."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE, LonLat, distance_m, length_m
from planner.streets.files import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.query.network import Network

MAIN_COMPONENT_EXTRA_M = 100.0
"""An island of the network is only taken when the main part is this much farther."""


@dataclass(frozen=True)
class Snap:
    """A position put onto an edge.

    `along_m` is measured from the edge's u end; `vertex` counts the shape's
    positions before `at`; `off_m` is the straight bit between the two.
    """

    edge: int
    along_m: float
    length_m: float
    vertex: int
    at: LonLat
    asked: LonLat
    off_m: float


def snap(network: Network, asked: LonLat, *, step_free: bool = False) -> Snap | None:
    """Return the nearest place on a walkable edge, the main part of the network preferred.

    None when no edge may be used at all.
    """
    ring = 1
    while (edges := _edges_near(network, asked, ring)) is not None:
        best = _nearest(network, asked, _usable(network, edges, step_free=step_free))
        if best is not None and best[1] <= _ring_reach_m(network, ring) - MAIN_COMPONENT_EXTRA_M:
            return _measured(network, asked, *best)
        ring *= 2
    edges = _usable(network, np.arange(len(network.u)), step_free=step_free)
    best = _nearest(network, asked, edges)
    return _measured(network, asked, *best) if best is not None else None


def _usable(network: Network, edges: NDArray[np.int64], *, step_free: bool) -> NDArray[np.int64]:
    cost = network.free_m if step_free else network.walk_m
    return edges[np.isfinite(cost[2 * edges]) | np.isfinite(cost[2 * edges + 1])]


def _edges_near(network: Network, asked: LonLat, ring: int) -> NDArray[np.int64] | None:
    """Edges of the cells around a position; None once looking into the cells costs more than all edges."""
    west, south, width, height, columns, rows = (int(value) for value in network.grid_frame)
    x = int((asked[0] * SCALE - west) // width)
    y = int((asked[1] * SCALE - south) // height)
    if (2 * ring + 1) ** 2 > len(network.u):
        return None
    cells = [
        row * columns + column
        for row in range(max(0, y - ring), min(rows, y + ring + 1))
        for column in range(max(0, x - ring), min(columns, x + ring + 1))
    ]
    parts = [network.grid_items[network.grid_starts[c] : network.grid_starts[c + 1]] for c in cells]
    return np.unique(np.concatenate(parts)).astype(np.int64) if parts else np.empty(0, np.int64)


def _ring_reach_m(network: Network, ring: int) -> float:
    """Every edge within this distance lies in the ring's cells."""
    return ring * float(network.grid_frame[3]) / SCALE * METRES_PER_DEGREE * 0.99


def _nearest(
    network: Network, asked: LonLat, edges: NDArray[np.int64]
) -> tuple[int, float, int, float] | None:
    """Return (edge, metres off, segment of its shape, fraction on the segment)."""
    if len(edges) == 0:
        return None
    counts = (network.offsets[edges + 1] - network.offsets[edges] - 1).astype(np.int64)
    owner = np.repeat(edges, counts)
    inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    first = network.offsets[owner] + inner
    scale = METRES_PER_DEGREE / SCALE
    factors = np.array([scale * cos(radians(asked[1])), scale])
    origin = np.array(asked) * SCALE
    a = (network.vertices[first] - origin) * factors
    step = (network.vertices[first + 1] - origin) * factors - a
    squares = np.maximum((step**2).sum(axis=1), 1e-12)
    fraction = np.clip(-(a * step).sum(axis=1) / squares, 0.0, 1.0)
    gap = a + step * fraction[:, None]
    off = np.hypot(gap[:, 0], gap[:, 1])
    best = int(off.argmin())
    main = np.flatnonzero(network.comp_walk[network.u[owner]] == 0)
    if len(main):
        in_main = int(main[off[main].argmin()])
        if off[in_main] <= off[best] + MAIN_COMPONENT_EXTRA_M:
            best = in_main
    return int(owner[best]), float(off[best]), int(inner[best]), float(fraction[best])


def _measured(network: Network, asked: LonLat, edge: int, _off: float, segment: int, fraction: float) -> Snap:
    shape = network.shape(edge)
    (lon_a, lat_a), (lon_b, lat_b) = shape[segment], shape[segment + 1]
    at = (round(lon_a + (lon_b - lon_a) * fraction, 7), round(lat_a + (lat_b - lat_a) * fraction, 7))
    along = length_m([*shape[: segment + 1], at])
    total = float(network.length[edge])
    return Snap(edge, min(along, total), total, segment + 1, at, asked, distance_m(asked, at))
