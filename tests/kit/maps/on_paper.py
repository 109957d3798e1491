"""What a map for paper shows, measured from outside: every name, the stops, the route."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from planner.outputs.maps.paper.frame import MapFrame
from planner.outputs.maps.paper.render import all_of, draw

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from planner.outputs.maps.content import MapContent

SVG = "{http://www.w3.org/2000/svg}"
NARROW = 0.45
"""Letters are reckoned with a narrow face: their room is rather too small than too large."""

TALL = 0.7
ROUTE_MM = 0.4
PLACE = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\) rotate\(([-\d.]+)\)")
POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")


def render_svg(content: MapContent, width_mm: float, height_mm: float) -> str:
    """The whole of a map on a sheet of that size."""
    return draw(content, MapFrame.around(all_of(content), width_mm, height_mm))


class Name(NamedTuple):
    """A written name, one of a group, with the room it takes."""

    text: str
    group: int
    room: shapely.Geometry


def covered(svg: ET.Element) -> list[tuple[str, str]]:
    """Names that lie on another name, on a stop, an end or the route, each with what it covers."""
    names = [*_level(svg), *_curved(svg)]
    assert names
    rooms = shapely.STRtree([name.room for name in names])
    pairs = rooms.query([name.room for name in names], predicate="intersects").T.tolist()
    found = [(names[i].text, names[j].text) for i, j in pairs if i < j and names[i].group != names[j].group]
    for what, shapes in (("stop", _discs(svg)), ("route", _route(svg))):
        hit = rooms.query(shapes, predicate="intersects")[1] if shapes else np.array([], int)
        found += [(names[index].text, what) for index in sorted(set(hit.tolist()))]
    return found


def _level(svg: ET.Element) -> Iterator[Name]:
    """Level texts that are no numbers of stops; the lines of one name may touch each other."""
    last: tuple[str, float] | None = None
    group = 0
    for node in svg.iter(f"{SVG}text"):
        if not node.get("x") or node.get("font-weight") == "bold":
            continue
        size, x, y = (float(node.attrib[key]) for key in ("font-size", "x", "y"))
        text = node.text or ""
        is_next_line = last is not None and last[0] == node.attrib["x"] and abs(y - last[1]) < 1.3 * size
        group += not is_next_line
        last = node.attrib["x"], y
        wide = len(text) * size * NARROW
        left = {"middle": x - wide / 2, "start": x, "end": x - wide}[node.attrib["text-anchor"]]
        half = size * TALL / 2
        yield Name(text, group, shapely.box(left, y - half, left + wide, y + half))


def _curved(svg: ET.Element) -> Iterator[Name]:
    """Names along streets, letter by letter."""
    for group, node in enumerate(svg.iter(f"{SVG}g"), start=1):
        if not node.get("data-name"):
            continue
        size = float(node.attrib["font-size"])
        for letter in node.iter(f"{SVG}text"):
            found = PLACE.match(letter.attrib["transform"])
            assert found
            x, y, turn = map(float, found.groups())
            wide, tall = size * NARROW / 2, size * TALL / 2
            corners = np.array([(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)])
            cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            placed = corners @ np.array([[cos, sin], [-sin, cos]]) + np.array([x, y])
            yield Name(node.attrib["data-name"], -group, shapely.Polygon(placed))


def _discs(svg: ET.Element) -> list[shapely.Geometry]:
    circles = [node for node in svg.iter(f"{SVG}circle") if node.get("data-stop")]
    at = [(float(node.attrib["cx"]), float(node.attrib["cy"]), float(node.attrib["r"])) for node in circles]
    return [shapely.Point(x, y).buffer(radius - 0.4) for x, y, radius in at]


def _route(svg: ET.Element) -> list[shapely.Geometry]:
    lines: list[shapely.Geometry] = []
    for node in svg.iter(f"{SVG}path"):
        if node.get("data-leg"):
            points = [(float(x), float(y)) for x, y in POINT.findall(node.attrib["d"])]
            lines += [shapely.LineString(pair).buffer(ROUTE_MM) for pair in pairwise(points)]
    return lines
