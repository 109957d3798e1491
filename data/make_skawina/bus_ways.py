"""Which streets a bus drives along: the cheapest way past all its stops. Points are (lon, lat) in degrees."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .geometry import Point, distance, nearest, plane
from .join import apart
from .model import Way

NOT_FOR_BUSES = {"footway", "path", "pedestrian", "steps", "track", "cycleway"}
REACH_M = 70.0
"""A stop post further than this from every street has none."""
REACH_DEG = 0.002
AWAY = 4.0
"""A metre between post and street counts as so many on the way: the nearest street is meant."""
WRONG_SIDE_M = 40.0
"""What it counts to have the post on the left: buses open their doors to the right."""
TURN_BACK_M = 200.0
OTHER_LINES = 3.0
"""A metre on a street that the table does not give to the line counts as so many."""
FURTHEST_M = 30_000.0
"""Counted metres between two stops beyond which there is no way."""

Segment = tuple[Point, Point]


@dataclass(frozen=True)
class Halt:
    """A bus standing on a segment: which share of it is behind, and how badly it fits the post (m)."""

    segment: Segment
    share: float
    misfit: float


@dataclass(frozen=True)
class Label:
    """The cheapest way so far that ends at a halt: its cost, and the segments from the last to the first."""

    cost: float
    halt: Halt
    trail: "Trail"


Trail = tuple[Segment, "Trail | None"]


class Streets:
    """The streets that buses may use, as directed segments, each known with its way."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self.way_of: dict[Segment, Way] = {}
        self.onward: dict[Point, list[Segment]] = {}
        for way in ways:
            if way.tags.get("highway", "footway") in NOT_FOR_BUSES:
                continue
            for a, b in pairwise(way.line):
                self._add((a, b), way)
                if way.tags.get("oneway") != "yes":
                    self._add((b, a), way)

    def _add(self, segment: Segment, way: Way) -> None:
        if segment not in self.way_of:
            self.way_of[segment] = way
            self.onward.setdefault(segment[0], []).append(segment)

    def halts(self, post: Point) -> list[Halt]:
        """Where a bus may stand for a post."""
        found = []
        for a, b in self.way_of:
            if apart(post, post, a, b, REACH_DEG):
                continue
            foot, away = nearest(post, a, b)
            if away <= REACH_M:
                (bx, by), (px, py) = plane(b, a), plane(post, a)
                wrong = WRONG_SIDE_M if bx * py - by * px > 0 else 0.0
                share = distance(a, foot) / max(distance(a, b), 0.01)
                found.append(Halt((a, b), min(1.0, share), AWAY * away + wrong))
        return found

    def cost(self, segment: Segment, line: str) -> float:
        """Counted metres of a segment."""
        way = self.way_of[segment]
        fits = line in way.buses or "junction" in way.tags
        return distance(*segment) * (1.0 if fits else OTHER_LINES)


def chains(streets: Streets, line: str, posts: list[Point]) -> list[list[Segment]]:
    """The segments a line drives along past its posts; cut where there is no street."""
    found: list[list[Segment]] = []
    labels: list[Label] = []
    for post in posts:
        halts = streets.halts(post)
        onward = list(_go_on(streets, line, labels, halts)) if labels else []
        if labels and not onward:
            found.append(_unrolled(labels))
        labels = onward or [Label(halt.misfit, halt, (halt.segment, None)) for halt in halts]
    return [*found, _unrolled(labels)] if labels else found


def _unrolled(labels: list[Label]) -> list[Segment]:
    """The segments of the cheapest label from the first to the last."""
    trail: Trail | None = min(labels, key=lambda label: (label.cost, label.halt.segment)).trail
    segments = []
    while trail is not None:
        segments.append(trail[0])
        trail = trail[1]
    return segments[::-1]


def _go_on(streets: Streets, line: str, labels: list[Label], halts: list[Halt]) -> Iterator[Label]:
    """The cheapest way from any label to each halt (Dijkstra over segments)."""
    wanted = {halt.segment: halt for halt in halts}
    best: dict[Segment, Label] = {}
    heap: list[tuple[float, int, Trail]] = []  # the number tells equal costs apart
    for label in labels:
        segment, share = label.halt.segment, label.halt.share
        length = streets.cost(segment, line)
        ahead = wanted.get(segment)
        if ahead is not None and ahead.share >= share:
            _keep(best, Label(label.cost + (ahead.share - share) * length + ahead.misfit, ahead, label.trail))
        heap.append((label.cost + (1 - share) * length, len(heap), label.trail))
    heapq.heapify(heap)
    count = len(heap)
    done: set[Segment] = set()
    limit = heap[0][0] + FURTHEST_M if heap else 0.0
    while heap and heap[0][0] <= limit:
        cost, _, trail = heapq.heappop(heap)
        at = trail[0]
        if at in done:
            continue
        done.add(at)
        for step in streets.onward.get(at[1], ()):
            turn = cost + (TURN_BACK_M if step == at[::-1] else 0.0)
            length = streets.cost(step, line)
            if step in wanted:
                halt = wanted[step]
                _keep(best, Label(turn + halt.share * length + halt.misfit, halt, (step, trail)))
                if len(best) == len(wanted):
                    limit = min(limit, max(label.cost for label in best.values()))
            if step not in done:
                count += 1
                heapq.heappush(heap, (turn + length, count, (step, trail)))
    yield from best.values()


def _keep(best: dict[Segment, Label], label: Label) -> None:
    """Remember a label if it is the cheapest to its halt."""
    segment = label.halt.segment
    if segment not in best or label.cost < best[segment].cost:
        best[segment] = label
