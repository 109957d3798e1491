"""Legs by coach: on foot to the kerb, driven, on foot from the kerb."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from planner.domain.geo import distance_m
from planner.domain.itinerary import Leg, LegPart, PartKind
from planner.domain.schedule.site_doubts import approximate
from planner.domain.schedule.walking import (
    DETOUR_FACTOR,
    FAR_FROM_STREETS_M,
    LONG_KERB_WALK_M,
    LONG_WALK_M,
    MIN_MOVE_S,
)
from planner.domain.visits import Mode
from planner.domain.warnings.codes import (
    CoachStop,
    CoachTurns,
    FarFromStreets,
    LongKerbWalk,
    LongWalk,
    NoCoach,
    NoWay,
    OffMainNetwork,
    StepFreeUnknown,
    Warning,
    WayHoursUnread,
)
from planner.services.travel.on_foot import (
    assumed_leg,
    joined,
    move_s,
    on_carriageways,
    rough_warnings,
    walk_part,
)
from planner.streets.query.drive.find import Driver
from planner.streets.query.walk.find import Walker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import Place
    from planner.domain.travel_table import TravelTable
    from planner.services.travel.town import Town
    from planner.streets.query.drive.find import CoachRide, Drive, Refusal
    from planner.streets.query.walk.find import Walk

ASSUMED_KMH = 20.0
"""The speed at which a drive is timed that nobody knows a way for."""


class CoachTravel:
    """Legs by coach over the town's streets."""

    def __init__(self, town: Town, group: Group) -> None:
        self._group = group
        self._country = town.country
        walker = Walker(town.network, step_free=group.step_free, pace_kmh=group.pace_kmh)
        self._driver = Driver(town.network, group.coach, walker)

    def leg(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        """Return the ride that leaves at `depart`; without a way, one without distance and the reason."""
        if origin.at is None or destination.at is None:
            return assumed_leg(Mode.COACH, depart, self._group)
        kerbs = kerb_of(origin), kerb_of(destination)
        ride = self._driver.leg(origin.at, destination.at, *kerbs, people=self._group.size)
        if ride is None:
            metres = distance_m(origin.at, destination.at) * DETOUR_FACTOR
            return self._guess(metres, depart, (self._no_way(origin, destination),))
        duration = move_s(ride.duration_s, origin, destination)
        parts = tuple(_parts(ride, depart, duration, self._group))
        return Leg(
            mode=Mode.COACH,
            distance_m=sum(part.distance_m for part in parts),
            duration_s=duration,
            depart=depart,
            arrive=depart + duration,
            geometry=joined(part.geometry for part in parts),
            estimated_m=sum(moved.estimated_m for moved in (*walks_of(ride), ride.drive) if moved),
            parts=parts,
            warnings=tuple(self._warnings(ride, duration, origin, destination)),
        )

    def table(self, places: Sequence[Place], people: int) -> TravelTable:
        """Return metres and seconds between places that all have a position, for so many people."""
        points = [place.at for place in places if place.at is not None]
        return self._driver.table(points, [kerb_of(place) for place in places], people=people)

    def _guess(self, metres: float, depart: Instant, warnings: tuple[Warning, ...]) -> Leg:
        """A leg whose way is not known: its time is assumed, so that the day can be timed on."""
        seconds = max(MIN_MOVE_S, ceil(metres / (ASSUMED_KMH / 3.6)))
        return Leg(Mode.COACH, None, seconds, depart, depart + seconds, warnings=warnings)

    def _no_way(self, origin: Place, destination: Place) -> Warning:
        if not (origin.at and destination.at):
            return NoWay(coach=NoCoach.NO_WAY)
        kerbs = kerb_of(origin), kerb_of(destination)
        refusal = self._driver.why_not(origin.at, destination.at, *kerbs)
        return NoWay(coach=NoCoach.NO_WAY) if refusal is None else _refused(refusal)

    def _warnings(
        self, ride: CoachRide, duration: int, origin: Place, destination: Place
    ) -> Iterator[Warning]:
        long_walk = LongKerbWalk if ride.drive else LongWalk
        for walk in walks_of(ride):
            if walk.length_m > (LONG_KERB_WALK_M if ride.drive else LONG_WALK_M):
                yield long_walk(metres=round(walk.length_m))
            if max(walk.off_m) > FAR_FROM_STREETS_M:
                yield FarFromStreets(metres=ceil(max(walk.off_m)))
            if walk.is_island:
                yield OffMainNetwork()
            yield from rough_warnings(walk, self._group)
        unread = [*(words for walk in walks_of(ride) for words in walk.unread)]
        unread += ride.drive.unread if ride.drive else ()
        if unread:
            yield WayHoursUnread(words="; ".join(dict.fromkeys(unread)))
        if ride.drive and ride.drive.is_unmarked:
            yield CoachStop()
        if ride.drive and ride.drive.turns:
            yield CoachTurns(times=len(ride.drive.turns), at=ride.drive.turns[0])
        unknown = sum(walk.unknown_m for walk in walks_of(ride))
        if self._group.step_free and unknown:
            yield StepFreeUnknown(metres=round(unknown))
        yield from on_carriageways(walks_of(ride), self._group, self._country)
        for place in (origin, destination):
            yield from approximate(place.site, duration, self._group.pace_kmh)


def _refused(refusal: Refusal) -> NoWay:
    why, offer = refusal.why, refusal.offer
    return NoWay(
        coach=NoCoach(why.reason.value),
        metres=None if why.away_m is None else round(why.away_m),
        at=why.at,
        limit_kind=why.limit[0] if why.limit else "",
        limit=why.limit[1] if why.limit else None,
        kerb=offer.kerb if offer else None,
        kerb_walk_m=round(offer.walk_m) if offer and offer.walk_m is not None else None,
    )


def kerb_of(place: Place) -> LonLat | None:
    """Where a coach stops for a place that has a drop-off point of its own."""
    return place.site.drop_off if place.site else None


def walks_of(ride: CoachRide) -> tuple[Walk, ...]:
    """The walks of a ride that lead anywhere; all of it, where there is no drive."""
    return tuple(
        walk for walk in (ride.walk_to, ride.walk_from) if walk and (walk.length_m or not ride.drive)
    )


def _parts(ride: CoachRide, depart: Instant, duration: int, group: Group) -> Iterator[LegPart]:
    """The parts one after the other; the walks take what they take, the drive has all the rest.

    Getting in and out is a part of the drive.
    """
    arrive = depart + duration
    if ride.drive is None:
        yield walk_part(ride.walk_to, depart, arrive, group)
        return
    leaves = depart + ceil(ride.walk_to.duration_s - 1e-9)
    stops = max(leaves, arrive - (ceil(ride.walk_from.duration_s - 1e-9) if ride.walk_from else 0))
    if ride.walk_to.length_m:
        yield walk_part(ride.walk_to, depart, leaves, group)
    yield _drive_part(ride.drive, leaves, stops, ride.boarding_s)
    if ride.walk_from and ride.walk_from.length_m:
        yield walk_part(ride.walk_from, stops, arrive, group)


def _drive_part(drive: Drive, depart: Instant, arrive: Instant, boarding_s: int) -> LegPart:
    return LegPart(
        kind=PartKind.DRIVE,
        distance_m=drive.length_m,
        duration_s=arrive - depart,
        depart=depart,
        arrive=arrive,
        geometry=drive.geometry,
        instructions=drive.instructions,
        estimated=drive.estimated,
        boarding_s=boarding_s,
    )
