"""The schedule's `Travel` for every mode, and what is said about a mode's answers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.schedule.reserves import made_with
from planner.domain.visits import Mode
from planner.domain.warnings.codes import CoachUnchecked, SketchData, Warning
from planner.services.travel.best import earliest, latest
from planner.services.travel.by_bus import BusTravel
from planner.services.travel.by_coach import CoachTravel
from planner.services.travel.on_foot import StreetTravel
from planner.services.travel.ride_warnings import outdated_warning

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Leg
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import Place
    from planner.services.travel.town import Town

PLANNED_MODES = (Mode.BEST, Mode.WALK, Mode.BUS, Mode.COACH)
"""What can be planned, as offered to people."""

RIDDEN = frozenset({Mode.BUS, Mode.BEST})
"""Modes that ask the timetable."""


class ModeTravel:
    """Hands each leg to those who know its mode."""

    def __init__(self, town: Town, group: Group, *, stand_ins: bool = False) -> None:
        self._town = town.with_paths(group.hardest_path)
        self._group = group
        self._stand_ins = stand_ins

    @cached_property
    def _on_foot(self) -> StreetTravel:
        return StreetTravel(self._town, self._group)

    @cached_property
    def _by_coach(self) -> CoachTravel:
        return CoachTravel(self._town, self._group)

    @cached_property
    def _by_bus(self) -> BusTravel:
        return BusTravel(self._town, self._group, stand_ins=self._stand_ins)

    def _walked(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        return self._on_foot.leg(origin, destination, mode, depart)

    def _driven(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        return self._by_coach.leg(origin, destination, depart)

    def _ridden(self, origin: Place, destination: Place, depart: Instant) -> Leg:
        return self._by_bus.leg(origin, destination, depart)

    def _ridden_by(self, origin: Place, destination: Place, arrive: Instant) -> Leg:
        return self._by_bus.leg_by(origin, destination, arrive)

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: Instant) -> Leg:
        """Return the leg that leaves at `depart`; never raises for a pair without a way."""
        if mode is Mode.BEST:
            legs = [self.leg(origin, destination, tried, depart) for tried in self.best_of]
            return earliest(legs, self._group.reserves)
        if mode is Mode.BUS:
            return self._bus_or_feet(self._ridden(origin, destination, depart), origin, destination)
        if mode is Mode.COACH:
            return self._driven(origin, destination, depart)
        return self._walked(origin, destination, mode, depart)

    def _bus_or_feet(self, ridden: Leg, origin: Place, destination: Place) -> Leg:
        """A ride that arrives first is no gain where the reserve after it makes up for it."""
        reserves = self._group.reserves
        more_s = reserves.after(ridden) - reserves.walk_s
        if more_s <= 0 or made_with(ridden) is not Mode.BUS:
            return ridden
        walked = self._walked(origin, destination, Mode.BUS, ridden.depart)
        is_known = walked.distance_m is not None
        return walked if is_known and walked.arrive <= ridden.arrive + more_s else ridden

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: Instant) -> Leg:
        """Return the leg that leaves last of those after which the group, reserve kept, is ready."""
        reserves = self._group.reserves
        if mode is Mode.BEST:
            return latest([self.leg_by(origin, destination, tried, ready) for tried in self.best_of])
        if mode is Mode.BUS:
            return self._by_bus_or_feet_by(origin, destination, ready)
        leg = self.leg(origin, destination, mode, ready)
        return self.leg(origin, destination, mode, ready - reserves.after(leg) - leg.duration_s)

    def _by_bus_or_feet_by(self, origin: Place, destination: Place, ready: Instant) -> Leg:
        reserves = self._group.reserves
        ridden = self._ridden_by(origin, destination, ready - reserves.of_mode(Mode.BUS))
        if made_with(ridden) is Mode.BUS and reserves.of_mode(Mode.BUS) == reserves.walk_s:
            return ridden
        by = ready - reserves.walk_s
        walked = self._walked(origin, destination, Mode.BUS, by)
        walked = self._walked(origin, destination, Mode.BUS, by - walked.duration_s)
        if made_with(ridden) is not Mode.BUS:
            return self._ridden(origin, destination, walked.depart) if reserves.walk_s else ridden
        return walked if walked.distance_m is not None and walked.depart > ridden.depart else ridden

    @property
    def best_of(self) -> tuple[Mode, ...]:
        """The modes that the best one is chosen from."""
        return (Mode.WALK, Mode.BUS, Mode.COACH) if self._group.has_coach else (Mode.WALK, Mode.BUS)


def data_warnings(town: Town, modes: Iterable[Mode]) -> tuple[Warning, ...]:
    """Warn of streets that are a sketch, and that they have nothing of what a coach's driver must know."""
    facts = town.facts
    if not facts.is_sketch:
        return ()
    percent = max(1, round(facts.estimated_share * 100))
    sketch = SketchData(estimated_percent=percent)
    return (sketch, CoachUnchecked()) if Mode.COACH in modes else (sketch,)


def timetable_warnings(
    town: Town, asked: Iterable[Mode], day: dt.date, *, stand_ins: bool
) -> Iterator[Warning]:
    """Say which timetables say nothing about a day; the legs say it of those that others stand in for."""
    timetable = town.timetable
    if timetable is None or RIDDEN.isdisjoint(asked):
        return
    for source in timetable.silent(day):
        if not (stand_ins and timetable.nearest_matching_date(day, town.country, source)):
            yield outdated_warning(timetable, source, day)
