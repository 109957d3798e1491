"""Small made-up days for the order search, and every order of them tried out one by one.

The reference walks an order through second by second in plain integers, with arithmetic of its own: ways and
rides take any seconds, and a stay begins when the clock next shows a whole minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from planner.domain.order.moves import NEVER, MoveTable, RideDepartures
from planner.domain.order.problem import OrderProblem, OrderStop
from planner.domain.order.proposals import Objective
from planner.domain.order.stays import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

START = 8 * 3600
GATHER_S = 180


@dataclass(frozen=True)
class Day:
    """A day in plain numbers: minutes of ways by (place, column), departures, and the problem made of it."""

    problem: OrderProblem
    ways: dict[tuple[int, int], int | None]
    metres: dict[tuple[int, int], float]
    departures: dict[tuple[int, int], tuple[tuple[int, int, float], ...]]
    walk_reserve: int
    ride_reserve: int

    def move(self, place: int, column: int, leave: int) -> tuple[int, int, float] | None:
        """Ready, arrival and metres on foot of a move; walking is taken where it is as good."""
        found = []
        way = self.ways[place, column]
        if way is not None:
            arrive = leave + way
            found.append((arrive + self.walk_reserve, 0, arrive, self.metres[place, column]))
        for depart, arrive, metres in self.departures.get((place, column), ()):
            if depart >= leave + GATHER_S:
                found.append((arrive + self.ride_reserve, 1, arrive, metres))
                break
        if not found:
            return None
        ready, _, arrive, metres = min(found)
        return ready, arrive, metres


@dataclass(frozen=True)
class Walked:
    """An order that keeps every demand: finish, metres on foot, seconds of waiting from a minute on."""

    finish: int
    metres: float
    waited: int

    def score(self, objective: Objective) -> tuple[float, float]:
        """What an objective compares."""
        return {
            Objective.FINISH: (self.finish, 0.0),
            Objective.FINISH_WALKING: (self.finish, round(self.metres, 2)),
            Objective.WALKING: (round(self.metres, 2), self.finish),
            Objective.WAITING: (self.waited, self.finish),
        }[objective]


def walked(day: Day, order: Sequence[int], dwells: Sequence[int] | None = None) -> Walked | None:
    """An order, walked through; None where a demand is not kept."""
    problem = day.problem
    for position, number in enumerate(order):
        stop = problem.stops[number]
        if stop.locked and position != number:
            return None
        if not stop.after <= set(order[:position]):
            return None
    now, here, metres, waited = problem.start, 0, 0.0, 0
    for number in order:
        stop = problem.stops[number]
        dwell = stop.dwell_s if dwells is None else dwells[number]
        ready = arrive = now
        if stop.placed:
            move = day.move(here, number, now)
            if move is None:
                return None
            ready, arrive, on_foot = move
            metres += on_foot
            here = number + 1
        ready += stop.buffer_s
        begins = [(one, struck(max(ready, one.start))) for one in stop.intervals]
        starts = [at for one, at in begins if at + dwell <= one.end and at <= one.last_start]
        if not starts:
            return None
        waited += min(starts) - struck(arrive)
        now = min(starts) + dwell
    if problem.has_end:
        move = day.move(here, len(problem.stops), now)
        if move is None:
            return None
        waited += move[0] - move[1]
        metres += move[2]
        now = move[0]
    return Walked(now, metres, waited) if problem.limit is None or now <= problem.limit else None


def struck(now: int) -> int:
    """When the clock shows a whole minute, from an instant on: second by second."""
    return next(second for second in range(now, now + 60) if second % 60 == 0)


def every_order(day: Day) -> Iterator[tuple[tuple[int, ...], Walked]]:
    """All orders that keep every demand."""
    for order in permutations(range(len(day.problem.stops))):
        found = walked(day, order)
        if found is not None:
            yield order, found


AT_MOST_ONE = st.sampled_from([0, 0, 1])
MINUTES = st.integers(0, 12 * 60)
SECONDS = st.integers(0, 12 * 3600)


@st.composite
def days(draw: st.DrawFn, most: int = 5, *, rides: bool = True) -> Day:
    """A day of a few stops: windows, fixed times, precedence, locks, breaks, rides, cut dwells."""
    size = draw(st.integers(1, most))
    with_rides = rides and draw(st.booleans())
    reserve = draw(st.sampled_from([0, 60])), draw(st.sampled_from([60, 240]))
    has_end = draw(st.booleans())
    stops = tuple(draw(_stops(number, size)) for number in range(size))
    pairs = [
        (place, column) for place in range(size + 1) for column in range(size + 1) if column + 1 != place
    ]
    ways = {pair: draw(st.one_of(st.integers(100, 2400), st.none())) for pair in pairs}
    if not with_rides or draw(st.booleans()):
        ways = {pair: way or 2400 for pair, way in ways.items()}
    ways |= {(column + 1, column): 0 for column in range(size)}
    metres: dict[tuple[int, int], float] = {pair: (way or 0) * 1.1 for pair, way in ways.items()}
    departures = {pair: draw(_departures()) for pair in pairs} if with_rides else {}
    limit = draw(st.one_of(st.none(), MINUTES.map(lambda minute: START + minute * 60)))
    day = Day(_UNMADE, ways, metres, departures, *reserve)
    moves = _moves(day, size)
    problem = OrderProblem(START, stops, moves, has_end, limit)
    return Day(problem, ways, metres, departures, *reserve)


@st.composite
def _stops(draw: st.DrawFn, number: int, size: int) -> OrderStop:
    dwell = draw(st.integers(0, 50)) * 60
    fixed = draw(st.one_of(st.none(), st.none(), MINUTES))
    if fixed is not None:
        at = START + fixed * 60
        intervals: tuple[Interval, ...] = (Interval(at, NEVER, at),)
    else:
        edges = sorted(draw(st.lists(MINUTES, max_size=4, unique=True)))
        spans = [(START + a * 60, START + b * 60) for a, b in zip(edges[::2], edges[1::2], strict=False)]
        step = draw(st.sampled_from([0, 0, 0, 25, 90])) * 60
        intervals = tuple(one for a, b in spans for one in _entered(a, b, step)) or (Interval(0),)
    return OrderStop(
        intervals=intervals,
        dwell_s=dwell,
        min_dwell_s=draw(st.one_of(st.none(), st.integers(0, dwell // 60).map(lambda m: m * 60))),
        buffer_s=draw(st.sampled_from([0, 0, 300])),
        placed=draw(st.sampled_from([True, True, True, False])),
        locked=draw(st.sampled_from([False, False, False, True])),
        after=frozenset(draw(st.sets(st.integers(0, size - 1), max_size=draw(AT_MOST_ONE)))) - {number},
    )


def _entered(opens: int, closes: int, step: int) -> tuple[Interval, ...]:
    """A span, or what remains of it from each entry at intervals on."""
    if not step:
        return (Interval(opens, closes),)
    return tuple(Interval(at, closes, at) for at in range(opens, closes, step))


@st.composite
def _departures(draw: st.DrawFn) -> tuple[tuple[int, int, float], ...]:
    """Departures with arrivals, none overtaking another, and metres on foot of each."""
    leaves = sorted(draw(st.lists(SECONDS, max_size=6, unique=True)))
    arrivals = sorted(leave + draw(st.integers(1, 3600)) for leave in leaves)
    rows = zip(leaves, arrivals, strict=True)
    return tuple((START + a, START + b, float(draw(st.integers(0, 9)) * 100)) for a, b in rows)


def _moves(day: Day, size: int) -> MoveTable:
    steady = np.full((size + 1, size + 1), NEVER, dtype=np.int64)
    metres = np.zeros((size + 1, size + 1))
    for (place, column), way in day.ways.items():
        if way is not None:
            steady[place, column] = way + day.walk_reserve
        metres[place, column] = day.metres[place, column]
    rides = {
        pair: RideDepartures(
            np.array([row[0] for row in rows], dtype=np.int64),
            np.array([row[1] for row in rows], dtype=np.int64),
            GATHER_S,
            reserve_s=day.ride_reserve,
        )
        for pair, rows in day.departures.items()
        if rows
    }

    def on_foot(place: int, column: int, leave: int) -> float:
        move = day.move(place, column, leave)
        assert move is not None
        return move[2]

    reserve = np.full((size + 1, size + 1), day.walk_reserve, dtype=np.int64)
    return MoveTable(steady, reserve, on_foot, rides, metres)


_UNMADE = OrderProblem(
    0, (), MoveTable(np.zeros((1, 1), np.int64), np.zeros((1, 1), np.int64), lambda *_: 0.0)
)
