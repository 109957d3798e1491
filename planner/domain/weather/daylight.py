"""Until when a day of a visit is light: from sunset on it is called dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.weather.sun import sunset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.domain.sites import Site
    from planner.domain.visits import Day, PlaceRef

SOON_S = 3600
"""A day that ends so long before sunset is told of it: it may be late."""


def dark_from(day: Day, sites: Mapping[str, Site]) -> Instant | None:
    """Return when the sun sets where a day ends; None without a position, and where it stays up or down."""
    places = [day.end.place if day.end else None, *(stop.place for stop in reversed(day.stops))]
    known = (_at(place, sites) for place in (*places, day.start.place) if place is not None)
    at = next((at for at in known if at is not None), None)
    return None if at is None else sunset(at, day.date)


def _at(place: PlaceRef, sites: Mapping[str, Site]) -> LonLat | None:
    site = sites.get(place.site) if place.site else None
    return site.location.at if site else place.at
