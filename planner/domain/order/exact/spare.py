"""When each state must be left at the latest, by how many minutes stays after it may still be cut.

The mirror of the earliest finish (`latest.py`) with one more dimension. It tells the fewest minutes that
must be cut in all, and of every state on the way whether as few will still do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import OutOfTimeError
from planner.domain.clock import MINUTE_S
from planner.domain.order.moves import NEVER, Ints
from planner.domain.order.stays import ready_by

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.order.exact.lattice import Lattice, Step
    from planner.domain.order.problem import OrderProblem

MOST_CELLS = 10_000_000
"""Sets by places by minutes: more of them take more memory than a search is worth, and nothing is proved."""

FIRST_TRIED = 15
"""Minutes that are tried first where nothing is known of how many will do."""


@dataclass(frozen=True, eq=False)
class Spare:
    """`latest[s]`, (sets, places, minutes): when to leave at the latest, with so many minutes cut after it.

    As few as `minutes` will do for the whole day.
    """

    latest: tuple[Ints, ...]
    minutes: int


def spare_of(
    problem: OrderProblem, lattice: Lattice, most: int, budget: Budget, tried: int = FIRST_TRIED
) -> Spare | None:
    """Return the table as far as the fewest minutes that will do; None if `most` are too few.

    So many are `tried` first, and twice as many each time they are too few.

    Raises
    ------
    OutOfTimeError
        When the budget is over, or memory would run out.
    """
    tried = min(tried, most)
    while True:
        latest = _table(problem, lattice, tried, budget)
        enough = np.flatnonzero(latest[0][0, 0] >= problem.start)
        if len(enough):
            return Spare(latest, int(enough[0]))
        if tried >= most:
            return None
        tried = min(2 * tried, most)


def _table(problem: OrderProblem, lattice: Lattice, most: int, budget: Budget) -> tuple[Ints, ...]:
    places = len(problem.stops) + 1
    if sum(map(len, lattice.sets)) * places * (most + 1) > MOST_CELLS:
        raise OutOfTimeError
    last = np.full((1, places, most + 1), problem.latest, dtype=np.int64)
    if problem.has_end:
        ready = np.array([problem.latest], dtype=np.int64)
        for place in range(places):
            last[0, place] = problem.moves.leave_by(place, places - 1, ready)
    layers = [last]
    for number in range(len(lattice.steps) - 1, -1, -1):
        layer = np.full((len(lattice.sets[number]), places, most + 1), -NEVER, dtype=np.int64)
        for step in lattice.steps[number]:
            budget.check()
            _before(problem, step, layers[-1], layer)
        layers.append(layer)
    return tuple(reversed(layers))


def _before(problem: OrderProblem, step: Step, after: Ints, layer: Ints) -> None:
    """When to leave for a stop, its stay cut by some of the minutes and those after it by the others."""
    stop, moves = problem.stops[step.stop], problem.moves
    follows = after[step.targets, step.stop + 1][:, None, :] if stop.placed else after[step.targets]
    ready = np.full_like(follows, -NEVER)
    size = follows.shape[2]
    for cut in range(min(stop.most_cut, size - 1) + 1):
        dwell_s = stop.dwell_s - cut * MINUTE_S
        own = ready_by(stop.intervals, follows[:, :, : size - cut], dwell_s)
        ready[:, :, cut:] = np.maximum(ready[:, :, cut:], own)
    ready = np.where(ready > -NEVER, ready - stop.buffer_s, -NEVER)
    if not stop.placed:
        layer[step.rows] = np.maximum(layer[step.rows], np.maximum(ready, -NEVER))
        return
    leave = ready - moves.steady[:, step.stop][None, :, None]
    for place in range(layer.shape[1]):
        rides = moves.rides.get((place, step.stop))
        if rides is not None:
            leave[:, place] = np.maximum(leave[:, place], rides.leave_by(ready[:, 0]))
    leave = np.where(ready > -NEVER, leave, -NEVER)
    layer[step.rows] = np.maximum(layer[step.rows], np.maximum(leave, -NEVER))
