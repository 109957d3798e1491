"""Public and school holidays in a rule, put in terms of weekdays for one day's evaluation.

The library takes no school calendar, and reads "SH Mo-Fr" (the weekdays in the
holidays) as "SH,Mo-Fr" (all holidays and all weekdays). What is open on a day
hangs only on that day and, past midnight, on the one before, and these two are
different weekdays: so for one evaluation "SH" can be written as the weekdays,
out of these two, on which it is true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from opening_hours import OpeningHours, UnknownCountryError

from planner.domain.geo import LonLat
from planner.domain.hours.school import NO_SCHOOL_CALENDAR, SchoolCalendar
from planner.domain.hours.syntax import ALWAYS, QUOTED, in_each_rule, parse_hours, times_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DAY = timedelta(days=1)
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NEVER = "SH"
"""The library knows no school holidays: for it this day never comes."""

_OFFSET = r"(?:\s*[+-]\s*\d+\s*days?)"
_HOLIDAY = rf"(?:PH|SH)\b{_OFFSET}?"
_WEEKDAY = rf"(?i:mo|tu|we|th|fr|sa|su)\b(?:-(?i:mo|tu|we|th|fr|sa|su)\b|\[[^\]]*\]{_OFFSET}?)?"
_DAYS = rf"(?:{_HOLIDAY}|{_WEEKDAY})(?:\s*,\s*(?:{_HOLIDAY}|{_WEEKDAY}))*"
_SELECTOR = re.compile(rf"\b({_DAYS})(?:\s+({_DAYS}))?")
_ITEM = re.compile(rf"{_HOLIDAY}|{_WEEKDAY}")
_HOLIDAY_PARTS = re.compile(r"(PH|SH)(?:\s*([+-])\s*(\d+))?")

Holidays = Mapping[tuple[str, date], bool]
"""Whether a day is a holiday, by ("PH" or "SH", day)."""


@dataclass(frozen=True)
class Almanac:
    """What the days of a town are: public and school holidays, and, by its position, when the sun is up."""

    country: str
    school: SchoolCalendar = NO_SCHOOL_CALENDAR
    at: LonLat | None = None


def is_public_holiday(day: date, country: str) -> bool:
    """Whether the day is a public holiday of the country (ISO 3166 code); False for unknown countries."""
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - the library takes local time
    return bool(parse_hours("PH 00:00-24:00", country).is_open(noon))


@lru_cache(maxsize=64)
def knows_country(country: str) -> bool:
    """Whether the public holidays of a country are known."""
    try:
        OpeningHours("PH off", country=country)
    except UnknownCountryError:
        return False
    return True


def speaks_of(rule: str, kind: str) -> bool:
    """Whether a rule names the holidays of a kind, "PH" or "SH"."""
    return bool(re.search(rf"\b{kind}\b", QUOTED.sub("", rule)))


@dataclass(frozen=True)
class World:
    """How the two days that matter may be: `school` says which of them fall into the school holidays."""

    day: date
    country: str
    school: tuple[bool, bool] = (False, False)
    no_public: bool = False
    """Whether the day is taken as no public holiday: to learn what hangs on it."""

    def is_holiday(self, kind: str, day: date, offset: int) -> bool:
        """Whether a day is, or lies `offset` days after, a holiday of a kind."""
        if kind == "SH":
            return self.school[(self.day - day).days]
        if self.no_public and day == self.day:
            return False
        return is_public_holiday(day - offset * DAY, self.country)


def worlds(rule: str, day: date, almanac: Almanac) -> Iterator[World]:
    """Every way the two days may be, as far as the school calendar leaves it open."""
    world = World(day, almanac.country)
    if not speaks_of(rule, "SH"):
        yield world
        return
    known = [almanac.school.is_holiday(either) for either in (day, day - DAY)]
    for flags in product(*((False, True) if flag is None else (flag,) for flag in known)):
        yield replace(world, school=(flags[0], flags[1]))


def in_weekdays(group: str, world: World) -> str:
    """A group of rules with its holidays written as weekdays, right for the world's day only."""

    def work(rule: str) -> str:
        match = _SELECTOR.search(rule)
        if not match or not _HOLIDAY_PARTS.search(match[0]):
            return rule
        return rule[: match.start()] + _days_text(_days(match, world)) + rule[match.end() :]

    return in_each_rule(group, work)


def on_day(group: str, day: date, world: World) -> str:
    """A group of rules as if there were no other days than one of the world's two."""

    def work(rule: str) -> str:
        match = _SELECTOR.search(rule)
        text = _days_text(_days(match, world) & {day} if match else {day})
        if match:
            return rule[: match.start()] + text + rule[match.end() :]
        at = times_at(rule)
        rest = rule[at:].removeprefix(ALWAYS).strip()
        return f"{rule[:at].rstrip()} {text} {rest}".rstrip()

    return in_each_rule(group, work)


def _days(match: re.Match[str], world: World) -> set[date]:
    """The days, of the world's day and the one before, for which a rule's days hold."""
    lists = [_ITEM.findall(days) for days in match.groups() if days]
    both = (world.day, world.day - DAY)
    return {day for day in both if all(any(_holds(item, day, world) for item in items) for items in lists)}


def _days_text(days: Iterable[date]) -> str:
    return ",".join(WEEKDAYS[day.weekday()] for day in sorted(days)) or NEVER


def _holds(item: str, day: date, world: World) -> bool:
    parts = _HOLIDAY_PARTS.match(item)
    if parts:
        offset = int(f"{parts[2]}{parts[3]}") if parts[3] else 0
        return world.is_holiday(parts[1], day, offset)
    return _is_weekday(item, day)


@lru_cache(maxsize=2048)
def _is_weekday(item: str, day: date) -> bool:
    """Whether a weekday selector like "Mo-Fr" or "Mo[1]" holds on a day: the library knows."""
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - the library takes local time
    return bool(parse_hours(f"{item} 00:00-24:00", "").is_open(noon))
