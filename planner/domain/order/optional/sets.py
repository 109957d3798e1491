"""The earliest finish of every set of stops of a small day: one dynamic programme answers for all of them.

A state is the set of stops done and the place last stood at; it keeps the earliest leave, as the search for
the best order of all stops does. What a set lacks is left out: `after` holds among those that are kept.
Locked positions are left aside, so a set that fits here may yet have none that keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.budget import ENDLESS
from planner.domain.order.moves import NEVER, Ints
from planner.domain.order.stays import leave

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem

MOST_STOPS = 15
"""So many stops have 32 768 sets."""


@dataclass(frozen=True, eq=False)
class DoneSets:
    """The earliest finish of each set, its stops as bits; NEVER where no order of it works."""

    size: int
    finish: Ints
    came_from: NDArray[np.int8]
    added: NDArray[np.int8]
    last: NDArray[np.int8]

    def order(self, done: int) -> tuple[int, ...]:
        """Return the order of a set that is over first."""
        order = []
        place = int(self.last[done])
        while done:
            added, came_from = int(self.added[done, place]), int(self.came_from[done, place])
            order.append(added)
            done, place = done & ~(1 << added), came_from
        return tuple(reversed(order))


def done_sets(
    problem: OrderProblem, may_lack: Collection[int] = (), deadline: Budget = ENDLESS, *, every: bool = False
) -> DoneSets:
    """Return the earliest finish of the sets of a day's stops that keep its limit.

    `may_lack` are the stops that may be left out; with `every` any stop may, as where others do the rest.

    Raises
    ------
    OutOfTimeError
        If the deadline is over before all are known.
    """
    size = len(problem.stops)
    lacking = range(size) if every else may_lack
    sets = np.arange(1 << size, dtype=np.int64)
    by_count: list[list[int]] = [[] for _ in range(size + 1)]
    for done in range(1 << size):
        by_count[done.bit_count()].append(done)
    leaves = np.full((1 << size, size + 1), NEVER, dtype=np.int64)
    came_from = np.zeros(leaves.shape, dtype=np.int8)
    added = np.zeros(leaves.shape, dtype=np.int8)
    leaves[0, 0] = problem.start
    due = [_due(problem, number, frozenset(lacking)) for number in range(size)]
    for layer in by_count[:-1]:
        rows = np.array(layer, dtype=np.int64)
        for number in range(size):
            deadline.check()
            needs, excludes = due[number]
            open_to = ((rows & needs) == needs) & ((rows & (excludes | (1 << number))) == 0)
            _add(problem, number, rows[open_to], (leaves, came_from, added))
    ends = problem.moves.ready_from_all(size, leaves) if problem.has_end else leaves
    last = ends.argmin(axis=1)
    finish = ends[sets, last]
    return DoneSets(
        size,
        np.where(finish <= min(problem.latest, NEVER - 1), finish, NEVER),
        came_from,
        added,
        last.astype(np.int8),
    )


def numbers_of(done: int) -> tuple[int, ...]:
    """Return the stops of a set, ascending."""
    return tuple(number for number in range(done.bit_length()) if done >> number & 1)


def _due(problem: OrderProblem, number: int, may_lack: frozenset[int]) -> tuple[int, int]:
    """What must be done before a stop, and what must not: whoever comes after it, were it not left out."""
    needs = sum(1 << earlier for earlier in problem.stops[number].after if earlier not in may_lack)
    is_after = (other for other, stop in enumerate(problem.stops) if number in stop.after)
    return needs, sum(1 << other for other in is_after)


def _add(
    problem: OrderProblem,
    number: int,
    rows: Ints,
    states: tuple[Ints, NDArray[np.int8], NDArray[np.int8]],
) -> None:
    """Add a stop to sets that it may be added to."""
    leaves, came_from, added = states
    stop, before = problem.stops[number], leaves[rows]
    alive = (before < NEVER).any(axis=1)
    rows, before = rows[alive], before[alive]
    targets = rows | (1 << number)
    if not stop.placed:
        ends = leave(stop.intervals, before + stop.buffer_s, stop.dwell_s)
        ends = np.where(before < NEVER, ends, NEVER)
        better = ends < leaves[targets]
        leaves[targets] = np.where(better, ends, leaves[targets])
        places = np.arange(before.shape[1], dtype=np.int8)[None, :]
        came_from[targets] = np.where(better, places, came_from[targets])
        added[targets] = np.where(better, np.int8(number), added[targets])
        return
    ready = problem.moves.ready_from_all(number, before)
    place = ready.argmin(axis=1)
    first = np.take_along_axis(ready, place[:, None], axis=1)[:, 0]
    ends = np.where(first < NEVER, leave(stop.intervals, first + stop.buffer_s, stop.dwell_s), NEVER)
    better = ends < leaves[targets, number + 1]
    at = targets[better], number + 1
    leaves[at], came_from[at], added[at] = ends[better], place[better], number
