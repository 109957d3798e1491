"""One sheet of A4, both sides: the day in front, the map behind it; and the same to be folded to A5."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.warnings.audience import Audience
from planner.outputs.sheets import pieces
from planner.outputs.sheets.blocks import Facts, Heading, Line, Lines, Page, Ruled, Title, Turn
from planner.outputs.sheets.map_page import SHORTEST_MM, map_blocks, picture
from planner.outputs.sheets.parts.rain import rain_elsewhere, rain_lines, rain_table
from planner.outputs.sheets.parts.room import PAGE, fits, height
from planner.outputs.sheets.parts.ways import way_blocks, worth_telling
from planner.outputs.sheets.pieces import TimesForm
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.outputs.sheets.blocks import Block, Code
    from planner.outputs.sheets.source import SheetSource
    from planner.outputs.timeline.rows import LegRow

HALF_MM = (124.0, 112.0)
"""A map on the half of a folded page."""

MAP_HEAD_MM = 12.0
MOST_ROWS = 13
"""So many places stand in one half of a folded page."""


def day_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return front and back.

    What is other when it rains stands in front if there is room, else behind the map. So do directions where
    one can go wrong: those with the most turns, as far as there is room for them.
    """
    front, told = _front(source), _worth_telling(source)
    directions = way_blocks(source, told)
    ends: tuple[Block, ...] = (*_box(source), pieces.credit(source))
    legend: tuple[Block, ...] = (*pieces.key(source), pieces.legend(source))
    rain, is_in_front = _rain(source, front, (*legend, *ends))
    if is_in_front:
        front = (*front, *rain)
    else:
        legend = (*legend, *rain)
    if fits((*front, *directions)):
        front, directions = (*front, *directions), ()
    if directions:
        directions = _fitting(source, told, (*legend, *ends))
    below: tuple[Block, ...] = (*legend, *directions, *ends)
    return (Page(front), Page((*map_blocks(source, below), *below)))


def _rain(
    source: SheetSource, front: tuple[Block, ...], behind: tuple[Block, ...]
) -> tuple[tuple[Block, ...], bool]:
    """What is told of the rain version, and whether in front: the most for which a side has room."""
    for blocks in (rain_table(source), rain_lines(source)):
        if fits((*front, *blocks)):
            return blocks, True
        if SHORTEST_MM + height((*blocks, *behind)) + MAP_HEAD_MM <= PAGE[1]:
            return blocks, False
    return rain_elsewhere(source), False


def folded_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return the outside, back and front, and the inside: times, directions, room for notes."""
    back: list[Block] = [picture(source, HALF_MM)] if source.chart else []
    back += [*pieces.key(source), pieces.legend(source), pieces.credit(source)]
    cover: tuple[Block, ...] = (
        Title(source.title, (Line(source.when, "strong"),)),
        Facts((*pieces.meeting(source).rows, *pieces.the_day(source))),
        *_box(source),
    )
    times = pieces.times(source, TimesForm(is_short=True))
    turn: tuple[Block, ...] = (Turn(),) if len(times.rows) <= MOST_ROWS else ()
    notes: tuple[Block, ...] = (Heading(gettext("Notes")), Ruled(0))
    ways = way_blocks(source, _worth_telling(source))
    inside: list[Block] = [times, *turn, *rain_lines(source), *ways, *notes]
    return (Page((*back, Turn(), *cover), "folded"), Page(tuple(inside), "folded"))


def _front(source: SheetSource) -> tuple[Block, ...]:
    head: tuple[Block, ...] = (
        Title(source.title, (Line(source.when, "strong"),)),
        Facts((*pieces.meeting(source).rows, *pieces.the_day(source))),
        *pieces.day_notices(source),
    )
    if source.audience is not Audience.PARTICIPANT:
        told = pieces.times(source, TimesForm(has_remarks=True, has_asides=True))
        if fits((*head, told)):  # else they stand in the road book alone
            return (*head, told)
    times = pieces.times(source)
    return (*head, times if fits((*head, times)) else replace(times, is_dense=True))


def _worth_telling(source: SheetSource) -> list[LegRow]:
    return [leg for leg in source.timeline.legs if worth_telling(source, leg)]


def _fitting(source: SheetSource, legs: list[LegRow], others: tuple[Block, ...]) -> tuple[Block, ...]:
    """The directions for which the smallest map leaves room, and a line where some are left out."""
    elsewhere = Lines((Line(gettext("Other ways: on the phone page and in the road book."), "soft"),))
    kept: list[LegRow] = []
    for leg in sorted(legs, key=lambda leg: -len(leg.directions)):
        tried = way_blocks(source, [*kept, leg])
        if SHORTEST_MM + height((*tried, elsewhere, *others)) + MAP_HEAD_MM <= PAGE[1]:
            kept.append(leg)
    told = way_blocks(source, [leg for leg in legs if leg in kept])
    return told if len(kept) == len(legs) else (*told, elsewhere)


def _box(source: SheetSource) -> tuple[Block, ...]:
    """The emergency box with the code in it."""
    codes = _code(source)
    return pieces.emergency(source, codes[0] if codes else None)


def _code(source: SheetSource) -> tuple[Code, ...]:
    told = gettext("The newest version on your phone")
    return pieces.code(source, (Line(told, "strong"), Line(source.version)))
