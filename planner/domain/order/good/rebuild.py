"""An order made better: stops that are near each other are taken out and put back, each where it is best.

What comes of it is gone on from where it is not much worse than the best order yet, so that the search
gets out of what no small change makes better. After C. Schrimpf and others, "Record breaking optimization
results using the ruin and recreate principle" (2000), and J. Christiaens and G. Vanden Berghe, "Slack
induction by string removals" (2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S
from planner.domain.order.costs import score
from planner.domain.order.good.line import line_of, rest_of, values_of
from planner.domain.order.good.lists import DayLists
from planner.domain.order.proposals import Objective

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.good.line import Line, Rest
    from planner.domain.order.sparse.arrays import DayArrays

MOST_TAKEN_OUT = 12
LONGEST_STRING = 5
"""So many stops are taken out at the most, and so many that follow each other together."""

STRETCH = 0.2
SCATTERED = 0.1

PASSED_OVER = 0.02
"""The share of the places that are passed over by chance: not always the best one of them is the best."""

LIKELY = 8
"""Of the positions at which a stop keeps all times so many are looked at, those of the shortest detours."""

WORSE = 0.01
"""By such a share of the whole an order may be worse than the best to go on from; of waiting by a minute."""

WARM = 200
"""After so many without a gain by all of that share, before by less of it."""

RESTARTED = 700
"""After so many without a gain all stops are put in anew, and that is gone on from."""

FRUITLESS = 5_000
"""After so many without a gain it is good enough."""

ANEW = 6
"""So often at first all stops are put in one after the other, unless that is better than what is known."""

PATIENT = 20
"""After so many without a gain an order is walked through in earnest, with what is then known of rides."""

EPS = 1e-4


@dataclass(frozen=True, slots=True)
class _Found:
    """An order, its value, and what the search is steered by."""

    order: list[int]
    value: float
    steering: float


class Rebuilder:
    """Makes orders of one day better for one objective; the same day gives the same orders."""

    def __init__(self, arrays: DayArrays, objective: Objective) -> None:
        self._problem = arrays.problem
        self._objective = objective
        self._day = DayLists.of(arrays, objective)
        self._dice = Random(arrays.size)  # noqa: S311 - no secret
        self._near = _near(self._day)
        self._all_placed = all(self._day.placed[:-1])
        stops = self._problem.stops
        self._free = frozenset(self._problem.free)
        self._locked = [stop.locked for stop in stops]
        fixed = [-1, *(number for number, stop in enumerate(stops) if stop.locked), len(stops)]
        self._room = [after - before - 1 for before, after in pairwise(fixed)]
        self._later = [
            {at for at, one in enumerate(stops) if number in one.after} for number in range(len(stops))
        ]

    def improved(self, order: tuple[int, ...], budget: Budget) -> tuple[int, ...]:
        """Return an order that is no worse, after as many changes as there is time for."""
        here = self._found(list(order), line_of(self._day, order))
        if here is None or not self._free:
            return order
        kept, least_score = order, self._judged(order)
        best = steered = here
        worse, fruitless, unjudged = self._worse(here), 0, 0
        while fruitless < FRUITLESS and not budget.is_over():
            fruitless += 1
            unjudged += 1
            is_anew = fruitless <= ANEW and best.order == list(order)
            tried = self._rebuilt(here.order, self._free if is_anew else self._taken_out(here.order))
            if tried is not None and tried.value < best.value - EPS:
                best, fruitless, unjudged = tried, 0, 0
            if tried is not None and tried.steering < steered.steering - EPS:
                steered, fruitless = tried, 0
            if unjudged == PATIENT:
                kept, least_score = self._better(kept, least_score, best.order)
            limit = steered.steering + worse * min(1.0, fruitless / WARM) * self._dice.random() ** 2
            if tried is not None and tried.steering < max(here.steering, limit + EPS):
                here = tried
            elif fruitless % RESTARTED == 0:
                here = steered = self._rebuilt(best.order, self._free) or best
        return self._better(kept, least_score, best.order)[0]

    def _found(self, order: list[int], line: Line | None) -> _Found | None:
        return None if line is None else _Found(order, *values_of(self._day, order, line))

    def _worse(self, found: _Found) -> float:
        """By how much an order may be worse than one that was found."""
        if self._day.counts_waits:
            return float(MINUTE_S)
        return WORSE * (
            found.value if self._day.counts_ways_only else max(MINUTE_S, found.value - self._day.start)
        )

    def _better(
        self, kept: tuple[int, ...], least: tuple[float, float], tried: Sequence[int]
    ) -> tuple[tuple[int, ...], tuple[float, float]]:
        """The better one of two orders, walked through in earnest."""
        own = self._judged(tuple(tried))
        return (tuple(tried), own) if own < least else (kept, least)

    def _judged(self, order: tuple[int, ...]) -> tuple[float, float]:
        """What an order is worth, walked through in earnest; from now on it is known what its rides walk."""
        moves = self._problem.moves
        line = line_of(self._day, order)
        if self._objective is Objective.WALKING and moves.rides and line is not None:
            for place, stop, leave in zip(line.places, order, line.leaves, strict=False):
                if self._day.placed[stop] and stop in self._day.rides[place]:
                    self._day.cost[place][stop] = moves.walked(place, stop, leave)
        return score(self._problem, order, self._objective)

    def _rebuilt(self, order: list[int], out: Iterable[int]) -> _Found | None:
        """The order with some stops taken out and put back; None where one of them finds no place."""
        day = self._day
        kept = [stop for stop in order if stop not in out]
        line, rest = line_of(day, kept), None
        at: int | None = None
        for stop in self._in_turn(out):
            if line is None:
                break
            rest = rest_of(day, kept, line, rest, at)
            at = self._position(stop, kept, line, rest)
            if at is None:
                return None
            kept.insert(at, stop)
            line = line_of(day, kept, line, at)
            if not self._all_placed:
                rest = None
        return self._found(kept, line)

    def _taken_out(self, order: list[int]) -> set[int]:
        """Stops near one of them, some of them with those that follow; or by chance, or a whole stretch."""
        dice = self._dice
        many, kind = dice.randint(2, MOST_TAKEN_OUT), dice.random()
        if kind < STRETCH:
            first = dice.randrange(max(1, len(order) - many))
            return {stop for stop in order[first : first + many] if not self._locked[stop]}
        if kind < STRETCH + SCATTERED:
            return set(dice.sample(sorted(self._free), min(many, len(self._free))))
        place = {stop: at for at, stop in enumerate(order)}
        longest = dice.randint(1, LONGEST_STRING)
        out: set[int] = set()
        for stop in self._near[dice.randrange(len(order))]:
            if len(out) >= many:
                break
            length = min(dice.randint(1, longest), many - len(out))
            first = max(0, place[stop] - dice.randrange(length))
            out.update(one for one in order[first : first + length] if not self._locked[one])
        return out

    def _in_turn(self, out: Iterable[int]) -> list[int]:
        """The stops taken out as they are put back: by chance, the narrowest, farthest or first first."""
        stops, spans = sorted(out), self._day.spans
        self._dice.shuffle(stops)
        kind = self._dice.random()
        if kind < 0.3:  # noqa: PLR2004
            stops.sort(key=lambda stop: spans[stop][-1][1] - spans[stop][0][0])
        elif kind < 0.5:  # noqa: PLR2004
            stops.sort(key=lambda stop: -self._day.typical[0][stop])
        elif kind < 0.6:  # noqa: PLR2004
            stops.sort(key=lambda stop: spans[stop][-1][1])
        return stops

    def _position(self, stop: int, order: list[int], line: Line, rest: Rest) -> int | None:
        """Where a stop is best put, so that all keeps its times; None where it finds no place."""
        day, dwell = self._day, self._day.dwell[stop]
        looked_at = 0
        best, found = float("inf"), None
        for dearer, at in self._likely(stop, order, line, rest):
            here = line.places[at]
            left = day.begun(stop, day.reached(here, stop, line.leaves[at])) + dwell
            there = stop + 1 if day.placed[stop] else here
            begin = day.reached(there, order[at] if at < len(order) else day.size, left)
            if begin > rest.by[at] or self._dice.random() < PASSED_OVER:
                continue
            value = day.steering * dearer + day.per_second * (
                max(rest.over[at], begin + rest.adds[at]) - line.finish
            )
            if value < best:
                best, found = value, at
            looked_at += 1
            if day.counts_ways_only or looked_at > LIKELY:
                break
        return found

    def _likely(self, stop: int, order: list[int], line: Line, rest: Rest) -> list[tuple[float, int]]:
        """By how much it makes the ways dearer to put a stop at a position, and that; the cheapest first."""
        day, latest = self._day, self._day.spans[stop][-1][1]
        cost, there = day.cost, stop + 1
        onward = cost[there]
        allowed = self._allowed(stop, order)
        if not day.placed[stop]:
            return [(0.0, at) for at in allowed]
        places, goals, leaves = line.places, rest.goals, line.leaves
        return sorted(
            (cost[places[at]][stop] + onward[goals[at]] - cost[places[at]][goals[at]], at)
            for at in allowed
            if leaves[at] <= latest
        )

    def _allowed(self, stop: int, order: list[int]) -> Iterable[int]:
        """The positions that a stop may take: after and before what it must, no locked one pushed on."""
        after, later = self._problem.stops[stop].after, self._later[stop]
        low = max((at + 1 for at, one in enumerate(order) if one in after), default=0) if after else 0
        ends = (at for at, one in enumerate(order) if one in later) if later else ()
        positions = range(low, min(ends, default=len(order)) + 1)
        return positions if len(self._room) == 1 else self._with_room(positions, order)

    def _with_room(self, positions: Iterable[int], order: list[int]) -> list[int]:
        """Those of some positions that are between locked stops with room for one more."""
        stretch, stretches = 0, []
        taken = [0] * len(self._room)
        for stop in order:
            stretches.append(stretch)
            if self._locked[stop]:
                stretch += 1
            else:
                taken[stretch] += 1
        stretches.append(stretch)
        return [at for at in positions if taken[stretches[at]] < self._room[stretches[at]]]


def _near(day: DayLists) -> list[list[int]]:
    """By stop, all stops: itself, then those that are soonest reached there and back."""
    ways, size = day.typical, day.size
    both = [
        [-1 if one == other else ways[one + 1][other] + ways[other + 1][one] for other in range(size)]
        for one in range(size)
    ]
    return [sorted(range(size), key=row.__getitem__) for row in both]
