"""The visit on paper: ways, halts, stops, start and end."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from planner.outputs.look import PARTY_INKS
from planner.outputs.maps.paper.legend import CORE_MM, HALT_EDGE_MM, HALT_MM, core_dash, line_width
from planner.outputs.maps.paper.svg import INK, PAPER, ROUND, course

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.outputs.maps.content import MapContent, MapEnd, MapLeg, MapStop
    from planner.outputs.maps.paper.frame import MapFrame, Point

DISC_MM = 2.7
END_MM = 2.3
LANE_MM, WIDEST_MM = 1.75, 4.0
"""How far apart ways on one street lie, and how far from its middle at most."""

DASHES = {
    "b": "3 2.2",
    "c": "0.01 2",
    "d": "3 1.6 0.01 1.6",
    "e": "5.5 1.6",
    "f": "3 1.6 0.01 1.6 0.01 1.6",
}
"""The parties' lines: their dashes tell them apart without colour."""

ESTIMATED_DASH = "1.2 1.4"
SIGNS = {
    "start": "M-.8-1.2 1.2 0-.8 1.2Z",
    "end": "M-1-1H1V1H-1Z",
    "both": "M-1.3-1.3H1.3V1.3H-1.3ZM-.6-.8V.8L.8 0Z",
}


def lines_of_legs(content: MapContent, frame: MapFrame) -> list[tuple[MapLeg, list[Point]]]:
    """The ways in millimetres, those on one street beside each other."""
    lanes = [abs(lane) for leg in content.legs for _, _, lane in leg.lanes]
    step = min(LANE_MM, WIDEST_MM / max([1.0, *lanes]))
    return [(leg, _aside([frame.place(at) for at in leg.geometry], leg, step)) for leg in content.legs]


def _aside(line: list[Point], leg: MapLeg, step: float) -> list[Point]:
    """Move each point to the right by the lanes of the stretches before and after it."""
    if not leg.lanes:
        return line
    lanes = [0.0] * max(len(line) - 1, 1)
    for first, last, lane in leg.lanes:
        lanes[first:last] = [lane] * (last - first)
    kept = [0, *(i for i, (a, b) in enumerate(pairwise(line), 1) if hypot(b[0] - a[0], b[1] - a[1]) > 0.3)]  # noqa: PLR2004
    moved = []
    for place, i in enumerate(kept):
        before = _right(line[kept[place - 1]], line[i]) if place else None
        after = _right(line[i], line[kept[place + 1]]) if place + 1 < len(kept) else None
        a, b = before or after or (0.0, 0.0), after or before or (0.0, 0.0)
        from_lane, to_lane = lanes[max(i - 1, 0)], lanes[min(i, len(lanes) - 1)]
        middle = (a[0] + b[0], a[1] + b[1])
        size = hypot(*middle)
        x, y, reach = (*b, 1.0) if size < 0.4 else (middle[0] / size, middle[1] / size, min(2 / size, 1.6))  # noqa: PLR2004
        far = (from_lane + to_lane) / 2 * step * reach
        moved.append((line[i][0] + x * far, line[i][1] + y * far))
    return moved


def _right(a: Point, b: Point) -> Point:
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    return -(b[1] - a[1]) / length, (b[0] - a[0]) / length


def route(legs: Sequence[tuple[MapLeg, list[Point]]]) -> Iterator[str]:
    """Yield the ways: a light casing, the line, the core of what is ridden, arrow heads."""
    for leg, line in legs:
        wide = line_width(leg.mode) + 1.0
        yield f'<path {ROUND} stroke="{PAPER}" stroke-width="{wide:g}" d="{course(line)}"/>'
    for leg, line in legs:
        dash = ESTIMATED_DASH if leg.is_estimated else DASHES.get(leg.party or "", "")
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        ink = PARTY_INKS.get(leg.party or "", INK)
        told = f' data-leg="{leg.index}"'
        look = f'stroke="{ink}" stroke-width="{line_width(leg.mode)}"{dashed}{told}'
        yield f'<path {ROUND} {look} d="{course(line)}"/>'
        if leg.mode != "walk" and not leg.is_estimated:
            core = f'stroke="{PAPER}" stroke-width="{CORE_MM}"{core_dash(leg.mode)}'
            yield f'<path {ROUND} {core} d="{course(line)}"/>'
    heads = "".join(head for leg, line in legs if not leg.is_estimated for head in _heads(line))
    if heads:
        yield f'<path {ROUND} stroke="{PAPER}" stroke-width="0.35" d="{heads}"/>'


def _heads(line: Sequence[Point], every: float = 22.0) -> Iterator[str]:
    until = every / 2
    for (ax, ay), (bx, by) in pairwise(line):
        length = hypot(bx - ax, by - ay)
        along = until
        while along < length - 0.8:
            dx, dy = (bx - ax) / length, (by - ay) / length
            x, y = ax + dx * along, ay + dy * along
            wings = [(x - dx * 0.7 + side * dy * 0.5, y - dy * 0.7 - side * dx * 0.5) for side in (1, -1)]
            yield f"M{wings[0][0]:.2f} {wings[0][1]:.2f}L{x:.2f} {y:.2f}L{wings[1][0]:.2f} {wings[1][1]:.2f}"
            along += every
        until = max(along - length, 0.0)


def areas(stops: Sequence[MapStop], true: Sequence[Point], frame: MapFrame) -> Iterator[str]:
    """Yield the circles within which uncertain places lie."""
    for stop, (x, y) in zip(stops, true, strict=True):
        if stop.approximate_m:
            radius = stop.approximate_m * frame.mm_per_m
            yield (
                f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="none" stroke="{INK}" '
                'stroke-width="0.25" stroke-dasharray="1 1"/>'
            )


def leaders(true: Sequence[Point], discs: Sequence[Point]) -> Iterator[str]:
    """Yield a thin line to the true place of each mark that was moved aside."""
    for (x, y), (dx, dy) in zip(true, discs, strict=True):
        if hypot(dx - x, dy - y) > DISC_MM / 4:
            yield f'<path stroke="{INK}" stroke-width="0.25" d="M{x:.2f} {y:.2f}L{dx:.2f} {dy:.2f}"/>'
            yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="0.5" fill="{INK}"/>'


def stops(shown: Sequence[MapStop], discs: Sequence[Point]) -> Iterator[str]:
    """Yield the numbered discs; that of a meal is a square, a light one where the group is held for it."""
    for stop, (x, y) in zip(shown, discs, strict=True):
        told = escape(str(stop.number), quote=True)
        fill, ink = (PAPER, INK) if stop.here else (INK, PAPER)
        edge = f'fill="{fill}" stroke="{ink}" stroke-width="0.5" data-stop="{told}"'
        if stop.is_meal:
            corner, side = f'x="{x - DISC_MM:.2f}" y="{y - DISC_MM:.2f}"', f"{2 * DISC_MM}"
            yield f'<rect {corner} width="{side}" height="{side}" rx="0.6" {edge}/>'
        else:
            yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{DISC_MM}" {edge}/>'
        yield (
            f'<text x="{x:.2f}" y="{y:.2f}" dy="0.35em" font-size="3.2" font-weight="bold" '
            f'text-anchor="middle" fill="{ink}">{escape(str(stop.number))}</text>'
        )


def ends(shown: Sequence[MapEnd], places: Sequence[Point]) -> Iterator[str]:
    """Yield the marks of start and end: open squares with a sign."""
    for end, (x, y) in zip(shown, places, strict=True):
        edge = f'fill="{PAPER}" stroke="{INK}" stroke-width="0.6"'
        side = f"{2 * END_MM}"
        box = f'x="-{END_MM}" y="-{END_MM}" width="{side}" height="{side}" rx="0.6"'
        sign = f'<path d="{SIGNS[end.role]}" fill="{INK}" fill-rule="evenodd"/>'
        yield (
            f'<g transform="translate({x:.2f} {y:.2f})" data-end="{end.role}"><rect {box} {edge}/>{sign}</g>'
        )


def halts(places: Sequence[Point]) -> Iterator[str]:
    """Yield the open circles where one gets on and off."""
    for x, y in places:
        yield (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{HALT_MM}" fill="{PAPER}" stroke="{INK}" '
            f'stroke-width="{HALT_EDGE_MM}"/>'
        )
