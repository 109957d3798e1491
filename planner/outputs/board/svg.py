"""The board drawn: one SVG that takes its colours from the page's style sheet (static/css/pages/parties.css).

Drawn in units of about a pixel. Across, time goes to the right and parties have rows; down, for a
phone, time goes down and parties have columns.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from planner.outputs.board.frame import (
    DISC,
    LANE,
    LETTER,
    LINE,
    PAD,
    ROOMY_LANE,
    SHORTEST_NAME,
    TEXT,
    TIME_WIDTH,
    BoardFrame,
    Rect,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import Instant
    from planner.outputs.board.rows import Lane, PartyBoard, SiteLane


def draw_board(
    board: PartyBoard, name: str, described_by: str, *, is_across: bool = True, lane: float = LANE
) -> str:
    """Draw the parties' lanes; `described_by` is the id of the table that says the same."""
    frame = BoardFrame.across(board, lane) if is_across else BoardFrame.down(board)
    hatch = "hatch-across" if is_across else "hatch-down"
    parts = [
        *_scale(board, frame),
        *_heads(board, frame),
        *(part for index, lane in enumerate(board.lanes) for part in _ways(lane, index, frame, hatch)),
        *_stays(board, frame),
    ]
    return _svg(frame.size, parts, name, described_by, hatch)


def draw_sites(board: PartyBoard, name: str, described_by: str) -> str:
    """Draw a lane for each stop with the parties that are there."""
    frame = BoardFrame.across(board, head=236.0)
    parts: list[str] = []
    top = frame.side
    for site in board.sites:
        rows = _rows(site)
        high = max(max(rows, default=0) + 1, 1) * 30.0 + 10.0
        parts.extend(_site(site, rows, frame, top))
        top += high
    size = (frame.size[0], top + 2)
    return _svg(size, [*_scale(board, frame, bottom=top), *parts], name, described_by, "")


def _svg(size: tuple[float, float], parts: list[str], name: str, described_by: str, hatch: str) -> str:
    wide, high = size
    pattern = (
        f'<defs><pattern id="{hatch}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="board__hatch" d="M1 0V6"/></pattern></defs>'
        if hatch
        else ""
    )
    return (
        f'<svg class="board__svg" viewBox="0 0 {wide:.0f} {high:.0f}" role="img" '
        f'aria-label="{escape(name, quote=True)}" aria-describedby="{described_by}">'
        + pattern
        + "".join(parts)
        + "</svg>"
    )


def _scale(board: PartyBoard, frame: BoardFrame, bottom: float | None = None) -> Iterator[str]:
    """Hours and quarters of an hour."""
    low = frame.side - 6
    high = bottom if bottom is not None else frame.side + frame.lanes * frame.lane
    room = 900 * frame.per_s
    for tick in board.ticks:
        at = frame.along(tick.at)
        kind = "hour" if tick.is_hour else "quarter"
        yield f'<path class="board__tick board__tick--{kind}" d="{frame.across_line(at, low, high)}"/>'
        if tick.is_hour or (room >= 2.4 * TEXT and tick.at not in (board.start, board.end)):
            where = (at, frame.side - 12) if frame.is_across else (frame.side - 10, at + 5)
            anchor = "middle" if frame.is_across else "end"
            yield _text(*where, tick.text, f"board__time board__time--{kind}", anchor)


def _heads(board: PartyBoard, frame: BoardFrame) -> Iterator[str]:
    """The name of each party with its line and how many people it has."""
    for index, lane in enumerate(board.lanes):
        low = frame.side + index * frame.lane
        if frame.is_across:
            yield f'<path class="board__edge" d="M0 {low:.1f}H{frame.size[0]:.1f}"/>' if index else ""
            letters = int((frame.head - 14) / (TEXT * 1.15 * LETTER))
            is_roomy = frame.lane >= ROOMY_LANE
            middle = low + frame.lane / 2 + (0 if is_roomy else 6)
            yield _text(2, middle - 12, shortened(lane.name, letters), "board__party", "start")
            yield _line(lane.look, f"M2 {middle - 1:.1f}H60")
            if lane.people and is_roomy:
                yield _text(2, middle + 20, lane.people, "board__small", "start")
        else:
            middle = low + frame.lane / 2
            letters = int((frame.lane - 6) / (TEXT * 1.15 * LETTER))
            yield _text(middle, 18, shortened(lane.name, letters), "board__party", "middle")
            yield _line(lane.look, f"M{middle - 22:.1f} 30H{middle + 22:.1f}")


def _ways(lane: Lane, index: int, frame: BoardFrame, hatch: str) -> Iterator[str]:
    """A party's legs as thin lines, its waiting hatched."""
    middle = frame.side + (index + 0.5) * frame.lane
    for move in lane.moves:
        yield _line(lane.look, frame.line(middle, frame.along(move.depart), frame.along(move.arrive)))
    for stay in lane.stays:
        if stay.start - stay.arrive >= 60:  # noqa: PLR2004 - a minute
            box = frame.box(index, index, stay.arrive, stay.start, frame.lane * 0.3)
            yield f'<rect class="board__wait" {_at(box)} fill="url(#{hatch})"/>'


def _stays(board: PartyBoard, frame: BoardFrame) -> Iterator[str]:
    """The stays as numbered bars; what all do together is one bar across all lanes."""
    common = {(stay.stop, stay.start) for stay in board.common}
    for stay in board.common:
        box = frame.box(0, len(board.lanes) - 1, stay.start, stay.leave)
        yield from _bar(box, "all", stay.number, stay.begins, stay.name)
    for index, lane in enumerate(board.lanes):
        for stay in lane.stays:
            if (stay.stop, stay.start) not in common:
                box = frame.box(index, index, stay.start, stay.leave)
                yield from _bar(box, lane.look, stay.number, stay.begins, stay.name)


def _bar(box: Rect, look: str, number: int, begins: str, name: str) -> Iterator[str]:
    """A bar with its number, and time and name as far as there is room."""
    yield f'<g class="look look--{look}"><rect class="board__bar" rx="3" {_at(box)}/>'
    radius = min(DISC, box.wide / 2 - 1, box.high / 2 - 1)
    if radius < 5:  # noqa: PLR2004 - too small for a number
        yield "</g>"
        return
    x = box.x + (PAD + DISC if box.wide >= 2 * (DISC + PAD) else box.wide / 2)
    y = box.y + (PAD + DISC if box.high >= 2 * (DISC + PAD) else box.high / 2)
    yield f'<circle class="board__disc" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    yield _text(x, y + 0.36 * TEXT, str(number), "board__number", "middle")
    if box.wide >= 2 * DISC + 3 * PAD + TIME_WIDTH:
        yield _text(x + DISC + PAD, y + 0.36 * TEXT, begins, "board__begins", "start")
    yield from _name(box, name)
    yield "</g>"


def _name(box: Rect, name: str) -> Iterator[str]:
    letters = int((box.wide - 2 * PAD) / (TEXT * LETTER))
    room = int((box.high - 2 * DISC - 2 * PAD) / LINE)
    if letters < min(SHORTEST_NAME, len(name)):
        return
    for index, line in enumerate(wrapped(name, letters, room)):
        yield _text(box.x + PAD, box.y + PAD + 2 * DISC + (index + 0.85) * LINE, line, "board__name", "start")


def _rows(site: SiteLane) -> list[int]:
    """The row of each presence, so that parties that are there together stand one below the other."""
    rows: list[int] = []
    ends: list[Instant] = []
    for presence in site.presences:
        row = next((index for index, end in enumerate(ends) if end <= presence.start), len(ends))
        if row == len(ends):
            ends.append(presence.leave)
        ends[row] = presence.leave
        rows.append(row)
    return rows


def _site(site: SiteLane, rows: list[int], frame: BoardFrame, top: float) -> Iterator[str]:
    yield f'<path class="board__edge" d="M0 {top:.1f}H{frame.size[0]:.1f}"/>'
    yield f'<circle class="board__disc" cx="{DISC + 1:.1f}" cy="{top + 20:.1f}" r="{DISC:.1f}"/>'
    yield _text(DISC + 1, top + 20 + 0.36 * TEXT, str(site.number), "board__number", "middle")
    letters = int((frame.head - 92) / (TEXT * LETTER))
    lines = wrapped(site.name, letters, 2)
    for line, y in zip(lines, (top + 25,) if len(lines) == 1 else (top + 17, top + 32), strict=False):
        yield _text(2 * DISC + 8, y, line, "board__name", "start")
    if site.capacity is not None:
        state = "board__room board__room--over" if site.is_over else "board__room"
        yield _text(frame.head - 12, top + 25, f"{site.most} / {site.capacity}", state, "end")
    for row, presence in zip(rows, site.presences, strict=True):
        begin, until = frame.along(presence.start), frame.along(presence.leave)
        box = Rect(begin, top + 7 + row * 30, until - begin, 26)
        yield f'<g class="look look--{presence.look}"><rect class="board__bar" rx="3" {_at(box)}/>'
        told = f"{presence.name} {presence.size}" if presence.size else presence.name
        text = told if len(told) * TEXT * LETTER < box.wide - 4 else presence.name
        if len(text) * TEXT * LETTER < box.wide:
            yield _text(box.x + box.wide / 2, box.y + 18, text, "board__begins", "middle")
        yield "</g>"


def _line(look: str, path: str) -> str:
    return f'<path class="board__line look look--{look}" d="{path}"/>'


def _at(box: Rect) -> str:
    return f'x="{box.x:.1f}" y="{box.y:.1f}" width="{max(box.wide, 0):.1f}" height="{max(box.high, 0):.1f}"'


def _text(x: float, y: float, text: str, kind: str, anchor: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def shortened(text: str, letters: int) -> str:
    """The text cut to so many letters, the cut shown."""
    return text if len(text) <= letters else text[: max(letters - 1, 0)].rstrip() + "…"


def wrapped(text: str, letters: int, lines: int) -> list[str]:
    """The text in at most so many lines of so many letters; what does not fit is cut, and the cut shown."""
    rows: list[str] = []
    words = text.split()
    while words and len(rows) < lines:
        line = words.pop(0)
        while words and len(line) + 1 + len(words[0]) <= letters:
            line += " " + words.pop(0)
        if words and len(rows) + 1 == lines:
            line = " ".join((line, *words))
            words = []
        rows.append(shortened(line, letters))
    return rows
