"""Times that the clock skips or shows twice, in zones of all kinds, and times meant after midnight."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.clock import ClockTime, TownClock
from planner.domain.clock_changes import (
    OtherOffset,
    RepeatedTime,
    SkippedTime,
    doubt_of,
    next_day,
    settled,
    times_of,
)
from planner.domain.edits.past_midnight import past_midnight
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop
from planner.errors import EditRefusedError, Reason
from tests.conftest import FULL

WARSAW = TownClock("Europe/Warsaw")
NIGHT = dt.date(2026, 10, 24)


@pytest.mark.parametrize(
    ("zone", "day", "text", "doubt"),
    [
        ("Europe/Warsaw", dt.date(2027, 3, 28), "02:30", SkippedTime("02:30", "02:00", "03:00")),
        ("Europe/Warsaw", dt.date(2027, 3, 28), "02:00", SkippedTime("02:00", "02:00", "03:00")),
        ("Europe/Warsaw", dt.date(2027, 3, 27), "02:59+1", SkippedTime("02:59+1", "02:00", "03:00")),
        ("Europe/Warsaw", dt.date(2027, 3, 28), "02:30+02:00", SkippedTime("02:30+02:00", "02:00", "03:00")),
        ("Europe/Warsaw", dt.date(2027, 3, 28), "01:59", None),
        ("Europe/Warsaw", dt.date(2027, 3, 28), "03:00", None),
        (
            "Europe/Warsaw", dt.date(2027, 10, 31), "02:30",
            RepeatedTime("02:30", "02:30+02:00", "02:30+01:00"),
        ),
        (
            "Europe/Warsaw", dt.date(2026, 10, 24), "2.30 +1",
            RepeatedTime("02:30+1", "02:30+1+02:00", "02:30+1+01:00"),
        ),
        (
            "Europe/Warsaw", dt.date(2026, 10, 25), "02:30+05:00",
            RepeatedTime("02:30", "02:30+02:00", "02:30+01:00"),
        ),
        ("Europe/Warsaw", dt.date(2026, 10, 25), "02:30+01:00", None),
        ("Europe/Warsaw", dt.date(2026, 10, 25), "03:00", None),
        ("Europe/Warsaw", dt.date(2026, 7, 1), "09:00+02:00", None),
        ("Europe/Warsaw", dt.date(2026, 7, 1), "09:00+01:00", OtherOffset("09:00+01:00", "09:00")),
        ("Australia/Lord_Howe", dt.date(2026, 10, 4), "02:15", SkippedTime("02:15", "02:00", "02:30")),
        (
            "Australia/Lord_Howe", dt.date(2026, 4, 5), "01:45",
            RepeatedTime("01:45", "01:45+11:00", "01:45+10:30"),
        ),
        ("Australia/Lord_Howe", dt.date(2026, 4, 5), "01:29", None),
        (
            "America/St_Johns", dt.date(2026, 11, 1), "01:30",
            RepeatedTime("01:30", "01:30-02:30", "01:30-03:30"),
        ),
        ("America/St_Johns", dt.date(2026, 3, 8), "02:30", SkippedTime("02:30", "02:00", "03:00")),
    ],
)  # fmt: skip
def test_what_the_clock_skips_or_repeats(zone: str, day: dt.date, text: str, doubt: object) -> None:
    assert doubt_of(TownClock(zone), day, text) == doubt


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    day=st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    minute=st.integers(0, 2 * 1440 - 1),
)
def test_a_time_that_the_clock_shows_is_one_instant_once_it_is_settled(
    zone: str, day: dt.date, minute: int
) -> None:
    clock = TownClock(zone)
    text = str(ClockTime(minute // 1440, dt.time(minute % 1440 // 60, minute % 60)))
    ways: tuple[str, ...] = (text,)
    match doubt_of(clock, day, text):
        case None:
            pass
        case RepeatedTime(_, first, last):
            assert clock.instant(day, first) == clock.instant(day, text) < clock.instant(day, last)
            ways = (first, last)
        case _:
            return
    for way in ways:
        assert settled(clock, day, way) == way
        local = clock.local(clock.instant(day, way))
        assert (local.date() - day).days == minute // 1440
        assert f"{local:%H:%M}" == way[:5]


@settings(max_examples=100 if FULL else 8)
@given(
    zone=st.sampled_from(["Europe/Warsaw", "America/St_Johns", "Australia/Lord_Howe", "America/Santiago"]),
    year=st.integers(2000, 2037),
)
def test_in_every_year_a_gap_is_told_with_its_ends(zone: str, year: int) -> None:
    clock = TownClock(zone)
    days = [dt.date(year, 1, 1) + dt.timedelta(days=one) for one in range(365)]
    short = [one for one in days if clock.midnight(one + dt.timedelta(days=1)) - clock.midnight(one) < 86_400]
    for day in short:
        skipped = [
            found
            for minute in range(1440)
            if isinstance(found := doubt_of(clock, day, f"{minute // 60:02}:{minute % 60:02}"), SkippedTime)
        ]
        assert skipped
        assert len({(one.first, one.last) for one in skipped}) == 1
        assert skipped[0].time == skipped[0].first
        assert doubt_of(clock, day, skipped[0].last) is None


def test_an_offset_that_is_not_needed_is_dropped() -> None:
    assert settled(WARSAW, dt.date(2026, 7, 1), "9.00 +01:00") == "09:00"
    assert settled(WARSAW, dt.date(2026, 10, 25), "2:30 +01:00") == "02:30+01:00"


@pytest.mark.parametrize(
    ("day", "text", "reason"),
    [
        (dt.date(2027, 3, 28), "02:30", Reason.TIME_SKIPPED),
        (dt.date(2026, 10, 25), "02:30", Reason.TIME_TWICE),
        (dt.date(2026, 10, 25), "02:30+03:00", Reason.TIME_TWICE),
    ],
)
def test_a_time_that_is_not_one_instant_is_refused(day: dt.date, text: str, reason: Reason) -> None:
    with pytest.raises(EditRefusedError) as refused:
        settled(WARSAW, day, text)
    assert refused.value.reason is reason


def _day(start: str, fixed: str | None = None) -> Day:
    stop = Stop("s1", fixed=fixed, windows=(("00:15", "00:45"),))
    end = DayEnd(latest="01:30", arrive="02:15")
    return Day(dt.date(2026, 12, 7), DayStart(PlaceRef("muzeum"), start), end, stops=(stop,))


@pytest.mark.parametrize(
    ("start", "text", "meant"),
    [
        ("23:30", "00:30", "00:30+1"),
        ("23:30", "0.30", "00:30+1"),
        ("18:00", "01:00", "01:00+1"),
        ("23:30", "23:45", ""),
        ("23:30", "00:30+1", ""),
        ("09:00", "08:00", ""),
        ("09:00", "10:00", ""),
        ("23:30", "23:00", ""),
    ],
)
def test_a_time_before_the_start_may_be_one_after_midnight(start: str, text: str, meant: str) -> None:
    assert next_day(WARSAW, _day(start), text) == meant


def test_times_are_taken_as_those_of_the_next_day() -> None:
    day = past_midnight(_day("23:30", "00:30"), "s1", WARSAW)
    assert (day.stops[0].fixed, day.stops[0].windows) == ("00:30+1", (("00:15+1", "00:45+1"),))
    assert past_midnight(day, "s1", WARSAW) == day
    assert past_midnight(day, "", WARSAW).end == DayEnd(latest="01:30+1", arrive="02:15+1")


@pytest.mark.parametrize(
    ("fixed", "in_rain", "moved"),
    [
        ("00:30", "00:45", ("00:30+1", "00:45+1")),
        ("00:30", "23:45", ("00:30+1", "23:45")),
        ("23:45", "00:15", ("23:45", "00:15+1")),
        (None, "00:15", (None, "00:15+1")),
        ("00:30", None, ("00:30+1", None)),
    ],
)
def test_the_time_for_rain_goes_past_midnight_with_the_other(
    fixed: str | None, in_rain: str | None, moved: tuple[str | None, ...]
) -> None:
    day = _day("23:30", fixed)
    [stop] = day.stops
    wet = replace(day, stops=(replace(stop, rain=PlaceRef("kino"), rain_fixed=in_rain),))
    [later] = past_midnight(wet, "s1", WARSAW).stops
    assert (later.fixed, later.rain_fixed) == moved


def test_every_time_of_a_day_is_looked_at() -> None:
    assert dict(times_of(_day("23:30", "00:30"))) == {
        "/start/time": "23:30",
        "/stops/0/fixed": "00:30",
        "/stops/0/windows/0/0": "00:15",
        "/stops/0/windows/0/1": "00:45",
        "/end/latest": "01:30",
        "/end/arrive": "02:15",
    }
