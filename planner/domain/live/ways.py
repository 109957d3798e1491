"""The ways of a day under way: those of the release as long as they hold, else those that are there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.itinerary import Leg, PartKind
from planner.domain.schedule.timed import Travel

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.itinerary import Itinerary
    from planner.domain.schedule.timed import Place, TimedDay
    from planner.domain.visits import Mode


@dataclass(frozen=True)
class ReleasedTravel:
    """Answers by the release's own legs: a walk or a drive at any time, a ride as long as it is caught.

    Whoever misses it, or goes where the release does not, is answered by `otherwise`: the streets and the
    timetable in force.
    """

    legs: Mapping[tuple[str, str], Leg]
    otherwise: Travel

    @classmethod
    def of(cls, day: TimedDay, planned: Itinerary, otherwise: Travel) -> ReleasedTravel:
        """Return the ways of a day whose stops stand in the order of its released calls."""
        legs: dict[tuple[str, str], Leg] = {}
        here = day.start_place
        places = [*(stop.place for stop in day.stops), day.end_place]
        for place, leg in zip(places, planned.legs, strict=False):
            if place is not None:
                legs[here.key, place.key] = leg
                here = place
        return cls(legs, otherwise)

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """Return the leg that leaves at `depart`."""
        known = self.legs.get((origin.key, destination.key))
        if known is None:
            return self.otherwise.leg(origin, destination, mode, depart)
        if not any(part.kind is PartKind.RIDE for part in known.parts):
            return moved(known, depart - known.depart)
        if depart <= known.depart:
            return replace(known, depart=depart, duration_s=known.arrive - depart)
        return self.otherwise.leg(origin, destination, mode, depart)

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: Instant) -> Leg:
        """Return the leg that leaves last to be ready; days under way are never planned backward."""
        return self.otherwise.leg_by(origin, destination, mode, ready)


def moved(leg: Leg, by_s: int) -> Leg:
    """Return a leg without rides so many seconds later."""
    parts = tuple(replace(part, depart=part.depart + by_s, arrive=part.arrive + by_s) for part in leg.parts)
    return replace(leg, depart=leg.depart + by_s, arrive=leg.arrive + by_s, parts=parts)
