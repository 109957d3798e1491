"""Where things stand on a drawn board: instants and lanes as places, in units of about a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planner.domain.clock import Instant

if TYPE_CHECKING:
    from planner.outputs.board.rows import PartyBoard

TEXT = 14.0
"""The height of letters: 11 pt where a board 1000 units wide fills a sheet of A4 across."""

LETTER = 0.58
"""The usual width of a letter as a part of its height."""

LINE = 15.0
DISC = 10.5
PAD = 4.0
LANE = 76.0
"""The height of a party's row."""

SIDE = 34.0
"""Room before the first party's row."""

EDGE = 22.0
"""Room after the last moment, for its time."""

TIME_WIDTH = 5 * TEXT * 0.58


SHEET_MM, HEAD_MM, MM_PER_UNIT = 186.0, 22.0, 0.267
"""A sheet of A4 across between its margins, and a board that fills its width."""

WIDE_COLUMNS = 3
"""So many parties have columns in which a stay and its waiting stand in one line."""

LEAST_LANE, ROOMY_LANE = 44.0, 66.0
SHORTEST_NAME = 6
"""Letters; a name cut shorter says nothing."""


class Rect(NamedTuple):
    """A rectangle on the drawing."""

    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True)
class BoardFrame:
    """How lanes and instants become places: `head` before the first moment, `side` before the first lane."""

    start: Instant
    end: Instant
    lanes: int
    head: float
    side: float
    lane: float
    per_s: float
    is_across: bool = True

    @classmethod
    def across(cls, board: PartyBoard, lane: float = LANE, head: float = 116.0) -> BoardFrame:
        """Rows for parties, 1000 units wide."""
        per_s = (1000.0 - EDGE - head) / (board.end - board.start)
        return cls(board.start, board.end, len(board.lanes), head, SIDE, lane, per_s)

    @classmethod
    def down(cls, board: PartyBoard) -> BoardFrame:
        """Columns for parties, as wide as a phone shows."""
        lane = (358.0 - 54.0) / len(board.lanes)
        return cls(board.start, board.end, len(board.lanes), 52.0, 54.0, lane, 3.6 / 60, is_across=False)

    def along(self, at: Instant) -> float:
        """The place of an instant on the axis of time."""
        return self.head + (at - self.start) * self.per_s

    def box(self, first: int, last: int, start: Instant, end: Instant, inset: float = 5.0) -> Rect:
        """The rectangle from one lane to another between two instants."""
        low, high = self.side + first * self.lane + inset, self.side + (last + 1) * self.lane - inset
        begin, until = self.along(start), self.along(end)
        if self.is_across:
            return Rect(begin, low, until - begin, high - low)
        return Rect(low, begin, high - low, until - begin)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the drawing."""
        time, lanes = self.along(self.end) + EDGE, self.side + self.lanes * self.lane + 2
        return (time, lanes) if self.is_across else (lanes, time)

    def line(self, at: float, start: float, end: float) -> str:
        """A path along the axis of time at a place across it."""
        if self.is_across:
            return f"M{start:.1f} {at:.1f}H{end:.1f}"
        return f"M{at:.1f} {start:.1f}V{end:.1f}"

    def across_line(self, at: float, start: float, end: float) -> str:
        """A path from lane to lane at a place on the axis of time."""
        if self.is_across:
            return f"M{at:.1f} {start:.1f}V{end:.1f}"
        return f"M{start:.1f} {at:.1f}H{end:.1f}"


def lane_on_paper(board: PartyBoard) -> float:
    """How high a row may be for the board and its table to stand on one sheet of A4 across."""
    is_narrow = len(board.lanes) > WIDE_COLUMNS
    lines = sum(2 if is_narrow and site.has_waiting else 1 for site in board.sites) + 3
    table_mm = 14 + 6.8 * lines
    room = (SHEET_MM - HEAD_MM - table_mm) / MM_PER_UNIT - 34
    return min(LANE, max(room / len(board.lanes), LEAST_LANE))
