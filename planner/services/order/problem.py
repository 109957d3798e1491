"""A day as a question about order, and the same day with some of its demands left aside."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.domain.hours.spans import within
from planner.domain.order.moves import NEVER
from planner.domain.order.problem import OrderProblem, OrderStop
from planner.domain.order.stays import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.domain.hours.spans import Span
    from planner.domain.order.moves import MoveTable
    from planner.domain.schedule.timed import TimedDay, TimedStop


def problem_of(timed: TimedDay, moves: MoveTable, late_s: int = 0) -> OrderProblem:
    """Return the question of a day's order; `after` that names no stop of the day asks for nothing.

    With `late_s` everything that has an end (windows, hours, fixed times, the finish) ends so much later.
    """
    numbers = {stop.id: number for number, stop in enumerate(timed.stops)}
    return OrderProblem(
        start=timed.start,
        stops=tuple(stop_of(stop, numbers, late_s) for stop in timed.stops),
        moves=moves,
        has_end=timed.end_place is not None,
        limit=None if timed.end_limit is None else timed.end_limit + late_s,
    )


def stop_of(stop: TimedStop, numbers: Mapping[str, int] = MappingProxyType({}), late_s: int = 0) -> OrderStop:
    """Return a stop as the search knows it; `numbers` are those of the stops that it may come after."""
    return OrderStop(
        intervals=tuple(_intervals(stop, late_s)),
        dwell_s=stop.dwell_s,
        min_dwell_s=stop.min_dwell_s,
        buffer_s=stop.buffer_s,
        placed=stop.place is not None,
        locked=stop.locked,
        after=frozenset(numbers[earlier] for earlier in stop.after if earlier in numbers),
    )


def _intervals(stop: TimedStop, late_s: int) -> Iterator[Interval]:
    """Where a stay may lie: around the fixed time, else where doors and windows are open.

    Each of them ends later before it is asked what they have in common: where that is nothing on the
    day, a later end may make it something.
    """
    hours = [
        span if span.end is None or not late_s else replace(span, end=span.end + late_s)
        for span in stop.hours
    ]
    if stop.fixed is not None:
        last_start = stop.fixed + late_s
        for span in hours:
            for starts in _entered(span, late_s):
                start, last = max(stop.fixed, starts.start), min(last_start, starts.last_start)
                if start <= last and start < starts.end:
                    yield replace(starts, start=start, last_start=last)
        return
    first = -NEVER if stop.not_before is None else stop.not_before
    windows = [(opens, closes + late_s) for opens, closes in stop.windows]
    for span in within(hours, windows):
        for starts in _entered(span, late_s):
            yield replace(starts, start=max(first, starts.start))


def _entered(span: Span, late_s: int) -> Iterator[Interval]:
    """Where stays of a span may lie: one stretch, or one from each entry on."""
    end = NEVER if span.end is None else span.end
    if not span.entries:
        yield Interval(span.start, end)
    for entry in span.entries:
        yield Interval(entry, end, entry + late_s)
