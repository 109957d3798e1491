"""Legs asked for again and again: the same answers, each worked out once.

A walk or a drive is the same at any hour, only shifted; a ride is remembered by its hour.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.services.travel.by_bus import BusTravel
from planner.services.travel.by_coach import CoachTravel
from planner.services.travel.by_mode import ModeTravel
from planner.services.travel.on_foot import StreetTravel

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.itinerary import Leg
    from planner.domain.schedule.timed import Place
    from planner.domain.visits import Mode


class RememberedTravel(ModeTravel):
    """Answers as `ModeTravel` does, for as long as somebody tries plans of one group."""

    @cached_property
    def _on_foot(self) -> StreetTravel:
        return _OnFoot(self._town, self._group)

    @cached_property
    def _by_coach(self) -> CoachTravel:
        return _ByCoach(self._town, self._group)

    @cached_property
    def _by_bus(self) -> BusTravel:
        return _ByBus(self._town, self._group, stand_ins=self._stand_ins)


class _OnFoot(StreetTravel):
    @cached_property
    def _known(self) -> dict[tuple[str, str, Mode], Leg]:
        return {}

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """Return the walk that leaves at `depart`."""
        key = origin.key, destination.key, mode
        if key not in self._known:
            self._known[key] = super().leg(origin, destination, mode, depart)
        return shifted(self._known[key], depart)


class _ByCoach(CoachTravel):
    @cached_property
    def _known(self) -> dict[tuple[str, str], Leg]:
        return {}

    def leg(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        """Return the ride that leaves at `depart`."""
        key = origin.key, destination.key
        if key not in self._known:
            self._known[key] = super().leg(origin, destination, depart)
        return shifted(self._known[key], depart)


class _ByBus(BusTravel):
    @cached_property
    def _known(self) -> dict[tuple[str, str, Instant, bool], Leg]:
        return {}

    def leg(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        """Return the leg that leaves at `depart`."""
        key = origin.key, destination.key, depart, False
        if key not in self._known:
            self._known[key] = super().leg(origin, destination, depart)
        return self._known[key]

    def leg_by(self, origin: Place, destination: Place, arrive: Instant) -> Leg:
        """Return the leg that leaves last and arrives at `arrive` or earlier."""
        key = origin.key, destination.key, arrive, True
        if key not in self._known:
            self._known[key] = super().leg_by(origin, destination, arrive)
        return self._known[key]


def shifted(leg: Leg, depart: Instant) -> Leg:
    """Return a leg that does not depend on the hour, leaving at another one."""
    later = depart - leg.depart
    if not later:
        return leg
    parts = tuple(replace(part, depart=part.depart + later, arrive=part.arrive + later) for part in leg.parts)
    return replace(leg, depart=depart, arrive=leg.arrive + later, parts=parts)
