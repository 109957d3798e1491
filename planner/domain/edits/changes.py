"""What differs between two states of a visit, as data: for a changelog and for a conflict."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from planner.domain.visits import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.domain.visits import Day, Visit

DAY_FIELDS = (
    "date",
    "start",
    "end",
    "mode",
    "stand_in_timetable",
    "party_routes",
    "arrival",
    "coach_booking",
)


class ChangeKind(StrEnum):
    """What happened."""

    SET = "set"
    ADDED = "added"
    REMOVED = "removed"
    REORDERED = "reordered"


@dataclass(frozen=True)
class Change:
    """One difference. `field` names what was set; `stop` is the stop concerned, as it is (or was).

    `day` is the date of the day concerned, as it is (or was), where the visit has or had several.
    """

    kind: ChangeKind
    field: str = ""
    stop: Stop | None = None
    before: Any = None
    after: Any = None
    day: dt.date | None = None


def changes(before: Visit, after: Visit) -> tuple[Change, ...]:
    """Everything that differs, in the order in which a reader asks for it."""
    return tuple(_changes(before, after))


def _changes(before: Visit, after: Visit) -> Iterator[Change]:
    for field in fields(before):
        if field.name != "days":
            yield from _set(field.name, getattr(before, field.name), getattr(after, field.name))
    pairs, gone, new = paired(before, after)
    is_one = len(before.days) == len(after.days) == 1
    for old, now in pairs:
        yield from (replace(change, day=None if is_one else now.date) for change in day_changes(old, now))
    yield from (Change(ChangeKind.REMOVED, day=day.date) for day in gone)
    yield from (Change(ChangeKind.ADDED, day=day.date) for day in new)


def paired(before: Visit, after: Visit) -> tuple[list[tuple[Day, Day]], list[Day], list[Day]]:
    """The days that are the same one before and after, those that are gone, and those that are new.

    A day has no name: it is the same one by its date, and of those whose date is on one side only, in turn.
    """
    dates_before, dates_after = ({day.date for day in visit.days} for visit in (before, after))
    old = [day for day in before.days if day.date not in dates_after]
    new = [day for day in after.days if day.date not in dates_before]
    moved = dict(zip((day.date for day in new), old, strict=False))
    by_date = {day.date: day for day in before.days} | moved
    pairs = [(by_date[day.date], day) for day in after.days if day.date in by_date]
    return pairs, old[len(moved) :], new[len(moved) :]


def day_changes(before: Day, after: Day) -> Iterator[Change]:
    """Everything that differs between two states of a day."""
    for name in DAY_FIELDS:
        yield from _set(name, getattr(before, name), getattr(after, name))
    old, new = _by_id(before), _by_id(after)
    yield from (Change(ChangeKind.REMOVED, stop=stop) for name, stop in old.items() if name not in new)
    yield from (Change(ChangeKind.ADDED, stop=stop) for name, stop in new.items() if name not in old)
    order = tuple(name for name in old if name in new), tuple(name for name in new if name in old)
    if order[0] != order[1]:
        yield Change(ChangeKind.REORDERED, before=order[0], after=order[1])
    for name in order[1]:
        yield from _stop_changes(old[name], new[name])


def _stop_changes(before: Stop, after: Stop) -> Iterator[Change]:
    for field in fields(after):
        yield from _set(field.name, getattr(before, field.name), getattr(after, field.name), after)


def _set(field: str, before: Any, after: Any, stop: Stop | None = None) -> Iterator[Change]:
    if before != after:
        yield Change(ChangeKind.SET, field, stop, before, after)


def _by_id(day: Day) -> Mapping[str, Stop]:
    return {stop.id: stop for stop in day.stops}
