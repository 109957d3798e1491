"""Three feeds as they were published, against a plain reading of their tables."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.buses.files import STAYING, Boarding, LineMode, ShapeSource
from planner.buses.query.timetable.days import trips_on
from tests.kit.buses.feeds import WEEK, names, read, runs

if TYPE_CHECKING:
    from planner.buses.query.timetable.timetable import Timetable

FEEDS = {"2026": "skawina-buses-2026-03", "2020": "skawina-buses-2020-11", "trains": "krakow-trains-2025-09"}
GMINA = (19.72, 49.91, 19.87, 50.01)
"""West, south, east, north of Skawina's commune, roughly."""


def clock(text: str) -> int:
    """Seconds of HH:MM:SS."""
    hours, minutes, seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + seconds


@dataclass(frozen=True)
class Plain:
    """A feed's tables as the csv module reads them."""

    path: Path

    def table(self, name: str) -> list[dict[str, str]]:
        with zipfile.ZipFile(self.path) as archive:
            if name not in archive.namelist():
                return []
            return list(csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8-sig")))

    @cached_property
    def weeks(self) -> list[dict[str, str]]:
        return self.table("calendar.txt")

    @cached_property
    def exceptions(self) -> list[dict[str, str]]:
        return self.table("calendar_dates.txt")

    def times(self) -> dict[str, list[tuple[str, int, int]]]:
        """For each trip its calls by sequence: stop, arrival, departure in seconds."""
        rows: dict[str, list[tuple[int, str, int, int]]] = defaultdict(list)
        for row in self.table("stop_times.txt"):
            arrive, depart = (clock(row[column]) for column in ("arrival_time", "departure_time"))
            rows[row["trip_id"]].append((int(row["stop_sequence"]), row["stop_id"], arrive, depart))
        return {trip: [call[1:] for call in sorted(calls)] for trip, calls in rows.items()}

    def running(self, day: date) -> set[str]:
        """The services of a day."""
        text = f"{day:%Y%m%d}"
        services = {
            row["service_id"]
            for row in self.weeks
            if row["start_date"] <= text <= row["end_date"] and row[WEEK[day.weekday()]] == "1"
        }
        for row in self.exceptions:
            if row["date"] == text:
                (services.add if row["exception_type"] == "1" else services.discard)(row["service_id"])
        return services


@pytest.fixture(
    scope="module",
    params=[*(pytest.param(year, marks=pytest.mark.slow) for year in ("2026", "2020")), "trains"],
)
def both(request: pytest.FixtureRequest, real_dir: Path) -> tuple[Timetable, Plain]:
    return whole(real_dir, request.param), Plain(real_dir / f"{FEEDS[request.param]}.gtfs.zip")


@cache
def whole(real_dir: Path, key: str) -> Timetable:
    return read(real_dir / f"{FEEDS[key]}.gtfs.zip")


@pytest.fixture(scope="module")
def buses(real_dir: Path) -> Timetable:
    """The buses of spring 2026, not clipped."""
    return whole(real_dir, "2026")


@pytest.fixture(scope="module")
def old_buses(real_dir: Path) -> Timetable:
    return whole(real_dir, "2020")


@pytest.fixture(scope="module")
def trains(real_dir: Path) -> Timetable:
    return whole(real_dir, "trains")


@pytest.mark.dear
def test_every_trip_has_its_stops_and_times(both: tuple[Timetable, Plain]) -> None:
    found, plain = both
    assert {trip: calls for trip, calls in runs(found).items() if STAYING not in trip} == plain.times()
    assert found.meta.dropped == {}


@pytest.mark.dear
def test_every_day_has_its_trips(both: tuple[Timetable, Plain], *, full: bool) -> None:
    found, plain = both
    assert found.validity is not None
    first, last = found.validity
    days = [first + timedelta(days=at) for at in range(-1, (last - first).days + 3)]
    service_of = {row["trip_id"]: row["service_id"] for row in plain.table("trips.txt")}
    ends = {trip: calls[-1][1] for trip, calls in plain.times().items()}
    for day in days if full else [*days[:2], *days[::9], *days[-3:]]:
        today, before = plain.running(day), plain.running(day - timedelta(days=1))
        expected = Counter(trip for trip, service in service_of.items() if service in today)
        expected.update(
            trip for trip, service in service_of.items() if service in before and ends[trip] > 86_400
        )
        ids = names(found, found.trip_id[trips_on(found, day).trips])
        got = Counter(name.partition(":")[2] for name in ids if STAYING not in name)
        assert got == expected, day


@pytest.mark.dear
def test_patterns_are_first_in_first_out(both: tuple[Timetable, Plain], *, full: bool) -> None:
    found, _ = both
    assert found.validity is not None
    first, last = found.validity
    for at in range(0, (last - first).days + 2, 1 if full else 5):
        day = trips_on(found, first + timedelta(days=at))
        for pattern in range(len(found.pattern_line)):
            for matrix in (day.arrivals(pattern), day.departures(pattern)):
                assert (np.diff(matrix, axis=1) >= 0).all()


def started(found: Timetable, day: date) -> int:
    """Trips whose service day is that date; rides over several trips of a vehicle are none of their own."""
    times = trips_on(found, day)
    alone = np.array([STAYING not in name for name in names(found, found.trip_id[times.trips])], np.bool_)
    return int((alone & (times.bases == found.service_start(day))).sum())


@pytest.mark.dear
def test_the_buses_of_spring_2026(buses: Timetable) -> None:
    assert buses.validity == (date(2026, 3, 25), date(2026, 6, 23))
    lines = "203 223 229 233 235 239 243 245 249 253 273 283 293 295 903"
    assert sorted(names(buses, buses.line_name)) == lines.split()
    assert set(buses.line_mode.tolist()) == {LineMode.BUS}
    counts = buses.meta.counts
    assert (counts["trips"], counts["stop_times"], counts["stops"]) == (2690, 69_405, 486)
    assert counts["patterns"] < 80
    assert set(buses.shape_source.tolist()) == {ShapeSource.NONE}


@pytest.mark.parametrize(
    ("day", "trips"),
    [
        (date(2026, 4, 15), 640),
        (date(2026, 4, 17), 644),
        (date(2026, 4, 18), 412),
        (date(2026, 4, 19), 354),
        (date(2026, 4, 6), 354),
        (date(2026, 5, 1), 354),
        (date(2026, 6, 4), 354),
        (date(2026, 6, 24), 0),
    ],
    ids=["wednesday", "friday", "saturday", "sunday", "easter-monday", "1-may", "corpus-christi", "ended"],
)
def test_trips_of_a_day_in_2026(buses: Timetable, day: date, trips: int) -> None:
    assert started(buses, day) == trips


def test_the_feed_has_ended_and_what_is_nearest(buses: Timetable) -> None:
    """25 November 2026 is a Wednesday, the 11th a holiday; the last Wednesday of the feed is 17 June."""
    assert not buses.covers(date(2026, 11, 25))
    assert len(trips_on(buses, date(2026, 11, 25)).trips) == 0
    assert buses.nearest_matching_date(date(2026, 11, 25), "PL") == date(2026, 6, 17)
    assert buses.nearest_matching_date(date(2026, 11, 11), "PL") == date(2026, 6, 4)
    assert len(trips_on(buses, date(2026, 6, 24)).trips) == 7, "the last night's trips are still under way"


@pytest.mark.dear
@pytest.mark.parametrize(
    ("day", "trips"),
    [(date(2020, 12, 2), 412), (date(2020, 12, 25), 205), (date(2021, 1, 6), 205), (date(2021, 1, 29), 0)],
)
def test_trips_of_a_day_in_2020(old_buses: Timetable, day: date, trips: int) -> None:
    assert started(old_buses, day) == trips


@pytest.mark.dear
def test_where_vehicles_go_on_in_2020(old_buses: Timetable) -> None:
    """Line 223 from Krzęcin, which goes on from Skawina as that to Brzeźnica, and the like."""
    over = [trip for trip in names(old_buses, old_buses.trip_id) if STAYING in trip]
    assert len(over) == 48
    assert all(trip.partition(":")[2].count("block_") == trip.count(STAYING) + 1 for trip in over)


def test_stops_on_request_in_2020(old_buses: Timetable) -> None:
    """203 stops are marked "(nż)"; the feed's own rules at the ends of trips stay."""
    every = [*names(old_buses, old_buses.stop_name), *names(old_buses, old_buses.trip_headsign)]
    assert not any("(n" in name for name in every)
    asks = (old_buses.pattern_board == Boarding.ASK_DRIVER) | (
        old_buses.pattern_alight == Boarding.ASK_DRIVER
    )
    assert len(set(old_buses.pattern_stops[asks].tolist())) == 203
    ends = old_buses.pattern_offsets[1:] - 1
    assert set(old_buses.pattern_board[ends].tolist()) == {Boarding.NONE}
    assert int(old_buses.arrive.max()) == 88_080, "24:28"


@pytest.mark.parametrize(
    ("day", "trips"),
    [(date(2025, 9, 3), 192), (date(2025, 9, 6), 188), (date(2025, 9, 7), 189), (date(2025, 10, 25), 179)],
)
def test_trains_of_a_day_in_2025(trains: Timetable, day: date, trips: int) -> None:
    assert started(trains, day) == trips


def test_names_and_platforms_of_the_trains(trains: Timetable) -> None:
    assert len(trains.line_name) == 17
    assert {"SKA1", "SKA2", "SKA3"} <= set(names(trains, trains.line_name))
    stops = set(names(trains, trains.stop_name))
    assert {"Wieliczka Rynek-Kopalnia", "Kraków Główny", "Skawina Jagielnia", "Skawina"} <= stops
    assert not any(name.isupper() for name in stops)
    platforms = Counter(names(trains, trains.time_platform))
    assert (platforms["I/1"], platforms["II/2"], platforms["BUS"], platforms["5"]) == (9219, 6336, 289, 1)
    assert platforms[""] == 8


@pytest.mark.slow
def test_the_train_to_skawina_names_where_it_goes_though_it_is_clipped(real_dir: Path) -> None:
    found = read(real_dir / f"{FEEDS['trains']}.gtfs.zip", bounds=GMINA)
    assert set(names(found, found.line_name)) == {"SKA2"}
    assert set(names(found, found.trip_headsign)) >= {"Oświęcim", "Kraków Główny"}
    assert "Kraków Główny" not in names(found, found.stop_name)
    assert found.meta.dropped == {"trips with fewer than two stops in the surroundings": 818}
    assert len(found.trip_pattern) == 1137 - 818
