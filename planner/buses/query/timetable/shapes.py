"""The geometry of a ride, and which of it is known.

A leg from one stop to the next of which nothing is known is stored as the
straight line between them with its first point twice: no leg that is known
begins so. It is for the eye only as a dashed line, never as a way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.files import SCALE, ShapeSource

if TYPE_CHECKING:
    from planner.buses.files import TimetableArrays


@dataclass(frozen=True)
class ShapePart:
    """Part of a ride's geometry: (n, 2) lon, lat in degrees; `source` NONE is a straight line for nothing."""

    points: NDArray[np.float64]
    source: ShapeSource


def known_legs(arrays: TimetableArrays, pattern: int) -> NDArray[np.bool_]:
    """Whether the geometry of each leg of a pattern is known: from each stop but the last to the next."""
    calls = slice(int(arrays.pattern_offsets[pattern]), int(arrays.pattern_offsets[pattern + 1]))
    source = ShapeSource(int(arrays.shape_source[pattern]))
    starts = np.asarray(arrays.shape_stop[calls], np.int64)[:-1]
    if source is ShapeSource.NONE:
        return np.zeros(len(starts), np.bool_)
    points = arrays.shape_at[int(arrays.shape_offsets[pattern]) : int(arrays.shape_offsets[pattern + 1])]
    following = points[np.minimum(starts + 1, len(points) - 1)]
    return np.asarray((points[starts] != following).any(axis=1), np.bool_)


def stretches(arrays: TimetableArrays, pattern: int, on: int, off: int) -> list[ShapePart]:
    """The geometry of a ride from call `on` to call `off` of a pattern, in parts that are known or not."""
    known = known_legs(arrays, pattern)
    first, start = int(arrays.pattern_offsets[pattern]), int(arrays.shape_offsets[pattern])
    places = np.asarray(arrays.shape_stop[first + on : first + off + 1], np.int64)
    parts: list[ShapePart] = []
    for is_known, legs in groupby(range(on, off), lambda leg: bool(known[leg])):
        numbers = list(legs)
        ends = places[numbers[0] - on], places[numbers[-1] + 1 - on]
        points = np.asarray(arrays.shape_at[start + ends[0] : start + ends[1] + 1]) / SCALE
        source = ShapeSource(int(arrays.shape_source[pattern])) if is_known else ShapeSource.NONE
        parts.append(ShapePart(points, source))
    return parts
