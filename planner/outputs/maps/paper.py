"""The map of a visit for paper: one inline SVG in millimetres, dark on white, readable without colour."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians
from typing import TYPE_CHECKING

from planner.domain.geo import METRES_PER_DEGREE, LonLat
from planner.outputs.look import PARTY_INKS, SHEET_INKS, TINTS
from planner.outputs.maps.background import merge_lines
from planner.outputs.maps.content import bounds_of
from planner.outputs.maps.paper_labels import Placed, Point, Room, place_name, spread
from planner.outputs.maps.paper_legend import (
    CORE_MM,
    HALT_EDGE_MM,
    HALT_MM,
    INK,
    PAPER,
    core_dash,
    line_width,
)
from planner.streets.query.layers import LAST_AREA, LayerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.outputs.maps.content import MapContent, MapHalt, MapLeg, MapStop
    from planner.streets.query.layers import Bounds, Feature

MARGIN_MM = 9.0
DISC_MM = 2.7
NAME_MM = 2.5
BUILDINGS_TO = 10_000
"""The scale (one to this many) up to which buildings are drawn."""

ROADS = {LayerKind.SERVICE: 0.55, LayerKind.MINOR: 0.95, LayerKind.MEDIUM: 1.4, LayerKind.MAJOR: 1.8}
AREAS = tuple(kind for kind in LayerKind if kind <= LAST_AREA)
DASHES = {
    "b": "3 2.6",
    "c": "0.01 2.4",
    "d": "3 1.6 0.01 1.6",
    "e": "5.5 1.6",
    "f": "3 1.6 0.01 1.6 0.01 1.6",
}
"""The parties' lines: their dashes tell them apart without colour."""

PARTY_WIDTHS = {"a": 2.4, "b": 1.7, "c": 1.2, "d": 0.9, "e": 0.7, "f": 0.5}
"""Each narrower than the one before, so that lines on the same street show one below the other."""

ESTIMATED_DASH = "1.2 1.4"
HALT_NAME_MM = 2.9
WIDE_LETTER = 0.56
"""The usual width of a letter as a part of its size."""
BAR_METRES = (20, 50, 100, 200, 500, 1000, 2000, 5000)
BAR_MM = 32.0


@dataclass(frozen=True)
class MapFrame:
    """The sheet: how positions become millimetres from its upper left corner."""

    width: float
    height: float
    centre: LonLat
    mm_per_m: float

    @classmethod
    def around(cls, bounds: Bounds, width: float, height: float) -> MapFrame:
        """Fit the bounds into the sheet with a margin; never larger than 1:2000."""
        west, south, east, north = bounds
        centre = ((west + east) / 2, (south + north) / 2)
        wide = max((east - west) * METRES_PER_DEGREE * cos(radians(centre[1])), 1.0)
        tall = max((north - south) * METRES_PER_DEGREE, 1.0)
        scale = min((width - 2 * MARGIN_MM) / wide, (height - 2 * MARGIN_MM) / tall, 1 / 2)
        return cls(width, height, centre, scale)

    def place(self, at: LonLat) -> Point:
        """The place of a position on the sheet."""
        per_degree = METRES_PER_DEGREE * self.mm_per_m
        x = (at[0] - self.centre[0]) * per_degree * cos(radians(self.centre[1]))
        return self.width / 2 + x, self.height / 2 - (at[1] - self.centre[1]) * per_degree

    def shows(self, line: Sequence[Point]) -> bool:
        """Whether the box of a line touches the sheet."""
        xs, ys = [x for x, _ in line], [y for _, y in line]
        return max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height


def render_svg(content: MapContent, width_mm: float, height_mm: float) -> str:
    """Draw the map as an SVG of that size; the same content gives the same text."""
    frame = MapFrame.around(_all_of(content), width_mm, height_mm)
    legs = [(leg, [frame.place(at) for at in leg.geometry]) for leg in content.legs]
    true = [frame.place(stop.at) for stop in content.stops]
    discs = spread(true, 2 * DISC_MM + 0.6)
    lines = _by_kind(content.background, frame)
    parts = [
        *_town(lines, frame),
        *_names(lines, legs, discs, frame),
        *_route(legs),
        *_halts(content.halts, discs, frame),
        *_stops(content.stops, true, discs, frame),
        *_furniture(content, frame),
    ]
    size = f'width="{width_mm:g}mm" height="{height_mm:g}mm" viewBox="0 0 {width_mm:g} {height_mm:g}"'
    label = escape(content.labels.get("map", "Map"), quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="print-map" {size} role="img" aria-label="{label}" '
    )
    return head + 'overflow="hidden" font-family="sans-serif">' + "".join(parts) + "</svg>"


def _all_of(content: MapContent) -> Bounds:
    """The asked bounds, widened so that the whole way is on the sheet."""
    if not content.stops and not content.legs:
        return content.bounds
    west, south, east, north = bounds_of(content.stops, content.legs)
    asked = content.bounds
    return min(west, asked[0]), min(south, asked[1]), max(east, asked[2]), max(north, asked[3])


Lines = dict[tuple[LayerKind, bool], list[tuple[str, list[Point]]]]


def _by_kind(features: Iterable[Feature], frame: MapFrame) -> Lines:
    lines: Lines = defaultdict(list)
    for feature in features:
        line = [frame.place((lon, lat)) for lon, lat in feature.coords.tolist()]
        if frame.shows(line):
            lines[feature.kind, feature.is_estimated].append((feature.name, line))
    return lines


def _town(lines: Lines, frame: MapFrame) -> Iterator[str]:
    yield f'<rect width="{frame.width:g}" height="{frame.height:g}" fill="{PAPER}"/>'
    for kind in AREAS:
        if kind is not LayerKind.BUILDING or 1000 / frame.mm_per_m <= BUILDINGS_TO:
            yield _paths(lines, kind, f'fill="{_ink(kind)}"')
    stream = f'fill="none" stroke="{_ink(LayerKind.WATERWAY)}" stroke-width="0.8"'
    yield _paths(lines, LayerKind.WATERWAY, stream)
    thin = f'fill="none" stroke="{_ink(LayerKind.PATH)}"'
    path = f'{thin} stroke-width="0.22" stroke-dasharray="0.9 0.6"'
    yield _paths(lines, LayerKind.PATH, path, f'{thin} stroke-width="0.3" stroke-dasharray="0.3 0.9"')
    yield _paths(lines, LayerKind.STEPS, f'{thin} stroke-width="0.8" stroke-dasharray="0.25 0.35"')
    thinner = min(1.0, max(0.45, frame.mm_per_m * 9))
    joined = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'
    for kind, width in ROADS.items():
        edge = f'stroke="{SHEET_INKS["casing"]}" stroke-width="{width * thinner + 0.3:.2f}"'
        yield _paths(lines, kind, f"{joined} {edge}", f'fill="none" {edge} stroke-dasharray="1.6 1.2"')
    for kind, width in ROADS.items():
        yield _paths(lines, kind, f'{joined} stroke="{_ink(kind)}" stroke-width="{width * thinner:.2f}"')
    rail = f'fill="none" stroke="{_ink(LayerKind.RAIL)}"'
    yield _paths(lines, LayerKind.RAIL, f'{rail} stroke-width="0.3"')
    yield _paths(lines, LayerKind.RAIL, f'{rail} stroke-width="1.3" stroke-dasharray="0.3 2.2"')


def _ink(kind: LayerKind) -> str:
    return SHEET_INKS[TINTS[kind]]


def _paths(lines: Lines, kind: LayerKind, look: str, unconfirmed: str = "") -> str:
    """The features of a kind; those inferred, not surveyed, in the look `unconfirmed` if one is given."""
    end = "Z" if kind <= LAST_AREA else ""
    drawn = []
    for is_estimated, attributes in ((False, look), (True, unconfirmed or look)):
        course = "".join(_path(line) + end for _, line in lines.get((kind, is_estimated), ()))
        if course:
            drawn.append(f'<path {attributes} d="{course}"/>')
    return "".join(drawn)


def _path(line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in line)


def _names(
    lines: Lines, legs: list[tuple[MapLeg, list[Point]]], discs: list[Point], frame: MapFrame
) -> Iterator[str]:
    room = Room([(x, y, DISC_MM + 0.4) for x, y in discs])
    for _, line in legs:
        room.take_line(line, 0.7)
    for kind in (LayerKind.MAJOR, LayerKind.MEDIUM, LayerKind.MINOR):
        streets: defaultdict[str, list[list[tuple[int, int]]]] = defaultdict(list)
        for name, line in (row for sure in (False, True) for row in lines.get((kind, sure), ())):
            streets[name].append([(round(x * 100), round(y * 100)) for x, y in line])
        for name in sorted(streets.keys() - {""}):
            yield from _street_names(name, streets[name], room, frame)


def _street_names(
    name: str, pieces: list[list[tuple[int, int]]], room: Room, frame: MapFrame
) -> Iterator[str]:
    written: list[Point] = []
    for piece in merge_lines(pieces):
        placed = place_name(name, [(x / 100, y / 100) for x, y in piece], NAME_MM, room, written)
        if placed and 0 < placed.at[0] < frame.width and 0 < placed.at[1] < frame.height:
            written.append(placed.at)
            yield _name(placed)


def _name(name: Placed) -> str:
    x, y = name.at
    turned = f'transform="translate({x:.2f} {y:.2f}) rotate({name.angle:.1f})"'
    return _text(turned, name.text, NAME_MM, fill=SHEET_INKS["label"])


def _text(where: str, text: str, size: float, *, fill: str = INK, anchor: str = "middle") -> str:
    halo = f'stroke="{PAPER}" stroke-width="0.7" stroke-linejoin="round" paint-order="stroke"'
    return (
        f'<text {where} dy="0.35em" font-size="{size:g}" text-anchor="{anchor}" fill="{fill}" {halo}>'
        f"{escape(text)}</text>"
    )


def _route(legs: list[tuple[MapLeg, list[Point]]]) -> Iterator[str]:
    joined = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'
    for leg, line in legs:
        wide = 3.2 if leg.party else 2.3
        yield f'<path {joined} stroke="{PAPER}" stroke-width="{wide}" d="{_path(line)}"/>'
    for leg, line in legs:
        dash = ESTIMATED_DASH if leg.is_estimated else DASHES.get(leg.party or "", "")
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        width = PARTY_WIDTHS.get(leg.party or "", line_width(leg.mode))
        ink = PARTY_INKS.get(leg.party or "", INK)
        yield f'<path {joined} stroke="{ink}" stroke-width="{width}"{dashed} d="{_path(line)}"/>'
        if leg.mode != "walk" and not leg.is_estimated:
            core = f'stroke="{PAPER}" stroke-width="{CORE_MM}"{core_dash(leg.mode)}'
            yield f'<path {joined} {core} d="{_path(line)}"/>'


def _halts(halts: Sequence[MapHalt], discs: list[Point], frame: MapFrame) -> Iterator[str]:
    """Small open circles with minute and name, beside them where there is room: the table has all of them."""
    taken = [_box(x, y, 2 * DISC_MM, 2 * DISC_MM) for x, y in discs]
    for halt in halts:
        x, y = frame.place(halt.at)
        yield (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{HALT_MM}" fill="{PAPER}" stroke="{INK}" '
            f'stroke-width="{HALT_EDGE_MM}"/>'
        )
        wide = len(halt.label) * HALT_NAME_MM * WIDE_LETTER
        for side, rise in ((1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1), (1, -2), (-1, -2)):
            middle = x + side * (HALT_MM + 0.9 + wide / 2), y + rise * (HALT_NAME_MM + 0.4)
            box = _box(*middle, wide, HALT_NAME_MM + 0.4)
            is_inside = box[0] > 0 and box[2] < frame.width and box[1] > 0 and box[3] < frame.height
            if is_inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                yield _text(f'x="{middle[0]:.2f}" y="{middle[1]:.2f}"', halt.label, HALT_NAME_MM)
                break


def _box(x: float, y: float, wide: float, high: float) -> Bounds:
    """The box around a middle: left, top, right, bottom."""
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _meet(a: Bounds, b: Bounds) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _stops(stops: Sequence[MapStop], true: list[Point], discs: list[Point], frame: MapFrame) -> Iterator[str]:
    """Numbered discs: dark ones of places, light ones of meals held where the group is."""
    for stop, (x, y) in zip(stops, true, strict=True):
        if stop.approximate_m:
            radius = stop.approximate_m * frame.mm_per_m
            yield (
                f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="none" stroke="{INK}" '
                'stroke-width="0.2" stroke-dasharray="1 1"/>'
            )
    for (x, y), (dx, dy) in zip(true, discs, strict=True):
        if hypot(dx - x, dy - y) > DISC_MM / 4:
            yield f'<path stroke="{INK}" stroke-width="0.25" d="M{x:.2f} {y:.2f}L{dx:.2f} {dy:.2f}"/>'
            yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="0.5" fill="{INK}"/>'
    for stop, (x, y) in zip(stops, discs, strict=True):
        at = f'cx="{x:.2f}" cy="{y:.2f}" r="{DISC_MM}"'
        disc, edge = (PAPER, INK) if stop.here else (INK, PAPER)
        yield f'<circle {at} fill="{disc}" stroke="{edge}" stroke-width="0.5"/>'
        yield (
            f'<text x="{x:.2f}" y="{y:.2f}" dy="0.35em" font-size="3.2" font-weight="bold" '
            f'text-anchor="middle" fill="{edge}">{escape(str(stop.number))}</text>'
        )


def _furniture(content: MapContent, frame: MapFrame) -> Iterator[str]:
    metres = max((m for m in BAR_METRES if m * frame.mm_per_m <= BAR_MM), default=BAR_METRES[0])
    end, low = 4 + metres * frame.mm_per_m, frame.height - 4
    bar = f"M4 {low - 1.5:g}V{low:g}H{end:.2f}V{low - 1.5:g}"
    yield f'<path fill="none" stroke="{PAPER}" stroke-width="1.2" d="{bar}"/>'
    yield f'<path fill="none" stroke="{INK}" stroke-width="0.35" d="{bar}"/>'
    yield _text(f'x="{(4 + end) / 2:.2f}" y="{low - 2.2:g}"', f"{metres} m", 2.8)
    east = frame.width - 6
    arrow = f"M{east:g} 4l1.8 5.5l-1.8 -1.2l-1.8 1.2z"
    yield f'<path fill="{INK}" stroke="{PAPER}" stroke-width="0.4" d="{arrow}"/>'
    yield _text(f'x="{east:g}" y="11.8"', "N", 3)
    credit = " · ".join(part for part in (content.credit_text, content.credit_url) if part)
    lines = [text for text in (credit, content.more_credit) if text]
    for up, text in enumerate(lines):
        y = frame.height - 2.5 - 3.1 * up
        yield _text(f'x="{frame.width - 2:g}" y="{y:g}"', text, 2.3, anchor="end")
    yield (
        f'<rect x="0.15" y="0.15" width="{frame.width - 0.3:g}" height="{frame.height - 0.3:g}" '
        f'fill="none" stroke="{SHEET_INKS["rail"]}" stroke-width="0.3"/>'
    )
