"""An independent search for walks to, from and between stops, by networkx over the raw arrays of a network.

It shares with the program only where a position is put onto the streets.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.buses.query.walks.access import RideRules
    from planner.domain.geo import LonLat
    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap

Near = dict[str, int]
"""Seconds on foot by stop."""


class Told(NamedTuple):
    """What a walk amounts to: seconds of cost, by which the way is chosen, and by the clock."""

    cost: float
    clock: float

    def part(self, share: float) -> Told:
        """A part of an edge; a closed edge has no open parts."""
        return Told(self.cost * share, self.clock * share) if math.isfinite(self.cost) else NO_WAY

    def plus(self, other: Told) -> Told:
        """Go on along another."""
        return Told(self.cost + other.cost, self.clock + other.clock)


NO_WAY = Told(math.inf, math.inf)


class Walking:
    """Walks over the raw arrays of a network: the cheapest by cost, their time by the clock.

    `placed` puts a position onto an edge. Edge e is gone along as 2e and back as 2e + 1.
    """

    def __init__(self, network: Network, stops: Mapping[str, LonLat], rules: RideRules, placed: Any) -> None:
        self._placed = placed
        self._pace = rules.pace_kmh / 3.6
        self._limit = rules.max_walk_m / self._pace
        metres, extra = (
            (network.free_m, network.free_s) if rules.step_free else (network.walk_cost_m, network.walk_s)
        )
        self._edges = [
            Told(cost_m / self._pace + cost_s, clock_m / self._pace + clock_s)
            for cost_m, cost_s, clock_m, clock_s in zip(
                metres.tolist(),
                extra.tolist(),
                network.clock_m.tolist(),
                network.clock_s.tolist(),
                strict=True,
            )
        ]
        self._ends = list(zip(network.u.tolist(), network.v.tolist(), strict=True))
        self._ahead: nx.DiGraph[Any] = nx.DiGraph()
        for edge, (u, v) in enumerate(self._ends):
            _join(self._ahead, u, v, self._edges[2 * edge])
            _join(self._ahead, v, u, self._edges[2 * edge + 1])
        self._against = self._ahead.reverse()
        spots = {stop: placed(at) for stop, at in stops.items()}
        self._spots = {stop: at for stop, at in spots.items() if at.off_m / self._pace <= self._limit}
        self._stops = stops
        self.between = {stop: self._here(at) for stop, at in stops.items()}
        for stop, spot in self._spots.items():
            self.between[stop] = self._near(spot, back=False) | self.between[stop]

    def out(self, place: LonLat) -> Near:
        """The stops that can be walked to."""
        return self._near(self._placed(place), back=False) | self._here(place)

    def into(self, place: LonLat) -> Near:
        """The stops from which a place can be walked to."""
        return self._near(self._placed(place), back=True) | self._here(place)

    def direct(self, origin: LonLat, destination: LonLat) -> int | None:
        """Seconds of the walk all the way."""
        if origin == destination:
            return 0
        source = self._placed(origin)
        reach = self._reach(source, None, back=False)
        found = self._to(source, self._placed(destination), reach, back=False)
        return None if math.isinf(found.cost) else math.ceil(found.clock - 1e-6)

    def _here(self, place: LonLat) -> Near:
        """Who stands at a stop is there, however far the streets are."""
        return {stop: 0 for stop, at in self._stops.items() if at == place}

    def _near(self, source: Snap, *, back: bool) -> Near:
        reach = self._reach(source, self._limit, back=back)
        found = {stop: self._to(source, spot, reach, back=back) for stop, spot in self._spots.items()}
        return {
            stop: math.ceil(told.clock - 1e-6) for stop, told in found.items() if told.cost <= self._limit
        }

    def _bits(self, spot: Snap, *, towards: bool) -> tuple[tuple[int, Told], ...]:
        """The ends of a spot's edge, and what lies between them and the spot, `towards` it or away."""
        (u, v), share = self._ends[spot.edge], spot.along_m / spot.length_m
        along, back = self._edges[2 * spot.edge : 2 * spot.edge + 2]
        over_u, over_v = (along, back) if towards else (back, along)
        return (u, over_u.part(share)), (v, over_v.part(1 - share))

    def _reach(self, source: Snap, limit: float | None, *, back: bool) -> dict[Any, Told]:
        """What lies between a spot and the nodes, on the way there or, with `back`, from there."""
        graph = self._against if back else self._ahead
        graph.add_node("start")
        for node, told in self._bits(source, towards=back):
            _join(graph, "start", node, told)
        before, costs = nx.dijkstra_predecessor_and_distance(graph, "start", cutoff=limit, weight="cost")
        clock = {"start": 0.0}
        for node in costs:  # nearest first
            if node != "start":
                clock[node] = clock[before[node][0]] + graph[before[node][0]][node]["clock"]
        graph.remove_node("start")
        return {node: Told(cost, clock[node]) for node, cost in costs.items()}

    def _to(self, source: Snap, target: Snap, reach: Mapping[Any, Told], *, back: bool) -> Told:
        options = [reach.get(node, NO_WAY).plus(told) for node, told in self._bits(target, towards=not back)]
        if source.edge == target.edge:
            apart = (target.along_m - source.along_m) / source.length_m * (-1 if back else 1)
            options.append(
                self._edges[2 * source.edge + (apart < 0)].part(abs(apart)) if apart else Told(0, 0)
            )
        straight = (source.off_m + target.off_m) / self._pace
        return min(options).plus(Told(straight, straight))


def _join(graph: nx.DiGraph[Any], a: Any, b: Any, told: Told) -> None:
    """Of several edges between two nodes the cheapest counts."""
    if told.cost < graph.get_edge_data(a, b, {"cost": math.inf})["cost"]:
        graph.add_edge(a, b, cost=told.cost, clock=told.clock)
