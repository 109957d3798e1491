"""What a timetable says, counted: for people who keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import STAYING, LineMode, ShapeSource, Source
from planner.buses.query.timetable.merge import counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.buses.query.timetable.timetable import Timetable

_WORKDAYS, _SATURDAY, _SUNDAY = range(5), range(5, 6), range(6, 7)


@dataclass(frozen=True)
class LineFacts:
    """A line; departures of a usual working day, Saturday and Sunday on which it runs, in all directions.

    Dates are ISO, '' for a service that runs every week without end.
    """

    name: str
    mode: str
    source: int
    estimated: bool
    first_date: str
    last_date: str
    workday: int
    saturday: int
    sunday: int


@dataclass(frozen=True)
class TimetableCounts:
    """A whole timetable; `shapes` counts the patterns by where their geometry is from."""

    timezone: str
    first_date: str
    last_date: str
    sources: tuple[Source, ...]
    lines: tuple[LineFacts, ...]
    counts: dict[str, int]
    shapes: dict[str, int]
    dropped: dict[str, int]


def facts(timetable: Timetable) -> TimetableCounts:
    """Count what a timetable has."""
    meta = timetable.meta
    shapes = np.bincount(timetable.shape_source, minlength=len(ShapeSource)).tolist()
    departures = _departures(timetable)
    lines = [_line(timetable, line, departures[line]) for line in range(len(timetable.line_name))]
    return TimetableCounts(
        timezone=meta.timezone,
        first_date=meta.first_date,
        last_date=meta.last_date,
        sources=meta.sources,
        lines=tuple(sorted(lines, key=lambda line: (line.source, line.mode, len(line.name), line.name))),
        counts=counts(timetable),
        shapes={source.name.lower(): shapes[source] for source in ShapeSource},
        dropped=meta.dropped,
    )


def _departures(timetable: Timetable) -> NDArray[np.float64]:
    """(L, D) departures by line and date; D is one week from a Monday where no service has dates."""
    counts = np.ones(len(timetable.trip_pattern))
    counts[timetable.freq_trip] = 0.0
    counts[[STAYING in timetable.texts[trip] for trip in timetable.trip_id.tolist()]] = 0.0
    spans = (timetable.freq_end - timetable.freq_start) / np.maximum(timetable.freq_headway, 1)
    np.add.at(counts, timetable.freq_trip, np.floor(spans) + 1)
    by_service = np.zeros((len(timetable.line_name), len(timetable.service_days)))
    np.add.at(by_service, (timetable.pattern_line[timetable.trip_pattern], timetable.trip_service), counts)
    weeks = timetable.service_week[:, _weekdays(timetable)]
    runs = (timetable.service_days | weeks) if timetable.validity else weeks
    return np.asarray(by_service @ runs, np.float64)


def _weekdays(timetable: Timetable) -> NDArray[np.int64]:
    first = timetable.validity[0].weekday() if timetable.validity else 0
    width = timetable.service_days.shape[1] if timetable.validity else 7
    return (first + np.arange(width)) % 7


def _line(timetable: Timetable, line: int, departures: NDArray[np.float64]) -> LineFacts:
    weekdays = _weekdays(timetable)
    runs = np.flatnonzero(departures)
    first, last = "", ""
    if timetable.validity and not _is_endless(timetable, line) and len(runs):
        first, last = (_date(timetable.validity[0], int(runs[end])) for end in (0, -1))
        departures, weekdays = departures[runs[0] : runs[-1] + 1], weekdays[runs[0] : runs[-1] + 1]
    usual = [_usual(departures[np.isin(weekdays, days)]) for days in (_WORKDAYS, _SATURDAY, _SUNDAY)]
    return LineFacts(
        name=timetable.texts[int(timetable.line_name[line])],
        mode=LineMode(int(timetable.line_mode[line])).name.lower(),
        source=int(timetable.line_credit[line]),
        estimated=bool(timetable.line_estimated[line]),
        first_date=first,
        last_date=last,
        workday=usual[0],
        saturday=usual[1],
        sunday=usual[2],
    )


def _is_endless(timetable: Timetable, line: int) -> bool:
    services = timetable.trip_service[timetable.pattern_line[timetable.trip_pattern] == line]
    return bool(timetable.service_week[services].any())


def _usual(departures: NDArray[np.float64]) -> int:
    """The median of the days that have any, 0 where none has."""
    served = departures[departures > 0]
    return round(float(np.median(served))) if len(served) else 0


def _date(first: date, days: int) -> str:
    return (first + timedelta(days=days)).isoformat()
