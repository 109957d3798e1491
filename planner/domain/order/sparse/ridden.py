"""All rides of a day in one table: one search answers for many moves at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import Instant
from planner.domain.order.moves import NEVER, Ints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.order.moves import RideDepartures

SPAN = 1 << 24
"""More seconds than any day has, of all that its rides go on."""


@dataclass(frozen=True, eq=False)
class AllRides:
    """Departures of all moves, each told by its pair and the seconds from `begun` on, and their arrivals."""

    keys: Ints
    arrivals: Ints
    least_s: Ints
    gather_s: int
    reserve_s: int
    begun: Instant

    @classmethod
    def of(cls, rides: Mapping[tuple[int, int], RideDepartures], size: int, begun: Instant) -> AllRides:
        """Put the rides of a day into a table; `size` is the number of places."""
        keys = [np.arange(size * size, dtype=np.int64) * SPAN + SPAN - 1]
        arrivals = [np.full(size * size, NEVER, dtype=np.int64)]
        least_s = np.zeros((size, size), dtype=np.int64)
        for (place, column), own in rides.items():
            ahead = own.departures >= begun
            keys.append((place * size + column) * SPAN + (own.departures[ahead] - begun))
            arrivals.append(own.arrivals[ahead])
            least_s[place, column] = own.least_s
        joined, came = np.concatenate(keys), np.concatenate(arrivals)
        order = np.argsort(joined, kind="stable")
        some = next(iter(rides.values()))
        return cls(joined[order], came[order], least_s, some.gather_s, some.reserve_s, begun)

    def ready(self, place: Ints, column: Ints, leave: Ints) -> Ints:
        """Return when who leaves places at some instants is ready at stops; NEVER where nothing departs."""
        depart = leave + self.gather_s
        since = np.clip(depart - self.begun, 0, SPAN - 2)
        arrive = self.arrivals[self.keys.searchsorted((place * len(self.least_s) + column) * SPAN + since)]
        ready: Ints = np.maximum(arrive, depart + self.least_s[place, column]) + self.reserve_s
        return np.minimum(ready, NEVER)
