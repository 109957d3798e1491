"""One timetable of several: of a line that several have, the first one's service speaks.

A line is its mode and short name; whose line it is does not matter. Only two
imported feeds may both have a line, if they are valid at different times.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import SourceKind, TimetableArrays, TimetableMeta
from planner.buses.query.parts import laid_together, with_lines
from planner.buses.stations import stations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.buses.query.timetable import Timetable

Merged = tuple[TimetableMeta, tuple[str, ...], TimetableArrays]
LineKey = tuple[int, str]
Said = dict[LineKey, list["Span | None"]]
Span = tuple[str, str]

OTHERWISE_KNOWN = "lines that another source knows better"


def merged(parts: Sequence[Timetable]) -> Merged:
    """Merge timetables of one time zone, the weightiest first."""
    said: Said = {}
    dropped: Counter[str] = Counter()
    kept: list[TimetableArrays] = []
    for part in parts:
        dropped.update(part.meta.dropped)
        keep = np.array([_is_new(part, line, said) for line in range(len(part.line_name))], np.bool_)
        for line in np.flatnonzero(keep).tolist():
            said.setdefault(line_key(part, line), []).append(_span(part, line))
        if not keep.all():
            dropped[OTHERWISE_KNOWN] += int((~keep).sum())
        kept.append(part if keep.all() else with_lines(part, keep))
    first, last = _dates(parts)
    kept = [_widened(arrays, part.meta, first, last) for arrays, part in zip(kept, parts, strict=True)]
    texts: list[str] = [""]
    shifts: list[int] = []
    for part in parts:
        shifts.append(len(texts) - 1)
        texts += part.texts[1:]
    sources = [sum(len(part.meta.sources) for part in parts[:at]) for at in range(len(parts))]
    arrays = laid_together(kept, shifts, sources)
    names = [texts[name] for name in arrays.stop_name.tolist()]
    arrays = replace(arrays, stop_station=stations(arrays.stop_at, names, arrays.stop_station.tolist()))
    meta = replace(
        parts[0].meta,
        first_date=first.isoformat() if first else "",
        last_date=last.isoformat() if last else "",
        sources=tuple(source for part in parts for source in part.meta.sources),
        counts=counts(arrays),
        dropped=dict(dropped),
    )
    return meta, tuple(texts), arrays


def line_key(part: Timetable, line: int) -> LineKey:
    """What tells one line from another."""
    return int(part.line_mode[line]), " ".join(part.texts[int(part.line_name[line])].casefold().split())


def _span(part: Timetable, line: int) -> Span | None:
    """The dates for which an imported feed speaks; None for what speaks where nobody else does."""
    source = part.meta.sources[int(part.line_credit[line])]
    return (source.valid_from, source.valid_to) if source.kind is SourceKind.GTFS else None


def _is_new(part: Timetable, line: int, said: Said) -> bool:
    others, own = said.get(line_key(part, line), []), _span(part, line)
    return all(own and other and (own[1] < other[0] or other[1] < own[0]) for other in others)


def _dates(parts: Sequence[Timetable]) -> tuple[date | None, date | None]:
    spans = [part.validity for part in parts if part.validity]
    if not spans:
        return None, None
    return min(first for first, _ in spans), max(last for _, last in spans)


def _widened(
    arrays: TimetableArrays, meta: TimetableMeta, first: date | None, last: date | None
) -> TimetableArrays:
    """Give the services a column for every date from first to last."""
    if first is None or last is None:
        return arrays
    days: NDArray[np.bool_] = np.zeros((len(arrays.service_days), (last - first).days + 1), np.bool_)
    if meta.first_date:
        at = (date.fromisoformat(meta.first_date) - first).days
        days[:, at : at + arrays.service_days.shape[1]] = arrays.service_days
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
