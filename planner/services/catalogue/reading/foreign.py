"""Places of other tools as rows: GeoJSON with plain names (uMap, Overpass, Takeout), KML, GPX."""

from __future__ import annotations

import re
from html import unescape
from math import hypot
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from planner.domain.geo import plane_distance_m
from planner.services.catalogue.reading.headers import columns_of
from planner.services.catalogue.reading.table import Row, Table, capped, table_of
from planner.services.catalogue.rules import CatalogueFileError
from planner.services.catalogue.text import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TAGS = re.compile(r"<[^>]*>")
_LEAST_ERROR_M, _NEAR_M = 10.0, 100.0
_DEGREES = 180
_NOT_OURS = frozenset({"id", "@id"})
_YES_NO = {"yes": "yes", "no": "no"}
_SAID = {
    "wheelchair": ("step_free", _YES_NO | {"designated": "yes"}),
    "toilets": ("toilets", _YES_NO),
    "drinking_water": ("water", _YES_NO),
    "bench": ("seats", _YES_NO),
    "fee": ("ticket", {"yes": "needed", "no": "free"}),
}
"""Tags of OpenStreetMap in our terms: the column, and what their values are there."""


def is_foreign(feature: Any) -> bool:
    """Whether a feature is of another tool: in our own form a name is a table of languages."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or isinstance(properties.get("name"), dict):
        return False
    return "name_pl" in columns_of(list(_flat(properties)))


def features_table(features: Iterable[tuple[int, Mapping[str, Any]]]) -> Table:
    """Numbered features of another tool as a table; where they lie is known."""
    return table_of("geojson", "utf-8", (_feature(number, feature) for number, feature in features))


def _feature(number: int, feature: Mapping[str, Any]) -> tuple[int, Row, Row]:
    named, fixed = _row(_flat(feature["properties"]))
    site_id = str(feature.get("id") or "")
    if SLUG.fullmatch(site_id) and not site_id.isdigit():
        fixed["id"] = site_id
    return number, named, fixed | _place(feature.get("geometry"))


def _flat(properties: Mapping[str, Any]) -> Row:
    """The properties as texts; those inside others by both names."""
    flat: Row = {}
    for key, value in properties.items():
        if isinstance(value, dict):
            inside = {f"{key}_{name}": str(text) for name, text in value.items() if isinstance(text, str)}
            if "name" not in properties and isinstance(value.get("name"), str):
                flat["name"] = value["name"]
            flat |= inside
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            flat[key] = str(value)
    return flat


def _row(named: Mapping[str, str]) -> tuple[Row, Row]:
    """The texts by their names, and what OpenStreetMap says in its words; ids of other tools are not ours."""
    texts = {
        name: _TAGS.sub(" ", unescape(text)).strip()
        for name, text in named.items()
        if name.strip().casefold() not in _NOT_OURS
    }
    said = {}
    for tag, (column, values) in _SAID.items():
        if (value := values.get(texts.get(tag, ""))) is not None:
            del texts[tag]
            said[column] = value
    return texts, said


def _place(geometry: Any) -> Row:
    """Where a geometry lies: a point, or the middle of what is wider, with half its size as the error."""
    points = list(_points(geometry.get("coordinates"))) if isinstance(geometry, dict) else []
    if not points:
        return {}
    west, south = (min(point[axis] for point in points) for axis in (0, 1))
    east, north = (max(point[axis] for point in points) for axis in (0, 1))
    place = {"lat": repr((south + north) / 2), "lon": repr((west + east) / 2)}
    if len(points) == 1:
        return place
    is_metres = max(abs(east), abs(north)) > _DEGREES
    across_m = (
        hypot(east - west, north - south) if is_metres else plane_distance_m((west, south), (east, north))
    )
    error_m = max(across_m / 2, _LEAST_ERROR_M)
    return place | {"quality": "near" if error_m <= _NEAR_M else "area", "error_m": f"{error_m:.0f}"}


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    match coordinates:
        case [int() | float() as lon, int() | float() as lat, *_]:
            yield float(lon), float(lat)
        case list():
            for part in coordinates:
                yield from _points(part)
        case _:
            return


def read_xml(data: bytes) -> Table:
    """Read the places of a KML or GPX file.

    Raises
    ------
    CatalogueFileError
        If it is neither, or declares entities, which can be made to fill the memory.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise CatalogueFileError("no_places")
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a DTD there is nothing to expand
    except (ET.ParseError, ValueError) as error:
        raise CatalogueFileError("no_places") from error
    form = _name(root)
    if form not in {"kml", "gpx"}:
        raise CatalogueFileError("no_places")
    wanted, read = ("Placemark", _placemark) if form == "kml" else ("wpt", _waypoint)
    found = [node for node in root.iter() if _name(node) == wanted]
    nodes = capped(found, lambda: len(found))
    return table_of(form, "xml", ((number, *read(node)) for number, node in enumerate(nodes, start=1)))


def _name(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _texts(nodes: Iterable[ET.Element]) -> Row:
    return {_name(node): (node.text or "").strip() for node in nodes if (node.text or "").strip()}


def _placemark(node: ET.Element) -> tuple[Row, Row]:
    named = _texts(child for child in node if _name(child) in {"name", "description", "address"})
    for data in node.iter():
        if _name(data) in {"Data", "SimpleData"} and data.get("name"):
            text = "".join(data.itertext()).strip()
            named.setdefault(data.get("name", ""), text)
    texts, fixed = _row(named)
    points = [
        [float(part) for part in triple.split(",")[:2]]
        for one in node.iter()
        if _name(one) == "coordinates"
        for triple in (one.text or "").split()
        if re.fullmatch(r"-?[\d.]+(?:e-?\d+)?,-?[\d.]+(?:e-?\d+)?(?:,.*)?", triple)
    ]
    return texts, fixed | _place({"coordinates": points})


def _waypoint(node: ET.Element) -> tuple[Row, Row]:
    texts, fixed = _row(_texts(child for child in node if _name(child) in {"name", "desc", "cmt"}))
    return texts, fixed | {"lat": node.get("lat", ""), "lon": node.get("lon", "")}
