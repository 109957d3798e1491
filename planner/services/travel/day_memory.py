"""Planned days that are kept: who plans the same again is answered without planning."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache

from planner.domain.itinerary import Itinerary, PartyItinerary

if TYPE_CHECKING:
    from collections.abc import Callable


MOST_POSITIONS = 250_000
"""Positions on the map of all days kept: geometry is nearly all that a plan weighs, 0.1 kB a position."""

LEAST_POSITIONS = 1_000
"""What a day counts as at least, so that no more than 250 are kept."""


@dataclass(frozen=True)
class PlannedDay:
    """A day as one group has it, and as each party has it where it is split."""

    itinerary: Itinerary
    parties: tuple[PartyItinerary, ...] = ()


class DayMemory:
    """The days of one town that were planned last, by marks of all that their plans rest on.

    It is given up with the town, and shared by the threads of a worker. Two that ask at once for what
    is not known yet both plan it: neither waits for the other.
    """

    def __init__(self, most_positions: int = MOST_POSITIONS) -> None:
        self._days: LRUCache[str, PlannedDay] = LRUCache(most_positions, getsizeof=positions_of)
        self._lock = Lock()

    def get(self, mark: str, plan: Callable[[], PlannedDay]) -> PlannedDay:
        """Return the day of a mark, planned now unless it is kept; one that is too large is not kept."""
        with self._lock:
            kept = self._days.get(mark)
        if kept is not None:
            return kept
        made = plan()
        with self._lock:
            if positions_of(made) <= self._days.maxsize:
                self._days[mark] = made
        return made


def positions_of(day: PlannedDay) -> int:
    """How many positions a planned day holds, counted as at least `LEAST_POSITIONS`."""
    itineraries = (day.itinerary, *(party.itinerary for party in day.parties))
    legs = [leg for itinerary in itineraries for leg in itinerary.legs]
    own = sum(len(leg.geometry) for leg in legs)
    return max(LEAST_POSITIONS, own + sum(len(part.geometry) for leg in legs for part in leg.parts))
