"""Maps among the blocks of a sheet: as large as the text below them leaves room, or on pages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.maps.paper.frame import MapFrame
from planner.outputs.maps.paper.render import all_of, draw
from planner.outputs.maps.paper.sheets import UPRIGHT, UPRIGHT_PAGE, WIDE, WIDE_PAGE, sheets_of
from planner.outputs.sheets import pieces
from planner.outputs.sheets.blocks import Heading, Line, Lines, Page, Picture
from planner.outputs.sheets.parts.room import PAGE, height
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.outputs.sheets.blocks import Block
    from planner.outputs.sheets.source import SheetSource

TALLEST_MM, SHORTEST_MM = 165.0, 95.0


def map_blocks(source: SheetSource, below: Iterable[Block]) -> tuple[Block, ...]:
    """Return the heading and the map, so tall that what stands below it stays on its page."""
    heading = Heading(gettext("Map"))
    if source.chart is None:
        return heading, Lines((Line(gettext("There is no map of this day yet.")),))
    tall = round(min(max(PAGE[1] - height((heading, *below)), SHORTEST_MM), TALLEST_MM))
    return heading, picture(source, (PAGE[0], tall))


def picture(source: SheetSource, size: tuple[float, float]) -> Picture:
    """Return the map as one picture of a size; without a map the picture is empty."""
    chart = source.chart
    svg = draw(chart, MapFrame.around(all_of(chart), *size)) if chart else ""
    return Picture(svg, pieces.map_alt(source), *size)


def map_pages(source: SheetSource, *, is_rain: bool = False) -> Iterator[Page]:
    """Return the map as it is cut into pages, each on a page of its own, and the names on the first.

    That of the rain version says so.
    """
    if source.chart is None:
        return
    alt = pieces.map_alt(source)
    for drawn in sheets_of(source.chart):
        whole, part = (WIDE, WIDE_PAGE) if drawn.is_wide else (UPRIGHT, UPRIGHT_PAGE)
        wide, tall = whole if drawn.page is None else part
        title = gettext("Map") if drawn.page is None else gettext("Map, page %(number)s", number=drawn.page)
        aside = gettext("If it rains") if is_rain else ""
        blocks: list[Block] = [Heading(title, aside=aside), Picture(drawn.svg, alt, wide, tall)]
        if drawn.page is None:
            blocks += [*pieces.key(source), pieces.legend(source), pieces.credit(source)]
        yield Page(tuple(blocks), "wide" if drawn.is_wide else "upright")
