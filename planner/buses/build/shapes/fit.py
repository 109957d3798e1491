"""Where the stops of a line lie along its course: in order, each as near as it can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.geo import METRES_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat

REACH_M = 80.0
"""A stop farther than this from the course is not on it."""

BACKWARDS_M = 15.0
"""Two posts opposite each other may lie the wrong way round by so much."""


@dataclass(frozen=True)
class Course:
    """A line in the plane: `points` (n, 2) lon, lat degrees, and the metres from its start to each."""

    points: NDArray[np.float64]
    metres: NDArray[np.float64]

    @property
    def length_m(self) -> float:
        """The length of all of it."""
        return float(self.metres[-1])

    def cut(self, start_m: float, end_m: float) -> NDArray[np.float64]:
        """The points from one place to a later one, both ends included."""
        ends = np.column_stack([np.interp((start_m, end_m), self.metres, axis) for axis in self.points.T])
        inside = self.points[(self.metres > start_m) & (self.metres < end_m)]
        return np.concatenate((ends[:1], inside, ends[1:]))


def course_of(points: NDArray[np.float64]) -> Course:
    """Measure a line of at least two points."""
    steps = np.hypot(*np.diff(_plane(points, points[0, 1]), axis=0).T)
    return Course(points, np.concatenate(([0.0], np.cumsum(steps))))


def _plane(points: NDArray[np.float64], lat: float) -> NDArray[np.float64]:
    """Metres east and north; good to a few parts in a thousand over a region."""
    factors = np.array([np.cos(np.radians(lat)), 1.0]) * METRES_PER_DEGREE
    return np.asarray(points * factors, float)


def places(course: Course, stops: Sequence[LonLat], reach_m: float = REACH_M) -> list[float | None] | None:
    """Metres along a course at which it passes its stops in order; None for a stop that is not on it.

    Of all ways to place them that never go back, the one with the least sum of
    distances. None altogether where the stops that are near cannot be had in order.
    """
    placed: list[float | None] = [None] * len(stops)
    labels: list[tuple[float, float, int]] = [(0.0, 0.0, -1)]
    """Per candidate of the stop before: sum of distances, metres along, number in `trail`."""
    trail: list[tuple[int, float, int]] = []
    for number, stop in enumerate(stops):
        candidates = _candidates(course, stop, reach_m)
        if not candidates:
            continue
        following = []
        for along, away in candidates:
            before = [label for label in labels if label[1] <= along + BACKWARDS_M]
            if before:
                total, last, parent = min(before)
                trail.append((number, max(along, last), parent))
                following.append((total + away, max(along, last), len(trail) - 1))
        if not following:
            return None
        labels = following
    parent = min(labels)[2]
    while parent >= 0:
        number, along, parent = trail[parent]
        placed[number] = along
    return placed


def _candidates(course: Course, stop: LonLat, reach_m: float) -> list[tuple[float, float]]:
    """Places (metres along, metres away) where the course comes near: nearer than just before and after."""
    line = _plane(course.points, stop[1])
    at = _plane(np.array([stop]), stop[1])[0]
    steps = np.diff(line, axis=0)
    square = np.maximum((steps**2).sum(axis=1), 1e-9)
    share = np.clip(((at - line[:-1]) * steps).sum(axis=1) / square, 0.0, 1.0)
    away = np.hypot(*(at - line[:-1] - steps * share[:, None]).T)
    # the inside of a segment is nearest by itself; a vertex if both its segments say so, and it is taken once
    from_start = (share > 0) | (np.arange(len(share)) == 0)
    to_end = (share < 1) | np.append(share[1:] == 0, values=True)
    best = np.flatnonzero((away <= reach_m) & from_start & to_end)
    along = course.metres[:-1] + share * np.diff(course.metres)
    return [(float(along[place]), float(away[place])) for place in best]
