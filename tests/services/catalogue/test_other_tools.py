"""Files of other tools and tables, as people have them: what is read, what is refused, and why."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from pyproj import Transformer

from planner.domain.sites import Quality
from planner.services.catalogue.importing import RowKind, plan_import
from planner.services.catalogue.reading.file import read_file
from planner.services.catalogue.reading.headers import columns_of
from planner.services.catalogue.reading.projected import metres_of
from planner.services.catalogue.rules import CatalogueFileError, RuleContext

if TYPE_CHECKING:
    from planner.domain.sites import Site
    from planner.services.catalogue.reading.file import ReadFile

TODAY = RuleContext(dt.date(2026, 11, 23))


def read(data: bytes | str) -> ReadFile:
    return read_file(data.encode() if isinstance(data, str) else data, {}, TODAY)


def sites(data: bytes | str) -> list[Site]:
    rows = read(data).rows
    assert [row.problems for row in rows] == [()] * len(rows)
    return [row.site for row in rows if row.site]


ROWS = ["name_pl,lat,lon,opening_hours,dwell_min", "Dom,49.97,19.82,,20", "Dwór,49.98,19.83,,20", "Las,,,,20"]


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({1: '"Dom,49.97,19.82,,20'}, 2),
        ({2: '"Dwór,49.98,19.83,,20'}, 3),
        ({3: '"Las,,,,20'}, 4),
        ({1: 'Dom,49.97,19.82,"Mo-Fr 9-15,20'}, 2),
        ({1: '"Dom,49.97,19.82,,20', 3: '"Las",,,,20'}, 2),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_row(
    change: dict[int, str], row: int, end: str
) -> None:
    text = (end or "\n").join(change.get(number, line) for number, line in enumerate(ROWS)) + end
    with pytest.raises(CatalogueFileError) as error:
        read(text)
    assert (error.value.problem.code, error.value.problem.params) == ("open_quote", {"row": row})


def test_lines_in_quotes_that_are_closed_are_one_cell() -> None:
    text = 'name_pl,description_pl,lat\n"Dom","jeden, dwa\ntrzy, cztery, pięć\n",\n"Dwór ""stary""",krótko\n'
    assert [site.name["pl"] for site in sites(text)] == ["Dom", 'Dwór "stary"']


@pytest.mark.parametrize("encoding", ["iso8859-2", "cp1250", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["Żółw świąteczny", "Świątynia", "Źródło ŁĄCZKA", "Dąb", "Gaj"])
def test_polish_letters_of_every_encoding(encoding: str, name: str) -> None:
    assert [site.name["pl"] for site in sites(f"name_pl;lat;lon\n{name};49,97;19,82\n".encode(encoding))] == [
        name
    ]


def features(*parts: dict[str, Any]) -> str:
    return json.dumps(
        {"type": "FeatureCollection", "features": [{"type": "Feature", **part} for part in parts]}
    )


POINT = {"type": "Point", "coordinates": [19.826, 49.9755]}


@pytest.mark.parametrize(
    ("feature", "name", "address"),
    [
        (
            {"id": "AbC12", "geometry": POINT, "properties": {"name": "Punkt A", "description": "opis"}},
            "Punkt A",
            "",
        ),
        (
            {
                "id": "node/123",
                "geometry": POINT,
                "properties": {
                    "@id": "node/123",
                    "name": "Punkt A",
                    "addr:street": "Rynek",
                    "wheelchair": "yes",
                },
            },
            "Punkt A",
            "",
        ),
        (
            {
                "geometry": POINT,
                "properties": {
                    "date": "2026-01-01T00:00:00Z",
                    "location": {"address": "Rynek 1", "country_code": "PL", "name": "Punkt A"},
                },
            },
            "Punkt A",
            "Rynek 1",
        ),
        ({"geometry": POINT, "properties": {"Nazwa": "Punkt A", "Adres": "Rynek 1"}}, "Punkt A", "Rynek 1"),
        ({"geometry": POINT, "properties": {"title": "Punkt A"}}, "Punkt A", ""),
    ],
    ids=["umap", "overpass", "takeout", "polish", "title"],
)
def test_plain_names_of_other_tools(feature: dict[str, Any], name: str, address: str) -> None:
    (site,) = sites(features(feature))
    assert (site.id, site.name["pl"], site.address) == ("punkt-a", name, address)
    assert (site.location.at, site.location.quality) == ((19.826, 49.9755), Quality.NEAR)


UMAP = {"name": "Warstwa"}
POINTS = [
    {
        "type": "Feature",
        "geometry": POINT,
        "properties": {"name": "Punkt A", "_umap_options": UMAP},
    },
    {"type": "Feature", "geometry": None, "properties": {"name": "Punkt B", "description": "opis"}},
]
OVERPASS: list[dict[str, Any]] = [
    {
        "type": "node",
        "id": 1,
        "lat": 49.9755,
        "lon": 19.826,
        "tags": {"name": "Punkt A"},
    },
    {"type": "node", "id": 2, "lat": 49.9, "lon": 19.8},
    {
        "type": "way",
        "id": 3,
        "center": {"lat": 49.9755, "lon": 19.826},
        "nodes": [1, 2],
        "tags": {"name": "Punkt B"},
    },
]


@pytest.mark.parametrize(
    ("document", "first", "last"),
    [
        (
            {
                "type": "umap",
                "properties": {"name": "Mapa"},
                "layers": [{"_umap_options": UMAP, "features": POINTS}],
            },
            (19.826, 49.9755),
            None,
        ),
        (
            {"version": 0.6, "elements": OVERPASS},
            (19.826, 49.9755),
            (19.826, 49.9755),
        ),
    ],
    ids=["umap", "overpass"],
)
def test_what_tools_keep_instead_of_geojson(
    document: dict[str, Any], first: tuple[float, float], last: tuple[float, float] | None
) -> None:
    found = sites(json.dumps(document))
    assert [(site.name["pl"], site.location.at) for site in found] == [("Punkt A", first), ("Punkt B", last)]


def test_saved_places_of_takeout_of_both_ages_and_its_lists() -> None:
    old = {
        "geometry": POINT,
        "type": "Feature",
        "properties": {
            "Google Maps URL": "https://maps.example/?cid=1",
            "Location": {
                "Address": "Rynek 1",
                "Business Name": "Dom",
                "Geo Coordinates": {},
            },
            "Published": "2020-01-01T00:00:00Z",
            "Title": "Punkt A",
        },
    }
    (site,) = sites(features(old))
    assert (site.name["pl"], site.address, site.sources) == (
        "Punkt A",
        "Rynek 1",
        ("https://maps.example/?cid=1",),
    )
    (site,) = sites("Title,Note,URL,Tags,Comment\nPunkt A,ładne,https://maps.example/?cid=1,,\n")
    assert (site.name["pl"], site.notes["pl"], site.location.at) == ("Punkt A", "ładne", None)


MY_MAPS = """<?xml version="1.0" encoding="UTF-8"?>
<kml:kml xmlns:kml="http://www.opengis.net/kml/2.2"><kml:Document><kml:name>Mapa</kml:name>
<kml:Folder><kml:name>Warstwa</kml:name><kml:Placemark><kml:name>Dwór</kml:name>
<kml:description><![CDATA[opis: stary<br>Uwagi: ładny]]></kml:description><kml:styleUrl>#icon-1</kml:styleUrl>
<kml:ExtendedData><kml:Data name="Telefon"><kml:value>12 345</kml:value></kml:Data></kml:ExtendedData>
<kml:Point><kml:coordinates>
            19.826,49.9755,0
          </kml:coordinates></kml:Point></kml:Placemark></kml:Folder></kml:Document></kml:kml>"""


def test_my_maps_with_prefixes_and_lines_around_coordinates() -> None:
    (site,) = sites(MY_MAPS)
    assert (site.name["pl"], site.location.at) == ("Dwór", (19.826, 49.9755))
    assert site.host
    assert site.host.phone == "12 345"


def test_what_is_wider_than_a_point_lies_in_its_middle_with_its_size_as_the_error() -> None:
    ring = [[19.82, 49.97], [19.824, 49.97], [19.824, 49.972], [19.82, 49.972], [19.82, 49.97]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    (site,) = sites(features({"geometry": shape, "properties": {"name": "Park"}}))
    assert site.location.at == pytest.approx((19.822, 49.971))
    assert site.location.quality is Quality.AREA
    assert site.location.error_m == pytest.approx(182, abs=5)


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<Placemark><name>Dwór</name><description><![CDATA[<b>Stary</b> dwór]]></description>
<ExtendedData><Data name="godziny"><value>pn-pt 9-15</value></Data></ExtendedData>
<Point><coordinates>19.826,49.9755,0</coordinates></Point></Placemark>
<Placemark><name>Bez miejsca</name></Placemark></Folder></Document></kml>"""

GPX = """<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="49.9755" lon="19.826"><name>Dwór</name><desc>Stary dwór</desc></wpt></gpx>"""


def test_kml_and_gpx_are_read() -> None:
    dwor, nowhere = sites(KML)
    assert (dwor.name["pl"], dwor.description["pl"], dwor.opening_hours) == (
        "Dwór",
        "Stary  dwór",
        "Mo-Fr 09:00-15:00",
    )
    assert (dwor.location.at, nowhere.location.at) == ((19.826, 49.9755), None)
    (point,) = sites(GPX)
    assert (point.name["pl"], point.location.at) == ("Dwór", (19.826, 49.9755))
    assert [read(text).form for text in (KML, GPX)] == ["kml", "gpx"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html></html>", "no_places"),
        (b"<kml", "no_places"),
        (b'<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>', "no_places"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(CatalogueFileError) as error:
        read(data)
    assert error.value.problem.code == code


def test_names_of_columns_in_polish_and_english() -> None:
    assert columns_of(
        ["Nazwa", "Szerokość geogr.", "Długość", "Opis", "Godziny otwarcia", "E-mail", "Cena"]
    ) == [
        "name_pl",
        "lat",
        "lon",
        "description_pl",
        "opening_hours",
        "host_email",
        "",
    ]
    assert columns_of(["name_pl", "Nazwa", "Lat", "latitude"]) == ["name_pl", "", "lat", ""]
    file = read("Nazwa;Szerokość;Długość;Cena\nDwór;49,9755;19,826;10\n")
    assert file.mapped == (("Nazwa", "name_pl"), ("Szerokość", "lat"), ("Długość", "lon"))
    assert file.unread == ("Cena",)
    assert file.rows[0].site
    assert file.rows[0].site.location.at == (19.826, 49.9755)


@pytest.mark.parametrize("code", [2180, 2176, 2177, 2178, 2179, 3857])
@pytest.mark.parametrize("at", [(19.826, 49.9755), (14.6, 53.4), (23.4, 51.1)])
def test_metres_of_grids_become_degrees_as_pyproj_has_them(code: int, at: tuple[float, float]) -> None:
    east, north = Transformer.from_crs(4326, code, always_xy=True).transform(*at)
    for pair in ((north, east), (east, north)):
        metres = metres_of([pair], lambda place: place == pytest.approx(at, abs=0.05))
        assert metres
        assert str(code) in metres.grid.name
        assert metres.degrees(*pair) == pytest.approx(at, abs=1e-8)


@pytest.mark.parametrize("code", [2180, 2178, 3857])
def test_metres_in_a_table_are_made_degrees_and_named(code: int) -> None:
    east, north = Transformer.from_crs(4326, code, always_xy=True).transform(19.826, 49.9755)
    text = f"Nazwa;X;Y\nDwór;{east:.2f};{north:.2f}\n".replace(".", ",")
    (site,) = sites(text)
    assert site.location.at == pytest.approx((19.826, 49.9755), abs=1e-6)
    assert f"EPSG:{code}" in read(text).grid
    shape = {"type": "LineString", "coordinates": [[east, north], [east + 100, north]]}
    (site,) = sites(features({"geometry": shape, "properties": {"name": "Aleja"}}))
    assert site.location.at == pytest.approx((19.8267, 49.9755), abs=1e-3)
    assert site.location.error_m == pytest.approx(50, abs=1)


def test_degrees_are_no_metres_and_metres_of_no_grid_are_named_as_wrong() -> None:
    assert metres_of([(49.9755, 19.826), (0.0, 0.0)]) is None
    (row,) = read("Nazwa;X;Y\nDwór;5000;7000\n").rows
    assert [problem.code for problem in row.problems] == ["no_position_on_earth"]


def test_a_broken_row_does_not_hold_back_the_others() -> None:
    plan = plan_import(read("name_pl,dwell_min\nDom,20\nDwór,długo\n"), {})
    assert [row.kind for row in plan.rows] == [RowKind.NEW, RowKind.BROKEN]
    assert plan.is_sound
    assert not plan_import(read("name_pl,dwell_min\nDwór,długo\n"), {}).is_sound
