"""What if: the same day with something else about it, as an edit that can be tried before it is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from planner.domain.clock import DAY_MIN, clock_minutes, clock_text
from planner.domain.edits.days import change_day
from planner.domain.visits import Mode

if TYPE_CHECKING:
    from planner.domain.visits import Day, Visit

WEEK_DAYS = 7


@dataclass(frozen=True)
class Variation:
    """What is to change; None leaves a thing as it is. Times are local "HH:MM".

    `arrive` is for a day that is planned backward from the time to be at its end. The pace
    (km/h) is the group's, so it holds on every day of the visit; all else is the day's own.
    """

    date: dt.date | None = None
    start: str | None = None
    arrive: str | None = None
    pace_kmh: float | None = None
    mode: Mode | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether everything stays as it is."""
        return self == Variation()


def as_it_is(visit: Visit, index: int) -> Variation:
    """Everything that can be varied, as it is on a day (counted from 0)."""
    day = visit.days[index]
    arrive = day.end.arrive if day.end else None
    return Variation(day.date, day.start.time, arrive, visit.pace_kmh, day.mode)


def only_other(visit: Visit, index: int, variation: Variation) -> Variation:
    """The variation without what the day has already, and without an arrival where the day asks for none."""
    now = as_it_is(visit, index)
    names = [field.name for field in fields(now)]
    same = {name: None for name in names if getattr(variation, name) == getattr(now, name)}
    changed = replace(variation, **same)
    return changed if now.arrive else replace(changed, arrive=None)


def vary(visit: Visit, index: int, variation: Variation) -> Visit:
    """The visit with one of its days (counted from 0) varied; the days stay in the order of their dates.

    Raises
    ------
    EditRefusedError
        If another day has the date already.
    """
    day = _varied(visit.days[index], only_other(visit, index, variation))
    paced = replace(visit, pace_kmh=variation.pace_kmh or visit.pace_kmh)
    return change_day(paced, index, day)


def _varied(day: Day, other: Variation) -> Day:
    end = replace(day.end, arrive=other.arrive) if day.end and other.arrive else day.end
    return replace(
        day,
        date=other.date or day.date,
        start=replace(day.start, time=other.start or day.start.time),
        end=end,
        mode=other.mode or day.mode,
    )


def shifted(clock_time: str, minutes: int) -> str | None:
    """The local time some minutes later, as the clock's face counts; None outside the day's two dates."""
    total = clock_minutes(clock_time) + minutes
    return clock_text(total) if 0 <= total < 2 * DAY_MIN else None


def earlier_or_later(visit: Visit, index: int, minutes: int) -> Variation | None:
    """The day moved by some minutes: by its arrival, where that is what it is planned from."""
    now = as_it_is(visit, index)
    moved = shifted(now.arrive or now.start or "", minutes)
    if moved is None:
        return None
    return Variation(arrive=moved) if now.arrive else Variation(start=moved)


def week_of(date: dt.date) -> tuple[dt.date, ...]:
    """The seven dates of the week that a date lies in, from its Monday."""
    monday = date - dt.timedelta(days=date.weekday())
    return tuple(monday + dt.timedelta(days=later) for later in range(WEEK_DAYS))
