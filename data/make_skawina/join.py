"""Joins ways to each other, so that ways that meet share a node. Points are (lon, lat) in degrees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from .geometry import DEGREE_M, Point, crossing, distance, nearest, rounded
from .model import Way

TOUCH_M = 3.0
"""Ends of given lines this near to another given line touch it (the table is simplified to 3 m)."""
SAME_M = 0.2
"""Places this near to each other are one."""
SNAP_M = 12.0
"""Vertices of our own lines this near to another way are meant to lie on it."""


class BadAdditionError(ValueError):
    """A hand-drawn way that the rules of the network forbid."""


@dataclass(frozen=True)
class Foot:
    """Where a point meets a way: the place, the metres to it, and the way's segment."""

    at: Point
    metres: float
    way: Way
    segment: int


def join_touching(ways: list[Way]) -> None:
    """Put the free ends of given ways onto the inside of the way they touch."""
    shared = [point for way in ways for point in set(way.line)]
    counts = {point: shared.count(point) for point in set(shared)}
    for way in ways:
        for end in (way.line[0], way.line[-1]):
            others = (other for other in ways if other is not way)
            if counts[end] == 1 and (foot := nearest_foot(end, others, TOUCH_M)):
                insert(foot.way, foot.segment, end)


def add_estimate(way: Way, ways: list[Way], rails: Iterable[Way]) -> None:
    """Join a hand-drawn way to the ways so far and add it; refuse one that crosses track or bypass."""
    joinable = [
        other for other in ways if other.is_street and not other.is_closed_to_walkers and other.level == 0
    ]
    way.line = [point for point, _ in groupby(snapped(point, joinable) for point in way.line)]
    if len(set(way.line)) < len(way.line):
        raise BadAdditionError(f"{label(way)} folds onto itself when snapped")
    if way.level == 0:
        refuse_crossings(way, [other for other in ways if other.is_closed_to_walkers])
        refuse_crossings(way, rails)
        for other in joinable:
            cross(way, other)
    ways.append(way)


def label(way: Way) -> str:
    """What to call a way in a message."""
    return f"{way.tags.get('name', way.tags['highway'])} from {way.line[0]}"


def refuse_crossings(way: Way, barriers: Iterable[Way]) -> None:
    """Raise when a way meets one of the barriers."""
    for barrier in barriers:
        if where := next(crossings(way, barrier), None):
            raise BadAdditionError(f"{label(way)} crosses {barrier.tags} at {where[2]}")


def snapped(point: Point, ways: Iterable[Way]) -> Point:
    """The place on the ways that a vertex is meant to lie on: an old vertex if near, else a new one."""
    foot = nearest_foot(point, ways, SNAP_M)
    if foot is None:
        return rounded(point)
    ends = foot.way.line[foot.segment : foot.segment + 2]
    close = min(ends, key=lambda end: distance(end, foot.at))
    if distance(close, foot.at) <= SNAP_M / 2:
        return close
    insert(foot.way, foot.segment, foot.at)
    return foot.at


def nearest_foot(point: Point, ways: Iterable[Way], limit_m: float) -> Foot | None:
    """Where the nearest way within a limit is met."""
    best: Foot | None = None
    margin = limit_m / DEGREE_M * 2
    for way in ways:
        for number, (a, b) in enumerate(pairwise(way.line)):
            if apart(point, point, a, b, margin):
                continue
            at, metres = nearest(point, a, b)
            if metres <= limit_m and (best is None or metres < best.metres):
                best = Foot(at, metres, way, number)
    return best


def apart(a: Point, b: Point, c: Point, d: Point, margin: float = 0.0) -> bool:
    """Whether the boxes of two segments lie apart by more than a margin in degrees."""
    return any(
        max(a[i], b[i]) + margin < min(c[i], d[i]) or max(c[i], d[i]) + margin < min(a[i], b[i])
        for i in (0, 1)
    )


def insert(way: Way, segment: int, point: Point) -> None:
    """Put a point into a segment of a way, unless it is there."""
    if point not in way.line[segment : segment + 2]:
        way.line.insert(segment + 1, point)


def crossings(one: Way, two: Way) -> Iterator[tuple[int, int, Point]]:
    """Segment numbers of two ways, and the point, wherever they meet."""
    for i, (a, b) in enumerate(pairwise(one.line)):
        for j, (c, d) in enumerate(pairwise(two.line)):
            if not apart(a, b, c, d) and (point := crossing(a, b, c, d)):
                yield i, j, point


def cross(one: Way, two: Way) -> None:
    """Give two ways a common node wherever they meet."""
    while True:
        for i, j, point in crossings(one, two):
            if shares_end(one, i, two, j):
                continue
            common = existing(point, [*one.line[i : i + 2], *two.line[j : j + 2]]) or point
            insert(one, i, common)
            insert(two, j, common)
            break
        else:
            return


def shares_end(one: Way, i: int, two: Way, j: int) -> bool:
    """Whether two segments have a vertex in common."""
    return bool(set(one.line[i : i + 2]) & set(two.line[j : j + 2]))


def existing(point: Point, vertices: list[Point]) -> Point | None:
    """The vertex at the very place of a point (to 20 cm), if any."""
    return next((vertex for vertex in vertices if distance(point, vertex) < SAME_M), None)
