"""Whole days at once: the earliest arrival at some places for every trip that one can get on.

Rounds again, but from the end: for every call of every trip and every place
the earliest arrival with one ride, then with two, then with three. A round is a
few operations of numpy over all trips of the days and all places: along the
stops of a pattern the least of what follows, by stop the least of what leaves
later, over the walks of a change the least of where they lead. That is the
profile of every start at once; a search from each start at each time of
departure would ask the same a thousand times over. It knows trips only:
the rides on headways that can be expected are put among them (`headway_samples`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.buses.files import Boarding
from planner.buses.query.timetable.days import DayTimes
from planner.buses.query.timetable.timetable import Timetable
from planner.buses.query.walks.access import Footpaths
from planner.domain.budget import ENDLESS, Budget
from planner.domain.clock import Instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.buses.query.walks.access import StopReach

Ints = NDArray[np.int64]
Times = NDArray[np.int32]
"""Seconds after the start of the span, NEVER where there is no way."""

NEVER = 1 << 30

PLACES_AT_ONCE = 7
"""Bounds the memory of a search."""


@dataclass(frozen=True)
class ProfileSpan:
    """The trips of some days between two instants. A cell is one call of one trip, as in `DayTimes`.

    Starts are asked for from `start` up to `until`. `gap_s` is what a change takes besides the walk,
    `is_exact` tells that no ride was left out.
    """

    timetable: Timetable
    days: DayTimes
    paths: Footpaths
    start: Instant
    until: Instant
    end: Instant
    gap_s: int
    is_exact: bool = True

    def arrivals(self, into: Sequence[StopReach], rides: int, budget: Budget = ENDLESS) -> Times:
        """Return (departures, places): the earliest arrival of somebody who leaves with that departure.

        Raises
        ------
        OutOfTimeError
            If the budget is over before it is known.
        """
        parts = [into[at : at + PLACES_AT_ONCE] for at in range(0, len(into), PLACES_AT_ONCE)]
        return np.concatenate([self._arrivals(part, rides, budget) for part in parts], axis=1)

    def _arrivals(self, into: Sequence[StopReach], rides: int, budget: Budget) -> Times:
        budget.check()
        egress = np.full((len(self.timetable.stop_name), len(into)), NEVER, np.int32)
        for place, reach in enumerate(into):
            egress[reach.stops, place] = reach.seconds
        arrive, stop = self._arrive, self._stop
        off = np.where(self._may_alight[:, None], arrive[:, None] + egress.take(stop, axis=0), NEVER).astype(
            np.int32
        )
        on = self._ridden(off)
        for _ in range(rides - 1):
            budget.check()
            on = self._ridden(self._changed(off, self._later(self._leaving(on))))
        return self._leaving(on)

    @cached_property
    def departures(self) -> Times:
        """When something leaves, by stop and time; what leaves at one stop at once is one departure."""
        cells, firsts = self._boardings
        return self._depart[cells[firsts]]

    @cached_property
    def stop_starts(self) -> Ints:
        """The departures of stop s are stop_starts[s]:stop_starts[s + 1]."""
        cells, firsts = self._boardings
        stops = np.arange(len(self.timetable.stop_name) + 1)
        return np.searchsorted(self._stop[cells[firsts]], stops).astype(np.int64)

    @cached_property
    def _boardings(self) -> tuple[Ints, Ints]:
        """The cells at which one may get on, by stop and time, and which of them begin a departure."""
        last = self.end - self.start
        cells = np.flatnonzero(self._may_board & (self._depart >= 0) & (self._depart <= last))
        keys = self._at(cells, self._depart)
        order = np.argsort(keys, kind="stable")
        return cells[order], _firsts(keys[order])

    def _at(self, cells: Ints, times: Times) -> Ints:
        """A key of stop and time, which lies in the span, for each cell."""
        return self._stop[cells] * self._width + times[cells]

    @property
    def _width(self) -> int:
        return self.end - self.start + 2

    def _leaving(self, on: Times) -> Times:
        """By departure: the least of what leaves then."""
        cells, firsts = self._boardings
        return np.minimum.reduceat(on.take(cells, axis=0), firsts, axis=0)

    @cached_property
    def _calls(self) -> Ints:
        """The call of each cell, counted over all patterns."""
        trips = np.diff(self.days.starts)
        per_call = np.repeat(trips, np.diff(self.timetable.pattern_offsets))
        return np.repeat(np.arange(len(per_call)), per_call)

    @cached_property
    def _stop(self) -> Ints:
        return self.timetable.pattern_stops[self._calls].astype(np.int64)

    @cached_property
    def _arrive(self) -> Times:
        return np.clip(self.days.arrive - self.start, -NEVER, NEVER).astype(np.int32)

    @cached_property
    def _depart(self) -> Times:
        return np.clip(self.days.depart - self.start, -NEVER, NEVER).astype(np.int32)

    @cached_property
    def _may_board(self) -> NDArray[np.bool_]:
        return np.asarray(self.timetable.pattern_board[self._calls] != Boarding.NONE)

    @cached_property
    def _may_alight(self) -> NDArray[np.bool_]:
        return np.asarray(self.timetable.pattern_alight[self._calls] != Boarding.NONE)

    def _ridden(self, off: Times) -> Times:
        """On board at a cell: the least of getting off at a later stop of the trip."""
        on = np.full_like(off, NEVER)
        cells, offsets = self.days.cells.tolist(), self.timetable.pattern_offsets.tolist()
        for pattern in np.flatnonzero(np.diff(self.days.starts)).tolist():
            part = slice(cells[pattern], cells[pattern + 1])
            stops = offsets[pattern + 1] - offsets[pattern]
            block = off[part].reshape(stops, -1, off.shape[1])
            least = np.minimum.accumulate(block[:0:-1], axis=0)[::-1]
            on[part].reshape(block.shape)[:-1] = least
        return on

    def _later(self, on: Times) -> Times:
        """By departure: the least of what leaves the stop then or later."""
        least = np.empty_like(on)
        starts = self.stop_starts.tolist()
        for stop in np.flatnonzero(np.diff(self.stop_starts)).tolist():
            part = slice(starts[stop], starts[stop + 1])
            least[part] = np.minimum.accumulate(on[part][::-1], axis=0)[::-1]
        return least

    @cached_property
    def _changes(self) -> Changes:
        """What can be changed to in time; who gets off at one stop at once has the same changes."""
        last = self.end - self.start
        cells = np.flatnonzero(self._may_alight & (self._arrive >= 0) & (self._arrive <= last))
        keys, comings = np.unique(self._at(cells, self._arrive), return_inverse=True)
        stops, times = np.divmod(keys, self._width)
        firsts = np.searchsorted(stops, np.arange(len(self.timetable.stop_name) + 1)).tolist()
        times = times.astype(np.int32)
        caught: list[tuple[int, NDArray[np.int32]]] = []
        for stop, (first, end) in enumerate(pairwise(firsts)):
            if first < end:
                caught += ((first, departures) for departures in self._caught(stop, times[first:end]))
        return Changes(cells, comings, len(keys), caught)

    def _caught(self, stop: int, times: Times) -> Iterator[NDArray[np.int32]]:
        """By walk to another stop: the departure there that each of the comings to a stop catches.

        The last comings may catch none.
        """
        rows = slice(int(self.paths.starts[stop]), int(self.paths.starts[stop + 1]))
        starts = self.stop_starts
        for there, seconds in zip(self.paths.stops[rows], self.paths.seconds[rows], strict=True):
            leaving = self.departures[starts[there] : starts[there + 1]]
            caught = leaving.searchsorted(times + np.int32(seconds + self.gap_s))
            in_time = int(caught.searchsorted(len(leaving)))
            if in_time:
                yield (starts[there] + caught[:in_time]).astype(np.int32)

    def _changed(self, off: Times, later: Times) -> Times:
        """Off at a cell: the place itself, or the least of what a change leads to."""
        changes = self._changes
        reached = np.full((changes.size, off.shape[1]), NEVER, np.int32)
        for first, caught in changes.caught:
            part = reached[first : first + len(caught)]
            np.minimum(part, later.take(caught, axis=0), out=part)
        least = off.copy()
        changed = reached.take(changes.comings, axis=0)
        least[changes.cells] = np.minimum(off.take(changes.cells, axis=0), changed)
        return least


class Changes(NamedTuple):
    """Cells where one may get off, and the coming that each is: an instant at a stop, `size` in all.

    For each walk from a stop: its first coming, and the departures caught by that and those after it.
    """

    cells: Ints
    comings: Ints
    size: int
    caught: list[tuple[int, NDArray[np.int32]]]


def _firsts(keys: Ints) -> Ints:
    """Where a new one of ascending keys begins."""
    return np.flatnonzero(np.diff(keys, prepend=-1))
