"""The best order of a day for an objective, and whether that is proved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.budget import ENDLESS, OutOfTimeError
from planner.domain.clock import Instant, minute_until
from planner.domain.order.costs import Cost, cost_of
from planner.domain.order.exact.cuts import fewest_cuts
from planner.domain.order.exact.forward import Earliest, earliest_finish
from planner.domain.order.exact.labels import Search
from planner.domain.order.exact.latest import latest_leaves
from planner.domain.order.exact.lattice import lattice_of
from planner.domain.order.good.cuts import good_cuts
from planner.domain.order.good.large import large_order
from planner.domain.order.moves import NEVER
from planner.domain.order.problem import OrderProblem, walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.sparse.arrays import DayArrays
from planner.domain.order.sparse.forward import ForwardSearch, Spent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.exact.lattice import Lattice

MOST_EXACT = 15
"""So many free stops are searched through: 32 768 sets. Above that the order is good, not proved."""

FOR_PROOF = 0.6
"""The share of the time in which a proof is looked for; the rest is for an order that is good."""

FOR_WHOLE_STAYS = 0.6
"""Of many stops that may be cut, the share of the time in which an order of whole stays is looked for."""

FOR_FEW_CUTS = 0.4
"""The share of what is left in which few minutes to cut are looked for, before the fewest."""

FOR_ONE_CUT = 0.3
"""Of what is then left, the share that each search goes on for."""

MANY = 12
SOON_WIDTH = 256
"""Of so many stops a search that keeps few states is worth its time before one that keeps all."""

BY_FINISH = frozenset({Objective.FINISH, Objective.LATEST_START})


@dataclass(frozen=True)
class FoundOrder:
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
    budget: Budget = ENDLESS,
    *,
    may_cut: bool = True,
    deadline: Budget = ENDLESS,
    known: Sequence[Sequence[int]] = (),
) -> FoundOrder | None:
    """Return the best order; None where no order keeps all demands, or none was found in time.

    With `Objective.LATEST_START` the day begins as late as it can within its limit, but not before
    the problem's start. Where stays must be cut, of the orders with the fewest minutes cut the one that cuts
    most fairly is returned, for every objective; of many stops one that needs few.

    Of many stops orders that are `known` already spare a part of the search.

    The earliest finish is looked for whatever the budget, up to the deadline.

    Raises
    ------
    OutOfTimeError
        If the deadline is over before the earliest finish is known.
    """
    if len(problem.free) > MOST_EXACT:
        if not may_cut or all(stop.most_cut == 0 for stop in problem.stops):
            return _large(problem, objective, known, budget)
        found = _large(problem, objective, known, budget.share(FOR_WHOLE_STAYS))
        return found or _large_cut(problem, budget)
    lattice = lattice_of(problem)
    if objective is Objective.LATEST_START:
        problem = _begun_latest(problem, lattice)
    first = earliest_finish(problem, lattice, deadline)
    if first is None:
        return _cut(problem, lattice, budget, deadline) if may_cut else None
    sooner = (first.order, *_soon(problem, objective, first))
    try:
        best = _best(problem, lattice, objective, first, sooner, budget.share(FOR_PROOF))
    except OutOfTimeError:
        return _large(problem, objective, (*known, *sooner), budget)
    return _as_wished(problem, best, proved=True)


def is_feasible(problem: OrderProblem) -> bool:
    """Whether some order keeps all demands, stays cut as far as they may be; exact sizes only."""
    shortest = problem.with_dwells([stop.least_dwell_s for stop in problem.stops])
    return earliest_finish(shortest, lattice_of(shortest)) is not None


def _begun_latest(problem: OrderProblem, lattice: Lattice) -> OrderProblem:
    """The day from its latest start on, in whole minutes."""
    latest = int(latest_leaves(problem, lattice, problem.latest)[0][0, 0])
    if not problem.start <= latest < NEVER:
        return problem
    return replace(problem, start=max(problem.start, minute_until(latest)))


def _best(
    problem: OrderProblem,
    lattice: Lattice,
    objective: Objective,
    first: Earliest,
    known: Iterable[tuple[int, ...]],
    budget: Budget,
) -> tuple[int, ...]:
    """The order that is best for an objective, given that with the earliest finish and some others."""
    if objective in BY_FINISH:
        return first.order
    cost = Cost.WAITING if objective is Objective.WAITING else Cost.WALKING
    limit = first.finish if objective is Objective.FINISH_WALKING else problem.latest
    if cost_of(problem, first.order, cost) <= _unavoidable(problem, cost):
        return first.order
    search = Search(
        problem=problem,
        lattice=lattice,
        latest=latest_leaves(problem, lattice, limit),
        limit=limit,
        cost=cost,
        known=_known(problem, (*known, range(len(problem.stops))), cost, limit),
        budget=budget,
    )
    return search.least() or first.order


def _soon(problem: OrderProblem, objective: Objective, first: Earliest) -> Iterable[tuple[int, ...]]:
    """An order that spends little, of many stops: the less is known to do, the sooner a search is through."""
    is_waiting = objective is Objective.WAITING
    if len(problem.free) < MANY or objective in BY_FINISH or not (is_waiting or problem.moves.is_steady):
        return ()
    limit = first.finish if objective is Objective.FINISH_WALKING else problem.latest
    spent = Spent.WAITING if is_waiting else Spent.WALKING
    found = ForwardSearch(DayArrays(problem), spent, limit).reach(SOON_WIDTH, ENDLESS)
    return () if found.order is None else (found.order,)


def _unavoidable(problem: OrderProblem, cost: Cost) -> float:
    """What every order costs at least: the reserves alone, for waiting."""
    if cost is Cost.WALKING:
        return 0.0
    columns = [number for number, stop in enumerate(problem.stops) if stop.placed]
    columns += [len(problem.stops)] if problem.has_end else []
    least = sum(int(problem.moves.reserve[:, column].min()) for column in columns)
    return float(least + sum(stop.buffer_s for stop in problem.stops))


def _known(problem: OrderProblem, orders: Iterable[Sequence[int]], cost: Cost, limit: Instant) -> float:
    """The least cost of some orders, of those that are over in time."""
    walked = ((order, walk_through(problem, order)) for order in orders)
    return min(cost_of(problem, order, cost) for order, walk in walked if walk and walk.finish <= limit)


def _cut(problem: OrderProblem, lattice: Lattice, budget: Budget, deadline: Budget) -> FoundOrder | None:
    """The order that needs the fewest minutes cut; where that takes too long, one that needs few."""
    quickest = earliest_finish(problem.with_least_dwells(), lattice, deadline)
    if quickest is None:
        return None
    few = good_cuts(
        problem, quickest.order, lambda tried: _quickest(tried, lattice, budget), budget.rest(FOR_FEW_CUTS)
    )
    if few is None:
        return None
    cut = fewest_cuts(problem, lattice, few, budget)
    return FoundOrder(cut.order, cut.dwells, problem.start, cut.proved, is_cut=True)


def _quickest(problem: OrderProblem, lattice: Lattice, budget: Budget) -> tuple[int, ...] | None:
    """The order that is over first."""
    found = earliest_finish(problem, lattice, budget)
    return None if found is None else found.order


def _large_cut(problem: OrderProblem, budget: Budget) -> FoundOrder | None:
    """An order of many stops that needs few minutes cut."""

    def order_of(tried: OrderProblem) -> tuple[int, ...] | None:
        return large_order(tried, Objective.FINISH, (), budget.rest(FOR_ONE_CUT)).order

    shortest = order_of(problem.with_least_dwells())
    cut = None if shortest is None else good_cuts(problem, shortest, order_of, budget)
    if cut is None:
        return None
    return FoundOrder(cut.order, cut.dwells, problem.start, proved=False, is_cut=True)


def _large(
    problem: OrderProblem, objective: Objective, known: Sequence[Sequence[int]], budget: Budget
) -> FoundOrder | None:
    """An order that is good, often proved, and no worse than the day as it is and what is known."""
    found = large_order(problem, objective, (range(len(problem.stops)), *known), budget)
    return None if found.order is None else _as_wished(problem, found.order, proved=found.proved)


def _as_wished(problem: OrderProblem, order: Sequence[int], *, proved: bool) -> FoundOrder:
    """An order with the stays as long as they are wished."""
    return FoundOrder(tuple(order), tuple(stop.dwell_s for stop in problem.stops), problem.start, proved)
