"""Blocks that several sheets share: where one meets, the timetable, names on the map, whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.warnings.audience import Audience
from planner.outputs.board.party_views import look_of, parties_of
from planner.outputs.look import PARTY_INKS
from planner.outputs.maps.paper.legend import halt_sample, line_sample
from planner.outputs.maps.paper.route import DASHES
from planner.outputs.maps.visit import lines_drawn
from planner.outputs.qr import qr_svg
from planner.outputs.sheets.blocks import (
    Box,
    Code,
    Facts,
    Key,
    Legend,
    LegendRow,
    Line,
    Lines,
    Table,
    TimeRow,
    Times,
)
from planner.outputs.sheets.parts.fog import in_fog
from planner.outputs.sheets.parts.late import latest_text
from planner.outputs.sheets.parts.ways import ride_rows, way_lines
from planner.outputs.timeline.phrases import contact_of
from planner.words.around.booked import booked_rows
from planner.words.around.comfort import not_known_text
from planner.words.around.rests import rest_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.look import PartyLook
    from planner.outputs.sheets.source import SheetSource
    from planner.outputs.timeline.rows import Row, SplitRow, StopRow

SOON_MIN = 15
"""Less to spare than this is told."""


def meeting(source: SheetSource) -> Facts:
    """Return where and when one meets, whom to call, and what of the visit is to follow."""
    day = source.timeline
    where = day.meeting_point
    if day.meeting_address and day.meeting_address not in where:
        where = f"{where} ({day.meeting_address})"
    rows = [(gettext("Meeting point"), f"{day.meeting_time.text}, {where}")]
    rows += booked_rows(source.read.visit.days[source.day], source.language)
    person = day.coordinator
    if person.name or person.phone:
        rows.append((gettext("Coordinator"), f"{person.name} {person.phone}".strip()))
    if source.group and source.group.guide:
        rows.append((gettext("Guide"), source.group.guide))
    if day.imprint.to_follow:
        rows.append((gettext("To follow"), day.imprint.to_follow))
    return Facts(tuple(rows))


def the_day(source: SheetSource) -> tuple[tuple[str, str], ...]:
    """Return the day in numbers, and how many people go."""
    sums = source.timeline.summary
    told = [
        f"{sums.start}–{sums.finish}",
        sums.stops,
        gettext("%(distance)s on foot", distance=sums.walking),
        gettext("%(distance)s by coach", distance=sums.driving) if sums.driving else "",
        sums.riding,
        sums.dark,
    ]
    return (
        (gettext("Group"), sums.people),
        (gettext("The day"), ", ".join(text for text in told if text)),
    )


def along(source: SheetSource) -> tuple[tuple[str, str], ...]:
    """Return the longest way without a seat, and of which comforts the map knows nothing."""
    told = (source.timeline.summary.unseated, not_known_text(source.content.network))
    text = "; ".join(filter(None, told))
    return ((gettext("Along the way"), text),) if text else ()


def day_notices(source: SheetSource) -> tuple[Lines, ...]:
    """Return what is to be known of the whole day, and by who leads also what holds in fog and of rests."""
    loud = [Line(notice.text, "warn") for notice in source.timeline.notices if notice.tone != "note"]
    if source.audience is not Audience.PARTICIPANT:
        loud += in_fog(source)
        loud += [Line(rest, "warn") for rest in (_rest(source),) if rest]
    return (Lines(tuple(loud)),) if loud else ()


def _rest(source: SheetSource) -> str:
    """Where those who need a rest find no seat, as far as their needs are laid on the sheet."""
    ways = parties_of(source.own, source.day) if source.is_of_all else ()
    itineraries = [way.itinerary for way in ways] or [source.itinerary]
    attendees = source.laid.attendees.of_party(source.party)
    return rest_text(
        [(source.plan, one) for one in itineraries], source.content.network, attendees, source.words
    )


@dataclass(frozen=True)
class TimesForm:
    """How much a timetable tells: the short one has no ways; remarks and notes for the guide need room."""

    is_short: bool = False
    has_remarks: bool = False
    has_asides: bool = False


def times(source: SheetSource, form: TimesForm = TimesForm()) -> Times:
    """Return the timetable."""
    head = (gettext("Time"), gettext("Stop"), "" if form.is_short else gettext("Way to the next"))
    return Times(head, tuple(_rows(source, form)))


def _rows(source: SheetSource, form: TimesForm) -> Iterator[TimeRow]:
    rows = source.timeline.rows
    for index, row in enumerate(rows):
        if row.kind == "leg":
            continue
        after = rows[index + 1] if index + 1 < len(rows) else None
        leg = after if after is not None and after.kind == "leg" else None
        way = way_lines(leg, has_remarks=form.has_remarks) if leg and not form.is_short else ()
        if source.audience is not Audience.PARTICIPANT and row.kind == "stop":
            latest = latest_text(source, row.index)
            way = (*way, Line(latest, "strong")) if latest else way
        yield _row(source, row, way, form)
        if leg:
            yield from ride_rows(leg, is_short=form.is_short)


def _row(source: SheetSource, row: Row, way: tuple[Line, ...], form: TimesForm) -> TimeRow:
    if row.kind == "stop":
        lines = _short_lines(row) if form.is_short else tuple(_stop_lines(source, row, form))
        return TimeRow(row.start.text, row.leave.text, str(row.number), row.name, lines, way)
    if row.kind == "split":
        return TimeRow(row.time.text, "", "", gettext("In parties"), _party_lines(row), way)
    if row.kind == "leg":
        raise TypeError(row)
    what = gettext("Start") if row.kind == "start" else gettext("End of the day")
    said = " · ".join(text for text in (what if row.name else "", row.address) if text)
    lines = (Line(said, "soft"),) if said else ()
    if row.kind == "end":
        lines += tuple(Line(notice.text, "warn") for notice in row.notices)
    return TimeRow(row.time.text, "", "", row.name or what, lines, way)


def _short_lines(row: StopRow) -> tuple[Line, ...]:
    return (Line(row.address, "soft"),) if row.address and row.address != row.name else ()


def _stop_lines(source: SheetSource, row: StopRow, form: TimesForm) -> Iterator[Line]:
    if row.facts:
        yield Line(row.facts, "soft")
    wait = f"{row.arrive.text} {row.wait}" if row.wait else ""
    host = host_of(source, row) if source.audience is not Audience.PARTICIPANT else ""
    received = gettext("Host: %(host)s", host=host) if host else ""
    if said := " · ".join(text for text in (wait, received) if text):
        yield Line(said)
    if row.booked:
        yield Line(row.booked)
    if row.note:
        yield Line(row.note, "note")
    yield from (Line(notice.text, "warn") for notice in row.alerts)
    if source.audience is Audience.PARTICIPANT:
        return
    if form.has_asides and row.aside:
        yield Line(gettext("For the guide: %(note)s", note=row.aside), "note")
    if form.has_remarks:
        if row.slack and row.slack_min is not None and row.slack_min <= SOON_MIN:
            yield Line(row.slack, "soft")
        yield from (Line(notice.text, "soft") for notice in row.remarks)


def host_of(source: SheetSource, row: StopRow) -> str:
    """Return who receives the group at a stop, with the telephone; '' where nobody is known."""
    site = source.words.site(source.plan.stops[row.index].place)
    host = site.host if site else None
    return " ".join(text for text in (host.name, host.phone) if text) if host else ""


def _party_lines(row: SplitRow) -> tuple[Line, ...]:
    told = []
    for party in row.parties:
        name = f"{party.name} ({party.by})" if party.by else party.name
        stops = ", ".join(f"{time} {stop} ({number})" for time, number, stop in party.stops)
        told.append(Line(f"{name}: {stops}"))
    return tuple(told)


def legend(source: SheetSource) -> Legend:
    """Return the names beside the numbers of the map."""
    if source.is_of_all and source.board:
        return Legend(tuple(LegendRow(str(site.number), "", site.name) for site in source.board.sites))
    return Legend(
        tuple(LegendRow(str(row.number), row.start.text, row.name) for row in source.timeline.stops)
    )


def map_alt(source: SheetSource) -> str:
    """Return what the map shows, for who cannot see it."""
    names = ", ".join(f"{row.number} {row.name}" for row in legend(source).rows)
    return gettext("Map of the visit: %(stops)s", stops=names)


def credit(source: SheetSource) -> Lines:
    """Return what the map and the times rest on."""
    said = source.timeline.imprint
    licence = gettext("Open Database License (ODbL)")
    told = [said.credit, said.credit_url, licence, said.data_date]
    text = f"{gettext('Map data:')} {', '.join(part for part in told if part)}."
    if said.sketch:
        text = f"{text} {said.sketch}"
    for service in said.services:
        text = f"{text} {gettext('Timetable:')} {service}"
    return Lines((Line(text, "soft"),))


def hosts(source: SheetSource) -> Table | None:
    """Return who receives the group where, with telephones; None where no host is known."""
    rows = tuple(
        (row.start.text, f"{row.number}. {row.name}", host)
        for row in source.timeline.stops
        if (host := host_of(source, row))
    )
    head = (gettext("Time"), gettext("Stop"), gettext("Host"))
    return Table(head, rows, (1.2, 4, 5)) if rows else None


def key(source: SheetSource) -> tuple[Key, ...]:
    """Return what the lines of the map mean, where there is more than one kind."""
    chart = source.chart
    if chart is None:
        return ()
    rows = [(str(line_sample(mode)), words) for mode, words in lines_drawn(chart)]
    if source.is_of_all and source.board:
        rows = [(party_sample(look_of(nth)), lane.name) for nth, lane in enumerate(source.board.lanes)]
    if len(rows) > 1 and chart.halts:
        rows.append((str(halt_sample()), gettext("Get on or off here")))
    return (Key(tuple((_drawn(svg), words) for svg, words in rows)),) if len(rows) > 1 else ()


def party_sample(look: PartyLook) -> str:
    """Draw a piece of a party's line."""
    dash = f' stroke-dasharray="{DASHES[look]}"' if DASHES.get(look) else ""
    line = f'<path d="M0 1.2H14" stroke="{PARTY_INKS[look]}" stroke-width="1.1"{dash}/>'
    return f'<svg width="14mm" height="2.4mm" viewBox="0 0 14 2.4" aria-hidden="true">{line}</svg>'


def _drawn(svg: str) -> str:
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def emergency(source: SheetSource, code: Code | None = None) -> tuple[Box, ...]:
    """Return the emergency box; a code in it says what it opens."""
    lines = [Line(gettext("Say where you are: town, street, the name of the stop."))]
    person = contact_of(source.visit.coordinator)
    if person.phone:
        told = gettext("Then call the coordinator: %(name)s", name=f"{person.name} {person.phone}".strip())
        lines.append(Line(told))
    if code:
        lines += [Line(""), *code.lines]
    return (Box(gettext("In an emergency: 112"), tuple(lines), code),)


def code(source: SheetSource, lines: tuple[Line, ...]) -> tuple[Code, ...]:
    """Return the participants' link as a QR code; nothing where there is no link."""
    if not source.address:
        return ()
    return (Code(qr_svg(source.address), gettext("QR code of the participants’ page"), lines),)
