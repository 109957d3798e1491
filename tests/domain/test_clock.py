"""Local time: clock changes in two zones, past midnight, what is no time."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.clock import (
    CLOCK_TIME_PATTERN,
    DAY_S,
    ClockTime,
    TownClock,
    canonical_time,
    parse_clock_time,
)

WARSAW = TownClock("Europe/Warsaw")
HELSINKI = TownClock("Europe/Helsinki")
SPRING = dt.date(2026, 3, 29)
AUTUMN = dt.date(2026, 10, 25)


def utc(text: str) -> int:
    return int(dt.datetime.fromisoformat(f"{text}+00:00").timestamp())


@pytest.mark.parametrize(
    ("clock", "day", "time", "expected"),
    [
        (WARSAW, dt.date(2026, 1, 15), "09:00", "2026-01-15T08:00"),
        (WARSAW, dt.date(2026, 7, 15), "09:00", "2026-07-15T07:00"),
        (WARSAW, SPRING, "00:00", "2026-03-28T23:00"),
        (WARSAW, SPRING, "01:59", "2026-03-29T00:59"),
        (WARSAW, SPRING, "02:00", "2026-03-29T01:00"),
        (WARSAW, SPRING, "02:30", "2026-03-29T01:30"),
        (WARSAW, SPRING, "03:00", "2026-03-29T01:00"),
        (WARSAW, AUTUMN, "01:59", "2026-10-24T23:59"),
        (WARSAW, AUTUMN, "02:30", "2026-10-25T00:30"),
        (WARSAW, AUTUMN, "03:00", "2026-10-25T02:00"),
        (WARSAW, AUTUMN - dt.timedelta(days=1), "02:30+1", "2026-10-25T00:30"),
        (WARSAW, dt.date(2026, 12, 31), "00:15+1", "2026-12-31T23:15"),
        (HELSINKI, SPRING, "03:30", "2026-03-29T01:30"),
        (HELSINKI, SPRING, "04:00", "2026-03-29T01:00"),
        (HELSINKI, AUTUMN, "03:30", "2026-10-25T00:30"),
        (HELSINKI, AUTUMN, "04:00", "2026-10-25T02:00"),
        (HELSINKI, dt.date(2026, 1, 15), "09:00", "2026-01-15T07:00"),
    ],
)
def test_instant(clock: TownClock, day: dt.date, time: str, expected: str) -> None:
    assert clock.instant(day, time) == utc(expected)


@pytest.mark.parametrize(
    ("clock", "day", "hours"),
    [(WARSAW, SPRING, 23), (WARSAW, AUTUMN, 25), (HELSINKI, SPRING, 23), (HELSINKI, dt.date(2026, 5, 1), 24)],
)
def test_days_have_their_length(clock: TownClock, day: dt.date, hours: int) -> None:
    assert clock.midnight(day + dt.timedelta(days=1)) - clock.midnight(day) == hours * 3600


def test_a_repeated_hour_is_told_apart_by_its_offset() -> None:
    first = WARSAW.instant(AUTUMN, "02:30")
    assert WARSAW.local(first).isoformat() == "2026-10-25T02:30:00+02:00"
    assert WARSAW.local(first + 3600).isoformat() == "2026-10-25T02:30:00+01:00"


def test_a_skipped_time_lies_after_the_change() -> None:
    assert WARSAW.local(WARSAW.instant(SPRING, "02:30")).isoformat() == "2026-03-29T03:30:00+02:00"


def test_naive_datetimes_are_local_and_aware_ones_are_kept() -> None:
    assert WARSAW.of_datetime(dt.datetime(2026, 7, 15, 9)) == utc("2026-07-15T07:00")  # noqa: DTZ001
    away = dt.datetime(2026, 7, 15, 9, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    assert WARSAW.of_datetime(away) == utc("2026-07-15T06:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9",
        "25:00",
        "9:75",
        "abc",
        "1260",
        "24:30",
        "24:00+1",
        "02:30+1:00",
        "02:30+01:00+1",
        "09:60",
        "09:00+2",
        "09:00\n",
        "0٩:00",
        "09:00+1\n",
        "-1:00",
        "noon",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="HH:MM"):
        parse_clock_time(text)


@given(
    zone=st.sampled_from([WARSAW, HELSINKI]),
    day=st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    minute=st.integers(0, 1439),
)
def test_local_times_come_back_unless_the_clock_skips_them(
    zone: TownClock, day: dt.date, minute: int
) -> None:
    text = f"{minute // 60:02}:{minute % 60:02}"
    instant = zone.instant(day, text)
    local = zone.local(instant)
    skipped = f"{local:%H:%M}" != text
    assert local.date() == day
    assert not skipped or (
        f"{local:%H}" > text[:2] and zone.midnight(day + dt.timedelta(days=1)) - zone.midnight(day) < DAY_S
    )
    assert zone.instant(day - dt.timedelta(days=1), f"{text}+1") == instant
    earlier = zone.local(instant - 3600)
    assert f"{earlier:%d %H:%M}" != f"{local:%d %H:%M}", "the earlier of a repeated hour is meant"


SPELLINGS = (
    *("{0}:{1:02}", "{0:02}:{1:02}", "{0}{1:02}", "{0:02}{1:02}"),
    *("{0}.{1:02}", "{0}h{1:02}", "{0:02}H{1:02}"),
)
LARGEST_OFFSET = 18 * 60 + 59
OFFSETS = st.integers(-LARGEST_OFFSET, LARGEST_OFFSET).map(lambda minutes: dt.timedelta(minutes=minutes))
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
TIMES = st.builds(ClockTime, st.integers(0, 1), MINUTES, st.none() | OFFSETS)


@given(
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    spelling=st.sampled_from(SPELLINGS),
    later=st.sampled_from(["", "+1", " +1", "\u00a0+1"]),
    offset=st.sampled_from(["", "+02:00", " -03:30"]),
    blanks=st.tuples(*[st.text(" \t\u00a0", max_size=2)] * 2),
)
def test_every_spelling_means_the_same_as_the_canonical_one(
    hour: int, minute: int, spelling: str, later: str, offset: str, blanks: tuple[str, str]
) -> None:
    text = blanks[0] + spelling.format(hour, minute) + later + offset + blanks[1]
    canonical = f"{hour:02}:{minute:02}{'+1' if later else ''}{offset.strip()}"
    assert canonical_time(text) == canonical
    assert ClockTime.read(text) == ClockTime.read(canonical)
    assert re.fullmatch(CLOCK_TIME_PATTERN, text)


@pytest.mark.parametrize("text", ["24:00", "2400", "24h", "24.00", "24h00", "0:00+1", "0h +1"])
def test_the_end_of_the_day_is_the_midnight_after_it(text: str) -> None:
    assert canonical_time(text) == "00:00+1"
    assert WARSAW.instant(AUTUMN, text) == WARSAW.midnight(AUTUMN + dt.timedelta(days=1))


@given(TIMES)
def test_the_canonical_text_of_a_time_is_read_as_it(time: ClockTime) -> None:
    assert ClockTime.read(str(time)) == time


@given(TIMES, TIMES)
def test_of_two_times_at_most_one_comes_before_the_other(one: ClockTime, other: ClockTime) -> None:
    assert not (one.is_before(other) and other.is_before(one))
