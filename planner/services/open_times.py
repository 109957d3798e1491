"""When the stops of a day receive visitors on its date, as people say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.clock import DAY_S
from planner.domain.hours import HoursState
from planner.services.plan import timed_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.domain.hours import Span
    from planner.domain.sites import Site
    from planner.domain.visits import Day
    from planner.services.town import Town
    from planner.services.travel import Group

OpenTimes = tuple[tuple[str, str], ...]
"""Local times "HH:MM" from and to; none where a place is closed all day."""


def open_times(town: Town, day: Day, group: Group, sites: Mapping[str, Site]) -> dict[str, OpenTimes]:
    """Return by the stops' ids when each is open on the day's date; those without known doors are left out.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    stops = timed_day(town, day, group, sites).stops
    midnight = town.clock.midnight(day.date)
    return {
        stop.id: tuple(_times(stop.hours, midnight, town))
        for stop in stops
        if all(span.state is not HoursState.UNKNOWN and span.end is not None for span in stop.hours)
    }


def _times(hours: tuple[Span, ...], midnight: int, town: Town) -> Iterator[tuple[str, str]]:
    for span in hours:
        if span.end is not None and span.start - midnight < DAY_S and span.end > midnight:
            yield f"{town.clock.local(span.start):%H:%M}", f"{town.clock.local(span.end):%H:%M}"
