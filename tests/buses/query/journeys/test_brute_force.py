"""Journeys on real feeds against the brute force, each ride in the feed; arrive-by against depart-at."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from planner.buses.query.journeys.find import Journeys
from planner.buses.query.walks.access import RideRules
from tests.kit.buses.small_timetables import without_gaps
from tests.kit.buses.town_rides import TownRides

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.buses.query.journeys.legs import Journey, RideLeg
    from tests.kit.buses.brute_force import Feed

ORDINARY, EASTER_MONDAY, CORPUS_CHRISTI = date(2026, 3, 30), date(2026, 4, 6), date(2026, 6, 4)
CASES = {
    "skawina-buses-2026-03": [
        ORDINARY,
        EASTER_MONDAY,
        CORPUS_CHRISTI,
        date(2026, 3, 29),
        date(2026, 4, 11),
        date(2026, 6, 23),
    ],
    "skawina-buses-2020-11": [date(2020, 12, 1), date(2020, 12, 25), date(2020, 12, 5)],
    "krakow-trains-2025-09": [date(2025, 9, 3), date(2025, 9, 6), date(2025, 10, 25)],
}
GROUP = RideRules(group_size=31, pace_kmh=3.5, max_walk_m=800.0, max_rides=2, transfer_s=240)


QUICK = "skawina-buses-2026-03"


@pytest.fixture(
    scope="module",
    params=[name if name == QUICK else pytest.param(name, marks=pytest.mark.slow) for name in CASES],
)
def rides(request: pytest.FixtureRequest, town_rides: Callable[[str], TownRides]) -> TownRides:
    return town_rides(request.param)


@pytest.fixture(scope="module")
def buses(town_rides: Callable[[str], TownRides]) -> TownRides:
    return town_rides(QUICK)


def test_the_same_arrival_as_brute_force(rides: TownRides, full: bool) -> None:  # noqa: FBT001
    is_main = "2026-03" in rides.file.name
    days = _days(rides) if full else _days(rides)[: 2 - is_main]
    if is_main and not full:  # four that are ridden, for one that is not takes the brute force seconds
        asked = [one for seed in (10, 21, 37, 39) for one in rides.questions(days, 1, seed=seed)]
    else:
        asked = list(rides.questions(days, (2000 if is_main else 500) if full else 3, seed=1))
    ridden = 0
    for origin, destination, at in asked:
        journey = rides.journeys.depart_at(origin, destination, at)
        arrival = None if journey is None else journey.arrive
        expected = rides.brute.earliest(origin, destination, at, arrival)
        assert arrival == expected, (origin, destination, at)
        if journey is not None:
            check_sound(journey, at)
            ridden += bool(journey.rides)
            for ride in journey.rides:
                check_in_feed(rides.feed, ride)
    assert ridden > len(asked) / (5 if is_main else 25)


@pytest.mark.slow
def test_the_same_arrival_for_a_slow_large_group(buses: TownRides, full: bool) -> None:  # noqa: FBT001
    rides = TownRides(buses.town, buses.file, GROUP)
    rides.__dict__.update(timetable=buses.timetable, feed=buses.feed)  # read once
    found: list[RideLeg] = []
    for origin, destination, at in rides.questions([ORDINARY], 300 if full else 2, seed=2):
        journey = rides.journeys.depart_at(origin, destination, at)
        arrival = None if journey is None else journey.arrive
        expected = rides.brute.earliest(origin, destination, at, arrival)
        assert arrival == expected
        found += journey.rides if journey else ()
    assert found
    assert all(ride.over_room for ride in found)


@pytest.mark.dear
def test_arrive_by_mirrors_depart_at(rides: TownRides, full: bool) -> None:  # noqa: FBT001
    ridden = 0
    for origin, destination, by in rides.questions(_days(rides), 300 if full else 6, seed=3):
        last = rides.journeys.arrive_by(origin, destination, by)
        if last is None:
            assert rides.journeys.walks.direct(origin, destination) is None
            continue
        check_sound(last, last.depart)
        ridden += bool(last.rides)
        assert last.arrive <= by
        again = rides.journeys.depart_at(origin, destination, last.depart)
        later = rides.journeys.depart_at(origin, destination, last.depart + 1)
        assert again is not None
        assert again.arrive <= last.arrive
        assert later is None or later.arrive > by
    assert ridden


@pytest.mark.dear
def test_of_equal_arrivals_the_latest_start_is_found_backwards(rides: TownRides, full: bool) -> None:  # noqa: FBT001
    for origin, destination, at in rides.questions(_days(rides), 30 if full else 10, seed=4):
        journey = rides.journeys.depart_at(origin, destination, at)
        if journey is not None:
            back = rides.journeys.arrive_by(origin, destination, journey.arrive)
            assert back is not None
            assert journey.depart <= back.depart
            assert back.arrive == journey.arrive


def test_no_ride_is_needless(buses: TownRides) -> None:
    """With one ride less the arrival is later."""
    checked = 0
    for origin, destination, at in buses.questions([ORDINARY], 20, seed=5):
        journey = buses.journeys.depart_at(origin, destination, at)
        if journey is None or not journey.rides:
            continue
        rules = RideRules(max_rides=len(journey.rides) - 1)
        fewer = Journeys(buses.timetable, buses.town.clock, buses.journeys.walks, rules)
        other = fewer.depart_at(origin, destination, at)
        assert other is None or other.arrive > journey.arrive
        checked += 1
    assert checked


def _days(rides: TownRides) -> list[date]:
    return CASES[rides.file.name.removesuffix(".gtfs.zip")]


def check_sound(journey: Journey, at: int) -> None:
    assert at <= journey.depart <= journey.arrive
    assert journey.parts[0].depart == journey.depart
    assert journey.parts[-1].arrive == journey.arrive
    assert without_gaps(journey.parts)
    assert all(part.depart <= part.arrive for part in journey.parts)


def check_in_feed(feed: Feed, ride: RideLeg) -> None:
    """The trip runs on that date, and calls there at these times for people to get on and off."""
    trip = ride.trip_id.partition(":")[2]
    day = datetime.fromtimestamp(ride.base + 43_200, tz=feed.zone).date()
    assert ride.base == feed.base(day)
    assert feed.trips[trip]["service_id"] in feed.services(day)
    calls = feed.calls[trip]
    on = [at for at, call in enumerate(calls) if call.depart == ride.depart - ride.base and call.may_board]
    off = [at for at, call in enumerate(calls) if call.arrive == ride.arrive - ride.base and call.may_alight]
    assert [at for at in on if feed.stops[calls[at].stop] == pytest.approx(ride.board.at, abs=2e-7)]
    assert [at for at in off if feed.stops[calls[at].stop] == pytest.approx(ride.alight.at, abs=2e-7)]
    assert on[0] < off[-1]
