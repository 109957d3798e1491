"""The map of a visit for paper: one inline SVG in millimetres, dark on white, readable without colour."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from planner.outputs.maps.content import bounds_of
from planner.outputs.maps.paper import route
from planner.outputs.maps.paper.furniture import furniture, keep_clear
from planner.outputs.maps.paper.names import Writer
from planner.outputs.maps.paper.room import Room, spread
from planner.outputs.maps.paper.town import lines_on, town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.maps.content import MapContent
    from planner.outputs.maps.paper.frame import MapFrame, Point
    from planner.streets.query.layers import Bounds

NAME_MM, HALT_NAME_MM = 2.9, 2.8
STOPS_FROM = 14.0
"""From this zoom of the description on stops are named on the map; their list has all names anyway."""


def draw(content: MapContent, frame: MapFrame, over: str = "", kept: tuple[Bounds, ...] = ()) -> str:
    """Draw one frame of a map; `over` is laid over all, the boxes `kept` stay clear of names."""
    wide, tall = f"{frame.width:g}", f"{frame.height:g}"
    size = f'width="{wide}mm" height="{tall}mm" viewBox="0 0 {wide} {tall}"'
    label = escape(content.labels.get("map", "Map"), quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="print-map" {size} role="img" aria-label="{label}" '
        f'data-scale="{frame.scale}" '
    )
    body = "".join(_parts(content, frame, kept))
    edge = "".join(furniture(content, frame, kept))
    return (
        f'{head}overflow="hidden" font-family="Liberation Sans, Arial, sans-serif">{body}{over}{edge}</svg>'
    )


def all_of(content: MapContent) -> Bounds:
    """The asked bounds, widened so that the whole way is on the sheet."""
    if not content.stops and not content.legs:
        return content.bounds
    west, south, east, north = bounds_of(content.stops, content.legs)
    asked = content.bounds
    return min(west, asked[0]), min(south, asked[1]), max(east, asked[2]), max(north, asked[3])


def _parts(content: MapContent, frame: MapFrame, kept: tuple[Bounds, ...] = ()) -> Iterator[str]:
    """Yield town, names, ways and marks, what lies over the others last."""
    legs = route.lines_of_legs(content, frame)
    spots = [*(stop.at for stop in content.stops), *(end.at for end in content.ends)]
    true = [frame.place(at) for at in spots]
    places = spread(true, 2 * route.DISC_MM + 0.6)
    discs, ends = places[: len(content.stops)], places[len(content.stops) :]
    halts = [frame.place(halt.at) for halt in content.halts]
    room = Room()
    for x, y in (*places, *halts):
        room.take(x, y, route.DISC_MM + 0.5)
    for _, line in legs:
        if frame.shows(line):
            room.take_line(line, 0.9)
    keep_clear(content, frame, room, kept)
    for box in kept:
        room.take_box(*box)
    writer = Writer(frame, room)
    lines = lines_on(content.ground, frame)
    visit = list(_visit_names(content, writer, (discs, ends, halts)))
    yield from town(lines, frame)
    yield from route.areas(content.stops, true[: len(discs)], frame)
    yield from writer.labels(lines, content.ground.marks)
    yield from route.route(legs)
    yield from route.halts(halts)
    yield from route.leaders(true, places)
    yield from route.ends(content.ends, ends)
    yield from route.stops(content.stops, discs)
    yield from visit


def _visit_names(
    content: MapContent, writer: Writer, places: tuple[list[Point], list[Point], list[Point]]
) -> Iterator[str]:
    discs, ends, halts = places
    gap = route.DISC_MM + 0.7
    for end, at in zip(content.ends, ends, strict=True):
        yield writer.beside(end.label, at, gap, NAME_MM, weight="600")
    if writer.frame.zoom >= STOPS_FROM:
        for stop, at in zip(content.stops, discs, strict=True):
            if stop.name:
                yield writer.beside(stop.name, at, gap, NAME_MM, weight="600")
    for halt, at in zip(content.halts, halts, strict=True):
        yield writer.beside(halt.label, at, 2.0, HALT_NAME_MM)


def inner(content: MapContent, frame: MapFrame) -> str:
    """What a frame shows, without the furniture of a sheet: for an inset."""
    return "".join(_parts(content, frame))
