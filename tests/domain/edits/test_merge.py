"""Two people on one visit: different things go together whoever saved first, the same thing clashes."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.booked.things import CoachBooking, MealBooking
from planner.domain.edits.changes import Change, ChangeKind
from planner.domain.edits.days import add_day, change_day, remove_day, stop_to_day
from planner.domain.edits.merge import merge
from planner.domain.edits.stops import (
    add_stop,
    change_stop,
    move_stop,
    new_stop_id,
    remove_stop,
    sound_after,
    with_day,
)
from planner.domain.limits import MOST_DAYS
from planner.domain.visits import Day, DayStart, Mode, PlaceRef, Stop, StopKind, Visit
from tests.conftest import FULL

if TYPE_CHECKING:
    from collections.abc import Callable

DATE = dt.date(2026, 12, 7)
START = DayStart(PlaceRef(site="dworzec"), "09:00")
STOPS = tuple(Stop(f"s{n}", place=PlaceRef(site=site)) for n, site in enumerate("abcd", 1))
BASE = Visit(
    {"pl": "Wizyta", "en": "Visit"},
    (Day(DATE, START, stops=STOPS), Day(DATE + dt.timedelta(1), START, stops=STOPS[:2])),
)


# By hand


def test_one_stops_minutes_and_anothers_note() -> None:
    theirs = with_day(BASE, 0, change_stop(BASE.days[0], "s1", {"dwell_min": 45}))
    mine = with_day(BASE, 0, change_stop(BASE.days[0], "s2", {"note": {"pl": "Klucz u woźnego"}}))
    merged = merge(BASE, theirs, mine)
    assert merged.clashes == ()
    assert [stop.dwell_min for stop in merged.visit.days[0].stops] == [45, 20, 20, 20]
    assert merged.visit.days[0].stops[1].note == {"pl": "Klucz u woźnego"}


def test_a_stop_added_and_anothers_time_changed() -> None:
    new = Stop("s5", place=PlaceRef(site="e"))
    theirs = with_day(BASE, 0, add_stop(BASE.days[0], new, 1))
    mine = with_day(BASE, 0, change_stop(BASE.days[0], "s3", {"fixed": "10:30"}))
    merged = merge(BASE, theirs, mine).visit.days[0]
    assert [stop.id for stop in merged.stops] == ["s1", "s5", "s2", "s3", "s4"]
    assert merged.stops[3].fixed == "10:30"


def test_two_stops_added_under_one_id_are_both_there() -> None:
    one, other = (
        with_day(BASE, 0, add_stop(BASE.days[0], Stop("s5", place=PlaceRef(site=site)), 2)) for site in "xy"
    )
    merged = merge(BASE, one, other)
    assert merged.clashes == ()
    stops = merged.visit.days[0].stops
    assert [stop.place.site for stop in stops if stop.place] == ["a", "b", "x", "y", "c", "d"]
    assert len({stop.id for stop in stops}) == 6
    assert merge(BASE, other, one) == merged
    assert merge(BASE, one, one).visit == one, "the same stop added by both is one stop"


def test_the_same_minutes_clash_and_what_was_saved_first_stands_until_it_is_chosen() -> None:
    theirs = with_day(BASE, 0, change_stop(BASE.days[0], "s1", {"dwell_min": 30, "note": {"pl": "Szatnia"}}))
    mine = with_day(BASE, 0, change_stop(BASE.days[0], "s1", {"dwell_min": 45, "note": {"en": "Cloakroom"}}))
    merged = merge(BASE, theirs, mine)
    stop = merged.visit.days[0].stops[0]
    assert (stop.dwell_min, stop.note) == (30, {"pl": "Szatnia", "en": "Cloakroom"})
    (clash,) = merged.clashes
    told = theirs.days[0].stops[0]
    assert clash.theirs == (Change(ChangeKind.SET, "dwell_min", told, 20, 30, DATE),)
    assert clash.mine == (Change(ChangeKind.SET, "dwell_min", told, 20, 45, DATE),)
    chosen = merge(BASE, theirs, mine, {clash.key}).visit.days[0].stops[0]
    assert (chosen.dwell_min, chosen.note) == (45, {"pl": "Szatnia", "en": "Cloakroom"})


def test_removed_by_one_and_changed_by_the_other_is_asked() -> None:
    theirs = with_day(BASE, 0, remove_stop(BASE.days[0], "s2"))
    mine = with_day(BASE, 0, change_stop(BASE.days[0], "s2", {"fixed": "10:00"}))
    merged = merge(BASE, theirs, mine)
    (clash,) = merged.clashes
    assert [change.kind for change in clash.theirs] == [ChangeKind.REMOVED]
    assert [change.field for change in clash.mine] == ["fixed"]
    assert [stop.id for stop in merged.visit.days[0].stops] == ["s1", "s3", "s4"]
    chosen = merge(BASE, theirs, mine, {clash.key}).visit.days[0].stops
    assert [stop.id for stop in chosen] == ["s1", "s2", "s3", "s4"]


def test_two_orders_and_two_afters_that_exclude_each_other_are_asked() -> None:
    first, last = (with_day(BASE, 0, move_stop(BASE.days[0], "s1", at)) for at in (2, 3))
    assert [clash.key for clash in merge(BASE, first, last).clashes] == [f"{DATE} order"]
    one = with_day(BASE, 0, change_stop(BASE.days[0], "s1", {"after": ("s2",)}))
    other = with_day(BASE, 0, change_stop(BASE.days[0], "s2", {"after": ("s1",)}))
    merged = merge(BASE, one, other)
    assert [clash.key for clash in merged.clashes] == [f"{DATE} stops"]
    assert merged.visit == one
    without = with_day(BASE, 0, remove_stop(BASE.days[0], "s2"))
    assert [clash.key for clash in merge(BASE, one, without).clashes] == [f"{DATE} stops"]


def test_days() -> None:
    more, later = add_day(BASE, 0), change_day(BASE, 1, replace(BASE.days[1], date=DATE + dt.timedelta(2)))
    assert [day.date.day for day in merge(BASE, later, more).visit.days] == [7, 9]
    assert merge(BASE, later, more).clashes, "both are on the ninth"
    shorter = remove_day(BASE, 1)
    changed = with_day(BASE, 1, change_stop(BASE.days[1], "s1", {"dwell_min": 50}))
    merged = merge(BASE, shorter, changed)
    assert [clash.key for clash in merged.clashes] == [f"day {BASE.days[1].date}"]
    assert merged.visit == shorter
    assert [clash.key for clash in merge(BASE, shorter, remove_day(BASE, 0)).clashes] == ["days"]


# At large


def edited(number: int) -> Callable[[Visit], Visit]:
    """One of a few edits of different kinds, by a number; each fits whatever was edited before."""
    return lambda visit: EDITS[number % len(EDITS)](visit, number // len(EDITS))


def _day(visit: Visit, size: int) -> int:
    return size % len(visit.days)


def _stop(visit: Visit, size: int) -> str | None:
    stops = visit.days[_day(visit, size)].stops
    return stops[size // 2 % len(stops)].id if stops else None


def minutes(visit: Visit, size: int) -> Visit:
    return set_field(visit, size, {"dwell_min": 20 + size % 3})


def noted(visit: Visit, size: int) -> Visit:
    return set_field(visit, size, {"note": {"pl": "abc"[size % 3]}})


def placed(visit: Visit, size: int) -> Visit:
    return set_field(visit, size, {"place": PlaceRef(site="xyz"[size % 3]), "kind": StopKind.SITE})


def set_field(visit: Visit, size: int, values: dict[str, Any]) -> Visit:
    at, stop = _day(visit, size), _stop(visit, size)
    return visit if stop is None else with_day(visit, at, change_stop(visit.days[at], stop, values))


def after(visit: Visit, size: int) -> Visit:
    at, stop = _day(visit, size), _stop(visit, size)
    day = visit.days[at]
    names = None if stop is None else sound_after(day, stop, {day.stops[size % len(day.stops)].id} - {stop})
    return visit if names is None else set_field(visit, size, {"after": names})


def added(visit: Visit, size: int) -> Visit:
    at = _day(visit, size)
    stop = Stop(new_stop_id(visit.days[at], StopKind.SITE), place=PlaceRef(site="efg"[size % 3]))
    return with_day(visit, at, add_stop(visit.days[at], stop, size % 5))


def removed(visit: Visit, size: int) -> Visit:
    at, stop = _day(visit, size), _stop(visit, size)
    return visit if stop is None else with_day(visit, at, remove_stop(visit.days[at], stop))


def moved(visit: Visit, size: int) -> Visit:
    at, stop = _day(visit, size), _stop(visit, size)
    return visit if stop is None else with_day(visit, at, move_stop(visit.days[at], stop, size % 4))


def elsewhere(visit: Visit, size: int) -> Visit:
    at, stop = _day(visit, size), _stop(visit, size)
    return visit if stop is None else stop_to_day(visit, at, stop, (at + 1) % len(visit.days))


def titled(visit: Visit, size: int) -> Visit:
    return replace(visit, title={**visit.title, ("pl", "en")[size % 2]: "klm"[size % 3]})


def slower(visit: Visit, size: int) -> Visit:
    return replace(visit, group_size=20 + size % 3)


def begun(visit: Visit, size: int) -> Visit:
    at = _day(visit, size)
    start = replace(visit.days[at].start, time=f"0{8 + size % 2}:30")
    return with_day(visit, at, replace(visit.days[at], start=start, mode=list(Mode)[size % 2]))


def one_day_more(visit: Visit, size: int) -> Visit:
    return add_day(visit, _day(visit, size)) if len(visit.days) < MOST_DAYS else visit


def one_day_less(visit: Visit, size: int) -> Visit:
    return remove_day(visit, _day(visit, size)) if len(visit.days) > 1 else visit


EDITS = (
    *(minutes, noted, placed, after, added, removed, moved, elsewhere, titled, slower, begun),
    *(one_day_more, one_day_less),
)


@st.composite
def states(draw: st.DrawFn) -> Visit:
    """What somebody made of the visit in a few edits."""
    visit = BASE
    for number in draw(st.lists(st.integers(0, len(EDITS) * 40), max_size=4)):
        visit = edited(number)(visit)
    return visit


def leaves(value: Any, path: str = "") -> set[tuple[str, str]]:
    """All that is said in a document, each with where it is said; the ids of stops are names, not values."""
    if is_dataclass(value):
        named = [(field.name, getattr(value, field.name)) for field in fields(value)]
        return {
            leaf
            for name, one in named
            if name not in ("id", "after")
            for leaf in leaves(one, f"{path}.{name}")
        }
    if isinstance(value, tuple) and (not value or is_dataclass(value[0])):
        return {leaf for one in value for leaf in leaves(one, path)}
    if isinstance(value, dict):
        return {(f"{path}.{name}", one) for name, one in value.items()}
    return {(path, repr(value))}


@pytest.mark.dear
@settings(max_examples=500 if FULL else 20)
@given(states())
def test_where_one_did_nothing_it_is_what_the_other_did(one: Visit) -> None:
    assert merge(BASE, one, BASE).visit == one
    assert merge(BASE, BASE, one).visit == one
    assert merge(BASE, one, one).visit == one
    assert merge(BASE, one, BASE).clashes == merge(BASE, BASE, one).clashes == ()


@settings(max_examples=2_000 if FULL else 50)
@given(states(), states())
def test_who_saved_first_matters_only_where_they_clash(one: Visit, other: Visit) -> None:
    here, there = merge(BASE, one, other), merge(BASE, other, one)
    assert {clash.key for clash in here.clashes} == {clash.key for clash in there.clashes}
    if not here.clashes:
        assert here.visit == there.visit
    keys = {clash.key for clash in here.clashes}
    assert len(keys) == len(here.clashes)
    assert merge(BASE, one, other, keys).visit == there.visit
    for clash in here.clashes:
        assert clash.theirs
        assert clash.mine


@settings(max_examples=500 if FULL else 20)
@given(states(), states())
def test_nothing_is_invented_and_what_comes_out_is_a_visit(one: Visit, other: Visit) -> None:
    merged = merge(BASE, one, other).visit
    assert leaves(merged) <= leaves(BASE) | leaves(one) | leaves(other)
    assert [day.date for day in merged.days] == sorted({day.date for day in merged.days})
    for day in merged.days:
        ids = [stop.id for stop in day.stops]
        assert len(ids) == len(set(ids))
        assert all(name in ids for stop in day.stops for name in stop.after)


@settings(max_examples=300 if FULL else 15)
@given(states(), states(), st.sampled_from([stop.id for stop in STOPS]), st.sampled_from([21, 22, 23]))
def test_the_same_field_set_differently_always_clashes(
    one: Visit, other: Visit, stop: str, size: int
) -> None:
    sides = []
    for visit, value in ((one, size), (other, size + 10)):
        at = next((n for n, day in enumerate(visit.days) if day.date == DATE), None)
        if at is None or all(here.id != stop for here in visit.days[at].stops):
            return
        sides.append(with_day(visit, at, change_stop(visit.days[at], stop, {"dwell_min": value})))
    assert merge(BASE, sides[0], sides[1]).clashes


def test_what_was_booked_and_where_it_rains_is_not_lost() -> None:
    """Each on one side, the other side busy elsewhere."""
    rain = PlaceRef(site="muzeum")
    stop = with_day(
        BASE, 0, change_stop(BASE.days[0], "s1", {"rain": rain, "booking": MealBooking(covers=12)})
    )
    day = replace(
        stop, days=(replace(stop.days[0], coach_booking=CoachBooking(operator="X")), *stop.days[1:])
    )
    mine = replace(day, interpreters=2)
    theirs = with_day(BASE, 1, change_stop(BASE.days[1], "s2", {"dwell_min": 33}))
    merged = merge(BASE, theirs, mine)
    assert merged.clashes == ()
    assert merged.visit == with_day(mine, 1, theirs.days[1])
    assert merged.visit.days[0].stops[0].rain == rain
    clashing = merge(BASE, replace(BASE, interpreters=3), mine)
    assert [clash.key for clash in clashing.clashes] == ["interpreters"]
