"""The ends of ways as arrays: where on their edges they lie and what it costs to leave and to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap
    from planner.streets.query.walk.costs import SearchGraph

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class SnappedEnds:
    """Snapped places. `share` is the part of the edge that lies before the place, seen from u.

    `ahead` and `back` are what the whole edge costs from u to v and from v to u,
    `part` the number of the piece of the network it belongs to, `at` (n, 2) in degrees.
    """

    edge: Ints
    u: Ints
    v: Ints
    share: Floats
    ahead: Floats
    back: Floats
    part: Ints
    at: Floats

    @property
    def to_u(self) -> Floats:
        """What it costs to leave over u."""
        return _part_of(self.back, self.share)

    @property
    def to_v(self) -> Floats:
        """What it costs to leave over v."""
        return _part_of(self.ahead, 1.0 - self.share)

    @property
    def from_u(self) -> Floats:
        """What it costs to come from u."""
        return _part_of(self.ahead, self.share)

    @property
    def from_v(self) -> Floats:
        """What it costs to come from v."""
        return _part_of(self.back, 1.0 - self.share)

    def direct(self, others: SnappedEnds) -> Floats:
        """What it costs to go on one and the same edge, inf where there are two."""
        apart = others.share[None, :] - self.share[:, None]
        cost = np.where(apart >= 0, self.ahead[:, None], self.back[:, None])
        on_one = self.edge[:, None] == others.edge[None, :]
        return np.where(on_one, _part_of(cost, np.abs(apart)), np.inf)

    def leaving(self, place: Ints, node: Ints) -> Ints:
        """Return the directed edges on which places are left when the first nodes come to are these."""
        forward = (self.v[place] == node) & ((self.u[place] != node) | (self.to_v[place] <= self.to_u[place]))
        return np.asarray(2 * self.edge[place] + ~forward)


def ends_of(network: Network, graph: SearchGraph, places: Sequence[Snap]) -> SnappedEnds:
    """Return places as arrays."""
    edge = np.array([place.edge for place in places], np.int64)
    u = network.u[edge].astype(np.int64)
    return SnappedEnds(
        edge=edge,
        u=u,
        v=network.v[edge].astype(np.int64),
        share=np.array([place.share for place in places]),
        ahead=graph.costs[2 * edge],
        back=graph.costs[2 * edge + 1],
        part=graph.ways.part[u].astype(np.int64),
        at=np.array([place.at for place in places]),
    )


def _part_of(cost: Floats, share: Floats) -> Floats:
    """A part of a cost; a closed edge has no open parts, but who is at its end need not enter it."""
    is_open = np.isfinite(cost)
    return np.where(is_open | (share == 0), np.where(is_open, cost, 0.0) * share, np.inf)
