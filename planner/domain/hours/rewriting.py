"""What the library cannot read or gets wrong, written as what it reads: date lists, open ends, entries.

All of it works on one group of rules; comments in quotes stay as they are.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

_MONTH, _WEEKDAY = f"(?:{'|'.join(MONTHS)})", f"(?:{'|'.join(WEEKDAYS)})"
_NTH = rf"{_WEEKDAY}\[-?[1-5]\](?:\s*[+-]\s*\d+\s*days?)?"
_END = rf"(?:\d{{4}}\s+)?{_MONTH}\s+(?:{_NTH}|\d{{1,2}}(?!\d|:))"
_RANGE = re.compile(rf"({_END})\s*-\s*({_END})")
_NTH_DATE = re.compile(
    rf"(?:(\d{{4}})\s+)?({_MONTH})\s+({_WEEKDAY})\[(-?[1-5])\](?:\s*([+-])\s*(\d+)\s*days?)?"
)
_MONTH_AT = re.compile(rf"^((?:\d{{4}}\s+)?{_MONTH})\s+\d")
_DATE_ITEM = re.compile(rf"(?:\d{{4}}\s+)?{_MONTH}\b.*|easter.*|\d{{4}}(?:-\d{{4}})?")
_WEEKDAYS_BEHIND = re.compile(
    rf"(.*[^,\s])\s+((?:{_WEEKDAY}(?:-{_WEEKDAY})?|PH|SH)(?:\s*,\s*(?:{_WEEKDAY}(?:-{_WEEKDAY})?|PH|SH))*)"
)
"""Dates, and the weekdays out of all of them: Mar 1-31,Dec Mo-We."""

_DAY_ITEM = re.compile(r"\d{1,2}(?:-\d{1,2})?")
_OPEN_END = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)\s*\+")
_OPEN = re.compile(r"(?<![-:\d])(\d{1,2}):(\d\d)\s*\+")
DAY_MIN = 24 * 60
_EVENING, _NIGHT = 17 * 60, 22 * 60
_EVENING_MIN, _NIGHT_MIN = 10 * 60, 8 * 60
"""How long an open end in the evening or at night is not known, as opening_hours.js has it."""


def with_dates(rule: str, year: int) -> str:
    """A rule whose ranges from a weekday of a month, as Mar Su[-1]-Oct Su[-1], have dates of a year."""

    def dated(match: re.Match[str]) -> str:
        own = int(match[1] or year)
        day = _nth(own, MONTHS.index(match[2]) + 1, WEEKDAYS.index(match[3]), int(match[4]))
        day += timedelta(days=int(f"{match[5]}{match[6]}") if match[6] else 0)
        return f"{match[1]} {MONTHS[day.month - 1]} {day.day}" if match[1] else _month_day(day)

    return _RANGE.sub(lambda match: "-".join(_NTH_DATE.sub(dated, end) for end in match.groups()), rule)


def _month_day(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}"


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The number-th of a weekday in a month, from its end if negative; else the nearest."""
    last = calendar.monthrange(year, month)[1]
    days = [day for day in range(1, last + 1) if date(year, month, day).weekday() == weekday]
    at = number - 1 if number > 0 else number
    return date(year, month, days[max(-len(days), min(at, len(days) - 1))])


def date_parts(days: str) -> list[str]:
    """The days of a rule, cut where dates and other days stand in one list: "Dec 24,25,PH" are three.

    One part where there is nothing to cut: each part can be a rule of its own.
    """
    if behind := _WEEKDAYS_BEHIND.fullmatch(days):
        return [f"{part} {behind[2]}" for part in date_parts(behind[1])]
    items = [item.strip() for item in days.split(",")]
    if len(items) == 1 or not any(_DATE_ITEM.fullmatch(item) for item in items):
        return [days]
    parts: list[str] = []
    month, others = "", list[str]()
    for item in items:
        if _DAY_ITEM.fullmatch(item) and month:
            parts.append(f"{month} {item}")
        elif _DATE_ITEM.fullmatch(item):
            parts.append(item)
            found = _MONTH_AT.match(item)
            month = found[1] if found else ""
        else:
            others.append(item)
    return [*parts, *([",".join(others)] if others else [])]


def without_open_end(times: str) -> str:
    """The times up to an open end."""
    return _OPEN_END.sub(lambda match: match[0].rstrip("+ "), times)


def open_ended(times: str) -> str:
    """The times of a rule from the beginning of those with an open end on; "" where none has one."""
    spans: list[str] = []
    for start_h, start_m, end_h, end_m in _OPEN_END.findall(times):
        start, end = int(start_h) * 60 + int(start_m), int(end_h) * 60 + int(end_m)
        spans.append(f"{_clock(start)}-{_clock(_unknown_until(end if end > start else end + DAY_MIN))}")
    return ",".join(spans)


def has_end_beside(times: str) -> bool:
    """Whether there is an open end without an end, 17:00+, beside other times."""
    return bool(_OPEN.search(times)) and "," in times[times.find(":") :]


def with_ends(times: str) -> str:
    """The times of a rule whose open ends without an end (17:00+) go on for as long as that is not known."""

    def ended(match: re.Match[str]) -> str:
        start = int(match[1]) * 60 + int(match[2])
        return f"{_clock(start)}-{_clock(_unknown_until(start))}"

    return _OPEN.sub(ended, times)


def _unknown_until(open_end: int) -> int:
    """Until which minute it is not known whether one is still let in: midnight, or later for late ones."""
    if open_end >= _NIGHT:
        return open_end + _NIGHT_MIN
    return open_end + _EVENING_MIN if open_end >= _EVENING else DAY_MIN


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
