"""One day of a group, resolved once: what a plan, an order, parties and remedies all ask about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.edits.stops import with_day
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.schedule.timed import Place, TimedDay, TimedStop
from planner.domain.schedule.walking import gather_s
from planner.domain.sites import Site
from planner.domain.visits import Day, scale_number
from planner.services.planning.places import day_refs, place_faults, refuse, resolve
from planner.services.planning.stop_hours import hours_faults, stop_hours
from planner.services.travel.by_mode import ModeTravel
from planner.services.travel.tables import DayTables
from planner.services.travel.town import Town

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.visits import Stop, Visit


def group_of(visit: Visit) -> Group:
    """The group of a visit."""
    return Group(
        size=visit.group_size,
        pace_kmh=visit.pace_kmh,
        step_free=visit.step_free,
        hardest_path=scale_number(visit.hardest_path),
        coach=visit.coach,
        has_coach=visit.has_coach,
        reserves=Reserves.of(visit.buffers),
        interpreter=visit.interpreter,
        interpreters=visit.interpreters,
        assumed_leg_s=visit.assumed_leg_min * 60,
    )


@dataclass(frozen=True, eq=False)
class Case:
    """A day of a group in a town, with the sites it names.

    `regroup` tells the group of another day in its place, where that depends on the day: a visit whose
    last leg by coach is gone has no coach any more.
    """

    town: Town
    day: Day
    group: Group
    sites: Mapping[str, Site]
    regroup: Callable[[Day], Group] | None = None

    @classmethod
    def of_visit(cls, town: Town, visit: Visit, index: int, sites: Mapping[str, Site]) -> Case:
        """Return the case of one day of a visit, counted from 0."""

        def regroup(day: Day) -> Group:
            return group_of(with_day(visit, index, day))

        return cls(town, visit.days[index], group_of(visit), sites, regroup)

    @cached_property
    def timed(self) -> TimedDay:
        """The day with its places resolved and its times as instants.

        Raises
        ------
        InvalidInputError
            For unknown sites, positions outside the network, unreadable times.
        """
        return timed_day(self.town, self.day, self.group, self.sites)

    @cached_property
    def released(self) -> TimedDay:
        """The day of a release: it was planned once, and counts also where its town is not in force now."""
        return _timed_day(self.town, self.day, self.group, self.sites)

    @cached_property
    def streets(self) -> Town:
        """The town as it is on this day, without what is not open all the day, with the paths asked for."""
        return self.town.on(self.day.date).with_paths(self.group.hardest_path)

    @cached_property
    def travel(self) -> ModeTravel:
        """What answers the legs of the group on this day."""
        return self.travel_of(self.group)

    @cached_property
    def tables(self) -> DayTables:
        """What moves between the places of the day take, each place once: the start, the stops', the end."""
        timed = self.timed
        places = (timed.start_place, *(stop.place for stop in timed.stops), timed.end_place)
        by_key = {place.key: place for place in places if place is not None}
        stand_ins = self.day.stand_in_timetable
        return DayTables(self.streets, self.group, tuple(by_key.values()), stand_ins=stand_ins)

    def travel_of(self, group: Group) -> ModeTravel:
        """What answers the legs of a part of the group on this day."""
        return ModeTravel(self.streets, group, stand_ins=self.day.stand_in_timetable)

    def with_day(self, day: Day) -> Case:
        """Return the case of another day in the place of this one; this one where nothing is other."""
        if day == self.day:
            return self
        group = self.group if self.regroup is None else self.regroup(day)
        return replace(self, day=day, group=group)


def timed_day(town: Town, day: Day, group: Group, sites: Mapping[str, Site]) -> TimedDay:
    """Return a day with its places resolved and its times as instants.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    refuse([*place_faults(day_refs(day), sites, town), *hours_faults(day, town)])
    return _timed_day(town, day, group, sites)


def _timed_day(town: Town, day: Day, group: Group, sites: Mapping[str, Site]) -> TimedDay:
    end = day.end
    limits = [text for text in ((end.latest, end.arrive) if end else ()) if text]
    return TimedDay(
        start_place=resolve(day.start.place, sites),
        start=town.clock.instant(day.date, day.start.time),
        gather_s=gather_s(group.size),
        stops=tuple(_timed_stop(town, day, stop, group, sites) for stop in day.stops),
        end_place=resolve(end.place, sites) if end and end.place else None,
        end_limit=min((town.clock.instant(day.date, text) for text in limits), default=None),
        end_mode=(end.mode_to if end else None) or day.mode,
        ready_by=town.clock.instant(day.date, end.arrive) if end and end.arrive else None,
        reserves=group.reserves,
    )


def _timed_stop(town: Town, day: Day, stop: Stop, group: Group, sites: Mapping[str, Site]) -> TimedStop:
    def at(text: str) -> Instant:
        return town.clock.instant(day.date, text)

    place = _place(stop, sites)
    least = stop.dwell_min if stop.min_dwell_min is None else min(stop.min_dwell_min, stop.dwell_min)
    return TimedStop(
        id=stop.id,
        place=place,
        dwell_s=dwell_s(stop, stop.dwell_min, group.interpreter),
        hours=stop_hours(town, day, stop, sites),
        mode=stop.mode_to or day.mode,
        windows=tuple((at(opens), at(closes)) for opens, closes in stop.windows),
        fixed=at(stop.fixed) if stop.fixed else None,
        buffer_s=stop.buffer_min * 60,
        after=stop.after,
        min_dwell_s=dwell_s(stop, least, group.interpreter),
        locked=stop.locked,
    )


def _place(stop: Stop, sites: Mapping[str, Site]) -> Place | None:
    """Where a stop is; how many people it holds is what the stop itself says, else the catalogue."""
    if stop.place is None or not stop.place.is_somewhere:
        return None
    place = resolve(stop.place, sites)
    if place.site is None or stop.capacity is None:
        return place
    return replace(place, site=replace(place.site, capacity=stop.capacity))


def dwell_s(stop: Stop, minutes: int, interpreter: float) -> int:
    """Seconds of a stay of so many minutes; a talk takes longer through an interpreter, in whole minutes."""
    return ceil(round(minutes * interpreter, 6)) * 60 if stop.talk else minutes * 60
