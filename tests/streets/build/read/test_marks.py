"""Marks on the map, and names in the readers' languages, as they are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.streets.build.read.layers import area_kind, line_kind
from planner.streets.build.read.marks import mark_kind
from planner.streets.query.layers import LayerKind, MarkKind
from tests.kit.streets.small import CROSS, small_town, spot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "toilets"}, MarkKind.TOILETS),
        ({"amenity": "toilets", "access": "private"}, None),
        ({"amenity": "drinking_water"}, MarkKind.DRINKING_WATER),
        ({"place": "suburb", "name": "Stare Miasto"}, MarkKind.QUARTER),
        ({"place": "suburb"}, None),
        ({"place": "square", "name": "Rynek"}, MarkKind.SQUARE),
        ({"addr:housenumber": "12a"}, MarkKind.HOUSE_NUMBER),
        ({"addr:housenumber": "12;14;16;18;20"}, None),
        ({"building": "yes"}, None),
    ],
)
def test_what_is_a_mark(tags: dict[str, str], kind: MarkKind | None) -> None:
    assert mark_kind(tags) is kind


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"natural": "wood"}, LayerKind.WOOD),
        ({"landuse": "forest"}, LayerKind.WOOD),
        ({"landuse": "residential"}, LayerKind.BUILT_UP),
        ({"railway": "platform"}, LayerKind.PLATFORM),
        ({"man_made": "pier"}, LayerKind.PLATFORM),
        ({"place": "square", "name": "Rynek"}, LayerKind.SQUARE),
        ({"leisure": "park"}, LayerKind.GREEN),
        ({"amenity": "cafe"}, None),
    ],
)
def test_what_is_an_area(tags: dict[str, str], kind: LayerKind | None) -> None:
    assert area_kind(tags) is kind


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"waterway": "river"}, LayerKind.WATERWAY),
        ({"waterway": "river", "CEMT": "VI"}, LayerKind.RIVER),
        ({"waterway": "river", "CEMT": "I", "width": "12 m"}, LayerKind.WATERWAY),
        ({"waterway": "canal", "width": "60.5"}, LayerKind.RIVER),
        ({"waterway": "river", "width": "wide"}, LayerKind.WATERWAY),
    ],
)
def test_a_river_for_ships_is_a_broad_line(tags: dict[str, str], kind: LayerKind) -> None:
    assert line_kind(tags) is kind
    assert not kind.is_area


def test_marks_and_names_are_kept_with_the_network(tmp_path: Path) -> None:
    lon, lat = spot(40, 20)
    number = f'<node id="30" version="1" lat="{lat}" lon="{lon}"><tag k="addr:housenumber" v="7"/></node>\n'
    street = {"highway": "residential", "name": "Rynek", "name:en": "Market Square", "name:pl": "Rynek"}
    layers = small_town(tmp_path, CROSS, {1: ((1, 2, 3), street)}, number).network.layers
    [kind] = layers.mark_kinds.tolist()
    assert kind == MarkKind.HOUSE_NUMBER
    assert layers.names[int(layers.mark_names[0])] == "7"
    [name] = layers.name_ids.tolist()
    assert [layers.name(name, language) for language in ("pl", "en", "de")] == [
        "Rynek",
        "Market Square",
        "Rynek",
    ]
