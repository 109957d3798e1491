"""Stops shared among days: as many as fit, then the least time out in all, and days that are evenly long.

A share is judged by how long each day is from its start to its earliest finish, with the stops that it has:
stays, ways and waiting. What is made least is the sum of these, and a part (`balance`) of the difference
between the longest day and the shortest.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.days.lengths import DayLengths
from planner.domain.order.problem import OrderProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.moves import Floats

MOST_LISTED = 1 << 19
"""So many shares are all looked at."""

LEFT_S = 1e7
"""What a stop that no day has room for counts, by its weight: more than anything else."""

FRUITLESS = 60
"""After so many shakes without a gain a share is good enough."""

LEFT = -1
"""In place of a day: the stop is on none."""


@dataclass(frozen=True)
class ShareQuestion:
    """Days that all name the same stops, and on which days each may be, by their numbers.

    `weights` are of the stops, `balance` how much a second counts by which the longest day is longer than the
    shortest.
    """

    days: tuple[OrderProblem, ...]
    allowed: tuple[tuple[int, ...], ...]
    weights: tuple[int, ...]
    balance: float = 0.5


@dataclass(frozen=True)
class Share:
    """The day of each stop, `LEFT` for none; `proved` that no share is better."""

    day_of: tuple[int, ...]
    cost: float
    proved: bool


def share(question: ShareQuestion, budget: Budget) -> Share:
    """Return the best share that is found; the same each time unless time runs out."""
    return _Sharing(question, budget).best()


def keeps_after(question: ShareQuestion, day_of: Sequence[int]) -> bool:
    """Whether nothing is on an earlier day than what it comes after."""
    return all(
        LEFT in (day_of[number], day_of[earlier]) or day_of[earlier] <= day_of[number]
        for number, stop in enumerate(question.days[0].stops)
        for earlier in stop.after
    )


class _Sharing:
    """One question, and how long each day is with some stops."""

    def __init__(self, question: ShareQuestion, budget: Budget) -> None:
        self._question = question
        self._budget = budget
        self._lengths = [DayLengths(day) for day in question.days]
        self._size = len(question.allowed)

    def best(self) -> Share:
        allowed = self._question.allowed
        is_exact = all(lengths.is_exact for lengths in self._lengths)
        if is_exact and _count(allowed) <= MOST_LISTED:
            found = self._listed(allowed)
            if found is not None:
                return found
            with_left = tuple((*days, LEFT) for days in allowed)
            if _count(with_left) <= MOST_LISTED:
                found = self._listed(with_left)
                if found is not None:
                    return found
        return self._searched()

    def _listed(self, allowed: Sequence[Sequence[int]]) -> Share | None:
        """The best of all shares; None where some stop finds no room in any."""
        grids = np.meshgrid(*(np.array(days, dtype=np.int8) for days in allowed), indexing="ij")
        choices = np.stack([grid.ravel() for grid in grids], axis=1)
        costs = self._costs(choices)
        if not len(costs) or costs.min() == np.inf:
            return None
        at = int(np.argmin(costs))
        return Share(tuple(choices[at].tolist()), float(costs[at]), proved=True)

    def _costs(self, choices: np.ndarray) -> Floats:
        """What shares cost, infinite where a day has no order for its stops."""
        bits = 1 << np.arange(self._size, dtype=np.int64)
        lengths = np.array(
            [own.table[(choices == day) @ bits] for day, own in enumerate(self._lengths)], dtype=np.float64
        )
        costs: Floats = lengths.sum(axis=0)
        with np.errstate(invalid="ignore"):
            spread = lengths.max(axis=0) - lengths.min(axis=0)
        costs = costs + self._question.balance * np.where(np.isfinite(costs), spread, 0.0)
        costs = costs + LEFT_S * ((choices == LEFT) @ np.array(self._question.weights, dtype=np.float64))
        for number, stop in enumerate(self._question.days[0].stops):
            for earlier in stop.after:
                turned = (choices[:, number] < choices[:, earlier]) & (choices[:, number] != LEFT)
                costs = np.where(turned, np.inf, costs)
        return costs

    def cost(self, day_of: Sequence[int]) -> float:
        """What one share costs."""
        if not keeps_after(self._question, day_of):
            return float("inf")
        stops = range(self._size)
        lengths = [
            own.length(frozenset(number for number in stops if day_of[number] == day))
            for day, own in enumerate(self._lengths)
        ]
        if max(lengths) == float("inf"):
            return max(lengths)
        left = sum(self._question.weights[number] for number in stops if day_of[number] == LEFT)
        return sum(lengths) + self._question.balance * (max(lengths) - min(lengths)) + LEFT_S * left

    def _searched(self) -> Share:
        """A good share: stops are put where they cost least, then moved and exchanged, then shaken."""
        here = self._climbed(self._put([LEFT] * self._size, range(self._size)))
        best, least = here, self.cost(here)
        dice = Random(self._size)  # noqa: S311 - no secret
        fruitless = 0
        while fruitless < FRUITLESS and not self._budget.is_over():
            fruitless += 1
            gone = dice.sample(range(self._size), min(3, self._size))
            shaken = [LEFT if number in gone else day for number, day in enumerate(best)]
            tried = self._climbed(self._put(shaken, gone))
            cost = self.cost(tried)
            if cost < least - 1e-6:
                best, least, fruitless = tried, cost, 0
        return Share(tuple(best), least, proved=False)

    def _put(self, day_of: Sequence[int], numbers: Sequence[int]) -> list[int]:
        now = list(day_of)
        for number in numbers:
            tried = [
                [*now[:number], day, *now[number + 1 :]] for day in (*self._question.allowed[number], LEFT)
            ]
            now = min(tried, key=self.cost)
        return now

    def _climbed(self, day_of: list[int]) -> list[int]:
        """A share that no move of one stop and no exchange of two makes better."""
        least = self.cost(day_of)
        while not self._budget.is_over():
            better = next((one for one in self._changed(day_of) if self.cost(one) < least - 1e-6), None)
            if better is None:
                break
            day_of, least = better, self.cost(better)
        return day_of

    def _changed(self, day_of: list[int]) -> Iterator[list[int]]:
        for number, own in enumerate(day_of):
            for day in self._question.allowed[number]:
                if day != own:
                    yield [*day_of[:number], day, *day_of[number + 1 :]]
        for one in range(self._size):
            for other in range(one):
                pair = day_of[one], day_of[other]
                if pair[0] != pair[1] and self._may(one, pair[1]) and self._may(other, pair[0]):
                    changed = list(day_of)
                    changed[one], changed[other] = pair[1], pair[0]
                    yield changed

    def _may(self, number: int, day: int) -> bool:
        return day == LEFT or day in self._question.allowed[number]


def _count(allowed: Sequence[Sequence[int]]) -> float:
    """How many shares there are."""
    count = 1.0
    for days in allowed:
        count *= len(days)
    return count
