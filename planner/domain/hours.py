"""Opening hours: OSM syntax read into spans of four states.

opening-hours-py evaluates the syntax. Our layer adds the state "by
appointment", which the syntax only knows as a comment, and reads an empty rule
as unknown, never as open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from opening_hours import OpeningHours, ParserError, State, UnknownCountryError

from planner.domain.clock import Instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.clock import TownClock

HORIZON_DAYS = 2
"""A day is planned from its midnight to the end of the next day (times with "+1")."""

_APPOINTMENT = re.compile(r"appointment|arrange|request|umów|umow|zgłosz|telefon|na zapis", re.IGNORECASE)
_COMMENT_ONLY = re.compile(r'''(?:^|;|\|\|)\s*"([^"]*)"''')
"""A rule that is nothing but a comment: not open, whatever the library says."""


class HoursState(StrEnum):
    """Whether a place receives visitors."""

    OPEN = "open"
    CLOSED = "closed"
    APPOINTMENT = "appointment"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Span:
    """A stretch [start, end) in one state; `end` is None where no end is in sight."""

    start: Instant
    end: Instant | None
    state: HoursState
    comment: str = ""

    def holds(self, start: Instant, dwell_s: int) -> bool:
        """Whether a stay of dwell_s seconds from start lies wholly inside."""
        return self.start <= start and (self.end is None or start + dwell_s <= self.end)


@lru_cache(maxsize=2048)
def parse_hours(rule: str, country: str) -> OpeningHours:
    """Read a rule of OSM's opening_hours syntax.

    Raises
    ------
    ValueError
        If the rule is not of that syntax; the text says where.
    """
    try:
        try:
            return OpeningHours(rule, country=country)
        except UnknownCountryError:
            return OpeningHours(rule)
    except ParserError as error:
        msg = f"{rule!r} is not in the opening_hours syntax of OpenStreetMap"
        raise ValueError(msg) from error


def is_public_holiday(day: date, country: str) -> bool:
    """Whether the day is a public holiday of the country (ISO 3166 code); False for unknown countries."""
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - the library takes local time
    return bool(parse_hours("PH 00:00-24:00", country).is_open(noon))


def spans_of(rule: str, day: date, clock: TownClock, country: str) -> tuple[Span, ...]:
    """Return the spans of a rule from the day's midnight over the planning horizon, closed ones left out.

    An empty rule is one span of unknown hours.

    Raises
    ------
    ValueError
        If the rule cannot be read.
    """
    if not rule.strip():
        return (Span(clock.midnight(day), None, HoursState.UNKNOWN),)
    horizon, sight = (clock.midnight(day + timedelta(days=days)) for days in (HORIZON_DAYS, HORIZON_DAYS + 1))
    spans = _joined(_daily(parse_hours(rule, country), day, clock, set(_COMMENT_ONLY.findall(rule))))
    return tuple(
        replace(span, end=None) if span.end == sight else span for span in spans if span.start < horizon
    )


def _daily(hours: OpeningHours, day: date, clock: TownClock, doubts: set[str]) -> Iterable[Span]:
    """Yield the spans of each day to the end of the day after the horizon, cut at midnight.

    Asked for several days at once the library loses what a fallback rule
    (`||`) interrupts; asked day by day it is right.
    """
    first = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the library takes local time
    for later in range(HORIZON_DAYS + 1):
        midnight = first + timedelta(days=later)
        for opens, closes, state, comment in hours.intervals(midnight, midnight + timedelta(days=1)):
            kind = _state(state, comment, is_doubt=comment in doubts)
            start, end = clock.of_datetime(opens), clock.of_datetime(closes)
            if kind is not HoursState.CLOSED and start < end:
                yield Span(start, end, kind, comment)


def _state(state: State, comment: str, *, is_doubt: bool) -> HoursState:
    if state == State.CLOSED:
        return HoursState.CLOSED
    if comment and _APPOINTMENT.search(comment):
        return HoursState.APPOINTMENT
    if state == State.UNKNOWN or is_doubt:
        return HoursState.UNKNOWN
    return HoursState.OPEN


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    """Join spans that follow each other in the same state, so that midnight does not cut a stay."""
    last: Span | None = None
    for span in spans:
        if last and last.end == span.start and last.state == span.state:
            last = Span(last.start, span.end, last.state, last.comment)
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
                cut.append(Span(start, end, span.state, span.comment))
    return tuple(sorted(cut, key=lambda span: span.start))


def earliest_fit(spans: Iterable[Span], ready: Instant, dwell_s: int) -> tuple[Instant, Span] | None:
    """Return the earliest start from `ready` on whose whole stay lies in one span, with that span."""
    for span in spans:
        start = max(ready, span.start)
        if span.holds(start, dwell_s):
            return start, span
    return None
