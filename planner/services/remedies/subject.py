"""What a warning is about: how far into the day it reaches, and whether time would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.hours.spans import earliest_fit, within
from planner.domain.warnings.codes import OpensLater, Warning, WarningCode

if TYPE_CHECKING:
    from planner.domain.schedule.timed import TimedStop
    from planner.domain.visits import Day, Stop
    from planner.services.remedies.trials import RemedyTrials


def is_too_early(warning: Warning) -> bool:
    """Whether the group stands before a door that is not open yet: to be earlier is no help."""
    return isinstance(warning, OpensLater)


def is_shut(trials: RemedyTrials, warning: Warning) -> bool:
    """Whether the doors stay shut for the stay on this date, whenever the group comes."""
    if warning.code is not WarningCode.CLOSED or warning.stop is None:
        return False
    return not is_open(trials.case.timed.stops[warning.stop])


def is_open(stop: TimedStop) -> bool:
    """Whether a stay fits at all: at its fixed time, else at any."""
    if stop.fixed is not None:
        return any(span.holds(stop.fixed, stop.dwell_s) for span in stop.hours)
    return earliest_fit(within(stop.hours, stop.windows), 0, stop.dwell_s) is not None


def reach(day: Day, warning: Warning, *, own: bool, legs: bool = False) -> int:
    """How many of the first stops, or legs, lie before the trouble; its own stop among them if asked for."""
    if warning.stop is not None:
        return warning.stop + own
    if warning.leg is not None:
        return warning.leg
    return len(day.stops) + (legs and day.end is not None and day.end.place is not None)


def near(day: Day, warning: Warning) -> list[Stop]:
    """The stops before the trouble and its own, the nearest first."""
    return [day.stops[at] for at in reversed(range(reach(day, warning, own=True)))]
