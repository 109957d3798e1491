"""Pieces of SVG text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from planner.outputs.look import SHEET_INKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.outputs.maps.paper.frame import Point

INK, PAPER = SHEET_INKS["route"], SHEET_INKS["land"]
ROUND = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'


def course(line: Sequence[Point]) -> str:
    """A line as the data of a path."""
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in line)


def text_at(
    at: Point,
    text: str,
    size: float,
    *,
    fill: str = INK,
    anchor: str = "middle",
    weight: str = "",
    kind: str = "",
) -> str:
    """A text with a halo, level, its middle at a place."""
    halo = f'stroke="{PAPER}" stroke-width="{size * 0.26:.2f}" stroke-linejoin="round" paint-order="stroke"'
    bold = f' font-weight="{weight}"' if weight else ""
    told = f' data-kind="{kind}"' if kind else ""
    return (
        f'<text x="{at[0]:.2f}" y="{at[1]:.2f}" dy="0.35em" font-size="{size:g}" text-anchor="{anchor}" '
        f'fill="{fill}"{bold}{told} {halo}>{escape(text)}</text>'
    )
