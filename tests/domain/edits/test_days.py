from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.edits import days as day_edits
from planner.domain.edits import stops as edits
from planner.domain.edits.changes import Change, ChangeKind, changes
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, Visit
from planner.errors import EditRefusedError, Reason

MONDAY = dt.date(2026, 12, 7)
START = DayStart(PlaceRef(site="station"), "09:00")


def stops(*ids: str) -> tuple[Stop, ...]:
    return tuple(Stop(id=one, place=PlaceRef(site=one)) for one in ids)


def visit_of(*days: tuple[int, str]) -> Visit:
    """A visit of days, each so many days after Monday, with stops of one letter."""
    return Visit(
        title={"pl": "Wizyta"},
        days=tuple(Day(MONDAY + dt.timedelta(days=later), START, stops=stops(*ids)) for later, ids in days),
    )


def shape(visit: Visit) -> list[tuple[int, str]]:
    """The days as `visit_of` takes them."""
    return [((day.date - MONDAY).days, "".join(stop.id for stop in day.stops)) for day in visit.days]


def test_a_day_more_begins_and_ends_as_its_model_and_has_no_stops() -> None:
    day = replace(visit_of((0, "ab")).days[0], end=DayEnd(latest="15:00"), mode=Mode.COACH)
    grown = day_edits.add_day(replace(visit_of((0, "ab")), days=(day,)), 0)
    assert grown.days == (day, Day(dt.date(2026, 12, 8), START, DayEnd(latest="15:00"), Mode.COACH))


def test_a_copy_of_a_day_stands_after_the_last() -> None:
    assert shape(day_edits.copy_day(visit_of((0, "ab"), (4, "c")), 0)) == [(0, "ab"), (4, "c"), (5, "ab")]


def test_a_visit_has_at_least_one_day_and_at_most_fourteen() -> None:
    visit = visit_of((0, "a"))
    with pytest.raises(EditRefusedError) as error:
        day_edits.remove_day(visit, 0)
    assert error.value.reason == Reason.LAST_DAY
    for _ in range(13):
        visit = day_edits.add_day(visit, 0)
    for one_more in (day_edits.add_day, day_edits.copy_day):
        with pytest.raises(EditRefusedError) as error:
            one_more(visit, 3)
        assert error.value.reason == Reason.TOO_MANY_DAYS


def test_another_date_puts_a_day_in_its_place_and_is_never_that_of_two() -> None:
    visit = visit_of((0, "a"), (1, "b"), (2, "c"))
    later = replace(visit.days[0], date=MONDAY + dt.timedelta(days=9))
    assert shape(day_edits.change_day(visit, 0, later)) == [(1, "b"), (2, "c"), (9, "a")]
    with pytest.raises(EditRefusedError) as error:
        day_edits.change_day(visit, 0, replace(visit.days[0], date=visit.days[2].date))
    assert error.value.reason == Reason.DATE_TAKEN


def test_a_stop_goes_to_another_day_and_leaves_its_ties_behind() -> None:
    visit = visit_of((0, "abc"), (1, "de"))
    tied = edits.change_stop(visit.days[0], "b", {"after": ("a",), "locked": True, "dwell_min": 33})
    tied = edits.change_stop(tied, "c", {"after": ("b",)})
    moved = day_edits.stop_to_day(edits.with_day(visit, 0, tied), 0, "b", 1)
    assert shape(moved) == [(0, "ac"), (1, "deb")]
    assert moved.days[0].stops[1].after == ()
    assert moved.days[1].stops[2] == replace(stops("b")[0], dwell_min=33)


def test_a_stop_whose_id_is_taken_there_gets_another() -> None:
    visit = visit_of((0, "ab"), (1, "a"))
    moved = day_edits.stop_to_day(visit, 0, "a", 1)
    first, second = moved.days[1].stops
    assert (first.id, second.id, second.place) == ("a", "s1", PlaceRef(site="a"))


def test_a_stop_does_not_go_where_there_is_no_room_nor_where_it_is_not() -> None:
    visit = visit_of((0, "a"), (1, ""))
    full = replace(visit.days[1], stops=stops(*(f"s{number}" for number in range(60))))
    with pytest.raises(EditRefusedError) as error:
        day_edits.stop_to_day(edits.with_day(visit, 1, full), 0, "a", 1)
    assert error.value.reason == Reason.DAY_FULL
    with pytest.raises(ValueError, match="no stop 'x'"):
        day_edits.stop_to_day(visit, 0, "x", 1)
    assert day_edits.stop_to_day(visit, 0, "a", 0) == visit


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "copy", "remove", "date", "move"]), st.integers(0, 5), st.integers(0, 20)
    ),
    max_size=12,
)


def after_step(visit: Visit, kind: str, number: int, other: int) -> Visit:
    at, to = number % len(visit.days), other % len(visit.days)
    day = visit.days[at]
    if kind == "add":
        return day_edits.add_day(visit, at)
    if kind == "copy":
        return day_edits.copy_day(visit, at)
    if kind == "remove":
        return day_edits.remove_day(visit, at)
    if kind == "date":
        return day_edits.change_day(visit, at, replace(day, date=MONDAY + dt.timedelta(days=other)))
    return day_edits.stop_to_day(visit, at, day.stops[0].id, to) if day.stops else visit


def sites(visit: Visit) -> list[str]:
    return sorted(stop.place.site or "" for day in visit.days for stop in day.stops if stop.place)


@given(STEPS)
def test_whatever_is_done_the_days_stand_in_order_and_no_stop_is_lost(
    steps: list[tuple[str, int, int]],
) -> None:
    visit = visit_of((0, "ab"), (3, "c"))
    for kind, number, other in steps:
        before = visit
        try:
            visit = after_step(visit, kind, number, other)
        except EditRefusedError:
            continue
        dates = [day.date for day in visit.days]
        assert dates == sorted(set(dates))
        assert all(len({stop.id for stop in day.stops}) == len(day.stops) for day in visit.days)
        if kind in {"date", "move", "add"}:
            assert sites(visit) == sites(before)


@pytest.mark.parametrize(
    ("before", "after", "shown", "then"),
    [
        (((0, "a"), (1, "b")), ((0, "a"), (1, "bc")), 0, 1),  # something changed on the other day
        (((0, "a"), (1, "b")), ((0, "ac"), (1, "bc")), 1, 1),  # on both
        (((0, "a"), (1, "b")), ((0, "a"), (1, "b")), 1, 1),  # on none: the visit's own fields
        (((0, "a"), (2, "b")), ((0, "a"), (1, "x"), (2, "b")), 0, 1),  # a day came back
        (((0, "a"), (1, "b"), (2, "c")), ((0, "a"), (2, "c")), 1, 0),  # the shown day went
        (((0, "a"), (1, "b"), (2, "c")), ((0, "a"), (1, "b")), 0, 0),  # another day went
        (((0, "a"), (1, "b")), ((1, "b"), (9, "a")), 0, 1),  # the shown day got another date
    ],
)
def test_the_day_shown_after_a_step_is_one_that_changed(
    before: tuple[tuple[int, str], ...], after: tuple[tuple[int, str], ...], shown: int, then: int
) -> None:
    assert day_edits.changed_day(visit_of(*before), visit_of(*after), shown) == then


@pytest.mark.parametrize(("later", "then"), [(-9, 0), (0, 0), (1, 1), (2, 1), (3, 1), (4, 1)])
def test_who_opens_a_visit_sees_the_day_that_is_or_comes(later: int, then: int) -> None:
    visit = visit_of((0, "a"), (3, "b"))
    assert day_edits.coming_day(visit, MONDAY + dt.timedelta(days=later)) == then


def test_changes_say_on_which_day() -> None:
    before = visit_of((0, "ab"), (1, "c"))
    after = day_edits.stop_to_day(before, 0, "b", 1)
    assert changes(before, after) == (
        Change(ChangeKind.REMOVED, stop=stops("b")[0], day=MONDAY),
        Change(ChangeKind.ADDED, stop=stops("b")[0], day=MONDAY + dt.timedelta(days=1)),
    )


def test_days_come_and_go_and_keep_their_name_by_the_date() -> None:
    before = visit_of((0, "a"), (1, "b"), (2, "c"))
    without = day_edits.remove_day(before, 0)
    assert changes(before, without) == (Change(ChangeKind.REMOVED, day=MONDAY),)
    assert changes(without, before) == (Change(ChangeKind.ADDED, day=MONDAY),)
    moved = day_edits.change_day(before, 0, replace(before.days[0], date=MONDAY + dt.timedelta(days=9)))
    later = MONDAY + dt.timedelta(days=9)
    assert changes(before, moved) == (Change(ChangeKind.SET, "date", None, MONDAY, later, later),)


@pytest.mark.parametrize(
    ("ties", "stop", "after", "sound"),
    [
        ({}, "c", ("b", "a"), ("a", "b")),
        ({}, "c", ("c", "gone", "a"), ("a",)),
        ({"a": ("c",)}, "c", ("a",), None),
        ({"a": ("b",), "b": ("c",)}, "c", ("a",), None),
        ({"a": ("b",)}, "c", ("a",), ("a",)),
        ({"a": ("b",), "b": ("a",)}, "c", ("a",), ("a",)),
    ],
)
def test_what_comes_after_is_of_the_day_in_its_order_and_never_in_a_ring(
    ties: dict[str, tuple[str, ...]], stop: str, after: tuple[str, ...], sound: tuple[str, ...] | None
) -> None:
    day = visit_of((0, "abc")).days[0]
    for name, earlier in ties.items():
        day = edits.change_stop(day, name, {"after": earlier})
    assert edits.sound_after(day, stop, after) == sound
