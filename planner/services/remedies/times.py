"""Other times: an earlier start, a later end, a fixed time moved, a window made wider.

Leaving earlier never arrives later. So the least that is enough of an earlier start is found by halving:
if the most of it does not remove the warning nothing less does, and what removes it is removed by more
as well. What is agreed with somebody is moved by steps, the least first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.clock import DAY_MIN, clock_minutes, clock_text
from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.warnings.codes import Late, LateFor, Warning
from planner.domain.warnings.severity import OF_TIME
from planner.services.remedies.subject import is_shut, is_too_early, near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planner.services.remedies.trials import RemedyTrials

STEP_MIN = 5
EARLIER_MIN = 180
"""Nobody is asked to come more than three hours earlier, or the evening before."""

SHIFTS_MIN = (*range(STEP_MIN, 65, STEP_MIN), 75, 90, 105, 120, 150, 180)
"""So far a fixed time is moved, or a window made wider."""

STEPS_MIN = (15, 30, 60, 120, 180)
"""The same in rough steps, for the first edit of a pair."""


def starts(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield earlier starts on the marks of five minutes, the least change first."""
    if warning.code not in OF_TIME or is_too_early(warning) or is_shut(trials, warning):
        return
    remedies = earlier_starts(trials)
    first = least(len(remedies), lambda number: trials.removes(remedies[number], warning))
    yield from remedies[first:]


def earlier_starts(trials: RemedyTrials) -> list[Remedy]:
    """The earlier starts that may be asked of a group, the latest first."""
    now = clock_minutes(trials.day.start.time)
    midnight = now // DAY_MIN * DAY_MIN
    first = (now - 1) // STEP_MIN * STEP_MIN
    marks = range(first, max(now - EARLIER_MIN, midnight) - 1, -STEP_MIN)
    return [Remedy(RemedyCode.START, time=clock_text(minutes)) for minutes in marks]


def ends(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    """Yield the first later end on the marks of five minutes that the day is over by."""
    end = trials.day.end
    limit = (end.latest or end.arrive) if end else None
    if limit is None or not (isinstance(warning, Late) and warning.kind is LateFor.FINISH):
        return
    over = clock_minutes(limit) + -(-(warning.by_s or 0) // 60)
    mark = -(-over // STEP_MIN) * STEP_MIN
    if mark < 2 * DAY_MIN:
        yield Remedy(RemedyCode.END, time=clock_text(mark))


def fixed_times(
    trials: RemedyTrials, warning: Warning, shifts: Sequence[int] = SHIFTS_MIN
) -> Iterator[Remedy]:
    """Yield other fixed times of the stop itself and of those before it, the least shift first."""
    if warning.code not in OF_TIME:
        return
    agreed = [(stop.id, clock_minutes(stop.fixed)) for stop in near(trials.day, warning) if stop.fixed]
    for shift in shifts:
        for stop, at in agreed:
            for moved in (at + shift, at - shift):
                if 0 <= moved < 2 * DAY_MIN:
                    yield Remedy(RemedyCode.FIXED, stop=stop, time=clock_text(moved))


def windows(trials: RemedyTrials, warning: Warning, shifts: Sequence[int] = SHIFTS_MIN) -> Iterator[Remedy]:
    """Yield wider windows of the stop itself and of those before it, the least widening first."""
    if warning.code not in OF_TIME:
        return
    asked = [
        (stop.id, number, clock_minutes(opens), clock_minutes(closes))
        for stop in near(trials.day, warning)
        if stop.fixed is None
        for number, (opens, closes) in enumerate(stop.windows)
    ]
    for shift in shifts:
        for stop, number, opens, closes in asked:
            for first, last in ((opens, closes + shift), (opens - shift, closes)):
                if first >= 0 and last < 2 * DAY_MIN:
                    span = clock_text(first), clock_text(last)
                    yield Remedy(RemedyCode.WINDOW, stop=stop, number=number, span=span)


def least(count: int, works: Callable[[int], bool]) -> int:
    """Return the first number that works, of which all later ones do too; the count where none does."""
    if count == 0 or not works(count - 1):
        return count
    low, high = 0, count - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle + 1, high)
    return low
