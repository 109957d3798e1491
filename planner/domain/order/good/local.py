"""Days with more free stops than can be searched through: an order made better by small changes.

First what helps most, until nothing helps; then the order is shaken a little and made better again.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.costs import score
from planner.domain.order.good.changes import changes_of
from planner.domain.order.good.plain import plain_day
from planner.domain.order.good.segments import Segments
from planner.domain.order.moves import NEVER

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.order.good.changes import Changes
    from planner.domain.order.moves import Floats
    from planner.domain.order.proposals import Objective
    from planner.domain.order.sparse.arrays import DayArrays

LOOKED_AT = 24
"""Where a day is not as plain as the choice takes it, so many changes are walked through in earnest."""

SHAKES = 3
"""So many changes are made by chance together, at the most."""

DRAWN = 40
"""Of so many drawn by chance one is made that makes nothing late."""

FRUITLESS = 400
"""After so many shakes without a gain it is good enough."""

WORSE = 0.004
"""By such a share of the whole an order may be worse than the best to go on from."""

EPS = 1e-4


class Improver:
    """Makes orders of one day better for one objective; the same day gives the same orders."""

    def __init__(self, arrays: DayArrays, objective: Objective, budget: Budget) -> None:
        self._problem = arrays.problem
        self._objective = objective
        self._budget = budget
        self._day = plain_day(arrays, objective)
        self._placed = arrays.placed.tolist()
        self._dice = Random(arrays.size)  # noqa: S311 - no secret
        self._changes = changes_of([stop.locked for stop in self._problem.stops])

    def improved(self, order: tuple[int, ...]) -> tuple[int, ...]:
        """Return an order that is no worse, after as many shakes as there is time for."""
        best, least = self._descended(order)
        here, fruitless = best, 0
        worse = WORSE * self._whole(least)
        while self._changes and fruitless < FRUITLESS and not self._budget.is_over():
            fruitless += 1
            tried, new = self._descended(self._shaken(here))
            if new < least - EPS:
                best, least, fruitless = tried, new, 0
            if new <= least + worse * self._dice.random():
                here = tried
            elif self._dice.random() < 0.05:  # noqa: PLR2004
                here = best
        return best

    def _whole(self, value: float) -> float:
        """What an order spends, its start left aside."""
        return value if self._day.counts_ways_only else max(60.0, value - self._problem.start)

    def _judged(self, order: tuple[int, ...]) -> float:
        """What an order is worth, walked through in earnest."""
        first, then = score(self._problem, order, self._objective)
        return first + 1e-6 * then if then < np.inf else np.inf

    def _descended(self, order: tuple[int, ...]) -> tuple[tuple[int, ...], float]:
        """An order that no change makes better, and its value."""
        while True:
            segments = Segments.of(self._day, order, self._placed)
            value = segments.value if self._day.is_exact else self._judged(order)
            better = self._better(segments, order, value)
            if better is None:
                return order, value
            order = better

    def _better(self, segments: Segments, order: tuple[int, ...], value: float) -> tuple[int, ...] | None:
        """The order with the change that helps most; None where none does."""
        found: list[tuple[float, Changes, int]] = []
        for changes in self._changes:
            values, fitting = self._values(segments, changes)
            if len(values) and self._day.is_exact:
                entry = int(np.argmin(values))
                found.append((float(values[entry]), fitting, entry))
            elif len(values):
                likely = np.argsort(values)[:LOOKED_AT].tolist()
                found += [(float(values[entry]), fitting, entry) for entry in likely]
        found.sort(key=lambda one: one[0])
        if self._day.is_exact:
            helps = found and found[0][0] < -EPS
            return found[0][1].apply(found[0][2], order) if helps else None
        for _, fitting, entry in found[:LOOKED_AT]:
            if self._budget.is_over():
                break
            changed = fitting.apply(entry, order)
            if self._judged(changed) < value - EPS:
                return changed
        return None

    def _values(self, segments: Segments, changes: Changes) -> tuple[Floats, Changes]:
        """What changes make of an order, less what it is; those that make it late are left out."""
        dearer = segments.changed(changes)
        if self._day.counts_ways_only and self._day.is_exact:
            cheaper = np.flatnonzero(dearer < EPS)
            changes, dearer = changes.at(cheaper), dearer[cheaper]
        over = segments.finish(changes)
        fits = np.flatnonzero(over < NEVER)
        later = over[fits] - segments.ahead.first[segments.size - 1]
        return self._day.per_second * later + dearer[fits], changes.at(fits)

    def _shaken(self, order: tuple[int, ...]) -> tuple[int, ...]:
        """The order with a few changes made by chance, none of which makes it late."""
        for _ in range(self._dice.randint(1, SHAKES)):
            segments = Segments.of(self._day, order, self._placed)
            changes = self._changes[self._dice.randrange(len(self._changes))]
            drawn = changes.at(np.array([self._dice.randrange(len(changes.i)) for _ in range(DRAWN)]))
            fits = np.flatnonzero(segments.finish(drawn) < NEVER)
            if len(fits):
                entry = int(fits[int(np.argmin(segments.changed(drawn)[fits[:5]]))])
                changed = drawn.apply(entry, order)
                if self._day.is_exact or self._judged(changed) < np.inf:
                    order = changed
        return order
