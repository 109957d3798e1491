"""The geometry of rides: from the feed, else from a relation of the line, else along streets or rails.

Where none of these fits, a leg is marked as unknown (see buses.query.shapes); a
pattern without one known leg has the source NONE.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from planner.buses.build.lines.join import Joined
from planner.buses.build.shapes.fit import course_of, places
from planner.buses.build.shapes.rides import RideRouter
from planner.buses.build.shapes.ways import Line, rails, streets
from planner.buses.files import LINES_PREFIX, SCALE, LineMode, ShapeSource, read_arrays, read_meta
from planner.buses.query.timetable.shapes import known_legs
from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.query.network import load_network

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.buses.files import TimetableArrays
    from planner.domain.geo import LonLat

ON_STREETS = {LineMode.BUS, LineMode.TROLLEYBUS, LineMode.SHARE_TAXI}
ON_RAILS = {LineMode.RAIL, LineMode.TRAM, LineMode.CABLE_TRAM}

SIMPLIFY_M = 1.0
"""What a map of a town cannot show is left out of a course."""

Key = tuple[int, str]
Legs = list[Line | None]


class Finder:
    """Finds courses between stops in a network; streets and rails are opened when they are first needed."""

    def __init__(self, network_folder: Path | None) -> None:
        self._folder = network_folder

    @cached_property
    def _streets(self) -> RideRouter | None:
        return None if self._folder is None else RideRouter(streets(load_network(self._folder)))

    @cached_property
    def _rails(self) -> RideRouter | None:
        return None if self._folder is None else RideRouter(rails(load_network(self._folder).layers))

    def between(
        self, mode: LineMode, stops: Sequence[LonLat], pairs: set[tuple[int, int]]
    ) -> Mapping[tuple[int, int], Line]:
        """The way for each pair of stops (by number) that has one."""
        if not pairs:
            return {}
        rides = self._streets if mode in ON_STREETS else self._rails if mode in ON_RAILS else None
        return rides.between(stops, pairs) if rides is not None else {}


@dataclass(frozen=True)
class Drawn:
    """The shape of a pattern: its points, the number of the point for each stop, and where it is from.

    `known` tells for each leg between two stops whether its geometry is.
    """

    points: Line
    stops: tuple[int, ...]
    known: tuple[bool, ...]
    source: ShapeSource


def drawn(legs: Legs, stops: Sequence[LonLat], source: ShapeSource) -> Drawn:
    """Lay legs one after the other; a leg that is not known is a straight line with its first point twice."""
    points: list[Line] = []
    places_of: list[int] = []
    count = 0
    for number, leg in enumerate(legs):
        unknown = [stops[number], stops[number], stops[number + 1]]
        line = _whole(np.array(unknown)) if leg is None else _without_repeats(_whole(_simplified(leg)))
        if points and (points[-1][-1] == line[0]).all():
            line = line[1:]
            places_of.append(count - 1)
        else:
            places_of.append(count)
        points.append(line)
        count += len(line)
    known = tuple(leg is not None for leg in legs)
    laid = np.concatenate(points) if points else _whole(np.array([stops[0]]))
    return Drawn(
        laid / SCALE, (*places_of, max(count - 1, 0)), known, source if any(known) else ShapeSource.NONE
    )


def _whole(line: Line) -> Line:
    """Whole 1e-7 degrees, as they are stored: points that are stored alike are alike."""
    return np.rint(line * SCALE)


def _without_repeats(line: Line) -> Line:
    moves = (np.diff(line, axis=0) != 0).any(axis=1)
    return line[np.concatenate(([True], moves))]


def _simplified(line: Line) -> Line:
    factors = np.array([np.cos(np.radians(line[0, 1])), 1.0]) * METRES_PER_DEGREE
    kept: Line = shapely.get_coordinates(shapely.simplify(shapely.linestrings(line * factors), SIMPLIFY_M))
    return kept / factors


def shape_arrays(shapes: Iterable[Drawn]) -> dict[str, NDArray[np.generic]]:
    """The arrays of the format for the shapes of all patterns in order."""
    everything = list(shapes)
    sizes = [len(shape.points) for shape in everything]
    points = np.concatenate([shape.points for shape in everything]) if everything else np.empty((0, 2))
    return {
        "shape_offsets": np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        "shape_at": np.rint(points * SCALE).astype(np.int32),
        "shape_stop": np.array([place for shape in everything for place in shape.stops], np.int32),
        "shape_source": np.array([shape.source for shape in everything], np.uint8),
    }


def fill(arrays: TimetableArrays, texts: Sequence[str], network_folder: Path | None) -> TimetableArrays:
    """Give the patterns without a shape (source NONE) one from the network's relations or ways."""
    lines = _relations(network_folder)
    finder = Finder(network_folder)
    at = [(lon / SCALE, lat / SCALE) for lon, lat in arrays.stop_at.tolist()]
    kept: dict[int, Drawn] = {}
    legs_of: dict[tuple[Key, tuple[int, ...]], Legs] = {}
    open_legs: dict[int, Legs] = {}
    wanted: dict[LineMode, set[tuple[int, int]]] = defaultdict(set)
    for pattern in range(len(arrays.pattern_line)):
        shape, calls = _shape(arrays, pattern)
        if shape.source is not ShapeSource.NONE:
            kept[pattern] = shape
            continue
        key = _key(arrays, texts, pattern), tuple(calls)
        if key not in legs_of:
            legs_of[key] = _legs_of_relation([at[stop] for stop in calls], lines.get(key[0], []))
        legs = open_legs[pattern] = legs_of[key]
        mode = _mode(arrays, pattern)
        wanted[mode] |= {(calls[i], calls[i + 1]) for i, leg in enumerate(legs) if leg is None}
    ways = {mode: finder.between(mode, at, pairs) for mode, pairs in wanted.items()}
    for pattern, legs in open_legs.items():
        _, calls = _shape(arrays, pattern)
        kept[pattern] = _completed(legs, calls, at, ways[_mode(arrays, pattern)])
    return replace(arrays, **shape_arrays(kept[pattern] for pattern in range(len(kept))))  # type: ignore[arg-type]


def _completed(
    legs: Legs, calls: Sequence[int], at: Sequence[LonLat], ways: Mapping[tuple[int, int], Line]
) -> Drawn:
    """The shape of a pattern after the legs that no relation gives have been looked for."""
    source = ShapeSource.RELATION if any(leg is not None for leg in legs) else ShapeSource.ROUTED
    filled = [
        ways.get((calls[number], calls[number + 1])) if leg is None else leg
        for number, leg in enumerate(legs)
    ]
    return drawn(filled, [at[stop] for stop in calls], source)


def _shape(arrays: TimetableArrays, pattern: int) -> tuple[Drawn, list[int]]:
    """The shape of a pattern as it is, and the stops it calls at."""
    calls = slice(int(arrays.pattern_offsets[pattern]), int(arrays.pattern_offsets[pattern + 1]))
    points = slice(int(arrays.shape_offsets[pattern]), int(arrays.shape_offsets[pattern + 1]))
    source = ShapeSource(int(arrays.shape_source[pattern]))
    known = tuple(known_legs(arrays, pattern).tolist())
    shape = Drawn(arrays.shape_at[points] / SCALE, tuple(arrays.shape_stop[calls].tolist()), known, source)
    return shape, arrays.pattern_stops[calls].tolist()


def _mode(arrays: TimetableArrays, pattern: int) -> LineMode:
    return LineMode(int(arrays.line_mode[int(arrays.pattern_line[pattern])]))


def _key(arrays: TimetableArrays, texts: Sequence[str], pattern: int) -> Key:
    """What tells the line of a pattern from another: mode and name."""
    line = int(arrays.pattern_line[pattern])
    return int(arrays.line_mode[line]), texts[int(arrays.line_name[line])].casefold()


def _relations(network_folder: Path | None) -> dict[Key, list[Joined]]:
    """The courses of the relations of a network, by line."""
    courses: dict[Key, list[Joined]] = defaultdict(list)
    if network_folder is None or not (network_folder / f"{LINES_PREFIX}meta.json").exists():
        return courses
    _, texts = read_meta(network_folder, LINES_PREFIX)
    arrays = read_arrays(network_folder, LINES_PREFIX)
    for pattern in range(len(arrays.pattern_line)):
        shape, _ = _shape(arrays, pattern)
        if shape.source is ShapeSource.RELATION:
            courses[_key(arrays, texts, pattern)].append(_course(shape))
    return courses


def _course(shape: Drawn) -> Joined:
    """A shape as a course; its unknown legs are holes."""
    course = course_of(shape.points)
    ends = course.metres[list(shape.stops)].tolist()
    return Joined(
        course, tuple(gap for gap, known in zip(pairwise(ends), shape.known, strict=True) if not known)
    )


def _legs_of_relation(stops: Sequence[LonLat], courses: Sequence[Joined]) -> Legs:
    """The legs between stops, cut out of the course that knows most of them."""
    best: Legs = [None] * (len(stops) - 1)
    for joined in courses:
        along = places(joined.course, stops)
        if along is None:
            continue
        legs = joined.legs(along)
        if _known(legs) > _known(best):
            best = legs
    return best


def _known(legs: Legs) -> int:
    return sum(leg is not None for leg in legs)
