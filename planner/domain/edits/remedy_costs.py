"""What a remedy costs people, in minutes of bother: what is offered first is the cheapest.

The numbers are ours: a rough order of what an organiser would rather do, no measurement. Moving a stop
costs nobody anything; an earlier start is felt by the whole group; what is agreed with a host needs a
call; a coach must be hired; another date undoes all that is agreed; a stop that is left out is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.clock import clock_minutes
from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.visits import Mode

if TYPE_CHECKING:
    from planner.domain.visits import Day, Stop

BASE = {
    RemedyCode.ORDER: 5.0,
    RemedyCode.START: 5.0,
    RemedyCode.CUT: 5.0,
    RemedyCode.UNLOCK: 12.0,
    RemedyCode.AFTER: 20.0,
    RemedyCode.END: 10.0,
    RemedyCode.WINDOW: 20.0,
    RemedyCode.FIXED: 25.0,
    RemedyCode.MODE: 15.0,
    RemedyCode.DAY_MODE: 25.0,
    RemedyCode.DATE: 120.0,
    RemedyCode.DROP: 150.0,
    RemedyCode.PAIR: 5.0,
}
"""Bother of making the change at all; more of it is told by `cost_of`."""

HIRED = 60.0
"""A coach that is not there yet."""

MAY_GO = 40.0
"""What the organiser said may be left out."""

ASK_AGAIN = 25.0
"""A host who has confirmed another time is asked again: as much as a fixed time that is moved."""

AGREED = 150.0
"""What is agreed with a host, or a talk, is left out last."""


def cost_of(remedy: Remedy, day: Day, *, has_coach: bool) -> float:
    """Return what a remedy costs people who had planned a day so; `has_coach`: a coach is there anyway."""
    base = BASE[remedy.code]
    if remedy.code is RemedyCode.PAIR:
        first, second = remedy.both
        then = applied(day, first)
        return base + cost_of(first, day, has_coach=has_coach) + cost_of(second, then, has_coach=has_coach)
    if remedy.code in {RemedyCode.MODE, RemedyCode.DAY_MODE}:
        return base + (HIRED if remedy.mode is Mode.COACH and not has_coach else 0.0)
    if remedy.code is RemedyCode.DROP:
        stop = _stop(day, remedy)
        if stop.optional:
            return MAY_GO + stop.dwell_min
        return base + stop.dwell_min + (AGREED if is_agreed(stop) else 0.0)
    return base + _minutes(remedy, day)


def is_agreed(stop: Stop) -> bool:
    """Whether somebody expects the group there, or speaks to it."""
    return stop.fixed is not None or stop.locked or stop.talk


def _minutes(remedy: Remedy, day: Day) -> float:
    """Bother that grows with the minutes."""
    if remedy.code is RemedyCode.START:
        return (clock_minutes(day.start.time) - clock_minutes(remedy.time)) / 3
    if remedy.code is RemedyCode.END:
        before = (day.end and (day.end.latest or day.end.arrive)) or remedy.time
        return clock_minutes(remedy.time) - clock_minutes(before)
    if remedy.code is RemedyCode.FIXED:
        stop = _stop(day, remedy)
        moved = abs(clock_minutes(remedy.time) - clock_minutes(stop.fixed or remedy.time))
        return moved * (0.75 if stop.talk else 0.5)
    if remedy.code is RemedyCode.WINDOW:
        before_span = _stop(day, remedy).windows[remedy.number]
        return sum(
            abs(clock_minutes(new) - clock_minutes(old)) / 2
            for old, new in zip(before_span, remedy.span, strict=True)
        )
    dwells = {stop.id: stop for stop in day.stops}
    return sum(cut.minutes * (2.0 if dwells[cut.stop].talk else 1.0) for cut in remedy.cuts)


def _stop(day: Day, remedy: Remedy) -> Stop:
    return next(stop for stop in day.stops if stop.id == remedy.stop)
