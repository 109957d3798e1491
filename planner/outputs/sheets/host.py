"""The sheet of a host: who comes when, and what is expected; and the poster for the door."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.releases import sites_of_both
from planner.domain.text import in_language
from planner.domain.visits import StopKind
from planner.outputs.board.party_views import parties_of
from planner.outputs.qr import qr_svg
from planner.outputs.sheets import pieces
from planner.outputs.sheets.blocks import Code, Facts, Heading, Line, Lines, Page, Ruled, Title
from planner.outputs.sheets.parts.needs import needs_text
from planner.outputs.sheets.parts.rain import in_rain, rain_at_door, rain_for_host
from planner.outputs.sheets.parts.room import fits
from planner.outputs.sheets.source import AtHost
from planner.outputs.timeline.phrases import contact_of
from planner.words.formats import language_name
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.visits import Stop
    from planner.outputs.sheets.blocks import Block
    from planner.outputs.sheets.source import SheetSource
    from planner.outputs.timeline.rows import StopRow

POSTER_CODE_MM = 60.0
REMARK_LINES = 3


def host_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return the sheet of one site: each party's stay, who leads it, what is expected."""
    blocks: list[Block] = [
        Title(_site_name(source), (Line(source.title, "strong"), Line(source.date, "strong")))
    ]
    blocks += _told(list(_stays(source)))
    if wet := list(_stays_in_rain(source)):
        told = gettext("The group comes at this time only if it rains; the guide tells you on the day.")
        blocks += [Heading(gettext("Only if it rains")), Lines((Line(told, "strong"),)), *_told(wet)]
    blocks.append(Facts(tuple(_here(source))))
    remarks = (Heading(gettext("Remarks")), Ruled(REMARK_LINES))
    code = pieces.code(source, (Line(gettext("The newest version"), "strong"), Line(source.version)))
    if fits((*blocks, *remarks, *code)):  # else there is the back of the sheet
        blocks += remarks
    return (Page((*blocks, *code)),)


def _told(stays: list[tuple[SheetSource, StopRow]]) -> Iterator[Block]:
    """What is told of stays, each below its party or its time where there are several."""
    for one, row in stays:
        if len(stays) > 1:
            yield Heading(gettext("Party %(name)s", name=one.party) if one.way else row.times)
        yield Facts(tuple(_facts(one, row)))
        if row.note:
            yield Lines((Line(row.note, "note"),))


def poster_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return the poster for the door of one site; its code opens the site's own page, if it has one.

    Where the group comes only if it rains the time stands behind these words.
    """
    times, wet = (_times(stays) for stays in (_stays(source), _stays_in_rain(source)))
    site = sites_of_both(source.content).get(source.site)
    lines = [
        Line(site.address if site else "", "soft"),
        Line(source.title, "strong"),
        Line(", ".join(text for text in (source.date, times) if text), "strong"),
        Line(gettext("Only if it rains: %(times)s", times=wet) if wet else "", "strong"),
        *(Line(text, "strong") for text in rain_at_door(source, source.site)),
        Line(in_language(site.summary, source.language) if site else ""),
    ]
    told = tuple(line for line in lines if line.text)
    blocks: list[Block] = [Title(_site_name(source), told, is_poster=True)]
    if address := source.site_address(source.site):
        words = (Line(gettext("About this place"), "strong"), Line(address, "soft"))
        alt = gettext("QR code of the page about this place")
        blocks.append(Code(qr_svg(address), alt, words, POSTER_CODE_MM))
    return (Page(tuple(blocks)),)


def _times(stays: Iterable[tuple[SheetSource, StopRow]]) -> str:
    """When stays are, each time once."""
    return ", ".join(dict.fromkeys(row.times for _, row in stays))


def told_to_host(source: SheetSource, row: StopRow) -> Iterator[str]:
    """Return what the sheet of the host says of a stay: when, how many, in which language."""
    yield row.times
    yield source.timeline.summary.people
    yield _languages(source)


def _stays(source: SheetSource) -> Iterator[tuple[SheetSource, StopRow]]:
    """The stays at the site in their order: of all together, or of each party."""
    together = [(source, row) for row in source.timeline.stops if _is_here(source, row)]
    shared = {row.index for _, row in together}
    parties = parties_of(source.content, source.day) if source.is_of_all else ()
    apart = [
        (one, row)
        for one in (replace(source, party=way.name) for way in parties)
        for row in one.timeline.stops
        if _is_here(one, row) and row.index not in shared
    ]
    yield from sorted((*together, *apart), key=lambda stay: (stay[1].start.iso, stay[0].party))


def _stays_in_rain(source: SheetSource) -> Iterator[tuple[SheetSource, StopRow]]:
    """The stays at the site that there are only when it rains, as the day is then."""
    wet = in_rain(source)
    for one, row in _stays(wet) if wet else ():
        if source.plan.stops[row.index].rain is not None:
            yield one, row


def _is_here(source: SheetSource, row: StopRow) -> bool:
    place = source.plan.stops[row.index].place
    return place is not None and place.site == source.site


def _site_name(source: SheetSource) -> str:
    site = sites_of_both(source.content).get(source.site)
    return in_language(site.name, source.language) if site else source.site


def _facts(source: SheetSource, row: StopRow) -> Iterator[tuple[str, str]]:
    stop = source.plan.stops[row.index]
    yield gettext("When"), f"{row.arrive.text}–{row.leave.text}"
    yield gettext("The stay"), f"{row.times}, {row.dwell}"
    size = source.group.size if source.group else source.visit.group_size
    yield gettext("How many"), ngettext("%(num)s person", "%(num)s people", size)
    yield gettext("Language"), _languages(source)
    needs = source.laid.attendees.of_party(source.party)
    told = needs_text(needs, source.language, has_diets=serves_food(stop))
    steps = gettext("without steps") if source.visit.step_free else ""
    yield gettext("Needs"), "; ".join(text for text in (told, steps) if text) or gettext("none told")
    yield gettext("Who leads"), _leader(source)
    before, after = _neighbours(source, row)
    yield gettext("Coming from"), before
    yield gettext("Going on to"), after
    expected = [gettext("a talk") if stop.talk else gettext("a visit"), row.dwell]
    yield gettext("What is expected"), ", ".join(expected)
    yield from rain_for_host(source, stop.id)


def serves_food(stop: Stop) -> bool:
    """Whether the group eats there: its diets are nobody else's business."""
    return stop.kind is StopKind.MEAL or stop.booking is not None


def _here(source: SheetSource) -> Iterator[tuple[str, str]]:
    """What the host may correct: the door, and who receives."""
    site = sites_of_both(source.content).get(source.site)
    laid = source.laid.hosts.get(source.site, AtHost())
    address = site.address if site else ""
    yield gettext("Door"), ", ".join(text for text in (address, laid.door) if text)
    host = site.host if site else None
    usual = " ".join(text for text in (host.name, host.phone) if text) if host else ""
    yield gettext("Who receives"), laid.receives or usual
    if laid.expects:
        yield gettext("What the host expects"), laid.expects


def _languages(source: SheetSource) -> str:
    parties = (source.group,) if source.group else source.visit.parties if source.is_of_all else ()
    codes = dict.fromkeys(party.language for party in parties if party.language) or source.visit.languages
    named = ", ".join(language_name(code, source.language) for code in codes)
    interpreted = gettext("interpreted")  # outside the f-string, where older readers of messages find it
    return f"{named}, {interpreted}" if source.visit.interpreter > 1 else named


def _leader(source: SheetSource) -> str:
    person = contact_of(source.visit.coordinator)
    parties = (source.group,) if source.group else source.visit.parties if source.is_of_all else ()
    told = [*(party.guide for party in parties), f"{person.name} {person.phone}".strip()]
    return ", ".join(text for text in told if text)


def _neighbours(source: SheetSource, row: StopRow) -> tuple[str, str]:
    """Where the group comes from and where it goes on to."""
    stops = source.timeline.stops
    at = stops.index(row)
    before = stops[at - 1].name if at else source.timeline.meeting_point
    if at + 1 < len(stops):
        return before, f"{stops[at + 1].name}, {stops[at + 1].start.text}"
    end = source.timeline.rows[-1]
    name = end.name if end.kind == "end" else ""
    return before, name or gettext("End of the day")
