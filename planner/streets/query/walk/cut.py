"""A search looks at a box around the asked places, and proves that nothing beyond it matters.

No edge costs less than its metres at the pace, but for ferries, whose metres beyond that are added to what is
looked for. So a way from a to b that leaves
the box costs at least the straight line from a over the box's side to b, which
is that from a to b's image behind the side. A way found inside that costs no
more is the cheapest of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.files import SCALE

if TYPE_CHECKING:
    from planner.streets.query.network import Network
    from planner.streets.query.walk.costs import SearchGraph, WalkLinks

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SAFE = 0.998
"""Straight metres are measured on a plane that makes them shorter than they are, never longer."""

WHOLE_SHARE = 0.5
"""A box that holds so much of the network is made the whole of it: looking twice would cost more."""

EDGE_M = 1.0
"""The box is made this much wider than it must be, for positions are rounded."""


@dataclass(frozen=True)
class SearchBox:
    """A rectangle in whole 1e-7 degrees, west, south, east, north; None is the whole network."""

    sides: tuple[float, float, float, float] | None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.sides is None

    def holds(self, nodes: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Tell which nodes lie inside."""
        if self.sides is None:
            return np.ones(len(nodes), bool)
        west, south, east, north = self.sides
        x, y = nodes[:, 0], nodes[:, 1]
        return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))


def box_around(network: Network, origins: Floats, destinations: Floats, metres: Floats) -> SearchBox:
    """Return the box that no way of so many metres from row to column can leave and come back.

    Positions are (n, 2) in degrees; `metres` holds a number for each pair.
    """
    west, south, east, north = network.meta.bounds
    scale = SAFE * METRES_PER_DEGREE * np.array([min(cos(radians(south)), cos(radians(north))), 1.0])
    a, b = origins * scale, destinations * scale
    sides = []
    for axis, across in ((0, 1), (1, 0)):
        apart = a[:, None, across] - b[None, :, across]
        depth = np.sqrt(np.maximum(metres**2 - apart**2, 0.0))
        both = a[:, None, axis] + b[None, :, axis]
        low, high = (both - depth).min() / 2 - EDGE_M, (both + depth).max() / 2 + EDGE_M
        sides.append((low / scale[axis], high / scale[axis]))
    (x_0, x_1), (y_0, y_1) = sides
    shown = (min(x_1, east) - max(x_0, west)) * (min(y_1, north) - max(y_0, south))
    if shown >= WHOLE_SHARE * (east - west) * (north - south):
        return SearchBox(None)
    return SearchBox((x_0 * SCALE, y_0 * SCALE, x_1 * SCALE, y_1 * SCALE))


@dataclass(frozen=True)
class GraphCut:
    """A piece of a search graph with nodes of its own: number i stands for node nodes[i].

    From i, starts[i]:starts[i + 1] lead to `targets` along `link`. `number` is -1
    for nodes that were left out.
    """

    nodes: Ints
    number: NDArray[np.int32]
    starts: Ints
    targets: NDArray[np.int32]
    link: NDArray[np.int32]
    costs: Floats

    @property
    def size(self) -> int:
        """How many nodes it has."""
        return len(self.starts) - 1

    def links(self, tails: Ints, heads: Ints) -> Ints:
        """Return the cheapest link between nodes that are joined, pair by pair; of equals the first."""
        keys = np.repeat(np.arange(self.size), np.diff(self.starts)) * self.size + self.targets
        wanted = tails * self.size + heads
        best = np.searchsorted(keys, wanted)
        place, ahead = np.arange(len(best)), best + 1
        while len(place):  # where ways run side by side
            more = keys[np.minimum(ahead, len(keys) - 1)] == wanted[place]
            more &= ahead < len(keys)
            place, ahead = place[more], ahead[more]
            better = self.costs[ahead] < self.costs[best[place]]
            best[place[better]] = ahead[better]
            ahead = ahead + 1
        return self.link[best].astype(np.int64)


def cut_out(graph: SearchGraph, keep: NDArray[np.bool_], *, with_shortcuts: bool) -> GraphCut:
    """Return the piece of a graph between the nodes to keep, its shortcuts left out or not."""
    ways: WalkLinks = graph.ways
    kept = np.flatnonzero(keep)
    number = np.full(len(keep), -1, np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    first = ways.starts[kept]
    counts = ways.starts[kept + 1] - first
    ends = np.cumsum(counts)
    entries = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - ends + counts, counts)
    targets, link = number[ways.targets[entries]], ways.link[entries]
    stays = targets >= 0
    if not with_shortcuts:
        stays &= link < ways.first_shortcut
    link = link[stays]
    starts = np.concatenate(([0], np.cumsum(stays)))[np.concatenate(([0], ends))]
    return GraphCut(kept, number, starts, targets[stays], link, graph.costs[link])
