"""The guide's road book: cover, timetable with what to do when late, maps, ways to tick off, stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.text import in_language
from planner.domain.visits import StopKind
from planner.outputs.sheets import pieces
from planner.outputs.sheets.blocks import Counts, Facts, Heading, Line, Lines, Page, Ruled, Title
from planner.outputs.sheets.host import told_to_host
from planner.outputs.sheets.map_page import map_pages
from planner.outputs.sheets.parts.rain import in_rain, other_ways, rain_table
from planner.outputs.sheets.parts.told import otherwise_text, told_text
from planner.outputs.sheets.parts.ways import ticked
from planner.outputs.sheets.pieces import TimesForm
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.sheets.blocks import Block
    from planner.outputs.sheets.source import SheetSource
    from planner.outputs.timeline.rows import StopRow
    from planner.services.paper.telling import Telling

LINES_AT_A_STOP = 2


def road_book(source: SheetSource) -> tuple[Page, ...]:
    """Return the road book of one day; without the ways of parties where all of them are meant."""
    pages = [
        Page(tuple(_cover(source))),
        Page((Heading(gettext("Timetable")), pieces.times(source, TimesForm(has_remarks=True)))),
    ]
    pages += map_pages(source)
    ways = [block for leg in source.timeline.legs if leg.parts for block in ticked(source, leg)]
    if ways:
        pages.append(Page((Heading(gettext("Directions")), *ways)))
    pages += _rain(source)
    stops = tuple(block for row in source.timeline.stops for block in _stop(source, row))
    if stops:
        pages.append(Page((Heading(gettext("At the stops")), *stops)))
    pages.append(Page((Heading(gettext("Remarks")), Ruled(0))))
    return tuple(pages)


def _rain(source: SheetSource) -> Iterator[Page]:
    """The day as it is when it rains: what is other, all its times, the ways that are other, its map."""
    wet = in_rain(source)
    if wet is None:
        return
    times = pieces.times(wet, TimesForm(has_remarks=True))
    ways = [block for leg in other_ways(source, wet) for block in ticked(wet, leg)]
    told = tuple(_told_in_rain(source, wet))
    whole = Heading(gettext("The whole day when it rains"))
    yield Page((*rain_table(source), *((Lines(told),) if told else ()), whole, times, *ways))
    yield from map_pages(wet, is_rain=True)


def _told_in_rain(source: SheetSource, wet: SheetSource) -> Iterator[Line]:
    """What those hosts were told to whom the group comes only when it rains."""
    for row in wet.timeline.stops:
        place = source.plan.stops[row.index].rain
        telling = source.told.get((place.site, source.plan.date)) if place and place.site else None
        if telling is not None:
            yield Line(row.name, "strong")
            yield from _as_told(source, telling)


def _cover(source: SheetSource) -> Iterator[Block]:
    yield Title(source.title, (Line(source.when, "strong"), Line(gettext("Road book of the guide"))))
    yield Facts((*pieces.meeting(source).rows, *pieces.the_day(source), *pieces.along(source)))
    yield from pieces.day_notices(source)
    if hosts := pieces.hosts(source):
        yield hosts
    yield from pieces.emergency(source)
    yield Heading(gettext("Head count"))
    yield Counts((gettext("Before setting out"), gettext("Half way"), gettext("At the end")))
    newest = Line(gettext("The newest version: the participants’ page"), "strong")
    yield from pieces.code(source, (newest, Line(source.timeline.imprint.release)))


def _stop(source: SheetSource, row: StopRow) -> Iterator[Block]:
    stop = source.plan.stops[row.index]
    site = source.words.site(stop.place)
    yield Heading(row.name, str(row.number), f"{row.times} · {row.facts}")
    lines = [Line(text) for text in (row.summary, row.description) if text]
    if site and (notes := in_language(site.notes, source.language)):
        lines.append(Line(notes, "note"))
    if row.booked:
        lines.append(Line(row.booked))
    if row.note:
        lines.append(Line(row.note, "note"))
    if host := pieces.host_of(source, row):
        lines.append(Line(gettext("Host: %(host)s", host=host), "strong"))
    if stop.kind is StopKind.SITE:
        lines += _told(source, row)
    if lines:
        yield Lines(tuple(lines), is_kept=True)
    yield Ruled(LINES_AT_A_STOP)


def _told(source: SheetSource, row: StopRow) -> Iterator[Line]:
    """What the host's sheet says, or what the host was told of it, and whether that still holds."""
    place = source.plan.stops[row.index].place
    telling = source.told.get((place.site, source.plan.date)) if place and place.site else None
    if telling is None:
        facts = " · ".join(told_to_host(source, row))
        yield Line(gettext("On the host’s sheet: %(facts)s", facts=facts), "soft")
        return
    yield from _as_told(source, telling)


def _as_told(source: SheetSource, telling: Telling) -> Iterator[Line]:
    yield Line(told_text(source.content, telling, source.language), "soft")
    if otherwise := otherwise_text(source.content, source.day, telling):
        yield Line(otherwise, "warn")
