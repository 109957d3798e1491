"""Ride geometry from shapes.txt: a pattern's part of its trip's shape, and the place of each stop on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.build.gtfs.tables import FeedTable, known_id, whole_number
from planner.buses.files import SCALE, STAYING, ShapeSource
from planner.domain.geo import METRES_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.buses.build.gtfs.files import FeedFiles
    from planner.buses.build.gtfs.tables import Dropped

FARTHEST_M = 400.0
"""A shape that passes a stop farther off than this belongs to another way."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """Geometry of a pattern: points (lon, lat in degrees) and for each stop the number of its point."""

    at: Points
    stops: NDArray[np.int64]
    source: ShapeSource


def shapes_of(files: FeedFiles, wanted: Collection[str], dropped: Dropped) -> dict[str, Points]:
    """Read the shapes of trips; that of a ride over several is theirs, if all of them have one."""
    own = {shape for ids in wanted for shape in ids.split(STAYING) if shape}
    shapes = read_shapes(files, own, dropped)
    for ids in wanted:
        parts = [shapes.get(shape) for shape in ids.split(STAYING)]
        lines = [part for part in parts if part is not None]
        if len(parts) > 1 and len(lines) == len(parts):
            shapes[ids] = np.concatenate(lines)
    return shapes


def read_shapes(files: FeedFiles, wanted: Collection[str], dropped: Dropped) -> dict[str, Points]:
    """Read the shapes of the trips that are kept."""
    if "shapes.txt" not in files or not wanted:
        return {}
    needed = ("shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence")
    points: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for _, (written, lat, lon, sequence) in FeedTable(files, "shapes.txt", needed).rows():
        shape = known_id(written, wanted)
        if shape not in wanted:
            continue
        number = whole_number(sequence)
        try:
            point = -1 if number is None else number, float(lon), float(lat)
        except ValueError:
            dropped.add("shape points that cannot be read")
            continue
        if number is not None and abs(point[1]) <= 180 and abs(point[2]) <= 90:  # noqa: PLR2004 - degrees; NaN is left out too
            points[shape].append(point)
        else:
            dropped.add("shape points that cannot be read")
    lines = {shape: np.array(sorted(own, key=lambda point: point[0])) for shape, own in points.items()}
    return {shape: _without_repeats(line[:, 1:]) for shape, line in lines.items()}


def _without_repeats(line: Points) -> Points:
    moves = np.any(np.diff(line, axis=0) != 0, axis=1)
    return line[np.concatenate(([True], moves))]


def stops_alone(stops: Points) -> Shape:
    """The geometry of last resort, to be filled in from elsewhere: the stops themselves."""
    return Shape(stops, np.arange(len(stops)), ShapeSource.NONE)


def cut(line: Points, stops: Points) -> Shape | None:
    """Cut a shape to a pattern; None where it does not pass the stops.

    The stops are laid onto the line in their order so that the sum of the
    squared distances is least: a line that passes a place twice is no trouble.
    """
    if len(line) < 2:  # noqa: PLR2004 - a line
        return None
    scale = np.array([METRES_PER_DEGREE * np.cos(np.radians(stops[:, 1].mean())), METRES_PER_DEGREE])
    flat, wanted = line * scale, stops * scale
    begins, legs = flat[:-1], np.diff(flat, axis=0)
    lengths = np.maximum((legs**2).sum(axis=1), 1e-9)
    shares = np.clip(((wanted[:, None] - begins) * legs).sum(axis=2) / lengths, 0.0, 1.0)
    off = (((begins + shares[..., None] * legs) - wanted[:, None]) ** 2).sum(axis=2)
    on = _in_order(off)
    if np.sqrt(off[np.arange(len(stops)), on].max()) > FARTHEST_M:
        return None
    places = on + shares[np.arange(len(stops)), on]
    return _with_stops(line, np.maximum.accumulate(places))


def _in_order(off: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each stop (row) a segment (column), never going back, with the least sum."""
    costs = np.empty_like(off)
    costs[0] = off[0]
    for stop in range(1, len(off)):
        costs[stop] = off[stop] + np.minimum.accumulate(costs[stop - 1])
    chosen = np.empty(len(off), np.int64)
    end = off.shape[1]
    for stop in range(len(off) - 1, -1, -1):
        chosen[stop] = int(np.argmin(costs[stop, :end]))
        end = int(chosen[stop]) + 1
    return chosen


def _with_stops(line: Points, places: NDArray[np.float64]) -> Shape:
    """Take the line from the first stop to the last, with a point for each stop.

    `places` are numbers of segments with the share of them as the fraction, ascending.
    """
    first, last = places[0], places[-1]
    between = np.arange(int(np.floor(first)) + 1, int(np.ceil(last)))
    every = np.unique(np.concatenate((places, between.astype(np.float64))))
    segment = np.minimum(every.astype(np.int64), len(line) - 2)
    share = (every - segment)[:, None]
    at = line[segment] * (1 - share) + line[segment + 1] * share
    return Shape(at, np.searchsorted(every, places), ShapeSource.FEED)


def as_stored(at: Points) -> NDArray[np.int32]:
    """Positions in whole 1e-7 degrees."""
    return np.rint(at * SCALE).astype(np.int32)
