"""A day as if every stop had one window and every way took the same at any time: near enough to choose by.

It is the day itself where that is so: whole minutes, one interval a stop, no rides, a place for every stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import MINUTE_S, minute_from
from planner.domain.order.moves import NEVER, Floats, Ints
from planner.domain.order.proposals import Objective
from planner.domain.order.stays import minutes_from

if TYPE_CHECKING:
    from planner.domain.order.problem import OrderProblem
    from planner.domain.order.sparse.arrays import DayArrays

A_DAY_S = 86_400
SAMPLES = 48
"""Instants of a day at which it is looked up how long a ride takes, the wait for it included."""


@dataclass(frozen=True, eq=False)
class PlainDay:
    """Nodes are the start, the stops and the end, numbered so; `seconds` and `cost` are of the ways between.

    A node reached by `last` is left at `first` or `stay` after it was reached, whichever is later. What is
    to be least is `per_second` times the finish and the cost of all ways.
    """

    seconds: Ints
    cost: Floats
    first: Ints
    stay: Ints
    last: Ints
    per_second: float
    is_exact: bool

    @property
    def counts_ways_only(self) -> bool:
        """Whether an order can only be better if its ways cost less."""
        return self.per_second < 1e-3  # noqa: PLR2004 - the finish breaks ties


def plain_day(arrays: DayArrays, objective: Objective) -> PlainDay:
    """Return a day as it is chosen by."""
    problem, size = arrays.problem, arrays.size
    seconds = _seconds(arrays)
    first, stay, last = (np.zeros(size + 2, dtype=np.int64) for _ in range(3))
    first[0], last[0], first[-1] = problem.start, NEVER, -NEVER
    last[-1] = min(problem.latest, NEVER)
    stay[1:-1] = arrays.dwell
    opens = np.min([begin for begin, _ in arrays.starts], axis=0) if arrays.starts else np.full(size, -NEVER)
    first[1:-1] = np.maximum(minutes_from(opens), problem.start) + arrays.dwell
    last[1:-1] = arrays.last_start
    cost, per_second = _cost(arrays, objective, seconds)
    return PlainDay(seconds, cost, first, stay, last, per_second, _is_exact(problem))


def _is_exact(problem: OrderProblem) -> bool:
    return (
        problem.moves.is_steady
        and problem.start == minute_from(problem.start)
        and all(
            len(stop.intervals) == 1 and stop.placed and not stop.after and stop.dwell_s % MINUTE_S == 0
            for stop in problem.stops
        )
    )


def _seconds(arrays: DayArrays) -> Ints:
    """Seconds from node to node until a stay can begin: whole minutes, buffers included."""
    problem, size = arrays.problem, arrays.size
    ways = problem.moves.steady.copy()
    times = problem.start + np.arange(SAMPLES) * (A_DAY_S // 2 // SAMPLES)
    for (place, column), rides in problem.moves.rides.items():
        took = np.minimum(rides.ready(times) - times, ways[place, column])
        ways[place, column] = int(np.median(took))
    seconds = np.zeros((size + 2, size + 2), dtype=np.int64)
    reached = minutes_from(np.minimum(ways[:, :size], NEVER // 4) + arrays.buffer[None, :])
    seconds[: size + 1, 1 : size + 1] = np.where(arrays.placed[None, :], reached, arrays.buffer[None, :])
    if problem.has_end:
        seconds[: size + 1, size + 1] = np.minimum(ways[:, size], NEVER // 4)
    return seconds


def _cost(arrays: DayArrays, objective: Objective, seconds: Ints) -> tuple[Floats, float]:
    """What ways cost, and what a second of the finish does."""
    metres = np.zeros(seconds.shape)
    metres[:-1, 1:] = np.where(np.append(arrays.placed, arrays.problem.has_end)[None, :], arrays.metres, 0.0)
    if objective is Objective.WALKING:
        return metres, 1e-6
    if objective is Objective.FINISH_WALKING:
        return metres * 1e-4, 1.0
    took = seconds.astype(np.float64)
    return (-took, 1.0 + 1e-6) if objective is Objective.WAITING else (took * 1e-4, 1.0)
