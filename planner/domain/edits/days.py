"""Edits of a visit's days: one more, a copy, one less, another date, a stop to another day.

The days of a visit stand in the order of their dates, and no two have the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from planner.domain.edits import stops as edits
from planner.domain.limits import MOST_DAYS, MOST_STOPS
from planner.domain.visits import Day, Visit
from planner.errors import EditRefusedError, Reason

if TYPE_CHECKING:
    import datetime as dt


def add_day(visit: Visit, index: int) -> Visit:
    """The visit with a day more, the one after its last, that begins and ends as one of its days does.

    Raises
    ------
    EditRefusedError
        If the visit has as many days as it may.
    """
    like = visit.days[index]
    return _with_one_more(visit, Day(like.date, like.start, like.end, like.mode))


def copy_day(visit: Visit, index: int) -> Visit:
    """The visit with a copy of one of its days, on the date after its last.

    Raises
    ------
    EditRefusedError
        If the visit has as many days as it may.
    """
    return _with_one_more(visit, visit.days[index])


def remove_day(visit: Visit, index: int) -> Visit:
    """The visit without one of its days.

    Raises
    ------
    EditRefusedError
        If it has no other.
    """
    if len(visit.days) == 1:
        raise EditRefusedError(Reason.LAST_DAY)
    return replace(visit, days=(*visit.days[:index], *visit.days[index + 1 :]))


def change_day(visit: Visit, index: int, day: Day) -> Visit:
    """The visit with one of its days replaced, and all in the order of their dates.

    Raises
    ------
    EditRefusedError
        If another day has the date already.
    """
    if any(other.date == day.date for at, other in enumerate(visit.days) if at != index):
        raise EditRefusedError(Reason.DATE_TAKEN)
    changed = edits.with_day(visit, index, day)
    return replace(changed, days=tuple(sorted(changed.days, key=lambda dated: dated.date)))


def stop_to_day(visit: Visit, index: int, stop_id: str, to: int) -> Visit:
    """The visit with a stop of one day put at the end of another, free of the order it had.

    Raises
    ------
    EditRefusedError
        If the other day has as many stops as it may, or the day has no such stop.
    """
    old, new = visit.days[index], visit.days[to]
    without = edits.remove_stop(old, stop_id)
    if index == to:
        return visit
    stop = next(stop for stop in old.stops if stop.id == stop_id)
    if len(new.stops) >= MOST_STOPS:
        raise EditRefusedError(Reason.DAY_FULL)
    taken = any(present.id == stop_id for present in new.stops)
    own_id = edits.new_stop_id(new, stop.kind) if taken else stop_id
    moved = replace(stop, id=own_id, after=(), locked=False)
    return edits.with_day(edits.with_day(visit, index, without), to, edits.add_stop(new, moved))


def day_of_date(visit: Visit, date: dt.date) -> int:
    """The index of the day on a date, else that of the last day before it, else of the first."""
    return max((at for at, day in enumerate(visit.days) if day.date <= date), default=0)


def coming_day(visit: Visit, today: dt.date) -> int:
    """The index of the day that is today or comes next, of the last one where all are over."""
    return next((at for at, day in enumerate(visit.days) if day.date >= today), len(visit.days) - 1)


def changed_day(before: Visit, after: Visit, shown: int) -> int:
    """The day to show of a visit that went from one state to another: one that changed, if any did.

    The one that was `shown` is shown again where it has changed or no other has.
    """
    old = {day.date: day for day in before.days}
    changed = [at for at, day in enumerate(after.days) if old.get(day.date) != day]
    here = day_of_date(after, before.days[min(max(shown, 0), len(before.days) - 1)].date)
    return here if not changed or here in changed else changed[0]


def _with_one_more(visit: Visit, day: Day) -> Visit:
    if len(visit.days) >= MOST_DAYS:
        raise EditRefusedError(Reason.TOO_MANY_DAYS, days=MOST_DAYS)
    return replace(visit, days=(*visit.days, replace(day, date=visit.days[-1].date + timedelta(days=1))))
