"""Taking lines out of a timetable and laying several timetables side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.files import ARRAYS, TimetableArrays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Mask = NDArray[np.bool_]
Rows = NDArray[np.integer]

OF_STOPS = tuple(name for name in ARRAYS if name.startswith("stop_"))
OF_LINES = tuple(name for name in ARRAYS if name.startswith("line_"))
OF_FREQS = tuple(name for name in ARRAYS if name.startswith("freq_"))
OF_CALLS = ("pattern_stops", "pattern_board", "pattern_alight", "shape_stop")
OF_TIMES = ("arrive", "depart", "time_platform")

TEXTS = ("stop_name", "stop_platform", "stop_id", "line_name", "line_long", "pattern_headsign")
TEXTS_OF_TRIPS = ("trip_headsign", "trip_id", "time_platform")

POINTS_AT = {
    "pattern_line": "line_name",
    "pattern_stops": "stop_name",
    "trip_pattern": "pattern_line",
    "trip_service": "service_days",
    "freq_trip": "trip_pattern",
}
"""Arrays of row numbers: whose rows they count."""

OFFSETS = {"pattern_offsets": "pattern_stops", "trip_offsets": "arrive", "shape_offsets": "shape_at"}


def with_lines(arrays: TimetableArrays, keep: Mask) -> TimetableArrays:
    """Return the service of some lines alone, with the stops and days that it still needs."""
    patterns = keep[arrays.pattern_line]
    trips = patterns[arrays.trip_pattern]
    freqs = trips[arrays.freq_trip]
    calls = np.repeat(patterns, np.diff(arrays.pattern_offsets))
    times = np.repeat(trips, np.diff(arrays.trip_offsets))
    points = np.repeat(patterns, np.diff(arrays.shape_offsets))
    stops = _used(len(arrays.stop_name), arrays.pattern_stops[calls])
    services = _used(len(arrays.service_days), arrays.trip_service[trips])
    taken: dict[str, NDArray[np.generic]] = {}
    for names, mask in (
        (OF_STOPS, stops),
        (OF_LINES, keep),
        (OF_FREQS, freqs),
        (OF_CALLS, calls),
        (OF_TIMES, times),
        (("shape_at",), points),
        (("service_days", "service_week"), services),
        (("pattern_line", "pattern_headsign", "shape_source"), patterns),
        (("trip_pattern", "trip_service", "trip_headsign", "trip_id"), trips),
    ):
        taken |= {name: getattr(arrays, name)[mask] for name in names}
    taken["pattern_line"] = _renumbered(taken["pattern_line"], keep)
    taken["pattern_stops"] = _renumbered(taken["pattern_stops"], stops)
    taken["trip_pattern"] = _renumbered(taken["trip_pattern"], patterns)
    taken["trip_service"] = _renumbered(taken["trip_service"], services)
    taken["freq_trip"] = _renumbered(taken["freq_trip"], trips)
    taken["pattern_offsets"] = _offsets(arrays.pattern_offsets, patterns)
    taken["shape_offsets"] = _offsets(arrays.shape_offsets, patterns)
    taken["trip_offsets"] = _offsets(arrays.trip_offsets, trips)
    return replace(arrays, **taken)  # type: ignore[arg-type]


def _used(count: int, rows: NDArray[np.int32]) -> Mask:
    used = np.zeros(count, np.bool_)
    used[rows] = True
    return used


def _renumbered(rows: NDArray[np.generic], keep: Mask) -> NDArray[np.int32]:
    """Row numbers after the rows that are not kept have gone."""
    places = np.cumsum(keep, dtype=np.int32) - 1
    return np.asarray(places[rows], np.int32)


def _offsets(offsets: NDArray[np.int64], keep: Mask) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(np.diff(offsets)[keep]))).astype(np.int64)


def laid_together(
    parts: Sequence[TimetableArrays], texts: Sequence[int], sources: Sequence[int]
) -> TimetableArrays:
    """Lay timetables one after the other.

    Parameters
    ----------
    texts, sources
        For each part, by how much its numbers of texts (but 0) and of sources go up. The
        arrays `service_days` must have one width.
    """
    shifts = [_shifts(parts[:at]) for at in range(len(parts))]
    joined: dict[str, NDArray[np.generic]] = {}
    for name in ARRAYS:
        pieces = [
            _shifted(name, getattr(part, name), shift, text, source)
            for part, shift, text, source in zip(parts, shifts, texts, sources, strict=True)
        ]
        if name in OFFSETS:
            pieces = [pieces[0], *(piece[1:] for piece in pieces[1:])]
        joined[name] = np.concatenate(pieces)
    return TimetableArrays(**joined)  # type: ignore[arg-type]


def _shifts(before: Sequence[TimetableArrays]) -> dict[str, int]:
    """By how much each array's numbers go up after the parts before."""
    shifts = {
        name: sum(len(getattr(part, of)) for part in before) for name, of in {**POINTS_AT, **OFFSETS}.items()
    }
    shifts["stop_station"] = sum(int(part.stop_station.max(initial=-1)) + 1 for part in before)
    return shifts


def _shifted(
    name: str, array: NDArray[np.generic], shift: Mapping[str, int], text: int, source: int
) -> NDArray[np.generic]:
    if name in TEXTS or name in TEXTS_OF_TRIPS:
        numbers = np.asarray(array, np.int32)
        return np.where(numbers > 0, numbers + np.int32(text), 0).astype(np.int32)
    by = source if name == "line_credit" else shift.get(name, 0)
    return (np.asarray(array, array.dtype) + by).astype(array.dtype) if by else array
