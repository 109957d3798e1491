"""Toilets, water and seats: which tags make them, what a build keeps of them, and what an older one lacks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import osmium
import pytest

from planner.services.travel.town import TownKeeper
from planner.streets.build.build import MARGIN_DEG
from planner.streets.build.read.comforts import comfort_kinds
from planner.streets.comforts import ComfortKind
from tests.kit.streets.small import CROSS, CROSSING_WAYS, build, osm_with, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.services.travel.town import Town

TOILET, WATER, SEAT = ComfortKind


@pytest.mark.parametrize(
    ("tags", "kinds"),
    [
        ({"amenity": "toilets"}, [TOILET]),
        ({"amenity": "toilets", "access": "customers"}, []),
        ({"leisure": "park", "toilets": "yes"}, [TOILET]),
        ({"amenity": "restaurant", "toilets": "yes"}, []),
        ({"amenity": "restaurant", "toilets": "yes", "toilets:access": "yes"}, [TOILET]),
        ({"amenity": "drinking_water"}, [WATER]),
        ({"amenity": "fountain"}, []),
        ({"amenity": "fountain", "drinking_water": "yes"}, [WATER]),
        ({"tourism": "hotel", "drinking_water": "yes"}, []),
        ({"amenity": "bench"}, [SEAT]),
        ({"amenity": "bench", "access": "private"}, []),
        ({"amenity": "bench", "level": "1"}, []),
        ({"amenity": "shelter", "bench": "yes"}, [SEAT]),
        ({"leisure": "picnic_table"}, [SEAT]),
        ({"leisure": "picnic_table", "bench": "no"}, []),
        ({"highway": "bus_stop", "bench": "yes"}, [SEAT]),
        ({"highway": "bus_stop", "bench": "no"}, []),
        ({"amenity": "toilets", "bench": "yes", "public_transport": "platform"}, [TOILET, SEAT]),
    ],
)
def test_what_is_there_for_everybody(tags: dict[str, str], kinds: list[ComfortKind]) -> None:
    assert list(comfort_kinds(tags)) == kinds


def test_a_town_keeps_them_and_one_built_before_knows_nothing(tmp_path: Path) -> None:
    nodes = CROSS | {101: (60, 8), 102: (50, -90), 103: (150, 3), 104: (5000, 0)}
    things = {
        101: {"amenity": "toilets", "wheelchair": "no"},
        102: {"amenity": "toilets"},
        103: {"amenity": "bench"},
        104: {"amenity": "drinking_water"},
    }
    file = tmp_path / "small.osm"
    file.write_text(osm_with(nodes, CROSSING_WAYS, things), encoding="utf-8")
    meta = build(tmp_path / "data", file)
    assert {name: meta.found[name] for name in ("toilets", "seats")} == {"toilets": 2, "seats": 1}
    town = TownKeeper(tmp_path / "data").town()
    comforts = town.network.comforts
    assert comforts is not None
    assert comforts.known == {TOILET, SEAT}, "the tap is in another town"
    assert town.facts.comforts == ("toilet", "seat")
    here = spot(0, 0)
    assert comforts.near(TOILET, here, 200) == [spot(*nodes[101]), spot(*nodes[102])]
    assert comforts.near(TOILET, here, 200, step_free=True) == [spot(*nodes[102])]
    assert comforts.near(TOILET, here, 100) == [spot(*nodes[101])]
    assert comforts.beside(SEAT, [here, spot(140, 0)], 15) == [spot(*nodes[103])]
    assert comforts.beside(SEAT, [here, spot(130, 0)], 15) == []

    assert town.network_folder is not None
    for array in town.network_folder.glob("comfort_*.npy"):
        array.unlink()
    older = TownKeeper(tmp_path / "data").town()
    assert older.network.comforts is None
    assert older.facts.comforts == ()


class Counting(osmium.SimpleHandler):  # type: ignore[misc]
    """Counts by tags alone what lies in a box, ways by the first of their nodes."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        super().__init__()
        self.box = west, south, east, north
        self.found: Counter[str] = Counter()

    def node(self, node: osmium.osm.Node) -> None:
        self._count(node.tags, node.location.lon, node.location.lat)

    def way(self, way: osmium.osm.Way) -> None:
        self._count(way.tags, way.nodes[0].lon, way.nodes[0].lat)

    def _count(self, tags: osmium.osm.TagList, lon: float, lat: float) -> None:
        west, south, east, north = self.box
        if west <= lon <= east and south <= lat <= north:
            for key, value in (("amenity", "toilets"), ("amenity", "bench"), ("amenity", "drinking_water")):
                is_of_all = tags.get("access") not in {"private", "no", "customers"}
                self.found[value] += tags.get(key) == value and is_of_all
            is_tap = tags.get("man_made") == "water_tap" or tags.get("amenity") == "fountain"
            self.found["drinking_water"] += is_tap and tags.get("drinking_water") == "yes"
            is_table = tags.get("leisure") == "picnic_table"
            is_waited_at = tags.get("bench") == "yes" and tags.get("amenity") in {None, "shelter"}
            self.found["sat at"] += is_table or is_waited_at


@pytest.mark.dear
def test_monaco_has_as_many_as_its_file(monaco: Town, real_dir: Path) -> None:
    west, south, east, north = monaco.network.meta.bounds
    box = (west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG)
    told = Counting(*box)
    told.apply_file(str(real_dir / "monaco.osm.pbf"), locations=True)
    found = monaco.network.meta.found
    assert found["toilets"] == told.found["toilets"]
    assert found["drinking water"] == told.found["drinking_water"]
    assert found["seats"] == told.found["bench"] + told.found["sat at"]
