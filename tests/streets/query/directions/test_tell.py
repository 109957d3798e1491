"""Walks told in towns small enough to draw: what a stranger needs to hear, and nothing else."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

import pytest

from planner.domain.itinerary import Maneuver
from planner.streets.files import EdgeFlag
from planner.streets.query.directions.tell import instructions
from tests.kit.streets.follow import brief, flagged, followed, walked
from tests.kit.streets.small import FOOTWAY, Nodes, Ways, small_town, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.query.network import Network

ARRIVE = ("arrive", "street", 0)


def street(name: str, highway: str = "residential") -> dict[str, str]:
    return {"highway": highway, "name": name}


def town(tmp_path: Path, nodes: Nodes, ways: Ways, more: str = "") -> Network:
    return small_town(tmp_path, nodes, ways, more).network


def test_a_street_with_bends_and_side_streets_is_one_line(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (190, 40), 4: (280, 20), 5: (100, 80), 6: (190, -60)}
    ways: Ways = {
        1: ((1, 2, 3, 4), street("Long")),
        2: ((2, 5), street("Side")),
        3: ((3, 6), FOOTWAY),
    }
    told = walked(town(tmp_path, nodes, ways), [nodes[1], nodes[2], nodes[3], nodes[4]])
    assert brief(told) == [("depart", "Long", 290), ARRIVE]
    assert told[0].bearing_deg == pytest.approx(90, abs=0.5)
    assert told[0].steps == told[0].crosses == told[0].landmark == told[1].side == ""


@pytest.mark.dear
@pytest.mark.parametrize(
    ("angle", "maneuver"),
    [
        (0, "continue"),
        (26, "continue"),
        (-34, "slight_left"),
        (45, "slight_right"),
        (-90, "left"),
        (90, "right"),
        (-140, "sharp_left"),
        (140, "sharp_right"),
        (172, "turn_back"),
    ],
)
@pytest.mark.parametrize("kerb_m", [0, 3])
def test_a_turn_is_told_by_the_angle_in_sight(
    tmp_path: Path, angle: float, maneuver: str, kerb_m: float
) -> None:
    """With `kerb_m`, the first metres of the new street still lead straight on, as ways are often drawn."""
    side = (sin(radians(angle)), cos(radians(angle)))
    nodes = {
        1: (0.0, -100.0),
        2: (0.0, 0.0),
        3: (0.0, kerb_m / 3),
        4: (side[0] * 100, side[1] * 100 + kerb_m / 3),
        5: (-70.0, -30.0),
    }
    shape = (2, 3, 4) if kerb_m else (2, 4)
    ways: Ways = {1: ((1, 2), street("A")), 2: (shape, street("B")), 3: ((2, 5), street("C"))}
    told = walked(town(tmp_path, nodes, ways), [nodes[1], nodes[2], nodes[4]])
    assert brief(told) == [("depart", "A", 100), (maneuver, "B", 100), ARRIVE]
    assert abs((told[1].bearing_deg or 0) - angle % 360) < 8


def test_a_wiggle_at_a_crossing_is_no_line(tmp_path: Path) -> None:
    nodes = {
        1: (0, 0), 2: (100, 0), 3: (100, 6), 4: (108, 6), 5: (108, 0), 6: (250, 0), 7: (100, -50),
        8: (104, 60), 9: (104, 6),
    }  # fmt: skip
    ways: Ways = {
        1: ((1, 2), street("Long")),
        2: ((2, 3), FOOTWAY),
        3: ((3, 9, 4), {**FOOTWAY, "footway": "crossing"}),
        4: ((4, 5), FOOTWAY),
        5: ((5, 6), street("Long")),
        6: ((2, 7), street("Side")),
        7: ((8, 9), street("Side")),
    }
    network = town(tmp_path, nodes, ways)
    told = walked(network, [nodes[number] for number in (1, 2, 3, 9, 4, 5, 6)])
    assert brief(told) == [("depart", "Long", 260), ARRIVE]
    assert sum(one.distance_m for one in told) == pytest.approx(262, abs=0.5)


def test_a_short_street_between_two_others_is_only_crossed(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 10), 4: (220, 10), 5: (100, 90), 6: (100, -90)}
    ways: Ways = {1: ((1, 2), street("A")), 2: ((6, 2, 3, 5), street("B")), 3: ((3, 4), street("C"))}
    told = walked(town(tmp_path, nodes, ways), [nodes[number] for number in (1, 2, 3, 4)])
    assert brief(told) == [("depart", "A", 110), ("continue", "C", 120), ARRIVE]


def test_the_street_of_the_destination_is_told_however_short(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 10), 4: (200, 0)}
    ways: Ways = {1: ((1, 2, 4), street("A")), 2: ((2, 3), street("B"))}
    told = walked(town(tmp_path, nodes, ways), [nodes[1], nodes[2], nodes[3]])
    assert brief(told) == [("depart", "A", 100), ("left", "B", 10), ARRIVE]


STAIRS: Nodes = {1: (0, 0), 2: (100, 0), 3: (140, 0), 4: (240, 0)}


@pytest.mark.parametrize(
    ("flag", "there", "back"),
    [(EdgeFlag.UP, "up", "down"), (EdgeFlag.DOWN, "down", "up"), (EdgeFlag(0), "some", "some")],
)
def test_steps_lead_up_one_way_and_down_the_other(
    tmp_path: Path, flag: EdgeFlag, there: str, back: str
) -> None:
    ways: Ways = {1: ((1, 2), FOOTWAY), 2: ((2, 3), {"highway": "steps"}), 3: ((3, 4), FOOTWAY)}
    network = flagged(town(tmp_path, STAIRS, ways), {2: flag})
    stops = [STAIRS[number] for number in (1, 2, 3, 4)]
    expected = [("depart", "footway", 100), ("continue", "steps", 40), ("continue", "footway", 100), ARRIVE]
    for told, word in ((walked(network, stops), there), (walked(network, stops[::-1]), back)):
        assert brief(told) == expected
        assert [one.steps for one in told] == ["", word, "", ""]


def test_stairs_that_wind_are_one_line(tmp_path: Path) -> None:
    """Three flights with a landing where another path joins; of the middle one nothing is known."""
    nodes = {
        1: (0, 0), 2: (100, 0), 3: (120, 0), 4: (120, 24), 5: (100, 24), 6: (200, 0), 7: (0, 24),
    }  # fmt: skip
    steps = {"highway": "steps"}
    ways: Ways = {
        1: ((1, 2), FOOTWAY),
        2: ((2, 3), steps),
        3: ((3, 4), steps),
        4: ((4, 5), steps),
        5: ((3, 6), FOOTWAY),
        6: ((5, 7), FOOTWAY),
    }
    network = flagged(town(tmp_path, nodes, ways), {2: EdgeFlag.UP, 4: EdgeFlag.UP})
    told = walked(network, [nodes[number] for number in (1, 2, 3, 4, 5, 7)])
    stairs = [("continue", "steps", 60), ("continue", "footway", 100)]
    assert brief(told) == [("depart", "footway", 100), *stairs, ARRIVE]
    assert told[1].steps == "some"  # 40 of 64 m lead up, of the others nothing is known


def test_a_few_steps_are_only_noted(tmp_path: Path) -> None:
    nodes = {**STAIRS, 3: (108, 0)}
    ways: Ways = {
        1: ((1, 2), street("Hill")),
        2: ((2, 3), {"highway": "steps"}),
        3: ((3, 4), street("Hill")),
    }
    network = flagged(town(tmp_path, nodes, ways), {2: EdgeFlag.UP})
    told = walked(network, [nodes[number] for number in (1, 2, 3, 4)])
    assert brief(told) == [("depart", "Hill", 240), ARRIVE]
    assert told[0].steps == "up"


@pytest.mark.parametrize(
    ("tags", "flag", "word"),
    [
        ({**FOOTWAY, "tunnel": "yes"}, EdgeFlag(0), "tunnel"),
        ({**FOOTWAY, "bridge": "yes"}, EdgeFlag(0), "bridge"),
        ({"highway": "pedestrian"}, EdgeFlag.AREA, "square"),
        ({"highway": "pedestrian"}, EdgeFlag(0), None),
    ],
)
def test_what_stands_out_is_told(
    tmp_path: Path, tags: dict[str, str], flag: EdgeFlag, word: str | None
) -> None:
    ways: Ways = {1: ((1, 2), FOOTWAY), 2: ((2, 3), tags), 3: ((3, 4), FOOTWAY)}
    network = flagged(town(tmp_path, STAIRS, ways), {2: flag})
    told = walked(network, [STAIRS[number] for number in (1, 2, 3, 4)])
    lines = [("depart", "footway", 100), ("continue", word, 40), ("continue", "footway", 100), ARRIVE]
    assert brief(told) == (lines if word else [("depart", "footway", 240), ARRIVE])


def test_a_square_with_a_name_is_crossed_in_one_line(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (130, 30), 4: (160, 30), 5: (260, 30)}
    ways: Ways = {
        1: ((1, 2), street("A")),
        2: ((2, 3), street("Rynek", "pedestrian")),
        3: ((3, 4), street("Rynek", "pedestrian")),
        4: ((4, 5), street("B")),
    }
    network = flagged(town(tmp_path, nodes, ways), {2: EdgeFlag.AREA, 3: EdgeFlag.AREA})
    told = walked(network, [nodes[number] for number in (1, 2, 3, 4, 5)])
    assert brief(told) == [("depart", "A", 100), ("slight_left", "Rynek", 70), ("continue", "B", 100), ARRIVE]
    assert told[1].way == "square"


CROSSED: Nodes = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (100, 90), 5: (100, -90), 6: (90, -90)}


@pytest.mark.parametrize(
    ("main", "side_south", "expected"), [(True, 5, "Main"), (False, 5, ""), (True, None, "")]
)
def test_a_main_road_is_told_where_it_is_crossed(
    tmp_path: Path,
    main: bool,  # noqa: FBT001 - a parameter
    side_south: int | None,
    expected: str,
) -> None:
    """Not so a side street, nor a main road that only ends here."""
    ways: dict[int, tuple[tuple[int, ...], dict[str, str]]] = {
        1: ((1, 2), street("A")),
        2: ((2, 3), street("A")),
        3: ((4, 2), street("Main")),
    }
    if side_south:
        ways[4] = ((2, side_south), street("Main"))
    flag = EdgeFlag.MAIN_ROAD if main else EdgeFlag(0)
    network = flagged(town(tmp_path, CROSSED, ways), {3: flag, 4: flag})
    told = walked(network, [CROSSED[1], CROSSED[2], CROSSED[3]])
    assert brief(told) == [("depart", "A", 200), ARRIVE]
    assert told[0].crosses == expected


def test_nobody_crosses_the_road_walked_along(tmp_path: Path) -> None:
    ways: Ways = {1: ((1, 2, 3), street("Main")), 2: ((4, 2, 5), street("Side"))}
    network = flagged(town(tmp_path, CROSSED, ways), {1: EdgeFlag.MAIN_ROAD, 2: EdgeFlag.MAIN_ROAD})
    told = walked(network, [CROSSED[1], CROSSED[2], CROSSED[5]])
    assert [one.crosses for one in told] == ["", "", ""]


@pytest.mark.dear
@pytest.mark.parametrize(
    ("goal", "side"),
    [((200, 20), "left"), ((200, -9), "right"), ((200, 3), ""), ((230, 5), ""), ((215, -20), "right")],
)
def test_the_destination_lies_on_a_side(tmp_path: Path, goal: tuple[float, float], side: str) -> None:
    nodes = {1: (0, 0), 2: (200, 0)}
    told = walked(town(tmp_path, nodes, {1: ((1, 2), street("A"))}), [nodes[1], nodes[2]], goal)
    assert (told[-1].maneuver, told[-1].side) == (Maneuver.ARRIVE, side)
    back = walked(town(tmp_path, nodes, {1: ((2, 1), street("A"))}), [nodes[1], nodes[2]], goal)
    assert back[-1].side == side


def test_the_bits_off_the_streets_are_counted_once(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (200, 0)}
    network = town(tmp_path, nodes, {1: ((1, 2), street("A"))})
    path = followed(network, [nodes[1], nodes[2]])
    for off, lines in (
        ((10.0, 12.0), [("depart", "A", 222), ("arrive", "street", 0)]),
        ((30.0, 12.0), [("depart", "link", 30), ("left", "A", 212), ("arrive", "street", 0)]),
        ((10.0, 40.0), [("depart", "A", 210), ("arrive", "link", 40)]),
    ):
        told = instructions(network, path, off, (spot(0, off[0]), spot(200, -off[1])))
        told_lines = [(one.maneuver.value, one.street or one.way, round(one.distance_m)) for one in told]
        assert told_lines == lines
        assert told[-1].side == "right"


def test_a_corner_of_a_street_is_told_where_another_leads_straight_on(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 100), 4: (200, 0)}
    bent: Ways = {1: ((1, 2), street("A")), 2: ((2, 3), street("A"))}
    fork: Ways = {**bent, 3: ((2, 4), street("B"))}
    stops = [nodes[1], nodes[2], nodes[3]]
    assert brief(walked(town(tmp_path, nodes, fork), stops)) == [
        ("depart", "A", 100), ("left", "A", 100), ARRIVE,
    ]  # fmt: skip
    assert brief(walked(town(tmp_path, nodes, bent), stops)) == [("depart", "A", 200), ARRIVE]


def test_a_path_is_told_at_forks_and_not_at_bends(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 120), 4: (0, 120), 5: (200, 120)}
    paths: Ways = {1: ((1, 2), FOOTWAY), 2: ((2, 3), {"highway": "path"}), 3: ((5, 3, 4), FOOTWAY)}
    told = walked(town(tmp_path, nodes, paths), [nodes[number] for number in (1, 2, 3, 4)])
    assert brief(told) == [("depart", "path", 220), ("left", "footway", 100), ARRIVE]


def test_a_roundabout_walked_straight_through_is_no_line(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (112, 4), 4: (124, 0), 5: (220, 0)}
    ways: Ways = {
        1: ((1, 2), street("A")),
        2: ((2, 3, 4), street("Rondo")),
        3: ((4, 5), street("B")),
    }
    told = walked(town(tmp_path, nodes, ways), [nodes[number] for number in (1, 2, 4, 5)])
    assert brief(told) == [("depart", "A", 130), ("continue", "B", 100), ARRIVE]


@pytest.mark.parametrize(("aside_m", "tags", "name"), [
    (8, FOOTWAY, "Long"),
    (17, FOOTWAY, "footway"),
    (17, {**FOOTWAY, "footway": "sidewalk"}, "Long"),
    (26, {**FOOTWAY, "footway": "sidewalk"}, "footway"),
])  # fmt: skip
def test_a_sidewalk_is_told_by_its_street(
    tmp_path: Path, aside_m: float, tags: dict[str, str], name: str
) -> None:
    nodes = {1: (0, 0), 2: (200, 0), 3: (0, aside_m), 4: (200, aside_m), 5: (100, 50 + aside_m)}
    ways: Ways = {1: ((1, 2), street("Long")), 2: ((3, 4), tags), 3: ((4, 5), street("Up"))}
    told = walked(town(tmp_path, nodes, ways), [nodes[3], nodes[4], nodes[5]])
    assert brief(told) == [("depart", name, 200), ("sharp_left", "Up", 110), ARRIVE]


def test_a_platform_is_told_by_its_number_and_is_no_square(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 200)}
    platform = {"railway": "platform", "ref": "5"}
    network = town(tmp_path, nodes, {1: ((1, 2), street("Dworcowa")), 2: ((2, 3), platform)})
    told = walked(network, [nodes[1], nodes[2], nodes[3]])
    assert [(line.street, line.way) for line in told[:-1]] == [("Dworcowa", "street"), ("5", "platform")]


def test_a_run_of_ways_that_only_go_on_is_one_line(tmp_path: Path) -> None:
    nodes = {number: (100.0 * number, 0.0) for number in range(1, 8)}
    tunnel = {**FOOTWAY, "tunnel": "yes"}
    ways: Ways = {n: ((n, n + 1), FOOTWAY if n % 2 else tunnel) for n in range(1, 7)}
    told = walked(town(tmp_path, nodes, ways), list(nodes.values()))
    lines = [("depart", "footway", 100), ("continue", "tunnel", 100), ("continue", "footway", 400), ARRIVE]
    assert brief(told) == lines
