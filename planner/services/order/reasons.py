"""Why no order of a day works: for each trouble of its own the demands that exclude each other.

Looked for from the small to the large: stops that come after each other in a circle, stops that
cannot be kept even alone, two that exclude each other, and then what is too much together. Of each
trouble one stop is set aside before the next is looked for, so two that have nothing to do with each
other are both told.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import OutOfTimeError
from planner.domain.clock import MINUTE_S
from planner.domain.order.circles import circles
from planner.domain.order.conflicts import minimal_conflict
from planner.domain.order.moves import NEVER
from planner.domain.order.part import MOST_PERMUTED, finish_of, orders_of, part_of
from planner.domain.order.proposals import Conflict, Demand, DemandKind
from planner.domain.order.search import MOST_EXACT, is_feasible
from planner.domain.order.stays import leave_one
from planner.services.order.crowded import crowded
from planner.services.order.demands import demands_of, with_only
from planner.services.order.problem import problem_of, stop_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.clock import TownClock
    from planner.domain.order.moves import MoveTable
    from planner.domain.order.problem import OrderProblem
    from planner.domain.schedule.timed import TimedDay
    from planner.services.order.moves import DayMoves

DAY_S = 86_400
ROUGH_S = 300
"""Of many stops it is told in steps of five minutes by how much they are too much."""


def never_possible(timed: TimedDay) -> bool:
    """Whether some stop is shut for its least stay from the start of the day on: no search is needed."""
    stops = (stop_of(stop) for stop in timed.stops)
    return any(
        leave_one(stop.intervals, timed.start + stop.buffer_s, stop.least_dwell_s) >= NEVER for stop in stops
    )


def conflicts_of(timed: TimedDay, moves: DayMoves, clock: TownClock, budget: Budget) -> tuple[Conflict, ...]:
    """Return the reasons, as many as there is time for; none where an order keeps all demands."""
    told: list[Conflict] = []
    try:
        budget.check()
        known = moves.moves(days=2, at_any_price=True)
        quickest = with_nothing_assumed(timed, known)
        sure = None if quickest is known else Reasons(timed, quickest, clock, budget)
        for conflict in Reasons(timed, known, clock, budget).all():
            is_sure = sure is None or sure.excludes(conflict)
            told.append(conflict if is_sure else replace(conflict, proved=False, assumed=True))
    except OutOfTimeError:
        pass
    return tuple(told)


def with_nothing_assumed(timed: TimedDay, moves: MoveTable) -> MoveTable:
    """Return the moves as if ways to and from places that are not on the map took no time at all."""
    stops = [stop.place for stop in timed.stops]
    origins, goals = (
        [place is not None and place.at is None for place in places]
        for places in ([timed.start_place, *stops], [*stops, timed.end_place])
    )
    unknown = np.logical_or.outer(origins, goals)
    return replace(moves, steady=np.where(unknown, 0, moves.steady)) if unknown.any() else moves


class Reasons:
    """The questions about one day, each answered for some of its stops and some of their demands."""

    def __init__(self, timed: TimedDay, moves: MoveTable, clock: TownClock, budget: Budget) -> None:
        self._timed = timed
        self._moves = moves
        self._budget = budget
        self._demands = tuple(demands_of(timed, clock))
        self._whole = self._problem(self._demands)

    def all(self) -> Iterator[Conflict]:
        """Yield the reasons, the surest first."""
        rest = list(range(len(self._timed.stops)))
        for circle in circles([self._whole.stops[number].after for number in rest]):
            rest = [number for number in rest if number != circle[0]]
            ids = [self._timed.stops[number].id for number in circle]
            yield Conflict(tuple(Demand(DemandKind.AFTER, stop) for stop in ids))
        for number in tuple(rest):
            if not self._keeps([number]):
                rest.remove(number)
                yield self._reason([number])
        for one, other in self._clashes(rest):
            rest.remove(one)
            yield self._reason(sorted((one, other)))
        yield from self._together(rest)

    def excludes(self, conflict: Conflict) -> bool:
        """Whether the demands of a reason cannot be kept together here."""
        named = {demand.stop for demand in conflict.demands}
        numbers = [number for number, stop in enumerate(self._timed.stops) if stop.id in named]
        return not self._keeps(numbers, conflict.demands)

    def _clashes(self, rest: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs that exclude each other, each with one stop that no later pair has, the worst first."""
        pairs = {pair for pair in combinations(rest, 2) if not self._keeps(pair)}
        while pairs:
            self._budget.check()
            count = {number: sum(number in pair for pair in pairs) for pair in pairs for number in pair}
            one = max(sorted(count), key=lambda number: (count[number], not self._is_agreed(number)))
            pair = min(pair for pair in pairs if one in pair)
            yield one, pair[0] if pair[1] == one else pair[1]
            pairs = {pair for pair in pairs if one not in pair}

    def _is_agreed(self, number: int) -> bool:
        return self._timed.stops[number].fixed is not None

    def _together(self, rest: Sequence[int]) -> Iterator[Conflict]:
        """What is too much together, of stops that any two of can be kept."""
        if len(rest) <= 2:  # noqa: PLR2004
            return
        if not self._is_searchable(rest):
            asking = [number for number in rest if self._weight(number)[0]]
            if self._is_searchable(asking) and not self._keeps(asking):
                yield self._least_together(asking)
                return
            yield from crowded(self._whole, sorted(rest), self._timed, self._demands, self._budget)
            return
        if not self._keeps(rest):
            yield self._least_together(rest)

    def _least_together(self, rest: Sequence[int]) -> Conflict:
        """The fewest of some stops that are too much together, and by how much all of them are."""
        too_much = self._too_much(rest, self._demands)
        needed = list(rest)
        for number in sorted(rest, key=self._weight):
            others = [one for one in needed if one != number]
            if self._budget.is_over():
                break
            if not self._keeps(others):
                needed = others
        return replace(self._reason(needed), too_much_s=too_much)

    def _weight(self, number: int) -> tuple[int, int]:
        """Stops of few demands are set aside first, those where a long time is spent last."""
        own = sum(demand.stop == self._timed.stops[number].id for demand in self._demands)
        return own, self._timed.stops[number].dwell_s

    def _reason(self, numbers: Sequence[int]) -> Conflict:
        """The demands of stops that cannot be kept together; where time runs out, all that they have."""
        ids = {self._timed.stops[number].id for number in numbers}
        demands = [demand for demand in self._demands if demand.stop is None or demand.stop in ids]

        def can_keep(kept: Sequence[Demand]) -> bool:
            self._budget.check()
            return self._keeps(numbers, kept)

        try:
            needed = minimal_conflict(demands, can_keep, part_of=lambda demand: demand.stop)
        except OutOfTimeError:
            needed = tuple(demands)
        named = {demand.stop for demand in needed}
        visits = (
            Demand(DemandKind.VISIT, self._timed.stops[number].id)
            for number in numbers
            if self._timed.stops[number].id not in named
        )
        return Conflict((*needed, *visits), self._too_much(numbers, needed))

    def _too_much(self, numbers: Sequence[int], demands: Iterable[Demand]) -> int | None:
        """By how much the stops are too much together; None where no time helps or there was too little."""
        kept = tuple(demands)
        step = MINUTE_S if len(numbers) <= MOST_PERMUTED else ROUGH_S

        def fits(steps: int) -> bool:
            self._budget.check()
            return self._is_kept(self._problem(kept, numbers, steps * step), numbers)

        try:
            high = 1
            while not fits(high):
                if high * step >= DAY_S:
                    return None
                high *= 2
            low = high // 2 + 1
            while low < high:
                middle = (low + high) // 2
                low, high = (low, middle) if fits(middle) else (middle + 1, high)
        except OutOfTimeError:
            return None
        return high * step

    def _keeps(self, numbers: Sequence[int], demands: Sequence[Demand] | None = None) -> bool:
        problem = self._whole if demands is None else self._problem(demands, numbers)
        return self._is_kept(problem, numbers)

    def _problem(
        self, demands: Iterable[Demand], numbers: Sequence[int] | None = None, late_s: int = 0
    ) -> OrderProblem:
        """The day with some demands, every stay as short as may be; other stops stay locked as they are.

        What has an end ends `late_s` later.
        """
        kept = {(demand.kind, demand.stop) for demand in demands}
        if numbers is not None:
            others = set(range(len(self._timed.stops))) - set(numbers)
            kept |= {(DemandKind.LOCKED, self._timed.stops[number].id) for number in others}
        problem = problem_of(with_only(self._timed, kept), self._moves, late_s)
        return problem.with_dwells([stop.least_dwell_s for stop in problem.stops])

    def _is_searchable(self, numbers: Sequence[int]) -> bool:
        return len(part_of(self._whole, sorted(numbers)).free) <= MOST_EXACT

    def _is_kept(self, problem: OrderProblem, numbers: Sequence[int]) -> bool:
        """Whether some order keeps all; also where there are too many to tell."""
        kept = sorted(numbers)
        if len(kept) <= MOST_PERMUTED and len(kept) < len(problem.stops):
            return any(finish_of(problem, order) < NEVER for order in orders_of(problem, kept))
        part = part_of(problem, kept)
        return len(part.free) > MOST_EXACT or is_feasible(part)
