"""The least walking that must still come after each state, times left aside: a bound for searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.moves import NEVER, Floats

if TYPE_CHECKING:
    from planner.domain.order.exact.lattice import Lattice
    from planner.domain.order.problem import OrderProblem


def least_to_come(problem: OrderProblem, lattice: Lattice) -> tuple[Floats, ...]:
    """Return for each layer the metres on foot, (sets, places), that no order of the rest falls below."""
    metres = _least_moves(problem)
    places = len(problem.stops) + 1
    layers = [metres[:, -1][None, :] if problem.has_end else np.zeros((1, places))]
    for number in range(len(lattice.steps) - 1, -1, -1):
        layer = np.full((len(lattice.sets[number]), places), np.inf)
        for step in lattice.steps[number]:
            after = layers[-1][step.targets]
            if problem.stops[step.stop].placed:
                after = metres[:, step.stop][None, :] + after[:, step.stop + 1][:, None]
            layer[step.rows] = np.minimum(layer[step.rows], after)
        layers.append(layer)
    return tuple(reversed(layers))


def _least_moves(problem: OrderProblem) -> Floats:
    """Metres on foot of each move at least; none are sure where there are rides or nothing is known."""
    moves = problem.moves
    if moves.steady_walk_m is None:
        return np.where(moves.steady < NEVER, 0.0, np.inf)
    metres = np.where(moves.steady < NEVER, moves.steady_walk_m, np.inf)
    for place, column in moves.rides:
        metres[place, column] = 0.0
    return metres
