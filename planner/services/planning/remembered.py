"""Days that a worker has planned before and need not plan again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from planner.services.planning.comfort import with_comforts
from planner.services.planning.plan import plan_day
from planner.services.travel.day_memory import PlannedDay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Party
    from planner.services.planning.case import Case


def remembered_plan(case: Case) -> Itinerary:
    """Return what `plan_day` does, with what eases the day, planned once while all it rests on stays."""
    return remembered_day(case, (), lambda: PlannedDay(with_comforts(case, plan_day(case)))).itinerary


def remembered_day(case: Case, parties: tuple[Party, ...], plan: Callable[[], PlannedDay]) -> PlannedDay:
    """Return a planned day with the parties it is split into, from memory if it was planned before."""
    return case.town.planned_days.get(mark_of(case, parties), plan)


def mark_of(case: Case, parties: tuple[Party, ...] = ()) -> str:
    """A mark that changes with whatever the plan of a day rests on: day, group, parties, its sites' rows.

    Streets, timetables, the calendar of schools and all else of the town have no part in it: another
    town has another memory.
    """
    sites = [(site, case.sites.get(site)) for site in sorted(set(_named(case)))]
    rests_on = (case.day, case.group, parties, sites)
    return hashlib.sha256(repr(rests_on).encode()).hexdigest()


def _named(case: Case) -> Iterator[str]:
    """The ids of all sites that the day names."""
    day = case.day
    places = (day.start.place, *(stop.place for stop in day.stops), day.end.place if day.end else None)
    return (place.site for place in places if place is not None and place.site is not None)
