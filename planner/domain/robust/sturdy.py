"""The order of a day that is on time most often, of those that end soon enough.

Orders are played on the same draws, so that luck does not choose. Of those as good the one with more to spare
at its tightest place is taken, then the earlier finish.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.moves import NEVER
from planner.domain.order.problem import keeps_positions, walk_through
from planner.domain.order.stays import ready_by
from planner.domain.robust.chance import play

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
    from planner.domain.order.problem import OrderProblem
    from planner.domain.robust.chance import DayOfChance
    from planner.domain.robust.delays import Draws

MOST_TRIED = 7
"""The orders of so many free stops, 5 040, are all played."""

AT_FIRST = 200
"""On so many days all are played; the best few then on all days."""

BEST_FEW = 24
MOST_CHANGES = 400
"""So many changes of an order are tried at the most before the best of them is taken."""

KICKS = 20
"""So often an order that no change makes better is shaken, and made better again."""


@dataclass(frozen=True)
class Sturdiest:
    """The order that is on time most often; `complete` tells that every order was played."""

    order: tuple[int, ...]
    complete: bool


def sturdiest(
    day: DayOfChance, known: Sequence[int], limit: Instant, draws: Draws, budget: Budget
) -> Sturdiest:
    """Return the sturdiest order of all stops that is over by `limit`; `known` keeps all demands."""
    problem = replace(day.problem, limit=min(day.problem.latest, limit))
    search = _Search(day, problem, draws)
    if len(problem.free) <= MOST_TRIED:
        tried = [order for order in _every(problem) if walk_through(problem, order) is not None]
        return Sturdiest(search.best([tuple(known), *tried]), complete=True)
    dice = Random(len(known))  # noqa: S311 - no secret
    best = here = search.climbed(tuple(known), dice, budget)
    for _ in range(KICKS):
        if budget.is_over():
            break
        here = search.climbed(search.shaken(best, dice, budget), dice, budget)
        best = search.best([best, here])
    return Sturdiest(best, complete=False)


def least_slack_s(problem: OrderProblem, order: Sequence[int]) -> int:
    """Return by how much an order's tightest stay may be reached later; NEVER where nothing has an end."""
    walked = walk_through(problem, order)
    if walked is None:
        return 0
    places = [0]
    for number in order:
        places.append(problem.place_after(places[-1], number))
    latest = np.array([problem.latest], dtype=np.int64)
    if problem.has_end and problem.latest < NEVER:
        latest = problem.moves.leave_by(places[-1], len(problem.stops), latest)
    least = NEVER
    nows = [problem.start, *walked.leaves[:-1]]
    for at in range(len(order) - 1, -1, -1):
        stop = problem.stops[order[at]]
        by = ready_by(stop.intervals, latest, stop.dwell_s) - stop.buffer_s
        least = min(least, int(by[0]) - problem.ready(places[at], order[at], nows[at]))
        latest = problem.moves.leave_by(places[at], order[at], by) if stop.placed else by
    return max(0, least)


def _every(problem: OrderProblem) -> Iterable[tuple[int, ...]]:
    for free in permutations(problem.free):
        left = iter(free)
        order = tuple(number if stop.locked else next(left) for number, stop in enumerate(problem.stops))
        if keeps_positions(problem, order):
            yield order


class _Search:
    """One question, and what orders were found to be worth."""

    def __init__(self, day: DayOfChance, problem: OrderProblem, draws: Draws) -> None:
        self._day = day
        self._problem = problem
        self._draws = draws
        self._few = draws.first(AT_FIRST)

    def best(self, orders: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
        """The sturdiest of some orders."""
        orders = list(dict.fromkeys(orders))
        whole = play(self._day, orders, self._few).whole
        few: list[tuple[int, ...]] = [
            orders[at] for at in np.argsort(-whole, kind="stable")[:BEST_FEW].tolist()
        ]
        chances = play(self._day, few, self._draws).whole.tolist()
        at = max(range(len(few)), key=lambda row: (chances[row], *self._spare(few[row])))
        return few[at]

    def _spare(self, order: tuple[int, ...]) -> tuple[float, float]:
        walked = walk_through(self._problem, order)
        return least_slack_s(self._problem, order), -NEVER if walked is None else -walked.finish

    def climbed(self, order: tuple[int, ...], dice: Random, budget: Budget) -> tuple[int, ...]:
        """An order that no small change makes sturdier; of many changes some are tried."""
        while not budget.is_over():
            better = self.best([order, *self._changed(order, dice, budget)])
            if better == order:
                break
            order = better
        return order

    def shaken(self, order: tuple[int, ...], dice: Random, budget: Budget) -> tuple[int, ...]:
        """An order some changes away."""
        for _ in range(3):
            order = next(iter(self._changed(order, dice, budget)), order)
        return order

    def _changed(self, order: tuple[int, ...], dice: Random, budget: Budget) -> Iterable[tuple[int, ...]]:
        """Orders that keep all demands with one free stop elsewhere or two exchanged, as chance has it."""
        free = [number for number in order if not self._problem.stops[number].locked]
        pairs = [(at, to) for at in range(len(free)) for to in range(len(free)) if at != to]
        dice.shuffle(pairs)
        for at, to in pairs[:MOST_CHANGES]:
            if budget.is_over():
                return
            moved = [*free[:at], *free[at + 1 :]]
            moved.insert(to, free[at])
            exchanged = list(free)
            exchanged[at], exchanged[to] = exchanged[to], exchanged[at]
            for changed in (moved, exchanged):
                left = iter(changed)
                stops = enumerate(self._problem.stops)
                tried = tuple(number if stop.locked else next(left) for number, stop in stops)
                if walk_through(self._problem, tried) is not None:
                    yield tried
