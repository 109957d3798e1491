"""The axis of time that a day is drawn on, in units of about a pixel of a desk's screen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import Instant, TownClock

WIDE, HIGH, MARGIN = 1240.0, 40.0, 8.0
HOUR_S = 3600
LEAST_S = 3 * HOUR_S
"""A short day is drawn as if it were so long: its stays are not blown up."""

LONG_S = 14 * HOUR_S
"""A longer day has the time written at every second hour."""


class Axis:
    """From the full hour before a day begins to the one after its end; what lies beyond is at its edge."""

    def __init__(self, start: Instant, end: Instant, clock: TownClock) -> None:
        self._clock = clock
        self._first = self._hour(start)
        self._last = max(self._hour(end + HOUR_S - 1), self._first + LEAST_S)
        self.per_s = (WIDE - 2 * MARGIN) / (self._last - self._first)

    def _hour(self, instant: Instant) -> Instant:
        local = self._clock.local(instant)
        return instant - local.minute * 60 - local.second

    def x(self, instant: Instant) -> float:
        """Return where an instant stands."""
        return MARGIN + (min(max(instant, self._first), self._last) - self._first) * self.per_s

    def box(self, first: Instant, last: Instant, top: float, high: float, *, least: float = 0.0) -> str:
        """Return the attributes of a rectangle over a stretch, at least so wide."""
        x = self.x(first)
        wide = max(self.x(last) - x, least)
        return f'x="{x:.1f}" y="{top:.0f}" width="{wide:.1f}" height="{high:.0f}"'

    def hours(self) -> Iterator[str]:
        """Yield a line for every hour, with its time where there is room."""
        step = 2 * HOUR_S if self._last - self._first > LONG_S else HOUR_S
        for instant in range(self._first, self._last + 1, HOUR_S):
            x = self.x(instant)
            yield f'<path class="strip__hour" d="M{x:.1f} 12V{HIGH - 3:.0f}"/>'
            if (instant - self._first) % step == 0:
                is_last = instant + HOUR_S > self._last
                at, anchor = (x - 2, "end") if is_last else (x + 2, "start")
                yield text(at, 10, self._clock.face(instant), "strip__face", anchor)


def text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    """Return words that begin, end or have their middle at a place."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'
