"""One sheet of A4, both sides: the day in front, the map behind it; and the same to be folded to A5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.sheets import pieces
from planner.outputs.sheets.blocks import Facts, Heading, Line, Page, Ruled, Title, Turn
from planner.outputs.sheets.map_page import map_blocks, picture
from planner.outputs.sheets.room import fits
from planner.outputs.sheets.ways import way_blocks, worth_telling
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.outputs.sheets.blocks import Block, Code
    from planner.outputs.sheets.source import SheetSource

HALF_MM = (124.0, 112.0)
"""A map on the half of a folded page."""

MOST_ROWS = 13
"""So many places stand in one half of a folded page."""


def day_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return front and back.

    Directions where one can go wrong stand in front if there is room, else behind the map.
    """
    front, directions = _front(source), _directions(source)
    ends: tuple[Block, ...] = (*pieces.emergency(source), *_code(source), pieces.credit(source))
    if fits((*front, *directions)):
        front, directions = (*front, *directions), ()
    below: tuple[Block, ...] = (*pieces.key(source), pieces.legend(source), *directions, *ends)
    return (Page(front), Page((*map_blocks(source, below), *below)))


def folded_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return the outside, back and front, and the inside: times, directions, room for notes."""
    back: list[Block] = [picture(source, HALF_MM)] if source.chart else []
    back += [*pieces.key(source), pieces.legend(source), pieces.credit(source)]
    cover: tuple[Block, ...] = (
        Title(source.title, (Line(source.when, "strong"),)),
        Facts((*pieces.meeting(source).rows, *pieces.the_day(source))),
        *pieces.emergency(source),
        *_code(source),
    )
    times = pieces.times(source, is_short=True)
    turn: tuple[Block, ...] = (Turn(),) if len(times.rows) <= MOST_ROWS else ()
    notes: tuple[Block, ...] = (Heading(gettext("Notes")), Ruled(0))
    inside: list[Block] = [times, *turn, *_directions(source), *notes]
    return (Page((*back, Turn(), *cover), "folded"), Page(tuple(inside), "folded"))


def _front(source: SheetSource) -> tuple[Block, ...]:
    return (
        Title(source.title, (Line(source.when, "strong"),)),
        Facts((*pieces.meeting(source).rows, *pieces.the_day(source))),
        *pieces.day_notices(source),
        pieces.times(source),
    )


def _directions(source: SheetSource) -> tuple[Block, ...]:
    told = [leg for leg in source.timeline.legs if worth_telling(source, leg)]
    return way_blocks(source, told) if told else ()


def _code(source: SheetSource) -> tuple[Code, ...]:
    told = gettext("The newest version on your phone")
    return pieces.code(source, (Line(told, "strong"), Line(source.version)))
