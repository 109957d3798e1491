"""Legs by coach in towns laid out on paper: on foot to the kerb, driven, on foot again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from planner.domain.coach import COACH_LIMITS, CoachProfile
from planner.domain.itinerary import Leg, PartKind
from planner.domain.schedule.group import Group
from planner.domain.schedule.walking import MIN_MOVE_S
from planner.domain.sites import HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.domain.warnings.codes import WarningCode
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.planning.route import LegQuestion, matrix, route
from tests.kit.streets.small import FOOTWAY, Ways, small_town, spot
from tests.kit.warned import told_of

if TYPE_CHECKING:
    from pathlib import Path

    from planner.services.travel.town import Town

# Tarasowa runs 800 m east; a courtyard lies 80 m north of it at 100 m, another 60 m north at 700 m.
NODES = {
    1: (0.0, 0.0), 2: (100.0, 0.0), 3: (400.0, 0.0), 4: (700.0, 0.0), 5: (800.0, 0.0),
    6: (100.0, 80.0), 7: (700.0, 60.0), 8: (400.0, -40.0), 9: (800.0, 100.0), 10: (0.0, 100.0),
}  # fmt: skip
STREET = {"highway": "tertiary", "name": "Tarasowa"}
WAYS: Ways = {
    1: ((1, 2, 3, 4, 5), STREET),
    2: ((5, 9, 10, 1), {"highway": "tertiary", "name": "Okrężna"}),
    3: ((2, 6), FOOTWAY),
    4: ((4, 7), FOOTWAY),
    5: ((3, 8), FOOTWAY),
}
WEST, EAST, MIDDLE = (PlaceRef(at=spot(*place)) for place in ((100, 80), (700, 60), (400, 0)))
DEPART = 1_800_000_000
FRIDAY = dt.date(2026, 11, 20)
GROUP = Group(20)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return small_town(tmp_path_factory.mktemp("coach"), NODES, WAYS)


def ride(
    town: Town,
    a: PlaceRef,
    b: PlaceRef,
    sites: dict[str, Site] | None = None,
    pace_kmh: float = 4.0,
    people: int = 20,
) -> Leg:
    return route(town, LegQuestion(a, b, DEPART, mode=Mode.COACH), Group(people, pace_kmh), sites or {})


def site(name: str, east: float, north: float, drop_off: tuple[float, float] | None = None) -> Site:
    return Site(
        name,
        {"en": name.title()},
        Location(spot(east, north), Quality.EXACT, 10),
        hours_status=HoursStatus.NOT_APPLICABLE,
        status=SiteStatus.OPEN_SPACE,
        drop_off=spot(*drop_off) if drop_off else None,
    )


def test_a_coach_leg_is_walk_drive_walk(town: Town) -> None:
    leg = ride(town, WEST, EAST)
    assert [part.kind for part in leg.parts] == [PartKind.WALK, PartKind.DRIVE, PartKind.WALK]
    assert leg.mode is Mode.COACH
    to, drive, back = leg.parts
    assert to.distance_m == pytest.approx(80, abs=15)
    assert drive.distance_m == pytest.approx(600, abs=40)
    assert back.distance_m == pytest.approx(60, abs=15)
    assert leg.distance_m == pytest.approx(sum(part.distance_m for part in leg.parts))
    assert leg.warnings == ()


def test_the_parts_follow_each_other_in_time_and_on_the_map(town: Town) -> None:
    leg = ride(town, WEST, EAST)
    assert leg.depart == DEPART == leg.parts[0].depart
    assert leg.arrive == leg.parts[-1].arrive == DEPART + leg.duration_s
    for before, after in pairwise(leg.parts):
        assert before.arrive == after.depart
        assert before.geometry[-1] == after.geometry[0]
    assert all(part.arrive - part.depart == part.duration_s >= 0 for part in leg.parts)
    assert (leg.geometry[0], leg.geometry[-1]) == (WEST.at, EAST.at)
    assert not any(a == b for a, b in pairwise(leg.geometry))


def test_the_drive_is_faster_than_the_walk_and_the_pace_counts_for_the_walks_only(town: Town) -> None:
    on_foot = route(town, LegQuestion(WEST, EAST, DEPART), GROUP, {})
    coach, slow = ride(town, WEST, EAST), ride(town, WEST, EAST, pace_kmh=2.0)
    assert coach.duration_s < on_foot.duration_s
    walked = coach.parts[0].distance_m + coach.parts[2].distance_m
    assert slow.duration_s - coach.duration_s == pytest.approx(walked / (4 / 3.6), abs=3)
    assert slow.parts[1].duration_s == pytest.approx(coach.parts[1].duration_s, abs=2)


def test_a_sites_own_drop_off_is_where_the_coach_stops(town: Town) -> None:
    sites = {"yard": site("yard", 700, 60, drop_off=(450, 0))}
    leg = ride(town, WEST, PlaceRef(site="yard"), sites)
    drive, walk = leg.parts[1:]
    assert drive.distance_m == pytest.approx(350, abs=40)
    assert walk.distance_m == pytest.approx(310, abs=30)
    assert [one.code for one in leg.warnings] == [WarningCode.LONG_KERB_WALK]
    assert told_of(leg.warnings[0])["metres"] == round(walk.distance_m)
    back = ride(town, PlaceRef(site="yard"), WEST, sites, people=2)
    assert back.parts[0].distance_m == pytest.approx(310, abs=30)


def test_getting_in_and_out_is_a_part_of_the_drive(town: Town) -> None:
    """Two minutes, and 5.8 s a person: 236 s for twenty, 126 s for one."""
    leg, alone = ride(town, WEST, EAST), ride(town, WEST, EAST, people=1)
    assert [part.boarding_s for part in leg.parts] == [0, 236, 0]
    assert leg.duration_s - alone.duration_s == 236 - 126
    assert leg.parts[1].duration_s - alone.parts[1].duration_s == 236 - 126


def test_where_walking_is_no_slower_the_leg_is_a_walk(town: Town) -> None:
    near = PlaceRef(at=spot(100, 0))
    leg, walk = ride(town, WEST, near), route(town, LegQuestion(WEST, near, DEPART), GROUP, {})
    assert leg.mode is Mode.COACH
    assert [part.kind for part in leg.parts] == [PartKind.WALK]
    assert (leg.distance_m, leg.duration_s) == (walk.distance_m, walk.duration_s)


def test_two_sites_at_one_point_take_the_least_move(town: Town) -> None:
    sites = {name: site(name, 400, 0) for name in ("one", "two")}
    leg = ride(town, PlaceRef(site="one"), PlaceRef(site="two"), sites)
    assert leg.duration_s == MIN_MOVE_S
    assert leg.distance_m == pytest.approx(0, abs=1)


def test_arriving_at_a_time_is_leaving_earlier(town: Town) -> None:
    asked = LegQuestion(WEST, EAST, DEPART, arrive=DEPART + 3600, mode=Mode.COACH)
    assert route(town, asked, GROUP, {}).arrive == DEPART + 3600


def test_without_a_street_for_coaches_the_reason_is_told_and_the_day_goes_on(tmp_path: Path) -> None:
    paths = small_town(tmp_path, {1: (0.0, 0.0), 2: (900.0, 0.0)}, {1: ((1, 2), FOOTWAY)})
    leg = ride(paths, PlaceRef(at=spot(0)), PlaceRef(at=spot(900)))
    assert leg.distance_m is None
    assert leg.duration_s >= MIN_MOVE_S
    (warning,) = leg.warnings
    assert warning.code is WarningCode.NO_WAY
    assert told_of(warning)["coach"] in {"no_kerb_near", "no_way", "limits"}


def test_the_table_says_what_single_legs_say(town: Town) -> None:
    sites = {"yard": site("yard", 700, 60, drop_off=(400, 0)), "nowhere": Site("nowhere", {"en": "No"})}
    refs = [WEST, PlaceRef(site="yard"), PlaceRef(site="nowhere"), MIDDLE]
    found = matrix(town, refs, GROUP, sites, Mode.COACH)
    assert found.warnings == ()
    assert found.distances_m[2] == [None] * 4
    assert [row[2] for row in found.durations_s] == [None] * 4
    for i, j in ((0, 1), (1, 0), (0, 3), (3, 1)):
        leg = ride(town, refs[i], refs[j], sites)
        assert found.distances_m[i][j] == pytest.approx(leg.distance_m, abs=0.2)
        assert found.durations_s[i][j] == pytest.approx(leg.duration_s, abs=1)


def day(mode: Mode, *to: Mode | None, end: Mode | None = None) -> Day:
    places = (EAST, MIDDLE, WEST)
    stops = tuple(Stop(f"s{i}", place=places[i], dwell_min=10, mode_to=mode) for i, mode in enumerate(to))
    return Day(FRIDAY, DayStart(WEST, "09:00"), DayEnd(EAST, mode_to=end), mode, stops)


def test_legs_have_the_days_mode_unless_they_have_their_own(town: Town) -> None:
    planned = plan_day(Case(town, day(Mode.COACH, None, Mode.WALK), GROUP, {}))
    assert [leg.mode for leg in planned.legs] == [Mode.COACH, Mode.WALK, Mode.COACH]
    planned = plan_day(Case(town, day(Mode.WALK, None, Mode.COACH, end=Mode.COACH), GROUP, {}))
    assert [leg.mode for leg in planned.legs] == [Mode.WALK, Mode.COACH, Mode.COACH]
    planned = plan_day(Case(town, day(Mode.COACH, end=Mode.WALK), GROUP, {}))
    assert [leg.mode for leg in planned.legs] == [Mode.WALK]


def test_walking_and_driving_are_summed_apart(town: Town) -> None:
    planned = plan_day(Case(town, day(Mode.COACH, None), GROUP, {}))
    parts = [part for leg in planned.legs for part in leg.parts]
    walked = sum(part.distance_m for part in parts if part.kind is PartKind.WALK)
    assert planned.totals.walk_m == pytest.approx(walked) == pytest.approx(140, abs=30)
    assert planned.totals.drive_m == pytest.approx(600, abs=40)
    assert plan_day(Case(town, day(Mode.WALK, None), GROUP, {})).totals.drive_m == 0


def test_over_the_sketch_every_coach_answer_warns(skawina: Town) -> None:
    station, square = PlaceRef(at=(19.82222, 49.97722)), PlaceRef(at=(19.8289, 49.9737))
    asked = LegQuestion(station, square, DEPART, mode=Mode.COACH)
    codes = {one.code for one in route(skawina, asked, GROUP, {}).warnings}
    assert codes >= {WarningCode.COACH_UNCHECKED, WarningCode.SKETCH_DATA}
    table = matrix(skawina, [station, square], GROUP, {}, Mode.COACH)
    assert WarningCode.COACH_UNCHECKED in {one.code for one in table.warnings}
    start = DayStart(station, "09:00")
    by_coach = Day(FRIDAY, start, None, Mode.COACH, (Stop("a", place=square),))
    warned = [one.code for one in plan_day(Case(skawina, by_coach, GROUP, {})).warnings]
    assert warned.count(WarningCode.COACH_UNCHECKED) == 1
    on_foot = plan_day(Case(skawina, replace(by_coach, mode=Mode.WALK), GROUP, {}))
    assert WarningCode.COACH_UNCHECKED not in {one.code for one in on_foot.warnings}
    standing = replace(by_coach, stops=(Stop("a", place=station),))
    there_already = plan_day(Case(skawina, standing, GROUP, {}))
    assert WarningCode.COACH_UNCHECKED not in {one.code for one in there_already.warnings}


@pytest.mark.parametrize("name", COACH_LIMITS)
def test_a_coach_has_a_size(name: str) -> None:
    low, high = COACH_LIMITS[name]
    assert getattr(CoachProfile(**{name: low}), name) == low
    assert getattr(CoachProfile(**{name: high}), name) == high
    for wrong in (low - 0.01, high + 0.01, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=name):
            CoachProfile(**{name: wrong})
