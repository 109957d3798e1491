"""A visit as CSV that Excel opens right: UTF-8 with its mark, semicolons, decimals as people write them.

Where a day has a version for rain, its rows follow those of the day: their names say so, and so does a last
column, by which a spreadsheet leaves one or the other out.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from babel.numbers import get_decimal_symbol

from planner.domain.clock import TownClock
from planner.outputs.files.content.text import one_line
from planner.outputs.files.content.told import if_it_rains
from planner.words.formats import DayClock, locale_of
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.geo import LonLat
    from planner.outputs.files.content.plan import FileDay, FileEnd, FilePlan, FileStop

BOM = "\ufeff"
_RUNS = re.compile(r"['\s]*[=+\-@＝＋－＠]")
"""What some spreadsheet would run as a formula, behind any blanks or marks."""


def csv_file(plan: FilePlan) -> bytes:
    """Return the file; needs an application context."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    with force_locale(plan.language):
        table = _Table(plan)
        for row in table.rows():
            writer.writerow(row)
    return (BOM + out.getvalue()).encode()


def defused(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    line = one_line(text)
    return f"'{line}" if _RUNS.match(line) else line


def _head() -> tuple[str, ...]:
    return (
        gettext("Date"),
        gettext("Party"),
        gettext("No."),
        gettext("Stop"),
        gettext("From"),
        gettext("To"),
        gettext("Address"),
        gettext("Latitude"),
        gettext("Longitude"),
        gettext("Way here"),
        gettext("Note"),
        gettext("Good to know"),
    )


def _version(day: FileDay) -> str:
    """Which version of a day its rows are; '' of a day that has no other."""
    if day.is_rain:
        return gettext("If it rains") if day.is_only_if else gettext("The version for rain")
    return gettext("The plan without rain") if day.rain else ""


class _Table:
    """The rows of one plan: a head, then start, stops and end of each day, then what the file rests on."""

    def __init__(self, plan: FilePlan) -> None:
        self.plan = plan
        self.point = get_decimal_symbol(locale_of(plan.language))

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows, all of one length."""
        head = [*_head(), *self._guide(gettext("For the guide"))]
        has_rain = any(day.rain or day.is_rain for day in self.plan.days)
        for row in self._all(head):
            yield row if has_rain else row[:-1]

    def _all(self, head: list[str]) -> Iterator[list[str]]:
        """The rows with the column of their version."""
        yield [*head, gettext("In which weather")]
        for day in self.plan.days:
            for one in (day, day.rain) if day.rain else (day,):
                for row in self._day(one):
                    yield [*row, *[""] * (len(head) - len(row)), _version(one)]
        for line in (self.plan.version, *self.plan.rests.lines):
            yield [defused(line), *[""] * len(head)]

    def _guide(self, *cells: str) -> tuple[str, ...]:
        return cells if self.plan.is_guides else ()

    def _day(self, day: FileDay) -> Iterator[list[str]]:
        clock = DayClock(TownClock(self.plan.timezone), day.date)
        for start in day.starts:
            time = clock.departure(start.time).text
            yield self._end(day, start, gettext("Start"), (time, ""))
        for stop in day.stops:
            yield self._stop(day, stop, clock)
        for end in day.ends:
            yield self._end(day, end, gettext("End of the day"), ("", clock.arrival(end.time).text))

    def _stop(self, day: FileDay, stop: FileStop, clock: DayClock) -> list[str]:
        return [
            day.date.isoformat(),
            defused(stop.party),
            str(stop.number),
            defused(if_it_rains(day, stop.name)),
            clock.departure(stop.start).text.replace("\u00a0", " "),
            clock.departure(stop.leave).text.replace("\u00a0", " "),
            defused(stop.address),
            *self._position(stop.at),
            defused(" | ".join(stop.leg.told) if stop.leg else ""),
            defused(stop.note),
            defused(" | ".join((*stop.facts, *stop.doubts))),
            *self._guide(defused(stop.aside)),
        ]

    def _end(self, day: FileDay, end: FileEnd, what: str, times: tuple[str, str]) -> list[str]:
        name = what if end.name == what else f"{what}: {end.name}"
        told = defused(if_it_rains(day, name))
        row = [day.date.isoformat(), defused(end.party), "", told, *times, defused(end.address)]
        return [*row, *self._position(end.at)]

    def _position(self, at: LonLat | None) -> tuple[str, str]:
        if at is None:
            return "", ""
        lat, lon = (f"{one:.6f}".replace(".", self.point) for one in (at[1], at[0]))
        return lat, lon
