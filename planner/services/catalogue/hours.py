"""When a site would receive visitors in the days to come, as its opening hours say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.domain.hours.spans import HoursState, is_public_holiday, spans_of, why_closed

if TYPE_CHECKING:
    from planner.domain.clock import TownClock
    from planner.domain.hours.spans import Almanac

WEEK = 7


@dataclass(frozen=True)
class Opening:
    """A stretch of a day, local times; `until` is "24:00" where it goes on past midnight.

    `entries` are the times at which one is let in, where it is not all the time.
    """

    opens: str
    until: str
    state: HoursState
    comment: str = ""
    doubt: str = ""
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayOpenings:
    """What a day offers; no openings: closed, `because` of holidays where it is for them."""

    day: date
    openings: tuple[Opening, ...]
    is_holiday: bool
    because: str = ""


def week_of(rule: str, first: date, clock: TownClock, almanac: Almanac) -> tuple[DayOpenings, ...]:
    """Seven days of a rule.

    Raises
    ------
    EditRefusedError
        If the rule cannot be read.
    """
    days = (first + timedelta(days=number) for number in range(WEEK))
    return tuple(day_of(rule, day, clock, almanac) for day in days)


def day_of(rule: str, day: date, clock: TownClock, almanac: Almanac) -> DayOpenings:
    """One day of a rule.

    Raises
    ------
    EditRefusedError
        If the rule cannot be read.
    """
    midnight = clock.midnight(day)
    end_of_day = clock.midnight(day + timedelta(days=1))
    openings = []
    for span in spans_of(rule, day, clock, almanac):
        if span.start >= end_of_day:
            continue
        until = "24:00"
        if span.end is not None and span.end < end_of_day:
            until = clock.face(span.end)
        opens = clock.face(max(span.start, midnight))
        entries = tuple(clock.face(entry) for entry in span.entries if midnight <= entry < end_of_day)
        openings.append(Opening(opens, until, span.state, span.comment, span.doubt, entries))
    because = "" if openings else why_closed(rule, day, clock, almanac)
    return DayOpenings(day, tuple(openings), is_public_holiday(day, almanac.country), because)
