"""A large place is asked for in pieces: none too large, none left out, and what comes twice is built once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from planner.domain.geo import METRES_PER_DEGREE, distance_m
from planner.errors import ServiceError
from planner.services.travel.town import TownKeeper
from planner.streets.build.download.pieces import PIECE_KM, pieces_of
from planner.streets.build.download.town import DownloadSettings, download
from tests.conftest import Silent
from tests.kit.streets.map_services import Answer, found, map_services
from tests.kit.streets.small import CROSS_OSM, build

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = '<?xml version="1.0"?>\n<osm version="0.6">\n<note>none</note>\n</osm>\n'


def test_pieces_lie_side_by_side() -> None:
    box = (19.7, 49.9, 19.99, 50.01)
    pieces = pieces_of(box)
    assert len(pieces) == 3 * 2
    assert (pieces[0][:2], pieces[-1][2:]) == (box[:2], box[2:])
    for west, south, east, north in pieces:
        assert distance_m((west, south), (east, south)) <= PIECE_KM * 1000 + 1
        assert (north - south) * METRES_PER_DEGREE <= PIECE_KM * 1000 + 1
    area = sum((east - west) * (north - south) for west, south, east, north in pieces)
    assert area == pytest.approx((box[2] - box[0]) * (box[3] - box[1]))
    assert pieces_of((19.81, 49.96, 19.84, 49.98)) == [(19.81, 49.96, 19.84, 49.98)]


def test_asked_in_pieces_and_built_once(tmp_path: Path) -> None:
    """The town comes with two of its pieces, and lies in the file once more: one network."""
    ring = [[19.75, 49.93], [19.9, 49.93], [19.9, 50.02], [19.75, 50.02], [19.75, 49.93]]
    with map_services() as maps:
        maps.nominatim = [Answer(json.dumps([found(geojson={"type": "Polygon", "coordinates": [ring]})]))]
        maps.overpass = [Answer(EMPTY), Answer(CROSS_OSM), Answer(CROSS_OSM), Answer(EMPTY)]
        settings = DownloadSettings(f"{maps.url}/", maps.overpass_url, "you@example.org")
        got = download("Małe", tmp_path, settings, Silent())
        assert maps.paths().count("/api/interpreter") == 4
        assert maps.most_at_once == 1
        assert download("Małe", tmp_path, settings, Silent()).file == got.file
        assert maps.paths().count("/api/interpreter") == 4
    meta = build(tmp_path / "data", got.file)
    (tmp_path / "cross.osm").write_text(CROSS_OSM, encoding="utf-8")
    assert meta.walk_m == build(tmp_path / "alone", tmp_path / "cross.osm").walk_m
    assert TownKeeper(tmp_path / "data").town().network.meta.edges == meta.edges


def test_a_place_without_streets(tmp_path: Path) -> None:
    ring = [[19.75, 49.93], [19.9, 49.93], [19.9, 50.02], [19.75, 50.02], [19.75, 49.93]]
    with map_services() as maps:
        maps.nominatim = [Answer(json.dumps([found(geojson={"type": "Polygon", "coordinates": [ring]})]))]
        maps.overpass = [Answer(EMPTY)]
        settings = DownloadSettings(f"{maps.url}/", maps.overpass_url, "you@example.org")
        with pytest.raises(ServiceError, match="no streets"):
            download("Małe", tmp_path, settings, Silent())
