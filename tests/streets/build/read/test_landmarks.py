"""What stands at a turn: which things count, which of two is told, and where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.services.travel.town import TownKeeper
from planner.streets.build.read.landmarks import landmark_kind
from planner.streets.landmarks import LandmarkKind
from tests.kit.streets.follow import walked
from tests.kit.streets.small import Nodes, Ways, build, osm, spot, tag_lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planner.streets.query.network import Network

CORNERS: Nodes = {1: (0, 0), 2: (200, 0), 3: (200, 200), 4: (400, 200), 5: (400, 0)}
STREETS: Ways = {
    1: ((1, 2), {"highway": "residential", "name": "A"}),
    2: ((2, 3), {"highway": "residential", "name": "B"}),
    3: ((3, 4), {"highway": "residential", "name": "C"}),
}
CHURCH = {"amenity": "place_of_worship", "name": "Saint Anne"}
BANK = {"amenity": "bank", "name": "Bank"}


def town(tmp_path: Path, things: Mapping[tuple[float, float], dict[str, str]]) -> Network:
    """The streets with named things; nodes must come before the ways in a file, so they are put there."""
    nodes = dict(CORNERS) | {100 + number: at for number, at in enumerate(things)}
    file = tmp_path / "small.osm"
    text = osm(nodes, STREETS)
    for number, tags in enumerate(things.values()):
        lon, lat = spot(*nodes[100 + number])
        node = f'<node id="{100 + number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"'
        text = text.replace(f"{node}/>", f"{node}>\n{tag_lines(tags)}</node>")
    file.write_text(text, encoding="utf-8")
    build(tmp_path / "data", file)
    return TownKeeper(tmp_path / "data").town().network


def told(network: Network) -> list[tuple[str, str]]:
    lines = walked(network, [CORNERS[number] for number in (1, 2, 3, 4)])
    return [(line.landmark, line.landmark_kind) for line in lines]


@pytest.mark.dear
@pytest.mark.parametrize(
    ("things", "expected"),
    [
        ({}, ("", "")),
        ({(210, 10): CHURCH}, ("Saint Anne", "church")),
        ({(200, -28): CHURCH}, ("Saint Anne", "church")),
        ({(200, -32): CHURCH}, ("", "")),
        ({(190, 12): CHURCH, (205, 3): BANK}, ("Saint Anne", "church")),
        ({(205, 3): BANK}, ("Bank", "bank")),
        ({(200, -22): BANK}, ("", "")),
        ({(100, 5): CHURCH}, ("", "")),
    ],
)
def test_a_turn_is_told_by_what_stands_there(
    tmp_path: Path, things: dict[tuple[float, float], dict[str, str]], expected: tuple[str, str]
) -> None:
    """A church 15 m off is told before a bank at 6 m: a stranger sees it first."""
    assert told(town(tmp_path, things)) == [("", ""), expected, ("", ""), ("", "")]


def test_a_landmark_is_told_once_in_a_walk(tmp_path: Path) -> None:
    network = town(tmp_path, {(210.0, 10.0): CHURCH, (190.0, 190.0): CHURCH})
    assert len(network.landmark_at) == 2
    assert told(network) == [("", ""), ("Saint Anne", "church"), ("", ""), ("", "")]


def test_one_thing_drawn_twice_is_kept_once_and_all_from_south_to_north(tmp_path: Path) -> None:
    things = {(210.0, 190.0): BANK, (210.0, 10.0): CHURCH, (225.0, 12.0): CHURCH, (210.0, 50.0): BANK}
    network = town(tmp_path, things)
    assert [network.names[number] for number in network.landmark_name] == ["Saint Anne", "Bank", "Bank"]
    assert (np.diff(network.landmark_at[:, 1]) > 0).all()


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        (CHURCH, LandmarkKind.CHURCH),
        (CHURCH | {"religion": "jewish"}, LandmarkKind.WORSHIP),
        (CHURCH | {"name": ""}, None),
        ({"amenity": "bank"}, None),
        ({"amenity": "bench", "name": "Bench"}, None),
        ({"historic": "memorial", "name": "X", "memorial": "plaque"}, None),
        ({"historic": "memorial", "name": "X"}, LandmarkKind.MONUMENT),
        ({"tourism": "museum", "historic": "castle", "name": "Wawel"}, LandmarkKind.CASTLE),
        ({"shop": "supermarket", "name": "Biedronka"}, LandmarkKind.SUPERMARKET),
    ],
)
def test_what_counts_as_a_landmark(tags: dict[str, str], kind: LandmarkKind | None) -> None:
    assert landmark_kind(tags) is kind
