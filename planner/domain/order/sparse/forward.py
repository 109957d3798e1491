"""The best order by steps from the start on: states that some order reaches, the most promising first.

A state is the set of stops done, the place last stood at, the time and what has been spent. It is
given up where a stop that is left can no longer be reached in time, where it cannot be better than
what is known, and where another of the same set and place is as good in all that may follow. Of each
step only so many states are kept. Where none had to be given up for want of room, what comes out is
proved: there is no better order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import Instant
from planner.domain.order.exact.labels import EPS, least_before
from planner.domain.order.exact.lattice import Bools
from planner.domain.order.moves import NEVER, Floats, Ints
from planner.domain.order.sparse.arrays import DayArrays
from planner.domain.order.stays import minutes_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.budget import Budget

MOST_TOLD_APART = 62
"""So many stops have a bit each; sets of more are told apart by random numbers, which proves nothing."""

PLACE_BITS = 6
"""Places of so many stops are told apart by so many bits."""

SET_BITS = 56
"""Sets of more bits are numbered first, so that there is room for the place beside them."""

ROOM = 4
"""So many times as many states as are kept are compared with each other."""


class Spent(Enum):
    """What a search makes least: the time itself, metres on foot, seconds of waiting."""

    TIME = auto()
    WALKING = auto()
    WAITING = auto()


@dataclass(frozen=True, eq=False)
class States:
    """States of one step: stops done (states, stops), place, time, what is spent; and how they came about."""

    done: Bools
    key: Ints
    place: Ints
    time: Ints
    spent: Floats
    before: Ints
    added: Ints

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class Reached:
    """An order, if one was found that is better than what is known; `complete` if there is no other."""

    order: tuple[int, ...] | None
    complete: bool


@dataclass(frozen=True, eq=False)
class ForwardSearch:
    """A question: the order that spends the least of those that are over by `limit`.

    `known` is what an order is known to spend: others are only of interest if they spend less.
    """

    arrays: DayArrays
    spent: Spent
    limit: Instant
    known: float = float("inf")

    def reach(self, width: int, budget: Budget) -> Reached:
        """Look for an order, keeping so many states of each step.

        Raises
        ------
        OutOfTimeError
            Once the budget is over.
        """
        layers = [self._first()]
        complete = len(self.arrays.placed) <= MOST_TOLD_APART
        for position in range(self.arrays.size):
            budget.check()
            states, is_whole = self._next(layers[-1], position, width)
            complete &= is_whole
            if not len(states):
                return Reached(None, complete)
            layers.append(states)
        return Reached(self._ended(layers), complete)

    def _first(self) -> States:
        zero = np.zeros(1, dtype=np.int64)
        done = np.zeros((1, self.arrays.size), dtype=np.bool_)
        start = np.array([self.arrays.problem.start], dtype=np.int64)
        return States(done, zero, zero, start, np.zeros(1), zero, zero)

    def _next(self, states: States, position: int, width: int) -> tuple[States, bool]:
        """The states with one stop more, and whether none was left out for want of room."""
        arrays = self.arrays
        ready = arrays.ready(states.place, states.time)
        ends = arrays.left(ready)
        kept = self._may_come(states.done, position) & (ready < NEVER) & (ends < NEVER)
        for number in range(arrays.size):
            late = ends > np.where(arrays.placed, arrays.leave_by[1:, number], NEVER)
            kept &= ~(late & ~states.done[:, number, None])
        rows, added = np.nonzero(kept)
        time = ends[rows, added]
        spent = self._spent(states, rows, added, time, ready)
        place = np.where(arrays.placed[added], added + 1, states.place[rows])
        worth = self._worth(states.done, rows, added, time, spent)
        promising = np.flatnonzero(worth < np.inf)
        complete = len(promising) <= ROOM * width
        if not complete:
            promising = promising[np.argpartition(worth[promising], ROOM * width)[: ROOM * width]]
        key = states.key[rows] + self._weights[added]
        order = self._undominated(promising, (key, place, time, spent))
        if len(order) > width:
            complete = False
            order = np.sort(order[np.argpartition(worth[order], width)[:width]])
        rows, added = rows[order], added[order]
        done = states.done[rows]
        done[np.arange(len(rows)), added] = True
        found = States(done, key[order], place[order], time[order], spent[order], rows, added)
        return found, complete

    def _may_come(self, done: Bools, position: int) -> Bools:
        """Which stops may come next in each state, times left aside."""
        stops = self.arrays.problem.stops
        may = ~done
        if stops[position].locked:
            may &= np.arange(len(stops))[None, :] == position
        else:
            may &= ~np.array([stop.locked for stop in stops])[None, :]
        for number, stop in enumerate(stops):
            for earlier in stop.after:
                may[:, number] &= done[:, earlier]
        return may

    def _spent(self, states: States, rows: Ints, added: Ints, time: Ints, ready: Ints) -> Floats:
        arrays = self.arrays
        before = states.spent[rows]
        if self.spent is Spent.WALKING:
            metres: Floats = before + arrays.metres[states.place[rows], added] * arrays.placed[added]
            return metres
        if self.spent is Spent.WAITING:
            arrive = arrays.arrive(states.place, states.time, ready)[rows, added]
            waited: Floats = before + (time - arrays.dwell[added] - minutes_from(arrive))
            return waited
        return before

    def _worth(self, done: Bools, rows: Ints, added: Ints, time: Ints, spent: Floats) -> Floats:
        """What an order spends at least that goes on from each state; infinite where that is too much."""
        seconds, last_s = self.arrays.least_s
        left_s = (~done @ seconds)[rows] - seconds[added] + last_s
        over = time + left_s
        limit = min(self.limit, NEVER - 1)
        if self.spent is Spent.TIME:
            return np.where((over <= limit) & (over < self.known), over, np.inf)
        least = spent
        if self.spent is Spent.WALKING:
            metres, last_m = self.arrays.least_m
            least = spent + (~done @ metres)[rows] - metres[added] + last_m
        worth = least + (over - self.arrays.problem.start) * 1e-6
        return np.where((over <= limit) & (least <= self.known + EPS), worth, np.inf)

    def _undominated(self, entries: Ints, what: tuple[Ints, Ints, Ints, Floats]) -> Ints:
        """The entries that no other of the same set and place makes needless."""
        key, place, time = what[0][entries], what[1][entries], what[2][entries]
        spent = what[3][entries]
        if self.arrays.size > SET_BITS:
            key = np.unique(key, return_inverse=True)[1]
        state = (key << PLACE_BITS) + place
        if self.spent is Spent.WAITING:
            spent = spent - (time - self.arrays.problem.start)
        order = np.lexsort((spent, time, state))
        state, spent = state[order], spent[order]
        if self.spent is Spent.TIME:
            kept = np.ones(len(order), dtype=np.bool_)
            kept[1:] = state[1:] != state[:-1]
        else:
            kept = spent < least_before(state, spent) - EPS / 2
        return entries[order[kept]]

    @property
    def _weights(self) -> Ints:
        """A number for each stop; a set is told by the sum of its stops' numbers."""
        size = self.arrays.size
        if size <= MOST_TOLD_APART:
            return np.left_shift(1, np.arange(size, dtype=np.int64))
        return np.random.default_rng(size).integers(0, 1 << 55, size, dtype=np.int64)

    def _ended(self, layers: Sequence[States]) -> tuple[int, ...] | None:
        """The best of the states with all stops done, once the group is at the end."""
        last, arrays = layers[-1], self.arrays
        over = arrays.over(last.place, last.time)
        spent = last.spent
        if arrays.problem.has_end and self.spent is Spent.WALKING:
            spent = spent + arrays.metres[last.place, arrays.size]
        first = over.astype(np.float64) if self.spent is Spent.TIME else np.round(spent, 2)
        fits = (over <= min(self.limit, NEVER - 1)) & (first <= self.known + EPS)
        if not fits.any():
            return None
        first = np.where(fits, first, np.inf)
        return _traced(layers, int(np.lexsort((over, first))[0]))


def _traced(layers: Sequence[States], entry: int) -> tuple[int, ...]:
    order = []
    for states in reversed(layers[1:]):
        order.append(int(states.added[entry]))
        entry = int(states.before[entry])
    return tuple(reversed(order))
