"""What is said of a stop's doors: by how much a stay misses them, how near they close, how sure they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.hours import HoursState, Span, earliest_fit
from planner.domain.itinerary import Warning, WarningCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import Instant, TownClock

TIGHT_S = 300
"""Less reserve than this before a door closes is worth a warning."""


def span_warnings(span: Span) -> tuple[Warning, ...]:
    """Say how sure it is that the doors are open in a span."""
    if span.state is HoursState.UNKNOWN:
        return (Warning(WarningCode.HOURS_UNKNOWN),)
    if span.state is HoursState.APPOINTMENT:
        return (Warning(WarningCode.BY_APPOINTMENT, params={"comment": span.comment}),)
    return ()


def tight(margin: int | None, span: Span, clock: TownClock) -> tuple[Warning, ...]:
    """Warn of a stay that ends `margin` seconds before its span does; None is no limit."""
    if margin is None or margin >= TIGHT_S or span.end is None:
        return ()
    return (Warning(WarningCode.TIGHT, by_s=margin, params={"limit": f"{clock.local(span.end):%H:%M}"}),)


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
    params = {"limit": f"{clock.local(closes):%H:%M}", "kind": "window"}
    return Warning(WarningCode.LATE, by_s=by_s, params=params)


def closed(hours: Sequence[Span], start: Instant, dwell_s: int, clock: TownClock) -> Warning:
    """Say how a stay misses the doors: they close before its end, open later, or stay shut."""
    before = [span for span in hours if span.start <= start and span.end is not None]
    same_day = [span for span in before if clock.local(span.end or 0).date() >= clock.local(start).date()]
    if same_day:
        closes = same_day[-1].end or start
        return Warning(
            WarningCode.CLOSED,
            by_s=start + dwell_s - closes,
            params={"closes": f"{clock.local(closes):%H:%M}"},
        )
    ahead = [span.start for span in hours if span.start > start]
    if ahead and clock.local(ahead[0]).date() == clock.local(start).date():
        return Warning(
            WarningCode.CLOSED,
            by_s=ahead[0] - start,
            params={"opens": f"{clock.local(ahead[0]):%H:%M}"},
        )
    return Warning(WarningCode.CLOSED)
