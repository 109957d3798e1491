"""When a stay can begin and end: within one of the intervals in which a stop may be visited.

It begins at a whole minute. Rounding up keeps who is ready earlier from beginning later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import MINUTE_S, Instant, minute_from, minute_until
from planner.domain.order.moves import NEVER, Ints

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Interval:
    """A stretch that a whole stay must lie in; it begins at `last_start` at the latest."""

    start: Instant
    end: Instant = NEVER
    last_start: Instant = NEVER

    def latest_start(self, dwell_s: int) -> Instant:
        """The latest minute at which a stay in it can begin, before its own start where none fits."""
        return minute_until(min(self.last_start, self.end - dwell_s))


def leave(intervals: Sequence[Interval], ready: Ints, dwell_s: int) -> Ints:
    """Return the ends of stays that begin as early as they can from `ready` on; NEVER where none fits."""
    ends = np.full_like(ready, NEVER)
    for interval in reversed(intervals):
        start = minutes_from(np.maximum(ready, interval.start))
        fits = start <= interval.latest_start(dwell_s)
        ends = np.where(fits, start + dwell_s, ends)
    return ends


def leave_one(intervals: Sequence[Interval], ready: Instant, dwell_s: int) -> Instant:
    """Return what `leave` does, for one instant."""
    for interval in intervals:
        start = minute_from(max(ready, interval.start))
        if start <= interval.latest_start(dwell_s):
            return start + dwell_s
    return NEVER


def ready_by(intervals: Sequence[Interval], leave_at: Ints, dwell_s: int) -> Ints:
    """Return when to be ready at the latest for the stay to be over by some instants; -NEVER for never."""
    latest = np.full_like(leave_at, -NEVER)
    for interval in intervals:
        start = np.minimum(interval.latest_start(dwell_s), _minutes_until(leave_at - dwell_s))
        latest = np.where(start >= interval.start, np.maximum(latest, start), latest)
    return latest


def minutes_from(instants: Ints) -> Ints:
    """Return each instant, or the next whole minute (`minute_from`)."""
    return -_minutes_until(-instants)


def _minutes_until(instants: Ints) -> Ints:
    """Return each instant, or the last whole minute before it (`minute_until`)."""
    minutes: Ints = instants // MINUTE_S * MINUTE_S
    return minutes
