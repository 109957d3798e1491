"""A day as a question about order: stops with intervals, dwells and precedence, and moves between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, Instant
from planner.domain.order.moves import NEVER, MoveTable
from planner.domain.order.stays import Interval, leave_one

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class OrderStop:
    """A stop: when it may be visited, for how many seconds, and the numbers of the stops that come earlier.

    One that is not `placed` happens wherever the group is.
    """

    intervals: tuple[Interval, ...]
    dwell_s: int
    min_dwell_s: int | None = None
    buffer_s: int = 0
    placed: bool = True
    locked: bool = False
    after: frozenset[int] = frozenset()

    @property
    def latest_start(self) -> Instant:
        """The latest start of a whole stay; -NEVER where it may not be visited at all."""
        return max((interval.latest_start(self.dwell_s) for interval in self.intervals), default=-NEVER)

    @property
    def least_dwell_s(self) -> int:
        """The shortest stay that will do."""
        return self.dwell_s if self.min_dwell_s is None else min(self.dwell_s, self.min_dwell_s)

    @property
    def most_cut(self) -> int:
        """The whole minutes that a stay may lose."""
        return (self.dwell_s - self.least_dwell_s) // MINUTE_S


@dataclass(frozen=True)
class OrderProblem:
    """A day whose locked stops stay where they are; `has_end` tells of a last move, `limit` ends the day."""

    start: Instant
    stops: tuple[OrderStop, ...]
    moves: MoveTable
    has_end: bool = False
    limit: Instant | None = None

    @cached_property
    def free(self) -> tuple[int, ...]:
        """The stops that may change places."""
        return tuple(number for number, stop in enumerate(self.stops) if not stop.locked)

    def with_dwells(self, dwells: Sequence[int]) -> OrderProblem:
        """The day with stays of other lengths, in seconds."""
        stops = zip(self.stops, dwells, strict=True)
        return replace(self, stops=tuple(replace(stop, dwell_s=dwell) for stop, dwell in stops))

    def with_least_dwells(self) -> OrderProblem:
        """The day with stays as short as whole minutes can be cut off them."""
        return self.with_dwells([stop.dwell_s - stop.most_cut * MINUTE_S for stop in self.stops])

    @property
    def latest(self) -> Instant:
        """By when the day must be over."""
        return NEVER if self.limit is None else self.limit

    def ready(self, here: int, number: int, now: Instant) -> Instant:
        """When a stop is reached from a place (a row of the moves) left `now`; NEVER without a way."""
        return self.moves.ready_one(here, number, now) if self.stops[number].placed else now

    def left(self, number: int, ready: Instant) -> Instant:
        """When a stop reached at `ready` is left, its buffer kept; NEVER where no stay fits."""
        stop = self.stops[number]
        return leave_one(stop.intervals, ready + stop.buffer_s, stop.dwell_s)

    def place_after(self, here: int, number: int) -> int:
        """Where the group is after a stop: a row of the moves."""
        return number + 1 if self.stops[number].placed else here

    def finish(self, here: int, now: Instant) -> Instant:
        """When the day is over once the last stop is left `now`; NEVER without a way to the end."""
        return self.moves.ready_one(here, len(self.stops), now) if self.has_end else now


@dataclass(frozen=True)
class Walkthrough:
    """An order walked through: when each stop is left, and when the day is over."""

    leaves: tuple[Instant, ...]
    finish: Instant


def walk_through(problem: OrderProblem, order: Sequence[int]) -> Walkthrough | None:
    """Return the times of an order; None where it breaks a demand."""
    if not keeps_positions(problem, order):
        return None
    here, now = 0, problem.start
    leaves = []
    for number in order:
        now = problem.left(number, problem.ready(here, number, now))
        if now >= NEVER:
            return None
        leaves.append(now)
        here = problem.place_after(here, number)
    finish = problem.finish(here, now)
    return Walkthrough(tuple(leaves), finish) if finish <= min(problem.latest, NEVER - 1) else None


def keeps_positions(problem: OrderProblem, order: Sequence[int]) -> bool:
    """Whether an order leaves locked stops where they are and lets nothing come too early."""
    position = {number: place for place, number in enumerate(order)}
    return all(
        not (stop.locked and position[number] != number)
        and all(position[earlier] < position[number] for earlier in stop.after)
        for number, stop in enumerate(problem.stops)
    )
