"""The day on one page, for a wall or a coordinator: all parties beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.sheets import pieces
from planner.outputs.sheets.blocks import Facts, Line, Page, Table, Title
from planner.outputs.sheets.parts.rain import rain_brief, rain_elsewhere, rain_lines, rain_table
from planner.outputs.sheets.parts.room import ACROSS, fits
from planner.outputs.sheets.parts.ways import goal
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.outputs.board.rows import Lane, PartyBoard
    from planner.outputs.sheets.blocks import Block
    from planner.outputs.sheets.source import SheetSource


def grid_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return one page across: a column for each party, else the day with its ways."""
    table = _parties(source, source.board) if source.is_of_all and source.board else _alone(source)
    title = Title(source.title, (Line(f"{source.when} · {source.version}", "strong"),))
    people = tuple(row for row in pieces.meeting(source).rows if row[1])
    page: tuple[Block, ...] = (title, Facts(people), table)
    return (Page((*page, *_rain(source, page)), "wide"),)


def _rain(source: SheetSource, page: tuple[Block, ...]) -> tuple[Block, ...]:
    """What differs when it rains: the most for which the page, which is the only one, has room."""
    for blocks in (rain_table(source), rain_lines(source), rain_brief(source)):
        if fits((*page, *blocks), ACROSS):
            return blocks
    return rain_elsewhere(source)


def _parties(source: SheetSource, board: PartyBoard) -> Table:
    moments = sorted({stay.start for lane in board.lanes for stay in lane.stays})
    rows = [
        (source.clock.departure(moment).text, *(_stay(lane, moment) for lane in board.lanes))
        for moment in moments
    ]
    end = (gettext("End"), *(lane.finish.text for lane in board.lanes))
    heads = (
        gettext("Time"),
        *(" · ".join(text for text in (lane.name, lane.people, lane.by) if text) for lane in board.lanes),
    )
    return Table(heads, (*rows, end), (1.1, *(5.0 for _ in board.lanes)))


def _stay(lane: Lane, moment: Instant) -> str:
    stay = next((stay for stay in lane.stays if stay.start == moment), None)
    if stay is None:
        return ""
    return f"{stay.number}. {stay.name}, {stay.times}"


def _alone(source: SheetSource) -> Table:
    ways = {goal(source.timeline.rows, leg): leg for leg in source.timeline.legs}
    rows = []
    for row in source.timeline.stops:
        leg = ways.get((str(row.number), row.name))
        way = f"{leg.mode_name} {leg.minutes}" if leg else ""
        rows.append((row.times, f"{row.number}. {row.name}", way, pieces.host_of(source, row)))
    last = source.timeline.rows[-1]
    if last.kind == "end":
        rows.append((last.time.text, last.name or gettext("End of the day"), "", ""))
    head = (gettext("Time"), gettext("Stop"), gettext("Way there"), gettext("Host"))
    return Table(head, tuple(rows), (1.6, 5, 2.6, 4))
