"""How long a day is with some of the stops: from a table of all sets, or by an order made from a like one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import ENDLESS
from planner.domain.order.moves import NEVER, Floats
from planner.domain.order.optional.sets import MOST_STOPS, done_sets
from planner.domain.order.part import finish_of
from planner.domain.order.problem import OrderProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MEMORY = 50_000
"""So many sets are remembered."""

Order = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class DayLengths:
    """Seconds from the start of a day to its end; infinite where no order of some stops is known to work."""

    problem: OrderProblem
    _orders: dict[frozenset[int], Order | None] = field(default_factory=dict)

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
        """Return the length with some stops; of many that of a good order."""
        if self.is_exact:
            return float(self.table[sum(1 << number for number in stops)])
        if stops not in self._orders:
            if len(self._orders) > MEMORY:
                self._orders.clear()
            self._orders[stops] = self._good(stops)
        order = self._orders[stops]
        return float("inf") if order is None else float(self._finish(order) - self.problem.start)

    def _good(self, stops: frozenset[int]) -> Order | None:
        """An order like that of nearly the same stops, else one made by putting them in one by one."""
        tried = [*self._near(stops)]
        if tried:
            return min(tried, key=self._finish)
        order: Order | None = ()
        for number in sorted(stops, key=lambda stop: self.problem.stops[stop].latest_start):
            order = None if order is None else self._with(order, number)
        return order

    def _near(self, stops: frozenset[int]) -> Iterator[Order]:
        """Orders of these stops that come of a known one with one stop less, or one more."""
        for number in stops:
            known = self._orders.get(stops - {number})
            order = None if known is None else self._with(known, number)
            if order is not None:
                yield order
        for number in range(len(self.problem.stops)):
            more = None if number in stops else self._orders.get(stops | {number})
            if more is not None:
                yield tuple(one for one in more if one != number)

    def _with(self, order: Order, number: int) -> Order | None:
        """An order with a stop put in where the day is over first; None where it fits nowhere."""
        tried = [(*order[:at], number, *order[at:]) for at in range(len(order) + 1)]
        best = min(tried, key=self._finish)
        return None if self._finish(best) >= NEVER else best

    def _finish(self, order: Sequence[int]) -> int:
        """When an order of some stops is over, what comes after others among them kept."""
        return NEVER if self._is_turned(order) else finish_of(self.problem, order)

    def _is_turned(self, order: Sequence[int]) -> bool:
        asking = ((at, self.problem.stops[number].after) for at, number in enumerate(order))
        return any(after & set(order[at:]) for at, after in asking if after)
