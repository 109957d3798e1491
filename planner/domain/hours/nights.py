"""What goes on past midnight: told from what the new day has of its own.

The library drops the rest of a night where a rule of its own speaks of the new
day ("Fr 20:00-02:00; Sa 10:00-12:00"), and keeps the rest of a night that never
was ("20:00-02:00; PH off", the morning after the holiday).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.domain.hours.holidays import DAY, in_weekdays, on_day
from planner.domain.hours.syntax import parse_hours, rules_of, times_at
from planner.errors import EditRefusedError

if TYPE_CHECKING:
    from planner.domain.hours.holidays import World

_OFF = re.compile(r"\b(?:off|closed)\b")
_CUT = re.compile(r"\d:\d\d.*\b(?:off|closed)\b")
"""A rule that closes for some hours only, and leaves the rest of the day as it is."""


def last_night(group: str, world: World) -> list[str]:
    """The rules that held on the day before the world's, each for that day alone.

    A later rule that speaks of a day has it to itself, unless it adds to those before it.
    """
    yesterday = world.day - DAY
    held: list[str] = []
    for before, rule in rules_of(group):
        if _CUT.search(rule) or not _speaks_of(rule, world, yesterday):
            continue
        held = [*held, rule] if before == "," else [rule]
    return [on_day(rule, yesterday, world) for rule in held]


def cuts_of(group: str, world: World) -> list[str]:
    """The rules that close for some hours of the world's day or of the night before, as if they opened."""
    return [
        on_day(_OFF.sub("open", rule), day, world)
        for _, rule in rules_of(group)
        if _CUT.search(rule)
        for day in (world.day - DAY, world.day)
        if _speaks_of(rule, world, day)
    ]


def _speaks_of(rule: str, world: World, day: date) -> bool:
    """Whether the days of a rule are that one of the world's two, whatever its times."""
    days = rule[: times_at(rule)].strip()
    if not days:
        return True
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - local time
    try:
        return bool(parse_hours(f"{in_weekdays(days, world)} 00:00-24:00", world.country).is_open(noon))
    except EditRefusedError:
        return False
