"""Legs asked for again and again: the same answers, each worked out once.

A walk or a drive is the same at any hour, only shifted; a ride is remembered by its hour.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from planner.memory import Memory
from planner.services.travel.by_mode import ModeTravel

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Leg
    from planner.domain.schedule.timed import Place
    from planner.domain.visits import Mode

REMEMBERED_LEGS = 100_000
"""More than anybody tries in the time there is: the hours of one day between its places."""


class RememberedTravel(ModeTravel):
    """Answers as `ModeTravel` does, for as long as somebody tries plans of one group."""

    @cached_property
    def _memory(self) -> Memory:
        return Memory()

    def _once(self, kind: str, key: Hashable, make: Callable[[], Leg]) -> Leg:
        return self._memory.get(kind, key, make, keep=REMEMBERED_LEGS)

    def _walked(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        make = partial(super()._walked, origin, destination, mode, depart)
        return shifted(self._once("walked", (origin.key, destination.key, mode), make), depart)

    def _driven(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        make = partial(super()._driven, origin, destination, depart)
        return shifted(self._once("driven", (origin.key, destination.key), make), depart)

    def _ridden(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        make = partial(super()._ridden, origin, destination, depart)
        return self._once("ridden", (origin.key, destination.key, depart), make)

    def _ridden_by(self, origin: Place, destination: Place, arrive: Instant) -> Leg:
        make = partial(super()._ridden_by, origin, destination, arrive)
        return self._once("ridden by", (origin.key, destination.key, arrive), make)


def shifted(leg: Leg, depart: Instant) -> Leg:
    """Return a leg that does not depend on the hour, leaving at another one."""
    later = depart - leg.depart
    if not later:
        return leg
    parts = tuple(replace(part, depart=part.depart + later, arrive=part.arrive + later) for part in leg.parts)
    return replace(leg, depart=depart, arrive=leg.arrive + later, parts=parts)
