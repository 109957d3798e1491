"""A first order for a day too large to be searched through: lateness is counted, and moved away.

Every order is allowed at first. What does not fit is late by some seconds; moving a few stops
together to another place, wherever that makes less of it, leads to an order that keeps all demands
or, which proves nothing, to none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.order.moves import NEVER
from planner.domain.order.stays import leave_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planner.domain.clock import Instant
    from planner.domain.order.problem import OrderProblem

MOVED_TOGETHER = 3
NO_WAY_S = 100_000
"""A missing way, or a stop before what it must come after, counts as so much lateness."""

Fault = tuple[int, int]
"""Seconds of lateness in all, and the finish: the smaller the better."""


def first_order(
    problem: OrderProblem, given: Sequence[int], is_over: Callable[[], bool]
) -> tuple[int, ...] | None:
    """Return some order that keeps all demands; None where none was found."""
    last_start = [
        max((one.latest_start(stop.dwell_s) for one in stop.intervals), default=-NEVER)
        for stop in problem.stops
    ]
    free = [number for number in given if not problem.stops[number].locked]
    starts = (sorted(free, key=lambda number: last_start[number]), _nearest(problem, free), free)
    found = min(_improved(problem, start, is_over) for start in starts)
    return whole_order(problem, found[1]) if found[0][0] == 0 else None


def whole_order(problem: OrderProblem, free: Sequence[int]) -> tuple[int, ...]:
    """All stops: the locked ones in their positions, the others in an order between them."""
    left = iter(free)
    return tuple(number if stop.locked else next(left) for number, stop in enumerate(problem.stops))


def _improved(
    problem: OrderProblem, order: Sequence[int], is_over: Callable[[], bool]
) -> tuple[Fault, list[int]]:
    """An order of the free stops that no move makes better, and its fault."""
    best, fault = list(order), fault_of(problem, whole_order(problem, order))
    while True:
        found = None
        for tried in _neighbours(best):
            if is_over():
                return fault, best
            new = fault_of(problem, whole_order(problem, tried))
            if new < fault:
                found, fault = tried, new
                break
        if found is None:
            return fault, best
        best = found


def _neighbours(order: Sequence[int]) -> Iterator[list[int]]:
    """Orders with a few stops moved together, or a stretch turned round."""
    size = len(order)
    for length in range(1, min(MOVED_TOGETHER, size - 1) + 1):
        for first in range(size - length + 1):
            moved, rest = order[first : first + length], [*order[:first], *order[first + length :]]
            for place in range(len(rest) + 1):
                if place != first:
                    yield [*rest[:place], *moved, *rest[place:]]
    for first in range(size - 1):
        for last in range(first + 2, size + 1):
            yield [*order[:first], *reversed(order[first:last]), *order[last:]]


def fault_of(problem: OrderProblem, order: Sequence[int]) -> Fault:
    """Return by how many seconds an order is late in all, and when it is over."""
    here, now, late = 0, problem.start, 0
    done: set[int] = set()
    for number in order:
        stop = problem.stops[number]
        ready = problem.moves.ready_one(here, number, now) if stop.placed else now
        if ready >= NEVER:
            ready, late = now, late + NO_WAY_S
        late += NO_WAY_S * len(stop.after - done)
        done.add(number)
        leave = leave_one(stop.intervals, ready + stop.buffer_s, stop.dwell_s)
        if leave >= NEVER:
            late += _lateness(problem, number, ready + stop.buffer_s)
            leave = ready + stop.buffer_s + stop.dwell_s
        now = leave
        here = number + 1 if stop.placed else here
    finish = problem.moves.ready_one(here, len(problem.stops), now) if problem.has_end else now
    if finish >= NEVER:
        finish, late = now, late + NO_WAY_S
    return late + max(0, finish - problem.latest), finish


def _lateness(problem: OrderProblem, number: int, ready: Instant) -> int:
    stop = problem.stops[number]
    latest = max((one.latest_start(stop.dwell_s) for one in stop.intervals), default=-NEVER)
    return min(NO_WAY_S, max(1, ready - latest))


def _nearest(problem: OrderProblem, free: Sequence[int]) -> list[int]:
    """The free stops, each time the one that is left first."""
    left, here, now = list(free), 0, problem.start
    order = []
    while left:
        leaves = {number: _left(problem, here, number, now) for number in left}
        first = min(left, key=lambda number: leaves[number])
        order.append(first)
        left.remove(first)
        if leaves[first] < NEVER:
            now = leaves[first]
            here = first + 1 if problem.stops[first].placed else here
    return order


def _left(problem: OrderProblem, here: int, number: int, now: Instant) -> Instant:
    stop = problem.stops[number]
    ready = problem.moves.ready_one(here, number, now) if stop.placed else now
    return leave_one(stop.intervals, ready + stop.buffer_s, stop.dwell_s)
