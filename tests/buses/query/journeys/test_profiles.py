"""Profiles of a day against single questions, second by second."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.buses.query.journeys.find import Journeys
from planner.buses.query.journeys.headway_samples import with_samples
from planner.buses.query.journeys.headways import HeadwayRun
from planner.buses.query.timetable import headway_grid
from planner.domain.schedule.group import Group
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from tests.kit.buses.small_timetables import CLOCK, Little, Trip, at, journeys, trip
from tests.kit.buses.strategies import DAY, SIDE_M, STOPS, towns
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.buses.query.journeys.profiles import DayProfiles
    from planner.services.travel.town import Town
    from tests.kit.buses.town_rides import TownRides

FULL = os.environ.get("PLANNER_FULL") == "1"
SITES = read_geojson(ROOT / "data" / "sites.geojson")
STARTS = ("9:00", "10:00", "10:30", "11:20")
CASES = {
    "skawina-buses-2026-03": (date(2026, 3, 29), date(2026, 3, 30), date(2026, 4, 6)),
    "krakow-trains-2025-09": (date(2025, 9, 5),),
}


@pytest.mark.dear
@pytest.mark.parametrize(
    "feed", ["skawina-buses-2026-03", pytest.param("krakow-trains-2025-09", marks=pytest.mark.slow)]
)
def test_a_profile_says_what_single_questions_say(
    town_rides: Callable[[str], TownRides],
    feed: str,
    full: bool,  # noqa: FBT001
) -> None:
    rides = town_rides(feed)
    dice = random.Random(6)  # noqa: S311 - no secret
    points = [rides.place(dice) for _ in range(8)]
    for day in CASES[feed]:
        profiles = rides.journeys.day_profiles(points, day)
        assert any(len(profile.departures) for row in profiles.profiles for profile in row)
        for _ in range(500 if full else 40):
            check_at(rides.journeys, profiles, dice)
            check_by(rides.journeys, profiles, dice)


def test_pairs_asked_before_are_remembered_and_are_what_they_would_be(
    town_rides: Callable[[str], TownRides],
) -> None:
    rides = town_rides("skawina-buses-2026-03")
    dice = random.Random(7)  # noqa: S311 - no secret
    points = [rides.place(dice) for _ in range(5)]
    day = CASES["skawina-buses-2026-03"][1]
    first = rides.journeys.day_profiles(points, day)
    again = rides.journeys.day_profiles(points[3:0:-1], day)
    fresh = Journeys(rides.journeys.timetable, CLOCK, rides.journeys.walks, rides.journeys.rules)
    alone = fresh.day_profiles(points[3:0:-1], day)
    for row, a in enumerate((3, 2, 1)):
        for column, b in enumerate((3, 2, 1)):
            assert again.profiles[row][column] is first.profiles[a][b]
            assert again.profiles[row][column].walk_s == alone.profiles[row][column].walk_s
            for start in range(first.start, first.end, 607):
                assert again.arrival(row, column, start) == alone.arrival(row, column, start)
    assert (
        rides.journeys.day_profiles(points, day + timedelta(days=5)).profiles[0][1]
        is not (first.profiles[0][1])
    )


def check_at(rides: Journeys, profiles: DayProfiles, dice: random.Random) -> bool:
    """One start at random: just before, at or just after a departure as often as at any time.

    Return whether one rides.
    """
    origin, destination = dice.randrange(len(profiles.points)), dice.randrange(len(profiles.points))
    some = profiles.profiles[origin][destination].departures.tolist() or [profiles.start]
    start = dice.choice(
        [dice.choice(some) + dice.randint(-1, 1), dice.randrange(profiles.start, profiles.end)]
    )
    start = min(max(start, profiles.start), profiles.end)
    found = rides.depart_at(profiles.points[origin], profiles.points[destination], start)
    arrival = profiles.arrival(origin, destination, start)
    if found is None or arrival is None:
        assert found is None
        assert arrival is None
        return False
    assert arrival == found.arrive
    return bool(found.rides)


def check_by(rides: Journeys, profiles: DayProfiles, dice: random.Random) -> None:
    """One end at random, an arrival of the profile as often as any time, of journeys within the day."""
    origin, destination = dice.randrange(len(profiles.points)), dice.randrange(len(profiles.points))
    some = profiles.profiles[origin][destination].arrivals.tolist() or [profiles.end]
    by = dice.choice([dice.choice(some) + dice.randint(-1, 1), dice.randrange(profiles.start, profiles.end)])
    found = rides.arrive_by(profiles.points[origin], profiles.points[destination], by)
    start = profiles.departure(origin, destination, by)
    if found is None or start is None:
        assert found is None or found.depart < profiles.start
        assert start is None
    elif profiles.start <= found.depart < profiles.end and found.arrive < profiles.end:
        assert start == found.depart


@pytest.mark.dear
@given(town=st.booleans().flatmap(lambda some: towns(headways=some)), seed=st.integers(0, 999))
@settings(max_examples=300 if FULL else 15, deadline=None)
def test_profiles_are_exact_for_timetables_and_headways(town: Little, seed: int) -> None:
    rides, dice = journeys(town.made()), random.Random(seed)  # noqa: S311 - no secret
    profiles = rides.day_profiles(_points(dice), DAY)
    assert profiles.is_exact
    for _ in range(10):
        check_at(rides, profiles, dice)
        check_by(rides, profiles, dice)


@pytest.mark.dear
@given(town=st.booleans().flatmap(lambda some: towns(headways=some)), seed=st.integers(0, 999))
@settings(max_examples=200 if FULL else 10, deadline=None)
def test_profiles_of_two_days_follow_each_other(town: Little, seed: int) -> None:
    """Ascending; only the last departure may be after the day, and then the next day's profile has it too."""
    rides, dice = journeys(town.made()), random.Random(seed)  # noqa: S311 - no secret
    points = _points(dice)
    one, two = (rides.day_profiles(points, DAY + timedelta(days=more)) for more in (0, 1))
    assert one.end == two.start
    for first, second in zip(chain(*one.profiles), chain(*two.profiles), strict=True):
        for times in (first.departures, first.arrivals):
            assert times.tolist() == sorted(set(times.tolist()))
        after = first.departures[first.departures >= one.end].tolist()
        assert len(after) <= 1
        assert after == [time for time in second.departures.tolist()[:1] if after]
        assert first.arrival(one.end) == second.arrival(one.end)


@pytest.mark.dear
@given(town=towns(headways=True), seed=st.integers(0, 999), largest=st.integers(20, 2000))
@settings(max_examples=200 if FULL else 10, deadline=None)
def test_profiles_are_exact_where_a_day_has_too_many_rides_too(town: Little, seed: int, largest: int) -> None:
    """The steps are longer then, for single questions as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headway_grid, "LARGEST", largest)
        rides, dice = journeys(town.made()), random.Random(seed)  # noqa: S311 - no secret
        assert headway_grid.headway_step_s(rides.timetable) % 60 == 0
    profiles = rides.day_profiles(_points(dice), DAY)
    assert profiles.is_exact
    for _ in range(10):
        check_at(rides, profiles, dice)
        check_by(rides, profiles, dice)


@pytest.mark.parametrize(
    ("largest", "starts"),
    [(24, ["9:05", "9:06", "9:07", "9:08", "9:09", "9:10"]), (23, ["9:05", "9:07", "9:09", "9:10"])],
)
def test_the_fullest_day_settles_the_step(largest: int, starts: list[str]) -> None:
    """Two lines every ten minutes: at most 7 and 5 rides on Wednesday, from stop to stop, so 24 calls."""
    buses = [
        Trip("9", (("A", 0, 0), ("C", 600, 600)), periods=((at("9:00"), at("9:05"), 600),)),
        Trip("8", (("C", 0, 0), ("A", 600, 600)), periods=((at("9:00"), at("9:03"), 600),), service="today"),
        Trip("7", (("C", 0, 0), ("A", 600, 600)), periods=((at("9:00"), at("9:03"), 600),), service="after"),
    ]
    stops, days = {"A": (0.0, 0.0), "C": (12000.0, 0.0)}, {"today": [DAY], "after": [DAY + timedelta(days=1)]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headway_grid, "LARGEST", largest)
        rides = journeys(Little(stops, buses, DAY, 2, days).made(), at_stop_early_s=0)
        profiles = rides.day_profiles([spot(0), spot(12000)], DAY)
    found = profiles.profiles[0][1]
    half, ride = 300, 600
    assert [start + half for start in found.departures.tolist()] == [
        profiles.start + at(one) for one in starts
    ]
    assert [end - ride for end in found.arrivals.tolist()] == [profiles.start + at(one) for one in starts]


def test_a_span_of_chosen_rides_is_not_exact() -> None:
    bus = Trip("9", (("A", 0, 0), ("C", 600, 600)), periods=((at("9:00"), at("9:05"), 600),))
    rides = journeys(Little({"A": (0.0, 0.0), "C": (12000.0, 0.0)}, [bus], DAY, 1).made())
    book, until = rides.book(DAY), CLOCK.midnight(DAY) + at("12:00")
    runs = [run for run in book.board.runs if isinstance(run, HeadwayRun)]
    told = [(with_samples(book.days, runs, until, apart)) for apart in (0, 60, 119, 120, 180)]
    assert [one.is_exact for one in told] == [True, True, True, False, False]
    assert [one.days.arrive.shape for one in told] == [(12,), (12,), (12,), (8,), (6,)]


@pytest.mark.slow
def test_the_built_in_timetable_is_exact_at_every_second(skawina_buses: Town, full: bool) -> None:  # noqa: FBT001
    """Its lines run by headways; the places are its sites."""
    assert skawina_buses.rides is not None
    rides, dice = skawina_buses.rides.journeys(Group(22)), random.Random(8)  # noqa: S311 - no secret
    points = [site.location.at for site in SITES if site.location.at]
    for day in (date(2026, 11, 30), date(2026, 11, 29)):
        profiles = rides.day_profiles(dice.sample(points, 14), day)
        assert profiles.is_exact
        ridden = sum(check_at(rides, profiles, dice) for _ in range(1500 if full else 150))
        assert ridden > (150 if full else 15)
        for _ in range(800 if full else 100):
            check_by(rides, profiles, dice)
        for origin, destination in ((0, 1), (5, 3)):
            first = dice.randrange(profiles.start + at("7:00"), profiles.start + at("20:00"))
            for start in range(first, first + (1200 if full else 180)):
                found = rides.depart_at(profiles.points[origin], profiles.points[destination], start)
                assert found is not None
                assert profiles.arrival(origin, destination, start) == found.arrive


def _points(dice: random.Random) -> list[tuple[float, float]]:
    return [spot(dice.uniform(0, SIDE_M), dice.uniform(0, SIDE_M)) for _ in range(4)]


def test_all_departures_worth_taking_by_hand() -> None:
    """The 8:10 is overtaken by the 8:20; the 9:00 is slower than walking; the 8:30 goes elsewhere."""
    trips = [
        trip("1", "A 8:00, C 8:20"),
        trip("1", "A 8:10, B 8:20, C 8:50"),
        trip("2", "A 8:20, C 8:40"),
        trip("3", "A 8:30, B 8:40"),
        trip("4", "A 9:00, C 12:00"),
        trip("1", "A 23:50, C 24:10"),
    ]
    stops = {"A": (0.0, 0.0), "B": (4000.0, 5000.0), "C": (8000.0, 0.0)}
    rides = journeys(Little(stops, trips, DAY, 2).made())
    midnight = CLOCK.midnight(DAY)
    found = rides.profile(spot(0), spot(8000), midnight, CLOCK.midnight(DAY + timedelta(days=1)))
    told = [(one.depart - midnight, one.arrive - midnight) for one in found]
    assert told == [
        (at("7:59"), at("8:20")),
        (at("8:19"), at("8:40")),
        (at("23:49"), at("24:10")),
    ]
    part = rides.profile(spot(0), spot(8000), midnight + at("8:00"), midnight + at("8:19"))
    assert [one.depart - midnight for one in part] == [at("8:19")]


def test_a_headway_is_listed_now_and_then() -> None:
    bus = Trip("9", (("A", 0, 0), ("C", 600, 600)), periods=((at("9:00"), at("10:00"), 1200),))
    stops = {"A": (0.0, 0.0), "C": (8000.0, 0.0)}
    rides = journeys(Little(stops, [bus], DAY, 2).made(), at_stop_early_s=0)
    midnight = CLOCK.midnight(DAY)
    found = rides.profile(spot(0), spot(8000), midnight, midnight + at("23:00"))
    starts = [one.depart - midnight for one in found]
    assert starts == [at(f"9:{past:02}") for past in range(0, 60, 10)] + [at("10:00")]
    assert all(one.arrive == one.depart + 1200 for one in found)


def test_a_profile_does_not_go_on_after_a_period() -> None:
    """From 10:00 to 11:00 nothing runs; at 10:30 the first one expected is that of 11:30."""
    periods = ((at("9:00"), at("10:00"), 600), (at("11:00"), at("12:00"), 3600))
    bus = Trip("9", (("A", 0, 0), ("C", 600, 600)), periods=periods)
    stops = {"A": (0.0, 0.0), "C": (12000.0, 0.0)}
    rides = journeys(Little(stops, [bus], DAY, 1).made(), at_stop_early_s=0)
    profiles, midnight = rides.day_profiles([spot(0), spot(12000)], DAY), CLOCK.midnight(DAY)
    arrivals = {start: profiles.arrival(0, 1, midnight + at(start)) for start in STARTS}
    assert {start: (end or 0) - midnight for start, end in arrivals.items()} == {
        "9:00": at("9:15"),
        "10:00": at("10:15"),
        "10:30": at("11:40"),
        "11:20": at("12:00"),
    }


def test_a_table_at_a_time() -> None:
    rides = journeys(Little(STOPS, [trip("1", "A 8:00, B 8:05")], DAY, 1).made())
    points = [spot(*STOPS["A"]), spot(*STOPS["B"])]
    start = CLOCK.midnight(DAY) + at("7:50")
    walk = rides.walks.direct(*points)
    assert walk is not None
    assert rides.table(points, start) == [[0, 900], [walk[0], 0]]
    assert rides.day_profiles(points, DAY).seconds(start) == [[0, 900], [walk[0], 0]]


@given(town=st.booleans().flatmap(lambda some: towns(headways=some)), start=st.integers(0, 86_399))
@settings(max_examples=40 if FULL else 8, deadline=None)
def test_a_table_says_what_single_questions_say(town: Little, start: int) -> None:
    rides, dice = journeys(town.made()), random.Random(3)  # noqa: S311 - no secret
    points, at_start = _points(dice), CLOCK.midnight(DAY) + start
    table = rides.table(points, at_start)
    single = [[rides.depart_at(a, b, at_start).arrive - at_start for b in points] for a in points]
    assert table == single
