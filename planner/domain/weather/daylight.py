"""From when until when a day of a visit is light: before sunrise and from sunset on it is called dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.itinerary import PartKind
from planner.domain.visits import Mode
from planner.domain.weather.sun import sunrise, sunset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Leg
    from planner.domain.sites import Site
    from planner.domain.visits import Day, PlaceRef

SOON_S = 3600
"""A day that ends so long before sunset is told of it: it may be late."""


@dataclass(frozen=True)
class Daylight:
    """When the sun rises and sets on a day; None without a position, and where it stays up or down."""

    rises: Instant | None = None
    sets: Instant | None = None

    def is_dark(self, start: Instant, end: Instant) -> bool:
        """Whether any of a span is before sunrise or after sunset."""
        return bool((self.rises and start < self.rises) or (self.sets and end > self.sets))


def daylight(day: Day, sites: Mapping[str, Site]) -> Daylight:
    """Return when the sun rises and sets where a day ends."""
    places = [day.end.place if day.end else None, *(stop.place for stop in reversed(day.stops))]
    known = (_at(place, sites) for place in (*places, day.start.place) if place is not None)
    at = next((at for at in known if at is not None), None)
    return Daylight() if at is None else Daylight(sunrise(at, day.date), sunset(at, day.date))


def walked(leg: Leg) -> tuple[Instant, Instant] | None:
    """Return from when until when a leg is walked, its rides in between; None where nobody walks on it."""
    walks = [part for part in leg.parts if part.kind is PartKind.WALK and part.distance_m]
    if walks:
        return min(part.depart for part in walks), max(part.arrive for part in walks)
    return (leg.depart, leg.arrive) if not leg.parts and leg.mode is Mode.WALK and leg.duration_s else None


def _at(place: PlaceRef, sites: Mapping[str, Site]) -> LonLat | None:
    site = sites.get(place.site) if place.site else None
    return site.location.at if site else place.at
