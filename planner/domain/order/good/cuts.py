"""Few minutes cut, where the fewest are not looked for through all orders: orders and cuts in turn.

Along one order the fewest and fairest cuts are known for certain. With stays of these lengths, or with some
of the minutes given back to those that lose most, another order may work; along that fewer will do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.budget import OutOfTimeError
from planner.domain.clock import MINUTE_S
from planner.domain.order.exact.cuts import cut_along, minutes_cut
from planner.domain.order.exact.fair import Shortened, Weights

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem

AT_ONCE = 4
"""The part of the minutes cut that is given back at first: one in so many."""

OrderOf = Callable[["OrderProblem"], "tuple[int, ...] | None"]
"""Finds an order that works, of a day whose stays have other lengths."""


def good_cuts(
    problem: OrderProblem, order: tuple[int, ...], order_of: OrderOf, budget: Budget
) -> Shortened | None:
    """Return few minutes cut, fair along their order, from an order on that works with the shortest stays."""
    best = cut_along(problem, order)
    if best is None:
        return None
    given = 0
    try:
        while not budget.is_over():
            tried = _given_back(problem, best, given)
            order_now = order_of(problem.with_dwells(tried))
            again = None if order_now is None else cut_along(problem, order_now)
            if again is not None and _is_better(problem, again, best):
                best = again
                given = given and max(1, min(given, minutes_cut(problem, best) // AT_ONCE))
            elif given == 0:
                given = max(1, minutes_cut(problem, best) // AT_ONCE)
            elif given == 1:
                break
            else:
                given //= 2
    except OutOfTimeError:
        pass
    return replace(best, proved=False)


def _is_better(problem: OrderProblem, one: Shortened, other: Shortened) -> bool:
    """Whether one way to cut loses fewer minutes than another, or as few and more fairly."""
    minutes, known = minutes_cut(problem, one), minutes_cut(problem, other)
    if minutes != known:
        return minutes < known
    weights = Weights.of(problem, minutes)
    return weights.of_dwells(problem, one) < weights.of_dwells(problem, other)


def _given_back(problem: OrderProblem, cut: Shortened, minutes: int) -> list[int]:
    """Stays with so many minutes given back, each to the one that then loses the largest share."""
    dwells = list(cut.dwells)
    for _ in range(min(minutes, minutes_cut(problem, cut))):
        most = max(
            range(len(dwells)),
            key=lambda number: 1 - dwells[number] / max(1, problem.stops[number].dwell_s),
        )
        dwells[most] += MINUTE_S
    return dwells
