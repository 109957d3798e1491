"""The rain version on paper: what is other than in the timetable, in a table or in a few lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.warnings.audience import Audience
from planner.domain.weather.rain import has_rain_plan
from planner.outputs.board.rain import rain_days
from planner.outputs.sheets import pieces
from planner.outputs.sheets.blocks import Heading, Line, Lines, Table
from planner.outputs.timeline.weather.rain import rain_day
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.sheets.blocks import Block
    from planner.outputs.sheets.source import SheetSource
    from planner.outputs.timeline.rows import LegRow
    from planner.outputs.timeline.weather.rain import RainDay, RainRow


def in_rain(source: SheetSource) -> SheetSource | None:
    """Return the day of a sheet as it is when it rains; None where it has no version for rain."""
    wet = source.content.rain
    return replace(source, content=wet) if wet and has_rain_plan(source.plan) else None


def rain_table(source: SheetSource) -> tuple[Block, ...]:
    """Return a table of what is other when it rains, a table for each party that is meant; or nothing."""
    wet = in_rain(source)
    return () if wet is None else tuple(_tables(source, wet))


def rain_lines(source: SheetSource) -> tuple[Block, ...]:
    """Return the same in a line for each stop that is somewhere else, and when the day is over then."""
    wet = in_rain(source)
    if wet is None:
        return ()
    lines: list[Line] = []
    for told in _days(source, wet):
        if told.party:
            lines.append(Line(gettext("Party %(name)s", name=told.party), "strong"))
        lines += [Line(f"{row.times} {_name(row)}", "strong") for row in told.rows if row.was]
        if told.before:
            lines.append(Line(gettext("The day then: %(times)s", times=told.times)))
    return Heading(gettext("If it rains")), Lines(tuple(lines))


def rain_brief(source: SheetSource) -> tuple[Block, ...]:
    """Return the stops that are somewhere else in a line each, with the parties of whom it holds."""
    wet = in_rain(source)
    told: dict[str, list[str]] = {}
    for one in _days(source, wet) if wet else ():
        for row in one.rows:
            if row.was:
                told.setdefault(f"{row.times} {_name(row)}", []).append(one.party)
    lines = []
    for text, names in told.items():
        whose = ", ".join(gettext("Party %(name)s", name=name) for name in names if name)
        what = " · ".join(part for part in (text, whose) if part)
        lines.append(Line(gettext("If it rains: %(what)s", what=what), "strong"))
    return (Lines(tuple(lines)),) if lines else ()


def rain_elsewhere(source: SheetSource) -> tuple[Block, ...]:
    """Return where the rain version is told, for a sheet that has no room for it."""
    told = gettext("If it rains: see the phone page.")
    return (Lines((Line(told, "strong"),)),) if in_rain(source) else ()


def rain_for_host(source: SheetSource, stop: str) -> tuple[tuple[str, str], ...]:
    """Return for the host of a stop, by its id, what rain changes: the time, or that nobody comes."""
    wet = in_rain(source)
    before, now = (
        next((row for row in one.timeline.stops if row.id == stop), None) if one else None
        for one in (source, wet)
    )
    if wet is None or before is None or now is None:
        return ()
    if source.plan.stops[before.index].rain is not None:
        told = gettext("the group does not come: it goes to %(name)s", name=now.name)
    else:
        told = now.times if now.times != before.times else gettext("the same")
    return ((gettext("If it rains"), told),)


def rain_at_door(source: SheetSource, site: str) -> tuple[str, ...]:
    """Return for the door of a site when the group comes there in the rain, or where it is instead."""
    wet = in_rain(source)
    if wet is None:
        return ()
    here = {stop.id for stop in source.plan.stops if stop.place and stop.place.site == site}
    told: dict[str, None] = {}
    for row in (row for day in _days(source, wet) for row in day.rows if row.number and row.id in here):
        if row.was:
            where = ", ".join(text for text in (row.name, row.address) if text)
            told[gettext("If it rains: %(times)s at %(place)s", times=row.times, place=where)] = None
        elif row.before:
            told[gettext("If it rains: %(what)s", what=row.times)] = None
    return tuple(told)


def other_ways(source: SheetSource, wet: SheetSource) -> list[LegRow]:
    """Return the ways that are other when it rains, as the day of the sheet `wet` has them."""
    known = {tuple(leg.directions) for leg in source.timeline.legs}
    return [leg for leg in wet.timeline.legs if leg.directions and tuple(leg.directions) not in known]


def _days(source: SheetSource, wet: SheetSource) -> tuple[RainDay, ...]:
    if source.is_of_all:
        return rain_days(source.read, wet.read, source.day, source.language)
    return (rain_day(source.timeline, wet.timeline),)


def _tables(source: SheetSource, wet: SheetSource) -> Iterator[Block]:
    hosts: dict[str, str] = {}
    if source.audience is not Audience.PARTICIPANT:
        hosts = {row.id: pieces.host_of(wet, row) for row in wet.timeline.stops}
    for told in _days(source, wet):
        name = gettext("Party %(name)s", name=told.party) if told.party else ""
        asides = (name, told.times, gettext("the guide says whether this is in force"))
        yield Heading(gettext("If it rains"), aside=" · ".join(text for text in asides if text))
        rows = tuple((row.times, _told(row, hosts.get(row.id, "")), row.way) for row in told.others)
        if rows:
            yield Table((gettext("Time"), gettext("Stop"), gettext("Way there")), rows, (1.8, 6, 2.8))


def _told(row: RainRow, host: str) -> str:
    """A stop in the table; of one at another place also where that is, and who receives there."""
    told = [_name(row)]
    if row.was:
        told += [row.address, gettext("Host: %(host)s", host=host) if host else ""]
        told += [one.text for one in row.warnings]
    return "\n".join(text for text in told if text)


def _name(row: RainRow) -> str:
    name = f"{row.number}. {row.name}" if row.number else row.name
    return f"{name} ({gettext('instead of: %(name)s', name=row.was)})" if row.was else name
