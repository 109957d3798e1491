"""The built-in timetable, read as any GTFS feed, against the table of facts."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import osmium
import pytest

from planner.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]

FEED = ROOT / "data" / "timetable"
NETWORK = ROOT / "data" / "skawina.osm"
MAX_BYTES = 300_000
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
COLUMNS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> list[Row]:
    return rows(FEED / f"{name}.txt")


def minutes(clock: str) -> int:
    hours, rest = clock.split(":")[:2]
    return int(hours) * 60 + int(rest)


Ride = tuple[str, tuple[tuple[str, int], ...]]
Service = tuple[int, int, int]


def told(facts: Path) -> dict[Ride, dict[int, Service]]:
    """By line, stops and ride minutes: for each weekday the number of departures, the first and the last."""
    found: dict[Ride, dict[int, Service]] = {}
    for row in rows(facts / "bus_lines.csv"):
        calls = re.findall(r"\[(\w+)\] \+(\d+)", row["stops_inside_gmina_with_minutes_from_first"])
        ride = row["line"], tuple((ref, int(minute)) for ref, minute in calls)
        assert ride not in found
        week = found[ride] = {}
        for days, count, first, last in re.findall(
            r"([\w-]+) (\d+)x ([\d:]+)-([\d:]+)", row["departures_from_first_stop"]
        ):
            start, end = days.split("-")[0], days.split("-")[-1]
            for day in range(WEEKDAYS.index(start), WEEKDAYS.index(end) + 1):
                week[day] = int(count), minutes(first), minutes(last)
    return found


def given() -> dict[Ride, dict[int, Service]]:
    """The same out of the feed: departures that are trips, and those that a headway makes."""
    days = {
        row["service_id"]: [n for n, c in enumerate(COLUMNS) if row[c] == "1"] for row in table("calendar")
    }
    times: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for row in table("stop_times"):
        assert row["arrival_time"] == row["departure_time"]
        place = int(row["stop_sequence"]), row["stop_id"], minutes(row["departure_time"])
        times[row["trip_id"]].append(place)
    headways = {row["trip_id"]: row for row in table("frequencies")}
    departures: dict[Ride, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for trip in table("trips"):
        calls = sorted(times.pop(trip["trip_id"]))
        start = calls[0][2]
        ride = trip["route_id"], tuple((stop, at - start) for _, stop, at in calls)
        made = [start]
        if headway := headways.pop(trip["trip_id"], None):
            assert headway["exact_times"] == "0"
            step, rest = divmod(int(headway["headway_secs"]), 60)
            assert rest == 0
            made = list(range(minutes(headway["start_time"]), minutes(headway["end_time"]), step))
            assert made[0] == start
        for day in days[trip["service_id"]]:
            departures[ride][day] += made
    assert not times
    assert not headways
    return {
        ride: {day: (len(made), min(made), max(made)) for day, made in week.items()}
        for ride, week in departures.items()
    }


def test_all_lines_and_ride_minutes_of_the_facts_are_there(facts: Path) -> None:
    assert given().keys() == told(facts).keys()
    assert {line for line, _ in given()} == {row["route_short_name"] for row in table("routes")}


def test_first_and_last_departures_are_those_of_the_facts(facts: Path) -> None:
    feed = given()
    for ride, week in told(facts).items():
        assert {day: one[1:] for day, one in feed[ride].items()} == {
            day: one[1:] for day, one in week.items()
        }


def test_the_number_of_departures_is_that_of_the_facts(facts: Path) -> None:
    feed = given()
    for ride, week in told(facts).items():
        assert {day: one[0] for day, one in feed[ride].items()} == {day: one[0] for day, one in week.items()}


def test_a_headway_is_the_usual_one_or_says_that_it_is_an_estimate(facts: Path) -> None:
    usual = set()
    for row in rows(facts / "bus_lines.csv"):
        for every in re.findall(r"about every (\d+) min", row["departures_from_first_stop"]):
            usual.add((row["line"], int(every)))
    sources: Counter[str] = Counter()
    for row in table("frequencies"):
        sources[row["headway_source"]] += 1
        if row["headway_source"] == "usual":
            assert (row["trip_id"].split("-")[0], int(row["headway_secs"]) // 60) in usual
    assert sources.keys() == {"usual", "estimate"}
    # 283 runs 42 times from 4:02 to 23:47 about every 30 minutes: 41 times 30 is about that span
    by_trip = {row["trip_id"]: row for row in table("frequencies")}
    assert by_trip["283-1-mo-fr-0"]["headway_secs"] == "1800"
    assert by_trip["283-1-mo-fr-0"]["headway_source"] == "usual"
    # 223 runs 6 times from 9:28 to 22:33 "about every 95": 785 minutes in 5 gaps are 157 each
    assert by_trip["223-1-mo-fr-0"]["headway_secs"] == str(157 * 60)
    assert by_trip["223-1-mo-fr-0"]["headway_source"] == "estimate"
    # 239 runs at 5:44 and at 16:45
    assert "239-1-mo-fr-0" not in by_trip


def test_stops_are_those_of_the_facts(facts: Path) -> None:
    posts = {row["stop_id"]: row for row in rows(facts / "bus_stops.csv")}
    called = {row["stop_id"] for row in table("stop_times")}
    assert {row["stop_id"] for row in table("stops")} == called
    for row in table("stops"):
        post = posts[row["stop_id"]]
        assert row["stop_name"] == post["name"]
        assert float(row["stop_lat"]) == pytest.approx(float(post["lat"]), abs=1e-6)
        assert float(row["stop_lon"]) == pytest.approx(float(post["lon"]), abs=1e-6)


HOLIDAYS = {
    "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-03", "2026-05-24", "2026-06-04", "2026-08-15",
    "2026-11-01", "2026-11-11", "2026-12-24", "2026-12-25", "2026-12-26",
    "2027-01-01", "2027-01-06", "2027-03-28", "2027-03-29", "2027-05-01", "2027-05-03", "2027-05-16",
    "2027-05-27", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-24", "2027-12-25", "2027-12-26",
}  # fmt: skip
"""The public holidays of Poland, from a calendar."""


def test_public_holidays_run_as_sundays_from_spring_2026_to_the_end_of_2027() -> None:
    calendar = table("calendar")
    assert {(row["start_date"], row["end_date"]) for row in calendar} == {("20260325", "20271231")}
    changes = {(row["service_id"], row["date"]): row["exception_type"] for row in table("calendar_dates")}
    day, last = date(2026, 3, 25), date(2027, 12, 31)
    while day <= last:
        as_weekday = 6 if day.isoformat() in HOLIDAYS else day.weekday()
        for row in calendar:
            runs = row[COLUMNS[day.weekday()]] == "1"
            change = changes.pop((row["service_id"], f"{day:%Y%m%d}"), None)
            runs = {"1": True, "2": False, None: runs}[change]
            assert runs == (row[COLUMNS[as_weekday]] == "1"), day
        day += timedelta(days=1)
    assert not changes


def test_it_says_what_it_is_and_whose() -> None:
    (info,) = table("feed_info")
    assert "indicative, spring 2026" in info["feed_publisher_name"]
    assert "ZTP Kraków" in info["feed_publisher_name"]
    assert "holidays run as Sundays" in info["feed_version"]
    assert [row["organization_name"] for row in table("attributions")] == ["ZTP Kraków"]
    assert "ZTP Kraków" in (ROOT / "data" / "LICENSE").read_text(encoding="utf-8")
    (agency,) = table("agency")
    assert (agency["agency_name"], agency["agency_timezone"]) == ("ZTP Kraków", "Europe/Warsaw")


def test_services_without_a_timetable_are_named(facts: Path) -> None:
    document = json.loads((FEED / "unknown_services.json").read_text(encoding="utf-8"))
    buses, trains = document["services"]
    assert buses["mode"] == "bus"
    assert "S" in buses["name"]
    assert [stop["name"] for stop in trains["stops"]] == [
        row["name"] for row in rows(facts / "rail_stops.csv")
    ]


def test_the_folder_is_small_and_made_by_the_maker(facts: Path, tmp_path: Path) -> None:
    assert sum(file.stat().st_size for file in FEED.iterdir()) < MAX_BYTES
    subprocess.run(
        [sys.executable, "-m", "data.make_timetable", str(facts), str(tmp_path)], cwd=ROOT, check=True
    )
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in FEED.iterdir()}
    for file in FEED.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def relations() -> tuple[list[tuple[Row, list[tuple[str, int, str]]]], dict[int, str]]:
    """The relations of the network's file with their members, and the numbers of the stop posts by node."""
    found = []
    posts = {}
    for thing in osmium.FileProcessor(str(NETWORK)):
        tags = {tag.k: tag.v for tag in thing.tags}
        if thing.is_node() and tags.get("highway") == "bus_stop":
            posts[thing.id] = tags["ref"]
        elif thing.is_relation():
            found.append((tags, [(member.type, member.ref, member.role) for member in thing.members]))
    return found, posts


def test_the_network_has_a_route_for_each_row_of_the_facts(facts: Path) -> None:
    found, posts = relations()
    routes = [(tags, members) for tags, members in found if tags["type"] == "route"]
    ours = [
        (tags["ref"], [posts[number] for kind, number, role in members if role == "platform" and kind == "n"])
        for tags, members in routes
    ]
    assert ours == [(line, [stop for stop, _ in calls]) for line, calls in told(facts)]
    for tags, members in routes:
        assert tags["public_transport:version"] == "2"
        assert tags["note"].startswith("indicative, spring 2026")
        assert "ZTP" in tags["source"]
        sorts = [role for _, _, role in members]
        assert sorts == sorted(sorts, key=lambda role: role != "platform")  # platforms first, then ways
        assert sum(kind == "w" for kind, _, _ in members) > 0
    masters = [tags["ref"] for tags, _ in found if tags["type"] == "route_master"]
    assert masters == list(dict.fromkeys(line for line, _ in told(facts)))


def test_the_ways_of_a_route_lead_from_one_to_the_next() -> None:
    found, _ = relations()
    ends = {
        way.id: (way.nodes[0].ref, way.nodes[-1].ref)
        for way in osmium.FileProcessor(str(NETWORK), osmium.osm.WAY)
    }
    breaks = 0
    for tags, members in found:
        ways = [ends[number] for kind, number, _ in members if kind == "w"]
        if tags["type"] == "route":
            breaks += sum(not set(one) & set(two) for one, two in pairwise(ways))
    assert breaks == 0


def test_a_route_tells_its_hours_and_headway() -> None:
    found, _ = relations()
    tags = next(tags for tags, _ in found if tags.get("name") == "Bus 283: Wrony => Skawina")
    assert tags["interval"] == "00:30"
    assert tags["opening_hours"] == "Mo-Fr 04:02-23:47; Sa 04:52-23:12; Su,PH 03:52-22:12"
    assert tags["duration"] == "00:08"
