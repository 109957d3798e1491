"""What is said of a stop's doors: by how much a stay misses them, how near they close, how sure they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, minute_from
from planner.domain.hours.spans import HoursState, Span, earliest_fit
from planner.domain.warnings.codes import (
    ByAppointment,
    Closed,
    Closes,
    Doubt,
    EntryAt,
    HoursUnknown,
    Late,
    LateFor,
    OpensLater,
    ShutAllDay,
    Tight,
    Warning,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import Instant, TownClock

TIGHT_S = 300
"""Less reserve than this before a door closes is worth a warning."""


def span_warnings(span: Span) -> tuple[Warning, ...]:
    """Say how sure it is that the doors are open in a span."""
    if span.state is HoursState.UNKNOWN:
        return (HoursUnknown(doubt=Doubt(span.doubt) if span.doubt else None, comment=span.comment),)
    if span.state is HoursState.APPOINTMENT:
        return (ByAppointment(comment=span.comment),)
    return ()


def entry(span: Span, start: Instant, ready: Instant, clock: TownClock) -> tuple[Warning, ...]:
    """Say that one is let in at `start` and not in between, where the doors open at intervals."""
    if not span.entries:
        return ()
    return (EntryAt(by_s=max(0, start - ready), at=clock.face(start)),)


def tight(margin: int | None, span: Span, clock: TownClock) -> tuple[Warning, ...]:
    """Warn of a stay that ends `margin` seconds before its span does; None is no limit."""
    if margin is None or margin >= TIGHT_S or span.end is None:
        return ()
    return (Tight(by_s=margin, limit=clock.face(span.end)),)


def misfit(
    hours: Sequence[Span],
    windows: Sequence[tuple[Instant, Instant]],
    ready: Instant,
    dwell_s: int,
    clock: TownClock,
) -> Warning:
    """Say why no stay fits from `ready` on: a window that the doors would have allowed, else the doors."""
    fit = earliest_fit(hours, ready, dwell_s)
    if fit is None or not windows:
        return closed(hours, ready, dwell_s, clock)
    opens, closes = max(windows, key=lambda window: window[1])
    start = max(fit[0], opens)
    by_s = start + dwell_s - closes
    if by_s <= 0:
        return closed(hours, start, dwell_s, clock)
    return Late(by_s=by_s, limit=clock.face(closes), kind=LateFor.WINDOW)


def closed(hours: Sequence[Span], start: Instant, dwell_s: int, clock: TownClock) -> Closed:
    """Say how a stay that would begin at `start` misses the doors of that day.

    They close before it is done, or have closed before it begins; they open later;
    or they stay shut all day. `by_s` is how much it lies outside. Minutes are as clocks show them.
    """
    date = clock.local(start).date()
    today = [span for span in hours if _touches(span, date, clock)]
    inside = [span for span in today if span.start <= start and (span.end is None or start < span.end)]
    ahead = [span for span in today if span.start > start]
    stay = _MissedStay(clock.face(start), dwell_s)
    if inside and inside[-1].entries:
        return _missed_entry(inside[-1], start, stay, clock)
    if inside and inside[-1].end is not None:
        return _closes(inside[-1].end, start, stay, clock)
    later = next((first for span in ahead for first, _ in span.starts(dwell_s)), None)
    if later is not None:
        return _opens(later, start, stay, clock)
    if ahead and ahead[-1].end is not None:
        longest = max(ahead, key=lambda span: (span.end or span.start) - span.start)
        opens = clock.face(minute_from(longest.start))
        return _closes(longest.end or start, longest.start, stay, clock, opens=opens)
    if today and today[-1].end is not None:
        return _closes(today[-1].end, start, stay, clock)
    return ShutAllDay()


@dataclass(frozen=True)
class _MissedStay:
    """A stay that misses the doors: when it would begin, as clocks show it, and how long it takes."""

    at: str
    dwell_s: int

    @property
    def dwell_min(self) -> int:
        return self.dwell_s // 60


def _missed_entry(span: Span, start: Instant, stay: _MissedStay, clock: TownClock) -> Closed:
    """Say when one is let in next, or that one was let in for the last time, as long as a stay fits."""
    entries = [first for first, _ in span.starts(stay.dwell_s)]
    later = next((at for at in entries if at > start), None)
    if later is not None:
        return replace(_opens(later, start, stay, clock), entry=clock.face(later))
    if not entries:
        return _closes(span.end or start, start, stay, clock)
    return Closes(
        by_s=minute_from(start) - entries[-1],
        at=stay.at,
        closes=clock.face(span.end or entries[-1]),
        left_min=0,
        dwell_min=stay.dwell_min,
        last_entry=clock.face(entries[-1]),
    )


def _opens(opens: Instant, start: Instant, stay: _MissedStay, clock: TownClock) -> OpensLater:
    return OpensLater(
        by_s=opens - start,
        at=stay.at,
        opens=clock.face(opens),
        in_min=_minutes(start, opens),
        dwell_min=stay.dwell_min,
    )


def _closes(end: Instant, start: Instant, stay: _MissedStay, clock: TownClock, *, opens: str = "") -> Closes:
    """Say that the doors close before a stay is done: what is left of it, 0 where they have closed before."""
    return Closes(
        by_s=minute_from(start) + stay.dwell_s - end,
        at=stay.at,
        opens=opens,
        closes=clock.face(end),
        left_min=max(0, _minutes(start, end)),
        dwell_min=stay.dwell_min,
    )


def _touches(span: Span, date: dt.date, clock: TownClock) -> bool:
    """Whether a span has a moment of a local day."""
    begins, ends = clock.midnight(date), clock.midnight(date + dt.timedelta(days=1))
    return span.start < ends and (span.end is None or begins < span.end)


def _minutes(start: Instant, end: Instant) -> int:
    """Minutes from when a stay may begin to a moment, whole ones as it is held."""
    return (end - minute_from(start)) // MINUTE_S
