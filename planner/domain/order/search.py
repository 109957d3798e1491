"""The best order of a day for an objective, and whether that is proved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.order.costs import Cost, cost_of
from planner.domain.order.cuts import fewest_cuts
from planner.domain.order.forward import earliest_finish
from planner.domain.order.labels import OutOfTimeError, Search
from planner.domain.order.latest import latest_leaves
from planner.domain.order.lattice import lattice_of
from planner.domain.order.local import good_order
from planner.domain.order.moves import NEVER
from planner.domain.order.problem import OrderProblem, walk_through
from planner.domain.proposals import Objective

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from planner.domain.order.lattice import Lattice

MOST_EXACT = 13
"""So many free stops are searched through: 8 192 sets. Above that the order is good, not proved."""

MINUTE_S = 60


@dataclass(frozen=True)
class Found:
    """An order with the length of each stay in seconds (by stop), and the start it is planned from.

    `proved` tells that none is better for the objective; `is_cut` that stays had to be shortened,
    by the fewest minutes in all.
    """

    order: tuple[int, ...]
    dwells: tuple[int, ...]
    start: Instant
    proved: bool
    is_cut: bool = False


def best_order(
    problem: OrderProblem,
    objective: Objective,
    is_over: Callable[[], bool] = lambda: False,
    *,
    may_cut: bool = True,
) -> Found | None:
    """Return the best order; None where no order keeps all demands, or none was found in time.

    With `Objective.LATEST_START` the day begins as late as it can within its limit, whatever the
    problem's start, but not before it. Where stays must be cut, of the orders with the fewest
    minutes cut the one with the earliest finish is returned, for every objective.
    """
    if len(problem.free) > MOST_EXACT:
        return _good(problem, objective, is_over)
    lattice = lattice_of(problem)
    if objective is Objective.LATEST_START:
        latest = int(latest_leaves(problem, lattice, problem.latest)[0][0, 0])
        if latest >= problem.start and latest < NEVER:
            problem = replace(problem, start=max(problem.start, latest - latest % MINUTE_S))
    first = earliest_finish(problem, lattice)
    if first is None:
        return _cut(problem, lattice, is_over) if may_cut else None
    found, proved = first.order, True
    if objective not in (Objective.FINISH, Objective.LATEST_START):
        found, proved = _least(problem, lattice, objective, (first.order, first.finish), is_over)
    return Found(found, tuple(stop.dwell_s for stop in problem.stops), problem.start, proved)


def is_feasible(problem: OrderProblem) -> bool:
    """Whether some order keeps all demands, stays cut as far as they may be; exact sizes only."""
    shortest = problem.with_dwells([stop.least_dwell_s for stop in problem.stops])
    return earliest_finish(shortest, lattice_of(shortest)) is not None


def _cut(problem: OrderProblem, lattice: Lattice, is_over: Callable[[], bool]) -> Found | None:
    try:
        found = fewest_cuts(problem, lattice, is_over)
    except OutOfTimeError:
        return None
    if found is None:
        return None
    return Found(found.order, found.dwells, problem.start, proved=True, is_cut=True)


def _least(
    problem: OrderProblem,
    lattice: Lattice,
    objective: Objective,
    first: tuple[Sequence[int], Instant],
    is_over: Callable[[], bool],
) -> tuple[tuple[int, ...], bool]:
    """The order of the least walking or waiting; out of time, the one with the earliest finish."""
    order, finish = first
    given = range(len(problem.stops))
    limit = finish if objective is Objective.FINISH_WALKING else problem.latest
    cost = Cost.WAITING if objective is Objective.WAITING else Cost.WALKING
    search = Search(
        problem=problem,
        lattice=lattice,
        latest=latest_leaves(problem, lattice, limit),
        limit=limit,
        cost=cost,
        known=min(cost_of(problem, one, cost) for one in _in_time(problem, (order, given), limit)),
        is_over=is_over,
    )
    try:
        found = search.least()
    except OutOfTimeError:
        return tuple(order), False
    return (tuple(order), True) if found is None else (found.order, True)


def _in_time(
    problem: OrderProblem, orders: Iterable[Sequence[int]], limit: Instant
) -> Iterator[Sequence[int]]:
    for order in orders:
        walked = walk_through(problem, order)
        if walked is not None and walked.finish <= limit:
            yield order


def _good(problem: OrderProblem, objective: Objective, is_over: Callable[[], bool]) -> Found | None:
    def best(part: OrderProblem) -> tuple[int, ...] | None:
        found = best_order(part, objective, is_over, may_cut=False)
        return None if found is None else found.order

    if objective is Objective.LATEST_START:
        objective = Objective.FINISH
    order = good_order(problem, objective, best, is_over)
    if order is None:
        return None
    return Found(order, tuple(stop.dwell_s for stop in problem.stops), problem.start, proved=False)
