"""One movement and one stay: what the schedule of a day, and of a day that is under way, are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant, minute_from
from planner.domain.hours.spans import earliest_fit, within
from planner.domain.itinerary import Leg
from planner.domain.schedule.doors import closed, entry, misfit, span_warnings, tight
from planner.domain.visits import Mode
from planner.domain.warnings.codes import Late, LateFor, Warning

if TYPE_CHECKING:
    from planner.domain.clock import TownClock
    from planner.domain.schedule.timed import Place, TimedStop, Travel


@dataclass(frozen=True)
class PlannedStay:
    """Start of a stay, how far it may still slip (None: freely), and what is wrong with it.

    `spare_s` is the waiting that a late arrival eats first; the stop's buffer is none of it.
    """

    start: Instant
    spare_s: int
    margin_s: int | None
    warnings: tuple[Warning, ...] = ()


def move(here: Place, there: Place | None, mode: Mode, now: Instant, gather_s: int, travel: Travel) -> Leg:
    """Return the leg to the next stop; a stop without a place, or the same place, is no movement."""
    if there is None or there.key == here.key:
        return Leg(Mode.WALK if mode is Mode.BEST else mode, 0.0, 0, now, now)
    return travel.leg(here, there, mode, now + gather_s)


def planned_stay(stop: TimedStop, ready: Instant, clock: TownClock) -> PlannedStay:
    """Place the stay: at the fixed time, else as early as it fits, else at once, with a warning."""
    first = minute_from(ready if stop.not_before is None else max(ready, stop.not_before))
    if stop.fixed is not None:
        return _fixed_stay(stop, stop.fixed, first, max(0, stop.fixed - ready), clock)
    fit = earliest_fit(within(stop.hours, stop.windows), first, stop.dwell_s)
    if fit is None:
        return PlannedStay(first, 0, 0, (misfit(stop.hours, stop.windows, first, stop.dwell_s, clock),))
    start, span = fit
    notes = span_warnings(span) + entry(span, start, first, clock)
    if span.entries:
        return PlannedStay(start, start - ready, 0, notes)
    margin = None if span.end is None else span.end - start - stop.dwell_s
    return PlannedStay(start, start - ready, margin, notes + tight(margin, span, clock))


def _fixed_stay(
    stop: TimedStop, fixed: Instant, first: Instant, spare_s: int, clock: TownClock
) -> PlannedStay:
    warnings: tuple[Warning, ...] = ()
    if first > fixed:
        warnings += (Late(by_s=first - fixed, limit=clock.face(fixed), kind=LateFor.FIXED),)
    start = max(first, fixed)
    span = next((span for span in stop.hours if span.holds(start, stop.dwell_s)), None)
    if span is None:
        return PlannedStay(start, 0, 0, (*warnings, closed(stop.hours, start, stop.dwell_s, clock)))
    warnings += span_warnings(span) + entry(span, start, start, clock)
    return PlannedStay(start, spare_s, 0, warnings)
