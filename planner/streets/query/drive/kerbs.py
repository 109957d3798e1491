"""The kerbs near a place: where on the streets a coach could stop for it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE, LonLat, distance_m, length_m
from planner.streets.files import SCALE, WayKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.query.network import Network

CLEARANCE_M = 8.0
"""A coach stops this far from the junctions at both ends of an edge, where the edge is long enough."""


@dataclass(frozen=True)
class Kerb:
    """A place on an edge where a coach stops, in one direction or in either.

    `along_m` is measured from the edge's u end; `vertex` counts the shape's
    positions before `at`.
    """

    edge: int
    along_m: float
    length_m: float
    vertex: int
    at: LonLat
    is_forward: bool
    is_backward: bool

    @property
    def directed(self) -> tuple[int, ...]:
        """The directed edges a coach may stand on here."""
        both = ((2 * self.edge, self.is_forward), (2 * self.edge + 1, self.is_backward))
        return tuple(edge for edge, is_usable in both if is_usable)

    def share(self, directed: int) -> float:
        """How much of a directed edge is driven when the coach stands here, 0 to 1."""
        return (self.length_m - self.along_m if directed & 1 else self.along_m) / self.length_m


def kerbs_near(
    network: Network, usable: NDArray[np.bool_], asked: LonLat, reach_m: float, most: int | None = None
) -> list[Kerb]:
    """Return the kerbs within a straight distance in metres, the nearest first, so many at most.

    One for each edge that is `usable` (by directed edge) in some direction.
    """
    edges = _edges_near(network, asked, reach_m)
    edges = edges[usable[2 * edges] | usable[2 * edges + 1]]
    edges = edges[(network.kind[edges] != WayKind.BARRIER) & (network.length[edges] > 0)]
    if len(edges) == 0:
        return []
    off, segment, fraction = _nearest(network, asked, edges)
    order = np.argsort(off, kind="stable")
    return [
        _kerb(network, usable, int(edges[n]), int(segment[n]), float(fraction[n]))
        for n in order[: int((off <= reach_m).sum())][:most]
    ]


def _edges_near(network: Network, asked: LonLat, reach_m: float) -> NDArray[np.int64]:
    """The edges that pass the grid's cells within reach."""
    west, south, width, height, columns, rows = (int(value) for value in network.grid_frame)
    high = reach_m / METRES_PER_DEGREE * SCALE
    wide = high / cos(radians(asked[1]))
    x, y = asked[0] * SCALE - west, asked[1] * SCALE - south
    cells = [
        row * columns + column
        for row in range(max(0, int((y - high) // height)), min(rows, int((y + high) // height) + 1))
        for column in range(max(0, int((x - wide) // width)), min(columns, int((x + wide) // width) + 1))
    ]
    parts = [network.grid_items[network.grid_starts[cell] : network.grid_starts[cell + 1]] for cell in cells]
    return np.unique(np.concatenate(parts)).astype(np.int64) if parts else np.empty(0, np.int64)


def _nearest(
    network: Network, asked: LonLat, edges: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """By edge: metres off, the nearest segment of its shape and the fraction of that segment."""
    counts = (network.offsets[edges + 1] - network.offsets[edges] - 1).astype(np.int64)
    row_starts = np.cumsum(counts) - counts
    inner = np.arange(counts.sum()) - np.repeat(row_starts, counts)
    first = np.repeat(network.offsets[edges], counts) + inner
    scale = METRES_PER_DEGREE / SCALE
    factors = np.array([scale * cos(radians(asked[1])), scale])
    origin = np.array(asked) * SCALE
    a = (network.vertices[first] - origin) * factors
    step = (network.vertices[first + 1] - origin) * factors - a
    squares = np.maximum((step**2).sum(axis=1), 1e-12)
    fraction = np.clip(-(a * step).sum(axis=1) / squares, 0.0, 1.0)
    gap = a + step * fraction[:, None]
    off = np.hypot(gap[:, 0], gap[:, 1])
    by_row = np.lexsort((off, np.repeat(np.arange(len(edges)), counts)))
    best = by_row[row_starts]
    return off[best], inner[best], fraction[best]


def _kerb(network: Network, usable: NDArray[np.bool_], edge: int, segment: int, fraction: float) -> Kerb:
    shape = network.shape(edge)
    a, b = shape[segment], shape[segment + 1]
    total = float(network.length[edge])
    along = length_m(shape[: segment + 1]) + fraction * distance_m(a, b)
    clear = min(CLEARANCE_M, total / 2)
    along = min(max(along, clear), total - clear)
    vertex, at = _place(shape, along)
    forward, backward = (bool(usable[2 * edge + back]) for back in (0, 1))
    return Kerb(edge, along, total, vertex, at, forward, backward)


def _place(shape: list[LonLat], along_m: float) -> tuple[int, LonLat]:
    """The position so many metres along a shape, and how many of its positions lie before."""
    rest = along_m
    for number in range(1, len(shape)):
        (lon_a, lat_a), (lon_b, lat_b) = shape[number - 1], shape[number]
        size = distance_m(shape[number - 1], shape[number])
        if rest <= size or number == len(shape) - 1:
            part = min(rest / size, 1.0) if size > 0 else 0.0
            return number, (
                round(lon_a + (lon_b - lon_a) * part, 7),
                round(lat_a + (lat_b - lat_a) * part, 7),
            )
        rest -= size
    raise AssertionError  # an edge has two positions or more
