"""One line for each tag rule: where a coach may drive, in which direction, how, and where it may stop."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.streets.build.coach.access import may_drive
from planner.streets.build.coach.barriers import matters_to_coach, passage
from planner.streets.build.coach.limits import coach_limits, metres, tonnes
from planner.streets.build.coach.speeds import speed_kmh, stops_s
from planner.streets.build.coach.stops import is_kerb
from planner.streets.files import CoachCare
from planner.streets.sides import drives_left
from tests.kit.streets.coach_town import coach_town

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.streets.small import Ways

RES, SERVICE, PRIMARY = "highway=residential", "highway=service", "highway=primary"
NOT_FOR_CARS = "motor_vehicle=no"

# Directions open (> < or both, - none); l only to a place there, a rather not; k and K a kerb ahead and back.
RULES = [
    (RES, "><kK"), (PRIMARY, "><kK"), ("highway=secondary", "><kK"), ("highway=tertiary", "><kK"),
    ("highway=unclassified", "><kK"), ("highway=road", "><kK"), ("highway=living_street", "><"),
    ("highway=trunk", "><"), ("highway=trunk_link", "><"), ("highway=primary_link", "><"),
    ("highway=motorway", ">"), ("highway=motorway oneway=no", "><"), ("highway=motorway_link", ">"),
    (SERVICE, "><"), (f"{SERVICE} service=driveway", "><l"), (f"{SERVICE} service=parking_aisle", "><l"),
    (f"{SERVICE} service=alley", "><l"), (f"{SERVICE} service=emergency_access", "-"),
    (f"{SERVICE} service=drive-through", "-"), (f"{SERVICE} service=emergency_access coach=yes", "><kK"),
    (f"{SERVICE} bus=yes", "><kK"), (f"{SERVICE} tourist_bus=designated", "><kK"),
    (f"{SERVICE} area=yes", "-"),
    ("highway=track", "-"), ("highway=track motor_vehicle=yes", "-"), ("highway=track coach=yes", "><l"),
    ("highway=pedestrian", "-"), ("highway=pedestrian tourist_bus=yes", "><l"),
    ("highway=pedestrian motor_vehicle=destination", "-"), ("highway=footway", "-"), ("highway=path", "-"),
    ("highway=cycleway", "-"), ("highway=steps", "-"), ("highway=construction", "-"),
    ("highway=footway coach=yes", "-"), (f"{RES} motorroad=yes", "><"),
    (f"{RES} oneway=yes", ">k"), (f"{RES} oneway=1", ">k"), (f"{RES} oneway=true", ">k"),
    (f"{RES} oneway=-1", "<K"), (f"{RES} oneway=reverse", "<K"), (f"{RES} oneway=no", "><kK"),
    (f"{RES} oneway=reversible", "-"), (f"{RES} oneway=alternating", "><kK"),
    (f"{RES} junction=roundabout", ">"), (f"{RES} junction=circular", ">"),
    (f"{RES} junction=roundabout oneway=-1", "<"), (f"{RES} oneway=yes oneway:bicycle=no", ">k"),
    (f"{RES} oneway=yes oneway:bus=no", "><kK"), (f"{RES} oneway=yes oneway:psv=no", "><kK"),
    (f"{RES} oneway=yes oneway:coach=no", "><kK"), (f"{RES} oneway=yes busway:left=opposite_lane", ">k"),
    (f"{RES} oneway:bus=yes", ">k"), (f"{RES} oneway=no oneway:motor_vehicle=yes", ">k"),
    (f"{RES} access=no", "-"), (f"{RES} access=private", "-"), (f"{RES} access=permit", "-"),
    (f"{RES} access=delivery", "-"), (f"{RES} access=residents", "-"), (f"{RES} access=agricultural", "-"),
    (f"{RES} access=agricultural;forestry", "-"), (f"{RES} access=yes", "><kK"),
    (f"{RES} access=permissive", "><kK"), (f"{RES} access=destination", "><lkK"),
    (f"{RES} access=customers", "><lkK"), (f"{RES} motor_vehicle=destination", "><lkK"),
    (f"{RES} vehicle=no", "-"), (f"{RES} {NOT_FOR_CARS}", "-"), (f"{RES} {NOT_FOR_CARS} bus=yes", "-"),
    (f"{RES} {NOT_FOR_CARS} psv=designated", "-"), (f"{RES} {NOT_FOR_CARS} coach=yes", "><kK"),
    (f"{RES} {NOT_FOR_CARS} tourist_bus=yes", "><kK"),
    (f"{RES} {NOT_FOR_CARS} tourist_bus=destination", "><lkK"),
    (f"{RES} access=no motor_vehicle=yes", "><kK"), (f"{RES} access=no vehicle=destination", "><lkK"),
    (f"{RES} vehicle=yes motor_vehicle=private", "-"), (f"{RES} motor_vehicle=yes coach=no", "-"),
    (f"{RES} tourist_bus=no coach=yes", "><kK"), (f"{RES} bus=no", "-"), (f"{RES} psv=no", "-"),
    (f"{RES} bus=no coach=yes", "><kK"), (f"{RES} bus=yes", "><kK"), (f"{RES} motorcar=no", "><kK"),
    (f"{RES} motorcar=private hgv=private", "-"), (f"{RES} hgv=no", "><akK"),
    (f"{RES} hgv=delivery", "><akK"),
    (f"{RES} hgv=destination", "><akK"), (f"{RES} access:backward=no", ">k"),
    (f"{RES} motor_vehicle:forward=no", "<K"), (f"{RES} access=no motor_vehicle:forward=yes", ">k"),
    (f"{RES} hgv:forward=no", "><akK"), (f"{RES} access:conditional=no", "><kK"),
    (f"{RES} access=unknown", "><kK"), (f"{RES} smoothness=horrible", "-"), (f"{RES} ford=yes", "-"),
    (f"{RES} tunnel=yes", "><"), (f"{RES} bridge=viaduct", "><"), (f"{RES} bridge=no", "><kK"),
    (f"{RES} covered=yes", "><"), (f"{RES} living_street=yes", "><"), (f"{RES} foot=no", "><"),
    (f"{RES} foot=no sidewalk=right", "><kK"), (f"{RES} parking:right=no_stopping", "><K"),
    (f"{RES} parking:left:restriction=no_stopping", "><k"), (f"{RES} parking:both=no_stopping", "><"),
    (f"{RES} parking:condition:both=no_stopping", "><"), (f"{RES} parking:lane:right=no_stopping", "><K"),
    (f"{RES} parking:both=no", "><kK"), (f"{PRIMARY} maxspeed=90", "><"), (f"{PRIMARY} maxspeed=70", "><kK"),
    (f"{PRIMARY} maxspeed=50_mph", "><"), (f"{PRIMARY} maxspeed=PL:rural", "><"),
]  # fmt: skip


def tags_of(text: str) -> dict[str, str]:
    return {
        key: value.replace("_mph", " mph") for key, value in (part.split("=", 1) for part in text.split())
    }


@pytest.fixture(name="told", scope="module")
def every_rule(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The rules as a network of one lone street for each tells them."""
    nodes = {2 * n + side: (100.0 * side, 50.0 * n) for n in range(len(RULES)) for side in (0, 1)}
    ways = {n: ((2 * n, 2 * n + 1), tags_of(text)) for n, (text, _) in enumerate(RULES)}
    nodes = {number + 1: at for number, at in nodes.items()}
    ways = {n + 1: ((a + 1, b + 1), tags) for n, ((a, b), tags) in ways.items()}
    network = coach_town(tmp_path_factory.mktemp("rules"), nodes, ways).network
    told = ["-"] * len(RULES)
    for edge, way in enumerate(network.way.tolist()):
        both = slice(2 * edge, 2 * edge + 2)
        is_open, kerb, care = (
            array[both].tolist()
            for array in (np.isfinite(network.coach_s), network.coach_kerb, network.coach_care)
        )
        signs = "".join(sign for sign, is_so in zip("><", is_open, strict=True) if is_so)
        signs += "l" * (CoachCare.LOCAL in care) + "a" * (CoachCare.AVOID in care)
        told[way - 1] = signs + "".join(k for k, is_so in zip("kK", kerb, strict=True) if is_so) or "-"
        assert (network.comp_coach[both] >= 0).tolist() == is_open
    return told


def test_every_tag_rule(told: list[str]) -> None:
    wrong = [(text, want, is_) for (text, want), is_ in zip(RULES, told, strict=True) if want != is_]
    assert not wrong
    assert len(RULES) > 100


def test_a_way_is_kept_where_some_coach_may_drive() -> None:
    for text, want in RULES:
        assert may_drive(tags_of(text)) is (want != "-"), text


METRES = {
    "3.8": 3.8, "3.8 m": 3.8, "3.8m": 3.8, "3,8": 3.8, "4": 4.0, "380 cm": 3.8, "12'6\"": 3.81, "12'": 3.6576,
    "11 ft": 3.3528, "12 ft 6 in": 3.81, "6'7\"": 2.0066, '150"': 3.81, "default": inf, "none": inf,
    "no_indications": inf, "below_default": inf, "unsigned": inf, "": inf, "0": inf, "3.8 x": inf, "abc": inf,
    "-3": inf,
}  # fmt: skip
TONNES = {
    "7.5": 7.5, "7.5 t": 7.5, "7.5t": 7.5, "3,5": 3.5, "7500 kg": 7.5, "7500kg": 7.5, "16535 lbs": 7.50015,
    "10 st": 9.0718474, "none": inf, "default": inf, "": inf, "unsigned": inf, "5 cars": inf,
}  # fmt: skip


@pytest.mark.parametrize(("value", "size"), METRES.items())
def test_metres(value: str, size: float) -> None:
    assert metres(value) == pytest.approx(size, abs=1e-4)


@pytest.mark.parametrize(("value", "weight"), TONNES.items())
def test_tonnes(value: str, weight: float) -> None:
    assert tonnes(value) == pytest.approx(weight, abs=1e-4)


LIMITS = [
    ("maxheight=3.5", (3.5, inf, inf, inf)), ("maxheight=default", (inf,) * 4),
    ("maxheight=4 maxheight:physical=3.6", (3.6, inf, inf, inf)),
    ("maxheight:forward=3.4", (3.4, inf, inf, inf)),
    ("maxweight=7.5", (inf, 7.5, inf, inf)), ("maxweight=20 maxweight:bus=16", (inf, 16, inf, inf)),
    ("maxweight:hgv=7.5", (inf,) * 4), ("maxlength=10", (inf, inf, 10, inf)),
    ("maxwidth=2.2", (inf, inf, inf, 2.2)), ("width=2", (inf, inf, inf, 2.0)),
    ("width=7 maxwidth=2.3", (inf, inf, inf, 2.3)), ("maxheight:conditional=3", (inf,) * 4),
]  # fmt: skip


@pytest.mark.parametrize(("text", "limits"), LIMITS)
def test_limits_of_a_way(text: str, limits: tuple[float, ...]) -> None:
    assert coach_limits({"highway": "residential", **tags_of(text)}) == limits


BARRIERS = [
    ("barrier=bollard", "closed"), ("barrier=block", "closed"), ("barrier=chain", "closed"),
    ("barrier=cycle_barrier", "closed"), ("barrier=jersey_barrier", "closed"), ("barrier=yes", "closed"),
    ("barrier=bollard access=yes", "closed"), ("barrier=bollard motor_vehicle=yes", "open"),
    ("barrier=bollard coach=yes", "open"), ("barrier=bollard bus=yes", "closed"), ("barrier=gate", "open"),
    ("barrier=gate locked=yes", "closed"), ("barrier=gate access=private", "closed"),
    ("barrier=gate access=no", "closed"), ("barrier=gate access=destination", "local"),
    ("barrier=gate access=private coach=yes", "open"), ("barrier=lift_gate", "open"),
    ("barrier=lift_gate access=private", "closed"), ("barrier=lift_gate access=customers", "local"),
    ("barrier=swing_gate", "open"), ("barrier=toll_booth", "open"), ("barrier=entrance", "open"),
    ("barrier=cattle_grid", "open"), ("barrier=kerb", "open"), ("barrier=kerb kerb=raised", "closed"),
    ("highway=crossing", "open"), ("barrier=sump_buster", "open"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), BARRIERS)
def test_barriers(text: str, want: str) -> None:
    found = passage(tags_of(text))
    assert (found.is_open, found.is_local) == {
        "open": (True, False),
        "local": (True, True),
        "closed": (False, False),
    }[want]
    assert matters_to_coach(tags_of(text)) is (want != "open")


def test_a_height_restrictor_keeps_out_what_is_higher() -> None:
    low = {"barrier": "height_restrictor"}
    assert passage(low).limits[0] == 2.2
    assert passage({**low, "maxheight": "3.5 m"}).limits == (3.5, inf, inf, inf)
    assert matters_to_coach(low)
    assert passage(low).is_open


SPEEDS = [
    ("highway=primary", 52), ("highway=residential", 24), ("highway=living_street", 8),
    ("highway=footway", 0),
    ("highway=residential maxspeed=50", 40), ("highway=residential maxspeed=30", 24),
    ("highway=primary maxspeed=30_mph", 38.6), ("highway=primary maxspeed=PL:urban", 40),
    ("highway=primary maxspeed:type=PL:rural", 72), ("highway=residential maxspeed=DE:zone:30", 24),
    ("highway=residential zone:maxspeed=DE:30", 24), ("highway=residential source:maxspeed=FR:zone30", 24),
    ("highway=residential maxspeed=walk", 5.6), ("highway=motorway maxspeed=130", 90),
    ("highway=motorway maxspeed=none", 90), ("highway=residential maxspeed=0", 24),
    ("highway=residential maxspeed=abc", 24), ("highway=residential maxspeed=5", 4),
    ("highway=residential maxspeed=50 maxspeed:coach=20", 16), ("highway=residential maxspeed:hgv=10", 24),
    ("highway=residential maxspeed=50 maxspeed:backward=20", 40), ("highway=residential maxspeed=50;30", 24),
    ("highway=primary surface=sett", 36), ("highway=residential surface=dirt", 15),
    ("highway=residential surface=asphalt", 24),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kmh"), SPEEDS)
def test_speeds(text: str, kmh: float) -> None:
    assert speed_kmh(tags_of(text), "forward") == pytest.approx(kmh, abs=0.05)


@pytest.mark.parametrize(
    ("text", "country", "kmh"),
    [
        ("highway=tertiary", "PL", 52), ("highway=tertiary", "", 36), ("highway=primary", "PL", 68),
        ("highway=trunk", "PL", 72), ("highway=trunk", "DE", 80), ("highway=primary", "SE", 56),
        ("highway=tertiary maxspeed=50", "PL", 40), ("highway=tertiary surface=gravel", "PL", 28),
        ("highway=motorway", "PL", 80),
    ],
)  # fmt: skip
def test_roads_over_open_land_are_quicker(text: str, country: str, kmh: float) -> None:
    assert speed_kmh(tags_of(text), "forward", country) == pytest.approx(kmh, abs=0.05)


def test_a_road_is_in_a_town_where_streets_meet(tmp_path: Path) -> None:
    """A grid of streets, and a road that leads away from it."""
    nodes = {10 * x + y: (100.0 * x, 100.0 * y) for x in range(1, 6) for y in range(5)} | {
        99: (3000.0, 200.0)
    }
    grid = {"highway": "tertiary"}
    ways: Ways = {
        **{x: (range(10 * x, 10 * x + 5), grid) for x in range(1, 6)},
        **{y + 11: (range(10 + y, 60 + y, 10), grid) for y in range(5)},
        30: ((52, 99), grid),
    }
    network = coach_town(tmp_path, nodes, ways).network
    speed = network.length * 3.6 / network.coach_s[::2]
    assert speed[network.way == 30][0] == pytest.approx(52, abs=0.5)
    assert speed[network.way == 3][0] == pytest.approx(36, abs=0.5)


@pytest.mark.parametrize(
    ("country", "side"), [("PL", "right"), ("GB", "left"), ("KE", "left"), ("FR", "right")]
)
def test_the_doors_are_on_the_side_of_the_kerb(country: str, side: str) -> None:
    left = drives_left(country)
    for direction, own in (("forward", side), ("backward", {"left": "right", "right": "left"}[side])):
        tags = {"highway": "residential", f"parking:{own}:restriction": "no_stopping"}
        assert not is_kerb(tags, [], 100.0, direction, drives_left=left)
        other = {"highway": "residential", f"parking:{'left' if own == 'right' else 'right'}": "no_stopping"}
        assert is_kerb(other, [], 100.0, direction, drives_left=left)


def test_a_limit_for_one_direction() -> None:
    tags = tags_of("highway=residential maxspeed=50 maxspeed:backward=20")
    assert speed_kmh(tags, "backward") == 16


def test_signals_and_gates_on_the_way_take_their_time() -> None:
    signal, facing = {"highway": "traffic_signals"}, {"traffic_signals:direction": "backward"}
    assert stops_s([signal, {"highway": "crossing"}, signal], "forward") == 8
    assert stops_s([{**signal, **facing}], "forward") == 0
    assert stops_s([{**signal, **facing}], "backward") == 4
    assert stops_s([{"highway": "stop", "direction": "forward"}], "forward") == 3
    assert stops_s([{"highway": "stop", "direction": "forward"}], "backward") == 0
    assert stops_s([{"railway": "level_crossing"}, {"barrier": "lift_gate"}], "forward") == 13


def test_the_clock_on_a_street(tmp_path: Path) -> None:
    """200 m at 24 km/h are 30 s; the signal counts for who comes to it, the gate in the middle for both."""
    nodes = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (200.0, 0.0)}
    tags = {2: {"barrier": "gate"}, 3: {"highway": "traffic_signals"}}
    network = coach_town(tmp_path, nodes, {1: ((1, 2, 3), {"highway": "residential"})}, tags).network
    seconds = network.coach_s[np.isfinite(network.coach_s)].reshape(-1, 2).sum(axis=0)
    assert seconds.tolist() == pytest.approx([44, 40], abs=0.1)


def test_a_bus_stop_makes_a_kerb_where_the_street_alone_is_none() -> None:
    stop = {"highway": "bus_stop"}
    position = {"public_transport": "stop_position", "bus": "yes"}
    for node in (stop, position):
        assert is_kerb({"highway": "service"}, [node], 10.0, "forward")
        assert is_kerb({"highway": "trunk"}, [node], 100.0, "forward")
        assert not is_kerb({"highway": "motorway"}, [node], 100.0, "forward")
        assert not is_kerb({"highway": "primary", "tunnel": "yes"}, [node], 100.0, "forward")
    assert not is_kerb({"highway": "service"}, [{"public_transport": "platform"}], 100.0, "forward")
    assert not is_kerb({"highway": "residential"}, [], 14.0, "forward")
    assert is_kerb({"highway": "residential"}, [], 15.0, "forward")
