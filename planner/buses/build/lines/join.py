"""Joining the member ways of a route relation, in their order, to the course that is driven."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.build.shapes.fit import Course, course_of
from planner.domain.geo import plane_distance_m

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from planner.domain.geo import LonLat

GAP_M = 40.0
"""A hole in a course up to this is drawn across, as at a crossing that was drawn in two parts."""

RING_NODES = 4


@dataclass(frozen=True)
class Joined:
    """A course and its holes: metres along it from where to where nothing is known."""

    course: Course
    gaps: tuple[tuple[float, float], ...]

    def is_whole(self, start_m: float, end_m: float) -> bool:
        """Whether the course is known from one place to a later one."""
        return all(end_m <= start or end <= start_m for start, end in self.gaps)

    def legs(self, places: Sequence[float | None]) -> list[NDArray[np.float64] | None]:
        """The course from place to place (metres); None where it has a hole or a place is not known."""
        return [
            self.course.cut(start, end)
            if start is not None and end is not None and start < end and self.is_whole(start, end)
            else None
            for start, end in pairwise(places)
        ]


def turned(driven: Joined) -> Joined:
    """The same course driven the other way."""
    length = driven.course.length_m
    gaps = tuple((length - end, length - start) for start, end in driven.gaps[::-1])
    return Joined(course_of(driven.course.points[::-1]), gaps)


def joined(ways: Sequence[Sequence[int]], positions: Mapping[int, LonLat]) -> Joined | None:
    """Join ways given by their nodes; None where not two nodes are known."""
    known = [[node for node in way if node in positions] for way in ways]
    chains = chained([way for way in known if len(way) > 1])
    points: list[LonLat] = []
    breaks: list[int] = []
    for chain in chains:
        line = [positions[node] for node in chain]
        if points and plane_distance_m(points[-1], line[0]) > GAP_M:
            breaks.append(len(points))
        points += line
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    course = course_of(np.array(points))
    gaps = tuple((float(course.metres[at - 1]), float(course.metres[at])) for at in breaks)
    return Joined(course, gaps)


def chained(ways: Sequence[Sequence[int]]) -> list[list[int]]:
    """Runs of nodes as they are driven; a new run begins where a way does not meet the one before."""
    chains: list[list[int]] = []
    for number, way in enumerate(ways):
        following = ways[number + 1] if number + 1 < len(ways) else ()
        chain = chains[-1] if chains else None
        part = _ring(way, chain, following) if _is_ring(way) else _onward(way, chain, following)
        if chain and part[0] == chain[-1]:
            chain += part[1:]
        else:
            chains.append(list(part))
    return chains


def _is_ring(way: Sequence[int]) -> bool:
    return len(way) >= RING_NODES and way[0] == way[-1]


def _onward(way: Sequence[int], chain: Sequence[int] | None, following: Sequence[int]) -> Sequence[int]:
    """A way in the direction in which it follows the chain, else in which it leads to the next one."""
    if chain and way[0] == chain[-1]:
        return way
    if chain and way[-1] == chain[-1]:
        return way[::-1]
    ends = set(following) if _is_ring(following) else {*following[:1], *following[-1:]}
    return way[::-1] if way[0] in ends and way[-1] not in ends else way


def _ring(way: Sequence[int], chain: Sequence[int] | None, following: Sequence[int]) -> Sequence[int]:
    """The part of a roundabout from where it is entered to where it is left, in its own direction."""
    ring = list(way[:-1])
    start = ring.index(chain[-1]) if chain and chain[-1] in ring else None
    exits = [node for node in (*following[:1], *following[-1:]) if node in ring]
    if start is None:
        start = ring.index(exits[0]) if exits else 0
        return [*ring[start:], *ring[: start + 1]]
    turned = [*ring[start:], *ring[:start]]
    leaves = [turned.index(node) for node in exits]
    ahead = min((place for place in leaves if place > 0), default=None)
    return [*turned, turned[0]] if ahead is None else turned[: ahead + 1]
