"""A day in plain lists: what small changes of an order ask of it, a hundred thousand times a second.

Numpy answers many questions at once; one at a time, lists of Python are several times quicker.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import MINUTE_S, Instant
from planner.domain.order.moves import NEVER
from planner.domain.order.proposals import Objective
from planner.domain.order.stays import minutes_from

if TYPE_CHECKING:
    from planner.domain.order.moves import Floats, Ints, RideDepartures
    from planner.domain.order.sparse.arrays import DayArrays

SAMPLES = 24
SAMPLED_S = 1800
"""So many instants of a day, so far apart, at which it is looked up how long a ride takes, waits included."""

RIDE_M = 400.0
"""So much is walked to and from a ride, as long as nobody has looked it up."""

STEERING = 2.0
"""Where the finish counts, a search is steered by it and so many times what the ways take."""

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Rides:
    """When to leave a place, ascending, and when a stay can then begin."""

    leaves: list[int]
    begins: list[int]

    def begin(self, leave: Instant) -> Instant:
        """Return when a stay can begin for who leaves at an instant; NEVER where nothing departs."""
        row = bisect_left(self.leaves, leave)
        return self.begins[row] if row < len(self.begins) else NEVER

    def leave_by(self, begin: Instant) -> Instant:
        """Return when to leave at the latest to begin by an instant; -NEVER where it is too late."""
        row = bisect_right(self.begins, begin)
        return self.leaves[row - 1] if row else -NEVER


Tables = tuple[list[list[int]], list[dict[int, Rides]], list[bool], list[int], list[int], list[int]]
"""Ways, rides, which stops have a place, dwells, and from when to when the first stays may begin."""


@dataclass(frozen=True, eq=False)
class DayLists:
    """Places and columns are numbered as in the moves, so that the end is the column after the last stop.

    `ways` are seconds until a stay can begin, whole minutes and buffers included, `cost` what each way
    costs; what is to be least is `per_cost` times that of all and `per_second` times the finish. `spans`
    are the first and the latest start of each stop in each of its intervals, the day's limit for the end.
    """

    start: Instant
    size: int
    ways: list[list[int]]
    rides: list[dict[int, Rides]]
    spans: list[Spans]
    dwell: list[int]
    placed: list[bool]
    cost: list[list[float]]
    per_cost: float
    per_second: float
    typical: list[list[int]]
    counts_waits: bool

    @classmethod
    def of(cls, arrays: DayArrays, objective: Objective) -> DayLists:
        """Return a day in lists."""
        problem, size = arrays.problem, arrays.size
        typical = _reached(arrays, _typical(arrays))
        cost, per_cost, per_second = _cost(arrays, objective, typical)
        rides: list[dict[int, Rides]] = [{} for _ in range(size + 1)]
        for (place, column), own in problem.moves.rides.items():
            buffer_s = None if column == size else problem.stops[column].buffer_s
            if len(own.departures):
                rides[place][column] = _rides(own, buffer_s)
        return cls(
            start=problem.start,
            size=size,
            ways=_reached(arrays, problem.moves.steady).tolist(),
            rides=rides,
            spans=[*_spans(arrays), ((-NEVER, min(problem.latest, NEVER - 1)),)],
            dwell=[*arrays.dwell.tolist(), 0],
            placed=[*arrays.placed.tolist(), problem.has_end],
            cost=cost.tolist(),
            per_cost=per_cost,
            per_second=per_second,
            typical=typical.tolist(),
            counts_waits=objective is Objective.WAITING,
        )

    @property
    def steering(self) -> float:
        """What a way counts for where the search goes on."""
        return STEERING if self.per_second == 1.0 else self.per_cost

    @property
    def counts_ways_only(self) -> bool:
        """Whether an order can only be better if its ways cost less: the finish breaks ties."""
        return self.per_second < 1e-3  # noqa: PLR2004

    @cached_property
    def opens(self) -> list[int]:
        """When each stop opens first."""
        return [spans[0][0] if spans else NEVER for spans in self.spans]

    @cached_property
    def closes(self) -> list[int]:
        """By when a stay has to begin in the first interval of each stop."""
        return [spans[0][1] if spans else -NEVER for spans in self.spans]

    @cached_property
    def several(self) -> frozenset[int]:
        """The stops of several intervals."""
        return frozenset(stop for stop, spans in enumerate(self.spans) if len(spans) > 1)

    @cached_property
    def tables(self) -> Tables:
        """What an order is timed by, at hand together."""
        return self.ways, self.rides, self.placed, self.dwell, self.opens, self.closes

    def reached(self, place: int, stop: int, leave: Instant) -> Instant:
        """Return when a stay could begin for who leaves a place, doors left aside."""
        on_foot = leave + self.ways[place][stop]
        rides = self.rides[place]
        return min(on_foot, rides[stop].begin(leave)) if stop in rides else on_foot

    def begun(self, stop: int, reached: Instant) -> Instant:
        """Return when a stay begins at a stop reached so; NEVER where none fits."""
        for first, last in self.spans[stop]:
            if reached <= last:
                return max(reached, first)
        return NEVER

    def begin_by(self, stop: int, by: Instant) -> Instant:
        """Return the latest begin of a stay that is no later than an instant; -NEVER where there is none."""
        for first, last in reversed(self.spans[stop]):
            if by >= first:
                return min(by, last)
        return -NEVER


def _spans(arrays: DayArrays) -> list[Spans]:
    """First and latest start of each stop, whole minutes, in the order of time."""
    return [
        tuple(
            (first, last)
            for begins, ends in arrays.starts
            if (first := int(minutes_from(begins[number : number + 1])[0])) <= (last := int(ends[number]))
        )
        for number in range(arrays.size)
    ]


def _rides(own: RideDepartures, buffer_s: int | None) -> Rides:
    """Rides to a stop with a buffer; to the end, where no minute is rounded, without one."""
    leaves = own.departures - own.gather_s
    ready = own.arrivals + own.reserve_s
    begins = ready if buffer_s is None else minutes_from(ready + buffer_s)
    return Rides(leaves.tolist(), begins.tolist())


def _typical(arrays: DayArrays) -> Ints:
    """What each way mostly takes, rides and the waits for them included."""
    steady = arrays.problem.moves.steady
    if arrays.rides is None:
        return steady
    places = np.arange(arrays.size + 1)
    times = arrays.problem.start + np.arange(SAMPLES) * SAMPLED_S
    took = [
        arrays.rides.ready(places[:, None], places[None, :], np.full((1, 1), time)) - time for time in times
    ]
    typical: Ints = np.median(np.minimum(np.array(took), steady[None, :, :]), axis=0).astype(np.int64)
    return typical


def _reached(arrays: DayArrays, ways: Ints) -> Ints:
    """Seconds until a stay can begin, a whole minute, buffers included; to the end just the way."""
    size = arrays.size
    ways = np.minimum(ways, NEVER // 4)
    reached = np.zeros((size + 1, size + 1), dtype=np.int64)
    stays = minutes_from(ways[:, :size] + arrays.buffer[None, :])
    own = -(-arrays.buffer // MINUTE_S) * MINUTE_S
    reached[:, :size] = np.where(arrays.placed[None, :], stays, own[None, :])
    if arrays.problem.has_end:
        reached[:, size] = ways[:, size]
    return reached


def _cost(arrays: DayArrays, objective: Objective, typical: Ints) -> tuple[Floats, float, float]:
    """Metres on foot or seconds of each way, what one counts, and what a second of the finish does."""
    if objective not in (Objective.WALKING, Objective.FINISH_WALKING):
        is_waiting = objective is Objective.WAITING
        return typical.astype(np.float64), -1.0 if is_waiting else 1e-4, 1.0
    metres = arrays.metres.copy()
    for place, column in arrays.problem.moves.rides:
        metres[place, column] = min(metres[place, column], RIDE_M)
    metres = np.where(np.append(arrays.placed, arrays.problem.has_end)[None, :], metres, 0.0)
    return metres, *((1.0, 1e-6) if objective is Objective.WALKING else (1e-4, 1.0))
