"""Places are on the ground: tunnels, galleries and platforms are taken where nothing else is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.streets.query.walk.find import Walker
from tests.kit.streets.small import Tags, small_town, spot

if TYPE_CHECKING:
    from pathlib import Path

NODES = {1: (0.0, 0.0), 2: (400.0, 0.0), 3: (0.0, 10.0), 4: (400.0, 10.0), 5: (0.0, 500.0)}
ASKED = spot(200.0, 11.0)
BELOW: list[Tags] = [
    {"highway": "service", "tunnel": "yes"},
    {"highway": "footway", "layer": "-1"},
    {"highway": "footway", "level": "-1"},
    {"highway": "footway", "level": "2;3"},
    {"highway": "corridor"},
    {"highway": "footway", "indoor": "yes"},
    {"highway": "steps", "location": "underground"},
    {"railway": "platform"},
]
ON_THE_GROUND: list[Tags] = [
    {"highway": "footway"},
    {"highway": "footway", "tunnel": "building_passage"},
    {"highway": "footway", "covered": "yes"},
    {"highway": "footway", "level": "-1;0"},
    {"highway": "footway", "bridge": "yes", "layer": "1"},
]


def met(tmp: Path, other: Tags, stops: frozenset[tuple[float, float]] = frozenset()) -> tuple[str, float]:
    """What a place meets that is beside a way, with a street 11 m off: the name, and metres to it."""
    ways = {
        1: ((1, 2), {"highway": "residential", "name": "Street"}),
        2: ((3, 4), {**other, "name": "Other"}),
        3: ((1, 3, 5), {"highway": "footway"}),
    }
    network = small_town(tmp, NODES, ways).network
    snap = Walker(network, stops=stops).snap(ASKED)
    assert snap is not None
    return network.edge_name(snap.edge), snap.off_m


@pytest.mark.dear
@pytest.mark.parametrize("tags", BELOW, ids=str)
def test_a_place_is_in_the_street_and_not_below_or_inside(tags: Tags, tmp_path: Path) -> None:
    name, off_m = met(tmp_path, tags)
    assert (name, round(off_m)) == ("Street", 11)


@pytest.mark.parametrize("tags", ON_THE_GROUND, ids=str)
def test_what_is_on_the_ground_is_taken_where_it_is_nearest(tags: Tags, tmp_path: Path) -> None:
    name, off_m = met(tmp_path, tags)
    assert (name, round(off_m)) == ("Other", 1)


def test_a_stop_of_trains_is_on_its_platform(tmp_path: Path) -> None:
    assert met(tmp_path, {"railway": "platform"}, frozenset((ASKED,)))[0] == "Other"


def test_where_nothing_else_is_near_the_gallery_is_taken(tmp_path: Path) -> None:
    ways = {
        1: ((3, 4), {"highway": "footway", "tunnel": "yes", "name": "Gallery"}),
        2: ((3, 5), {"highway": "residential", "name": "Street"}),
    }
    network = small_town(tmp_path, NODES, ways).network
    snap = Walker(network).snap(spot(390.0, 8.0))
    assert snap is not None
    assert network.edge_name(snap.edge) == "Gallery"
