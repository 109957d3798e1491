"""Drives told: exits of roundabouts counted as on their signs, road numbers, slip roads."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

import pytest

from planner.streets.files import EdgeFlag
from tests.kit.streets.coach_town import coach_town
from tests.kit.streets.follow import brief, driven, flagged
from tests.kit.streets.small import Nodes, Tags, Ways, small_town

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.query.network import Network

ROAD = {"highway": "secondary"}


def at(compass: float, metres: float) -> tuple[float, float]:
    return (metres * sin(radians(compass)), metres * cos(radians(compass)))


# Four roads by compass: 10 and 11 south, 20 and 21 east, 30 and 31 north, 40 and 41 west;
# 25 is where the drive to a yard leaves, between east and north.
ROUND: Nodes = {
    10: at(180, 20), 20: at(90, 20), 25: at(45, 20), 30: at(0, 20), 40: at(270, 20),
    11: at(180, 200), 21: at(90, 200), 26: at(45, 90), 31: at(0, 200), 41: at(270, 200),
}  # fmt: skip
ROUND_WAYS: Ways = {
    1: ((10, 20, 25, 30, 40, 10), {**ROAD, "junction": "roundabout", "oneway": "yes"}),
    2: ((11, 10), {**ROAD, "name": "South"}),
    3: ((20, 21), {**ROAD, "name": "East"}),
    4: ((30, 31), {**ROAD, "name": "South", "ref": "953"}),
    5: ((40, 41), ROAD),
    6: ((25, 26), {"highway": "service"}),
}


@pytest.fixture(name="roundabout")
def a_roundabout_of_four_roads(tmp_path: Path) -> Network:
    return flagged(small_town(tmp_path, ROUND, ROUND_WAYS).network, {1: EdgeFlag.ROUNDABOUT})


@pytest.mark.parametrize(
    ("nodes", "exit_number", "line"),
    [
        ((11, 10, 20, 21), 1, ("right", "East", 210)),
        ((11, 10, 20, 25, 30, 31), 2, ("continue", "South", 240)),
        ((11, 10, 20, 25, 30, 40, 41), 3, ("left", "street", 270)),
        ((11, 10, 20, 25, 26), 2, ("slight_right", "service", 110)),
    ],
)
def test_a_roundabout_is_told_by_its_exit(
    roundabout: Network, nodes: tuple[int, ...], exit_number: int, line: tuple[str, str, int]
) -> None:
    """The way to a yard is not counted, but it can be taken."""
    told = driven(roundabout, [ROUND[node] for node in nodes])
    assert brief(told) == [("depart", "South", 180), line, ("arrive", "street", 0)]
    assert [one.exit_number for one in told] == [0, exit_number, 0]
    assert told[1].ref == ("953" if 31 in nodes else "")


def test_a_drive_that_begins_on_a_roundabout_counts_no_exits(roundabout: Network) -> None:
    told = driven(roundabout, [ROUND[node] for node in (20, 25, 30, 31)])
    assert [(one.maneuver.value, one.street, one.exit_number) for one in told] == [
        ("depart", "South", 0),
        ("arrive", "", 0),
    ]
    assert told[0].distance_m == pytest.approx(180 + 2 * 20 * 2 * sin(radians(22.5)), abs=1)


def test_a_drive_may_end_on_a_roundabout(roundabout: Network) -> None:
    told = driven(roundabout, [ROUND[node] for node in (11, 10, 20)], goal=(40.0, 0.0))
    assert brief(told) == [
        ("depart", "South", 180),
        ("slight_right", "roundabout", 30),
        ("arrive", "street", 0),
    ]
    assert told[-1].side == "right"


def test_two_roundabouts_are_two_lines(tmp_path: Path) -> None:
    """Between them are 15 m without a name, which alone would be no line."""
    nodes = {
        1: (0, -150), 2: (0, 0), 3: (20, 20), 4: (0, 40), 5: (0, 55), 6: (20, 75), 7: (0, 95), 8: (0, 240),
        9: (90, 20), 10: (90, 75),
    }  # fmt: skip
    ring = {**ROAD, "junction": "roundabout"}
    ways: Ways = {
        1: ((1, 2), {**ROAD, "name": "South"}),
        2: ((2, 3, 4, 2), ring),
        3: ((4, 5), ROAD),
        4: ((5, 6, 7, 5), ring),
        5: ((7, 8), {**ROAD, "name": "North"}),
        6: ((3, 9), ROAD),
        7: ((6, 10), ROAD),
    }
    network = flagged(
        small_town(tmp_path, nodes, ways).network, {2: EdgeFlag.ROUNDABOUT, 4: EdgeFlag.ROUNDABOUT}
    )
    told = driven(network, [nodes[number] for number in (1, 2, 3, 4, 5, 6, 7, 8)])
    assert [(one.street, one.exit_number) for one in told] == [("South", 0), ("", 2), ("North", 2), ("", 0)]


def test_a_motorway_is_told_by_its_number_and_reached_by_a_slip_road(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (200, 0), 3: (400, 60), 4: (900, 60), 5: (300, 0), 6: (100, 60)}
    ways: Ways = {
        1: ((1, 2), {**ROAD, "name": "Krakowska", "ref": "44"}),
        2: ((2, 3), {"highway": "motorway_link"}),
        3: ((6, 3, 4), {"highway": "motorway", "ref": "A4"}),
        4: ((2, 5), {**ROAD, "name": "Krakowska", "ref": "44"}),
    }
    told = driven(small_town(tmp_path, nodes, ways).network, [nodes[number] for number in (1, 2, 3, 4)])
    assert brief(told) == [
        ("depart", "Krakowska", 200),
        ("continue", "slip road", 210),
        ("continue", "A4", 500),
        ("arrive", "street", 0),
    ]
    assert [one.ref for one in told] == ["44", "", "", ""]


@pytest.mark.parametrize(
    ("way", "junction", "told"),
    [
        (
            {"destination": "Kraków;Skawina;Balice"},
            {"ref": "12", "exit_to": "Tyniec"},
            ("12", "Kraków, Skawina"),
        ),
        ({}, {"ref": "12", "exit_to": "Tyniec"}, ("12", "Tyniec")),
        ({"destination:forward": "Zator"}, {}, ("", "Zator")),
        ({}, {}, ("", "")),
    ],
)
def test_an_exit_is_told_with_what_its_signs_say(
    way: Tags, junction: Tags, told: tuple[str, str], tmp_path: Path
) -> None:
    nodes = {1: (0.0, 0.0), 2: (400.0, 0.0), 3: (600.0, -60.0), 4: (900.0, 0.0), 5: (600.0, -90.0)}
    ways: Ways = {
        1: ((1, 2, 4), {"highway": "motorway", "ref": "A4"}),
        2: ((2, 3), {"highway": "motorway_link", **way}),
        3: ((3, 5), ROAD),
    }
    signs = {2: {"highway": "motorway_junction", **junction}} if junction else {}
    lines = driven(coach_town(tmp_path, nodes, ways, signs).network, [nodes[number] for number in (1, 2, 3)])
    assert [(line.exit_ref, line.towards) for line in lines] == [("", ""), told, ("", "")]


def test_a_drive_of_no_length_is_there(roundabout: Network) -> None:
    assert brief(driven(roundabout, [ROUND[10]])) == [("arrive", "street", 0)]
