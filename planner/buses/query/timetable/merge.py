"""One timetable of several: of a line that several have, the first one's service speaks.

A line is its mode and short name; whose line it is does not matter. Only two
imported feeds may both have a line, if they are valid at different times.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import SourceKind, TimetableArrays, TimetableMeta
from planner.buses.query.timetable.parts import laid_together, with_lines
from planner.buses.query.timetable.timetable import LineKey, Timetable, line_key
from planner.buses.stations import stations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Merged = tuple[TimetableMeta, tuple[str, ...], TimetableArrays]
Said = dict[LineKey, list["ValidDates | None"]]
ValidDates = tuple[str, str]

OTHERWISE_KNOWN = "lines that another source knows better"


def merged(parts: Sequence[Timetable]) -> Merged:
    """Merge timetables of one time zone, the weightiest first."""
    dropped: Counter[str] = Counter()
    for part in parts:
        dropped.update(part.meta.dropped)
    kept, known = _speaking(parts)
    dropped[OTHERWISE_KNOWN] += known
    parts = [part for part, _ in kept]
    first, last = _dates(kept)
    pieces = [_widened(arrays, part.meta, first, last) for part, arrays in kept]
    texts: list[str] = [""]
    shifts: list[int] = []
    for part in parts:
        shifts.append(len(texts) - 1)
        texts += part.texts[1:]
    sources = [sum(len(part.meta.sources) for part in parts[:at]) for at in range(len(parts))]
    arrays = laid_together(pieces, shifts, sources)
    names = [texts[name] for name in arrays.stop_name.tolist()]
    arrays = replace(arrays, stop_station=stations(arrays.stop_at, names, arrays.stop_station.tolist()))
    meta = replace(
        parts[0].meta,
        first_date=first.isoformat() if first else "",
        last_date=last.isoformat() if last else "",
        sources=tuple(source for part in parts for source in part.meta.sources),
        counts=counts(arrays),
        dropped={reason: count for reason, count in dropped.items() if count},
    )
    return meta, tuple(texts), arrays


def _speaking(parts: Sequence[Timetable]) -> tuple[list[tuple[Timetable, TimetableArrays]], int]:
    """Return the parts with the lines for which they speak, and how many lines others know better.

    A part of which no line is left is none, so that its dates say nothing.
    """
    said: Said = {}
    kept: list[tuple[Timetable, TimetableArrays]] = []
    known = 0
    for part in parts:
        keep = np.array([_is_new(part, line, said) for line in range(len(part.line_name))], np.bool_)
        for line in np.flatnonzero(keep).tolist():
            said.setdefault(line_key(part, line), []).append(_span(part, line))
        known += int((~keep).sum())
        if keep.any():
            kept.append((part, part if keep.all() else with_lines(part, keep)))
    return kept, known


def _span(part: Timetable, line: int) -> ValidDates | None:
    """The dates for which an imported feed speaks; None for what speaks where nobody else does."""
    source = part.meta.sources[int(part.line_credit[line])]
    return (source.valid_from, source.valid_to) if source.kind is SourceKind.GTFS else None


def _is_new(part: Timetable, line: int, said: Said) -> bool:
    others, own = said.get(line_key(part, line), []), _span(part, line)
    return all(own and other and (own[1] < other[0] or other[1] < own[0]) for other in others)


def _dates(kept: Sequence[tuple[Timetable, TimetableArrays]]) -> tuple[date | None, date | None]:
    """The first and last date on which anything that is kept runs by its dates."""
    days: list[date] = []
    for part, arrays in kept:
        used = np.flatnonzero(arrays.service_days.any(axis=0))
        if part.validity and len(used):
            days += [part.validity[0] + timedelta(days=int(used[end])) for end in (0, -1)]
    return (min(days), max(days)) if days else (None, None)


def _widened(
    arrays: TimetableArrays, meta: TimetableMeta, first: date | None, last: date | None
) -> TimetableArrays:
    """Give the services a column for every date from first to last."""
    if first is None or last is None:
        return arrays
    days: NDArray[np.bool_] = np.zeros((len(arrays.service_days), (last - first).days + 1), np.bool_)
    if meta.first_date:
        at = (date.fromisoformat(meta.first_date) - first).days
        begin, end = max(0, at), min(days.shape[1], at + arrays.service_days.shape[1])
        days[:, begin:end] = arrays.service_days[:, begin - at : end - at]
    return replace(arrays, service_days=days)


def counts(arrays: TimetableArrays) -> dict[str, int]:
    """How much of everything there is."""
    return {
        "stops": len(arrays.stop_name),
        "lines": len(arrays.line_name),
        "patterns": len(arrays.pattern_line),
        "trips": len(arrays.trip_pattern),
        "stop_times": len(arrays.arrive),
        "services": len(arrays.service_days),
        "headway_periods": len(arrays.freq_trip),
    }
