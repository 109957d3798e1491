"""What would cure a warning: one edit of the day, or a pair of them, and what it costs people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.edits import stops as edits
from planner.domain.order.proposals import Cut
from planner.domain.visits import DayEnd, Mode
from planner.errors import EditRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.domain.visits import Day, Stop


class RemedyCode(StrEnum):
    """The kinds of remedies."""

    ORDER = "order"
    START = "start"
    CUT = "cut"
    UNLOCK = "unlock"
    AFTER = "after"
    END = "end"
    WINDOW = "window"
    FIXED = "fixed"
    MODE = "mode"
    DAY_MODE = "day_mode"
    DATE = "date"
    DROP = "drop"
    PAIR = "pair"


@dataclass(frozen=True)
class Remedy:
    """An edit of a day. Which fields it has tells `code`; the others are empty.

    | code     | fields                                                                             |
    | -------- | ---------------------------------------------------------------------------------- |
    | order    | `order`: the stops in their new order, which may come with `cuts`                    |
    | start    | `time`: the new local start                                                        |
    | cut      | `cuts`                                                                             |
    | unlock   | `stop`, no longer locked, and the `order` in which it is then                      |
    | after    | `stop` no longer comes after `other`; with the new `order`, if it is another one   |
    | end      | `time`: the new latest end                                                         |
    | window   | `stop`, the `number` of its window from 0, and the `span` that it is widened to    |
    | fixed    | `stop`, `time`: its new fixed time                                                 |
    | mode     | `mode` of the way to `stop`, of the way to the end of the day where that is None   |
    | day_mode | `mode` of all ways of the day; with the new `order`, if it is another one          |
    | date     | `date`                                                                             |
    | drop     | `stop`                                                                             |
    | pair     | `both`, made one after the other                                                   |

    Stops that may be left out are, where an order does not name them.
    """

    code: RemedyCode
    order: tuple[str, ...] = ()
    time: str = ""
    cuts: tuple[Cut, ...] = ()
    stop: str | None = None
    other: str | None = None
    number: int = 0
    span: tuple[str, str] = ("", "")
    mode: Mode | None = None
    date: dt.date | None = None
    both: tuple[Remedy, ...] = ()


def applied(day: Day, remedy: Remedy) -> Day:
    """Return the day with the remedy.

    Raises
    ------
    EditRefusedError
        If it does not fit the day: an unknown stop, a stay shorter than its minimum, a locked stop moved.
    """
    return _APPLIED[remedy.code](day, remedy)


def least_min(stop: Stop) -> int:
    """Return the shortest stay in minutes; who names no minimum means the stay as it is."""
    return stop.dwell_min if stop.min_dwell_min is None else min(stop.min_dwell_min, stop.dwell_min)


def _reordered(day: Day, order: tuple[str, ...]) -> Day:
    stops = {stop.id: stop for stop in day.stops}
    if sorted(order) != sorted(stops):
        raise EditRefusedError(Reason.REMEDY_UNFIT, "the order does not name every stop once")
    if any(stop.locked and order[at] != stop.id for at, stop in enumerate(day.stops)):
        raise EditRefusedError(Reason.REMEDY_UNFIT, "the order moves a locked stop")
    return replace(day, stops=tuple(stops[stop] for stop in order))


def _in_order(day: Day, remedy: Remedy) -> Day:
    for stop in day.stops:
        if stop.optional and stop.id not in remedy.order:
            day = edits.remove_stop(day, stop.id)
    return _cut(_reordered(day, remedy.order), remedy)


def _started(day: Day, remedy: Remedy) -> Day:
    return replace(day, start=replace(day.start, time=remedy.time))


def _cut(day: Day, remedy: Remedy) -> Day:
    for cut in remedy.cuts:
        stop = next((stop for stop in day.stops if stop.id == cut.stop), None)
        if stop is None or stop.dwell_min - cut.minutes < least_min(stop):
            msg = f"the stay at {cut.stop!r} cannot be {cut.minutes} min shorter"
            raise EditRefusedError(Reason.REMEDY_UNFIT, msg)
        day = edits.change_stop(day, cut.stop, {"dwell_min": stop.dwell_min - cut.minutes})
    return day


def _unlocked(day: Day, remedy: Remedy) -> Day:
    return _reordered(edits.change_stop(day, remedy.stop or "", {"locked": False}), remedy.order)


def _without_after(day: Day, remedy: Remedy) -> Day:
    stop = next((stop for stop in day.stops if stop.id == remedy.stop), None)
    if stop is None or remedy.other not in stop.after:
        msg = f"{remedy.stop!r} need not come after {remedy.other!r}"
        raise EditRefusedError(Reason.REMEDY_UNFIT, msg)
    left = tuple(earlier for earlier in stop.after if earlier != remedy.other)
    freed = edits.change_stop(day, stop.id, {"after": left})
    return _reordered(freed, remedy.order) if remedy.order else freed


def _ended(day: Day, remedy: Remedy) -> Day:
    end = day.end or DayEnd()
    if end.latest is None and end.arrive is None:
        raise EditRefusedError(Reason.REMEDY_UNFIT, "the day may end at any time")
    return replace(
        day,
        end=replace(
            end,
            latest=None if end.latest is None else remedy.time,
            arrive=None if end.arrive is None else remedy.time,
        ),
    )


def _widened(day: Day, remedy: Remedy) -> Day:
    stop = next((stop for stop in day.stops if stop.id == remedy.stop), None)
    if stop is None or remedy.number >= len(stop.windows):
        raise EditRefusedError(Reason.REMEDY_UNFIT, f"{remedy.stop!r} has no window number {remedy.number}")
    windows = [*stop.windows]
    windows[remedy.number] = remedy.span
    return edits.change_stop(day, stop.id, {"windows": tuple(windows)})


def _fixed(day: Day, remedy: Remedy) -> Day:
    return edits.change_stop(day, remedy.stop or "", {"fixed": remedy.time})


def _moved_by(day: Day, remedy: Remedy) -> Day:
    """The day with another mode of one leg; what the whole day has is not said again."""
    own = None if remedy.mode is day.mode else remedy.mode
    if remedy.stop is not None:
        return edits.change_stop(day, remedy.stop, {"mode_to": own})
    if day.end is None or day.end.place is None:
        raise EditRefusedError(Reason.REMEDY_UNFIT, "the day ends where its last stop is")
    return replace(day, end=replace(day.end, mode_to=own))


def _all_by(day: Day, remedy: Remedy) -> Day:
    stops = tuple(replace(stop, mode_to=None) for stop in day.stops)
    end = None if day.end is None else replace(day.end, mode_to=None)
    driven = replace(day, mode=remedy.mode or day.mode, stops=stops, end=end)
    return _reordered(driven, remedy.order) if remedy.order else driven


def _both(day: Day, remedy: Remedy) -> Day:
    for one in remedy.both:
        day = applied(day, one)
    return day


_APPLIED: dict[RemedyCode, Callable[[Day, Remedy], Day]] = {
    RemedyCode.ORDER: _in_order,
    RemedyCode.START: _started,
    RemedyCode.CUT: _cut,
    RemedyCode.UNLOCK: _unlocked,
    RemedyCode.AFTER: _without_after,
    RemedyCode.END: _ended,
    RemedyCode.WINDOW: _widened,
    RemedyCode.FIXED: _fixed,
    RemedyCode.MODE: _moved_by,
    RemedyCode.DAY_MODE: _all_by,
    RemedyCode.DATE: lambda day, remedy: replace(day, date=remedy.date or day.date),
    RemedyCode.DROP: lambda day, remedy: edits.remove_stop(day, remedy.stop or ""),
    RemedyCode.PAIR: _both,
}
