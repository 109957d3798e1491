"""Legs by public transport and the best mode in a town laid out on paper.

A street runs 6 km east; stops lie on it at 0, 3 and 6 km. The group walks 1 m/s, so metres are seconds.
With 22 people it stands at a stop two minutes before a departure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.itinerary import Leg, PartKind
from planner.domain.rides import Choice
from planner.domain.schedule.group import Group
from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, Visit
from planner.domain.warnings.codes import WarningCode
from planner.services.planning.case import Case, group_of
from planner.services.planning.plan import plan_day
from planner.services.planning.route import LegQuestion, Matrix, matrix, route
from tests.conftest import FULL
from tests.kit.buses.small_timetables import CLOCK, Little, Trip, at, trip
from tests.kit.streets.small import small_town, spot
from tests.kit.warned import told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.services.travel.town import Town

NODES = {
    1: (0.0, 0.0), 2: (3000.0, 0.0), 3: (6000.0, 0.0), 4: (6000.0, 9000.0), 5: (6100.0, 9000.0),
    6: (0.0, 200.0), 7: (6000.0, 200.0),
}  # fmt: skip
WAYS = {
    1: ((1, 2, 3), {"highway": "tertiary", "name": "Długa"}),
    2: ((4, 5), {"highway": "footway"}),
    3: ((1, 6, 7, 3), {"highway": "tertiary", "name": "Okrężna"}),
}
STOPS = {"A": (0.0, 0.0), "B": (3000.0, 0.0), "C": (6000.0, 0.0), "D": (6000.0, 9000.0)}
HOME, SHOP, WORK, ISLAND = (PlaceRef(at=spot(*m)) for m in ((199.5, 0), (3000, 0), (5900.5, 0), (6050, 9000)))
MONDAY = dt.date(2026, 4, 13)
BUS = trip("1", "A 8:00, B 8:06, C 8:12", headsign="Work")
LATER = [trip("1", f"A {clock}, B {clock}, C {clock}") for clock in ("8:30", "9:00", "9:30")]
BACK = trip("1", "C 16:00, B 16:06, A 16:12")
GROUP = Group(22, 3.6)


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return small_town(tmp_path_factory.mktemp("bus"), NODES, WAYS)


def served(streets: Town, *trips: Trip, **more: object) -> Town:
    """The town with a timetable of the week from 13 April 2026."""
    town = replace(streets)
    vars(town)["timetable"] = Little(STOPS, trips, MONDAY, 7, **more).made()  # type: ignore[arg-type]
    return town


def when(clock_time: str, day: dt.date = MONDAY) -> int:
    return CLOCK.midnight(day) + at(clock_time)


def asked(
    town: Town, clock_time: str, ends: tuple[PlaceRef, PlaceRef] = (HOME, WORK), mode: Mode = Mode.BUS,
    group: Group = GROUP, day: dt.date = MONDAY, *, stand_ins: bool = False,
) -> Leg:  # fmt: skip
    return route(town, LegQuestion(*ends, when(clock_time, day), None, mode, stand_ins), group, {})


def times(leg: Leg) -> list[str]:
    """The parts as text, "ride 1 08:00:00-08:20:00"."""
    return [
        f"{part.kind}{f' {part.ride.line}' if part.ride else ''} "
        f"{CLOCK.local(part.depart):%H:%M:%S}-{CLOCK.local(part.arrive):%H:%M:%S}"
        for part in leg.parts
    ]


def codes(leg: Leg) -> list[WarningCode]:
    return [one.code for one in leg.warnings]


def test_a_bus_leg_is_walk_wait_ride_walk(streets: Town) -> None:
    leg = asked(served(streets, BUS, *LATER, BACK), "7:50")
    assert leg.mode is Mode.BUS
    assert times(leg) == [
        "walk 07:50:00-07:53:20",
        "wait 07:53:20-08:00:00",
        "ride 1 08:00:00-08:12:00",
        "walk 08:12:00-08:13:40",
    ]
    assert (leg.duration_s, leg.choice) == (1420, None)
    assert leg.distance_m == pytest.approx(199.5 + 6000 + 99.5, abs=5)
    assert all(before.arrive == after.depart for before, after in pairwise(leg.parts))
    assert leg.warnings == ()


def test_what_a_ride_tells(streets: Town) -> None:
    part = asked(served(streets, BUS, *LATER, BACK), "7:50").parts[2]
    ride = part.ride
    assert ride is not None
    assert (ride.line, ride.vehicle, ride.headsign, ride.credit) == ("1", "bus", "Work", "nobody")
    assert (ride.board.name, ride.board.time, ride.alight.name, ride.alight.time) == (
        "A", when("8:00"), "C", when("8:12"),
    )  # fmt: skip
    assert [(call.name, call.time) for call in ride.via] == [("B", when("8:06"))]
    assert ride.following == (when("8:30"), when("9:00"))
    assert ride.last_back == when("16:00")
    assert (ride.is_estimated, ride.headway_s, ride.on_request, ride.over_room) == (False, None, False, False)


def test_a_way_that_nobody_knows_is_marked_and_counts_as_no_unconfirmed_path(streets: Town) -> None:
    leg = asked(served(streets, BUS), "7:50")
    ride = leg.parts[2]
    assert ride.geometry == tuple(spot(*STOPS[name]) for name in "ABC")
    assert ride.estimated == ((0, 2),)
    assert leg.estimated_m == 0
    assert (leg.geometry[0], leg.geometry[-1]) == (HOME.at, WORK.at)


@pytest.mark.parametrize(("start", "is_caught"), [("7:54:40", True), ("7:54:41", False)])
def test_the_group_is_at_the_stop_two_minutes_early(streets: Town, start: str, is_caught: bool) -> None:  # noqa: FBT001
    leg = asked(served(streets, BUS), start)
    assert [part.kind for part in leg.parts] == (
        [PartKind.WALK, PartKind.WAIT, PartKind.RIDE, PartKind.WALK] if is_caught else [PartKind.WALK]
    )


def test_what_is_better_walked_is_one_walk_by_bus(streets: Town) -> None:
    leg = asked(served(streets, BUS), "6:30")
    assert (leg.mode, times(leg)) == (Mode.BUS, ["walk 06:30:00-08:05:01"])
    assert codes(leg) == [WarningCode.LONG_WALK, WarningCode.NO_SERVICE]
    assert told_of(leg.warnings[1]) == {"reason": "time", "at": "06:30"}
    near = asked(served(streets, BUS), "6:30", (HOME, PlaceRef(at=spot(900, 0))))
    assert (times(near), near.warnings) == (["walk 06:30:00-06:41:41"], ())


def test_to_arrive_by_a_time_the_group_starts_as_late_as_it_can(streets: Town) -> None:
    town = served(streets, BUS, *LATER)
    question = LegQuestion(HOME, WORK, 0, when("8:20"), Mode.BUS)
    leg = route(town, question, GROUP, {})
    assert times(leg)[0] == "walk 07:54:40-07:58:00"
    assert leg.arrive == when("8:13:40")
    best = route(town, replace(question, mode=Mode.BEST), GROUP, {})
    # On foot it would have to start at 6:44:59.
    assert (best.depart, best.mode) == (leg.depart, Mode.BUS)
    assert best.choice == Choice(Mode.BUS, 4181, Mode.WALK, 320)


# What is said of rides


def test_a_group_larger_than_the_room_is_told(streets: Town) -> None:
    leg = asked(served(streets, BUS, rooms={"1": 40}), "7:50", group=replace(GROUP, size=45))
    assert codes(leg) == [WarningCode.GROUP_TOO_BIG_FOR_BUS]
    assert told_of(leg.warnings[0]) == {"line": "1", "room": 40, "group": 45}
    assert leg.parts[2].ride
    assert leg.parts[2].ride.over_room
    assert asked(served(streets, BUS, rooms={"1": 45}), "7:50", group=replace(GROUP, size=45)).warnings == ()


@pytest.mark.parametrize(
    ("board", "alight", "stop"), [((3, 0, 0), (0, 0, 0), "A"), ((0, 0, 0), (0, 0, 2), "C")]
)
def test_stops_on_request_are_named(
    streets: Town, board: tuple[int, ...], alight: tuple[int, ...], stop: str
) -> None:
    leg = asked(served(streets, replace(BUS, board=board, alight=alight)), "7:50")
    assert codes(leg) == [WarningCode.ON_REQUEST]
    assert told_of(leg.warnings[0]) == {"line": "1", "halt": stop}


def test_times_that_are_only_expected_are_called_so(streets: Town) -> None:
    leg = asked(served(streets, BUS, estimated=["1"]), "7:50")
    assert [(one.code, told_of(one)) for one in leg.warnings] == [
        (WarningCode.SERVICE_ESTIMATED, {"line": "1"})
    ]
    every_20 = trip("2", "A 0:00, C 0:12", periods=((at("6:00"), at("20:00"), 1200),))
    leg = asked(served(streets, every_20), "7:50")
    # At the stop at 7:53:20, ready at 7:55:20; half a headway after the next whole minute it leaves.
    assert times(leg)[1:3] == ["wait 07:53:20-08:06:00", "ride 2 08:06:00-08:18:00"]
    assert told_of(leg.warnings[0]) == {"line": "2", "every_min": 20}


def test_outside_its_dates_a_timetable_runs_only_if_asked_to(streets: Town) -> None:
    town, year_later = served(streets, BUS), MONDAY + dt.timedelta(weeks=52)
    leg = asked(town, "7:50", day=year_later)
    assert [part.kind for part in leg.parts] == [PartKind.WALK]
    assert codes(leg) == [WarningCode.LONG_WALK, WarningCode.NO_SERVICE, WarningCode.TIMETABLE_OUTDATED]
    assert told_of(leg.warnings[1]) == {"reason": "day"}
    told = {"source": "hand", "valid_from": "2026-04-13", "valid_to": "2026-04-19"}
    assert told_of(leg.warnings[2]) == told
    guess = asked(town, "7:50", day=year_later, stand_ins=True)
    assert times(guess)[2] == "ride 1 08:00:00-08:12:00"
    assert [told_of(one) for one in guess.warnings] == [{**told, "like": "2026-04-13"}]


def test_a_timetable_that_another_follows_is_not_missed() -> None:
    """Line 1 has a feed for each week; line 2 stands in that of the first week only."""
    other = [trip("1 ", "A 8:10, C 8:22"), trip("2", "A 23:00, C 23:10")]
    made = Little(STOPS, [BUS, *other], MONDAY, 14).made()
    first, second = (
        replace(made.meta.sources[0], name=name, valid_from=begin, valid_to=end)
        for name, begin, end in (("one", "2026-04-13", "2026-04-19"), ("two", "2026-04-20", "2026-04-26"))
    )
    lines = [made.texts[name] for name in made.line_name.tolist()]
    assert lines == ["1", "1 ", "2"]

    def silent(*owners: int) -> tuple[int, ...]:
        meta = replace(made.meta, sources=(first, second))
        credit = np.array(owners, np.int32)
        return replace(made, meta=meta, line_credit=credit).silent(dt.date(2026, 4, 20))

    assert silent(0, 1, 1) == ()
    assert silent(0, 1, 0) == (0,)
    assert silent(1, 1, 1) == ()
    assert silent(0, 0, 0) == (0,)


def test_a_step_free_group_is_told_that_nobody_knows_the_vehicles(streets: Town) -> None:
    careful = asked(served(streets, BUS), "7:50", group=replace(GROUP, step_free=True))
    told = [told_of(one) for one in careful.warnings if one.code is WarningCode.STEP_FREE_UNKNOWN]
    assert {"lines": "1"} in told


def test_towns_and_places_without_service_say_so(streets: Town) -> None:
    leg = asked(streets, "7:50")
    assert (leg.mode, codes(leg)) == (Mode.BUS, [WarningCode.LONG_WALK, WarningCode.NO_SERVICE])
    assert told_of(leg.warnings[1]) == {"reason": "none"}
    halfway = PlaceRef(at=spot(1500, 0))
    far = asked(served(streets, BUS), "7:50", (halfway, WORK))
    assert told_of(far.warnings[1]) == {"reason": "place"}


def test_where_only_a_bus_leads_and_none_runs_the_time_is_assumed(streets: Town) -> None:
    ferry = trip("F", "C 8:30, D 9:00")
    leg = asked(served(streets, ferry), "7:50", (WORK, ISLAND))
    assert times(leg)[2] == "ride F 08:30:00-09:00:00"
    assert WarningCode.OFF_MAIN_NETWORK in codes(leg)
    none = asked(
        served(streets, replace(ferry, service="never"), services={"never": []}), "7:50", (WORK, ISLAND)
    )
    assert (none.distance_m, none.parts) == (None, ())
    assert codes(none) == [WarningCode.NO_WAY, WarningCode.NO_SERVICE]
    # 9050 m as the crow flies, 1.4 times as long at 1 m/s.
    assert none.duration_s == pytest.approx(1.4 * 9001.2, abs=20)
    best = asked(served(streets, ferry), "7:50", (WORK, ISLAND), Mode.BEST)
    assert best.choice == Choice(Mode.BUS, None, None, 2400)


# The best mode


def test_the_best_mode_is_the_earliest_arrival_and_says_why(streets: Town) -> None:
    town = served(streets, BUS)
    leg = asked(town, "7:50", mode=Mode.BEST)
    assert leg.mode is Mode.BUS
    # On foot at 9:25:01, by bus at 8:13:40, which leaves ten minutes from now.
    assert leg.choice == Choice(Mode.BUS, 4281, Mode.WALK, 600)
    walk = asked(town, "6:30", mode=Mode.BEST)
    assert (walk.mode, walk.choice) == (Mode.WALK, Choice(Mode.WALK))
    assert WarningCode.NO_SERVICE in codes(walk)


def test_a_coach_is_best_only_where_there_is_one(streets: Town) -> None:
    town, fleet = served(streets, BUS), replace(GROUP, has_coach=True)
    leg = asked(town, "7:50", mode=Mode.BEST, group=fleet)
    assert leg.mode is Mode.COACH
    assert leg.choice is not None
    assert (leg.choice.over, leg.choice.saves_s) == (Mode.BUS, when("8:13:40") - leg.arrive)
    assert asked(town, "7:50", mode=Mode.BEST).mode is Mode.BUS


def test_of_equal_arrivals_the_walk_is_taken(streets: Town) -> None:
    # A group at the stop at 8:00 rides 3000 m in 50 min: at 1 m/s it is there on foot at 8:50 too.
    slow = trip("1", "A 8:02, B 8:50:01")
    leg = asked(served(streets, slow), "8:00", (PlaceRef(at=spot(0, 0)), SHOP), Mode.BEST)
    assert leg.mode is Mode.WALK


trips = st.lists(
    st.builds(
        lambda start, ride, ends: Trip(
            "1", ((ends[0], start * 60, start * 60), (ends[1], (start + ride) * 60, (start + ride) * 60))
        ),
        st.integers(360, 600), st.integers(1, 90), st.sampled_from(["AB", "BC", "AC", "CB", "CD"]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
headways = st.builds(
    lambda first, length, headway: Trip(
        "2", (("A", 0, 0), ("C", 900, 900)), periods=((first * 60, (first + length) * 60, headway * 60),)
    ),
    st.integers(360, 560), st.integers(10, 120), st.integers(2, 40),
)  # fmt: skip


@settings(deadline=None, max_examples=30 if FULL else 12)
@given(some=trips, more=st.lists(headways, max_size=1), starts=st.tuples(*[st.integers(0, 14_400)] * 2))
def test_leaving_later_never_arrives_earlier(
    streets: Town, some: list[Trip], more: list[Trip], starts: tuple[int, int]
) -> None:
    town = served(streets, *some, *more)
    early, late = (when("6:00") + start for start in sorted(starts))
    for mode in (Mode.BUS, Mode.BEST):
        first, second = (
            route(town, LegQuestion(HOME, WORK, start, mode=mode), GROUP, {}) for start in (early, late)
        )
        assert first.depart == early <= first.arrive <= second.arrive
        assert first.arrive - first.depart == first.duration_s == sum(part.duration_s for part in first.parts)


@pytest.mark.dear
@settings(deadline=None, max_examples=30 if FULL else 12)
@given(some=trips, more=st.lists(headways, max_size=1), start=st.integers(0, 14_400))
def test_the_best_is_the_least_and_tables_say_the_same(
    streets: Town, some: list[Trip], more: list[Trip], start: int
) -> None:
    town, depart = served(streets, *some, *more), when("6:00") + start
    refs = (HOME, SHOP, WORK)
    single: dict[Mode, list[list[int | None]]] = {
        mode: [
            [route(town, LegQuestion(a, b, depart, mode=mode), GROUP, {}).duration_s for b in refs]
            for a in refs
        ]
        for mode in (Mode.WALK, Mode.BUS, Mode.BEST)
    }
    assert single[Mode.BEST] == least(single[Mode.WALK], single[Mode.BUS]) == single[Mode.BUS]
    for mode in (Mode.BUS, Mode.BEST):
        assert table(town, refs, mode, depart).durations_s == single[mode]


def table(town: Town, refs: Sequence[PlaceRef], mode: Mode, depart: int) -> Matrix:
    return matrix(town, refs, GROUP, {}, mode, depart)


def least(*tables: list[list[int | None]]) -> list[list[int | None]]:
    return [
        [min(filter(None, cells), default=0) for cells in zip(*rows, strict=True)]
        for rows in zip(*tables, strict=True)
    ]


# A whole day


def site(name: str, east: float) -> Site:
    return Site(
        name,
        {"en": name.title()},
        Location(spot(east, 0), Quality.EXACT, 10),
        hours_status=HoursStatus.NOT_APPLICABLE,
        status=SiteStatus.OPEN_SPACE,
    )


SITES = {one.id: one for one in (site("work", 5900.5), site("post", 5900.5), site("home", 199.5))}


def workday(mode: Mode, **more: object) -> Day:
    stops = (Stop("work", place=PlaceRef(site="work"), dwell_min=10),)
    end = DayEnd(PlaceRef(site="home"))
    return Day(MONDAY, DayStart(PlaceRef(site="home"), "07:47"), end, mode, stops, **more)  # type: ignore[arg-type]


def test_a_day_gathers_before_it_leaves_and_sums_rides_apart(streets: Town) -> None:
    back = trip("1", "C 8:40, A 8:52")
    planned = plan_day(Case(served(streets, BUS, back), workday(Mode.BEST), GROUP, SITES))
    out, home = planned.legs
    # 22 people gather three minutes: at 7:50 they leave; at 8:13:40 they are there, and see it from 8:14 on.
    assert [CLOCK.local(leg.depart).strftime("%H:%M:%S") for leg in (out, home)] == ["07:50:00", "08:27:00"]
    assert times(home)[-2:] == ["ride 1 08:40:00-08:52:00", "walk 08:52:00-08:55:20"]
    totals = planned.totals
    assert totals.ride_m == pytest.approx(12_000, abs=10)
    assert totals.walk_m == pytest.approx(2 * (199.5 + 99.5), abs=5)
    assert (totals.gather_s, totals.wait_s) == (360, 20)
    assert totals.move_s == 1420 + 1700


def test_two_sites_at_one_point_are_two_minutes_apart_by_bus_too(streets: Town) -> None:
    question = LegQuestion(PlaceRef(site="work"), PlaceRef(site="post"), when("7:50"), mode=Mode.BUS)
    assert route(served(streets, BUS), question, GROUP, SITES).duration_s == 120


def test_a_day_may_be_planned_by_the_best_mode_before_anything_moves(streets: Town) -> None:
    stops = (Stop("rest", dwell_min=5), Stop("home", place=PlaceRef(site="home")))
    day = replace(workday(Mode.BEST), stops=stops, end=None)
    planned = plan_day(Case(served(streets, BUS), day, GROUP, SITES))
    assert [(leg.mode, leg.duration_s) for leg in planned.legs] == [(Mode.WALK, 0)] * 2


def test_a_visit_has_a_coach_where_its_size_or_a_leg_says_so() -> None:
    visit = Visit({}, (workday(Mode.BEST),))
    assert not group_of(visit).has_coach
    assert group_of(replace(visit, coach=replace(visit.coach, length_m=8.0))).has_coach
    by_coach = replace(workday(Mode.BEST), end=DayEnd(PlaceRef(site="home"), mode_to=Mode.COACH))
    assert group_of(replace(visit, days=(by_coach,))).has_coach
