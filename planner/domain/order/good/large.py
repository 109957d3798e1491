"""Days with more free stops than can be searched through: the best order if it is proved, else a good one.

A forward search that keeps few states gives a first order soon; small changes make it better, by PyVRP
where it can say all of the day; then the forward search goes on with more and more states, which proves it
where windows are narrow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.budget import ENDLESS, OutOfTimeError
from planner.domain.order.costs import Cost, cost_of, score
from planner.domain.order.good.lists import DayLists
from planner.domain.order.good.rebuild import Rebuilder
from planner.domain.order.good.repair import first_order
from planner.domain.order.good.routed import BY_TIME, Router, can_be_routed
from planner.domain.order.problem import walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.sparse.arrays import DayArrays
from planner.domain.order.sparse.forward import ForwardSearch, Spent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem

FIRST_WIDTHS = (32, 256)
"""So many states are kept at first, for an order soon."""

WIDTHS = (1024, 4096, 16_384, 65_536)
"""So many when there is an order: if all that is worth while finds room, it is proved."""

FOR_A_FIRST = 0.3
FOR_CHANGES = 0.65
"""Shares of the time: until when an order is looked for, and until when it is made better by changes."""

LEAST_WIDER = 1.5
"""A search that cannot keep so many times as many states as the last one is not worth its time."""


@dataclass(frozen=True)
class LargeOrder:
    """What was found, `proved` to be the best; without an order `proved` tells that there is none."""

    order: tuple[int, ...] | None
    proved: bool = False


def large_order(
    problem: OrderProblem,
    objective: Objective,
    known: Iterable[Sequence[int]],
    budget: Budget,
) -> LargeOrder:
    """Return an order that is no worse than the known ones; the same each time unless time runs out."""
    budget = budget.rest()
    if objective is Objective.FINISH_WALKING:
        first = large_order(problem, Objective.FINISH, known, budget.share(0.5))
        walked = None if first.order is None else walk_through(problem, first.order)
        if first.order is None or walked is None:
            return first
        in_time = replace(problem, limit=walked.finish)
        least = large_order(in_time, Objective.WALKING, [first.order], budget)
        return replace(least, proved=first.proved and least.proved)
    large = _Large(problem, objective, budget)
    for order in known:
        large.keep(tuple(order))
    return large.found()


def any_order(problem: OrderProblem, known: Iterable[Sequence[int]], budget: Budget) -> LargeOrder:
    """Return an order that keeps all demands, the first that is found; how good it is does not matter."""
    large = _Large(problem, Objective.FINISH, budget.rest())
    for order in known:
        large.keep(tuple(order))
    return large.first()


class _Large:
    """One question, and the best order until now."""

    def __init__(self, problem: OrderProblem, objective: Objective, budget: Budget) -> None:
        self._problem = problem
        self._objective = objective
        self._budget = budget
        self._arrays = DayArrays(problem)
        self._spent = _spent(problem, objective)
        self._widest, self._pace = 0, 0.0
        """How many states of a step the last search kept, and its seconds for each of them."""
        self._best: tuple[int, ...] | None = None
        self._score = (float("inf"), float("inf"))

    def keep(self, order: tuple[int, ...] | None) -> None:
        """Take an order, if it keeps all demands and is better than what is known."""
        own = (float("inf"), 0.0) if order is None else score(self._problem, order, self._objective)
        if own < self._score:
            self._best, self._score = order, own

    def found(self) -> LargeOrder:
        """Look for an order, make it better, and look at last whether it is the best."""
        first = self.first(is_wide=self._spent in (None, Spent.TIME))
        if first.order is None:
            return first
        is_whole = first.proved
        if self._spent is not Spent.TIME:
            self._widest = 0
            is_whole = self._search(self._spent, FIRST_WIDTHS, self._budget.share(FOR_A_FIRST))
        if not is_whole:
            self._improve(self._budget.share(FOR_CHANGES))
            is_whole = self._search(self._spent, WIDTHS, self._budget)
        if not is_whole:
            self._improve(self._budget)
        return LargeOrder(self._best, proved=is_whole and self._is_sure)

    def first(self, *, is_wide: bool = False) -> LargeOrder:
        """Look for an order at all, also where one is known if it `is_wide`; proved where nothing is left."""
        is_whole = False
        if self._best is None or is_wide:
            is_whole = self._search(Spent.TIME, FIRST_WIDTHS, self._budget.share(FOR_A_FIRST))
        if self._best is None and not is_whole:
            is_whole = self._search(Spent.TIME, WIDTHS, self._budget.share(FOR_CHANGES))
        if self._best is None and not is_whole:
            self.keep(first_order(self._problem, range(len(self._problem.stops)), self._budget))
        return LargeOrder(self._best, proved=is_whole)

    @cached_property
    def _changer(self) -> Router | Rebuilder:
        if can_be_routed(self._problem):
            return Router(self._problem, DayLists.of(self._arrays, self._objective), self._objective)
        return Rebuilder(self._arrays, self._objective)

    @property
    def _is_sure(self) -> bool:
        """Whether nothing better is left once the search for what is spent is through."""
        return self._spent is Spent.TIME or self._problem.moves.is_steady

    def _search(self, spent: Spent | None, widths: Sequence[int], budget: Budget) -> bool:
        """Search with more and more states, as many as there is time for; whether nothing was left out.

        The first of all, some hundredths of a second, is made whatever time there is.
        """
        for width in widths:
            if spent is None:
                return False
            kept = int(min(width, budget.left_s / self._pace)) if self._pace > 0 else width
            if kept < LEAST_WIDER * self._widest:
                return False
            begun_s = budget.left_s
            search = ForwardSearch(self._arrays, spent, self._problem.latest, self._known(spent))
            is_first = self._best is None and width == FIRST_WIDTHS[0]
            try:
                reached = search.reach(kept, ENDLESS if is_first else budget)
            except OutOfTimeError:
                return False
            self.keep(reached.order)
            if reached.complete:
                return True
            self._widest = kept
            if budget.left_s < float("inf"):
                self._pace = max(0.0, begun_s - budget.left_s) / kept
        return False

    def _known(self, spent: Spent) -> float:
        """What the best order spends; others are of no interest that spend more."""
        walked = None if self._best is None else walk_through(self._problem, self._best)
        if self._best is None or walked is None:
            return float("inf")
        if spent is Spent.TIME:
            return walked.finish
        return cost_of(self._problem, self._best, Cost.WAITING if spent is Spent.WAITING else Cost.WALKING)

    def _improve(self, budget: Budget) -> None:
        """Make the order better by many small changes."""
        if self._best is not None:
            self.keep(self._changer.improved(self._best, budget))


def _spent(problem: OrderProblem, objective: Objective) -> Spent | None:
    """What a forward search makes least; None where metres on foot hang on the time."""
    if objective in BY_TIME:
        return Spent.TIME
    if objective is Objective.WAITING:
        return Spent.WAITING
    return Spent.WALKING if problem.moves.is_steady and problem.moves.steady_walk_m is not None else None
