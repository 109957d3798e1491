"""Days of many stops some of which may be left out: what must be kept is put in order, then more is put in.

A stop goes where the day gets later by the least. Where none fits any more, the order is searched anew, and
one or two that are kept make room for one of a greater weight. Good, never proved.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from planner.domain.order.moves import NEVER
from planner.domain.order.part import finish_of, smaller
from planner.domain.order.problem import walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem

FOR_A_FIRST = 0.3
FOR_AN_ORDER = 0.15
"""Shares of the time: for the first order, and for each one looked for again."""

GROWN_UNTIL = 0.6
"""The share of the time after which nothing more is tried: the rest is for the order of what is kept."""

MADE_ROOM = 2
"""So many stops at the most make room for another one."""


def grown(problem: OrderProblem, weights: Mapping[int, int], budget: Budget) -> tuple[int, ...] | None:
    """Return an order of the stops that are kept; None where none of those was found that must be."""
    return _Growing(problem, weights, budget).kept()


class _Growing:
    """One day, and the order of those that are kept until now."""

    def __init__(self, problem: OrderProblem, weights: Mapping[int, int], budget: Budget) -> None:
        self._problem = problem
        self._weights = weights
        self._budget = budget
        self._until = budget.share(GROWN_UNTIL)
        self._order: tuple[int, ...] = ()

    def kept(self) -> tuple[int, ...] | None:
        must = [number for number in range(len(self._problem.stops)) if number not in self._weights]
        first = self._searched(must, FOR_A_FIRST)
        if first is None:
            return None
        self._order = first
        while not self._until.is_over():
            if self._fill() or self._reorder() or self._exchange():
                continue
            break
        return self._order

    @property
    def _left_out(self) -> list[int]:
        """Those that are left out, the weightiest first."""
        left = [number for number in self._weights if number not in self._order]
        return sorted(left, key=lambda number: (-self._weights[number], number))

    def _searched(self, numbers: Sequence[int], share: float) -> tuple[int, ...] | None:
        kept = tuple(sorted(numbers))
        part = smaller(self._problem, kept)
        found = best_order(part, Objective.FINISH, self._budget.rest(share), may_cut=False)
        return None if found is None else tuple(kept[place] for place in found.order)

    def _fill(self) -> bool:
        """Put in what fits into the order as it is; whether anything did."""
        is_better = False
        for number in self._left_out:
            if self._until.is_over():
                break
            order = self._with(self._order, number)
            if order is not None:
                self._order, is_better = order, True
        return is_better

    def _reorder(self) -> bool:
        """Search for an order that has room for one more; whether there is one."""
        for number in self._left_out:
            if self._until.is_over():
                return False
            order = self._searched((*self._order, number), FOR_AN_ORDER)
            if order is not None:
                self._order = order
                return True
        return False

    def _exchange(self) -> bool:
        """Put one in for one or two of less weight in all; whether that was found."""
        optional = [number for number in self._order if number in self._weights]
        for number in self._left_out:
            for gone in (g for size in range(1, MADE_ROOM + 1) for g in combinations(optional, size)):
                if self._until.is_over():
                    return False
                if sum(self._weights[one] for one in gone) >= self._weights[number]:
                    continue
                order = self._with([one for one in self._order if one not in gone], number)
                if order is not None:
                    self._order = order
                    return True
        return False

    def _with(self, order: Sequence[int], number: int) -> tuple[int, ...] | None:
        """An order with a stop put in where the day gets later by the least; None where it fits nowhere."""
        kept = sorted((*order, number))
        part = smaller(self._problem, kept)
        place = {stop: at for at, stop in enumerate(kept)}
        best: tuple[int, tuple[int, ...]] | None = None
        for at in range(len(order) + 1):
            tried = (*order[:at], number, *order[at:])
            own = tuple(place[stop] for stop in tried)
            if finish_of(part, own) >= NEVER:
                continue
            walked = walk_through(part, own)
            if walked is not None and (best is None or walked.finish < best[0]):
                best = walked.finish, tried
        return None if best is None else best[1]
