"""Reads the table of bus lines: calls with ride minutes, and departures by groups of weekdays."""

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from .facts import rows

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CALL = re.compile(r"(?P<name>.+) \[(?P<ref>\w+)\] \+(?P<minute>\d+)")
GROUP = re.compile(
    r"(?P<from>[A-Z][a-z]{2})(-(?P<to>[A-Z][a-z]{2}))? (?P<count>\d+)x "
    r"(?P<first>\d\d:\d\d)-(?P<last>\d\d:\d\d)( about every (?P<usual>\d+) min)?"
)


@dataclass(frozen=True)
class Call:
    """A stop post with the minutes from the first one."""

    name: str
    ref: str
    minute: int


@dataclass(frozen=True)
class Departures:
    """Departures from the first stop on weekdays (0 is Monday): minutes from midnight.

    `usual` is the headway that is seen most, in minutes; None where there is one departure.
    """

    days: tuple[int, ...]
    count: int
    first: int
    last: int
    usual: int | None


@dataclass(frozen=True)
class Course:
    """One row of the table: a line's way through the commune in one direction."""

    line: str
    calls: tuple[Call, ...]
    departures: tuple[Departures, ...]


def courses(folder: Path) -> tuple[Course, ...]:
    """All rows of the table in their order."""
    return tuple(
        Course(
            line=row["line"],
            calls=tuple(map(call, row["stops_inside_gmina_with_minutes_from_first"].split(" > "))),
            departures=merged(map(departures, row["departures_from_first_stop"].split("; "))),
        )
        for row in rows(folder, "bus_lines.csv")
    )


def call(text: str) -> Call:
    """One stop from `name [ref] +minute`."""
    found = matched(CALL, text)
    return Call(found["name"], found["ref"], int(found["minute"]))


def departures(text: str) -> Departures:
    """One group from `Mon-Wed 18x 04:52-21:57 about every 60 min`."""
    found = matched(GROUP, text)
    start = DAYS.index(found["from"])
    end = DAYS.index(found["to"] or found["from"])
    return Departures(
        days=tuple(range(start, end + 1)),
        count=int(found["count"]),
        first=minutes(found["first"]),
        last=minutes(found["last"]),
        usual=int(found["usual"]) if found["usual"] else None,
    )


def merged(groups: "map[Departures]") -> tuple[Departures, ...]:
    """Neighbouring groups with the same departures as one: the table tells Mon-Wed, Thu and Fri apart."""
    found = []
    for service, same in groupby(groups, lambda one: (one.count, one.first, one.last, one.usual)):
        found.append(Departures(tuple(day for one in same for day in one.days), *service))
    return tuple(found)


def minutes(clock: str) -> int:
    """Minutes from midnight of `HH:MM`, which may pass 24:00."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def matched(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    """The parts of a text in the table's own form."""
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"unreadable in the table of bus lines: {text!r}")
    return found.groupdict()
