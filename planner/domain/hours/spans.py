"""Opening hours: OSM opening_hours syntax read into spans of four states.

opening-hours-py evaluates the syntax day by day; what it lacks is our own:
comments and fallbacks (hours_syntax.py), holidays (hours_holidays.py), and the
states "by appointment" and "unknown" (hours_day.py). An empty rule is unknown, never open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.domain.clock import Instant, TownClock, minute_from
from planner.domain.hours import day as hours_day
from planner.domain.hours.day import SCHOOL_DOUBT, HoursState, check_hours, day_pieces
from planner.domain.hours.holidays import Almanac, is_public_holiday, knows_country
from planner.domain.hours.syntax import parse_hours

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "SCHOOL_DOUBT",
    "Almanac",
    "HoursState",
    "Span",
    "check_hours",
    "earliest_fit",
    "is_public_holiday",
    "knows_country",
    "parse_hours",
    "spans_of",
    "why_closed",
    "within",
]

HORIZON_DAYS = 2
"""A day is planned from its midnight to the end of the next day (times with "+1")."""


@dataclass(frozen=True)
class Span:
    """A stretch [start, end) in one state; `end` is None where no end is in sight.

    `doubt` says why the state is unknown, where more is known than that.
    """

    start: Instant
    end: Instant | None
    state: HoursState
    comment: str = ""
    doubt: str = ""

    def holds(self, start: Instant, dwell_s: int) -> bool:
        """Whether a stay of dwell_s seconds from start lies wholly inside."""
        return self.start <= start and (self.end is None or start + dwell_s <= self.end)


def spans_of(rule: str, day: date, clock: TownClock, almanac: Almanac | str) -> tuple[Span, ...]:
    """Return the spans of a rule from the day's midnight over the planning horizon, closed ones left out.

    An empty rule is one span of unknown hours. A bare country code stands for an
    almanac that knows its public holidays only.

    Raises
    ------
    EditRefusedError
        If the rule cannot be read.
    """
    if not rule.strip():
        return (Span(clock.midnight(day), None, HoursState.UNKNOWN),)
    return _spans(rule, day, clock, _almanac(almanac))


def why_closed(rule: str, day: date, clock: TownClock, almanac: Almanac | str) -> str:
    """Say which holidays shut the doors on a day, "public_holiday" or "school_holiday"; "" where none do."""
    return hours_day.why_closed(rule, day, _almanac(almanac), clock.zone_name)


def _almanac(almanac: Almanac | str) -> Almanac:
    return Almanac(almanac) if isinstance(almanac, str) else almanac


@lru_cache(maxsize=4096)
def _spans(rule: str, day: date, clock: TownClock, almanac: Almanac) -> tuple[Span, ...]:
    horizon, sight = (clock.midnight(day + timedelta(days=days)) for days in (HORIZON_DAYS, HORIZON_DAYS + 1))
    spans = _joined(_daily(rule, day, clock, almanac))
    return tuple(
        replace(span, end=None) if span.end == sight else span for span in spans if span.start < horizon
    )


def _daily(rule: str, day: date, clock: TownClock, almanac: Almanac) -> Iterable[Span]:
    """Yield the spans of each day to the end of the day after the horizon, cut at midnight."""
    for later in range(HORIZON_DAYS + 1):
        for piece in day_pieces(rule, day + timedelta(days=later), almanac, clock.zone_name):
            start, end = clock.of_datetime(piece.start), clock.of_datetime(piece.end)
            if piece.state is not HoursState.CLOSED and start < end:
                yield Span(start, end, piece.state, piece.comment, piece.doubt)


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    """Join spans that follow each other in the same state, so that midnight does not cut a stay."""
    last: Span | None = None
    for span in spans:
        if last and last.end == span.start and last.state == span.state:
            last = replace(last, end=span.end)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def within(spans: Iterable[Span], windows: Iterable[tuple[Instant, Instant]]) -> tuple[Span, ...]:
    """Cut the spans down to the windows; no windows leave them as they are."""
    limits = tuple(windows)
    if not limits:
        return tuple(spans)
    cut = []
    for span in spans:
        for opens, closes in limits:
            start = max(span.start, opens)
            end = closes if span.end is None else min(span.end, closes)
            if start < end:
                cut.append(replace(span, start=start, end=end))
    return tuple(sorted(cut, key=lambda span: span.start))


def earliest_fit(spans: Iterable[Span], ready: Instant, dwell_s: int) -> tuple[Instant, Span] | None:
    """Return the earliest whole minute from `ready` on whose whole stay lies in one span, with that span."""
    for span in spans:
        start = minute_from(max(ready, span.start))
        if span.holds(start, dwell_s):
            return start, span
    return None
