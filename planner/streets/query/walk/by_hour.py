"""A walk that begins at an instant, over ways and gates with hours: while they are open, waiting, or round.

Dijkstra's algorithm with instants: an edge with a condition is entered when it is open for as long as it
takes, if need be after a wait, which costs what it takes. To wait at a door is as good as to leave later,
so whoever leaves later never arrives earlier. It is asked where the cheapest way has a door that is shut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import Instant
from planner.streets.query.hours import condition
from planner.streets.query.walk.find import Walk, Walker
from planner.streets.query.walk.search import Path

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.streets.query.hours import TownTime
    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap
    from planner.streets.query.walk.costs import SearchGraph

_GOAL = -1


@dataclass(frozen=True)
class Wait:
    """A wait on a walk before a door that opens at an instant."""

    seconds: float
    opens: Instant


@dataclass(frozen=True)
class TimedWalk:
    """A walk that begins at an instant; its duration holds the waits."""

    walk: Walk
    waits: tuple[Wait, ...] = ()


class Doors:
    """When the ways and gates of a network are open."""

    def __init__(self, network: Network, time: TownTime) -> None:
        self._network = network
        self._time = time

    def entered(self, number: int, at: float, takes_s: float) -> float | None:
        """Return from when on, not before `at`, one may pass for so long; None until the next day's end."""
        clock = self._time.clock
        day = clock.local(int(at)).date()
        for opens, shuts in condition(self._network, number).openings(day, clock, self._time.almanac):
            start = max(at, opens)
            if shuts is None or start + takes_s <= shuts:
                return start
        return None


class HourWalker:
    """Answers walking questions that begin at an instant, for one profile and pace."""

    def __init__(self, network: Network, time: TownTime, walker: Walker) -> None:
        self._network = network
        self._walker = walker
        self._doors = Doors(network, time)

    def walk(self, origin: LonLat, destination: LonLat, depart: Instant) -> TimedWalk | None:
        """Return the cheapest walk that begins at an instant, waits included; None where there is none."""
        plain = self._walker.walk(origin, destination)
        if plain is None or all(self._is_open(number, depart, plain) for number in plain.conditions):
            return None if plain is None else TimedWalk(plain)
        source, target = self._walker.snap(origin), self._walker.snap(destination)
        if source is None or target is None:
            return None
        found = _Search(self._network, self._walker.graph, self._doors).path(source, target, depart)
        if found is None:
            return None
        path, waits = found
        walk = self._walker.along(source, target, path)
        waited = sum(wait.seconds for wait in waits)
        return TimedWalk(replace(walk, duration_s=walk.duration_s + waited), waits)

    def _is_open(self, number: int, depart: Instant, walk: Walk) -> bool:
        return self._doors.entered(number, depart, walk.duration_s) == depart


@dataclass(frozen=True)
class _Label:
    """How a node is come to: the label before it, the directed edge, and the wait before that edge."""

    before: _Label | None
    directed: int
    wait: Wait | None


class _Search:
    """One search, from one place to another."""

    def __init__(self, network: Network, graph: SearchGraph, doors: Doors) -> None:
        self._network = network
        self._graph = graph
        self._doors = doors
        self._heap: list[tuple[float, int, float, int, _Label]] = []
        self._pushed = 0

    def path(self, source: Snap, target: Snap, depart: Instant) -> tuple[Path, tuple[Wait, ...]] | None:
        """Return the path that costs least and its waits in order."""
        at = depart + source.off_m / self._graph.pace
        self._leave(source, target, at)
        done: set[int] = set()
        while self._heap:
            cost, _, clock, node, label = heappop(self._heap)
            if node == _GOAL:
                return _followed(label, cost)
            if node in done:
                continue
            done.add(node)
            self._go_on(node, cost, clock, label)
            self._come(target, node, cost, clock, label)
        return None

    def _leave(self, source: Snap, target: Snap, at: float) -> None:
        edge, share = source.edge, source.share
        for directed, part, node in (
            (2 * edge, 1.0 - share, int(self._network.v[edge])),
            (2 * edge + 1, share, int(self._network.u[edge])),
        ):
            self._push(None, directed, part, node, 0.0, at)
        if target.edge == edge:
            apart = target.share - share
            self._push(None, 2 * edge + (apart < 0), abs(apart), _GOAL, 0.0, at)

    def _go_on(self, node: int, cost: float, clock: float, label: _Label) -> None:
        ways = self._graph.ways
        first, last = int(ways.starts[node]), int(ways.starts[node + 1])
        links, heads = ways.link[first:last].tolist(), ways.targets[first:last].tolist()
        for link, head in zip(links, heads, strict=True):
            if link < ways.first_shortcut:
                self._push(label, link, 1.0, head, cost, clock)

    def _come(self, target: Snap, node: int, cost: float, clock: float, label: _Label) -> None:
        edge, share = target.edge, target.share
        if node == int(self._network.u[edge]):
            self._push(label, 2 * edge, share, _GOAL, cost, clock)
        if node == int(self._network.v[edge]):
            self._push(label, 2 * edge + 1, 1.0 - share, _GOAL, cost, clock)

    def _push(
        self, before: _Label | None, directed: int, part: float, node: int, cost: float, clock: float
    ) -> None:
        """Take a part of a directed edge on from a label, after a wait where its door is shut."""
        whole = float(self._graph.costs[directed])
        if not np.isfinite(whole):
            return
        takes = float(self._graph.clock[directed]) * part
        number, wait = int(self._network.hours_walk[directed >> 1]), None
        start: float | None = clock
        if number:
            start = self._doors.entered(number, clock, takes)
            if start is None:
                return
            wait = Wait(start - clock, int(start)) if start > clock else None
        waited = wait.seconds if wait else 0.0
        label = _Label(before, directed, wait)
        self._pushed += 1
        entry = (cost + waited + whole * part, self._pushed, clock + waited + takes, node, label)
        heappush(self._heap, entry)


def _followed(label: _Label, cost: float) -> tuple[Path, tuple[Wait, ...]]:
    directed: list[int] = []
    waits: list[Wait] = []
    step: _Label | None = label
    while step is not None:
        directed.append(step.directed)
        waits += [step.wait] if step.wait else []
        step = step.before
    return Path(cost, np.array(directed[::-1], np.int64)), tuple(waits[::-1])
