"""What journeys ask of the streets: who walks, which stops are near a place, how far stops are apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from planner.domain.visits import DEFAULT_PACE_KMH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat
    from planner.streets.query.walk.find import Walk


@dataclass(frozen=True)
class RideRules:
    """What a group can do and wants. Each single walk to, from or between stops is at most `max_walk_m` long.

    `transfer_s` is kept free at every change for a late arrival; `at_stop_early_s` is how much earlier than
    each departure the group stands at the stop, None for the usual of its size.
    """

    max_walk_m: float = 1_000.0
    pace_kmh: float = DEFAULT_PACE_KMH
    step_free: bool = False
    group_size: int = 1
    max_rides: int = 3
    transfer_s: int = 120
    at_stop_early_s: int | None = None

    @property
    def early_s(self) -> int:
        """Seconds at the stop before a departure: 1 min and 1 min for every 15 people, if not given."""
        return 60 + 60 * (self.group_size // 15) if self.at_stop_early_s is None else self.at_stop_early_s


@dataclass(frozen=True)
class StopReach:
    """Stops within a walk of a place: their numbers ascending, whole seconds and metres."""

    stops: NDArray[np.int64]
    seconds: NDArray[np.int64]
    metres: NDArray[np.float64]


@dataclass(frozen=True)
class Footpaths:
    """Walks between stops in compressed rows: those of stop s are starts[s]:starts[s + 1].

    A stop reaches itself in no time, so a change at one stop is a row like others.
    """

    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    seconds: NDArray[np.int64]
    metres: NDArray[np.float64]


class StopWalks(Protocol):
    """Walks of one group: pace and need for step-free ways are settled."""

    def from_place(self, at: LonLat, limit_m: float) -> StopReach:
        """Return the stops that can be walked to."""
        ...

    def to_place(self, at: LonLat, limit_m: float) -> StopReach:
        """Return the stops from which a place can be walked to."""
        ...

    def between(self, limit_m: float) -> Footpaths:
        """Return the walks between stops."""
        ...

    def direct(self, origin: LonLat, destination: LonLat) -> tuple[int, float] | None:
        """Return seconds and metres of a walk of any length, None where there is no way."""
        ...

    def table(self, points: Sequence[LonLat]) -> list[list[int | None]]:
        """Return seconds of walks of any length from each place to each, None where there is no way."""
        ...

    def walk(self, origin: LonLat, destination: LonLat) -> Walk | None:
        """Return a walk with its shape and directions."""
        ...
