"""What stands at the edges of a map for paper: north, scale, five minutes at the group's pace, the credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.look import SHEET_INKS
from planner.outputs.maps.paper.room import text_width
from planner.outputs.maps.paper.svg import INK, PAPER, text_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.maps.content import MapContent
    from planner.outputs.maps.paper.frame import MapFrame
    from planner.outputs.maps.paper.room import Room

BAR_METRES = (20, 50, 100, 200, 500, 1000, 2000, 5000)
BAR_MM = 32.0
CREDIT_MM = 2.3


def furniture(content: MapContent, frame: MapFrame) -> Iterator[str]:
    """Yield all of it."""
    metres = max((m for m in BAR_METRES if m * frame.mm_per_m <= BAR_MM), default=BAR_METRES[0])
    low = frame.height - 4
    yield from _bar(metres * frame.mm_per_m, low, f"{metres} m")
    minute = content.pace_kmh * 1000 / 60 * frame.mm_per_m
    minutes, label = (5, "five_minutes") if 5 * minute < frame.width / 2 else (1, "one_minute")
    yield from _bar(minutes * minute, low - 6.5, content.labels.get(label, f"{minutes} min"))
    east = frame.width - 6
    arrow = f"M{east:g} 4l1.8 5.5l-1.8 -1.2l-1.8 1.2z"
    yield f'<path fill="{INK}" stroke="{PAPER}" stroke-width="0.4" d="{arrow}" data-kind="north"/>'
    yield text_at((east, 11.8), "N", 3)
    for up, text in enumerate(credit_lines(content)):
        at = (frame.width - 2, frame.height - 2.5 - 3.1 * up)
        yield text_at(at, text, CREDIT_MM, anchor="end", kind="credit")
    yield (
        f'<rect x="0.15" y="0.15" width="{frame.width - 0.3:g}" height="{frame.height - 0.3:g}" '
        f'fill="none" stroke="{SHEET_INKS["rail"]}" stroke-width="0.3"/>'
    )


def _bar(length: float, low: float, text: str) -> Iterator[str]:
    end = 4 + length
    bar = f"M4 {low - 1.5:g}V{low:g}H{end:.2f}V{low - 1.5:g}"
    yield f'<path fill="none" stroke="{PAPER}" stroke-width="1.2" d="{bar}"/>'
    yield f'<path fill="none" stroke="{INK}" stroke-width="0.35" d="{bar}" data-kind="bar"/>'
    yield text_at((5, low - 2.4), text, 2.8, anchor="start", kind="scale")


def credit_lines(content: MapContent) -> list[str]:
    """The full credit: who made the map's data, under which address, and the other sources."""
    credit = " · ".join(part for part in (content.credit_text, content.credit_url) if part)
    return [text for text in (credit, content.more_credit) if text]


def keep_clear(content: MapContent, frame: MapFrame, room: Room) -> None:
    """Take the room of all of it."""
    room.take_box(3, frame.height - 16, 42, frame.height - 2)
    room.take_box(frame.width - 9, 2, frame.width - 2, 14)
    lines = credit_lines(content)
    wide = max((text_width(text, CREDIT_MM) for text in lines), default=0.0)
    room.take_box(frame.width - 2 - wide, frame.height - 1 - 3.3 * len(lines), frame.width, frame.height)
