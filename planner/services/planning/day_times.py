"""The local times of a day held against the town's clock: what is refused, and what a plan says of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.clock import canonical_time
from planner.domain.clock_changes import (
    OtherOffset,
    RepeatedTime,
    SkippedTime,
    doubt_of,
    next_day,
    refusal,
    times_of,
)
from planner.domain.warnings.codes import ClockChange, Late, LateFor, Warning
from planner.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import TownClock
    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Day


def time_faults(day: Day, clock: TownClock) -> list[Fault]:
    """Find every time that the clock does not show. One that it shows twice is read as the earlier."""
    found = ((pointer, doubt_of(clock, day.date, text)) for pointer, text in times_of(day))
    refused = [(at, refusal(doubt)) for at, doubt in found if isinstance(doubt, SkippedTime | OtherOffset)]
    return [Fault(pointer, why.code, why.message, why.reason, why.params) for pointer, why in refused]


def clock_warnings(day: Day, clock: TownClock) -> Iterator[Warning]:
    """What a plan takes times for that the clock skips or shows twice, each once for its stop."""
    for pointer, text in times_of(day):
        _, room, number, *_ = (*pointer.split("/"), "", "")
        stop = int(number) if room == "stops" else None
        match doubt_of(clock, day.date, text):
            case RepeatedTime(time, first, last):
                yield ClockChange(stop=stop, time=time, meant=first, other=last)
            case SkippedTime(time):
                meant = clock.face(clock.instant(day.date, text))
                yield ClockChange(stop=stop, time=time, meant=meant)


def with_next_day(itinerary: Itinerary, day: Day, clock: TownClock) -> Itinerary:
    """Return the itinerary that tells what to write where a limit lies before the day's start."""
    told = (_hinted(one, day, clock) if isinstance(one, Late) else one for one in itinerary.warnings)
    return replace(itinerary, warnings=tuple(told))


def _hinted(warning: Late, day: Day, clock: TownClock) -> Late:
    meant = [found for text in _limits(warning, day) if (found := next_day(clock, day, text))]
    if not meant:
        return warning
    return replace(warning, next_day=meant[-1], start=canonical_time(day.start.time)[:5])


def _limits(warning: Late, day: Day) -> Iterator[str]:
    """The times, as they are written, that a warning says the group comes after."""
    stop = None if warning.stop is None else day.stops[warning.stop]
    if warning.kind is LateFor.FINISH and day.end is not None:
        yield from (text for text in (day.end.latest, day.end.arrive) if text)
    elif stop is not None and warning.kind is LateFor.FIXED and stop.fixed:
        yield stop.fixed
    elif stop is not None and warning.kind is LateFor.WINDOW:
        yield from (closes for _, closes in stop.windows)
