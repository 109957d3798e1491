"""Whole days at once: the earliest arrival at some places for every trip that one can get on.

Rounds again, but from the end: for every call of every trip and every place
the earliest arrival with one ride, then with two, then with three. A round is a
few operations of numpy over all trips of the days and all places: along the
stops of a pattern the least of what follows, by stop the least of what leaves
later, over the walks of a change the least of where they lead. That is the
profile of every start at once; a search from each start at each time of
departure would ask the same a thousand times over. It knows trips only:
headways, which leave at no time of their own, are sampled (`profiles`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.files import Boarding
from planner.buses.query.access import Footpaths
from planner.buses.query.days import DayTimes
from planner.buses.query.timetable import Timetable
from planner.domain.clock import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.buses.query.access import Reach

Ints = NDArray[np.int64]
Times = NDArray[np.int32]
"""Seconds after the start of the span, NEVER where there is no way."""

NEVER = 1 << 30

PAIRS_AT_ONCE = 1 << 16
PLACES_AT_ONCE = 7
"""Bounds the memory of a search."""


@dataclass(frozen=True)
class Span:
    """The trips of some days between two instants. A cell is one call of one trip, as in `DayTimes`.

    `gap_s` is what a change takes besides the walk.
    """

    timetable: Timetable
    days: DayTimes
    paths: Footpaths
    start: Instant
    end: Instant
    gap_s: int

    def arrivals(self, into: Sequence[Reach], rides: int) -> Times:
        """Return (boardings, places): the earliest arrival of who is on board there."""
        parts = [into[at : at + PLACES_AT_ONCE] for at in range(0, len(into), PLACES_AT_ONCE)]
        return np.concatenate([self._arrivals(part, rides) for part in parts], axis=1)

    def _arrivals(self, into: Sequence[Reach], rides: int) -> Times:
        egress = np.full((len(self.timetable.stop_name), len(into)), NEVER, np.int32)
        for place, reach in enumerate(into):
            egress[reach.stops, place] = reach.seconds
        arrive, stop = self._arrive, self._stop
        off = np.where(self._may_alight[:, None], arrive[:, None] + egress[stop], NEVER).astype(np.int32)
        on = self._ridden(off)
        for _ in range(rides - 1):
            on = self._ridden(self._changed(off, self._later(on[self.boardings])))
        return np.asarray(on[self.boardings])

    @cached_property
    def boardings(self) -> Ints:
        """The cells at which one may get on, by stop and time."""
        last = self.end - self.start
        is_open = self._may_board & (self._depart >= 0) & (self._depart <= last)
        cells = np.flatnonzero(is_open)
        return cells[np.lexsort((self._depart[cells], self._stop[cells]))]

    @cached_property
    def departures(self) -> Times:
        """When the trips of the boardings leave."""
        return self._depart[self.boardings]

    @cached_property
    def stop_starts(self) -> Ints:
        """The boardings of stop s are stop_starts[s]:stop_starts[s + 1]."""
        stops = np.arange(len(self.timetable.stop_name) + 1)
        return np.searchsorted(self._stop[self.boardings], stops).astype(np.int64)

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
        """At a stop by a boarding's time: the least of what leaves then or later."""
        least = np.empty_like(on)
        starts = self.stop_starts.tolist()
        for stop in np.flatnonzero(np.diff(self.stop_starts)).tolist():
            part = slice(starts[stop], starts[stop + 1])
            least[part] = np.minimum.accumulate(on[part][::-1], axis=0)[::-1]
        return least

    @cached_property
    def _changes(self) -> tuple[Ints, Ints, NDArray[np.int32]]:
        """Cells to change from, where their pairs begin, and by pair the boarding that is caught."""
        last = self.end - self.start
        is_open = self._may_alight & (self._arrive >= 0) & (self._arrive <= last)
        cells = np.flatnonzero(is_open)
        stops = self._stop[cells]
        first, counts = self.paths.starts[stops], np.diff(self.paths.starts)[stops]
        cell = np.repeat(np.arange(len(cells), dtype=np.int32), counts)
        row = np.arange(len(cell)) + np.repeat(first - np.cumsum(counts) + counts, counts)
        there = self.paths.stops[row]
        ready = self._arrive[cells][cell] + self.paths.seconds[row] + self.gap_s
        width = last + 2
        keys = self._stop[self.boardings] * width + self.departures
        caught = np.searchsorted(keys, there * width + np.minimum(ready, width - 1)).astype(np.int32)
        kept = caught < self.stop_starts[there + 1]
        cell, caught = cell[kept], caught[kept]
        has_pairs, begin = np.unique(cell, return_index=True)
        return cells[has_pairs], np.append(begin, len(cell)).astype(np.int64), caught

    def _changed(self, off: Times, later: Times) -> Times:
        """Off at a cell: the place itself, or the least of what a change leads to."""
        cells, begin, caught = self._changes
        least = off.copy()
        first = 0
        while first < len(cells):
            last = int(np.searchsorted(begin, begin[first] + PAIRS_AT_ONCE, side="right")) - 1
            last = min(max(last, first + 1), len(cells))
            reached = later[caught[begin[first] : begin[last]]]
            best = np.minimum.reduceat(reached, begin[first:last] - begin[first], axis=0)
            least[cells[first:last]] = np.minimum(least[cells[first:last]], best)
            first = last
        return least
