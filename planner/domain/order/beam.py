"""A first order for a day too large to be searched through: the most promising beginnings, stop by stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.order.moves import NEVER
from planner.domain.order.problem import walk_through
from planner.domain.order.stays import leave_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.order.problem import OrderProblem

BEAM = 120
"""So many beginnings are kept of each length."""


@dataclass(frozen=True)
class _Begun:
    """The first stops of an order: when the last one is left, where the group is, and which are done."""

    leave: Instant
    place: int
    order: tuple[int, ...]
    done: frozenset[int]


def first_order(problem: OrderProblem, is_over: Callable[[], bool]) -> tuple[int, ...] | None:
    """Return some order that keeps all demands; None where none was found, which proves nothing."""
    last_starts = [
        max((one.latest_start(stop.dwell_s) for one in stop.intervals), default=-NEVER)
        for stop in problem.stops
    ]
    begun = [_Begun(problem.start, 0, (), frozenset())]
    for position in range(len(problem.stops)):
        best: dict[tuple[frozenset[int], int], _Begun] = {}
        for one in begun:
            if is_over():
                return None
            for more in _longer(problem, one, position, last_starts):
                known = best.get((more.done, more.place))
                if known is None or more.leave < known.leave:
                    best[more.done, more.place] = more
        begun = sorted(best.values(), key=lambda one: (one.leave, one.order))[:BEAM]
    whole = (one.order for one in begun if walk_through(problem, one.order))
    return next(whole, None)


def _longer(
    problem: OrderProblem, begun: _Begun, position: int, last_starts: list[Instant]
) -> Iterator[_Begun]:
    """Beginnings with one stop more, after which none of the others is too late already."""
    own = problem.stops[position]
    for number in (position,) if own.locked else problem.free:
        stop = problem.stops[number]
        if number in begun.done or not stop.after <= begun.done:
            continue
        ready = problem.moves.ready_one(begun.place, number, begun.leave) if stop.placed else begun.leave
        leave = leave_one(stop.intervals, ready + stop.buffer_s, stop.dwell_s)
        done = begun.done | {number}
        in_time = (last_starts[other] >= leave for other in range(len(problem.stops)) if other not in done)
        if leave < NEVER and all(in_time):
            place = number + 1 if stop.placed else begun.place
            yield _Begun(leave, place, (*begun.order, number), done)
