"""How long it takes to get from one stop to another, for many departures at once.

Stops are numbered as in the day, places 0 for the day's start and 1 + stop for the others; the
column after the last stop is the day's end. A move begins when the group may leave and ends when
it is ready: gathering, way and reserve are all in it. Leaving later never makes ready earlier.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.domain.clock import Instant

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER = 1 << 60
"""Later than every instant: there is no way, or it is too late."""

Walked = Callable[[int, int, Instant], float]
"""Metres on foot from a place to a column when the group may leave at an instant."""


@dataclass(frozen=True, eq=False)
class RideDepartures:
    """Departures worth taking from a place to another, ascending, with their arrivals.

    One may take what departs `gather_s` after leaving or later; a move takes `least_s` at least
    and is followed by a reserve of `reserve_s`.
    """

    departures: Ints
    arrivals: Ints
    gather_s: int
    least_s: int = 0
    reserve_s: int = 0

    def ready(self, leave: Ints) -> Ints:
        """Return when a group that leaves at some instants is ready; NEVER where nothing departs."""
        depart = leave + self.gather_s
        padded = np.append(self.arrivals, NEVER)
        arrive = padded[self.departures.searchsorted(depart)]
        ready: Ints = np.minimum(np.maximum(arrive, depart + self.least_s) + self.reserve_s, NEVER)
        return ready

    def ready_one(self, leave: Instant) -> Instant:
        """Return what `ready` does, for one instant."""
        depart = leave + self.gather_s
        row = bisect_left(self.departures, depart)
        if row == len(self.departures):
            return NEVER
        return max(int(self.arrivals[row]), depart + self.least_s) + self.reserve_s

    def leave_by(self, ready: Ints) -> Ints:
        """Return when to leave at the latest to be ready by some instants; -NEVER where it is too late."""
        padded = np.insert(self.departures, 0, -NEVER)
        arrive = ready - self.reserve_s
        depart = np.minimum(padded[self.arrivals.searchsorted(arrive, "right")], arrive - self.least_s)
        leave: Ints = np.maximum(depart - self.gather_s, -NEVER)
        return leave


@dataclass(frozen=True, eq=False)
class MoveTable:
    """All moves of a day with n stops: seconds that hold at any time, and rides.

    `steady` is (n + 1, n + 1): row the place left, column the stop gone to, the last one the end;
    NEVER where there is at most a ride. `reserve` is the part of `steady` that is kept as a reserve.
    `walked` tells metres on foot.
    """

    steady: Ints
    reserve: Ints
    walked: Walked
    rides: Mapping[tuple[int, int], RideDepartures] = field(default_factory=dict)
    steady_walk_m: Floats | None = None
    """Metres on foot of the moves that hold at any time, where all are known beforehand."""

    def ready(self, place: int, column: int, leave: Ints) -> Ints:
        """Return when a group that leaves a place at some instants is ready."""
        ready: Ints = np.minimum(leave + self.steady[place, column], NEVER)
        rides = self.rides.get((place, column))
        return ready if rides is None else np.minimum(ready, rides.ready(leave))

    def ready_from_all(self, column: int, leaves: Ints) -> Ints:
        """Return when the group is ready; `leaves` are the instants it leaves, (sets, place left, ...)."""
        steady = self.steady[:, column].reshape((1, -1) + (1,) * (leaves.ndim - 2))
        ready = np.minimum(leaves + steady, NEVER)
        for place in range(leaves.shape[1]):
            rides = self.rides.get((place, column))
            if rides is not None:
                ready[:, place] = np.minimum(ready[:, place], rides.ready(leaves[:, place]))
        return np.where(leaves < NEVER, ready, NEVER)

    def ready_one(self, place: int, column: int, leave: Instant) -> Instant:
        """Return what `ready` does, for one instant."""
        ready = min(leave + int(self.steady[place, column]), NEVER)
        rides = self.rides.get((place, column))
        return ready if rides is None else min(ready, rides.ready_one(leave))

    def arrive(self, place: int, column: int, leave: Ints, ready: Ints) -> Ints:
        """Return when a group that is ready at some instants has arrived: before the reserve."""
        arrive: Ints = ready - self.reserve[place, column]
        rides = self.rides.get((place, column))
        if rides is None:
            return arrive
        is_ridden = ready < leave + self.steady[place, column]
        return np.where(is_ridden, ready - rides.reserve_s, arrive)

    def leave_by(self, place: int, column: int, ready: Ints) -> Ints:
        """Return when to leave a place at the latest to be ready by some instants."""
        leave: Ints = np.maximum(ready - self.steady[place, column], -NEVER)
        rides = self.rides.get((place, column))
        return leave if rides is None else np.maximum(leave, rides.leave_by(ready))

    @property
    def has_one_reserve(self) -> bool:
        """Whether the same reserve follows every move."""
        kept = {int(seconds) for seconds in np.unique(self.reserve[self.steady < NEVER])}
        return len(kept | {rides.reserve_s for rides in self.rides.values()}) <= 1

    @property
    def is_steady(self) -> bool:
        """Whether every move takes the same at any time."""
        return not self.rides
