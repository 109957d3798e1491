"""Orders best for something that the earliest finish does not settle: least walking, least waiting.

A state no longer has one best way of being reached, so it keeps labels (time, cost). A label is
dropped where it is too late for the day's limit, where its cost and the least that must follow exceed
what is known already, or where another is as good in everything that may follow. With moves that
take the same at any time that is: no later and no dearer; waiting that the earlier one may still
have to do counts against it, at most until the last door has opened. With rides metres can only be
compared at the same instant, for one who leaves earlier may walk more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import Budget, OutOfTimeError
from planner.domain.clock import Instant, minute_from
from planner.domain.order.costs import Cost
from planner.domain.order.exact.lattice import Lattice
from planner.domain.order.exact.least import least_to_come
from planner.domain.order.moves import NEVER, Floats, Ints
from planner.domain.order.problem import OrderProblem
from planner.domain.order.stays import leave, minutes_from

if TYPE_CHECKING:
    from planner.domain.order.exact.lattice import Bools, Step

EPS = 1e-3
"""Metres or seconds: less is no difference."""

MOST_LABELS = 1_000_000
"""More labels than this, fifty megabytes, take more memory than a search is worth."""


@dataclass(frozen=True, eq=False)
class _Labels:
    """Labels of one layer, an entry each: row of the set, place, time, cost, entry before, stop added."""

    row: Ints
    place: Ints
    time: Ints
    cost: Floats
    before: Ints
    added: Ints

    def __len__(self) -> int:
        return len(self.row)

    def at(self, entries: Ints | Bools) -> _Labels:
        """Return some of the entries."""
        return _Labels(
            self.row[entries],
            self.place[entries],
            self.time[entries],
            self.cost[entries],
            self.before[entries],
            self.added[entries],
        )


@dataclass(frozen=True, eq=False)
class Search:
    """A question: the least of a cost over the orders that are over by `limit`.

    `latest` are the latest leaves for that limit (`latest_leaves`), `known` a cost that some order
    is known to have. Once the `budget` is over the search ends.
    """

    problem: OrderProblem
    lattice: Lattice
    latest: tuple[Ints, ...]
    limit: Instant
    cost: Cost
    known: float
    budget: Budget

    def least(self) -> tuple[int, ...] | None:
        """Return the order of least cost, of those the earliest finish; None if all cost more than `known`.

        Raises
        ------
        OutOfTimeError
            When the budget is over, or memory would run out.
        """
        to_come = least_to_come(self.problem, self.lattice) if self.cost is Cost.WALKING else None
        layers = [_first(self.problem)]
        for number, steps in enumerate(self.lattice.steps):
            bound = None if to_come is None else to_come[number + 1]
            labels = self._next(layers, steps, bound)
            if len(labels) == 0:
                return None
            layers.append(labels)
        return self._ended(layers)

    def _next(self, layers: list[_Labels], steps: tuple[Step, ...], to_come: Floats | None) -> _Labels:
        """The labels of the next layer."""
        labels, number = layers[-1], len(layers)
        blocks: list[_Labels] = []
        size = sum(map(len, layers))
        target = np.full(len(self.lattice.sets[number - 1]), -1, dtype=np.int64)
        for step in steps:
            target.fill(-1)
            target[step.rows] = step.targets
            for place in np.unique(labels.place).tolist():
                if self.budget.is_over() or size > MOST_LABELS:
                    raise OutOfTimeError
                entries = np.flatnonzero((labels.place == place) & (target[labels.row] >= 0))
                new = self._added(labels, entries, (step.stop, place, number), target)
                if to_come is not None:
                    new = new.at(new.cost + to_come[new.row, new.place] <= self.known + EPS)
                blocks.append(new)
                size += len(new)
        joined = _joined(blocks)
        return joined.at(self._undominated(joined, number))

    def _added(self, labels: _Labels, entries: Ints, what: tuple[int, int, int], target: Ints) -> _Labels:
        """Labels that come of adding a stop to some of one place; those too late or too dear left out."""
        number, place, layer = what
        stop = self.problem.stops[number]
        there = number + 1 if stop.placed else place
        now = labels.time[entries]
        ready = self.problem.moves.ready(place, number, now) if stop.placed else now
        ends = np.where(ready < NEVER, leave(stop.intervals, ready + stop.buffer_s, stop.dwell_s), NEVER)
        in_time = ends <= np.minimum(self.latest[layer][target[labels.row[entries]], there], NEVER - 1)
        entries, now, ready, ends = entries[in_time], now[in_time], ready[in_time], ends[in_time]
        cost = labels.cost[entries]
        if self.cost is Cost.WAITING:
            arrive = self.problem.moves.arrive(place, number, now, ready) if stop.placed else now
            cost = cost + (ends - stop.dwell_s - minutes_from(arrive))
        elif stop.placed:
            cost = cost + self._walked(place, number, now)
        new = _Labels(
            row=target[labels.row[entries]],
            place=np.full(len(entries), there, dtype=np.int64),
            time=ends,
            cost=cost,
            before=entries,
            added=np.full(len(entries), number, dtype=np.int64),
        )
        return new.at(cost <= self.known + EPS)

    def _walked(self, place: int, column: int, leaves: Ints) -> Floats:
        """Metres on foot of moves at some instants."""
        moves = self.problem.moves
        if moves.steady_walk_m is not None and (place, column) not in moves.rides:
            return np.full(len(leaves), moves.steady_walk_m[place, column])
        metres = np.zeros(len(leaves))
        for instant in np.unique(leaves).tolist():
            self.budget.check()
            metres[leaves == instant] = moves.walked(place, column, instant)
        return metres

    def _undominated(self, labels: _Labels, layer: int) -> Ints:
        """The entries that no other of their state makes needless."""
        state = labels.row * (len(self.problem.stops) + 1) + labels.place
        order = np.lexsort((labels.cost, labels.time, state))
        state, time, cost = state[order], labels.time[order], labels.cost[order]
        kept = np.ones(len(order), dtype=np.bool_)
        kept[1:] = (state[1:] != state[:-1]) | (time[1:] != time[:-1])
        moves = self.problem.moves
        if self.cost is Cost.WALKING and moves.is_steady:
            kept &= cost < least_before(state, cost) - EPS / 2
        if self.cost is Cost.WAITING and moves.is_steady:
            late = cost - (time - self.problem.start)
            kept &= late < least_before(state, late) - EPS / 2
        if self.cost is Cost.WAITING and moves.has_one_reserve:
            at_most = cost + np.maximum(0, self._last_opening(layer)[labels.row[order]] - time)
            kept &= cost < least_before(state, at_most) - EPS / 2
        return order[kept]

    def _last_opening(self, layer: int) -> Ints:
        """By set, when the last of the stops still to come opens: after that nobody waits any more."""
        sets = self.lattice.sets[layer]
        latest = np.full(len(sets), self.problem.start)
        bit_of = {number: bit for bit, number in enumerate(self.problem.free)}
        for number, stop in enumerate(self.problem.stops):
            opens = max((interval.start for interval in stop.intervals), default=self.problem.start)
            opens = minute_from(opens)
            if number in bit_of:
                is_left = (sets >> bit_of[number]) & 1 == 0
            else:
                is_left = np.full(len(sets), number >= layer)
            latest = np.where(is_left, np.maximum(latest, opens), latest)
        return latest

    def _ended(self, layers: list[_Labels]) -> tuple[int, ...] | None:
        """The best of the labels with all stops done, once the group is at the end."""
        last, moves, end = layers[-1], self.problem.moves, len(self.problem.stops)
        best: tuple[float, Instant, int] | None = None
        for entry in range(len(last)):
            leaves = last.time[entry : entry + 1]
            ready, place, cost = leaves, int(last.place[entry]), float(last.cost[entry])
            if self.problem.has_end:
                ready = moves.ready(place, end, leaves)
                arrive = moves.arrive(place, end, leaves, ready)
                is_waiting = self.cost is Cost.WAITING
                cost += float((ready - arrive if is_waiting else self._walked(place, end, leaves))[0])
            finish, rounded = int(ready[0]), round(cost, 2)
            if finish <= min(self.limit, NEVER - 1) and (best is None or (rounded, finish) < best[:2]):
                best = (rounded, finish, entry)
        if best is None or best[0] > self.known + EPS:
            return None
        return _traced(layers, best[2])


def _first(problem: OrderProblem) -> _Labels:
    zero = np.zeros(1, dtype=np.int64)
    return _Labels(zero, zero, np.array([problem.start]), np.zeros(1), zero, zero)


def _joined(blocks: list[_Labels]) -> _Labels:
    if not blocks:
        none = np.zeros(0, dtype=np.int64)
        return _Labels(none, none, none, np.zeros(0), none, none)
    return _Labels(
        np.concatenate([block.row for block in blocks]),
        np.concatenate([block.place for block in blocks]),
        np.concatenate([block.time for block in blocks]),
        np.concatenate([block.cost for block in blocks]),
        np.concatenate([block.before for block in blocks]),
        np.concatenate([block.added for block in blocks]),
    )


def least_before(state: Ints, value: Floats) -> Floats:
    """The least value among the entries of the same state that come before each; inf for the first."""
    if len(value) == 0:
        return value
    group = np.cumsum(np.concatenate(([0], (state[1:] != state[:-1]).astype(np.int64))))
    span = float(value.max() - value.min()) + 1.0
    running = np.minimum.accumulate(value - group * span)
    before = np.full(len(value), np.inf)
    before[1:] = running[:-1] + group[:-1] * span
    before[1:][group[1:] != group[:-1]] = np.inf
    return before


def _traced(layers: list[_Labels], entry: int) -> tuple[int, ...]:
    order = []
    for labels in reversed(layers[1:]):
        order.append(int(labels.added[entry]))
        entry = int(labels.before[entry])
    return tuple(reversed(order))
