"""What conditional tags say: when one may pass, and what cannot be read."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.domain.clock import TownClock
from planner.domain.conditions import Condition, access_part, hours_part, read_condition, text_of
from planner.domain.hours.holidays import Almanac

CLOCK, ALMANAC = TownClock("Europe/Warsaw"), Almanac("PL")
MONDAY = dt.date(2026, 12, 7)
ALLOWED = {"yes", "permissive"}
ALL_DAY = "00:00-"


def told(condition: Condition, day: dt.date = MONDAY) -> str:
    """When it is open on a day, in words."""
    midnight, end = CLOCK.midnight(day), CLOCK.midnight(day + dt.timedelta(days=1))
    spans = []
    for opens, shuts in condition.openings(day, CLOCK, ALMANAC):
        if opens < end:
            until = "" if shuts is None or shuts >= end else CLOCK.face(shuts)
            spans.append(f"{CLOCK.face(max(opens, midnight))}-{until}")
    return ",".join(spans)


@pytest.mark.parametrize(
    ("text", "base", "open_then"),
    [
        ("no @ (Nov-Mar)", True, ""),
        ("no @ Nov-Mar", True, ""),
        ("no @ (Apr-Oct)", True, ALL_DAY),
        ("no @ (Nov 15 - Mar 31)", True, ""),
        ("no @ (22:00-06:00)", True, "06:00-22:00"),
        ("yes @ (08:00-20:00)", False, "08:00-20:00"),
        ("permissive @ (Mo-Fr 08:00-16:00)", False, "08:00-16:00"),
        ("private @ (08:00-16:00)", True, "00:00-08:00,16:00-"),
        ("no @ (Mo-Fr 08:00-16:00; PH off)", True, "00:00-08:00,16:00-"),
        ("no @ (PH)", True, ALL_DAY),
        ("no @ (Su,PH)", True, ALL_DAY),
        ("no @ (2024 Mar 5-2024 Apr 30)", True, ALL_DAY),
        ("no @ (00:00-24:00); yes @ (09:00-17:00)", True, "09:00-17:00"),
        ("yes @ (09:00-17:00); no @ (00:00-24:00)", True, ""),
        ("private @ (Dec 24-Jan 6); no @ (Mo 21:00-24:00)", True, "00:00-21:00"),
        ("delivery @ (06:00-10:00)", False, ""),
        ("no @ (weight>3.5)", True, ALL_DAY),
    ],
)
def test_a_conditional_tag_says_when_one_may_pass(text: str, base: bool, open_then: str) -> None:  # noqa: FBT001
    part = access_part(text, ALLOWED, base=base)
    assert told(Condition((part,))) == open_then
    assert part.unread == ()


def test_a_public_holiday_is_one() -> None:
    part = access_part("no @ (PH)", ALLOWED, base=True)
    assert told(Condition((part,)), dt.date(2026, 12, 25)) == ""


@pytest.mark.parametrize(
    "text", ["no @ wet", "no @ (winter)", "no @ (22:00-06:00 AND wet)", "no @ summer", "sometimes"]
)
def test_what_is_no_time_is_kept_to_be_told(text: str) -> None:
    part = access_part(text, ALLOWED, base=True)
    assert part.unread == (text,)
    assert told(Condition((part,))) == ALL_DAY


@pytest.mark.parametrize(
    ("hours", "open_then"),
    [
        ("08:00-16:00", "08:00-16:00"),
        ("24/7", ALL_DAY),
        ("Apr-Oct 08:00-20:00; Nov-Mar 08:00-15:00", "08:00-15:00"),
        ("Apr-Oct", ""),
        ("sunrise-sunset", "07:00-19:00"),
    ],
)
def test_opening_hours_shut_all_the_rest(hours: str, open_then: str) -> None:
    assert told(Condition((hours_part(hours),))) == open_then


def test_hours_that_cannot_be_read_shut_nothing_and_are_told() -> None:
    part = hours_part("in summer only")
    assert part.unread == ("in summer only",)
    assert told(Condition((part,))) == ALL_DAY


def test_all_parts_must_let_one_pass() -> None:
    both = Condition((hours_part("08:00-16:00"), access_part("no @ (10:00-12:00)", ALLOWED, base=True)))
    assert told(both) == "08:00-10:00,12:00-16:00"
    assert read_condition(text_of(both)) == both
    assert not both.is_open_all_day(MONDAY, CLOCK, ALMANAC)
    assert Condition((hours_part("24/7"),)).is_open_all_day(MONDAY, CLOCK, ALMANAC)
