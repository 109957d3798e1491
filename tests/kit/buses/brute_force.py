"""An independent search for journeys: a feed read by csv, walks and a time-expanded graph in networkx.

It shares with the program only where a position is put onto the streets, and the rules.
"""

from __future__ import annotations

import csv
import gc
import io
import zipfile
from bisect import bisect_left
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import networkx as nx

from planner.buses.query.walks.access import RideRules
from tests.kit.buses.brute_walks import Walking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from planner.domain.geo import LonLat
    from tests.kit.buses.brute_walks import Near

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


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage: among the many small objects of a graph it would take as long as the graph."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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
            with uncollected():
                self._of_days[day] = DayGraph(self.feed, self.walking, day, gap)
        return self._of_days[day]
