"""What is said of a stop's doors: by how much a stay misses them, how near they close, how sure they are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.domain.hours.spans import HoursState, Span, earliest_fit
from planner.domain.itinerary import Warning, WarningCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.clock import Instant, TownClock

CLOSES_BEFORE, OPENS_LATER, CLOSED_ALL_DAY = "closes", "opens", "none"
"""What a `closed` warning says of the doors: they close before the stay is done, open later, or stay shut."""

TIGHT_S = 300
"""Less reserve than this before a door closes is worth a warning."""


def span_warnings(span: Span) -> tuple[Warning, ...]:
    """Say how sure it is that the doors are open in a span."""
    if span.state is HoursState.UNKNOWN:
        told = {"doubt": span.doubt, "comment": span.comment}
        return (Warning(WarningCode.HOURS_UNKNOWN, params={key: text for key, text in told.items() if text}),)
    if span.state is HoursState.APPOINTMENT:
        return (Warning(WarningCode.BY_APPOINTMENT, params={"comment": span.comment}),)
    return ()


def tight(margin: int | None, span: Span, clock: TownClock) -> tuple[Warning, ...]:
    """Warn of a stay that ends `margin` seconds before its span does; None is no limit."""
    if margin is None or margin >= TIGHT_S or span.end is None:
        return ()
    return (Warning(WarningCode.TIGHT, by_s=margin, params={"limit": _clock(span.end, clock)}),)


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
    params = {"limit": _clock(closes, clock), "kind": "window"}
    return Warning(WarningCode.LATE, by_s=by_s, params=params)


def closed(hours: Sequence[Span], start: Instant, dwell_s: int, clock: TownClock) -> Warning:
    """Say how a stay that would begin at `start` misses the doors of that day.

    They close before it is done, or have closed before it begins; they open later;
    or they stay shut all day. `by_s` is how much it lies outside. Minutes are as clocks show them.
    """
    date = clock.local(start).date()
    today = [span for span in hours if _touches(span, date, clock)]
    inside = [span for span in today if span.start <= start and (span.end is None or start < span.end)]
    ahead = [span for span in today if span.start > start]
    params: dict[str, str | int] = {"at": _clock(start, clock), "dwell_min": dwell_s // 60}
    fitting = next((span for span in ahead if span.holds(span.start, dwell_s)), None)
    if inside and inside[-1].end is not None:
        return _closes(inside[-1].end, start, dwell_s, params, clock)
    if fitting:
        params |= {"opens": _clock(fitting.start, clock), "in_min": _minutes(start, fitting.start)}
        return Warning(WarningCode.CLOSED, by_s=fitting.start - start, params={"kind": OPENS_LATER, **params})
    if ahead and ahead[-1].end is not None:
        longest = max(ahead, key=lambda span: (span.end or span.start) - span.start)
        params |= {"from": _clock(longest.start, clock)}
        return _closes(longest.end or start, longest.start, dwell_s, params, clock)
    if today and today[-1].end is not None:
        return _closes(today[-1].end, start, dwell_s, params, clock)
    return Warning(WarningCode.CLOSED, params={"kind": CLOSED_ALL_DAY})


def _closes(
    end: Instant, start: Instant, dwell_s: int, params: Mapping[str, str | int], clock: TownClock
) -> Warning:
    """Say that the doors close before a stay is done: what is left of it, 0 where they have closed before."""
    left = max(0, _minutes(start, end))
    told = {"kind": CLOSES_BEFORE, **params, "closes": _clock(end, clock), "left_min": left}
    return Warning(WarningCode.CLOSED, by_s=start + dwell_s - end, params=told)


def _touches(span: Span, date: dt.date, clock: TownClock) -> bool:
    """Whether a span has a moment of a local day."""
    begins, ends = clock.midnight(date), clock.midnight(date + dt.timedelta(days=1))
    return span.start < ends and (span.end is None or begins < span.end)


def _clock(moment: Instant, clock: TownClock) -> str:
    return f"{clock.local(moment):%H:%M}"


def _minutes(start: Instant, end: Instant) -> int:
    """Minutes between two moments as clocks show them."""
    return end // 60 - start // 60
