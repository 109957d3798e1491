"""The departures of some days, laid out for a search by rounds, forwards or mirrored in time.

Mirrored, every time changes its sign, trips run from their last stop to their
first and getting on and off change places: "arrive by" is then "depart at" of
the mirrored board, and one search serves both.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import Boarding
from planner.buses.query.journeys.headways import HeadwayPeriod, HeadwayRun
from planner.buses.query.timetable.headway_grid import headway_step_s

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from planner.buses.query.timetable.days import DayTimes
    from planner.buses.query.timetable.timetable import Timetable
    from planner.domain.clock import Instant

StopTime = tuple[int, int]
"""A run's number and a position among its stops."""


@dataclass(frozen=True)
class PatternRun:
    """The trips of a pattern, none overtaking another. `depart[i][j]` is when trip j leaves stop i."""

    pattern: int
    stops: tuple[int, ...]
    board: tuple[bool, ...]
    alight: tuple[bool, ...]
    arrive: tuple[array[int], ...]
    depart: tuple[array[int], ...]

    @property
    def trips(self) -> int:
        """How many trips there are."""
        return len(self.depart[0])

    def latest(self, at: int, by: Instant) -> int | None:
        """The last trip that comes to position `at` by an instant."""
        after = bisect_right(self.arrive[at], by)
        return after - 1 if after else None

    def left(self, at: int, trip: int) -> Instant:
        """When a trip leaves position `at`."""
        return self.depart[at][trip]

    def number_mirrored(self, trip: int) -> int:
        """The number that a trip has on the mirrored board, or the other way round."""
        return self.trips - 1 - trip

    def mirrored(self) -> PatternRun:
        """Return the same seen backwards in time."""
        return PatternRun(
            self.pattern,
            self.stops[::-1],
            self.alight[::-1],
            self.board[::-1],
            tuple(array("q", [-time for time in reversed(times)]) for times in reversed(self.depart)),
            tuple(array("q", [-time for time in reversed(times)]) for times in reversed(self.arrive)),
        )


@dataclass(frozen=True)
class RaptorBoard:
    """All runs of some days. `boarding[s]` and `alighting[s]` are the calls at stop s where one may do so."""

    size: int
    runs: tuple[PatternRun | HeadwayRun, ...]

    @cached_property
    def boarding(self) -> tuple[tuple[StopTime, ...], ...]:
        """Calls by stop at which one may get on and ride somewhere."""
        return self._calls(run.board[:-1] for run in self.runs)

    @cached_property
    def alighting(self) -> tuple[tuple[StopTime, ...], ...]:
        """Calls by stop at which one may get off and has come from somewhere."""
        return self._calls((False, *run.alight[1:]) for run in self.runs)

    def _calls(self, allowed: Iterable[Sequence[bool]]) -> tuple[tuple[StopTime, ...], ...]:
        calls: list[list[StopTime]] = [[] for _ in range(self.size)]
        for number, (run, may) in enumerate(zip(self.runs, allowed, strict=True)):
            for at, is_open in enumerate(may):
                if is_open:
                    calls[run.stops[at]].append((number, at))
        return tuple(map(tuple, calls))

    @cached_property
    def mirrored(self) -> RaptorBoard:
        """The same runs, numbered alike, seen backwards in time."""
        return RaptorBoard(self.size, tuple(run.mirrored() for run in self.runs))


def board_of(timetable: Timetable, days: DayTimes) -> RaptorBoard:
    """Lay out the trips of some days: patterns with trips in the order of their numbers, then headways."""
    running = np.flatnonzero(np.diff(days.starts)).tolist()
    runs: list[PatternRun | HeadwayRun] = [_run(timetable, days, pattern) for pattern in running]
    runs += _headways(timetable, days)
    return RaptorBoard(len(timetable.stop_name), tuple(runs))


def _run(timetable: Timetable, days: DayTimes, pattern: int) -> PatternRun:
    stops, board, alight = pattern_calls(timetable, pattern)
    arrive, depart = days.arrivals(pattern), days.departures(pattern)
    return PatternRun(pattern, stops, board, alight, _columns(arrive), _columns(depart))


def _columns(times: NDArray[np.int64]) -> tuple[array[int], ...]:
    return tuple(array("q", row.tobytes()) for row in times)


def pattern_calls(
    timetable: Timetable, pattern: int
) -> tuple[tuple[int, ...], tuple[bool, ...], tuple[bool, ...]]:
    """Return a pattern's stops, and at which positions one may get on and off."""
    part = slice(int(timetable.pattern_offsets[pattern]), int(timetable.pattern_offsets[pattern + 1]))
    return (
        tuple(timetable.pattern_stops[part].tolist()),
        tuple(kind != Boarding.NONE for kind in timetable.pattern_board[part].tolist()),
        tuple(kind != Boarding.NONE for kind in timetable.pattern_alight[part].tolist()),
    )


def _headways(timetable: Timetable, days: DayTimes) -> list[HeadwayRun]:
    trips = timetable.freq_trip[days.freqs]
    runs = []
    for trip in np.unique(trips).tolist():
        pattern = int(timetable.trip_pattern[trip])
        stops, board, alight = pattern_calls(timetable, pattern)
        part = slice(int(timetable.trip_offsets[trip]), int(timetable.trip_offsets[trip + 1]))
        own = trips == trip
        arrive, depart = timetable.arrive[part].tolist(), timetable.depart[part].tolist()
        periods = tuple(_periods(timetable, days.freqs[own], days.freq_bases[own]))
        runs.append(HeadwayRun(pattern, trip, stops, board, alight, tuple(arrive), tuple(depart), periods))
    return runs


def _periods(
    timetable: Timetable, rows: NDArray[np.int32], bases: NDArray[np.int64]
) -> Iterator[HeadwayPeriod]:
    starts, ends = bases + timetable.freq_start[rows], bases + timetable.freq_end[rows]
    halves = (timetable.freq_headway[rows] + 1) // 2
    step_s = headway_step_s(timetable)
    for first, last, half in zip(starts.tolist(), ends.tolist(), halves.tolist(), strict=True):
        yield HeadwayPeriod(first, last, half, first, step_s)
