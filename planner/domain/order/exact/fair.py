"""Stays made shorter, fairly: of the ways to cut as few minutes the one that asks nobody for too much.

Shares that stays lose are compared from the largest down: the smallest largest one, then the smallest
second largest, and so on. That order is the order of one number: every share weighs more than all smaller
ones of a day together. The least sum of such weights is looked for from the day's start on, the most
promising way first, by a bound that lets minutes be shared freely among all that is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush, heapreplace
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import OutOfTimeError
from planner.domain.clock import MINUTE_S, Instant
from planner.domain.order.moves import NEVER
from planner.domain.order.stays import leave_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.budget import Budget
    from planner.domain.order.exact.lattice import Lattice
    from planner.domain.order.exact.spare import Spare
    from planner.domain.order.problem import OrderProblem


@dataclass(frozen=True)
class Shortened:
    """An order with stays made shorter, and their lengths in seconds by stop.

    `proved` tells that no order does with fewer minutes cut.
    """

    order: tuple[int, ...]
    dwells: tuple[int, ...]
    proved: bool = True


@dataclass(frozen=True)
class Weights:
    """By stop, what it weighs that a stay loses 0, 1, 2, ... minutes of its length."""

    by_cut: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, problem: OrderProblem, minutes: int) -> Weights:
        """Return the weights of a day that loses so many minutes in all."""
        rows = [
            [Fraction(cut * MINUTE_S, max(1, stop.dwell_s)) for cut in range(min(minutes, stop.most_cut) + 1)]
            for stop in problem.stops
        ]
        rank = {share: at for at, share in enumerate(sorted({share for row in rows for share in row}))}
        bits = len(rows).bit_length()
        return cls(tuple(tuple(1 << bits * rank[share] if share else 0 for share in row) for row in rows))

    def of_dwells(self, problem: OrderProblem, shortened: Shortened) -> int:
        """Return what the stays of an order weigh."""
        pairs = zip(problem.stops, shortened.dwells, self.by_cut, strict=True)
        return sum(row[(stop.dwell_s - dwell) // MINUTE_S] for stop, dwell, row in pairs)

    def shared(self, stops: Iterator[int], minutes: int) -> list[int | None]:
        """Return the least weight of 0, 1, ... minutes shared freely among stops; None for too many."""
        steps = [(row[1], number, 1) for number in stops if len(row := self.by_cut[number]) > 1]
        heapify(steps)
        least: list[int | None] = [0]
        total = 0
        while steps and len(least) <= minutes:
            step, number, cut = steps[0]
            row = self.by_cut[number]
            total += step
            least.append(total)
            if cut + 1 < len(row):
                heapreplace(steps, (row[cut + 1] - row[cut], number, cut + 1))
            else:
                heappop(steps)
        return least + [None] * (minutes + 1 - len(least))


@dataclass(frozen=True, order=True)
class _State:
    """Where a day has come to: layer, set and place, when it is left, and the minutes still to be cut."""

    layer: int
    row: int
    place: int
    leave: Instant
    left: int


_Step = tuple[_State, int, int]
"""The state before, the stop that was added to it, and the minutes that it lost."""


class Fairest:
    """The search for the fairest way to cut the fewest minutes."""

    def __init__(self, problem: OrderProblem, lattice: Lattice, spare: Spare) -> None:
        self.problem = problem
        self.lattice = lattice
        self.spare = spare
        self._came: dict[_State, _Step] = {}
        self._least: dict[tuple[int, int], list[int | None]] = {}

    def found(self, budget: Budget) -> Shortened:
        """Return the fairest way, of equals one that is over first.

        Raises
        ------
        OutOfTimeError
            When the budget is over.
        """
        first = _State(0, 0, 0, self.problem.start, self.spare.minutes)
        heap: list[tuple[int, int, _State, int, _Step | None]] = [(0, 0, first, 0, None)]
        done = set[_State]()
        best: tuple[Instant, _State] | None = None
        least = -1
        while heap and (best is None or heap[0][0] == least):
            if best is None:
                budget.check()
            elif budget.is_over():
                break
            bound, _, state, weight, step = heappop(heap)
            if state in done:
                continue
            done.add(state)
            if step is not None:
                self._came[state] = step
            if state.layer == len(self.problem.stops):
                over = self.problem.finish(state.place, state.leave), state
                best, least = min(best, over) if best else over, bound
                continue
            for further, stop, cut in self._further(state):
                to_come = self._to_come(further)
                if further not in done and to_come is not None:
                    sum_ = weight + self._weights.by_cut[stop][cut]
                    heappush(heap, (sum_ + to_come, -further.layer, further, sum_, (state, stop, cut)))
        if best is None:
            raise OutOfTimeError
        return self._traced(best[1])

    def any(self) -> Shortened:
        """Return some way to cut as few minutes, found without looking around."""
        state = _State(0, 0, 0, self.problem.start, self.spare.minutes)
        while state.layer < len(self.problem.stops):
            further, stop, cut = next(self._further(state))
            self._came[further] = state, stop, cut
            state = further
        return self._traced(state)

    @cached_property
    def _weights(self) -> Weights:
        return Weights.of(self.problem, self.spare.minutes)

    def _further(self, state: _State) -> Iterator[_Step]:
        """Yield what one more stop makes of a state, each with the stop and the minutes that it loses."""
        problem = self.problem
        for step in self.lattice.steps[state.layer]:
            at = int(np.searchsorted(step.rows, state.row))
            if at == len(step.rows) or step.rows[at] != state.row:
                continue
            row, stop = int(step.targets[at]), problem.stops[step.stop]
            place = problem.place_after(state.place, step.stop)
            ready = problem.ready(state.place, step.stop, state.leave)
            if ready >= NEVER:
                continue
            latest = self.spare.latest[state.layer + 1][row, place]
            for cut in range(min(stop.most_cut, state.left) + 1):
                leave = leave_one(stop.intervals, ready + stop.buffer_s, stop.dwell_s - cut * MINUTE_S)
                if leave <= min(int(latest[state.left - cut]), NEVER - 1):
                    yield _State(state.layer + 1, row, place, leave, state.left - cut), step.stop, cut

    def _to_come(self, state: _State) -> int | None:
        """What the minutes still to be cut weigh at least; None where there are not so many."""
        key = state.layer, state.row
        if key not in self._least:
            self._least[key] = self._weights.shared(self._left(*key), self.spare.minutes)
        return self._least[key][state.left]

    def _left(self, layer: int, row: int) -> Iterator[int]:
        """The stops that are not done in a set."""
        done = int(self.lattice.sets[layer][row])
        bit_of = {number: bit for bit, number in enumerate(self.problem.free)}
        for number in range(len(self.problem.stops)):
            if done >> bit_of[number] & 1 == 0 if number in bit_of else number >= layer:
                yield number

    def _traced(self, state: _State) -> Shortened:
        """The order that led to a state, and the stays of its stops."""
        order = []
        dwells = [stop.dwell_s for stop in self.problem.stops]
        while state.layer:
            state, stop, cut = self._came[state]
            order.append(stop)
            dwells[stop] -= cut * MINUTE_S
        return Shortened(tuple(reversed(order)), tuple(dwells))
