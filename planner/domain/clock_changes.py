"""Local times that mean no instant, or two: the clock skips them, or shows them twice; and nights left out.

Where a time may be meant of the next day it is told what to write: whoever begins at 23:30 and writes
00:30 means 00:30+1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.domain.clock import DAY_MIN, KEPT_TIMES, ClockTime, clock_minutes, clock_text
from planner.errors import EditRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planner.domain.clock import TownClock
    from planner.domain.visits import Day

NIGHT_S = 12 * 3600
"""A time of the next day is meant where it lies less than this after the day's start."""


@dataclass(frozen=True)
class SkippedTime:
    """The clock never shows a time: it goes from `first` on to `last`."""

    time: str
    first: str
    last: str


@dataclass(frozen=True)
class RepeatedTime:
    """The clock shows a time twice: `first` and `last` are how either is written."""

    time: str
    first: str
    last: str


@dataclass(frozen=True)
class OtherOffset:
    """A time has an offset that the town does not have then: `right` is how it is written."""

    time: str
    right: str


Doubt = SkippedTime | RepeatedTime | OtherOffset


@lru_cache(maxsize=KEPT_TIMES)
def doubt_of(clock: TownClock, day: date, text: str) -> Doubt | None:
    """Return why a local time of a day means no instant, or may mean two; None where it means one."""
    read = ClockTime.read(text)
    found = clock.readings(day, read)
    if not found:
        return SkippedTime(str(read), *_gap(clock, day, read))
    if read.offset in [local.utcoffset() for local in found]:
        return None
    ways = [str(replace(read, offset=local.utcoffset())) for local in found]
    if len(ways) > 1:
        return RepeatedTime(str(replace(read, offset=None)), ways[0], ways[1])
    return None if read.offset is None else OtherOffset(str(read), str(replace(read, offset=None)))


def settled(clock: TownClock, day: date, text: str) -> str:
    """Return a local time of a day in its canonical form, with an offset only where it needs one.

    Raises
    ------
    EditRefusedError
        If the clock skips the time, or shows it twice and it is not told which is meant.
    """
    read = ClockTime.read(text)
    found = clock.readings(day, read)
    alone = str(replace(read, offset=None))
    doubt = doubt_of(clock, day, text if len(found) > 1 else alone)
    if doubt is not None:
        raise refusal(doubt)
    return str(read) if len(found) > 1 else alone


def refusal(doubt: Doubt) -> EditRefusedError:
    """Return the error that says what to write instead."""
    match doubt:
        case SkippedTime(time, first, last):
            msg = f"there is no {time} on that date, it goes from {first} to {last}: write {last} or later"
            return EditRefusedError(Reason.TIME_SKIPPED, msg, value=time, first=first, last=last)
        case RepeatedTime(time, first, last):
            msg = f"the clock shows {time} twice on that date: write {first} (first) or {last} (second)"
            return EditRefusedError(Reason.TIME_TWICE, msg, value=time, first=first, last=last)
        case OtherOffset(time, right):
            msg = f"{time} has an offset from UTC that the town does not have then: write {right}"
            return EditRefusedError(Reason.TIME_OFFSET, msg, value=time, first=right)


def times_of(day: Day) -> Iterator[tuple[str, str]]:
    """Every local time of a day with its JSON pointer."""
    yield "/start/time", day.start.time
    for index, stop in enumerate(day.stops):
        if stop.fixed:
            yield f"/stops/{index}/fixed", stop.fixed
        for number, window in enumerate(stop.windows):
            yield from ((f"/stops/{index}/windows/{number}/{edge}", text) for edge, text in enumerate(window))
    if day.end and day.end.latest:
        yield "/end/latest", day.end.latest
    if day.end and day.end.arrive:
        yield "/end/arrive", day.end.arrive


def next_day(clock: TownClock, day: Day, text: str) -> str:
    """Return how a time is written that comes before the day's start and is meant after midnight; else ''."""
    read = ClockTime.read(text)
    start = clock.instant(day.date, day.start.time)
    if read.later or clock.instant(day.date, text) >= start:
        return ""
    meant = str(replace(read, later=1, offset=None))
    return meant if clock.instant(day.date, meant) - start < NIGHT_S else ""


def _gap(clock: TownClock, day: date, read: ClockTime) -> tuple[str, str]:
    """What the clock shows last before it skips a time, and first after."""
    first, second = clock.around(day, read)
    low, high = int(second.timestamp()), int(first.timestamp())
    before = first.utcoffset() or timedelta()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if clock.local(middle).utcoffset() == before else (low, middle)
    last = clock.face(high)
    skipped_min = ((second.utcoffset() or timedelta()) - before) // timedelta(minutes=1)
    return clock_text((clock_minutes(last) - skipped_min) % DAY_MIN), last
