"""What an order costs apart from its finish: metres on foot, seconds of waiting.

As stays begin at whole minutes nobody waits until the next one after coming: it is the arrival that is shown.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import minute_from
from planner.domain.order.problem import walk_through
from planner.domain.order.proposals import Objective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import Instant
    from planner.domain.order.problem import OrderProblem


class Cost(Enum):
    """What is counted: metres on foot, or seconds of waiting (reserves are waiting, if nothing comes up)."""

    WALKING = auto()
    WAITING = auto()


def cost_of(problem: OrderProblem, order: Sequence[int], cost: Cost) -> float:
    """Return what an order costs that keeps all demands; infinity where it does not."""
    walked = walk_through(problem, order)
    if walked is None:
        return np.inf
    total, here, now = 0.0, 0, problem.start
    for number, leave in zip(order, walked.leaves, strict=True):
        stop = problem.stops[number]
        arrive = now
        if stop.placed:
            total, arrive = _moved(problem, (here, number), now, cost, total)
            here = number + 1
        if cost is Cost.WAITING:
            total += leave - stop.dwell_s - minute_from(arrive)
        now = leave
    if problem.has_end:
        total, arrive = _moved(problem, (here, len(problem.stops)), now, cost, total)
        total += walked.finish - arrive if cost is Cost.WAITING else 0.0
    return total


def _moved(
    problem: OrderProblem, move: tuple[int, int], now: Instant, cost: Cost, total: float
) -> tuple[float, Instant]:
    """The total with a move's walking, and when it arrives."""
    leaves = np.array([now], dtype=np.int64)
    arrive = problem.moves.arrive(*move, leaves, problem.moves.ready(*move, leaves))
    walked = problem.moves.walked(*move, now) if cost is Cost.WALKING else 0.0
    return total + walked, int(arrive[0])


def score(problem: OrderProblem, order: Sequence[int], objective: Objective) -> tuple[float, float]:
    """Return what an objective compares, the smaller the better; infinite where a demand is not kept."""
    walked = walk_through(problem, order)
    if walked is None:
        return np.inf, np.inf
    if objective in (Objective.FINISH, Objective.LATEST_START):
        return walked.finish, 0.0
    cost = Cost.WAITING if objective is Objective.WAITING else Cost.WALKING
    value = round(cost_of(problem, order, cost), 2)
    return (walked.finish, value) if objective is Objective.FINISH_WALKING else (value, walked.finish)
