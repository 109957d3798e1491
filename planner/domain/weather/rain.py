"""The rain version of a visit: the same stops, those outdoors somewhere else; and whether it is in force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.domain.live.events import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.domain.live.events import LiveEvent
    from planner.domain.releases import ReleaseContent
    from planner.domain.sites import Site
    from planner.domain.visits import Day, Stop, Visit


NO_RAIN: dict[str, Any] = dict.fromkeys(("rain", "rain_fixed", "rain_dwell_min", "rain_capacity"))
"""The fields of a stop that has no other place for rain."""


def has_rain_plan(day: Day) -> bool:
    """Whether a stop of the day has another place for rain."""
    return any(stop.rain is not None for stop in day.stops)


def rain_visit(visit: Visit) -> Visit | None:
    """Return the visit as it is gone through when it rains; None where no stop has another place.

    Stops keep their ids, so that what is said on the day holds for both versions, and so do parties' ways.
    """
    if not any(map(has_rain_plan, visit.days)):
        return None
    return replace(visit, days=tuple(map(rain_day, visit.days)))


def rain_day(day: Day) -> Day:
    """Return a day as it is gone through when it rains."""
    return replace(day, stops=tuple(map(in_rain, day.stops)))


def in_rain(stop: Stop) -> Stop:
    """Return a stop as it is when it rains.

    Hours of its own and how many it admits are those of the place that it is not at; a time and minutes that
    are not told of the other place stay.
    """
    if stop.rain is None:
        return stop
    return replace(
        stop,
        place=stop.rain,
        hours="",
        fixed=stop.rain_fixed or stop.fixed,
        dwell_min=stop.dwell_min if stop.rain_dwell_min is None else stop.rain_dwell_min,
        capacity=stop.rain_capacity,
        **NO_RAIN,
    )


def left_outdoors(day: Day, sites: Mapping[str, Site]) -> tuple[int, ...]:
    """Return the stops (from 0) that are at a site outdoors also when it rains."""
    return tuple(
        number
        for number, stop in enumerate(day.stops)
        if stop.rain is None and stop.place and (site := sites.get(stop.place.site or "")) and site.outdoor
    )


def is_rain_version(standing: Iterable[LiveEvent]) -> bool:
    """Whether the rain version is in force after standing events, in their order: the last word counts."""
    said = [event.kind for event in standing if event.kind in {EventKind.RAIN, EventKind.DRY}]
    return bool(said) and said[-1] is EventKind.RAIN


def version_in_force(content: ReleaseContent, day: int, standing: Iterable[LiveEvent]) -> ReleaseContent:
    """Return the release, or its rain version where that is in force on a day (from 0)."""
    if content.rain is None or not has_rain_plan(content.visit.days[day]):
        return content
    return content.rain if is_rain_version(standing) else content
