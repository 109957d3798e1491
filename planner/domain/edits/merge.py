"""Two people on one visit: what each of them did to the same state, put together by day, stop and field.

What only one of them changed is taken from them. Where both changed the same thing, and differently, they
clash: somebody has to say whose it is to be, and until then what was saved first stands.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from planner.domain.edits.changes import Change, ChangeKind, day_changes, paired
from planner.domain.edits.merging.ids import stops_of, with_other_ids
from planner.domain.edits.merging.order import merged_order
from planner.domain.edits.merging.values import Three, clashing, merged_value
from planner.domain.limits import MOST_DAYS, MOST_STOPS
from planner.domain.visits import Day, Stop, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Mapping

T = TypeVar("T")

TOGETHER = (("kind", "place"), ("dwell_min", "min_dwell_min"), ("essential", "optional"))
"""Fields of a stop that bound each other: each of these groups is one thing."""


def _fields(kind: type, *apart: str) -> tuple[str, ...]:
    """Every field of a kind but those that are put together in a way of their own."""
    return tuple(field.name for field in fields(kind) if field.name not in apart)


OF_VISIT = _fields(Visit, "days")
OF_DAY = _fields(Day, "stops")
OF_STOP = (*TOGETHER, *((name,) for name in _fields(Stop, "id", *chain(*TOGETHER))))


@dataclass(frozen=True)
class Clash:
    """The same thing changed by both, and differently: what each made of it.

    `key` names it, the same whoever saved first.
    """

    key: str
    theirs: tuple[Change, ...]
    mine: tuple[Change, ...]


@dataclass(frozen=True)
class Merged:
    """Both put together. Where they clash `visit` has what was saved first, or `mine` where it was chosen."""

    visit: Visit
    clashes: tuple[Clash, ...] = ()


def merge(base: Visit, theirs: Visit, mine: Visit, chosen: Collection[str] = ()) -> Merged:
    """Put together what two did to the state `base`.

    Parameters
    ----------
    chosen
        The keys of the clashes in which `mine` is to stand.
    """
    return _Merger(chosen).visit(Three(base, theirs, mine))


class _Every:
    """Contains every key."""

    def __contains__(self, key: object) -> bool:
        return True


_EVERY = _Every()


class _Merger:
    """Puts together, and collects what clashes."""

    def __init__(self, chosen: Container[str]) -> None:
        self._chosen = chosen
        self._clashes: list[Clash] = []

    def visit(self, all_of: Three[Visit]) -> Merged:
        is_one = all(len(one.days) == 1 for one in all_of.each)
        fields = {name: self._field("", name, all_of.of(name), None, None) for name in OF_VISIT}
        days = self._sound(lambda one: one._days(all_of, is_one=is_one), _are_sound)  # noqa: SLF001 - of its own kind
        if days is None:
            days = self._whole("days", all_of.of("days"), _visit_changes)
        return Merged(replace(all_of.base, **fields, days=tuple(days)), tuple(self._clashes))

    def _days(self, all_of: Three[Visit], *, is_one: bool) -> tuple[Day, ...]:
        theirs, mine = _by_base(all_of.base, all_of.theirs), _by_base(all_of.base, all_of.mine)
        days = []
        for at, day in enumerate(all_of.base.days):
            three = Three(day, theirs.get(at), mine.get(at))
            if three.theirs is not None and three.mine is not None:
                days.append(self._day(Three(day, three.theirs, three.mine), None if is_one else day.date))
            elif (kept := self._whole(f"day {day.date}", three, _change_of_day)) is not None:
                days.append(kept)
        days += _news(theirs, mine)
        return tuple(sorted(days, key=lambda one: one.date))

    def _day(self, all_of: Three[Day], date: Any) -> Day:
        key = f"{all_of.base.date} "
        as_given, all_of = all_of, with_other_ids(all_of)
        fields = {name: self._field(key, name, all_of.of(name), None, date) for name in OF_DAY}
        stops = self._sound(lambda one: one._stops(all_of, date), _is_sound)  # noqa: SLF001 - of its own kind
        if stops is None:
            stops = self._whole(f"{key}stops", as_given.of("stops"), _changes_of_stops(all_of.base, date))
        return replace(all_of.base, **fields, stops=stops)

    def _sound(
        self, made: Callable[[_Merger], tuple[T, ...]], is_sound: Callable[[Collection[T]], bool]
    ) -> Any:
        """What is made of many things, None where that would not hold together, whoever's side is taken."""
        mergers = [_Merger(()), _Merger(_EVERY), _Merger(self._chosen)]
        results = [made(merger) for merger in mergers]
        if not all(is_sound(result) for result in results):
            return None
        self._clashes += mergers[-1]._clashes  # noqa: SLF001 - of its own kind
        return results[-1]

    def _stops(self, all_of: Three[Day], date: Any) -> tuple[Stop, ...]:
        key = f"{all_of.base.date} "
        stops = {}
        of_each = Three(*(stops_of(one) for one in all_of.each))
        for name in sorted(of_each.base.keys() | of_each.theirs.keys() | of_each.mine.keys()):
            stop = self._stop(f"{key}{name}", Three(*(one.get(name) for one in of_each.each)), date)
            if stop is not None:
                stops[name] = stop
        orders = Three(*(tuple(one) for one in of_each.each))
        order = merged_order(orders, stops.keys())
        if order is None:
            theirs, mine = (
                (Change(ChangeKind.REORDERED, before=orders.base, after=one, day=date),)
                for one in (orders.theirs, orders.mine)
            )
            self._clashes.append(Clash(f"{key}order", theirs, mine))
            leads = "mine" if f"{key}order" in self._chosen else "theirs"
            order = merged_order(orders, stops.keys(), leads=leads) or ()
        return tuple(stops[name] for name in order)

    def _stop(self, key: str, all_of: Three[Stop | None], date: Any) -> Stop | None:
        base, theirs, mine = all_of.each
        if theirs is None or mine is None or base is None:
            whole: Stop | None = self._whole(key, all_of, lambda one, other: _of_stop(one, other, date))
            return whole
        fields: dict[str, Any] = {}
        for group in OF_STOP:
            if len(group) == 1:
                name = group[0]
                fields[name] = self._field(f"{key} ", name, all_of.of(name), theirs, date)
            else:
                fields |= self._group(key, group, Three(base, theirs, mine), date)
        return replace(base, **fields)

    def _field(self, key: str, name: str, all_of: Three[Any], stop: Stop | None, date: Any) -> Any:
        """One field; of texts and of small records their parts."""
        for part in clashing(all_of):
            theirs, mine = (
                (Change(ChangeKind.SET, name, stop, *part.only(one), date),)
                for one in (all_of.theirs, all_of.mine)
            )
            self._clashes.append(Clash(f"{key}{name}{part.suffix}", theirs, mine))
        is_mine = lambda part: f"{key}{name}{part}" in self._chosen  # noqa: E731
        return merged_value(all_of, is_mine)

    def _group(self, key: str, group: tuple[str, ...], all_of: Three[Stop], date: Any) -> dict[str, Any]:
        values = Three(*(tuple(getattr(one, name) for name in group) for one in all_of.each))

        def told(base: Any, other: Any) -> tuple[Change, ...]:
            pairs = zip(group, base, other, strict=True)
            return tuple(
                Change(ChangeKind.SET, name, all_of.theirs, old, new, date)
                for name, old, new in pairs
                if old != new
            )

        return dict(zip(group, self._whole(f"{key} {group[0]}", values, told), strict=True))

    def _whole(self, key: str, all_of: Three[Any], told: Any) -> Any:
        """One thing that is not taken apart."""
        base, theirs, mine = all_of.each
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        self._clashes.append(Clash(key, tuple(told(base, theirs)), tuple(told(base, mine))))
        return mine if key in self._chosen else theirs


def _by_base(base: Visit, other: Visit) -> dict[int, Day]:
    """The days of a later state by the number of the day that they were, new ones by numbers below 0."""
    pairs, _gone, new = paired(base, other)
    at = {day.date: number for number, day in enumerate(base.days)}
    return {at[old.date]: now for old, now in pairs} | {-number: day for number, day in enumerate(new, 1)}


def _news(theirs: Mapping[int, Day], mine: Mapping[int, Day]) -> list[Day]:
    """The days that were added, the same one once; two of one date are found to be unsound."""
    new = [day for number, day in theirs.items() if number < 0]
    return [*new, *(day for number, day in mine.items() if number < 0 and day not in new)]


def _is_sound(stops: Collection[Stop]) -> bool:
    """Whether what comes after something comes after a stop that is there, and none after itself."""
    after = {stop.id: set(stop.after) for stop in stops}
    if len(stops) > MOST_STOPS or any(not names <= after.keys() for names in after.values()):
        return False
    while after:
        free = {name for name, names in after.items() if not names & after.keys()}
        if not free:
            return False
        after = {name: names for name, names in after.items() if name not in free}
    return True


def _are_sound(days: Collection[Day]) -> bool:
    return 1 <= len(days) <= MOST_DAYS and len({day.date for day in days}) == len(days)


def _visit_changes(base: tuple[Day, ...], other: tuple[Day, ...]) -> Iterable[Change]:
    pairs, gone, new = paired(Visit({}, base), Visit({}, other))
    for old, now in pairs:
        yield from (replace(change, day=now.date) for change in day_changes(old, now))
    yield from (Change(ChangeKind.REMOVED, day=day.date) for day in gone)
    yield from (Change(ChangeKind.ADDED, day=day.date) for day in new)


def _change_of_day(base: Day, other: Day | None) -> Iterable[Change]:
    if other is None:
        return (Change(ChangeKind.REMOVED, day=base.date),)
    return (replace(change, day=other.date) for change in day_changes(base, other))


def _changes_of_stops(day: Day, date: Any) -> Any:
    def told(base: tuple[Stop, ...], other: tuple[Stop, ...]) -> Iterable[Change]:
        here = day_changes(replace(day, stops=base), replace(day, stops=other))
        return (replace(change, day=date) for change in here)

    return told


def _of_stop(base: Stop | None, other: Stop | None, date: Any) -> Iterable[Change]:
    if other is None:
        return (Change(ChangeKind.REMOVED, stop=base, day=date),)
    if base is None:
        return (Change(ChangeKind.ADDED, stop=other, day=date),)
    day = Day(date, None, stops=(base,))  # type: ignore[arg-type] # only its stops are compared
    return (
        replace(change, day=date)
        for change in day_changes(day, replace(day, stops=(replace(other, id=base.id),)))
    )
