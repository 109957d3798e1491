"""Walks to, from and between stops over the street network.

One Dijkstra search of scipy from both ends of a place's edge, no farther than
the limit, reaches all stops near it; where the stops lie on their edges is
worked out once. A walk is the cheapest one by the profile's cost, as a walking
leg is; its time is what the clock shows along it. The limit counts that cost at
the pace: steps or a bad surface make a walk longer than its metres.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.query.walks.access import Footpaths, StopReach
from planner.buses.query.walks.search import COUNTED, LEAST_S, Floats, Ints, Spots, WalkGraph, least, part_of
from planner.domain.geo import distance_m
from planner.domain.schedule.walking import ROUNDING_S
from planner.memory import Memory
from planner.streets.query.walk.find import Walk, Walker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat
    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap

FIRST_DETOUR = 1.5
FIRST_EXTRA_M = 250.0
"""A walk all the way is first looked for this much farther than the straight line."""

AT_ONCE = 32
"""How many stops are searched from at once."""

REMEMBERED_SNAPS = 4096


class StreetStopWalks:
    """Walks of a group at one pace over one network; the stops are positions in degrees."""

    def __init__(
        self, network: Network, stops: Sequence[LonLat], pace_kmh: float, *, step_free: bool = False
    ) -> None:
        self._network = network
        self._stops = stops
        self._pace = pace_kmh / 3.6
        self._step_free = step_free
        self._memory = Memory()
        self._snaps: dict[LonLat, Snap | None] = {}
        self._last: tuple[LonLat, float, Floats] | None = None
        self._walker = Walker(network, step_free=step_free, pace_kmh=pace_kmh, stops=frozenset(stops))

    def from_place(self, at: LonLat, limit_m: float) -> StopReach:
        """Return the stops that can be walked to."""
        return self._near(at, limit_m, back=False)

    def to_place(self, at: LonLat, limit_m: float) -> StopReach:
        """Return the stops from which a place can be walked to."""
        return self._near(at, limit_m, back=True)

    def between(self, limit_m: float) -> Footpaths:
        """Return the walks between stops; worked out once for a limit."""
        return self._memory.get("between", limit_m, lambda: self._between(limit_m))

    def _between(self, limit_m: float) -> Footpaths:
        rows = [row for first in range(0, len(self._stops), AT_ONCE) for row in self._from(first, limit_m)]
        return Footpaths(
            np.concatenate(([0], np.cumsum([len(row.stops) for row in rows]))).astype(np.int64),
            np.concatenate([row.stops for row in rows] or [np.zeros(0, np.int64)]),
            np.concatenate([row.seconds for row in rows] or [np.zeros(0, np.int64)]),
            np.concatenate([row.metres for row in rows] or [np.zeros(0)]),
        )

    def direct(self, origin: LonLat, destination: LonLat) -> tuple[int, float] | None:
        """Return seconds and metres of a walk of any length, None where there is no way."""
        if origin == destination:
            return 0, 0.0
        place, target = self._spots([origin], back=False), self._spots([destination], back=True)
        if place is None or target is None:
            return None
        near_s = (FIRST_DETOUR * distance_m(origin, destination) + FIRST_EXTRA_M) / self._pace
        for limit_s in (near_s, np.inf):
            nodes = self._searched(origin, place, limit_s)
            cost, clock, metres = self._ended(nodes, place, target, back=False)[:, 0, 0].tolist()
            if cost <= limit_s and cost < np.inf:
                return int(_whole(clock)), metres
        return None

    def table(self, points: Sequence[LonLat]) -> list[list[int | None]]:
        """Return seconds of walks of any length from each place to each, None where there is no way."""
        places, targets = self._spots(points, back=False), self._spots(points, back=True)
        if places is None or targets is None:
            return [[None] * len(points) for _ in points]
        cost, clock, _ = self._sums(places, targets, np.inf, back=False)
        return [
            [
                0 if here == there else int(_whole(clock[a, b])) if np.isfinite(cost[a, b]) else None
                for b, there in enumerate(points)
            ]
            for a, here in enumerate(points)
        ]

    def walk(self, origin: LonLat, destination: LonLat) -> Walk | None:
        """Return a walk with its shape and directions."""
        return self._walker.walk(origin, destination)

    def _near(self, at: LonLat, limit_m: float, *, back: bool) -> StopReach:
        limit_s = limit_m / self._pace
        place = self._spots([at], back=back)
        stops = self._stops_from if back else self._stops_to
        if place is None or stops is None:
            return _reach(np.full((COUNTED, 0), np.inf), 0.0)
        if back:
            sums = self._sums(place, stops, limit_s, back=True)[:, 0]
        else:
            sums = self._ended(self._searched(at, place, limit_s), place, stops, back=False)[:, 0]
        sums[:, self._numbers.get(at, [])] = 0.0  # who stands at a stop does not go to the street and back
        return _reach(sums, limit_s)

    def _from(self, first: int, limit_m: float) -> list[StopReach]:
        """What some stops reach, from the first of them on; each one reaches what is where it is."""
        numbers = range(first, min(first + AT_ONCE, len(self._stops)))
        limit_s = limit_m / self._pace
        sums = np.full((COUNTED, len(numbers), len(self._stops)), np.inf)
        if self._stops_from is not None and self._stops_to is not None:
            some = self._stops_from.some(slice(numbers.start, numbers.stop))
            sums = self._sums(some, self._stops_to, limit_s, back=False)
        for row, number in enumerate(numbers):
            sums[:, row, self._numbers[self._stops[number]]] = 0.0
        return [_reach(sums[:, row], limit_s) for row in range(len(numbers))]

    @cached_property
    def _numbers(self) -> dict[LonLat, list[int]]:
        """The stops at each position: platforms may share one."""
        numbers: dict[LonLat, list[int]] = {}
        for number, at in enumerate(self._stops):
            numbers.setdefault(at, []).append(number)
        return numbers

    @cached_property
    def _stops_to(self) -> Spots | None:
        return self._spots(self._stops, back=True)

    @cached_property
    def _stops_from(self) -> Spots | None:
        return self._spots(self._stops, back=False)

    @cached_property
    def _values(self) -> Floats:
        """(COUNTED, directed edges) cost, clock and metres."""
        network, pace = self._network, self._pace
        cost_m = network.free_m if self._step_free else network.walk_cost_m
        cost_s = network.free_s if self._step_free else network.walk_s
        clock = network.clock_m / pace + network.clock_s
        return np.array([cost_m / pace + cost_s, clock, np.repeat(network.length, 2)])

    @cached_property
    def _ahead(self) -> WalkGraph:
        return WalkGraph.made(self._network, self._values, back=False)

    @cached_property
    def _against(self) -> WalkGraph:
        return WalkGraph.made(self._network, self._values, back=True)

    def _spots(self, places: Sequence[LonLat], *, back: bool) -> Spots | None:
        """Snap places; `back` tells that the way leads to them. None where no edge may be used at all."""
        snaps = [snap for at in places if (snap := self.snap(at)) is not None]
        if not snaps or len(snaps) < len(places):
            return None
        edge = np.array([snap.edge for snap in snaps], np.int64)
        share = np.array([snap.along_m / max(snap.length_m, LEAST_S) for snap in snaps])
        values = self._values
        ahead, against = values[:, 2 * edge], values[:, 2 * edge + 1]
        first, last = (ahead, against) if back else (against, ahead)
        return Spots(
            edge=edge,
            u=self._network.u[edge].astype(np.int64),
            v=self._network.v[edge].astype(np.int64),
            share=share,
            off_m=np.array([snap.off_m for snap in snaps]),
            over_u=part_of(first, share),
            over_v=part_of(last, 1.0 - share),
        )

    def snap(self, at: LonLat) -> Snap | None:
        """Return where a position meets the streets."""
        known = self._snaps
        if at in known:
            return known[at]
        if len(known) >= REMEMBERED_SNAPS:
            known = self._snaps = {}  # others may still be reading the old one
        snap = known[at] = self._walker.snap(at)
        return snap

    def _searched(self, at: LonLat, place: Spots, limit_s: float) -> Floats:
        """What lies between a place and the nodes; the search from the last place is remembered."""
        last = self._last
        if last is None or last[0] != at or last[1] < limit_s:
            self._last = last = (at, limit_s, self._ahead.search(place, limit_s))
        return last[2]

    def _sums(self, places: Spots, others: Spots, limit_s: float, *, back: bool) -> Floats:
        """Return (COUNTED, places, others): what the walks from places to others, or back, amount to."""
        nodes = (self._against if back else self._ahead).search(places, limit_s)
        return self._ended(nodes, places, others, back=back)

    def _ended(self, nodes: Floats, places: Spots, others: Spots, *, back: bool) -> Floats:
        """Come from the nodes to the other places."""
        options = np.stack(
            (
                nodes[:, :, others.u] + others.over_u[:, None],
                nodes[:, :, others.v] + others.over_v[:, None],
                self._on_one_edge(places, others, back=back),
            )
        )
        off_m = places.off_m[:, None] + others.off_m
        return least(options) + np.stack((off_m / self._pace, off_m / self._pace, off_m))

    def _on_one_edge(self, places: Spots, others: Spots, *, back: bool) -> Floats:
        apart = others.share - places.share[:, None]
        forward = (apart < 0) if back else (apart > 0)
        edge = 2 * places.edge[:, None] + ~forward
        values = np.where(apart == 0, 0.0, part_of(self._values[:, edge], np.abs(apart)))
        return np.where(places.edge[:, None] == others.edge, values, np.inf)


def _whole(seconds: Floats) -> Ints:
    """Whole seconds, as those of a walking leg."""
    return np.ceil(np.asarray(seconds) - ROUNDING_S).astype(np.int64)


def _reach(sums: Floats, limit_s: float) -> StopReach:
    stops = np.flatnonzero(sums[0] <= limit_s)
    return StopReach(stops, _whole(sums[1, stops]), sums[2, stops])
