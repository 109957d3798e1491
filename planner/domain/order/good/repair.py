"""A first order for a day too large to be searched through: lateness is counted, and moved away.

Every order is allowed at first. What does not fit is late by some seconds; moving a few stops
together to another place, wherever that makes less of it, leads to an order that keeps all demands
or, which proves nothing, to none.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from planner.domain.clock import minute_from
from planner.domain.order.moves import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
    from planner.domain.order.problem import OrderProblem, OrderStop

MOVED_TOGETHER = 3
KICKS = 12
"""So often the best order is thrown about and improved again: local ways out lead into local holes."""

NO_WAY_S = 100_000
"""A missing way, or a stop before what it must come after, counts as so much lateness."""

Fault = tuple[int, int]
"""Seconds of lateness in all, and the finish: the smaller the better."""


def first_order(problem: OrderProblem, given: Sequence[int], budget: Budget) -> tuple[int, ...] | None:
    """Return some order that keeps all demands; None where none was found."""
    free = [number for number in given if not problem.stops[number].locked]
    starts = (
        sorted(free, key=lambda number: problem.stops[number].latest_start),
        _nearest(problem, free),
        free,
    )
    best = min(_improved(problem, start, budget) for start in starts)
    dice = Random(len(free))  # noqa: S311 - no secret
    for _ in range(KICKS):
        if budget.is_over():
            break
        best = min(best, _improved(problem, kicked(best[1], dice), budget))
    return whole_order(problem, best[1]) if best[0][0] == 0 else None


def kicked(order: Sequence[int], dice: Random) -> list[int]:
    """The order cut in four, the two parts in the middle exchanged: what no single move brings about."""
    first, second, third = sorted(dice.randint(0, len(order)) for _ in range(3))
    return [*order[:first], *order[second:third], *order[first:second], *order[third:]]


def whole_order(problem: OrderProblem, free: Sequence[int]) -> tuple[int, ...]:
    """All stops: the locked ones in their positions, the others in an order between them."""
    left = iter(free)
    return tuple(number if stop.locked else next(left) for number, stop in enumerate(problem.stops))


def _improved(problem: OrderProblem, order: Sequence[int], budget: Budget) -> tuple[Fault, list[int]]:
    """An order of the free stops that no move makes better, and its fault."""
    best, fault = list(order), fault_of(problem, whole_order(problem, order))
    while True:
        better = None
        for tried in _neighbours(best):
            if budget.is_over():
                return fault, best
            new = fault_of(problem, whole_order(problem, tried))
            if new < fault:
                better, fault = tried, new
                break
        if better is None:
            return fault, best
        best = better


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
        ready = problem.ready(here, number, now)
        if ready >= NEVER:
            ready, late = now, late + NO_WAY_S
        late += NO_WAY_S * len(stop.after - done)
        done.add(number)
        leave = problem.left(number, ready)
        if leave >= NEVER:
            late += _lateness(stop, ready + stop.buffer_s)
            leave = minute_from(ready + stop.buffer_s) + stop.dwell_s
        now = leave
        here = problem.place_after(here, number)
    finish = problem.finish(here, now)
    if finish >= NEVER:
        finish, late = now, late + NO_WAY_S
    return late + max(0, finish - problem.latest), finish


def _lateness(stop: OrderStop, ready: Instant) -> int:
    """Seconds by which a stop is reached too late, bounded: one that is never open counts as no way."""
    return min(NO_WAY_S, max(1, ready - stop.latest_start))


def _nearest(problem: OrderProblem, free: Sequence[int]) -> list[int]:
    """The free stops, each time the one that is left first."""
    left, here, now = list(free), 0, problem.start
    order = []
    while left:
        leaves = {number: problem.left(number, problem.ready(here, number, now)) for number in left}
        first = min(left, key=lambda number: leaves[number])
        order.append(first)
        left.remove(first)
        if leaves[first] < NEVER:
            now = leaves[first]
            here = problem.place_after(here, first)
    return order
