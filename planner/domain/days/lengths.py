"""How long a day is with some of the stops: from a table of all sets, or by an order that is made longer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import ENDLESS
from planner.domain.order.moves import NEVER, Floats
from planner.domain.order.optional.sets import MOST_STOPS, done_sets
from planner.domain.order.part import finish_of, smaller
from planner.domain.order.problem import OrderProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMORY = 50_000


@dataclass(frozen=True, eq=False)
class DayLengths:
    """Seconds from the start of a day to its end; infinite where no order of some stops works."""

    problem: OrderProblem
    _known: dict[frozenset[int], float] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: OrderProblem) -> DayLengths:
        """Return the lengths of one day."""
        return cls(problem)

    @property
    def is_exact(self) -> bool:
        """Whether there is a table of all sets."""
        return len(self.problem.stops) <= MOST_STOPS

    @cached_property
    def table(self) -> Floats:
        """The length with each set, its stops as bits."""
        finish = done_sets(self.problem, deadline=ENDLESS, every=True).finish
        return np.where(finish < NEVER, finish - self.problem.start, np.inf)

    def length(self, stops: frozenset[int]) -> float:
        """Return the length with some stops; of many days that of a good order."""
        if self.is_exact:
            return float(self.table[sum(1 << number for number in stops)])
        if stops not in self._known:
            if len(self._known) > MEMORY:
                self._known.clear()
            self._known[stops] = self._good(sorted(stops))
        return self._known[stops]

    def _good(self, stops: Sequence[int]) -> float:
        """The length of an order that is made by putting in stops one by one, those that end first."""
        part = smaller(self.problem, stops)
        order: tuple[int, ...] = ()
        urgent = sorted(range(len(stops)), key=lambda number: part.stops[number].latest_start)
        for number in urgent:
            tried = [(*order[:at], number, *order[at:]) for at in range(len(order) + 1)]
            finishes = [_finish(part, one) for one in tried]
            at = int(np.argmin(finishes))
            if finishes[at] >= NEVER:
                return float("inf")
            order = tried[at]
        finish = _finish(part, order)
        return float("inf") if finish >= NEVER else float(finish - part.start)


def _finish(part: OrderProblem, order: Sequence[int]) -> int:
    """When an order of some stops is over, what comes after others among them kept."""
    seen: set[int] = set()
    for number in order:
        if (part.stops[number].after & set(order)) - seen:
            return NEVER
        seen.add(number)
    return finish_of(part, order)
