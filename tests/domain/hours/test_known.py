"""Nothing that is taken at entry is unknown for ever: rules made of what doors and maps have on them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.hours.day import check_hours, day_pieces
from planner.domain.hours.spans import Almanac, HoursState
from planner.errors import EditRefusedError
from tests.conftest import FULL

ALMANAC = Almanac("PL", at=(19.8, 50.0))
FIRST = dt.date(2026, 12, 1)
DAYS = [FIRST + dt.timedelta(days=days) for days in range(0, 730, 9)]
"""Every weekday of every month, over two years."""

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Mar", "May", "Jul", "Oct", "Dec")

weekday = st.sampled_from(WEEKDAYS)
days = st.one_of(
    st.tuples(weekday, weekday).map("-".join),
    st.lists(weekday, min_size=1, max_size=3, unique=True).map(",".join),
    st.tuples(weekday, st.sampled_from(("[1]", "[-1]", "[2]"))).map("".join),
    st.sampled_from(("PH", "SH", "Sa,Su,PH", "Mo-Fr, PH")),
)
day_of_month = st.tuples(st.sampled_from(MONTHS), st.integers(1, 28)).map(lambda it: f"{it[0]} {it[1]:02}")
nth = st.tuples(st.sampled_from(MONTHS), weekday, st.sampled_from(("[1]", "[-1]"))).map(
    "{0[0]} {0[1]}{0[2]}".format
)
dates = st.one_of(
    st.sampled_from(MONTHS),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)).map("-".join),
    st.tuples(st.one_of(day_of_month, nth), st.one_of(day_of_month, nth)).map("-".join),
    st.lists(day_of_month, min_size=1, max_size=2, unique=True).map(",".join),
    st.tuples(day_of_month, st.just("PH")).map(", ".join),
    st.sampled_from(("easter", "week 01-26", "2027", "2026-2030")),
)
clock = st.tuples(st.integers(6, 15), st.sampled_from((0, 15, 30))).map("{0[0]:02}:{0[1]:02}".format)
closing = st.tuples(st.integers(16, 26), st.sampled_from((0, 30))).map("{0[0]:02}:{0[1]:02}".format)
span = st.one_of(
    st.tuples(clock, closing).map("-".join),
    st.tuples(clock, closing, st.sampled_from(("+", "/60", "/01:30"))).map(
        lambda it: f"{it[0]}-{it[1]}{it[2]}"
    ),
    clock.map("{}+".format),
    st.sampled_from(("sunrise-sunset", "(sunrise+01:00)-18:00", "10:00-sunset", "24/7", "00:00-24:00")),
)
times = st.one_of(
    span, st.tuples(st.just("08:00-11:00"), st.just("16:00-18:00")).map(",".join), st.just("off")
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """One to three rules with one of the separators, loosely written."""
    made = []
    for _ in range(draw(st.integers(1, 3))):
        head = [draw(part) for part in (dates, days) if draw(st.booleans())]
        made.append(" ".join((*head, draw(times))))
    return draw(st.sampled_from(("; ", ";", ", ", " || "))).join(made)


@pytest.mark.dear
@settings(max_examples=400 if FULL else 12, deadline=None)
@given(rules())
def test_what_is_taken_is_known_on_some_day(rule: str) -> None:
    try:
        check_hours(rule, "PL")
    except EditRefusedError:
        return
    states = {piece.state for day in DAYS for piece in day_pieces(rule, day, ALMANAC, "Europe/Warsaw")}
    if "SH" in rule:  # which days are school holidays is not known here
        return
    assert states != {HoursState.UNKNOWN}, rule
    if "+" not in rule:  # an open end may stay unknown
        assert HoursState.UNKNOWN not in states, rule
