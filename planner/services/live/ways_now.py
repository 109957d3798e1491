"""The ways there are now where those of the release do not hold: also where its town is not in force."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.geo import distance_m
from planner.domain.itinerary import Leg
from planner.domain.schedule.timed import Travel
from planner.domain.schedule.walking import DETOUR_FACTOR, MIN_MOVE_S, walk_duration_s
from planner.domain.visits import Mode
from planner.domain.warnings.codes import NoWay
from planner.services.planning.places import REACH_M
from planner.services.travel.by_coach import ASSUMED_KMH
from planner.streets.query.network import Network

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.schedule.timed import Place


@dataclass(frozen=True)
class WaysNow:
    """Asks the streets and the timetable in force; what lies outside of them is guessed, and said to be."""

    travel: Travel
    network: Network
    pace_kmh: float

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """Return the leg that leaves at `depart`."""
        if self._knows(origin) and self._knows(destination):
            return self.travel.leg(origin, destination, mode, depart)
        return self._guess(origin, destination, mode, depart)

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: Instant) -> Leg:
        """Return the leg that leaves last to be ready; days under way are never planned backward."""
        return self.travel.leg_by(origin, destination, mode, ready)

    def _knows(self, place: Place) -> bool:
        return place.at is None or self.network.covers(place.at, REACH_M)

    def _guess(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """As the crow flies and somewhat more, on foot unless it is driven."""
        metres = distance_m(origin.at, destination.at) * DETOUR_FACTOR if origin.at and destination.at else 0
        if mode is Mode.WALK:
            seconds = walk_duration_s(metres, self.pace_kmh)
        else:
            seconds = ceil(metres / (ASSUMED_KMH / 3.6))
        seconds = max(MIN_MOVE_S, seconds)
        return Leg(mode, None, seconds, depart, depart + seconds, warnings=(NoWay(),))
