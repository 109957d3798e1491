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

from planner.domain.clock import Instant, TownClock, minute_from, minute_until
from planner.domain.hours import day as hours_day
from planner.domain.hours.day import SCHOOL_DOUBT, HoursState, check_hours, day_pieces
from planner.domain.hours.holidays import Almanac, is_public_holiday, knows_country
from planner.domain.hours.syntax import parse_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.hours.day import Piece

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

    `doubt` says why the state is unknown, where more is known than that. A stay in a span with
    `entries` begins at one of them.
    """

    start: Instant
    end: Instant | None
    state: HoursState
    comment: str = ""
    doubt: str = ""
    entries: tuple[Instant, ...] = ()

    def holds(self, start: Instant, dwell_s: int) -> bool:
        """Whether a stay of dwell_s seconds from start lies wholly inside, and begins when one is let in."""
        is_let_in = not self.entries or start in self.entries
        return is_let_in and self.start <= start and (self.end is None or start + dwell_s <= self.end)

    def starts(self, dwell_s: int) -> Iterator[tuple[Instant, Instant | None]]:
        """Yield the first and the last start of stays, in whole minutes; None where there is no last one."""
        if self.entries:
            yield from ((entry, entry) for entry in self.entries if self.holds(entry, dwell_s))
            return
        first = minute_from(self.start)
        last = None if self.end is None else minute_until(self.end - dwell_s)
        if last is None or first <= last:
            yield first, last


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
    spans = _let_in(_joined(_daily(rule, day, clock, almanac)))
    return tuple(
        replace(span, end=None) if span.end == sight else span for span in spans if span.start < horizon
    )


def _daily(rule: str, day: date, clock: TownClock, almanac: Almanac) -> Iterable[Span]:
    """Yield the spans of each day to the end of the day after the horizon, cut at midnight."""
    for later in range(HORIZON_DAYS + 1):
        for piece in day_pieces(rule, day + timedelta(days=later), almanac, clock.zone_name):
            start, end = clock.of_datetime(piece.start), clock.of_datetime(piece.end)
            if piece.state is not HoursState.CLOSED and start < end:
                yield Span(start, end, piece.state, piece.comment, piece.doubt, _entries(piece, clock))


def _entries(piece: Piece, clock: TownClock) -> tuple[Instant, ...]:
    """The entries of the piece's whole day: those outside go when what midnight cuts has been joined."""
    midnight = piece.start.replace(hour=0, minute=0)
    at = {clock.of_datetime(midnight + timedelta(minutes=minute)) for minute in piece.entries}
    return tuple(sorted(at))


def _let_in(spans: Iterable[Span]) -> Iterable[Span]:
    """Yield the spans with the entries that lie in them; where nobody is let in any more is none."""
    for span in spans:
        entries = tuple(at for at in span.entries if span.start <= at and (span.end is None or at < span.end))
        if entries or not span.entries:
            yield replace(span, entries=entries)


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    """Join spans that follow each other in the same state, so that midnight does not cut a stay."""
    last: Span | None = None
    for span in spans:
        is_same = last and last.state == span.state and bool(last.entries) == bool(span.entries)
        if last and is_same and last.end == span.start:
            last = replace(last, end=span.end, entries=last.entries + span.entries)
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
            entries = tuple(
                entry for entry in span.entries if start <= entry and (end is None or entry < end)
            )
            if start < end and bool(entries) == bool(span.entries):
                cut.append(replace(span, start=start, end=end, entries=entries))
    return tuple(sorted(cut, key=lambda span: span.start))


def earliest_fit(spans: Iterable[Span], ready: Instant, dwell_s: int) -> tuple[Instant, Span] | None:
    """Return the earliest whole minute from `ready` on whose whole stay lies in one span, with that span."""
    for span in spans:
        for first, last in span.starts(dwell_s):
            start = max(minute_from(ready), first)
            if last is None or start <= last:
                return start, span
    return None
