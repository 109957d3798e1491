"""A day tried in another way: only what was named is other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.clock import parse_clock_time
from planner.domain.edits.variations import (
    Variation,
    as_it_is,
    earlier_or_later,
    only_other,
    shifted,
    vary,
    week_of,
)
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, Visit
from planner.errors import EditRefusedError

MONDAY = dt.date(2026, 12, 7)
HOME = DayStart(PlaceRef("alfa"), "09:00")
FIRST = Day(MONDAY, HOME, stops=(Stop("s1", place=PlaceRef("beta"), fixed="10:30"),))
SECOND = replace(FIRST, date=MONDAY + dt.timedelta(days=1), end=DayEnd(PlaceRef("alfa"), arrive="14:32"))
VISIT = Visit({"pl": "Dwa dni"}, (FIRST, SECOND))

TIMES = st.builds("{:02}:{:02}{}".format, st.integers(0, 23), st.integers(0, 59), st.sampled_from(("", "+1")))


def minutes(text: str) -> int:
    later, at = parse_clock_time(text)
    return later * 1440 + at.hour * 60 + at.minute


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("09:00", 30, "09:30"),
        ("09:00", -30, "08:30"),
        ("00:10", -30, None),
        ("23:45", 30, "00:15+1"),
        ("00:15+1", -30, "23:45"),
        ("23:45+1", 30, None),
    ],
)
def test_a_time_is_shifted_as_a_clock_shows_it(text: str, by: int, expected: str | None) -> None:
    assert shifted(text, by) == expected


@given(TIMES, st.integers(-1500, 1500))
def test_a_shift_is_so_many_minutes_or_leaves_the_two_dates(text: str, by: int) -> None:
    moved = shifted(text, by)
    if moved is None:
        assert not 0 <= minutes(text) + by < 2880
    else:
        assert minutes(moved) == minutes(text) + by
        assert shifted(moved, -by) == text


@given(st.dates(dt.date(2000, 1, 3), dt.date(2100, 12, 31)))
def test_a_week_is_seven_dates_from_monday(date: dt.date) -> None:
    week = week_of(date)
    assert [one.weekday() for one in week] == list(range(7))
    assert date in week
    assert (week[6] - week[0]).days == 6


def test_nothing_varied_is_the_visit_itself() -> None:
    assert vary(VISIT, 0, Variation()) == VISIT
    assert vary(VISIT, 1, as_it_is(VISIT, 1)) == VISIT


def test_only_what_is_named_is_other_and_only_on_that_day() -> None:
    saturday = MONDAY + dt.timedelta(days=5)
    varied = vary(VISIT, 0, Variation(date=saturday, start="08:30", mode=Mode.BUS))
    moved = replace(FIRST, date=saturday, start=DayStart(PlaceRef("alfa"), "08:30"), mode=Mode.BUS)
    assert varied == replace(VISIT, days=(SECOND, moved))


def test_the_pace_is_the_groups() -> None:
    assert vary(VISIT, 1, Variation(pace_kmh=3.5)) == replace(VISIT, pace_kmh=3.5)


def test_an_arrival_is_varied_only_where_the_day_has_one() -> None:
    later = vary(VISIT, 1, Variation(arrive="15:00"))
    assert later.days[1] == replace(SECOND, end=DayEnd(PlaceRef("alfa"), arrive="15:00"))
    assert vary(VISIT, 0, Variation(arrive="15:00")) == VISIT


def test_what_is_so_already_is_no_variation() -> None:
    same = Variation(MONDAY, "09:00", None, 4.0, Mode.WALK)
    assert only_other(VISIT, 0, same).is_nothing
    assert only_other(VISIT, 0, replace(same, start="09:30")) == Variation(start="09:30")
    assert only_other(VISIT, 0, Variation(arrive="15:00")).is_nothing


def test_a_day_planned_backward_is_moved_by_its_arrival() -> None:
    assert earlier_or_later(VISIT, 0, -30) == Variation(start="08:30")
    assert earlier_or_later(VISIT, 1, -30) == Variation(arrive="14:02")
    assert earlier_or_later(VISIT, 0, -600) is None


def test_days_stay_in_the_order_of_their_dates_and_no_two_have_one() -> None:
    first = replace(SECOND, date=MONDAY - dt.timedelta(days=1))
    assert vary(VISIT, 1, Variation(date=first.date)).days == (first, FIRST)
    with pytest.raises(EditRefusedError, match="date taken"):
        vary(VISIT, 1, Variation(date=MONDAY))
