"""GPX, KML and GeoJSON, read back by gpxpy, by pyogrio and by a plain reader of XML and JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import geopandas
import gpxpy
import pyogrio
import pytest

from planner.domain.sites import Location, Quality
from tests.kit.party_samples import party_content
from tests.kit.ride_samples import ride_content
from tests.kit.samples import SQUARE, sample_content
from tests.kit.taken import ODD_NAMES, content_of, files_of, several_days

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.releases import ReleaseContent

KML = "{http://www.opengis.net/kml/2.2}"
SHAPES = ("gpx", "kml", "geojson")


def with_unplaced(content: ReleaseContent) -> ReleaseContent:
    """The release whose square nobody has found yet: the ways there and from there are assumed."""
    day = content.itineraries[0]
    legs = tuple(
        replace(leg, assumed=True, distance_m=None, parts=(), geometry=()) if index < 2 else leg
        for index, leg in enumerate(day.legs)
    )
    square = replace(content.sites["rynek"], location=Location(None, Quality.NONE))
    return replace(content, sites={**content.sites, "rynek": square}, itineraries=(replace(day, legs=legs),))


def frames(file: Path) -> dict[str, Any]:
    """The layers of a file as GeoPandas reads them."""
    return {name: geopandas.read_file(file, layer=name) for name, _ in pyogrio.list_layers(file)}


def kept(folder: Path, suffix: str, content: ReleaseContent) -> Path:
    file = folder / f"plan.{suffix}"
    file.write_bytes(files_of(content, "en")[suffix])
    return file


def test_gpx_has_waypoints_a_route_and_a_track() -> None:
    gpx = gpxpy.parse(files_of(sample_content(), "en")["gpx"].decode())
    assert gpx.name == "Skawina is changing"
    assert "Open Database License" in (gpx.description or "")
    assert "OpenStreetMap" in (gpx.copyright_author or "")
    assert [point.name for point in gpx.waypoints][1:3] == ["1. Market Square", "2. Town Hall"]
    assert (gpx.waypoints[1].longitude, gpx.waypoints[1].latitude) == SQUARE
    (route,), (track,) = gpx.routes, gpx.tracks
    assert len(route.points) == 7
    assert len(track.segments) == 6
    walked = sum(segment.length_2d() or 0 for segment in track.segments)
    assert 1_000 < walked < 3_000


@pytest.mark.dear
@pytest.mark.parametrize("count", [1, 12, 40])
@pytest.mark.parametrize("suffix", SHAPES)
def test_geopandas_reads_every_stop_where_it_is(tmp_path: Path, suffix: str, count: int) -> None:
    content = content_of([f"Postój {number}" for number in range(count)])
    found = frames(kept(tmp_path, suffix, content))
    points = [
        (round(shape.x, 5), round(shape.y, 5))
        for name, frame in found.items()
        if suffix != "gpx" or name == "waypoints"
        for shape in frame.geometry
        if shape is not None and shape.geom_type == "Point"
    ]
    stops = content.visit.days[0].stops
    places = [tuple(round(one, 5) for one in stop.place.at) for stop in stops if stop.place and stop.place.at]
    assert points[-count:] == places
    lines = [
        shape
        for name, frame in found.items()
        if suffix != "gpx" or name == "tracks"
        for shape in frame.geometry
        if shape is not None and "LineString" in shape.geom_type
    ]
    assert sum(len(getattr(line, "geoms", [line])) for line in lines) == count


@pytest.mark.parametrize("suffix", SHAPES)
def test_names_of_every_kind_stay_whole(tmp_path: Path, suffix: str) -> None:
    found = frames(kept(tmp_path, suffix, content_of(ODD_NAMES)))
    column = "Name" if suffix == "kml" else "name"
    frame = found["waypoints"] if suffix == "gpx" else next(iter(found.values()))
    told = "\n".join(str(name) for name in frame[column])
    for name in (ODD_NAMES[0], "Музей міста", 'A & B < C > D "E"', "x" * 200, "Ł" * 200, "Zażółć gęślą jaźń"):
        assert name in told


@pytest.mark.parametrize("suffix", SHAPES)
def test_parties_and_days_have_ways_of_their_own(tmp_path: Path, suffix: str) -> None:
    found = frames(kept(tmp_path, suffix, several_days(party_content(), 2)))
    if suffix == "gpx":
        names = list(found["tracks"]["name"])
        assert len(names) == 6
        assert names[0].endswith("Party A")
        return
    rows = [row for frame in found.values() for row in frame.itertuples()]
    lines = [row for row in rows if row.geometry is not None and "LineString" in row.geometry.geom_type]
    assert len(lines) == 2 * 3 * 5
    if suffix == "geojson":
        assert {row.party for row in lines} == {"A", "B", "C"}


def test_what_is_not_on_the_map_has_no_place_in_any_file(tmp_path: Path) -> None:
    content = with_unplaced(sample_content())
    gpx = gpxpy.parse(kept(tmp_path, "gpx", content).read_text(encoding="utf-8"))
    assert "1. Market Square" not in [point.name for point in gpx.waypoints]
    assert len(gpx.tracks[0].segments) == 4
    assert "about 2 min?" in (gpx.tracks[0].description or "").replace("\u00a0", " ")
    marks = ET.fromstring(files_of(content, "en")["kml"]).iter(f"{KML}Placemark")  # noqa: S314 - our own
    square = next(mark for mark in marks if mark.findtext(f"{KML}name") == "1. Market Square")
    assert square.find(f"{KML}Point") is None
    assert "Not on the map." in (square.findtext(f"{KML}description") or "")
    features = json.loads(files_of(content, "en")["geojson"])["features"]
    assert [one["properties"].get("name") for one in features if not one["geometry"]][:1] == ["Market Square"]
    assumed = [one for one in features if one["properties"].get("is_assumed")]
    assert [(one["geometry"], one["properties"]["distance_m"]) for one in assumed] == [(None, None)] * 2
    frame = geopandas.read_file(kept(tmp_path, "geojson", content))
    assert frame.geometry.isna().sum() == 3


def test_a_ride_lies_between_its_walks_and_says_what_is_estimated() -> None:
    features = json.loads(files_of(ride_content(), "en")["geojson"])["features"]
    legs = [one["properties"] for one in features if one["properties"]["kind"] == "leg"]
    train = [leg for leg in legs if leg["to"] is None]
    assert {leg["is_estimated"] for leg in train} == {False, True}
    assert "estimated" in " ".join(train[0]["text"])


def test_estimated_ways_are_told_apart(tmp_path: Path) -> None:
    frame = geopandas.read_file(kept(tmp_path, "geojson", sample_content()))
    legs = frame[frame["kind"] == "leg"]
    assert float(legs["estimated_m"].max()) == 120
    assert frame.crs.to_epsg() == 4326


@pytest.mark.parametrize("suffix", [*SHAPES, "ics", "csv", "json"])
def test_every_file_says_what_it_rests_on(suffix: str) -> None:
    for language in ("pl", "en"):
        text = files_of(ride_content(), language)[suffix].decode().replace("\r\n ", "")
        assert "© OpenStreetMap contributors" in text
        assert "https://www.openstreetmap.org/copyright" in text
        assert "ODbL" in text
        assert "ZTP Kraków" in text
