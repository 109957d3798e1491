"""Some of the stops of a day as a question of its own, as if the others were not asked for.

What a part cannot keep the whole day cannot keep either: leaving a stop out never makes a day later.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.moves import NEVER, MoveTable
from planner.domain.order.stays import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.clock import Instant
    from planner.domain.order.problem import OrderProblem, OrderStop

MOST_PERMUTED = 4
"""So few stops are tried in every order; it is quicker than any search."""


def part_of(problem: OrderProblem, kept: Sequence[int]) -> OrderProblem:
    """Return the day with some of its stops, by their numbers in ascending order.

    Where a stop is locked the others stay in the day as stops that take no time anywhere, so that
    its position keeps its meaning.
    """
    if len(kept) == len(problem.stops):
        return problem
    if any(problem.stops[number].locked for number in kept):
        return _with_shadows(problem, frozenset(kept))
    return smaller(problem, kept)


def orders_of(problem: OrderProblem, kept: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the orders of a few stops that can be part of an order of the whole day."""
    for order in permutations(kept):
        position = {number: place for place, number in enumerate(order)}
        if _has_places(problem, order) and all(
            position.get(earlier, -1) < position[number]
            for number in order
            for earlier in problem.stops[number].after
        ):
            yield order


def _has_places(problem: OrderProblem, order: Sequence[int]) -> bool:
    """Whether stops in an order find places in the day, each the first that no locked stop stands at."""
    place = -1
    for number in order:
        if problem.stops[number].locked:
            is_ahead, place = place < number, number
            if not is_ahead:
                return False
            continue
        free = (at for at in range(place + 1, len(problem.stops)) if not problem.stops[at].locked)
        place = next(free, len(problem.stops))
    return place < len(problem.stops)


def finish_of(problem: OrderProblem, order: Sequence[int]) -> Instant:
    """Return when an order of some of the stops is over; NEVER where it breaks a demand."""
    here, now = 0, problem.start
    for number in order:
        now = problem.left(number, problem.ready(here, number, now))
        if now >= NEVER:
            return NEVER
        here = problem.place_after(here, number)
    finish = problem.finish(here, now)
    return finish if finish <= problem.latest else NEVER


def least_finish(problem: OrderProblem) -> Instant:
    """Return before when no order of all stops is over: their stays, and the shortest move to each."""
    columns = [number for number, stop in enumerate(problem.stops) if stop.placed]
    columns += [len(problem.stops)] if problem.has_end else []
    stays = sum(stop.least_dwell_s + stop.buffer_s for stop in problem.stops)
    return problem.start + stays + sum(_shortest_s(problem, column) for column in columns)


def _shortest_s(problem: OrderProblem, column: int) -> int:
    """Seconds of the shortest move to a stop, or to the end, from anywhere else."""
    places = [place for place in range(len(problem.stops) + 1) if place != column + 1]
    least = int(problem.moves.steady[places, column].min())
    for place in places:
        rides = problem.moves.rides.get((place, column))
        if rides is not None and len(rides.departures):
            ridden = int(np.min(rides.arrivals - rides.departures))
            least = min(least, rides.gather_s + max(ridden, rides.least_s) + rides.reserve_s)
    return 0 if least >= NEVER else least


def _with_shadows(problem: OrderProblem, kept: frozenset[int]) -> OrderProblem:
    stops = (
        replace(stop, after=stop.after & kept) if number in kept else _shadow(stop)
        for number, stop in enumerate(problem.stops)
    )
    return replace(problem, stops=tuple(stops))


def _shadow(stop: OrderStop) -> OrderStop:
    """A stop that takes no time, wherever the group is."""
    always = (Interval(-NEVER),)
    return replace(
        stop, intervals=always, dwell_s=0, min_dwell_s=None, buffer_s=0, placed=False, after=frozenset()
    )


def smaller(problem: OrderProblem, kept: Sequence[int]) -> OrderProblem:
    """Return the day with some of its stops, numbered anew: a locked one keeps its place among those kept."""
    new = {number: place for place, number in enumerate(kept)}
    stops = tuple(
        replace(
            problem.stops[number],
            after=frozenset(new[earlier] for earlier in problem.stops[number].after if earlier in new),
        )
        for number in kept
    )
    return replace(problem, stops=stops, moves=_moves(problem, kept))


def _moves(problem: OrderProblem, kept: Sequence[int]) -> MoveTable:
    moves = problem.moves
    places = [0, *(number + 1 for number in kept)]
    columns = [*kept, len(problem.stops)]
    cells = np.ix_(places, columns)
    rides = {
        (row, column): moves.rides[place, goal]
        for row, place in enumerate(places)
        for column, goal in enumerate(columns)
        if (place, goal) in moves.rides
    }

    def walked(row: int, column: int, leave: Instant) -> float:
        return moves.walked(places[row], columns[column], leave)

    metres = None if moves.steady_walk_m is None else moves.steady_walk_m[cells]
    return MoveTable(moves.steady[cells], moves.reserve[cells], walked, rides, metres)
