"""An independent search for journeys: a feed read by csv, walks and a time-expanded graph in networkx.

It shares with the program only where a position is put onto the streets, and the rules.
"""

from __future__ import annotations

import csv
import io
import math
import zipfile
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import networkx as nx

from planner.buses.query.access import RideRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap

HORIZON_S = 86_400
REMEMBERED_DAYS = 2
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Called(NamedTuple):
    """A trip's call: seconds of the service day."""

    stop: str
    arrive: int
    depart: int
    may_board: bool
    may_alight: bool


class Running(NamedTuple):
    """A trip on a service day that begins at an instant."""

    trip: str
    base: int
    calls: tuple[Called, ...]


class Feed:
    """A GTFS feed, of which only some stops count."""

    def __init__(self, file: Path, stops: set[str] | None = None) -> None:
        with zipfile.ZipFile(file) as packed:
            self._tables = {
                name.removesuffix(".txt"): list(
                    csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig")))
                )
                for name in packed.namelist()
            }
        self.zone = ZoneInfo(self._tables["agency"][0]["agency_timezone"])
        self.stops = {
            row["stop_id"]: (round(float(row["stop_lon"]), 7), round(float(row["stop_lat"]), 7))
            for row in self._tables["stops"]
            if stops is None or row["stop_id"] in stops
        }
        self.trips = {row["trip_id"]: row for row in self._tables["trips"]}

    @cached_property
    def calls(self) -> dict[str, tuple[Called, ...]]:
        """Calls by trip at the stops that count."""
        rows = defaultdict(list)
        for row in self._tables["stop_times"]:
            if row["stop_id"] in self.stops:
                rows[row["trip_id"]].append((int(row["stop_sequence"]), self._called(row)))
        return {trip: tuple(call for _, call in sorted(calls)) for trip, calls in rows.items()}

    @staticmethod
    def _called(row: Mapping[str, str]) -> Called:
        return Called(
            row["stop_id"],
            seconds(row["arrival_time"]),
            seconds(row["departure_time"]),
            (row.get("pickup_type") or "0") != "1",
            (row.get("drop_off_type") or "0") != "1",
        )

    def services(self, day: date) -> set[str]:
        """The services that run on a date."""
        text = day.strftime("%Y%m%d")
        running = {
            row["service_id"]
            for row in self._tables.get("calendar", [])
            if row["start_date"] <= text <= row["end_date"] and row[WEEKDAYS[day.weekday()]] == "1"
        }
        for row in self._tables.get("calendar_dates", []):
            if row["date"] == text:
                (running.add if row["exception_type"] == "1" else running.discard)(row["service_id"])
        return running

    def base(self, day: date) -> int:
        """The instant 12 hours before noon."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=self.zone)
        return int(noon.timestamp()) - 12 * 3600

    def running(self, day: date) -> Iterator[Running]:
        """The trips of a service date."""
        services = self.services(day)
        for trip, row in self.trips.items():
            if row["service_id"] in services and trip in self.calls:
                yield Running(trip, self.base(day), self.calls[trip])

    def around(self, day: date) -> list[Running]:
        """The trips of a date, of the next one, and of the one before where they pass midnight."""
        trips = [one for more in (-1, 0, 1) for one in self.running(day + timedelta(days=more))]
        return [one for one in trips if one.base + one.calls[-1].arrive >= self.base(day) - 3600]


def seconds(text: str) -> int:
    hours, minutes, rest = text.strip().split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


Edge = tuple[Any, Any]
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
            (network.free_m, network.free_s) if rules.step_free else (network.walk_m, network.walk_s)
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
        self.between = {stop: {stop: 0} for stop in stops}
        for stop, spot in self._spots.items():
            self.between[stop] = self._near(spot, back=False) | {stop: 0}

    def out(self, place: LonLat) -> Near:
        """The stops that can be walked to."""
        return self._near(self._placed(place), back=False)

    def into(self, place: LonLat) -> Near:
        """The stops from which a place can be walked to."""
        return self._near(self._placed(place), back=True)

    def direct(self, origin: LonLat, destination: LonLat) -> int | None:
        """Seconds of the walk all the way."""
        if origin == destination:
            return 0
        source = self._placed(origin)
        reach = self._reach(source, None, back=False)
        found = self._to(source, self._placed(destination), reach, back=False)
        return None if math.isinf(found.cost) else math.ceil(found.clock - 1e-9)

    def _near(self, source: Snap, *, back: bool) -> Near:
        reach = self._reach(source, self._limit, back=back)
        found = {stop: self._to(source, spot, reach, back=back) for stop, spot in self._spots.items()}
        return {
            stop: math.ceil(told.clock - 1e-9) for stop, told in found.items() if told.cost <= self._limit
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


class DayGraph:
    """All that happens on the dates around one: on board from stop to stop, off, on foot, on again.

    Nodes are ("at", stop, time) of a departure, ("on", trip, call) and ("off", trip, call, stop, time).
    The weight of an edge is the ride that it begins.
    """

    def __init__(self, feed: Feed, walking: Walking, day: date, gap: int) -> None:
        self.graph: nx.DiGraph[Any] = nx.DiGraph()
        for number, one in enumerate(feed.around(day)):
            self._add_trip(number, one)
        departures: dict[str, list[int]] = defaultdict(list)
        for node in self.graph:
            if node[0] == "at":
                departures[node[1]].append(node[2])
        self.timeline = {stop: sorted(times) for stop, times in departures.items()}
        for stop, times in self.timeline.items():
            self._add(((("at", stop, before), ("at", stop, after)) for before, after in pairwise(times)), 0)
        offs = [node for node in self.graph if node[0] == "off"]
        self._add((edge for off in offs for edge in self._changes(off, walking.between[off[3]], gap)), 0)

    def _add(self, edges: Iterable[Edge], rides: int) -> None:
        self.graph.add_edges_from(edges, rides=rides)

    def _add_trip(self, number: int, one: Running) -> None:
        calls = [
            (at, call, one.base + call.arrive, one.base + call.depart) for at, call in enumerate(one.calls)
        ]
        self._add(((("at", c.stop, go), ("on", number, at)) for at, c, _, go in calls[:-1] if c.may_board), 1)
        self._add(((("on", number, at), ("on", number, at + 1)) for at, *_ in calls[:-1]), 0)
        offs = [(at, ("off", number, at, c.stop, come)) for at, c, come, _ in calls[1:] if c.may_alight]
        self._add(((("on", number, at - 1), off) for at, off in offs), 0)

    def _changes(self, off: Any, near: Near, gap: int) -> Iterator[Edge]:
        return self.caught(off, {stop: off[4] + on_foot + gap for stop, on_foot in near.items()})

    def caught(self, node: Any, ready: Mapping[str, int]) -> Iterator[Edge]:
        """From a node to the first departure at each stop from when one is ready there."""
        for stop, time in ready.items():
            times = self.timeline.get(stop, [])
            first = bisect_left(times, time)
            if first < len(times):
                yield node, ("at", stop, times[first])


@dataclass
class BruteForce:
    """The earliest arrival over all journeys of at most so many rides."""

    feed: Feed
    walking: Walking
    rules: RideRules
    _of_days: dict[date, DayGraph] = field(default_factory=dict)

    def earliest(self, origin: LonLat, destination: LonLat, at: int, claimed: int | None) -> int | None:
        """The earliest arrival, None where there is no way within a day.

        Nothing after `claimed` is looked at: a claim that is too late is beaten all
        the same, and one that is too early is not met.
        """
        direct = self.walking.direct(origin, destination)
        until = at + (HORIZON_S if direct is None else direct)
        until = until if claimed is None else min(until, claimed)
        day = self._graph(at)
        near = self.walking.out(origin)
        ready = {stop: at + on_foot + self.rules.early_s for stop, on_foot in near.items()}
        day.graph.add_edges_from(day.caught("start", ready), rides=0)
        day.graph.add_node("start")

        def in_time(_: Any, node: Any, edge: Mapping[str, int]) -> int | None:
            return None if node[0] != "on" and node[-1] > until else edge["rides"]

        reached = nx.single_source_dijkstra_path_length(
            day.graph, "start", cutoff=self.rules.max_rides, weight=in_time
        )
        day.graph.remove_node("start")
        into = self.walking.into(destination)
        best = [node[4] + into[node[3]] for node in reached if node[0] == "off" and node[3] in into]
        best += [] if direct is None else [at + direct]
        return min((time for time in best if time <= until), default=None)

    def _graph(self, at: int) -> DayGraph:
        day = datetime.fromtimestamp(at, tz=self.feed.zone).date()
        if day not in self._of_days:
            while len(self._of_days) >= REMEMBERED_DAYS:
                del self._of_days[next(iter(self._of_days))]
            gap = self.rules.transfer_s + self.rules.early_s
            self._of_days[day] = DayGraph(self.feed, self.walking, day, gap)
        return self._of_days[day]
