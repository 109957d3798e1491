"""The town on paper, painted step by step as the description says."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planner.outputs.look import SHEET_INKS
from planner.outputs.maps.description import CASING_PX, FADES, steps_at
from planner.outputs.maps.paper.frame import mm
from planner.outputs.maps.paper.svg import PAPER, ROUND, course
from planner.streets.query.layers import LayerKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.maps.description import Look
    from planner.outputs.maps.ground import Ground
    from planner.outputs.maps.paper.frame import MapFrame, Point

SPECIAL = {
    LayerKind.STEPS: 'stroke-dasharray="0.25 0.35"',
    LayerKind.RIVER: 'stroke-linejoin="round"',
}
Lines = dict[tuple[LayerKind, bool, int], list[tuple[str, list["Point"]]]]


def lines_on(ground: Ground, frame: MapFrame) -> Lines:
    """The features that the sheet shows, in its millimetres, by kind, certainty and fade."""
    lines: Lines = defaultdict(list)
    for feature in ground.features:
        line = [frame.place((lon, lat)) for lon, lat in feature.coords.tolist()]
        if frame.shows(line):
            lines[feature.kind, feature.is_estimated, feature.fade].append((feature.name, line))
    return lines


def town(lines: Lines, frame: MapFrame) -> Iterator[str]:
    """Yield the town, one group a step, told as the description names it."""
    yield f'<rect width="{frame.width:g}" height="{frame.height:g}" fill="{PAPER}"/>'
    for what, look in steps_at(frame.zoom):
        drawn = "".join(_paths(lines, what, look, frame.zoom))
        if drawn:
            name = look.kind.name if what in {"fill", "line"} else f"{what}:{look.kind.name}"
            yield f'<g data-step="{name}">{drawn}</g>'


def _paths(lines: Lines, what: str, look: Look, zoom: float) -> Iterator[str]:
    end = "Z" if look.kind.is_area else ""
    for fade, strength in enumerate(FADES):
        for is_estimated in (False, True):
            drawn = "".join(course(line) + end for _, line in lines.get((look.kind, is_estimated, fade), ()))
            if drawn:
                faint = f' opacity="{strength:g}"' if fade else ""
                yield f'<path {_style(what, look, zoom, is_estimated=is_estimated)}{faint} d="{drawn}"/>'


def _style(what: str, look: Look, zoom: float, *, is_estimated: bool) -> str:
    ink, width = SHEET_INKS[look.colour], mm(look.width(zoom))
    if what == "fill":
        return f'fill="{ink}"'
    if what == "casing":
        dash = ' stroke-dasharray="1.6 1.2"' if is_estimated else ""
        edge = ROUND if not is_estimated else 'fill="none"'
        return f'{edge} stroke="{SHEET_INKS["casing"]}" stroke-width="{width + 2 * mm(CASING_PX):.2f}"{dash}'
    if what == "ties":
        return f'fill="none" stroke="{ink}" stroke-width="{width + 1.0:.2f}" stroke-dasharray="0.3 2.2"'
    thin = f'fill="none" stroke="{ink}" stroke-width="{max(width, 0.2):.2f}"'
    if look.kind is LayerKind.PATH:
        return f'{thin} stroke-dasharray="{"0.3 0.9" if is_estimated else "0.9 0.6"}"'
    if look.kind in SPECIAL:
        return f"{thin} {SPECIAL[look.kind]}"
    return f'{ROUND} stroke="{ink}" stroke-width="{max(width, 0.2):.2f}"'
