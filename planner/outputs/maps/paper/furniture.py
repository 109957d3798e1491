"""What stands at the edges of a map for paper: north, scale, five minutes at the group's pace, the credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.look import SHEET_INKS
from planner.outputs.maps.paper.room import text_width
from planner.outputs.maps.paper.svg import INK, PAPER, text_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.outputs.maps.content import MapContent
    from planner.outputs.maps.paper.frame import MapFrame, Point
    from planner.outputs.maps.paper.room import Room
    from planner.streets.query.layers import Bounds

BAR_METRES = (20, 50, 100, 200, 500, 1000, 2000, 5000)
BAR_MM = 32.0
CREDIT_MM = 2.3


def furniture(content: MapContent, frame: MapFrame, kept: Sequence[Bounds] = ()) -> Iterator[str]:
    """Yield all of it; the bars stand in a corner that neither the visit nor the boxes `kept` need."""
    left, low = _bars_corner(content, frame, kept)
    metres, minutes, label = _bars(content, frame)
    yield from _bar((left, low), metres * frame.mm_per_m, f"{metres} m")
    length = minutes * _minute_mm(content, frame)
    yield from _bar((left, low - 6.5), length, content.labels.get(label, f"{minutes} min"))
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


def _minute_mm(content: MapContent, frame: MapFrame) -> float:
    return content.pace_kmh * 1000 / 60 * frame.mm_per_m


def _bars(content: MapContent, frame: MapFrame) -> tuple[int, int, str]:
    """How many metres and minutes the bars are long, and the label of the minutes."""
    metres = max((m for m in BAR_METRES if m * frame.mm_per_m <= BAR_MM), default=BAR_METRES[0])
    is_short = 5 * _minute_mm(content, frame) < frame.width / 2
    return (metres, 5, "five_minutes") if is_short else (metres, 1, "one_minute")


def _bars_box(content: MapContent, frame: MapFrame) -> Point:
    """How wide and tall the bars are."""
    metres, minutes, _ = _bars(content, frame)
    return max(metres * frame.mm_per_m, minutes * _minute_mm(content, frame), 32.0) + 6, 14.0


def _bars_corner(content: MapContent, frame: MapFrame, kept: Sequence[Bounds]) -> Point:
    """The left end of the lower bar: at the lower left, or where the visit leaves more room."""
    wide, tall = _bars_box(content, frame)
    above_credit = frame.height - 5 - 3.1 * len(credit_lines(content))
    right = max(frame.width - wide + 2, 4.0)
    corners = ((4.0, frame.height - 4), (right, above_credit), (4.0, tall + 2), (right - 10, tall + 2))
    marked = [*(stop.at for stop in content.stops), *(end.at for end in content.ends)]
    spots = [frame.place(at) for at in marked]
    spots += [frame.place(at) for leg in content.legs for at in leg.geometry]

    def is_free(corner: Point) -> bool:
        x, y = corner
        box = x - 5, y - tall - 2, x + wide, y + 4
        on_it = any(box[0] < px < box[2] and box[1] < py < box[3] for px, py in spots)
        return not on_it and not any(
            box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in kept
        )

    return next(filter(is_free, corners), corners[0])


def _bar(at: Point, length: float, text: str) -> Iterator[str]:
    left, low = at
    bar = f"M{left:g} {low - 1.5:g}V{low:g}H{left + length:.2f}V{low - 1.5:g}"
    yield f'<path fill="none" stroke="{PAPER}" stroke-width="1.2" d="{bar}"/>'
    yield f'<path fill="none" stroke="{INK}" stroke-width="0.35" d="{bar}" data-kind="bar"/>'
    yield text_at((left + 1, low - 2.4), text, 2.8, anchor="start", kind="scale")


def credit_lines(content: MapContent) -> list[str]:
    """The full credit: who made the map's data, under which address, and the other sources."""
    credit = " · ".join(part for part in (content.credit_text, content.credit_url) if part)
    return [text for text in (credit, content.more_credit) if text]


def keep_clear(content: MapContent, frame: MapFrame, room: Room, kept: Sequence[Bounds] = ()) -> None:
    """Take the room of all of it."""
    left, low = _bars_corner(content, frame, kept)
    wide, tall = _bars_box(content, frame)
    room.take_box(left - 1, low - tall + 2, left + wide - 4, low + 2)
    room.take_box(frame.width - 9, 2, frame.width - 2, 14)
    lines = credit_lines(content)
    wide = max((text_width(text, CREDIT_MM) for text in lines), default=0.0)
    room.take_box(frame.width - 2 - wide, frame.height - 1 - 3.3 * len(lines), frame.width, frame.height)
