"""The mirror of the earliest finish: when each state must be left at the latest for the day to work out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.moves import NEVER, Ints
from planner.domain.order.stays import ready_by

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.order.exact.lattice import Lattice, Step
    from planner.domain.order.problem import OrderProblem


def latest_leaves(problem: OrderProblem, lattice: Lattice, limit: Instant) -> tuple[Ints, ...]:
    """Return for each layer when to leave, (sets, places), to be over by `limit`; -NEVER for never."""
    places = len(problem.stops) + 1
    last = np.full((1, places), limit, dtype=np.int64)
    if problem.has_end:
        ready = np.array([limit], dtype=np.int64)
        last[0] = [problem.moves.leave_by(place, places - 1, ready)[0] for place in range(places)]
    layers = [last]
    for number in range(len(lattice.steps) - 1, -1, -1):
        layer = np.full((len(lattice.sets[number]), places), -NEVER, dtype=np.int64)
        for step in lattice.steps[number]:
            _before(problem, step, layers[-1], layer)
        layers.append(layer)
    return tuple(reversed(layers))


def _before(problem: OrderProblem, step: Step, after: Ints, layer: Ints) -> None:
    """When to leave for a stop, as what follows it asks."""
    stop = problem.stops[step.stop]
    if not stop.placed:
        ready = ready_by(stop.intervals, after[step.targets], stop.dwell_s) - stop.buffer_s
        layer[step.rows] = np.maximum(layer[step.rows], np.maximum(ready, -NEVER))
        return
    ready = ready_by(stop.intervals, after[step.targets, step.stop + 1], stop.dwell_s) - stop.buffer_s
    moves = problem.moves
    leave = ready[:, None] - moves.steady[:, step.stop][None, :]
    for place in range(layer.shape[1]):
        rides = moves.rides.get((place, step.stop))
        if rides is not None:
            leave[:, place] = np.maximum(leave[:, place], rides.leave_by(ready))
    leave = np.where(ready[:, None] > -NEVER, leave, -NEVER)
    layer[step.rows] = np.maximum(layer[step.rows], np.maximum(leave, -NEVER))
