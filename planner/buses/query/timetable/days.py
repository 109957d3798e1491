"""The trips under way on some days, as instants in a matrix for each pattern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.clock import DAY_S

if TYPE_CHECKING:
    from planner.buses.query.timetable.timetable import Timetable


REMEMBERED_DAYS = 32
"""Spans of days kept ready in a process; one of a town takes well under a megabyte."""

CHANGE_S = 3600
"""A day on which the clock is put forward is so much shorter."""


@dataclass(frozen=True)
class DayTimes:
    """The trips of the service dates first to last, and of earlier ones those that pass first's midnight.

    Pattern p has the trips trips[starts[p]:starts[p + 1]] by first departure; templates of headways are not
    among them. Its instants are a matrix (stops, trips) from cells[p] on in `arrive` and
    `depart`, one row a stop: each row ascends.
    """

    first: date
    last: date
    trips: NDArray[np.int32]
    bases: NDArray[np.int64]
    """Per entry of `trips`, the instant its times count from."""
    starts: NDArray[np.int64]
    cells: NDArray[np.int64]
    arrive: NDArray[np.int64]
    depart: NDArray[np.int64]
    freqs: NDArray[np.int32]
    """Headway periods: rows of freq_trip and so on."""
    freq_bases: NDArray[np.int64]

    def arrivals(self, pattern: int) -> NDArray[np.int64]:
        """Instants of a pattern's arrivals: a row a stop, a column a trip."""
        return self._matrix(self.arrive, pattern)

    def departures(self, pattern: int) -> NDArray[np.int64]:
        """Instants of a pattern's departures: a row a stop, a column a trip."""
        return self._matrix(self.depart, pattern)

    def _matrix(self, times: NDArray[np.int64], pattern: int) -> NDArray[np.int64]:
        count = int(self.starts[pattern + 1] - self.starts[pattern])
        part = times[self.cells[pattern] : self.cells[pattern + 1]]
        return part.reshape(-1, count) if count else part.reshape(0, 0)


def trips_on(timetable: Timetable, day: date) -> DayTimes:
    """Return the trips of a service date, and those of the days before that pass its midnight."""
    return trips_between(timetable, day, day)


def trips_between(timetable: Timetable, first: date, last: date) -> DayTimes:
    """Return the trips of service dates from first to last, and those that pass first's midnight."""
    return timetable.memory.get(
        "trips", (first, last), lambda: _day_times(timetable, first, last), keep=REMEMBERED_DAYS
    )


def _day_times(timetable: Timetable, first: date, last: date) -> DayTimes:
    """Put together the trips of some service dates."""
    trips, bases, freqs, freq_bases = _under_way(timetable, first, last)
    starting = bases + timetable.depart[timetable.trip_offsets[trips]]
    order = np.lexsort((_means(timetable)[trips] + bases, starting, timetable.trip_pattern[trips]))
    trips, bases = trips[order], bases[order]
    patterns = len(timetable.pattern_line)
    starts = np.searchsorted(timetable.trip_pattern[trips], np.arange(patterns + 1)).astype(np.int64)
    sizes = np.diff(starts) * np.diff(timetable.pattern_offsets)
    cells = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    columns, entries = _transposed(timetable, trips, starts, cells)
    return DayTimes(
        first=first,
        last=last,
        trips=trips.astype(np.int32),
        bases=bases,
        starts=starts,
        cells=cells,
        arrive=bases[columns] + timetable.arrive[entries],
        depart=bases[columns] + timetable.depart[entries],
        freqs=freqs.astype(np.int32),
        freq_bases=freq_bases,
    )


def _means(timetable: Timetable) -> NDArray[np.float64]:
    """The mean of each trip's times: of two that begin together, the one that is nowhere later has less."""
    if not len(timetable.trip_pattern):
        return np.zeros(0)
    starts = timetable.trip_offsets[:-1]
    sums = np.add.reduceat(timetable.arrive + timetable.depart.astype(np.int64), starts)
    means: NDArray[np.float64] = sums / (2 * np.diff(timetable.trip_offsets))
    return means


def _transposed(
    timetable: Timetable, trips: NDArray[np.int64], starts: NDArray[np.int64], cells: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for each cell of the matrices, its place in `trips` and in the timetable's times."""
    sizes = np.diff(cells)
    within = np.arange(cells[-1]) - np.repeat(cells[:-1], sizes)
    counts = np.repeat(np.diff(starts), sizes)
    row, column = np.divmod(within, np.maximum(counts, 1))
    columns: NDArray[np.int64] = np.repeat(starts[:-1], sizes) + column
    entries: NDArray[np.int64] = timetable.trip_offsets[trips[columns]] + row
    return columns, entries


Entries = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _under_way(timetable: Timetable, first: date, last: date) -> Entries:
    """Return trips with their bases, and headway periods with theirs."""
    is_template = np.zeros(len(timetable.trip_pattern), np.bool_)
    is_template[timetable.freq_trip] = True
    ends = timetable.arrive[timetable.trip_offsets[1:] - 1] if len(is_template) else np.zeros(0, np.int32)
    freq_ends = timetable.freq_end + ends[timetable.freq_trip]
    longest = int(max(ends.max(initial=0), freq_ends.max(initial=0)))
    entries: list[Entries] = []
    midnight = timetable.clock.midnight(first)
    day = first - timedelta(days=(longest + CHANGE_S) // DAY_S)
    while day <= last:
        runs = timetable.running(day)
        base = timetable.service_start(day)
        over = midnight - base if day < first else -1
        is_on = runs[timetable.trip_service]
        trips = np.flatnonzero(is_on & ~is_template & (ends > over))
        freqs = np.flatnonzero(is_on[timetable.freq_trip] & (freq_ends > over))
        entries.append((trips, np.full(len(trips), base), freqs, np.full(len(freqs), base)))
        day += timedelta(days=1)
    trips, bases, freqs, freq_bases = (np.concatenate(column) for column in zip(*entries, strict=True))
    return trips, bases.astype(np.int64), freqs, freq_bases.astype(np.int64)
