"""A leg asked for by itself: ways and gates with hours are taken as they are at its own time.

A walk asks at the minute it comes to a door, and may wait there. A ride or a drive uses what is open all the
while it lasts; where it comes sooner that way, the group waits at the start until something opens.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.clock import minute_from
from planner.domain.itinerary import LegPart, PartKind
from planner.domain.visits import Mode
from planner.domain.warnings.codes import GateWait
from planner.services.travel.by_bus import BusTravel
from planner.services.travel.by_coach import CoachTravel
from planner.services.travel.by_mode import ModeTravel
from planner.services.travel.on_foot import HourlyTravel

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Leg
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import Place
    from planner.services.travel.town import Town

SPAN_TRIES = 4
"""A ride or drive is first looked for over what is open when it leaves, then for as long as it takes."""

LONGEST_WAIT_S = 3 * 3600
MOST_WAITS = 4
"""So long is waited at the start at most until something opens, and so many openings are tried."""


class SingleTravel(ModeTravel):
    """Answers one leg of a day."""

    def __init__(self, town: Town, day: dt.date, group: Group, *, stand_ins: bool = False) -> None:
        super().__init__(town.on(day), group, stand_ins=stand_ins)
        self._planned = ModeTravel(town.on(day), group, stand_ins=stand_ins)
        self._any_hour = town.with_paths(group.hardest_path)
        self._by_hour = HourlyTravel(self._any_hour, group)

    def _walked(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        if mode is Mode.WALK:
            return self._by_hour.leg(origin, destination, mode, depart)
        return super()._walked(origin, destination, mode, depart)

    def _driven(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        return self._at_its_time(origin, destination, Mode.COACH, depart)

    def _ridden(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        return self._at_its_time(origin, destination, Mode.BUS, depart)

    def _ridden_by(self, origin: Place, destination: Place, arrive: Instant) -> Leg:
        """The ride by what is open until it arrives, where it leaves no sooner than one by all-day ways."""
        planned = super()._ridden_by(origin, destination, arrive)
        town = self._any_hour.open_over(planned.depart, arrive)
        leg = BusTravel(town, self._group, stand_ins=self._stand_ins).leg_by(origin, destination, arrive)
        return leg if leg.depart >= planned.depart and leg.distance_m is not None else planned

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: Instant) -> Leg:
        """Return the leg that leaves last of those that are in time; one that a gate makes late is none."""
        leg = super().leg_by(origin, destination, mode, ready)
        if mode in {Mode.WALK, Mode.COACH} and leg.arrive + self._group.reserves.after(leg) > ready:
            return self._planned.leg_by(origin, destination, mode, ready)
        return leg

    def _at_its_time(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """The ride or drive that arrives first, of those that leave now or when something opens."""
        best = self._from(origin, destination, mode, depart)
        for start in self._openings(depart):
            if best.distance_m is not None and start >= best.arrive:
                break
            later = self._from(origin, destination, mode, start)
            if later.distance_m is not None and (best.distance_m is None or later.arrive < best.arrive):
                best = self._waited(later, depart)
        return best

    def _from(self, origin: Place, destination: Place, mode: Mode, start: Instant) -> Leg:
        """The leg that leaves at an instant, over what is open for as long as it takes."""
        town = self._any_hour.open_over(start, start + 1)
        for _ in range(SPAN_TRIES):
            leg = self._over(town, origin, destination, mode, start)
            longer = self._any_hour.open_over(start, max(start + 1, leg.arrive))
            if longer is town:
                return leg
            town = longer
        return self._over(self._town, origin, destination, mode, start)

    def _over(self, town: Town, origin: Place, destination: Place, mode: Mode, start: Instant) -> Leg:
        if mode is Mode.COACH:
            return CoachTravel(town, self._group).leg(origin, destination, start)
        return BusTravel(town, self._group, stand_ins=self._stand_ins).leg(origin, destination, start)

    def _openings(self, depart: Instant) -> Iterator[Instant]:
        """When something opens soon after an instant."""
        opens = self._any_hour.opens_between(depart, depart + LONGEST_WAIT_S)
        yield from opens[:MOST_WAITS]

    def _waited(self, leg: Leg, depart: Instant) -> Leg:
        """A leg with the wait before it."""
        seconds = leg.depart - depart
        wait = LegPart(PartKind.WAIT, 0.0, seconds, depart, leg.depart)
        told = GateWait(by_s=seconds, opens=self._town.clock.face(minute_from(leg.depart)))
        return replace(
            leg,
            depart=depart,
            duration_s=leg.arrive - depart,
            parts=(wait, *leg.parts),
            warnings=(told, *leg.warnings),
        )
