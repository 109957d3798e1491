"""Made-up days of seven stops, four of which close soon after the earliest finish would be done with them."""

from __future__ import annotations

from random import Random

import numpy as np

from planner.domain.order.moves import MoveTable
from planner.domain.order.problem import OrderProblem, OrderStop, walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from planner.domain.order.stays import Interval
from planner.domain.robust.chance import DayOfChance

START = 9 * 3600
SIZE = 7
CLOSING = 4
GATHER_S = 180
PACE = 4.0 / 3.6


def made_up_day(seed: int) -> DayOfChance:
    """A day in a town of one and a half kilometres by one, on foot."""
    dice = Random(seed)  # noqa: S311 - no secret
    at = [(dice.uniform(0, 1500), dice.uniform(0, 1000)) for _ in range(SIZE + 1)]
    metres = np.array([[abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in (*at[1:], at[0])] for a in at])
    steady = (metres / PACE).astype(np.int64) + GATHER_S
    stops = [OrderStop((Interval(START),), dice.choice((15, 20, 30)) * 60) for _ in range(SIZE)]
    moves = MoveTable(steady, np.zeros_like(steady), lambda *_: 0.0, {}, metres)
    problem = OrderProblem(START, tuple(stops), moves, has_end=True)
    first = best_order(problem, Objective.FINISH)
    walked = None if first is None else walk_through(problem, first.order)
    assert first is not None
    assert walked is not None
    for position in dice.sample(range(1, SIZE), CLOSING):
        closes = walked.leaves[position] + dice.randrange(10) * 60
        number = first.order[position]
        stops[number] = OrderStop((Interval(START, closes),), stops[number].dwell_s)
    problem = OrderProblem(START, tuple(stops), moves, has_end=True)
    return DayOfChance(problem, GATHER_S, np.zeros(steady.shape, dtype=np.bool_))
