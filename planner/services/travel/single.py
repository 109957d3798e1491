"""A leg asked for by itself: on foot, ways and gates with hours are taken at the minute they are come to.

Rides and drives, and the walks beside them, keep to what is open all the day, as plans do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.visits import Mode
from planner.services.travel.by_mode import ModeTravel
from planner.services.travel.on_foot import HourlyTravel

if TYPE_CHECKING:
    import datetime as dt

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Leg
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import Place
    from planner.services.travel.town import Town


class SingleTravel(ModeTravel):
    """Answers one leg of a day."""

    def __init__(self, town: Town, day: dt.date, group: Group, *, stand_ins: bool = False) -> None:
        super().__init__(town.on(day), group, stand_ins=stand_ins)
        self._planned = ModeTravel(town.on(day), group, stand_ins=stand_ins)
        self._by_hour = HourlyTravel(town, group)

    def _walked(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        if mode is Mode.WALK:
            return self._by_hour.leg(origin, destination, mode, depart)
        return super()._walked(origin, destination, mode, depart)

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: Instant) -> Leg:
        """Return the leg that leaves last of those that are in time; one that a gate makes late is none."""
        leg = super().leg_by(origin, destination, mode, ready)
        if mode is Mode.WALK and leg.arrive + self._group.reserves.after(leg) > ready:
            return self._planned.leg_by(origin, destination, mode, ready)
        return leg
