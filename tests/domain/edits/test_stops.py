from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.edits import stops as edits
from planner.domain.edits.changes import Change, ChangeKind, changes
from planner.domain.visits import Day, DayStart, PlaceRef, Stop, StopKind, Visit

START = DayStart(PlaceRef(site="station"), "09:00")


def day_of(*ids: str) -> Day:
    return Day(
        dt.date(2026, 12, 7), START, stops=tuple(Stop(id=one, place=PlaceRef(site=one)) for one in ids)
    )


def ids(day: Day) -> list[str]:
    return [stop.id for stop in day.stops]


def visit_of(*names: str) -> Visit:
    return Visit(title={"pl": "Wizyta"}, days=(day_of(*names),))


@pytest.mark.parametrize(
    ("stop", "position", "order"),
    [
        ("a", 0, "abcd"),
        ("a", 1, "bacd"),
        ("a", 3, "bcda"),
        ("d", 0, "dabc"),
        ("c", 1, "acbd"),
        ("b", 99, "acdb"),
    ],
)
def test_a_stop_moves_to_its_position_among_the_others(stop: str, position: int, order: str) -> None:
    assert ids(edits.move_stop(day_of(*"abcd"), stop, position)) == list(order)


@given(st.permutations("abcdef"), st.sampled_from("abcdef"), st.integers(-3, 9))
def test_moving_keeps_every_stop_and_the_order_of_the_others(names: list[str], stop: str, to: int) -> None:
    moved = ids(edits.move_stop(day_of(*names), stop, to))
    assert sorted(moved) == sorted(names)
    assert [one for one in moved if one != stop] == [one for one in names if one != stop]
    assert moved.index(stop) == max(0, min(to, len(names) - 1))


def test_removing_a_stop_frees_what_had_to_come_after_it() -> None:
    day = day_of("a", "b", "c")
    day = edits.change_stop(day, "c", {"after": ("a", "b")})
    left = edits.remove_stop(day, "a")
    assert ids(left) == ["b", "c"]
    assert left.stops[1].after == ("b",)


def test_an_edit_of_a_stop_that_is_gone_is_refused() -> None:
    with pytest.raises(ValueError, match="no stop 'x'"):
        edits.move_stop(day_of("a"), "x", 0)


def test_new_ids_are_never_given_twice() -> None:
    day = day_of("s1", "s3")
    first = edits.new_stop_id(day, StopKind.SITE)
    assert first == "s2"
    assert edits.new_stop_id(edits.add_stop(day, Stop(id=first)), StopKind.SITE) == "s4"


def test_a_day_takes_sixty_stops_and_not_one_more() -> None:
    day = day_of(*(f"s{number}" for number in range(60)))
    with pytest.raises(ValueError, match="at most 60"):
        edits.add_stop(day, Stop(id="one more"))


def test_a_copy_keeps_the_days_as_far_apart() -> None:
    first = day_of("a")
    visit = Visit(title={}, days=(first, replace(first, date=dt.date(2026, 12, 9))))
    moved = edits.on_date(visit, dt.date(2027, 2, 27))
    assert [day.date for day in moved.days] == [dt.date(2027, 2, 27), dt.date(2027, 3, 1)]


def test_changes_name_what_was_added_removed_set_and_reordered() -> None:
    before = visit_of("a", "b", "c")
    day = edits.move_stop(edits.remove_stop(before.days[0], "b"), "c", 0)
    day = edits.add_stop(edits.change_stop(day, "a", {"dwell_min": 50}), Stop(id="d"))
    after = replace(edits.with_day(before, 0, day), group_size=35)
    found = changes(before, after)
    a, b = before.days[0].stops[0], before.days[0].stops[1]
    assert found == (
        Change(ChangeKind.SET, "group_size", None, 20, 35),
        Change(ChangeKind.REMOVED, stop=b),
        Change(ChangeKind.ADDED, stop=Stop(id="d")),
        Change(ChangeKind.REORDERED, before=("a", "c"), after=("c", "a")),
        Change(ChangeKind.SET, "dwell_min", replace(a, dwell_min=50), 20, 50),
    )


def test_nothing_changed_is_no_change() -> None:
    assert changes(visit_of("a", "b"), visit_of("a", "b")) == ()
