"""A delegation split into parties that rotate through the same sites."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.itinerary import Itinerary


@dataclass(frozen=True)
class PartyItinerary:
    """The itinerary of one party. `Call.stop` is the index of a stop in the day's own list."""

    name: str
    itinerary: Itinerary
