"""A day as a question about order, and the same day with some of its demands left aside."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.domain.hours.spans import within
from planner.domain.order.moves import NEVER
from planner.domain.order.problem import OrderProblem, OrderStop
from planner.domain.order.stays import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.order.moves import MoveTable
    from planner.domain.schedule.timed import TimedDay, TimedStop


def problem_of(timed: TimedDay, moves: MoveTable) -> OrderProblem:
    """Return the question of a day's order; `after` that names no stop of the day asks for nothing."""
    numbers = {stop.id: number for number, stop in enumerate(timed.stops)}
    return OrderProblem(
        start=timed.start,
        stops=tuple(stop_of(stop, numbers) for stop in timed.stops),
        moves=moves,
        has_end=timed.end_place is not None,
        limit=timed.end_limit,
    )


def stop_of(stop: TimedStop, numbers: Mapping[str, int] = MappingProxyType({})) -> OrderStop:
    """Return a stop as the search knows it; `numbers` are those of the stops that it may come after."""
    return OrderStop(
        intervals=_intervals(stop),
        dwell_s=stop.dwell_s,
        min_dwell_s=stop.min_dwell_s,
        buffer_s=stop.buffer_s,
        placed=stop.place is not None,
        locked=stop.locked,
        after=frozenset(numbers[earlier] for earlier in stop.after if earlier in numbers),
    )


def _intervals(stop: TimedStop) -> tuple[Interval, ...]:
    """Where a stay may lie: around the fixed time, else where doors and windows are open."""
    if stop.fixed is not None:
        ends = [
            NEVER if span.end is None else span.end
            for span in stop.hours
            if span.start <= stop.fixed and (span.end is None or span.end > stop.fixed)
        ]
        return tuple(Interval(stop.fixed, end, stop.fixed) for end in ends)
    first = -NEVER if stop.not_before is None else stop.not_before
    return tuple(
        Interval(max(first, span.start), NEVER if span.end is None else span.end)
        for span in within(stop.hours, stop.windows)
    )
