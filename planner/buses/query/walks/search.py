"""Shortest walks from some places to all nodes of a network, with what is added up along them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from planner.streets.query.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_S = 1e-9
"""The cost of an edge of no length: a sparse matrix takes a nought for no edge at all."""

COUNTED = 3
"""What is added up along a walk: seconds of cost, seconds by the clock, metres."""


@dataclass(frozen=True)
class Spots:
    """Snapped places as arrays; `share` is the part of the edge before the place, `off_s` and `off_m` the
    straight bit. `over_u` and `over_v` are (COUNTED, n): what lies between the edge's end and the place.
    """  # noqa: D205

    edge: Ints
    u: Ints
    v: Ints
    share: Floats
    off_m: Floats
    over_u: Floats
    over_v: Floats

    def some(self, rows: slice) -> Spots:
        """Return some of the places."""
        return Spots(
            self.edge[rows],
            self.u[rows],
            self.v[rows],
            self.share[rows],
            self.off_m[rows],
            self.over_u[:, rows],
            self.over_v[:, rows],
        )


@dataclass(frozen=True)
class WalkGraph:
    """The open directed edges as a matrix of costs, and what else is counted by entry."""

    matrix: csr_matrix
    keys: Ints
    counted: Floats

    @classmethod
    def made(cls, network: Network, values: Floats, *, back: bool) -> WalkGraph:
        """Lay out the edges, to be gone along or, with `back`, against."""
        tails = np.stack((network.u, network.v), axis=1).ravel().astype(np.int64)
        heads = np.stack((network.v, network.u), axis=1).ravel().astype(np.int64)
        if back:
            tails, heads = heads, tails
        size = len(network.nodes)
        entries = np.flatnonzero(np.isfinite(values[0]) & (tails != heads))
        keys = tails[entries] * size + heads[entries]
        order = np.lexsort((values[0, entries], keys))
        keys, firsts = np.unique(keys[order], return_index=True)
        entries = entries[order][firsts]  # of several edges between two nodes the cheapest
        counted = values[:, entries]
        starts = np.searchsorted(keys, np.arange(size + 1) * size)
        costs = np.maximum(counted[0], LEAST_S)
        return cls(csr_matrix((costs, keys % max(size, 1), starts), shape=(size, size)), keys, counted)

    def search(self, places: Spots, limit_s: float) -> Floats:
        """Return (COUNTED, places, nodes): what lies between them; inf where it is too far."""
        ends = np.concatenate((places.u, places.v))
        cost, before = dijkstra(self.matrix, indices=ends, limit=limit_s, return_predecessors=True)
        sums = self._followed(cost, before).reshape(COUNTED, 2, len(places.u), -1)
        sums[:, 0] += places.over_u[..., None]
        sums[:, 1] += places.over_v[..., None]
        return least(sums.swapaxes(0, 1))

    def _followed(self, cost: Floats, before: NDArray[np.int32]) -> Floats:
        """Add up what is counted along the ways found, row by row, in steps that double."""
        rows, size = cost.shape
        sums = np.full((COUNTED, rows * size), np.inf)
        sums[:, np.isfinite(cost).ravel()] = 0.0
        ahead = np.arange(rows * size)
        node = np.flatnonzero(before.ravel() >= 0)
        previous = before.ravel()[node].astype(np.int64)
        ahead[node] = node - node % size + previous
        sums[:, node] = self.counted[:, np.searchsorted(self.keys, previous * size + node % size)]
        while len(node):
            sums[:, node] += sums[:, ahead[node]]
            ahead[node] = ahead[ahead[node]]
            node = node[ahead[ahead[node]] != ahead[node]]
        return sums


def least(options: Floats) -> Floats:
    """Of (options, COUNTED, ...) the one of least cost."""
    best = options[:, 0].argmin(axis=0)
    return np.asarray(np.take_along_axis(options, best[None, None], axis=0)[0])


def part_of(values: Floats, share: Floats) -> Floats:
    """A part of an edge's values; a closed edge has no open parts."""
    is_open = np.isfinite(values[0])
    return np.where(is_open, np.where(np.isfinite(values), values, 0.0) * share, np.inf)
