"""Walks to, from and between stops over the street network.

One Dijkstra search of scipy from both ends of a place's edge, no farther than
the limit, reaches all stops near it; where the stops lie on their edges is
worked out once. A walk is the cheapest one by the profile's cost, as a walking
leg is; its time is what the clock shows along it. The limit counts that cost at
the pace: steps or a bad surface make a walk longer than its metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.buses.query.access import Footpaths, Reach
from planner.streets.query.snap import Snap, snap
from planner.streets.query.walk import Walk, Walker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat
    from planner.streets.query.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_S = 1e-9
"""The cost of an edge of no length: a sparse matrix takes a nought for no edge at all."""

COUNTED = 3
"""What is added up along a walk: seconds of cost, seconds by the clock, metres."""


@dataclass(frozen=True)
class _Spots:
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


class StreetStopWalks:
    """Walks of a group at one pace over one network; the stops are positions in degrees."""

    def __init__(
        self, network: Network, stops: Sequence[LonLat], pace_kmh: float, *, step_free: bool = False
    ) -> None:
        self._network = network
        self._stops = stops
        self._pace = pace_kmh / 3.6
        self._step_free = step_free
        self._footpaths: dict[float, Footpaths] = {}
        self._walker = Walker(network, step_free=step_free)

    def from_place(self, at: LonLat, limit_m: float) -> Reach:
        """Return the stops that can be walked to."""
        return self._near(at, limit_m, back=False)

    def to_place(self, at: LonLat, limit_m: float) -> Reach:
        """Return the stops from which a place can be walked to."""
        return self._near(at, limit_m, back=True)

    def between(self, limit_m: float) -> Footpaths:
        """Return the walks between stops; worked out once for a limit."""
        known = self._footpaths.get(limit_m)
        if known is None:
            rows = [self._from_stop(stop, limit_m) for stop in range(len(self._stops))]
            known = self._footpaths[limit_m] = Footpaths(
                np.concatenate(([0], np.cumsum([len(row.stops) for row in rows]))).astype(np.int64),
                np.concatenate([row.stops for row in rows] or [np.zeros(0, np.int64)]),
                np.concatenate([row.seconds for row in rows] or [np.zeros(0, np.int64)]),
                np.concatenate([row.metres for row in rows] or [np.zeros(0)]),
            )
        return known

    def direct(self, origin: LonLat, destination: LonLat) -> tuple[int, float] | None:
        """Return seconds and metres of a walk of any length, None where there is no way."""
        if origin == destination:
            return 0, 0.0
        place, target = self._spots([origin], back=False), self._spots([destination], back=True)
        if place is None or target is None:
            return None
        cost, clock, metres = self._sums(place, target, np.inf, back=False)[:, 0]
        return (int(_whole(clock)), float(metres)) if np.isfinite(cost) else None

    def walk(self, origin: LonLat, destination: LonLat) -> Walk | None:
        """Return a walk with its shape and directions."""
        return self._walker.walk(origin, destination)

    def _near(self, at: LonLat, limit_m: float, *, back: bool) -> Reach:
        place = self._spots([at], back=back)
        stops = self._stops_from if back else self._stops_to
        if place is None or stops is None:
            return _reach(np.full((COUNTED, len(self._stops)), np.inf), 0.0)
        return _reach(self._sums(place, stops, limit_m / self._pace, back=back), limit_m / self._pace)

    def _from_stop(self, stop: int, limit_m: float) -> Reach:
        leaving, coming = self._stops_from, self._stops_to
        if leaving is None or coming is None:
            sums = np.full((COUNTED, len(self._stops)), np.inf)
        else:
            sums = self._sums(_one(leaving, stop), coming, limit_m / self._pace, back=False)
        sums[:, stop] = 0.0
        return _reach(sums, limit_m / self._pace)

    @cached_property
    def _stops_to(self) -> _Spots | None:
        return self._spots(self._stops, back=True)

    @cached_property
    def _stops_from(self) -> _Spots | None:
        return self._spots(self._stops, back=False)

    @cached_property
    def _values(self) -> Floats:
        """(COUNTED, directed edges) cost, clock and metres."""
        network, pace = self._network, self._pace
        cost_m = network.free_m if self._step_free else network.walk_m
        cost_s = network.free_s if self._step_free else network.walk_s
        clock = network.clock_m / pace + network.clock_s
        return np.array([cost_m / pace + cost_s, clock, np.repeat(network.length, 2)])

    @cached_property
    def _ahead(self) -> _Graph:
        return _Graph.made(self._network, self._values, back=False)

    @cached_property
    def _against(self) -> _Graph:
        return _Graph.made(self._network, self._values, back=True)

    def _spots(self, places: Sequence[LonLat], *, back: bool) -> _Spots | None:
        """Snap places; `back` tells that the way leads to them. None where no edge may be used at all."""
        snaps = [found for at in places if (found := self._snap(at)) is not None]
        if not snaps or len(snaps) < len(places):
            return None
        edge = np.array([found.edge for found in snaps], np.int64)
        share = np.array([found.along_m / max(found.length_m, LEAST_S) for found in snaps])
        values = self._values
        ahead, against = values[:, 2 * edge], values[:, 2 * edge + 1]
        first, last = (ahead, against) if back else (against, ahead)
        return _Spots(
            edge=edge,
            u=self._network.u[edge].astype(np.int64),
            v=self._network.v[edge].astype(np.int64),
            share=share,
            off_m=np.array([found.off_m for found in snaps]),
            over_u=_part(first, share),
            over_v=_part(last, 1.0 - share),
        )

    def _snap(self, at: LonLat) -> Snap | None:
        return snap(self._network, at, step_free=self._step_free)

    def _sums(self, place: _Spots, others: _Spots, limit_s: float, *, back: bool) -> Floats:
        """Return (COUNTED, others): what the walks from one place to the others, or back, amount to."""
        nodes = (self._against if back else self._ahead).search(place, limit_s)
        options = np.stack(
            (
                nodes[:, others.u] + others.over_u,
                nodes[:, others.v] + others.over_v,
                self._on_one_edge(place, others, back=back),
            )
        )
        best = options[:, 0].argmin(axis=0)
        sums: Floats = options[best, :, np.arange(len(best))].T
        off_m = place.off_m[0] + others.off_m
        return np.asarray(sums + np.stack((off_m / self._pace, off_m / self._pace, off_m)))

    def _on_one_edge(self, place: _Spots, others: _Spots, *, back: bool) -> Floats:
        edge = int(place.edge[0])
        apart = others.share - place.share[0]
        forward = (apart < 0) if back else (apart > 0)
        values = np.where(forward, self._values[:, [2 * edge]], self._values[:, [2 * edge + 1]])
        values = _part(values, np.abs(apart))
        values[:, apart == 0] = 0.0
        return np.where(others.edge == edge, values, np.inf)


@dataclass(frozen=True)
class _Graph:
    """The open directed edges as a matrix of costs, and what else is counted by entry."""

    matrix: csr_matrix
    keys: Ints
    counted: Floats

    @classmethod
    def made(cls, network: Network, values: Floats, *, back: bool) -> _Graph:
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

    def search(self, place: _Spots, limit_s: float) -> Floats:
        """Return (COUNTED, nodes): what lies between a place and each node; inf where it is too far."""
        ends = np.array([place.u[0], place.v[0]])
        cost, before = dijkstra(self.matrix, indices=ends, limit=limit_s, return_predecessors=True)
        sums = np.stack([self._followed(cost[row], before[row]) for row in range(2)])
        sums[0] += place.over_u
        sums[1] += place.over_v
        best = sums[:, 0].argmin(axis=0)
        return np.asarray(sums[best, :, np.arange(sums.shape[2])].T)

    def _followed(self, cost: Floats, before: NDArray[np.int32]) -> Floats:
        """Add up what is counted along the ways found, in steps that double."""
        size = len(cost)
        sums = np.full((COUNTED, size), np.inf)
        sums[:, np.isfinite(cost)] = 0.0
        node = np.flatnonzero(before >= 0)
        ahead = np.arange(size)
        ahead[node] = before[node]
        entry = np.searchsorted(self.keys, ahead[node] * size + node)
        sums[:, node] = self.counted[:, entry]
        while len(node):
            sums[:, node] += sums[:, ahead[node]]
            ahead[node] = ahead[ahead[node]]
            node = node[ahead[ahead[node]] != ahead[node]]
        return sums


def _one(spots: _Spots, number: int) -> _Spots:
    """One of several places."""
    row = slice(number, number + 1)
    return _Spots(
        spots.edge[row],
        spots.u[row],
        spots.v[row],
        spots.share[row],
        spots.off_m[row],
        spots.over_u[:, row],
        spots.over_v[:, row],
    )


def _part(values: Floats, share: Floats) -> Floats:
    """A part of an edge's values; a closed edge has no open parts."""
    is_open = np.isfinite(values[0])
    return np.where(is_open, np.where(np.isfinite(values), values, 0.0) * share, np.inf)


def _whole(seconds: Floats) -> Ints:
    return np.ceil(np.asarray(seconds) - LEAST_S).astype(np.int64)


def _reach(sums: Floats, limit_s: float) -> Reach:
    stops = np.flatnonzero(sums[0] <= limit_s)
    return Reach(stops, _whole(sums[1, stops]), sums[2, stops])
