"""The fewest minutes by which stays must be made shorter for some order to work out, and where.

The dynamic programme of the earliest finish with one more dimension: how many minutes have been
cut so far. A stop may be cut by whole minutes down to its least dwell. Of the ways to cut the fewest
minutes that one is taken in which the largest share that a stay loses is the smallest: nobody pays for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.budget import ENDLESS, OutOfTimeError
from planner.domain.clock import MINUTE_S
from planner.domain.order.exact.fair import Shortened, fair, least_dwell_s, most_cut
from planner.domain.order.exact.forward import earliest_finish, ends_of
from planner.domain.order.exact.latest import latest_leaves
from planner.domain.order.moves import NEVER, Ints
from planner.domain.order.problem import walk_through
from planner.domain.order.stays import leave

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.order.exact.lattice import Lattice, Step
    from planner.domain.order.problem import OrderProblem

MOST_CELLS = 6_000_000
"""Sets by places by minutes: more of them take more memory than a search is worth, and nothing is proved."""

FIRST_TRIED = 6
"""Minutes that are tried first; twice as many each time they are too few."""


@dataclass(frozen=True, eq=False)
class _Layer:
    """Earliest leaves (sets, places, minutes cut), and what was done last."""

    leave: Ints
    came_from: NDArray[np.int16]
    added: NDArray[np.int16]
    cut: NDArray[np.int16]


def fewest_cuts(
    problem: OrderProblem, lattice: Lattice, budget: Budget, deadline: Budget = ENDLESS
) -> Shortened | None:
    """Return the order that needs the fewest minutes cut, of those the earliest finish; None for none.

    Out of time it returns an order that works, with more minutes cut than may be needed (`proved`).

    Raises
    ------
    OutOfTimeError
        If the deadline is over before any order is known.
    """
    shortest = problem.with_dwells([least_dwell_s(problem, number) for number in range(len(problem.stops))])
    quickest = earliest_finish(shortest, lattice, deadline)
    if quickest is None:
        return None
    enough = _enough(problem, quickest.order)
    most = sum(stop.dwell_s - dwell for stop, dwell in zip(problem.stops, enough, strict=True)) // MINUTE_S
    latest = latest_leaves(shortest, lattice, problem.latest)
    tried = min(FIRST_TRIED, most)
    try:
        better = _with_at_most(problem, lattice, tried, latest, budget)
        while better is None and tried < most:
            tried = min(2 * tried, most)
            better = _with_at_most(problem, lattice, tried, latest, budget)
    except OutOfTimeError:
        better = None
    if better is None:
        return Shortened(quickest.order, tuple(enough), proved=False)

    def within(minutes: int, capped: tuple[int, ...]) -> Shortened | None:
        return _with_at_most(problem, lattice, minutes, latest, budget, capped)

    return fair(problem, better, within)


def _with_at_most(
    problem: OrderProblem,
    lattice: Lattice,
    most: int,
    latest: tuple[Ints, ...],
    budget: Budget,
    capped: tuple[int, ...] | None = None,
) -> Shortened | None:
    """The best order with so many minutes cut at the most; None if they are too few.

    `capped` are the minutes that each stay may lose, where it is fewer than it could.
    """
    if capped is None:
        capped = tuple(most_cut(problem, number) for number in range(len(problem.stops)))
    cells = sum(map(len, lattice.sets)) * (len(problem.stops) + 1) * (most + 1)
    if cells > MOST_CELLS:
        raise OutOfTimeError
    layers = [_first(problem, most)]
    for number, steps in enumerate(lattice.steps):
        layer = _empty(len(lattice.sets[number + 1]), len(problem.stops) + 1, most)
        for step in steps:
            budget.check()
            _add(problem, layers[-1], step, layer, capped[step.stop])
        layer.leave[layer.leave > latest[number + 1][:, :, None]] = NEVER
        layers.append(layer)
    ends = ends_of(problem, layers[-1].leave)
    in_time = ends <= min(problem.latest, NEVER - 1)
    if not in_time.any():
        return None
    minutes = int(np.flatnonzero(in_time.any(axis=0))[0])
    return _traced(problem, lattice, layers, int(np.argmin(ends[:, minutes])), minutes)


def _enough(problem: OrderProblem, order: tuple[int, ...]) -> list[int]:
    """Stays that one order works out with: they are given back their minutes where they fit."""
    dwells = [least_dwell_s(problem, number) for number in range(len(problem.stops))]
    for number in reversed(order):
        while dwells[number] < problem.stops[number].dwell_s:
            dwells[number] += MINUTE_S
            if walk_through(problem.with_dwells(dwells), order) is None:
                dwells[number] -= MINUTE_S
                break
    return dwells


def _first(problem: OrderProblem, most: int) -> _Layer:
    layer = _empty(1, len(problem.stops) + 1, most)
    layer.leave[0, 0, 0] = problem.start
    return layer


def _empty(sets: int, places: int, most: int) -> _Layer:
    shape = (sets, places, most + 1)
    none = np.full(shape, -1, dtype=np.int16)
    return _Layer(np.full(shape, NEVER, dtype=np.int64), none, none.copy(), none.copy())


def _add(problem: OrderProblem, before: _Layer, step: Step, after: _Layer, cuts: int) -> None:
    """Add a stop, its stay cut by so many minutes at the most."""
    stop = problem.stops[step.stop]
    alive = (before.leave[step.rows] < NEVER).any(axis=(1, 2))
    leaves, targets = before.leave[step.rows[alive]], step.targets[alive]
    if stop.placed:
        ready = problem.moves.ready_from_all(step.stop, leaves)
        came_from = ready.argmin(axis=1)[:, None, :]
        ready = np.take_along_axis(ready, came_from, axis=1)
        columns = slice(step.stop + 1, step.stop + 2)
    else:
        ready = leaves
        came_from = np.broadcast_to(np.arange(leaves.shape[1])[None, :, None], leaves.shape)
        columns = slice(None)
    size = leaves.shape[2]
    for cut in range(min(cuts, size - 1) + 1):
        own = ready[:, :, : size - cut]
        ends = leave(stop.intervals, own + stop.buffer_s, stop.dwell_s - cut * MINUTE_S)
        ends = np.where(own < NEVER, ends, NEVER)
        part = (targets, columns, slice(cut, None))
        better = ends < after.leave[part]
        for values, new in (
            (after.leave, ends),
            (after.came_from, came_from[:, :, : size - cut]),
            (after.added, step.stop),
            (after.cut, cut),
        ):
            values[part] = np.where(better, new, values[part])


def _traced(
    problem: OrderProblem, lattice: Lattice, layers: list[_Layer], place: int, minutes: int
) -> Shortened:
    order = []
    dwells = [stop.dwell_s for stop in problem.stops]
    bit_of = {number: bit for bit, number in enumerate(problem.free)}
    row = 0
    for number in range(len(layers) - 1, 0, -1):
        layer, at = layers[number], (row, place, minutes)
        added, cut = int(layer.added[at]), int(layer.cut[at])
        order.append(added)
        dwells[added] -= cut * MINUTE_S
        place, minutes = int(layer.came_from[at]), minutes - cut
        if added in bit_of:
            mask = lattice.sets[number][row] & ~(1 << bit_of[added])
            row = int(np.searchsorted(lattice.sets[number - 1], mask))
    return Shortened(tuple(reversed(order)), tuple(dwells))
