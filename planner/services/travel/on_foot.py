"""The schedule's `Travel`, answered by the streets."""

from __future__ import annotations

from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.clock import minute_from
from planner.domain.geo import distance_m
from planner.domain.itinerary import Leg, LegPart, PartKind, StepFreeMetres
from planner.domain.schedule.column import carriageway_warnings
from planner.domain.schedule.site_doubts import approximate
from planner.domain.schedule.walking import (
    DETOUR_FACTOR,
    FAR_FROM_STREETS_M,
    LONG_WALK_M,
    MIN_MOVE_S,
    ROUNDING_S,
    walk_duration_s,
)
from planner.domain.warnings.codes import (
    FarFromStreets,
    Ferry,
    GateWait,
    HikingPath,
    LongClimb,
    LongWalk,
    NotStepFree,
    NoWay,
    ObstacleKind,
    OffMainNetwork,
    SteepWay,
    StepFreeUnknown,
    Warning,
    WayHoursUnread,
)
from planner.streets.query.walk.by_hour import HourWalker, TimedWalk
from planner.streets.query.walk.find import Walk, Walker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import Place
    from planner.domain.travel_table import TravelTable
    from planner.domain.visits import Mode
    from planner.services.travel.town import Town


LEAST_HIKING_M = 30.0
"""Fewer metres of a hiking path are not worth a word."""

LEAST_STEEP_M = 10.0
LEAST_CLIMB_M = 30.0
"""Ten storeys: 3 min more."""


def move_s(seconds: float, origin: Place, destination: Place) -> int:
    """Whole seconds of a walk; between two different sites never less than the minimum move."""
    whole = ceil(seconds - ROUNDING_S)
    if origin.site and destination.site and origin.key != destination.key:
        return max(MIN_MOVE_S, whole)
    return whole


def walk_part(walk: Walk, depart: Instant, arrive: Instant, group: Group) -> LegPart:
    """The part of a leg that a walk makes."""
    known = StepFreeMetres(walk.confirmed_m, walk.unknown_m, walk.bad_m) if group.step_free else None
    return LegPart(
        kind=PartKind.WALK,
        distance_m=walk.length_m,
        duration_s=arrive - depart,
        depart=depart,
        arrive=arrive,
        geometry=walk.geometry,
        instructions=walk.instructions,
        estimated=walk.estimated,
        step_free=known,
        incline_tagged_m=walk.incline_tagged_m,
        climb=walk.climb,
    )


def assumed_leg(mode: Mode, depart: Instant, group: Group) -> Leg:
    """Return a leg to or from a place that is not on the map: it takes what the visit assumes."""
    seconds = group.assumed_leg_s
    return Leg(mode, None, seconds, depart, depart + seconds, assumed=True)


class StreetTravel:
    """Legs on foot over the town's streets."""

    def __init__(self, town: Town, group: Group) -> None:
        self._group = group
        self._clock = town.clock
        self._country = town.country
        self._walker = Walker(town.network, step_free=group.step_free, pace_kmh=group.pace_kmh)

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """Return the walk that leaves at `depart`; without a way, one without distance and a warning."""
        if origin.at is None or destination.at is None:
            return assumed_leg(mode, depart, self._group)
        timed = self._walk(origin.at, destination.at, depart)
        if timed is None:
            metres = distance_m(origin.at, destination.at) * DETOUR_FACTOR
            return self._guess(mode, metres, depart, (self._why_not(origin.at, destination.at),))
        walk = timed.walk
        duration = move_s(walk.duration_s, origin, destination)
        part = walk_part(walk, depart, depart + duration, self._group)
        return Leg(
            mode=mode,
            distance_m=walk.length_m,
            duration_s=duration,
            depart=depart,
            arrive=depart + duration,
            geometry=walk.geometry,
            estimated_m=walk.estimated_m,
            parts=(part,),
            warnings=(*self._waits(timed), *self._warnings(walk, duration, origin, destination)),
        )

    def _walk(self, origin: LonLat, destination: LonLat, depart: Instant) -> TimedWalk | None:
        """The walk that begins at an instant: the same at any, for what has hours is shut or open all day."""
        del depart
        walk = self._walker.walk(origin, destination)
        return None if walk is None else TimedWalk(walk)

    def _waits(self, timed: TimedWalk) -> Iterator[Warning]:
        for wait in timed.waits:
            opens = self._clock.face(minute_from(wait.opens))
            yield GateWait(by_s=ceil(wait.seconds), opens=opens)

    def _why_not(self, origin: LonLat, destination: LonLat) -> Warning:
        """Say why there is no way: for a step-free group, the first thing it cannot pass."""
        blocked = self._walker.obstacle(origin, destination) if self._group.step_free else None
        if blocked is None:
            return NoWay()
        lon, lat = blocked.at
        return NotStepFree(
            obstacle=ObstacleKind(blocked.obstacle.name.lower()),
            metres=round(blocked.along_m),
            at=(round(lon, 7), round(lat, 7)),
        )

    def _guess(self, mode: Mode, metres: float, depart: Instant, warnings: tuple[Warning, ...]) -> Leg:
        """A leg whose way is not known: its time is assumed, so that the day can be timed on."""
        seconds = max(MIN_MOVE_S, walk_duration_s(metres, self._group.pace_kmh))
        return Leg(mode, None, seconds, depart, depart + seconds, warnings=warnings)

    def table(self, places: Sequence[Place]) -> TravelTable:
        """Return metres and seconds between places that all have a position."""
        return self._walker.table([place.at for place in places if place.at is not None])

    def _warnings(self, walk: Walk, duration: int, origin: Place, destination: Place) -> Iterator[Warning]:
        yield from walks_warnings([walk], self._group, self._country)
        for place in (origin, destination):
            yield from approximate(place.site, duration, self._group.pace_kmh)


class HourlyTravel(StreetTravel):
    """The same of a single leg: what has hours is asked at the very minute, and waited for where it pays."""

    def __init__(self, town: Town, group: Group) -> None:
        super().__init__(town, group)
        self._by_hour = HourWalker(town.network, town.time, self._walker)

    def _walk(self, origin: LonLat, destination: LonLat, depart: Instant) -> TimedWalk | None:
        return self._by_hour.walk(origin, destination, depart)


def walks_warnings(walks: Sequence[Walk], group: Group, country: str) -> Iterator[Warning]:
    """Say what is long, far off or not known on the walks of a leg."""
    for walk in walks:
        if walk.length_m > LONG_WALK_M:
            yield LongWalk(metres=round(walk.length_m))
        if max(walk.off_m) > FAR_FROM_STREETS_M:
            yield FarFromStreets(metres=ceil(max(walk.off_m)))
        if walk.is_island:
            yield OffMainNetwork()
        yield from rough_warnings(walk, group)
        if walk.unread:
            yield WayHoursUnread(words="; ".join(walk.unread))
    unknown = round(sum(walk.unknown_m for walk in walks))
    if group.step_free and unknown:
        yield StepFreeUnknown(metres=unknown)
    yield from on_carriageways(walks, group, country)


def on_carriageways(walks: Sequence[Walk], group: Group, country: str) -> Iterator[Warning]:
    """Say what the law asks of a group where the walks of a leg have no pavement."""
    yield from carriageway_warnings(sum(walk.carriageway_m for walk in walks), group.size, country)


def rough_warnings(walk: Walk, group: Group) -> Iterator[Warning]:
    """Say where a walk is more than a walk on the level."""
    if walk.hiking_m > LEAST_HIKING_M or walk.hiking_scale:
        scale = f"T{walk.hiking_scale}" if walk.hiking_scale else ""
        yield HikingPath(metres=round(walk.hiking_m), scale=scale)
    climb = walk.climb
    if climb and group.step_free and climb.steep_m > LEAST_STEEP_M:
        yield SteepWay(metres=round(climb.steep_m), percent=round(climb.steepest_percent))
    if climb and climb.ascent_m > LEAST_CLIMB_M:
        yield LongClimb(metres=round(climb.ascent_m))
    if walk.ferry_s:
        yield Ferry(by_s=ceil(walk.ferry_s))


def joined(lines: Iterable[tuple[LonLat, ...]]) -> tuple[LonLat, ...]:
    """The positions of lines that follow each other, without repeats where they meet."""
    positions: list[LonLat] = []
    for at in chain.from_iterable(lines):
        if not positions or positions[-1] != at:
            positions.append(at)
    return tuple(positions)
