"""Days of parties whose stays may be cut, and a search over everything that can be decided."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import permutations, product
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.parties.cuts import CutQuestion, CutStop, PartyStep, PartyWay
from tests.kit.rotations import ALWAYS, NINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.parties.rotation import Starts

Cost = tuple[int, list[Fraction]]


def stay(minutes: int, most: int, last: int | None = None, capacity: int | None = 15) -> CutStop:
    """A stop whose stay may lose up to so many minutes, to be over by an instant."""
    dwells = tuple(60 * (minutes - cut) for cut in range(most + 1))
    starts: tuple[Starts, ...] = tuple(
        ALWAYS if last is None else ((NINE, last - dwell),) for dwell in dwells
    )
    return CutStop(dwells, starts, capacity)


def way(*steps: tuple[int, int], last_s: int = 60, size: int = 15) -> PartyWay:
    """A party's stops, each with the seconds to it."""
    return PartyWay(size, tuple(PartyStep(stop, ready_s) for stop, ready_s in steps), last_s)


def random_question(seed: int) -> CutQuestion:
    """Two parties at three stops, most of which hold one; over a few minutes too soon, or doors shut."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    stops = tuple(
        stay(
            dice.choice([10, 15, 24]),
            dice.choice([0, 2, 4]),
            NINE + 60 * dice.choice([60, 75, 90]) if dice.random() < 0.3 else None,
            dice.choice([15, 15, None]),
        )
        for _ in range(3)
    )
    ways = tuple(way(*((stop, dice.randint(60, 500)) for stop in dice.sample(range(3), 3))) for _ in range(2))
    return CutQuestion(NINE, stops, ways, NINE + 60 * dice.randint(55, 80))


def best_cuts(question: CutQuestion) -> Cost | None:
    """The fewest minutes and then the fairest shares: all cuts, with all orders of coming to each stop."""
    rooms = [range(len(stop.dwells)) for stop in question.stops]
    found = [cost_of(question, cuts) for cuts in product(*rooms) if any(_works(question, cuts))]
    return min(found, default=None)


def cost_of(question: CutQuestion, cuts: Sequence[int]) -> Cost:
    """What ways to cut are compared by."""
    shares = (stop.share(cut) for stop, cut in zip(question.stops, cuts, strict=True))
    return sum(cuts), sorted(shares, reverse=True)


def _works(question: CutQuestion, cuts: Sequence[int]) -> Iterator[bool]:
    parties = range(len(question.ways))
    for lines in product(permutations(parties), repeat=len(question.stops)):
        yield _keeps(question, cuts, lines)


def _keeps(question: CutQuestion, cuts: Sequence[int], lines: Sequence[Sequence[int]]) -> bool:
    """Whether all is in time where parties come to each stop that has no room for two in this order."""
    left: dict[tuple[int, int], int] = {}
    before: dict[tuple[int, int], int] | None = None
    while left != before:
        before = dict(left)
        for party, own in enumerate(question.ways):
            now = question.start
            for step in own.steps:
                stop, cut = question.stops[step.stop], cuts[step.stop]
                ready = now + step.ready_s
                if stop.capacity is not None:
                    ahead = lines[step.stop][: lines[step.stop].index(party)]
                    ready = max([ready, *(left.get((other, step.stop), 0) for other in ahead)])
                start = 60 * ceil(ready / 60)
                if not any(
                    first <= start and (last is None or start <= last) for first, last in stop.starts[cut]
                ):
                    return False
                now = left[party, step.stop] = start + stop.dwells[cut]
            if question.limit is not None and now + own.last_s > question.limit:
                return False
    return True
