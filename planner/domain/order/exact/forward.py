"""The earliest finish over all orders: a dynamic programme over (set of stops done, place last stood at).

It keeps the earliest leave of each state and is exact, since moves are first in first out and stays
begin as early as they can: who is there earlier can do all that a later one can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.budget import ENDLESS
from planner.domain.clock import Instant
from planner.domain.order.moves import NEVER, Ints
from planner.domain.order.stays import leave

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.order.exact.lattice import Lattice, Step
    from planner.domain.order.problem import OrderProblem


@dataclass(frozen=True, eq=False)
class Layer:
    """Earliest leaves (sets, places), the place stood at before, and the stop that was added."""

    leave: Ints
    came_from: NDArray[np.int16]
    added: NDArray[np.int16]


@dataclass(frozen=True)
class Earliest:
    """The order that is over first, and when."""

    order: tuple[int, ...]
    finish: Instant


def earliest_finish(problem: OrderProblem, lattice: Lattice, deadline: Budget = ENDLESS) -> Earliest | None:
    """Return the order with the earliest finish; None where none keeps all demands.

    Raises
    ------
    OutOfTimeError
        If the deadline is over before it is found.
    """
    layers = [_first(problem)]
    for number, steps in enumerate(lattice.steps):
        layer = _empty(len(lattice.sets[number + 1]), len(problem.stops) + 1)
        for step in steps:
            deadline.check()
            _add(problem, layers[-1], step, layer)
        layers.append(layer)
    ends = ends_of(problem, layers[-1].leave)
    best = int(np.argmin(ends))
    if ends[best] > min(problem.latest, NEVER - 1):
        return None
    return Earliest(_traced(problem, lattice, layers, best), int(ends[best]))


def ends_of(problem: OrderProblem, leaves: Ints) -> Ints:
    """When the day is over, by the place last stood at; `leaves` (1, places, ...) are of the full set."""
    every = problem.moves.ready_from_all(len(problem.stops), leaves) if problem.has_end else leaves
    ends: Ints = every[0]
    return ends


def _first(problem: OrderProblem) -> Layer:
    layer = _empty(1, len(problem.stops) + 1)
    layer.leave[0, 0] = problem.start
    return layer


def _empty(sets: int, places: int) -> Layer:
    none = np.full((sets, places), -1, dtype=np.int16)
    return Layer(np.full((sets, places), NEVER, dtype=np.int64), none, none.copy())


def _add(problem: OrderProblem, before: Layer, step: Step, after: Layer) -> None:
    """Add a stop to the sets of a layer."""
    stop = problem.stops[step.stop]
    leaves = before.leave[step.rows]
    if not stop.placed:
        ends = leave(stop.intervals, leaves + stop.buffer_s, stop.dwell_s)
        _keep(after, step, np.where(leaves < NEVER, ends, NEVER), None)
        return
    ready = problem.moves.ready_from_all(step.stop, leaves)
    place = ready.argmin(axis=1)
    first = np.take_along_axis(ready, place[:, None], axis=1)[:, 0]
    ends = leave(stop.intervals, first + stop.buffer_s, stop.dwell_s)
    _keep(after, step, np.where(first < NEVER, ends, NEVER), place)


def _keep(after: Layer, step: Step, ends: Ints, came_from: NDArray[np.intp] | None) -> None:
    """Keep what is earlier; without `came_from` the group has stayed at each place."""
    if came_from is None:
        known = after.leave[step.targets]
        better = ends < known
        after.leave[step.targets] = np.where(better, ends, known)
        places = np.arange(ends.shape[1], dtype=np.int16)[None, :]
        after.came_from[step.targets] = np.where(better, places, after.came_from[step.targets])
        after.added[step.targets] = np.where(better, np.int16(step.stop), after.added[step.targets])
        return
    column = step.stop + 1
    better = ends < after.leave[step.targets, column]
    rows = step.targets[better]
    after.leave[rows, column] = ends[better]
    after.came_from[rows, column] = came_from[better]
    after.added[rows, column] = step.stop


def _traced(problem: OrderProblem, lattice: Lattice, layers: list[Layer], place: int) -> tuple[int, ...]:
    """Read the order back from the last state."""
    order = []
    bit_of = {number: bit for bit, number in enumerate(problem.free)}
    row = 0
    for number in range(len(layers) - 1, 0, -1):
        added, came_from = int(layers[number].added[row, place]), int(layers[number].came_from[row, place])
        order.append(added)
        sets = lattice.sets[number - 1]
        if added in bit_of:
            row = int(np.searchsorted(sets, lattice.sets[number][row] & ~(1 << bit_of[added])))
        place = came_from
    return tuple(reversed(order))
