"""Planning one day: places, hours and streets brought together into an itinerary."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.limits import MOST_PARTIES
from planner.domain.schedule.column import with_darkness
from planner.domain.schedule.driving import driving_warnings
from planner.domain.schedule.interpreting import interpreter_warnings
from planner.domain.schedule.schedule import schedule
from planner.domain.schedule.site_doubts import site_warnings
from planner.domain.schedule.timed import TimedDay
from planner.domain.warnings.codes import OverCapacity, Warning
from planner.domain.weather.daylight import daylight
from planner.services.planning.day_times import clock_warnings, with_next_day
from planner.services.planning.meals import meal_warnings
from planner.services.planning.stop_hours import with_holidays
from planner.services.travel.by_mode import data_warnings, timetable_warnings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.itinerary import Itinerary
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import TimedDay, Travel
    from planner.domain.visits import Day
    from planner.services.planning.case import Case


def plan_day(case: Case, travel: Travel | None = None) -> Itinerary:
    """Compute the itinerary of a day in the order given; `travel` answers in place of the case's own.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    town, day = case.town, case.day
    itinerary = schedule(case.timed, travel or case.travel, town.clock)
    itinerary = with_next_day(with_holidays(itinerary, town, day, case.sites), day, town.clock)
    itinerary = with_darkness(itinerary, lambda: daylight(day, case.sites))
    return replace(itinerary, warnings=(*itinerary.warnings, *_day_warnings(case, itinerary)))


def _day_warnings(case: Case, itinerary: Itinerary) -> tuple[Warning, ...]:
    """What is known to be uncertain about a day, apart from its times."""
    town, day = case.town, case.day
    modes = {leg.mode for leg in itinerary.legs if leg.duration_s}
    return (
        *_known_doubts(case.timed, case.group),
        *_crowds(day, case.group),
        *driving_warnings(itinerary),
        *interpreter_warnings(day, itinerary, case.group),
        *meal_warnings(case, range(len(day.stops))),
        *clock_warnings(day, town.clock),
        *data_warnings(town, modes),
        *timetable_warnings(town, day.modes, day.date, stand_ins=day.stand_in_timetable),
    )


def _known_doubts(day: TimedDay, group: Group) -> Iterator[Warning]:
    for index, stop in enumerate(day.stops):
        if stop.place and stop.place.site:
            for warning in site_warnings(
                stop.place.site,
                group_size=group.size,
                step_free=group.step_free,
                assumed_leg_s=group.assumed_leg_s,
            ):
                yield _with_cure(replace(warning, stop=index))


def _crowds(day: Day, group: Group) -> Iterator[Warning]:
    """What a stop that is no site holds is known from the stop alone."""
    for index, stop in enumerate(day.stops):
        is_site = stop.place is not None and stop.place.site is not None
        if not is_site and stop.capacity is not None and group.size > stop.capacity:
            yield _with_cure(OverCapacity(stop=index, capacity=stop.capacity, group=group.size))


def _with_cure(warning: Warning) -> Warning:
    """Say of a group that is too many in how many parties it is not, where a page lets it be split so."""
    if not isinstance(warning, OverCapacity) or not (warning.capacity and warning.group):
        return warning
    parties = ceil(warning.group / warning.capacity)
    return replace(warning, parties=parties) if parties <= MOST_PARTIES else warning
