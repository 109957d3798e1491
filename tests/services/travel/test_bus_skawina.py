"""Public transport over the built-in sketch, lines and timetable of Skawina."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from planner.domain.itinerary import Leg, PartKind
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.domain.warnings.codes import WarningCode
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.planning.route import LegQuestion, matrix, route
from planner.services.travel.rides import TownRides
from tests.kit.warned import told_of

if TYPE_CHECKING:
    from planner.domain.rides import Ride
    from planner.services.travel.town import Town

SITES = {site.id: site for site in read_geojson(ROOT / "data" / "sites.geojson")}
STATION, MANOR = PlaceRef(site="dworzec-biblioteka"), PlaceRef(site="dwor-radziszow")
PARK, MUSEUM = PlaceRef(site="park-miejski"), PlaceRef(site="muzeum")
MONDAY, SUNDAY = dt.date(2026, 11, 30), dt.date(2026, 11, 29)
GROUP = Group(22)


def leg(
    town: Town, clock: str, mode: Mode = Mode.BUS, day: dt.date = MONDAY, *,
    ends: tuple[PlaceRef, PlaceRef] = (STATION, MANOR), group: Group = GROUP,
) -> Leg:  # fmt: skip
    return route(town, LegQuestion(*ends, town.clock.instant(day, clock), mode=mode), group, SITES)


def told(found: Leg) -> Ride:
    (ride,) = [part.ride for part in found.parts if part.ride]
    return ride


def codes(found: Leg) -> set[WarningCode]:
    return {warning.code for warning in found.warnings}


def test_22_people_get_from_the_station_to_the_manor_and_back_without_a_coach(skawina_buses: Town) -> None:
    town = skawina_buses
    out = leg(town, "10:40", Mode.BEST)
    ride = told(out)
    assert out.mode is Mode.BUS
    assert out.choice is not None
    assert out.choice.saves_s is not None
    assert (out.choice.over, out.choice.saves_s > 600) == (Mode.WALK, True)
    assert (ride.line, ride.vehicle, ride.board.name, ride.alight.name) == (
        "253", "bus", "Skawina Centrum Sportowe", "Radziszów Centrum",
    )  # fmt: skip
    assert ride.board.time is not None
    assert f"{town.clock.local(ride.board.time):%H:%M}" == "11:26"
    assert ride.headway_s == 3600  # the facts give the number of departures only: expected, not sure
    assert WarningCode.SERVICE_ESTIMATED in codes(out)
    assert "ZTP" in ride.credit
    assert ride.last_back is not None
    assert f"{town.clock.local(ride.last_back):%H}" == "23"
    back = leg(town, "13:00", Mode.BEST, ends=(MANOR, STATION))
    assert (back.mode, told(back).line, told(back).board.name) == (Mode.BUS, "253", "Radziszów Centrum")


@pytest.mark.parametrize(("reserve_s", "is_ridden"), [(300, True), (4 * 3600, False)])
def test_a_ride_is_no_gain_where_the_reserve_after_it_makes_up_for_it(
    skawina_buses: Town, reserve_s: int, *, is_ridden: bool
) -> None:
    group = Group(22, reserves=Reserves(bus_s=reserve_s))
    assert any(part.ride for part in leg(skawina_buses, "10:40", group=group).parts) is is_ridden


def test_the_ride_is_drawn_along_the_streets(skawina_buses: Town) -> None:
    ride = next(part for part in leg(skawina_buses, "10:40").parts if part.kind is PartKind.RIDE)
    assert len(ride.geometry) > 20
    assert ride.estimated == ()
    assert 4_000 < ride.distance_m < 5_000


def test_on_sundays_the_few_rides_are_worth_waiting_for_only_in_the_evening(skawina_buses: Town) -> None:
    morning = leg(skawina_buses, "10:40", Mode.BEST, SUNDAY)
    assert morning.mode is Mode.WALK
    assert WarningCode.NO_SERVICE in codes(morning)
    evening = leg(skawina_buses, "19:10", Mode.BEST, SUNDAY)
    assert (evening.mode, told(evening).line, told(evening).headway_s) == (Mode.BUS, "253", None)
    assert WarningCode.SERVICE_ESTIMATED not in codes(evening)


def test_late_in_the_evening_the_group_walks_and_is_told_why(skawina_buses: Town) -> None:
    found = leg(skawina_buses, "23:10")
    assert [part.kind for part in found.parts] == [PartKind.WALK]
    reasons = [told_of(w).get("reason") for w in found.warnings if w.code is WarningCode.NO_SERVICE]
    assert "time" in reasons
    assert WarningCode.LONG_WALK in codes(found)


def test_45_people_are_told_that_a_bus_has_less_room(skawina_buses: Town) -> None:
    found = leg(skawina_buses, "10:40", group=Group(45))
    assert told(found).over_room
    (warning,) = [one for one in found.warnings if one.code is WarningCode.GROUP_TOO_BIG_FOR_BUS]
    assert told_of(warning) == {"line": "253", "room": 30, "group": 45}
    assert WarningCode.GROUP_TOO_BIG_FOR_BUS not in codes(leg(skawina_buses, "10:40"))


def test_after_2027_the_built_in_timetable_says_nothing(skawina_buses: Town) -> None:
    found = leg(skawina_buses, "10:40", day=dt.date(2028, 1, 3))
    assert not any(part.ride for part in found.parts if part.ride and not part.ride.is_estimated)
    assert WarningCode.TIMETABLE_OUTDATED in codes(found)
    assert WarningCode.TIMETABLE_OUTDATED not in codes(leg(skawina_buses, "10:40", day=dt.date(2027, 12, 27)))
    on_foot = leg(skawina_buses, "10:40", Mode.WALK, dt.date(2028, 1, 3))
    assert WarningCode.TIMETABLE_OUTDATED not in codes(on_foot)


def test_services_that_nobody_has_times_for_are_named_at_their_stations(skawina_buses: Town) -> None:
    (warning,) = [
        one for one in leg(skawina_buses, "10:40").warnings if told_of(one).get("reason") == "unknown"
    ]
    assert warning.code is WarningCode.NO_SERVICE
    assert "SKA" in str(told_of(warning)["lines"])
    far = PlaceRef(at=(19.7664, 49.937))
    assert "unknown" not in {
        told_of(one).get("reason") for one in leg(skawina_buses, "10:40", ends=(far, MANOR)).warnings
    }


@pytest.mark.parametrize("clock", ["07:15", "10:40", "19:05"])
def test_tables_at_a_time_are_what_single_legs_take(skawina_buses: Town, clock: str) -> None:
    refs, start = (STATION, MANOR, PARK, MUSEUM), skawina_buses.clock.instant(MONDAY, clock)
    single = {
        mode: [
            [
                route(skawina_buses, LegQuestion(a, b, start, mode=mode), GROUP, SITES).duration_s
                if a != b
                else 0
                for b in refs
            ]
            for a in refs
        ]
        for mode in (Mode.WALK, Mode.BUS, Mode.BEST)
    }
    assert matrix(skawina_buses, refs, GROUP, SITES, Mode.BUS, start).durations_s == single[Mode.BUS]
    assert matrix(skawina_buses, refs, GROUP, SITES, Mode.BEST, start).durations_s == single[Mode.BEST]
    for row in range(len(refs)):
        for column in range(len(refs)):
            rivals = single[Mode.WALK][row][column], single[Mode.BUS][row][column]
            assert single[Mode.BEST][row][column] == min(rivals)


def test_a_day_at_the_manor_without_a_coach(skawina_buses: Town) -> None:
    stops = (Stop("museum", place=MUSEUM), Stop("manor", place=MANOR, dwell_min=60))
    day = Day(MONDAY, DayStart(STATION, "09:30"), DayEnd(STATION, latest="15:00"), Mode.BEST, stops)
    planned = plan_day(Case(skawina_buses, day, GROUP, SITES))
    assert [one.mode for one in planned.legs] == [Mode.WALK, Mode.BUS, Mode.BUS]
    assert planned.totals.ride_m > 8_000
    assert WarningCode.COACH_UNCHECKED not in {one.code for one in planned.warnings}
    assert planned.finish <= skawina_buses.clock.instant(MONDAY, "15:00")


def test_what_a_group_needs_is_made_once_for_all_threads(skawina_buses: Town) -> None:
    assert skawina_buses.timetable is not None
    network, clock = skawina_buses.network, skawina_buses.clock
    rides, gate = TownRides(network, skawina_buses.timetable, clock, "PL"), Barrier(4)

    def ask(_: int) -> int:
        gate.wait()
        return id(rides.journeys(Group(22, 4.5)))

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(ask, range(4)))) == 1
    one, more = rides.journeys(Group(22, 4.5)), rides.journeys(Group(23, 4.5))
    assert one is not more
    assert one.walks is more.walks
    assert rides.journeys(Group(22, 4.5, step_free=True)).walks is not one.walks
    for size in range(30):
        rides.journeys(Group(100 + size, 4.5))
    assert rides.journeys(Group(22, 4.5)) is not one  # the longest unused are given up


def test_services_without_a_timetable_are_known(skawina_buses: Town) -> None:
    """The built-in timetable has no trains, so that those of SKA are among them."""
    assert skawina_buses.rides is not None
    assert "SKA" in {service.name for service in skawina_buses.rides.unknown}
