"""The trips of a day as instants: midnight, clock changes, dates outside the feed; worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from planner.buses.query.timetable.days import REMEMBERED_DAYS, trips_between, trips_on
from tests.kit.buses.feeds import calls, names, read, tiny, trip, week

if TYPE_CHECKING:
    from pathlib import Path

    from planner.buses.query.timetable.timetable import Timetable


def utc(text: str) -> int:
    """Seconds of a time in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def left(found: Timetable, day: date) -> dict[str, list[int]]:
    """The instants at which each trip leaves its first stop on a day."""
    times = trips_on(found, day)
    begun: dict[str, list[int]] = {}
    for pattern in range(len(found.pattern_line)):
        trips = times.trips[times.starts[pattern] : times.starts[pattern + 1]]
        matrix = times.departures(pattern)
        for column, name in enumerate(names(found, found.trip_id[trips])):
            begun.setdefault(name, []).append(int(matrix[0, column]))
    return begun


@pytest.fixture
def nights(tmp_path: Path) -> Timetable:
    """A trip at 8:00 on working days and one at 23:50 (until 24:30) on Saturdays, all of March 2026."""
    rows = calls("morning", "A 8:00", "B 8:05", "C 8:10") + calls("night", "A 23:50", "B 24:10", "C 24:30")
    calendar = [week("wk", last="20260405"), week("sa", "0000010", last="20260405")]
    trips = [trip("morning"), trip("night", "sa")]
    return read(tmp_path, tiny(trips=trips, stop_times=rows, calendar=calendar))


def test_a_winter_day(nights: Timetable) -> None:
    assert left(nights, date(2026, 3, 4)) == {"0:morning": [utc("2026-03-04 07:00")]}
    times = trips_on(nights, date(2026, 3, 4))
    assert times.arrivals(0).tolist() == [[utc(f"2026-03-04 07:{minute}")] for minute in ("00", "05", "10")]


def test_yesterdays_trip_is_under_way_after_midnight(nights: Timetable) -> None:
    saturday = utc("2026-03-07 22:50")
    assert left(nights, date(2026, 3, 7)) == {"0:night": [saturday]}
    assert left(nights, date(2026, 3, 8)) == {"0:night": [saturday]}
    assert left(nights, date(2026, 3, 9)) == {"0:morning": [utc("2026-03-09 07:00")]}


def test_the_night_in_which_the_clock_is_put_forward(nights: Timetable) -> None:
    """On 29 March 2026 the day begins, in GTFS's sense, at 23:00 of the 28th; noon is at 10:00 UTC."""
    assert nights.service_start(date(2026, 3, 29)) == utc("2026-03-28 22:00")
    assert left(nights, date(2026, 3, 29)) == {"0:night": [utc("2026-03-28 22:50")]}
    assert left(nights, date(2026, 3, 30)) == {"0:morning": [utc("2026-03-30 06:00")]}


def test_a_trip_before_the_change_counts_from_noon(tmp_path: Path) -> None:
    """8:00 on the day itself is 8:00 on the clock; 1:00 is 0:00 on it, for it is counted back from noon."""
    rows = calls("early", "A 1:00", "C 1:10") + calls("late", "A 8:00", "C 8:10")
    calendar = [week("su", "0000001", "20261025", "20261025")]
    found = read(
        tmp_path, tiny(trips=[trip("early", "su"), trip("late", "su")], stop_times=rows, calendar=calendar)
    )
    back = left(found, date(2026, 10, 25))
    assert back == {"0:early": [utc("2026-10-25 00:00")], "0:late": [utc("2026-10-25 07:00")]}
    local = found.clock.local(back["0:early"][0])
    assert f"{local:%H:%M %z}" == "02:00 +0200", "not 1:00: the day has 25 hours and GTFS counts from noon"


def test_days_outside_the_feed_have_no_trips(nights: Timetable) -> None:
    assert left(nights, date(2026, 3, 1)) == {}
    assert left(nights, date(2026, 11, 25)) == {}
    assert nights.covers(date(2026, 3, 2))
    assert not nights.covers(date(2026, 3, 1))
    assert not nights.covers(date(2026, 4, 5)), "the last day with service is Saturday, 4 April"
    assert nights.covers(date(2026, 4, 4))


def test_days_outside_the_feed_with_stand_ins(nights: Timetable) -> None:
    """Saturday, 28 November, runs as Saturday, 4 April; its night trip is under way on Sunday too."""
    guess = nights.with_stand_ins("PL")
    saturday, sunday = date(2026, 11, 28), date(2026, 11, 29)
    assert guess.covers(saturday)
    assert left(guess, saturday) == left(guess, sunday) == {"0:night": [utc("2026-11-28 22:50")]}
    assert not guess.covers(sunday), "no Sunday of the feed has service"
    assert left(guess, date(2026, 3, 4)) == left(nights, date(2026, 3, 4))
    assert not nights.covers(saturday)


def test_several_days_in_one(nights: Timetable) -> None:
    span = trips_between(nights, date(2026, 3, 6), date(2026, 3, 9))
    found = dict(zip(names(nights, nights.trip_id[span.trips]), span.bases.tolist(), strict=True))
    assert len(span.trips) == 3
    assert found["0:night"] == utc("2026-03-06 23:00")
    assert trips_between(nights, date(2026, 3, 6), date(2026, 3, 9)) is span, "remembered"


def test_only_so_many_days_are_remembered(nights: Timetable) -> None:
    first = trips_on(nights, date(2026, 3, 4))
    for day in range(1, REMEMBERED_DAYS + 1):
        trips_between(nights, date(2026, 3, 1), date(2026, 3, 1) + timedelta(days=day))
    again = trips_on(nights, date(2026, 3, 4))
    assert again is not first
    assert again.trips.tolist() == first.trips.tolist()


@pytest.mark.parametrize(
    ("day", "nearest"),
    [
        ((2026, 11, 25), (2026, 4, 1)),
        ((2026, 3, 11), (2026, 3, 11)),
        ((2026, 3, 1), None),
        ((2025, 12, 6), (2026, 3, 7)),
        ((2026, 11, 11), None),
        ((2028, 3, 1), None),
    ],
    ids=["wednesday", "itself", "sunday-without-service", "saturday", "holiday", "too-far"],
)
def test_the_nearest_matching_date(
    nights: Timetable, day: tuple[int, int, int], nearest: tuple[int, int, int] | None
) -> None:
    found = nights.nearest_matching_date(date(*day), "PL")
    assert found == (date(*nearest) if nearest else None)


def test_a_holiday_is_matched_by_a_holiday(tmp_path: Path) -> None:
    """Easter Monday, 6 April 2026, for Corpus Christi (a Thursday), and never for a working Monday."""
    found = read(tmp_path, tiny(calendar=[week("wk", "1111111", "20260330", "20260407")]))
    assert found.nearest_matching_date(date(2026, 6, 4), "PL") == date(2026, 4, 6)
    assert found.nearest_matching_date(date(2026, 6, 1), "PL") == date(2026, 3, 30)
    assert found.nearest_matching_date(date(2026, 6, 1), "") == date(2026, 4, 6)
