"""Days with more free stops than can be searched through and rides: an order made better by pieces.

A few stops at a time are set free among all the others, which stay where they are, and the exact
search puts them best; so long as that helps and there is time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from planner.domain.order.costs import score
from planner.domain.order.moves import MoveTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem
    from planner.domain.order.proposals import Objective

FREE_AT_ONCE = 10
"""So many stops are set free together: a search of a few milliseconds."""

FRUITLESS = 40
"""After so many searches without a gain it is good enough."""


Best = Callable[["OrderProblem"], "tuple[int, ...] | None"]
"""The exact search: the best order of a day of few free stops, None for none."""


def better_by_pieces(
    problem: OrderProblem,
    objective: Objective,
    order: tuple[int, ...],
    best: Best,
    budget: Budget,
) -> tuple[int, ...]:
    """Return an order that is no worse than a known one that keeps all demands.

    The same day gives the same order unless time runs out.
    """
    fruitless = 0
    for chosen in _choices(len(order), problem):
        if budget.is_over() or fruitless > FRUITLESS:
            break
        improved = best(in_order(problem, order, chosen))
        tried = order if improved is None else tuple(order[position] for position in improved)
        is_better = score(problem, tried, objective) < score(problem, order, objective)
        fruitless = 0 if is_better else fruitless + 1
        order = tried if is_better else order
    return order


def _choices(size: int, problem: OrderProblem) -> Iterator[frozenset[int]]:
    """Positions to set free: neighbours first, then some at random."""
    free = [position for position in range(size) if not problem.stops[position].locked]
    for first in range(0, max(1, len(free) - FREE_AT_ONCE + 1), FREE_AT_ONCE // 2):
        yield frozenset(free[first : first + FREE_AT_ONCE])
    dice = Random(len(free))  # noqa: S311 - no secret
    while free:
        if dice.random() < 0.5:  # noqa: PLR2004
            first = dice.randrange(max(1, len(free) - FREE_AT_ONCE + 1))
            yield frozenset(free[first : first + FREE_AT_ONCE])
        else:
            yield frozenset(dice.sample(free, min(FREE_AT_ONCE, len(free))))


def in_order(problem: OrderProblem, order: Sequence[int], free: frozenset[int]) -> OrderProblem:
    """The day with its stops renumbered by an order, and all locked but those at some positions."""
    number_of = {stop: number for number, stop in enumerate(order)}
    stops = tuple(
        replace(
            problem.stops[stop],
            locked=position not in free,
            after=frozenset(number_of[earlier] for earlier in problem.stops[stop].after),
        )
        for position, stop in enumerate(order)
    )
    rows = [0, *(stop + 1 for stop in order)]
    columns = [*order, len(order)]
    moves = problem.moves
    row_of = {row: number for number, row in enumerate(rows)}
    column_of = {column: number for number, column in enumerate(columns)}
    walk = moves.steady_walk_m
    renumbered = MoveTable(
        steady=moves.steady[rows][:, columns],
        reserve=moves.reserve[rows][:, columns],
        walked=lambda place, column, leave: moves.walked(rows[place], columns[column], leave),
        rides={(row_of[a], column_of[b]): rides for (a, b), rides in moves.rides.items()},
        steady_walk_m=None if walk is None else walk[rows][:, columns],
    )
    return replace(problem, stops=stops, moves=renumbered)
