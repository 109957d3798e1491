"""A day as arrays: what many orders ask of it at once, in one step of numpy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from planner.domain.order.moves import NEVER, Floats, Ints
from planner.domain.order.problem import OrderProblem
from planner.domain.order.sparse.ridden import AllRides
from planner.domain.order.stays import minutes_from

if TYPE_CHECKING:
    from planner.domain.order.exact.lattice import Bools

A = TypeVar("A", Ints, Floats)


@dataclass(frozen=True, eq=False)
class DayArrays:
    """The stops and moves of a day; rows of places and columns of stops as in its moves."""

    problem: OrderProblem

    @cached_property
    def size(self) -> int:
        """How many stops there are."""
        return len(self.problem.stops)

    @cached_property
    def dwell(self) -> Ints:
        """Seconds of each stay."""
        return np.array([stop.dwell_s for stop in self.problem.stops], dtype=np.int64)

    @cached_property
    def buffer(self) -> Ints:
        """Seconds kept before each stay."""
        return np.array([stop.buffer_s for stop in self.problem.stops], dtype=np.int64)

    @cached_property
    def placed(self) -> Bools:
        """Which stops have a place."""
        return np.array([stop.placed for stop in self.problem.stops], dtype=np.bool_)

    @cached_property
    def starts(self) -> tuple[tuple[Ints, Ints], ...]:
        """First and latest start of each stop in its first interval, its second one, and so on."""
        stops = self.problem.stops
        most = max((len(stop.intervals) for stop in stops), default=0)
        first = np.full((most, len(stops)), NEVER, dtype=np.int64)
        last = np.full((most, len(stops)), -NEVER, dtype=np.int64)
        for number, stop in enumerate(stops):
            for at, interval in enumerate(stop.intervals):
                first[at, number] = interval.start
                last[at, number] = interval.latest_start(stop.dwell_s)
        return tuple(zip(first, last, strict=True))

    @cached_property
    def last_start(self) -> Ints:
        """The latest start of each stop."""
        return np.array([stop.latest_start for stop in self.problem.stops], dtype=np.int64)

    @cached_property
    def rides(self) -> AllRides | None:
        """All rides; None where there are none."""
        moves = self.problem.moves
        return AllRides.of(moves.rides, self.size + 1, self.problem.start) if moves.rides else None

    @cached_property
    def due(self) -> Bools:
        """By stop, which others must come before it."""
        due = np.zeros((self.size, self.size), dtype=np.bool_)
        for number, stop in enumerate(self.problem.stops):
            due[number, list(stop.after)] = True
        return due

    @cached_property
    def metres(self) -> Floats:
        """Metres on foot of each move, where they hold at any time; nothing is counted of the others."""
        walked = self.problem.moves.steady_walk_m
        return np.zeros(self.problem.moves.steady.shape) if walked is None else walked

    def ready(self, place: Ints, leave: Ints) -> Ints:
        """Return when who leaves some places is ready at each stop: (instants, stops)."""
        ready = leave[:, None] + self.problem.moves.steady[place, : self.size]
        if self.rides is not None:
            columns = np.arange(self.size)[None, :]
            ready = np.minimum(ready, self.rides.ready(place[:, None], columns, leave[:, None]))
        return np.where(self.placed[None, :], ready, leave[:, None])

    def arrive(self, place: Ints, leave: Ints, ready: Ints) -> Ints:
        """Return when who is `ready` has arrived: before the reserve."""
        moves = self.problem.moves
        reserve = moves.reserve[place, : self.size]
        if self.rides is not None:
            is_ridden = ready < leave[:, None] + moves.steady[place, : self.size]
            reserve = np.where(is_ridden, self.rides.reserve_s, reserve)
        return np.where(self.placed[None, :], ready - reserve, leave[:, None])

    def left(self, ready: Ints) -> Ints:
        """Return when each stop is left that is reached so, (instants, stops); NEVER where no stay fits."""
        reached = ready + self.buffer[None, :]
        ends = np.full_like(reached, NEVER)
        for first, last in reversed(self.starts):
            start = minutes_from(np.maximum(reached, first[None, :]))
            ends = np.where(start <= last[None, :], start + self.dwell[None, :], ends)
        return ends

    def over(self, place: Ints, leave: Ints) -> Ints:
        """Return when the day is over for who leaves the last stop."""
        if not self.problem.has_end:
            return leave
        ready: Ints = leave + self.problem.moves.steady[place, self.size]
        if self.rides is not None:
            ready = np.minimum(ready, self.rides.ready(place, np.full_like(place, self.size), leave))
        return ready

    @cached_property
    def direct(self) -> Ints:
        """Seconds of each move at least, whenever it begins."""
        least = self.problem.moves.steady.copy()
        for (place, column), rides in self.problem.moves.rides.items():
            if len(rides.departures):
                ridden = int((rides.arrivals - rides.departures).min())
                took = rides.gather_s + max(ridden, rides.least_s) + rides.reserve_s
                least[place, column] = min(least[place, column], took)
        return least

    @cached_property
    def leave_by(self) -> Ints:
        """By place and stop, when to leave at the latest to be there in time, over other stops if need be."""
        least = self.direct[:, : self.size].copy()
        for number in np.flatnonzero(self.placed):
            stay = self.dwell[number] + self.buffer[number]
            over = least[:, number, None] + stay + least[None, number + 1, :]
            least = np.minimum(least, over)
        least[:, ~self.placed] = 0
        latest = np.where(least < NEVER, (self.last_start - self.buffer)[None, :] - least, -NEVER)
        numbers = np.arange(self.size)
        latest[numbers + 1, numbers] = NEVER
        return latest

    @cached_property
    def least_s(self) -> tuple[Ints, float]:
        """Seconds that each stop adds to a day at least, and the way to the end."""
        return _least_each(self, self.direct, self.dwell + self.buffer)

    @cached_property
    def least_m(self) -> tuple[Floats, float]:
        """Metres on foot that each stop adds to a day at least, and the way to the end."""
        moves = self.problem.moves
        metres = np.where(moves.steady < NEVER, self.metres, float(NEVER))
        for place, column in moves.rides:
            metres[place, column] = 0.0
        return _least_each(self, metres, np.zeros(self.size))


def _least_each(arrays: DayArrays, moves: A, stays: A) -> tuple[A, float]:
    own = moves.copy()
    numbers = np.arange(arrays.size)
    own[numbers + 1, numbers] = NEVER
    shortest = np.where(arrays.placed, own[:, : arrays.size].min(axis=0), 0) + stays
    last = own[:, arrays.size].min() if arrays.problem.has_end else 0
    return shortest, last
