"""Which sheets the map of a visit gets: turned to fit, with an inset, or in pages with a key map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import hypot
from typing import TYPE_CHECKING

from planner.outputs.maps.content import box_of
from planner.outputs.maps.paper.frame import MapFrame, extent_m
from planner.outputs.maps.paper.render import all_of, draw, inner
from planner.outputs.maps.paper.svg import INK, PAPER, text_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat
    from planner.outputs.maps.content import MapContent
    from planner.outputs.maps.paper.frame import Point
    from planner.streets.query.layers import Bounds

UPRIGHT, WIDE = (176.0, 158.0), (258.0, 118.0)
"""The map on its page in millimetres, the stops' list below it."""

UPRIGHT_PAGE, WIDE_PAGE = (176.0, 236.0), (258.0, 150.0)
"""A map that has a page for itself."""

SMALLEST = 12_500
"""At less than one to this many a map for walking is cut into pages."""

PAGE_SCALES = (7_500, 10_000, 15_000, 20_000, 30_000, 50_000)
MOST_PAGES = 6
PAGE_MARGIN_MM = 14.0
INSET_MM = 62.0
INSET_MARGIN_MM = 8.0
CLOSE_MM = 7.0
CROWD = 3
CLEARER = 1.8
"""An inset is worth its room for so many stops close together, at so many times the scale."""


@dataclass(frozen=True)
class Sheet:
    """One map for paper: its SVG, whether the page is turned, the page's number for a route in pages."""

    svg: str
    is_wide: bool
    page: int | None = None


def sheets_of(content: MapContent) -> tuple[Sheet, ...]:
    """Draw the sheets of a visit: one, or a key map and pages at one scale."""
    bounds = all_of(content)
    is_wide = MapFrame.around(bounds, *WIDE).mm_per_m > MapFrame.around(bounds, *UPRIGHT).mm_per_m
    frame = MapFrame.around(bounds, *(WIDE if is_wide else UPRIGHT))
    if frame.scale <= SMALLEST or not content.legs:
        return (Sheet(_with_inset(content, frame), is_wide),)
    pages = _pages(content, WIDE_PAGE if is_wide else UPRIGHT_PAGE)
    bare = replace(content, stops=tuple(replace(stop, name="") for stop in content.stops), halts=())
    key = draw(bare, frame, "".join(_outline(frame, page, str(n)) for n, page in enumerate(pages, start=1)))
    return (
        Sheet(key, is_wide),
        *(Sheet(draw(content, page), is_wide, n) for n, page in enumerate(pages, start=1)),
    )


def _pages(content: MapContent, size: tuple[float, float]) -> list[MapFrame]:
    """Follow the way, with a new page where it leaves the one before, at the largest scale that needs few."""
    spots = [at for leg in content.legs for at in leg.geometry] or [stop.at for stop in content.stops]
    found: list[MapFrame] = []
    for scale in PAGE_SCALES:
        found = [
            MapFrame(*size, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), 1000 / scale)
            for box in _boxes(spots, size, 1000 / scale)
        ]
        if len(found) <= MOST_PAGES:
            break
    return found


def _boxes(spots: Sequence[LonLat], size: tuple[float, float], mm_per_m: float) -> list[Bounds]:
    """The boxes of the way, page by page; what an earlier page shows well needs no other."""
    widest, tallest = ((side - 2 * PAGE_MARGIN_MM) / mm_per_m for side in size)
    boxes: list[Bounds] = []
    shown: list[MapFrame] = []
    for lon, lat in spots:
        if any(frame.holds(frame.place((lon, lat)), PAGE_MARGIN_MM / 2) for frame in shown):
            continue
        last = boxes[-1] if boxes else (lon, lat, lon, lat)
        grown = min(last[0], lon), min(last[1], lat), max(last[2], lon), max(last[3], lat)
        wide, tall = extent_m(grown)
        if boxes and wide <= widest and tall <= tallest:
            boxes[-1] = grown
            continue
        if boxes:
            centre = (last[0] + last[2]) / 2, (last[1] + last[3]) / 2
            shown.append(MapFrame(*size, centre, mm_per_m))
        boxes.append((lon, lat, lon, lat))
    return boxes


def _outline(frame: MapFrame, page: MapFrame, number: str) -> str:
    """The rectangle of a page on the key map, with its number."""
    west, south, east, north = page.bounds
    (left, top), (right, bottom) = frame.place((west, north)), frame.place((east, south))
    box = f'x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}"'
    at = (max(left, 0) + 3.5, max(top, 0) + 4)
    dashed = f'fill="none" stroke="{INK}" stroke-width="0.4" stroke-dasharray="2 1"'
    if not number:
        return f"<rect {box} {dashed}/>"
    return f'<rect {box} {dashed} data-page="{number}"/>' + text_at(at, number, 5, weight="bold")


def _with_inset(content: MapContent, frame: MapFrame) -> str:
    """The map, with its dense middle larger in a free corner where that helps."""
    crowd = _crowd([frame.place(stop.at) for stop in content.stops])
    if not crowd:
        return draw(content, frame)
    box = box_of([content.stops[index].at for index in crowd])
    large = MapFrame.around(box, INSET_MM, INSET_MM, INSET_MARGIN_MM)
    corner = _free_corner(content, frame)
    if corner is None or large.mm_per_m < CLEARER * frame.mm_per_m:
        return draw(content, frame)
    x, y = corner
    shape = f'x="{x:g}" y="{y:g}" width="{INSET_MM:g}" height="{INSET_MM:g}"'
    inset = f'<svg {shape} viewBox="0 0 {INSET_MM:g} {INSET_MM:g}" overflow="hidden" data-kind="inset">'
    edges = "".join(
        f'<rect {shape} fill="none" stroke="{ink}" stroke-width="{wide}"/>'
        for ink, wide in ((PAPER, 1.6), (INK, 0.5))
    )
    shown = f"{_outline(frame, large, '')}{inset}{inner(content, large)}</svg>{edges}"
    return draw(content, frame, shown, ((x, y, x + INSET_MM, y + INSET_MM),))


def _crowd(places: Sequence[Point]) -> list[int]:
    """The largest number of stops that are close to one another, by their places in the list."""
    best: list[int] = []
    left = set(range(len(places)))
    while left:
        group, grown = {left.pop()}, True
        while grown:
            near = {
                i
                for i in left
                if any(
                    hypot(places[i][0] - places[j][0], places[i][1] - places[j][1]) < CLOSE_MM for j in group
                )
            }
            grown = bool(near)
            group |= near
            left -= near
        best = max(best, sorted(group), key=len)
    return best if len(best) >= CROWD else []


def _free_corner(content: MapContent, frame: MapFrame) -> Point | None:
    """The corner of the sheet, upper left first, that neither a stop nor the way needs."""
    spots = [
        frame.place(at) for at in (*(stop.at for stop in content.stops), *(end.at for end in content.ends))
    ]
    spots += [frame.place(at) for leg in content.legs for at in leg.geometry]
    right, low = frame.width - INSET_MM - 2, frame.height - INSET_MM - 2
    for x, y in ((2.0, 2.0), (right - 8, 2.0), (right, low - 8), (2.0, low - 16)):
        if not any(x - 4 < px < x + INSET_MM + 4 and y - 4 < py < y + INSET_MM + 4 for px, py in spots):
            return x, y
    return None
