"""Planning one day: places, hours and streets brought together into an itinerary."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.itinerary import Warning, WarningCode
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.schedule.schedule import schedule
from planner.domain.schedule.site_doubts import site_warnings
from planner.domain.schedule.timed import Place, TimedDay, TimedStop
from planner.domain.schedule.walking import gather_s
from planner.services.planning.places import day_refs, place_faults, refuse, resolve
from planner.services.planning.stop_hours import hours_faults, stop_hours, with_holidays
from planner.services.travel.by_mode import ModeTravel, data_warnings, timetable_warnings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Itinerary
    from planner.domain.sites import Site
    from planner.domain.visits import Day, Stop, Visit
    from planner.services.travel.town import Town


def group_of(visit: Visit) -> Group:
    """The group of a visit."""
    return Group(
        size=visit.group_size,
        pace_kmh=visit.pace_kmh,
        step_free=visit.step_free,
        coach=visit.coach,
        has_coach=visit.has_coach,
        reserves=Reserves.of(visit.buffers),
        interpreter=visit.interpreter,
    )


def plan_day(town: Town, day: Day, group: Group, sites: Mapping[str, Site]) -> Itinerary:
    """Compute the itinerary of a day in the order given.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    timed = timed_day(town, day, group, sites)
    travel = ModeTravel(town, group, stand_ins=day.stand_in_timetable)
    itinerary = with_holidays(schedule(timed, travel, town.clock), town, day, sites)
    extra = day_warnings(town, day, timed, group, itinerary)
    return replace(itinerary, warnings=(*itinerary.warnings, *extra))


def day_warnings(
    town: Town, day: Day, timed: TimedDay, group: Group, itinerary: Itinerary
) -> tuple[Warning, ...]:
    """What is known to be uncertain about a day, apart from its times."""
    modes = {leg.mode for leg in itinerary.legs if leg.duration_s}
    return (
        *_known_doubts(timed, group),
        *_crowds(day, group),
        *data_warnings(town, modes),
        *timetable_warnings(town, day.modes, day.date, stand_ins=day.stand_in_timetable),
    )


def timed_day(town: Town, day: Day, group: Group, sites: Mapping[str, Site]) -> TimedDay:
    """Return a day with its places resolved and its times as instants.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    refuse([*place_faults(day_refs(day), sites, town), *hours_faults(day, town)])
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


def _known_doubts(day: TimedDay, group: Group) -> Iterator[Warning]:
    for index, stop in enumerate(day.stops):
        if stop.place and stop.place.site:
            for warning in site_warnings(stop.place.site, group_size=group.size, step_free=group.step_free):
                yield replace(warning, stop=index)


def _crowds(day: Day, group: Group) -> Iterator[Warning]:
    """What a stop that is no site holds is known from the stop alone."""
    for index, stop in enumerate(day.stops):
        is_site = stop.place is not None and stop.place.site is not None
        if not is_site and stop.capacity is not None and group.size > stop.capacity:
            params = {"capacity": stop.capacity, "group": group.size}
            yield Warning(WarningCode.OVER_CAPACITY, stop=index, params=params)
