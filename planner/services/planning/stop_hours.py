"""The doors of a stop: its own hours, typed for this visit, else those of its site."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from planner.domain.clock import parse_clock_time
from planner.domain.hours.spans import HoursState, Span, check_hours, spans_of, why_closed
from planner.domain.sites import HoursStatus
from planner.domain.warnings.codes import Holiday, ShutAllDay, Warning
from planner.errors import EditRefusedError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planner.domain.itinerary import Itinerary
    from planner.domain.sites import Site
    from planner.domain.visits import Day, Stop
    from planner.services.travel.town import Town


def stop_rule(stop: Stop, sites: Mapping[str, Site]) -> str | None:
    """The rule that a stop's doors follow, "" where nobody knows it; None where it has no doors.

    What was typed for the stop is taken at its word. What is no site, or a public
    open space, has no doors.
    """
    if stop.hours.strip():
        return stop.hours
    return site_rule(sites.get(stop.place.site) if stop.place and stop.place.site else None)


def site_rule(site: Site | None) -> str | None:
    """The rule of a site's doors, "" where nobody knows it; None where there are none."""
    if site is None or (site.hours_status is HoursStatus.NOT_APPLICABLE and not site.opening_hours):
        return None
    return site.opening_hours


def stop_hours(town: Town, day: Day, stop: Stop, sites: Mapping[str, Site]) -> tuple[Span, ...]:
    """The spans in which a stop may be visited.

    Nobody waits at a door until the next morning: what opens after midnight
    counts only where the day or the stop itself names a time past it.
    """
    rule = stop_rule(stop, sites)
    if rule is None:
        return (Span(town.clock.midnight(day.date), None, HoursState.OPEN),)
    spans = spans_of(rule, day.date, town.clock, town.almanac)
    named = (day.start.time, stop.fixed or "", *chain.from_iterable(stop.windows))
    if any(text and parse_clock_time(text)[0] for text in named):
        return spans
    midnight = town.clock.midnight(day.date + timedelta(days=1))
    return tuple(span for span in spans if span.start < midnight)


def hours_faults(day: Day, town: Town) -> list[Fault]:
    """Find every stop whose own hours cannot be read."""
    return [
        Fault(f"/stops/{index}/hours", "bad_hours", problem.message, problem.reason, problem.params)
        for index, stop in enumerate(day.stops)
        for problem in _problems(stop.hours, town.country)
    ]


def _problems(rule: str, country: str) -> Iterator[EditRefusedError]:
    try:
        if rule.strip():
            check_hours(rule, country)
    except EditRefusedError as error:
        yield error


def with_holidays(itinerary: Itinerary, town: Town, day: Day, sites: Mapping[str, Site]) -> Itinerary:
    """The itinerary whose stops that are closed all day say so where it is for holidays."""
    warnings = _explained(itinerary, town, day, sites)
    return replace(itinerary, warnings=tuple(warnings))


def _explained(itinerary: Itinerary, town: Town, day: Day, sites: Mapping[str, Site]) -> Iterable[Warning]:
    starts = {call.stop: call.start for call in itinerary.calls}
    for warning in itinerary.warnings:
        if warning.stop is None or not isinstance(warning, ShutAllDay):
            yield warning
            continue
        rule = stop_rule(day.stops[warning.stop], sites) or ""
        date = town.clock.local(starts[warning.stop]).date()
        reason = why_closed(rule, date, town.clock, town.almanac)
        yield replace(warning, because=Holiday(reason)) if reason else warning
