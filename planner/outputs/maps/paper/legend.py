"""What the lines of the map for paper mean: a sample of each, as a small SVG of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from planner.outputs.maps.paper.svg import INK, PAPER

if TYPE_CHECKING:
    from planner.outputs.look import LegMode

WALK_MM, RIDE_MM, CORE_MM = 1.1, 1.5, 0.45
"""How wide a line is, and the light core of one that is ridden."""

CORES: dict[str, str] = {"coach": "2.4 1.2", "ride": "0.5 1"}
"""The dashes of the light core of a line; a bus's is whole."""

HALT_MM = 1.1
HALT_EDGE_MM = 0.5


def line_width(mode: LegMode) -> float:
    """Return how wide the line of a mode is, in millimetres."""
    return WALK_MM if mode == "walk" else RIDE_MM


def core_dash(mode: LegMode) -> str:
    """Return the attribute for the dashes of a line's core; empty for a whole one."""
    return f' stroke-dasharray="{CORES[mode]}"' if mode in CORES else ""


def line_sample(mode: LegMode) -> Markup:
    """Draw a piece of a mode's line."""
    course = 'd="M0 1.2H14"'
    line = f'<path {course} stroke="{INK}" stroke-width="{line_width(mode)}"/>'
    if mode != "walk":
        line += f'<path {course} stroke="{PAPER}" stroke-width="{CORE_MM}"{core_dash(mode)}/>'
    size = 'width="14mm" height="2.4mm" viewBox="0 0 14 2.4"'
    return Markup(f'<svg {size} aria-hidden="true">{line}</svg>')  # noqa: S704 - nothing of a user's


def halt_sample() -> Markup:
    """Draw the mark of a stop where one gets on or off."""
    size = 'width="3.2mm" height="3.2mm" viewBox="0 0 3.2 3.2"'
    edge = f'fill="{PAPER}" stroke="{INK}" stroke-width="{HALT_EDGE_MM}"'
    circle = f'<circle cx="1.6" cy="1.6" r="{HALT_MM}" {edge}/>'
    return Markup(f'<svg {size} aria-hidden="true">{circle}</svg>')  # noqa: S704 - nothing of a user's
