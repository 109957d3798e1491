"""Journeys worked by hand. Walks are as the crow flies at 1 m/s, so metres are seconds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from planner.buses.query.journeys.legs import Footway, RideLeg, Wait
from tests.kit.buses.small_timetables import CLOCK, Little, Trip, at, journeys, trip
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from planner.buses.query.journeys.legs import Journey
    from tests.kit.buses.small_timetables import SureJourneys

DAY = date(2026, 4, 15)
STOPS = {"A": (0.0, 0.0), "B": (4000.0, 0.0), "C": (8000.0, 0.0), "D": (8000.0, 5000.0)}
HOME, WORK = spot(0, 200), spot(8000, 100)


def little(*trips: Trip, **more: object) -> Little:
    return Little(STOPS, trips, date(2026, 4, 13), 7, **more)  # type: ignore[arg-type]


def asked(*trips: Trip, **rules: object) -> SureJourneys:
    return journeys(little(*trips).made(), **rules)


def when(clock_time: str, day: date = DAY) -> int:
    """An instant of an ordinary day, past 24:00 too."""
    return CLOCK.midnight(day) + at(clock_time)


def times(journey: Journey) -> list[str]:
    """The parts as text, "ride 1 08:00-08:20"."""
    return [
        f"{part.kind}{f' {part.line}' if isinstance(part, RideLeg) else ''} "
        f"{CLOCK.local(part.depart):%H:%M:%S}-{CLOCK.local(part.arrive):%H:%M:%S}"
        for part in journey.parts
    ]


def test_one_ride_with_walks_on_both_ends() -> None:
    found = asked(trip("1", "A 8:00, B 8:10, C 8:20")).depart_at(HOME, WORK, when("7:30"))
    assert times(found) == [
        "walk 07:55:40-07:59:00",
        "wait 07:59:00-08:00:00",
        "ride 1 08:00:00-08:20:00",
        "walk 08:20:00-08:21:40",
    ]
    assert (found.walk_m, found.walk_s) == (300.0, 300)


@pytest.mark.parametrize(
    ("group", "last_start"),
    [(1, "7:55:40"), (14, "7:55:40"), (15, "7:54:40"), (30, "7:53:40"), (44, "7:53:40")],
)
def test_a_group_is_at_the_stop_earlier_the_larger_it_is(group: int, last_start: str) -> None:
    rides = asked(trip("1", "A 8:00, C 8:20"), group_size=group)
    caught = rides.depart_at(HOME, WORK, when(last_start))
    assert times(caught)[-2:] == ["ride 1 08:00:00-08:20:00", "walk 08:20:00-08:21:40"]
    missed = rides.depart_at(HOME, WORK, when(last_start) + 1)
    assert [part.kind for part in missed.parts] == ["walk"]


@pytest.mark.parametrize(("second", "is_caught"), [("8:12:59", False), ("8:13", True)])
def test_a_change_takes_two_minutes_and_the_time_to_get_on(second: str, is_caught: bool) -> None:  # noqa: FBT001
    rides = asked(trip("1", "A 8:00, B 8:10"), trip("2", f"B {second}, C 8:25"))
    found = rides.depart_at(HOME, WORK, when("7:50"))
    assert (len(found.rides) == 2) == is_caught


def test_walking_wins_where_it_is_as_early() -> None:
    near, far = spot(0, 0), spot(4000, 0)
    rides = asked(trip("1", "A 8:00, B 8:06:40"))
    assert times(rides.depart_at(near, far, when("7:00"))) == ["walk 07:00:00-08:06:40"]
    assert times(rides.depart_at(near, far, when("7:00:01")))[-1] == "ride 1 08:00:00-08:06:40"


def test_two_walks_are_never_strung_together_to_a_longer_one() -> None:
    """From B to D it is 900 m and 900 m; a stop between them is no reason to walk on."""
    stops = {
        "A": (0.0, 0.0),
        "B": (9000.0, 0.0),
        "M": (9900.0, 0.0),
        "D": (10800.0, 0.0),
        "E": (30000.0, 0.0),
    }
    trips = [trip("1", "A 8:00, B 8:10"), trip("2", "M 8:50, E 9:00"), trip("3", "D 8:55, E 8:59")]
    rides = journeys(Little(stops, trips, DAY, 1).made())
    found = rides.depart_at(spot(0, 0), spot(30000, 0), when("7:50"))
    assert [ride.line for ride in found.rides] == ["1", "2"]
    assert found.arrive == when("9:00")


def test_of_equal_arrivals_the_fewest_rides_then_the_least_walking_then_the_latest_start() -> None:
    change = (trip("2", "A 8:05, B 8:10"), trip("3", "B 8:15, C 8:20"))
    direct = trip("1", "A 7:40, C 8:20")
    later = trip("4", "A 7:50, C 8:20")
    assert [r.line for r in asked(*change).depart_at(HOME, WORK, when("7:00")).rides] == ["2", "3"]
    assert [r.line for r in asked(*change, direct).depart_at(HOME, WORK, when("7:00")).rides] == ["1"]
    both = asked(*change, direct, later).depart_at(HOME, WORK, when("7:00"))
    assert [ride.line for ride in both.rides] == ["4"]


def test_one_gets_on_where_the_walk_is_shortest() -> None:
    """The bus calls at a far stop first and then at the near one: no walk to the far one."""
    stops = {"far": (0.0, 600.0), "near": (0.0, 100.0), "end": (9000.0, 0.0)}
    rides = journeys(Little(stops, [trip("1", "far 8:00, near 8:02, end 8:20")], DAY, 1).made())
    found = rides.depart_at(spot(0, 0), spot(9000, 0), when("7:00"))
    assert found.rides[0].board.name == "near"


@pytest.mark.parametrize("names", [("1", "2"), ("2", "1")])
def test_less_walking_counts_more_than_a_later_start(names: tuple[str, str]) -> None:
    """To a stop 500 m away one starts at 8:10:40, to one 100 m away at 8:07:20; both arrive at 8:40."""
    far, near = names
    stops = {"X": (500.0, 0.0), "Y": (0.0, 100.0), "end": (9000.0, 0.0)}
    trips = [trip(far, "X 8:20, end 8:40"), trip(near, "Y 8:10, end 8:40")]
    rides = journeys(Little(stops, trips, DAY, 1).made())
    found = rides.depart_at(spot(0, 0), spot(9000, 0), when("7:00"))
    assert (found.rides[0].line, found.depart) == (near, when("8:07:20"))
    assert rides.arrive_by(spot(0, 0), spot(9000, 0), when("8:40")).depart == when("8:10:40")


@pytest.mark.parametrize("names", [("1", "2"), ("2", "1")])
def test_one_gets_off_where_the_walk_is_shortest(names: tuple[str, str]) -> None:
    """One bus leaves later and stops 300 m from the door, the other 100 m; both make it 8:35."""
    far, near = names
    stops = {"A": (0.0, 0.0), "X": (9000.0, 300.0), "Y": (9000.0, -100.0)}
    trips = [trip(far, "A 8:20, X 8:30"), trip(near, "A 8:10, Y 8:33:20")]
    rides = journeys(Little(stops, trips, DAY, 1).made())
    found = rides.depart_at(spot(0, 0), spot(9000, 0), when("7:00"))
    assert (found.rides[0].line, found.arrive) == (near, when("8:35"))


def test_no_ride_is_caught_before_one_can_be_there() -> None:
    """The second bus can be caught with the first one only; on foot its stop is reached too late."""
    stops = {"A": (0.0, 0.0), "B": (900.0, 0.0), "C": (9000.0, 0.0)}
    trips = [trip("1", "A 8:01, B 8:02"), trip("2", "B 8:05, C 8:20")]
    rides = journeys(Little(stops, trips, DAY, 1).made())
    found = rides.depart_at(spot(0, 0), spot(9000, 0), when("8:00"))
    assert (found.depart, [ride.line for ride in found.rides]) == (when("8:00"), ["1", "2"])


def test_arrive_by_leaves_as_late_as_possible() -> None:
    trips = [
        trip("1", f"A {hour}:{minute:02}, C {hour}:{minute + 20:02}") for hour in (8, 9) for minute in (0, 30)
    ]
    found = asked(*trips).arrive_by(HOME, WORK, when("9:30"))
    assert times(found) == [
        "walk 08:55:40-08:59:00",
        "wait 08:59:00-09:00:00",
        "ride 1 09:00:00-09:20:00",
        "walk 09:20:00-09:21:40",
    ]
    assert times(asked(*trips).arrive_by(HOME, WORK, when("9:21:39")))[2] == "ride 1 08:30:00-08:50:00"


def test_boarding_and_alighting_rules_are_kept() -> None:
    only_off = trip("1", "A 8:00, B 8:10, C 8:20", board=(1, 0, 0))
    only_on = trip("1", "A 8:00, B 8:10, C 8:20", alight=(0, 0, 1))
    for one in (only_off, only_on):
        assert not asked(one).depart_at(HOME, WORK, when("7:30")).rides
    on_call = trip("1", "A 8:00, C 8:20", board=(2, 0))
    ask_driver = trip("1", "A 8:00, C 8:20", alight=(0, 3))
    for one, is_asked in ((on_call, True), (ask_driver, True), (trip("1", "A 8:00, C 8:20"), False)):
        (ride,) = asked(one).depart_at(HOME, WORK, when("7:30")).rides
        assert ride.on_request is is_asked


def test_a_ride_tells_what_belongs_to_it() -> None:
    there = [
        trip("1", f"A {hour}:00, B {hour}:10-{hour}:11, C {hour}:20", headsign=f"C {hour}", id=f"t{hour}")
        for hour in (8, 9, 10, 11)
    ]
    short = trip("1", "A 9:30, B 9:40")
    other = trip("2", "A 8:30, C 9:00")
    back = [
        trip("2", "C 16:00, A 16:20"),
        trip("3", "C 17:00, D 17:10, A 17:40"),
        trip("3", "D 19:00, A 19:20"),
    ]
    rides = journeys(little(*there, short, other, *back, rooms={"1": 20}).made(), group_size=21)
    (ride,) = rides.depart_at(HOME, WORK, when("7:30")).rides
    assert (ride.line, ride.headsign, ride.trip_id) == ("1", "C 8", "t8")
    assert (ride.board.name, ride.alight.name) == ("A", "C")
    assert [(call.name, call.arrive, call.depart) for call in ride.stops] == [
        ("B", when("8:10"), when("8:11"))
    ]
    assert ride.geometry == (spot(0), spot(4000), spot(8000))
    assert ride.following == (when("9:00"), when("10:00"))
    assert ride.last_back == when("17:00")
    assert ride.over_room
    assert not ride.estimated
    assert ride.headway_s is None


def test_a_headway_is_waited_for_by_half() -> None:
    bus = Trip("9", (("A", 0, 0), ("C", 900, 900)), periods=((at("9:00"), at("12:00"), 1200),))
    rides = journeys(little(bus, estimated=["9"]).made())
    found = rides.depart_at(HOME, WORK, when("9:10"))
    assert times(found) == [
        "walk 09:10:40-09:14:00",  # at the stop at 9:13:20 it would be the same ride
        "wait 09:14:00-09:25:00",  # a minute to get on, then ten to the next whole minute
        "ride 9 09:25:00-09:40:00",
        "walk 09:40:00-09:41:40",
    ]
    (ride,) = found.rides
    assert (ride.estimated, ride.headway_s, ride.following) == (True, 1200, ())
    before = rides.depart_at(HOME, WORK, when("8:00"))
    assert times(before)[2] == "ride 9 09:10:00-09:25:00"
    assert before.depart == when("8:55:40")
    assert times(rides.arrive_by(HOME, WORK, when("9:41:40"))) == times(found)
    assert times(rides.arrive_by(HOME, WORK, when("9:42:39"))) == times(found)
    assert times(rides.arrive_by(HOME, WORK, when("9:41:39")))[2] == "ride 9 09:24:00-09:39:00"


def test_the_wait_for_a_headway_is_never_longer_than_until_a_denser_one() -> None:
    """At 9:45 half an hour is the rule, but from 10:00 a bus comes every ten minutes."""
    periods = ((at("9:00"), at("10:00"), 3600), (at("10:00"), at("12:00"), 600))
    bus = Trip("9", (("A", 0, 0), ("C", 900, 900)), periods=periods)
    rides = asked(bus, at_stop_early_s=0)
    starts = ["9:00", "9:20", "9:35", "9:45", "10:00", "10:05"]
    found = [rides.depart_at(spot(0), WORK, when(start)) for start in starts]
    assert [f"{CLOCK.local(one.rides[0].depart):%H:%M}" for one in found] == [
        "09:30",
        "09:50",
        "10:05",
        "10:05",
        "10:05",
        "10:10",
    ]


def test_the_day_the_clock_goes_forward() -> None:
    """29 March 2026: 2:00 becomes 3:00. The service day begins at 23:00 of the evening before."""
    first = date(2026, 3, 28)
    trips = [trip("1", "A 1:30, C 1:50", service="Sunday"), trip("2", "A 8:00, C 8:20", service="Sunday")]
    rides = journeys(Little(STOPS, trips, first, 2, {"Sunday": [first + timedelta(days=1)]}).made())
    sunday = CLOCK.midnight(date(2026, 3, 29))
    night = rides.depart_at(HOME, WORK, sunday)
    assert times(night)[2] == "ride 1 00:30:00-00:50:00"
    morning = rides.depart_at(HOME, WORK, CLOCK.instant(date(2026, 3, 29), "07:00"))
    assert times(morning)[2] == "ride 2 08:00:00-08:20:00"
    by = rides.arrive_by(HOME, WORK, CLOCK.instant(date(2026, 3, 29), "09:00"))
    assert times(by)[0] == "walk 07:55:40-07:59:00"


def test_the_day_the_clock_goes_back() -> None:
    """25 October: 3:00 becomes 2:00. The service day begins at 1:00; 1:30 and 2:30 both look like 2:30."""
    day = date(2026, 10, 25)
    trips = [trip("1", "A 1:30, C 1:50"), trip("2", "A 2:30, C 2:50"), trip("3", "A 8:00, C 8:20")]
    rides = journeys(Little(STOPS, trips, day, 1).made())
    first = rides.depart_at(HOME, WORK, CLOCK.midnight(day) + 3600)
    assert times(first)[2] == "ride 1 02:30:00-02:50:00"
    second = rides.depart_at(HOME, WORK, first.depart + 1)
    assert times(second)[2] == "ride 2 02:30:00-02:50:00"
    assert second.depart - first.depart == 3600
    assert times(rides.depart_at(HOME, WORK, CLOCK.instant(day, "07:30")))[2] == "ride 3 08:00:00-08:20:00"


def test_a_visit_at_ten_to_midnight() -> None:
    """The last bus leaves at 24:10 of the day that ends; the one at 0:05 runs on another service day."""
    trips = [
        trip("1", "A 24:10, C 24:30", service="Wednesday"),
        trip("2", "A 0:05, C 0:40", service="Thursday"),
        trip("3", "A 24:01, C 24:02", service="Monday"),
    ]
    services = {"Monday": [date(2026, 4, 13)], "Wednesday": [DAY], "Thursday": [DAY + timedelta(days=1)]}
    rides = journeys(little(*trips, services=services).made())
    found = rides.depart_at(HOME, WORK, when("23:50"))
    assert times(found)[2] == "ride 1 00:10:00-00:30:00"
    assert found.arrive == when("24:31:40")
    after = rides.depart_at(HOME, WORK, when("0:01", DAY + timedelta(days=1)))
    assert times(after)[2] == "ride 1 00:10:00-00:30:00"
    assert times(rides.arrive_by(HOME, WORK, when("24:41")))[2] == "ride 1 00:10:00-00:30:00"
    assert times(rides.arrive_by(HOME, WORK, when("24:31")))[0] == "walk 22:17:40-00:31:00"


def test_a_stop_served_on_school_days_only() -> None:
    """On Friday the bus goes by the school; on Saturday one walks from the stop before."""
    stops = {"A": (0.0, 0.0), "B": (8000.0, 0.0), "School": (8900.0, 0.0)}
    trips = [
        trip("1", "A 8:00, B 8:20, School 8:23", service="school"),
        trip("1", "A 8:00, B 8:20", service="Saturday"),
    ]
    services = {"school": [date(2026, 4, 17)], "Saturday": [date(2026, 4, 18)]}
    rides = journeys(Little(stops, trips, date(2026, 4, 13), 7, services).made())
    school = spot(8900, 0)
    friday = rides.depart_at(spot(0), school, when("7:30", date(2026, 4, 17)))
    saturday = rides.depart_at(spot(0), school, when("7:30", date(2026, 4, 18)))
    assert friday.arrive == when("8:23", date(2026, 4, 17))
    assert saturday.arrive == when("8:35", date(2026, 4, 18))


def test_a_feed_that_ended_yesterday() -> None:
    """Only the walk is left, and the timetable says that it does not know the day."""
    last = date(2026, 4, 19)
    rides = asked(trip("1", "A 8:00, C 8:20"))
    assert rides.covers(last)
    assert rides.depart_at(HOME, WORK, when("7:30", last)).rides
    after = last + timedelta(days=1)
    assert not rides.covers(after)
    found = rides.depart_at(HOME, WORK, when("7:30", after))
    assert times(found) == ["walk 07:30:00-09:43:20"]
    assert times(rides.arrive_by(HOME, WORK, when("9:43:20", after))) == ["walk 07:30:00-09:43:20"]


def test_the_parts_are_what_they_say() -> None:
    found = asked(trip("1", "A 8:00, B 8:10"), trip("2", "B 8:15, C 8:25")).depart_at(
        HOME, WORK, when("7:00")
    )
    kinds = [type(part) for part in found.parts]
    assert kinds == [Footway, Wait, RideLeg, Wait, RideLeg, Footway]
    first, last = found.parts[0], found.parts[-1]
    assert isinstance(first, Footway)
    assert isinstance(last, Footway)
    assert (first.origin, first.destination) == (HOME, spot(0))
    assert (last.origin, last.destination) == (spot(8000), WORK)
