"""The latest start of a day that must end by a time, its order given: the schedule read backward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.clock import minute_until
from planner.domain.hours.spans import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import Instant
    from planner.domain.schedule.timed import Place, TimedDay, TimedStop, Travel
    from planner.domain.visits import Mode


def latest_start(day: TimedDay, travel: Travel) -> Instant | None:
    """Return the latest start that still keeps every demand and is ready at the end by `day.ready_by`.

    None where no start does, or where nothing says by when.
    """
    if day.ready_by is None:
        return None
    leave = day.ready_by
    origins = _origins(day)
    if day.end_place is not None:
        leave = _leave(origins[-1], day.end_place, day.end_mode, leave, day.gather_s, travel)
    for stop, origin in zip(reversed(day.stops), reversed(origins[:-1]), strict=True):
        start = _latest_stay(stop, leave)
        if start is None:
            return None
        leave = _leave(origin, stop.place, stop.mode, start - stop.buffer_s, day.gather_s, travel)
    return leave


def _origins(day: TimedDay) -> Sequence[Place]:
    """Where the group is before each stop, and after the last one."""
    places = [day.start_place]
    for stop in day.stops:
        places.append(stop.place or places[-1])
    return places


def _leave(
    here: Place, there: Place | None, mode: Mode, ready: Instant, gather_s: int, travel: Travel
) -> Instant:
    """When to leave a place at the latest; where nobody moves nobody gathers."""
    if there is None or there.key == here.key:
        return ready
    return travel.leg_by(here, there, mode, ready).depart - gather_s


def _latest_stay(stop: TimedStop, leave: Instant) -> Instant | None:
    """The latest whole minute at which a stay can begin that is over by an instant."""
    if stop.fixed is not None:
        return stop.fixed if stop.fixed + stop.dwell_s <= leave else None
    last = minute_until(leave - stop.dwell_s)
    spans = within(stop.hours, stop.windows)
    ranges = (found for span in spans for found in span.starts(stop.dwell_s))
    starts = (last if closes is None else min(closes, last) for opens, closes in ranges if opens <= last)
    latest = max(starts, default=None)
    is_early = latest is not None and stop.not_before is not None and latest < stop.not_before
    return None if is_early else latest
