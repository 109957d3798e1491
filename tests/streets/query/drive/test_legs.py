"""Legs by coach: kerbs, walks, dead ends, low bridges, and what is said where there is none."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from planner.domain.coach import CoachProfile
from planner.domain.geo import distance_m
from planner.streets.query.drive.boarding import boarding_s
from planner.streets.query.drive.find import CoachRide, Drive, Driver
from planner.streets.query.drive.graph import drive_graph
from planner.streets.query.drive.refusals import NotReachable
from planner.streets.query.walk.find import Walker
from tests.kit.streets.coach_town import COACH, PACE_MPS, coach_town, driven
from tests.kit.streets.reference import line_m
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.services.travel.town import Town
    from planner.streets.query.network import Network
    from tests.kit.streets.small import Nodes, Tags, Ways

LOW = CoachProfile(height_m=3.0)
STREET, FOOTWAY = {"highway": "residential"}, {"highway": "footway"}
# A block of streets, 600 m by 300 m: a coach gets everywhere and back. The north side is cut in the middle.
BLOCK: Nodes = {
    1: (0.0, 0.0), 2: (600.0, 0.0), 3: (600.0, 300.0), 4: (0.0, 300.0), 5: (300.0, 300.0), 6: (300.0, 0.0),
}  # fmt: skip
SOUTH, EAST, NORTH_EAST, NORTH_WEST, WEST, MORE = 1, 2, 3, 4, 5, 6
BLOCK_WAYS: Ways = {
    SOUTH: ((1, 6, 2), STREET), EAST: ((2, 3), STREET), NORTH_EAST: ((3, 5), STREET),
    NORTH_WEST: ((5, 4), STREET), WEST: ((4, 1), STREET),
}  # fmt: skip


def block(
    tmp: Path, nodes: Nodes | None = None, ways: Ways | None = None, tags: dict[int, Tags] | None = None
) -> Network:
    return coach_town(tmp, {**BLOCK, **(nodes or {})}, {**BLOCK_WAYS, **(ways or {})}, tags).network


def driver(network: Network, profile: CoachProfile = COACH) -> Driver:
    return Driver(network, profile, Walker(network))


def leg(network: Network, a: LonLat, b: LonLat, *kerbs: LonLat | None) -> CoachRide:
    ride = driver(network).leg(a, b, *kerbs)
    assert ride is not None
    return ride


def ends(ride: CoachRide) -> tuple[LonLat, LonLat]:
    assert ride.drive is not None
    return ride.drive.kerbs


def test_a_leg_is_a_walk_a_drive_and_a_walk(tmp_path: Path) -> None:
    """Both places lie 40 m from their street; 24 km/h, and the turns of a block."""
    network = block(
        tmp_path,
        {10: (150.0, 40.0), 11: (150.0, 0.0), 12: (450.0, 260.0), 13: (450.0, 300.0)},
        {
            SOUTH: ((1, 11, 6, 2), STREET),
            NORTH_EAST: ((3, 13, 5), STREET),
            20: ((10, 11), FOOTWAY),
            21: ((12, 13), FOOTWAY),
        },
    )
    ride = leg(network, spot(150, 40), spot(450, 260))
    assert ride.drive is not None
    assert ride.walk_from is not None
    assert ride.walk_to.length_m == pytest.approx(48, abs=1), (
        "40 m and the 8 m that are kept clear of a junction"
    )
    assert ride.walk_from.length_m == pytest.approx(48, abs=1)
    assert ride.drive.length_m == pytest.approx(450 - 8 + 300 + 150 - 8, abs=1)
    assert ride.boarding_s == boarding_s(1) == 126
    moved_s = ride.walk_to.duration_s + ride.drive.duration_s + ride.walk_from.duration_s
    assert ride.duration_s == moved_s + 126
    straight_s = ride.drive.length_m / (24 / 3.6)
    assert straight_s < ride.drive.duration_s < straight_s + 3 * 7.5
    assert ride.drive.geometry[0] == ride.drive.kerbs[0] == ride.walk_to.geometry[-1]
    assert ride.drive.geometry[-1] == ride.drive.kerbs[1] == ride.walk_from.geometry[0]
    assert ride.drive.instructions


@pytest.mark.parametrize(
    "tags", [{"maxheight": "3.5"}, {"maxweight": "7.5"}, {"maxlength": "10 m"}, {"width": "2.5"}]
)
def test_what_is_too_low_or_narrow_is_driven_round(tmp_path: Path, tags: Tags) -> None:
    network = block(tmp_path, ways={NORTH_WEST: ((5, 4), {**STREET, **tags})})
    a, b = spot(0, 250), spot(350, 300)
    small = CoachProfile(height_m=3.0, weight_t=5.0, length_m=8.0, width_m=2.2)
    assert driven(network, a, b) == [WEST, SOUTH, EAST, NORTH_EAST]
    assert driven(network, a, b, small) == [WEST, NORTH_WEST, NORTH_EAST]
    assert drive_graph(network, small) is drive_graph(network, small) is not drive_graph(network, COACH)


def test_a_limit_as_high_as_the_coach_lets_it_pass(tmp_path: Path) -> None:
    network = block(tmp_path, ways={NORTH_WEST: ((5, 4), {**STREET, "maxheight": "3.8"})})
    assert driven(network, spot(0, 250), spot(350, 300)) == [WEST, NORTH_WEST, NORTH_EAST]


DEAD_END: Ways = {30: ((2, 7), STREET)}
DEEP = {7: (900.0, 0.0)}


@pytest.mark.parametrize("end", ["turning_circle", "turning_loop", "mini_roundabout"])
def test_a_dead_end_is_driven_into_where_a_coach_can_turn(tmp_path: Path, end: str) -> None:
    network = block(tmp_path, DEEP, DEAD_END, {7: {"highway": end}})
    kerbs = ends(leg(network, spot(0, 250), spot(850, 0)))
    assert distance_m(kerbs[1], spot(850, 0)) < 1
    assert driven(network, spot(850, 0), spot(0, 250)) is not None


@pytest.mark.dear
@pytest.mark.parametrize(
    ("more", "is_driven"),
    [
        ({}, False),
        ({"lanes": "4"}, True),
        ({"width": "15"}, True),
        ({"highway": "primary"}, True),
        ({"lanes": "2"}, False),
    ],
)
def test_a_dead_end_without_room_is_walked(tmp_path: Path, more: Tags, is_driven: bool) -> None:  # noqa: FBT001
    network = block(tmp_path, DEEP, {30: ((2, 7), {**STREET, **more})})
    ride = leg(network, spot(0, 250), spot(850, 0))
    assert (distance_m(ends(ride)[1], spot(850, 0)) < 1) is is_driven
    assert ride.walk_from is not None
    if not is_driven:
        assert ride.walk_from.length_m == pytest.approx(258, abs=1)


def test_no_coach_turns_round_in_the_street(tmp_path: Path) -> None:
    """The way back along the street one has come by leads round the block."""
    network = block(tmp_path, ways={SOUTH: ((1, 6, 2), {**STREET, "oneway": "yes"})})
    assert driven(network, spot(300, 0), spot(100, 0)) == [SOUTH, EAST, NORTH_EAST, NORTH_WEST, WEST, SOUTH]


def test_a_drop_off_point_of_a_site_is_where_the_coach_stops(tmp_path: Path) -> None:
    network = block(tmp_path, {8: (300.0, -200.0)}, {31: ((6, 8), {"highway": "service"})})
    site = spot(310, -150)
    own = leg(network, spot(0, 250), site, None, spot(301, -120))
    assert distance_m(ends(own)[1], spot(300, -120)) < 1, "a dead end, but its own drop-off point"
    assert distance_m(ends(leg(network, spot(0, 250), site))[1], spot(300, 0)) < 10
    back = leg(network, site, spot(0, 250), spot(301, -120), None)
    assert distance_m(ends(back)[0], spot(300, -120)) < 1


def test_the_kerb_may_be_round_the_corner_when_that_is_quicker(tmp_path: Path) -> None:
    """The nearest kerb lies on a one-way street that ends here: a coach would go all round to come to it."""
    ways = {WEST: ((4, 1), {**STREET, "oneway": "yes"}), MORE: ((1, 9, 6), STREET)}
    network = block(tmp_path, {9: (0.0, -300.0)}, ways)
    ride = leg(network, spot(250, 0), spot(0, 2))
    assert ride.drive is not None
    assert ride.walk_from is not None
    assert ride.drive.length_m == pytest.approx(242, abs=1)
    assert distance_m(ride.drive.kerbs[1], spot(8, 0)) < 1
    assert ride.walk_from.length_m == pytest.approx(10, abs=1)


def test_streets_for_residents_are_not_driven_through(tmp_path: Path) -> None:
    network = block(tmp_path, ways={NORTH_WEST: ((5, 4), {**STREET, "access": "destination"})})
    assert driven(network, spot(0, 250), spot(350, 300)) == [WEST, SOUTH, EAST, NORTH_EAST]
    assert driven(network, spot(0, 250), spot(200, 300)) == [WEST, NORTH_WEST], "but to a place there"


def test_one_place_and_places_side_by_side_are_walked(tmp_path: Path) -> None:
    """150 m are 135 s on foot and 22.5 s driven, 180 m are 162 s and 27 s; one gets in and out in 126 s."""
    network = block(tmp_path)
    same = leg(network, spot(100, 0), spot(100, 0))
    assert (same.drive, same.walk_from, same.duration_s) == (None, None, 0.0)
    near, farther = (leg(network, spot(100, 0), spot(100 + east, 0)) for east in (150, 180))
    assert (near.drive, near.walk_from) == (None, None)
    assert near.duration_s == pytest.approx(150 / PACE_MPS, abs=0.1)
    assert farther.drive is not None
    assert farther.duration_s == pytest.approx(180 / (24 / 3.6) + 126, abs=0.1)
    table = driver(network).table([spot(100, 0), spot(250, 0), spot(280, 0)])
    assert table.durations_s[0] == pytest.approx([0.0, near.duration_s, farther.duration_s], abs=0.1)


def test_where_no_coach_is_of_use_a_near_place_is_walked_to(tmp_path: Path) -> None:
    path = {40: (3000.0, 0.0), 41: (3300.0, 0.0), 42: (3900.0, 0.0)}
    network = block(tmp_path, path, {40: ((40, 41, 42), FOOTWAY)})
    ride = leg(network, spot(3000, 0), spot(3300, 0))
    assert ride.drive is None
    assert ride.walk_to.length_m == pytest.approx(300, abs=1)
    assert driver(network).leg(spot(3000, 0), spot(3900, 0)) is None


def reason(ask: Driver, a: LonLat, b: LonLat) -> NotReachable | None:
    refusal = ask.why_not(a, b)
    return refusal.why.reason if refusal else None


def test_a_one_way_street_that_only_leads_out_is_told(tmp_path: Path) -> None:
    """A quarter that one can only leave, and that is too far on foot."""
    nodes = {7: (-3000.0, 0.0), 8: (-3600.0, 0.0), 9: (-3600.0, 500.0), 10: (-3000.0, 500.0)}
    away = {**STREET, "oneway": "yes", "foot": "no"}
    ways: Ways = {30: ((7, 8, 9, 10, 7), STREET), 31: ((7, 1), away)}
    ask = driver(block(tmp_path, nodes, ways))
    refusal = ask.why_not(spot(300, 0), spot(-3600, 250))
    assert refusal is not None
    assert refusal.why.reason is NotReachable.ONE_WAY
    assert refusal.why.at is not None
    assert refusal.why.away_m == pytest.approx(3850, abs=260)
    assert refusal.offer is not None
    assert refusal.offer.walk_m is None


def test_why_there_is_no_leg(tmp_path: Path) -> None:
    far = {
        40: (3000.0, 0.0), 41: (3300.0, 0.0), 50: (0.0, 2000.0), 51: (0.0, 2600.0),
        52: (300.0, 2600.0), 53: (300.0, 2000.0), 54: (0.0, 1500.0),
    }  # fmt: skip
    low = {**STREET, "maxheight": "3.5"}
    ring: Ways = {
        40: ((40, 41), FOOTWAY), 50: ((50, 51, 52, 53, 50), STREET), 51: ((50, 54, 4), low),
        52: ((60, 61), STREET),
    }  # fmt: skip
    network = block(tmp_path, {**far, 60: (-5000.0, 0.0), 61: (-5600.0, 0.0)}, ring)
    start = spot(300, 0)
    ask = driver(network)
    assert ask.why_not(start, spot(500, 300)) is None
    assert reason(ask, start, spot(3100, 0)) is NotReachable.NO_KERB_NEAR
    assert reason(ask, start, spot(-5300, 0)) is NotReachable.NO_WAY
    for is_start, asked in enumerate(((start, spot(0, 2500)), (spot(0, 2500), start))):
        refusal = ask.why_not(*asked)
        assert refusal is not None
        assert refusal.is_start is bool(is_start)
        assert refusal.why.reason is NotReachable.LIMITS
        assert refusal.why.limit == ("height_m", 3.5)
        assert refusal.why.away_m == pytest.approx(2200, abs=20)  # the low street, and 500 m beyond
        assert refusal.offer is not None
        assert distance_m(refusal.offer.kerb, spot(0, 300)) < 20
        assert refusal.offer.walk_m == pytest.approx(2200, abs=20)
    assert driver(network, LOW).why_not(start, spot(0, 2500)) is None
    assert ask.leg(start, spot(0, 2500)) is None


def test_a_quarter_of_dead_ends_is_driven_to_with_a_turn_that_is_told(tmp_path: Path) -> None:
    """Deep inside it nothing is within a short walk of a street that leads on."""
    nodes = {7: (1500.0, 0.0), 8: (1500.0, 600.0), 9: (1500.0, -600.0)}
    ways: Ways = {30: ((2, 7), STREET), 31: ((7, 8), STREET), 32: ((7, 9), STREET)}
    network = block(tmp_path, nodes, ways)
    there, back = leg(network, spot(0, 250), spot(1500, 400)), leg(network, spot(1500, 400), spot(0, 250))
    for ride in (there, back):
        assert ride.drive is not None
        assert ride.drive.length_m == pytest.approx(2150, abs=600)
    assert [len(ride.drive.turns) for ride in (there, back) if ride.drive] == [1, 0]
    table = driver(network).table([spot(0, 250), spot(1500, 400)])
    assert table.durations_s[0][1] == pytest.approx(there.duration_s, abs=1e-6)


def test_a_second_town_in_the_file_works_inside_itself(tmp_path: Path) -> None:
    nodes = {60: (9000.0, 0.0), 61: (9600.0, 0.0), 62: (9600.0, 500.0), 63: (9000.0, 500.0)}
    network = block(tmp_path, nodes, {60: ((60, 61, 62, 63, 60), STREET)})
    ride = leg(network, spot(9300, 5), spot(9300, 495))
    assert ride.drive is not None
    assert not ride.drive.turns
    assert reason(driver(network), spot(0, 250), spot(9300, 5)) is NotReachable.NO_WAY


def test_where_no_street_is_near_the_nearest_kerb_is_offered_with_its_walk(tmp_path: Path) -> None:
    network = block(tmp_path, {7: (0.0, -900.0)}, {30: ((1, 7), FOOTWAY)})
    ride = leg(network, spot(500, 300), spot(0, -850))
    assert ride.drive is not None
    assert ride.walk_from is not None
    assert 800 < ride.walk_from.length_m < 1000


def test_on_an_open_road_without_a_kerb_the_coach_stops_on_the_road(tmp_path: Path) -> None:
    """Where it may drive at 90 there is no kerb, and the next one is far."""
    nodes = {7: (3000.0, 0.0), 8: (3000.0, 2000.0)}
    road = {"highway": "tertiary", "maxspeed": "90"}
    network = block(tmp_path, nodes, {30: ((2, 7), road), 31: ((7, 8, 3), road)})
    ride = leg(network, spot(0, 250), spot(2000, 5))
    assert ride.drive is not None
    assert ride.drive.is_unmarked
    assert distance_m(ends(ride)[1], spot(2000, 0)) < 10
    assert not leg(network, spot(0, 250), spot(500, 300)).drive.is_unmarked  # type: ignore[union-attr]


def street_corners(network: Network, count: int, seed: int) -> list[LonLat]:
    """Positions a few metres beside crossings that a coach can come to."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    edges = drive_graph(network, COACH).kerb.nonzero()[0].tolist()
    places = (network.nodes[network.u[edge // 2]] / 1e7 for edge in dice.sample(edges, count))
    return [
        (round(float(lon) + dice.uniform(-2e-4, 2e-4), 7), round(float(lat) + dice.uniform(-2e-4, 2e-4), 7))
        for lon, lat in places
    ]


@pytest.mark.dear
@pytest.mark.parametrize("town", ["krems", pytest.param("monaco", marks=pytest.mark.slow)])
def test_table_legs_and_drawn_lines_tell_the_same(
    town: str, pairs: int, request: pytest.FixtureRequest
) -> None:
    network = request.getfixturevalue(town).network
    ask = driver(network)
    points = [*street_corners(network, max(9, round(pairs**0.5) - 1), seed=21), spot(0, 0)]
    points.append(points[0])
    kerbs: list[LonLat | None] = [None] * len(points)
    kerbs[1] = points[2]
    table = ask.table(points, kerbs)
    drives = 0
    for a, start in enumerate(points):
        for b, stop in enumerate(points):
            ride = ask.leg(start, stop, kerbs[a], kerbs[b])
            told = (table.distances_m[a][b], table.durations_s[a][b])
            if ride is None:
                assert told == (None, None)
                continue
            parts = [part for part in (ride.walk_to, ride.drive, ride.walk_from) if part is not None]
            assert told[0] == pytest.approx(sum(line_m(part.geometry) for part in parts), abs=0.5)
            assert told[1] == pytest.approx(ride.duration_s, abs=0.1)
            if ride.drive is not None and ride.walk_from is not None:
                drives += 1
                check_drive(ride.drive)
                assert (ride.walk_to.geometry[-1], ride.walk_from.geometry[0]) == ride.drive.kerbs
    assert drives > len(points) ** 2 / 3
    assert table.durations_s[0][-1] == 0.0
    assert table.durations_s[0][-2] is None, "Skawina is in no other town"


def check_drive(drive: Drive) -> None:
    assert line_m(drive.geometry) == pytest.approx(drive.length_m, abs=0.5)
    assert (drive.geometry[0], drive.geometry[-1]) == drive.kerbs
    assert all(one != other for one, other in pairwise(drive.geometry))
    assert drive.duration_s >= drive.length_m / (90 / 3.6)
    assert drive.instructions


def test_unconfirmed_streets_are_counted_and_drawn(tmp_path: Path) -> None:
    network = block(tmp_path, ways={EAST: ((2, 3), {**STREET, "source": "estimate"})})
    drive = leg(network, spot(450, 0), spot(450, 300)).drive
    assert drive is not None
    assert drive.estimated_m == pytest.approx(300, abs=0.5)
    assert [line_m(drive.geometry[first : last + 1]) for first, last in drive.estimated] == [
        pytest.approx(300, abs=0.5)
    ]


def test_kerbs_are_left_and_reached_in_real_towns(krems: Town) -> None:
    graph = drive_graph(krems.network, COACH)
    assert (graph.part[graph.kerb & graph.easy] >= 0).all()
    assert graph.kerb.sum() > 400
    assert (graph.drop_off | ~(graph.kerb & (graph.part == 0))).all()


@pytest.mark.parametrize(
    "measures", [{"height_m": 0.0}, {"weight_t": math.nan}, {"length_m": 1e9}, {"width_m": -1.0}]
)
def test_a_coach_of_no_size_is_refused(measures: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must lie between"):
        CoachProfile(**measures)


def test_the_same_leg_five_times(krems: Town) -> None:
    points = street_corners(krems.network, 4, seed=23)
    answers = [[driver(krems.network).leg(a, b) for a, b in pairwise(points)] for _ in range(5)]
    assert sum(ride is not None and ride.drive is not None for ride in answers[0]) > 1
    assert all(answer == answers[0] for answer in answers)
