"""Legs by public transport: on foot to the stop, a wait, rides, on foot from the stop.

Walking always competes: a leg that is better walked is one walk. Leaving later
never arrives earlier, wherever a way is known.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.buses.query.journeys.legs import Footway
from planner.domain.itinerary import Leg
from planner.domain.schedule.site_doubts import approximate
from planner.domain.schedule.walking import LONG_WALK_M
from planner.domain.travel_table import TravelTable
from planner.domain.visits import Mode
from planner.services.travel.on_foot import StreetTravel, joined, move_s, walks_warnings
from planner.services.travel.ride_parts import parts_of
from planner.services.travel.ride_warnings import no_ride, ride_warnings, unknown_near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.buses.query.journeys.find import Journeys
    from planner.buses.query.journeys.legs import Journey
    from planner.buses.query.timetable.timetable import Timetable
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import Place
    from planner.domain.warnings.codes import Warning
    from planner.services.travel.town import Town


class BusTravel:
    """Legs of one group by the town's timetable.

    With stand-ins a source that says nothing about a date runs as on its nearest matching one.
    """

    def __init__(self, town: Town, group: Group, *, stand_ins: bool = False) -> None:
        self._town = town
        self._group = group
        self._stand_ins = stand_ins
        self._on_foot = StreetTravel(town, group)

    @cached_property
    def _journeys(self) -> Journeys | None:
        rides = self._town.rides
        return None if rides is None else rides.journeys(self._group, stand_ins=self._stand_ins)

    def leg(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        """Return the leg that leaves at `depart`; without any way, one without distance and the reason."""
        journeys = self._journeys
        if journeys is None or origin.at is None or destination.at is None:
            return self._walked(origin, destination, depart)
        journey = journeys.depart_at(origin.at, destination.at, depart)
        if journey is None or not journey.rides:
            return self._walked(origin, destination, depart)
        arrive = depart + move_s(journey.arrive - depart, origin, destination)
        return self._ridden(journeys.timetable, journey, (origin, destination), (depart, arrive))

    def leg_by(self, origin: Place, destination: Place, arrive: Instant) -> Leg:
        """Return the leg that leaves last and arrives at `arrive` or earlier."""
        journeys = self._journeys
        if journeys is not None and origin.at and destination.at:
            journey = journeys.arrive_by(origin.at, destination.at, arrive)
            if journey is not None and journey.rides:
                least = move_s(journey.arrive - journey.depart, origin, destination)
                times = journey.arrive - least, journey.arrive
                return self._ridden(journeys.timetable, journey, (origin, destination), times)
        leg = self._walked(origin, destination, arrive)
        return self._walked(origin, destination, arrive - leg.duration_s)

    def table(self, places: Sequence[Place], at: Instant) -> TravelTable:
        """Return seconds between places that all have a position, when starting at an instant; no metres."""
        nothing: list[list[float | None]] = [[None] * len(places) for _ in places]
        if self._journeys is None:
            return TravelTable(nothing, self._on_foot.table(places).durations_s)
        seconds = self._journeys.table([place.at for place in places if place.at is not None], at)
        return TravelTable(nothing, [list(row) for row in seconds])

    def _ridden(
        self,
        timetable: Timetable,
        journey: Journey,
        ends: tuple[Place, Place],
        times: tuple[Instant, Instant],
    ) -> Leg:
        depart, arrive = times
        parts = parts_of(journey, depart, arrive, timetable, self._group)
        walks = [part.way for part in journey.parts if isinstance(part, Footway) and part.way]
        return Leg(
            mode=Mode.BUS,
            distance_m=sum(part.distance_m for part in parts),
            duration_s=arrive - depart,
            depart=depart,
            arrive=arrive,
            geometry=joined(part.geometry for part in parts),
            estimated_m=sum(walk.estimated_m for walk in walks),
            parts=parts,
            warnings=(
                *ride_warnings(journey.rides, timetable, self._town.clock.local(depart).date(), self._group),
                *walks_warnings(walks, self._group, self._town.country),
                *self._unknown(*ends),
                *_approximate(*ends, arrive - depart, self._group),
            ),
        )

    def _walked(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        """The leg on foot, or the guess where there is no way at all, with what is to be said of rides."""
        leg = self._on_foot.leg(origin, destination, Mode.BUS, depart)
        if origin.at is None or destination.at is None:
            return leg
        told = [*self._why_not(leg, origin.at, destination.at), *self._unknown(origin, destination)]
        return replace(leg, warnings=(*leg.warnings, *told))

    def _why_not(self, leg: Leg, origin: LonLat, destination: LonLat) -> Iterator[Warning]:
        """Say why nothing is ridden, where a ride would be of use."""
        if leg.distance_m is not None and leg.distance_m <= LONG_WALK_M:
            return
        yield no_ride(self._journeys, leg.depart, self._town.clock, (origin, destination))

    def _unknown(self, origin: Place, destination: Place) -> Iterator[Warning]:
        services = self._town.rides.unknown if self._town.rides else ()
        yield from unknown_near(services, [place.at for place in (origin, destination) if place.at])


def _approximate(origin: Place, destination: Place, duration: int, group: Group) -> Iterator[Warning]:
    for place in (origin, destination):
        yield from approximate(place.site, duration, group.pace_kmh)
