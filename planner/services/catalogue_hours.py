"""When a site would receive visitors in the days to come, as its opening hours say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.domain.hours import HoursState, is_public_holiday, spans_of

if TYPE_CHECKING:
    from planner.domain.clock import TownClock

WEEK = 7


@dataclass(frozen=True)
class Opening:
    """A stretch of a day, local times; `until` is "24:00" where it goes on past midnight."""

    opens: str
    until: str
    state: HoursState


@dataclass(frozen=True)
class DayOpenings:
    """What a day offers; no openings: closed."""

    day: date
    openings: tuple[Opening, ...]
    is_holiday: bool


def week_of(rule: str, first: date, clock: TownClock, country: str) -> tuple[DayOpenings, ...]:
    """Seven days of a rule.

    Raises
    ------
    ValueError
        If the rule cannot be read.
    """
    days = (first + timedelta(days=number) for number in range(WEEK))
    return tuple(_day(rule, day, clock, country) for day in days)


def _day(rule: str, day: date, clock: TownClock, country: str) -> DayOpenings:
    midnight = clock.midnight(day)
    end_of_day = clock.midnight(day + timedelta(days=1))
    openings = []
    for span in spans_of(rule, day, clock, country):
        if span.start >= end_of_day:
            continue
        until = "24:00"
        if span.end is not None and span.end < end_of_day:
            until = f"{clock.local(span.end):%H:%M}"
        openings.append(Opening(f"{clock.local(max(span.start, midnight)):%H:%M}", until, span.state))
    return DayOpenings(day, tuple(openings), is_public_holiday(day, country))
