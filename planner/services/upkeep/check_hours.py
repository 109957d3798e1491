"""What opening hours need to know of the calendar, and whether somebody has said it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.domain.hours.holidays import speaks_of
from planner.domain.hours.spans import knows_country
from planner.services.upkeep.settings import SCHOOL_SETTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.visits import Visit
    from planner.services.travel.town import Town

SOON = dt.timedelta(days=60)
"""Visits are planned some weeks ahead: so long before its end a calendar is worth renewing."""

MOST_NAMED = 8


def hours_findings(
    town: Town, today: dt.date, sites: Iterable[tuple[str, str]], visits: Iterable[tuple[str, Visit]]
) -> Iterator[str]:
    """Say what is missing. Sites come as (id, rule), visits with what to call them."""
    rules = [*sites, *_own_rules(visits, today)]
    on_public = [name for name, rule in rules if speaks_of(rule, "PH")]
    if on_public and not knows_country(town.country):
        yield (
            f"hours: the public holidays of {town.country} are not known, so no day is taken for one: "
            f"{_named(on_public)}"
        )
    on_school = [name for name, rule in rules if speaks_of(rule, "SH")]
    if not on_school:
        return
    told = f"the hours of {_named(on_school)} depend on school holidays"
    last = town.school.last_day
    if last is None:
        yield f"hours: {told}, and no school calendar is set, so they are unknown: set {SCHOOL_SETTING}"
    elif last < today:
        yield f"hours: {told}, and the school calendar ended on {last}: set {SCHOOL_SETTING} anew"
    elif last < today + SOON:
        yield f"hours: {told}, and the school calendar ends on {last}: add the next holidays"


def _own_rules(visits: Iterable[tuple[str, Visit]], today: dt.date) -> Iterator[tuple[str, str]]:
    """The hours typed for single stops of days that are still to come."""
    for name, visit in visits:
        for day in visit.days:
            if day.date >= today:
                yield from ((f"{name}, stop {stop.id}", stop.hours) for stop in day.stops)


def _named(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
