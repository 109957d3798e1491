"""Laying what was read of a feed out in the arrays of a timetable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.buses.build.gtfs.clip import Clipped
from planner.buses.build.gtfs.names import readable, without_on_request
from planner.buses.build.gtfs.services import ServiceDays
from planner.buses.build.gtfs.shapes import Points, Shape, as_stored, cut, stops_alone
from planner.buses.build.gtfs.stops import Stops
from planner.buses.build.gtfs.times.frequencies import Headway, TripRun
from planner.buses.build.gtfs.trips import Route, Trip, platform_texts
from planner.buses.build.patterns import Pattern
from planner.buses.files import SCALE, USUAL_ROOM, TimetableArrays
from planner.buses.stations import stations

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass
class Texts:
    """A table of texts; '' is number 0. Ids of the feed get its prefix."""

    prefix: str
    _numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def number(self, text: str) -> int:
        """Return a text's number."""
        return self._numbers.setdefault(text, len(self._numbers))

    def numbers(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Return the numbers of texts."""
        return np.array([self.number(text) for text in texts], np.int32)

    def ids(self, ids: Sequence[str]) -> NDArray[np.int32]:
        """Return the numbers of ids with their prefix."""
        return self.numbers([self.prefix + feed_id for feed_id in ids])

    def table(self) -> tuple[str, ...]:
        """All texts by their number."""
        return tuple(self._numbers)


@dataclass(frozen=True)
class FeedParts:
    """What was read of a feed: `trips` are those of the clipped rows."""

    stops: Stops
    lines: list[Route]
    services: ServiceDays
    trips: list[Trip]
    clipped: Clipped
    runs: list[TripRun]
    headways: list[Headway]
    patterns: list[Pattern]
    shapes: Mapping[str, Points]
    in_capitals: bool
    """Whether headsigns are written in capitals."""


def arrays_of(parts: FeedParts, texts: Texts) -> TimetableArrays:
    """Lay out the arrays; only lines, stops and services that are used."""
    lines, line_of = _used([pattern.line for pattern in parts.patterns])
    called_at = np.concatenate([pattern.stops for pattern in parts.patterns]).tolist()
    stops, stop_of = _used(called_at)
    ordered = [number for pattern in parts.patterns for number in pattern.runs]
    place = {number: at for at, number in enumerate(ordered)}
    runs = [parts.runs[number] for number in ordered]
    services, service_of = _used([parts.trips[run.row].service for run in runs])
    headsigns = _headsigns(parts)
    sizes = [len(pattern.runs) for pattern in parts.patterns]
    times = _times(parts, runs, texts)
    return TimetableArrays(
        **_stop_arrays(parts.stops, stops, texts),
        **_line_arrays(parts.lines, lines, texts),
        pattern_line=np.array([line_of[pattern.line] for pattern in parts.patterns], np.int32),
        pattern_headsign=texts.numbers(
            [headsigns[parts.runs[pattern.runs[0]].row] for pattern in parts.patterns]
        ),
        pattern_offsets=_offsets([len(pattern.stops) for pattern in parts.patterns]),
        pattern_stops=np.array(
            [stop_of[stop] for pattern in parts.patterns for stop in pattern.stops.tolist()], np.int32
        ),
        pattern_board=np.concatenate([pattern.board for pattern in parts.patterns]).astype(np.uint8),
        pattern_alight=np.concatenate([pattern.alight for pattern in parts.patterns]).astype(np.uint8),
        trip_pattern=np.repeat(np.arange(len(parts.patterns)), sizes).astype(np.int32),
        trip_service=np.array([service_of[parts.trips[run.row].service] for run in runs], np.int32),
        trip_headsign=texts.numbers([headsigns[run.row] for run in runs]),
        trip_id=texts.ids([run.id for run in runs]),
        **times,
        service_days=parts.services.days[services],
        service_week=np.zeros((len(services), 7), np.bool_),
        freq_trip=np.array([place[headway.run] for headway in parts.headways], np.int32),
        freq_start=np.array([headway.start for headway in parts.headways], np.int32),
        freq_end=np.array([headway.end for headway in parts.headways], np.int32),
        freq_headway=np.array([headway.headway for headway in parts.headways], np.int32),
        **_shape_arrays(parts),
    )


def _used(rows: Sequence[int]) -> tuple[list[int], dict[int, int]]:
    """Rows in use, in order, and their new numbers."""
    used = sorted(set(rows))
    return used, {row: number for number, row in enumerate(used)}


def _offsets(sizes: Sequence[int]) -> NDArray[np.int64]:
    return np.array(list(accumulate(sizes, initial=0)), np.int64)


def _stop_arrays(stops: Stops, used: Sequence[int], texts: Texts) -> dict[str, Any]:
    names = [stops.names[row] for row in used]
    at = stops.at[used]
    return {
        "stop_at": at,
        "stop_name": texts.numbers(names),
        "stop_platform": texts.numbers([stops.platforms[row] for row in used]),
        "stop_id": texts.ids([stops.ids[row] for row in used]),
        "stop_station": stations(at, names, [stops.groups[row] for row in used]),
    }


def _line_arrays(lines: Sequence[Route], used: Sequence[int], texts: Texts) -> dict[str, Any]:
    return {
        "line_name": texts.numbers([lines[row].name for row in used]),
        "line_long": texts.numbers([lines[row].long_name for row in used]),
        "line_mode": np.array([lines[row].mode for row in used], np.int32),
        "line_credit": np.zeros(len(used), np.int32),
        "line_estimated": np.zeros(len(used), np.bool_),
        "line_room": np.full(len(used), USUAL_ROOM, np.int32),
    }


def _headsigns(parts: FeedParts) -> list[str]:
    """For each clipped row: the trip's headsign, else what its first stop says, else its last stop's name."""
    by_trip = parts.clipped.by_trip
    said = by_trip.calls.said[by_trip.offsets[:-1]].tolist()
    stop_signs = [
        "" if platform else text
        for text, platform in zip(by_trip.calls.texts, platform_texts(by_trip.calls.texts), strict=True)
    ]
    last = [parts.stops.names[stop] for stop in parts.clipped.last_stop.tolist()]
    signs: list[str] = []
    for row, trip in enumerate(parts.trips):
        given, _ = without_on_request(trip.headsign or stop_signs[said[row]])
        signs.append((readable(given) if parts.in_capitals else given) or last[row])
    return signs


def _times(parts: FeedParts, runs: Sequence[TripRun], texts: Texts) -> dict[str, Any]:
    by_trip = parts.clipped.by_trip
    rows = np.array([run.row for run in runs])
    sizes = np.diff(by_trip.offsets)[rows]
    offsets = _offsets(sizes.tolist())
    entries = np.arange(offsets[-1]) + np.repeat(by_trip.offsets[rows] - offsets[:-1], sizes)
    shifts = np.repeat(np.array([run.shift_s for run in runs]), sizes)
    platforms = texts.numbers(platform_texts(by_trip.calls.texts))
    return {
        "trip_offsets": offsets,
        "arrive": np.maximum(by_trip.calls.arrive[entries] + shifts, 0).astype(np.int32),
        "depart": (by_trip.calls.depart[entries] + shifts).astype(np.int32),
        "time_platform": platforms[by_trip.calls.said[entries]],
    }


def _shape_arrays(parts: FeedParts) -> dict[str, Any]:
    shapes = [_shape(parts, pattern) for pattern in parts.patterns]
    return {
        "shape_offsets": _offsets([len(shape.at) for shape in shapes]),
        "shape_at": as_stored(np.concatenate([shape.at for shape in shapes])),
        "shape_stop": np.concatenate([shape.stops for shape in shapes]).astype(np.int32),
        "shape_source": np.array([shape.source for shape in shapes], np.uint8),
    }


def _shape(parts: FeedParts, pattern: Pattern) -> Shape:
    """The shape of the first of a pattern's trips that has one."""
    stops = parts.stops.at[pattern.stops] / SCALE
    for run in pattern.runs:
        line = parts.shapes.get(parts.trips[parts.runs[run].row].shape)
        if line is not None:
            return cut(line, stops) or stops_alone(stops)
    return stops_alone(stops)
