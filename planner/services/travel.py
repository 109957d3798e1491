"""The schedule's `Travel`, answered by the streets."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.coach import CoachProfile
from planner.domain.facts import approximate
from planner.domain.geo import distance_m
from planner.domain.itinerary import Leg, LegPart, PartKind, Warning, WarningCode
from planner.domain.walking import (
    DEFAULT_PACE_KMH,
    DETOUR_FACTOR,
    FAR_FROM_STREETS_M,
    LONG_WALK_M,
    MIN_MOVE_S,
    walk_duration_s,
)
from planner.streets.query.walk import Walk, Walker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import Instant
    from planner.domain.schedule import Place
    from planner.domain.visits import Mode
    from planner.services.town import Town


@dataclass(frozen=True)
class Group:
    """Who travels: heads, pace in km/h, whether the way must be without steps, and the size of the coach."""

    size: int = 1
    pace_kmh: float = DEFAULT_PACE_KMH
    step_free: bool = False
    coach: CoachProfile = field(default_factory=CoachProfile)


class StreetTravel:
    """Legs on foot over the town's streets."""

    def __init__(self, town: Town, group: Group) -> None:
        self._group = group
        self._walker = Walker(town.network, step_free=group.step_free)

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """Return the walk that leaves at `depart`; without a way, one without distance and a warning."""
        if origin.at is None or destination.at is None:
            return self._guess(mode, 0.0, depart, ())
        walk = self._walker.walk(origin.at, destination.at)
        if walk is None:
            metres = distance_m(origin.at, destination.at) * DETOUR_FACTOR
            return self._guess(mode, metres, depart, (Warning(WarningCode.NO_WAY),))
        duration = self._duration(walk, origin, destination)
        part = LegPart(
            kind=PartKind.WALK,
            distance_m=walk.length_m,
            duration_s=duration,
            depart=depart,
            arrive=depart + duration,
            geometry=walk.geometry,
            instructions=walk.instructions,
            estimated=walk.estimated,
        )
        return Leg(
            mode=mode,
            distance_m=walk.length_m,
            duration_s=duration,
            depart=depart,
            arrive=depart + duration,
            geometry=walk.geometry,
            estimated_m=walk.estimated_m,
            parts=(part,),
            warnings=tuple(self._warnings(walk, duration, origin, destination)),
        )

    def _duration(self, walk: Walk, origin: Place, destination: Place) -> int:
        """Seconds of a walk; between two different sites never less than the minimum move."""
        seconds = walk_duration_s(walk.length_m, self._group.pace_kmh)
        if origin.site and destination.site and origin.key != destination.key:
            return max(MIN_MOVE_S, seconds)
        return seconds

    def _guess(self, mode: Mode, metres: float, depart: Instant, warnings: tuple[Warning, ...]) -> Leg:
        """A leg whose way is not known: its time is assumed, so that the day can be timed on."""
        seconds = max(MIN_MOVE_S, walk_duration_s(metres, self._group.pace_kmh))
        return Leg(mode, None, seconds, depart, depart + seconds, warnings=warnings)

    def _warnings(self, walk: Walk, duration: int, origin: Place, destination: Place) -> Iterator[Warning]:
        if walk.length_m > LONG_WALK_M:
            yield Warning(WarningCode.LONG_WALK, params={"metres": round(walk.length_m)})
        if max(walk.off_m) > FAR_FROM_STREETS_M:
            yield Warning(WarningCode.FAR_FROM_STREETS, params={"metres": ceil(max(walk.off_m))})
        if self._group.step_free:
            yield Warning(WarningCode.STEP_FREE_UNKNOWN, params={"metres": round(walk.length_m)})
        for place in (origin, destination):
            yield from approximate(place.site, duration, self._group.pace_kmh)
