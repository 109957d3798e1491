"""Legs, tables and days in real towns: streets, hours and schedule together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

import pytest

from planner.domain.schedule.group import Group
from planner.domain.schedule.walking import MIN_MOVE_S, gather_s
from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, StopKind
from planner.domain.warnings.codes import WarningCode
from planner.errors import InvalidInputError
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.planning.route import LegQuestion, matrix, route
from planner.streets.query.walk.find import Walker
from tests.kit.warned import told_of

if TYPE_CHECKING:
    from planner.services.travel.town import Town

STATION = PlaceRef(at=(7.4191, 43.7385))
PALACE = PlaceRef(at=(7.4202, 43.7314))
CASINO = PlaceRef(at=(7.4281, 43.7391))
GROUP = Group(20)
THURSDAY = dt.date(2026, 11, 19)  # Sovereign Prince's Day
FRIDAY = dt.date(2026, 11, 20)


def site(name: str, at: tuple[float, float] | None, hours: str = "24/7") -> Site:
    return Site(
        name,
        {"en": name.title()},
        Location(at, Quality.EXACT if at else Quality.NONE, 20),
        opening_hours=hours,
        hours_status=HoursStatus.CONFIRMED,
        status=SiteStatus.CONFIRMED,
    )


SITES = {
    each.id: each
    for each in (
        site("museum", (7.4256, 43.7308), "Mo-Su 10:00-18:00; PH off"),
        site("twin", (7.4256, 43.7308)),
        site("nowhere", None),
    )
}


def test_a_leg_begins_at_the_departure(monaco: Town) -> None:
    depart = monaco.clock.instant(FRIDAY, "09:00")
    leg = route(monaco, LegQuestion(STATION, PALACE, depart), GROUP, {})
    assert leg.distance_m is not None
    assert 800 < leg.distance_m < 3000
    walk = Walker(monaco.network, pace_kmh=4.0).walk((7.4191, 43.7385), (7.4202, 43.7314))
    assert walk is not None
    assert leg.duration_s == ceil(walk.duration_s)
    assert (leg.depart, leg.arrive) == (depart, depart + leg.duration_s)
    assert (leg.geometry[0], leg.geometry[-1]) == (STATION.at, PALACE.at)
    assert leg.parts[0].instructions


def test_a_leg_ends_at_the_arrival_asked_for(monaco: Town) -> None:
    arrive = monaco.clock.instant(FRIDAY, "10:00")
    leg = route(monaco, LegQuestion(STATION, PALACE, 0, arrive), GROUP, {})
    assert leg.arrive == leg.parts[-1].arrive == arrive
    assert leg.depart == leg.parts[0].depart == arrive - leg.duration_s
    assert monaco.clock.local(leg.depart).isoformat().startswith("2026-11-20T09:")
    there = route(monaco, LegQuestion(STATION, PALACE, leg.depart), GROUP, {})
    assert there == leg


def test_who_walks_faster_walks_about_as_far(monaco: Town) -> None:
    slow, fast = (
        route(monaco, LegQuestion(STATION, PALACE, 0), Group(pace_kmh=pace), {}) for pace in (3.0, 6.0)
    )
    assert slow.distance_m == pytest.approx(fast.distance_m, rel=0.1)
    assert 1.5 * fast.duration_s < slow.duration_s < 2.1 * fast.duration_s


def test_the_table_has_the_metres_and_seconds_of_the_legs(monaco: Town) -> None:
    refs = [STATION, PALACE, CASINO, PlaceRef("museum"), PlaceRef("twin"), PlaceRef("nowhere")]
    table = matrix(monaco, refs, GROUP, SITES)
    for i, origin in enumerate(refs[:-1]):
        for j, destination in enumerate(refs[:-1]):
            leg = route(monaco, LegQuestion(origin, destination, 0), GROUP, SITES)
            assert leg.distance_m is not None
            assert table.distances_m[i][j] == pytest.approx(leg.distance_m, abs=0.11)
            assert table.durations_s[i][j] == pytest.approx(leg.duration_s, abs=1)
    assert table.durations_s[3][4] == MIN_MOVE_S
    assert (table.distances_m[3][4], table.durations_s[3][3]) == (0.0, 0)
    nothing = [None] * len(refs)
    assert table.distances_m[-1] == table.durations_s[-1] == nothing
    assert [row[-1] for row in table.distances_m] == nothing


def test_a_day_of_free_places_in_monaco(monaco: Town) -> None:
    stops = (
        Stop("palace", StopKind.PLACE, PALACE, 30),
        Stop("lunch", StopKind.MEAL, None, 60),
        Stop("casino", StopKind.PLACE, CASINO, 20, fixed="13:00"),
    )
    day = Day(FRIDAY, DayStart(STATION, "09:30"), DayEnd(STATION, latest="14:30"), Mode.WALK, stops)
    plan = plan_day(Case(monaco, day, GROUP, {}))
    assert monaco.clock.local(plan.start).isoformat() == "2026-11-20T09:30:00+01:00"
    assert [warning for warning in plan.warnings if warning.code is not WarningCode.LONG_WALK] == []
    assert [call.leave - call.start for call in plan.calls] == [1800, 3600, 1200]
    assert monaco.clock.local(plan.calls[2].start).isoformat() == "2026-11-20T13:00:00+01:00"
    ways = [(STATION, PALACE), (PALACE, CASINO), (CASINO, STATION)]
    moves = [leg for leg in plan.legs if leg.duration_s]
    for leg, (origin, destination) in zip(moves, ways, strict=True):
        assert leg == route(monaco, LegQuestion(origin, destination, leg.depart), GROUP, {})
    assert plan.totals.gather_s == 3 * gather_s(20) == 540
    assert plan.totals.walk_m == pytest.approx(sum(leg.distance_m or 0 for leg in moves))
    assert plan.finish == plan.legs[-1].arrive
    assert plan.calls[2].slack_s == plan.calls[2].wait_s


def test_holidays_are_those_of_the_towns_country(monaco: Town) -> None:
    stops = (Stop("m", StopKind.SITE, PlaceRef("museum"), 45),)
    closed, open_ = (
        plan_day(Case(monaco, Day(date, DayStart(CASINO, "11:00"), stops=stops), GROUP, SITES))
        for date in (THURSDAY, FRIDAY)
    )
    assert [warning.code for warning in closed.warnings] == [WarningCode.CLOSED]
    assert open_.warnings == ()
    (call,) = open_.calls
    assert call.slack_s == call.wait_s + monaco.clock.instant(FRIDAY, "18:00") - call.leave


def test_two_sites_at_one_point_are_two_minutes_apart(monaco: Town) -> None:
    stops = (
        Stop("m", StopKind.SITE, PlaceRef("museum"), 10),
        Stop("t", StopKind.SITE, PlaceRef("twin"), 10),
    )
    plan = plan_day(Case(monaco, Day(FRIDAY, DayStart(CASINO, "11:00"), stops=stops), GROUP, SITES))
    assert plan.legs[1].duration_s == MIN_MOVE_S
    assert plan.legs[1].distance_m == 0


def test_a_site_that_is_not_placed_is_timed_and_said(monaco: Town) -> None:
    stops = (Stop("n", StopKind.SITE, PlaceRef("nowhere"), 10),)
    plan = plan_day(Case(monaco, Day(FRIDAY, DayStart(CASINO, "11:00"), stops=stops), GROUP, SITES))
    assert [warning.code for warning in plan.warnings] == [WarningCode.NOT_PLACED]
    assert (plan.legs[0].distance_m, plan.legs[0].duration_s) == (None, 600)
    assert plan.legs[0].assumed


def test_the_sketch_says_that_it_is_one(skawina: Town, monaco: Town) -> None:
    west, south, east, north = skawina.network.meta.bounds
    middle = PlaceRef(at=((west + east) / 2, (south + north) / 2))
    question = LegQuestion(middle, PlaceRef(at=(19.82609, 49.97548)), 0)
    warnings = route(skawina, question, GROUP, {}).warnings
    assert WarningCode.SKETCH_DATA in {warning.code for warning in warnings}
    assert route(monaco, LegQuestion(STATION, CASINO, 0), GROUP, {}).warnings == ()


@pytest.mark.parametrize(
    ("ref", "code", "pointer"),
    [
        (PlaceRef(at=(19.82, 49.97)), "outside_network", "/to/at"),
        (PlaceRef(at=(43.7385, 7.4191)), "outside_network", "/to/at"),
        (PlaceRef("unheard-of"), "unknown_site", "/to/site"),
        (PlaceRef(), "missing", "/to"),
    ],
)
def test_places_that_cannot_be_reached_are_refused(
    monaco: Town, ref: PlaceRef, code: str, pointer: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        route(monaco, LegQuestion(STATION, ref, 0), GROUP, SITES)
    assert [(fault.code, fault.pointer) for fault in caught.value.details] == [(code, pointer)]


def test_a_swapped_position_is_guessed(monaco: Town) -> None:
    with pytest.raises(InvalidInputError, match="looks swapped"):
        route(monaco, LegQuestion(STATION, PlaceRef(at=(43.7385, 7.4191)), 0), GROUP, {})


def test_what_a_stop_holds_is_what_it_says_itself(monaco: Town) -> None:
    """25 people: the site has room for 10, for this visit 30 were agreed; the other place holds 20."""
    hall = replace(site("hall", PALACE.at), capacity=10)
    stops = (
        Stop("a", place=PlaceRef(site="hall")),
        Stop("b", place=PlaceRef(site="hall"), capacity=30),
        Stop("c", place=PALACE, capacity=20),
    )
    day = Day(dt.date(2026, 12, 2), DayStart(PALACE, "09:00"), stops=stops)
    plan = plan_day(Case(monaco, day, Group(25), {"hall": hall}))
    crowded = [one for one in plan.warnings if one.code is WarningCode.OVER_CAPACITY]
    assert [(one.stop, told_of(one)) for one in crowded] == [
        (0, {"capacity": 10, "group": 25, "parties": 3}),
        (2, {"capacity": 20, "group": 25, "parties": 2}),
    ]
