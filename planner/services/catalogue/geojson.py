"""The catalogue's GeoJSON form: written, and read feature by feature with what is wrong with each."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from planner.domain.sites import HostContact, Location, Site
from planner.errors import Fault, SourceFileError
from planner.services.catalogue.reading.kept import as_collection
from planner.services.catalogue.rules import TEXTS, CatalogueFileError, Problem, tidy
from planner.store.documents import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PROPERTIES = frozenset(part.name for part in fields(Site)) - {"id"}
_INSIDE = {
    "location": frozenset(part.name for part in fields(Location)),
    "host": frozenset(part.name for part in fields(HostContact)),
}


def read_geojson(file: Path) -> list[Site]:
    """Read sites from a GeoJSON FeatureCollection; all or none.

    Raises
    ------
    SourceFileError
        With a fault for every feature that does not fit.
    """
    try:
        features = geojson_features(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, CatalogueFileError) as error:
        msg = f"{file.name} is not a GeoJSON FeatureCollection: export one and try again"
        raise SourceFileError(msg) from error
    sites: list[Site] = []
    faults: list[Fault] = []
    for index, feature in enumerate(features):
        site, problems = read_feature(feature)
        if site is not None:
            sites.append(site)
        faults += [
            Fault(f"/features/{index}/{problem.column}", problem.code, _plainly(problem))
            for problem in problems
        ]
    if faults:
        msg = f"{file.name}: {len(features) - len(sites)} of {len(features)} features cannot be read"
        raise SourceFileError(msg, details=tuple(faults))
    return sites


def geojson_features(text: str) -> list[Any]:
    """The features of a FeatureCollection, or of what uMap and Overpass keep instead.

    Raises
    ------
    CatalogueFileError
        If the text is none.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CatalogueFileError("no_geojson") from error
    document = as_collection(document)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise CatalogueFileError("no_geojson")
    return features


def read_feature(feature: Any) -> tuple[Site | None, list[Problem]]:
    """Read a site, and what could not be read. Without an id the site's is ''."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return None, [Problem("properties", "not_a_feature")]
    properties = feature["properties"]
    location = properties.get("location") or {}
    if not isinstance(location, dict):
        return None, [Problem("location", "not_of_form")]
    at, problems = _point(feature.get("geometry"))
    if problems:
        return None, problems
    site_id = feature.get("id", properties.get("id", ""))
    document = {**properties, "id": "" if site_id is None else str(site_id)}
    document["location"] = {"quality": "none" if at is None else "near", **location, "at": at}
    if at is not None and "quality" not in location:
        document["location"].setdefault("error_m", 100)
    try:
        return tidy(from_json(Site, document)), []
    except ValidationError as error:
        return None, list(_problems(error))


def unread_properties(feature: Any) -> Iterator[str]:
    """The names of what a feature holds beyond a site."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return
    yield from (name for name in properties if name not in PROPERTIES and name != "id")
    for name, known in _INSIDE.items():
        inside = properties.get(name)
        if isinstance(inside, dict):
            yield from (f"{name}.{key}" for key in inside if key not in known)


def to_geojson(sites: Iterable[Site], *, with_hosts: bool) -> dict[str, Any]:
    """The FeatureCollection of sites; contacts of hosts only for the organiser's own export."""
    return {
        "type": "FeatureCollection",
        "features": [_feature(site, with_hosts=with_hosts) for site in sites],
    }


_LEFT_OUT = (
    "drop_off", "confirmed_how", "photo", "toilets", "water", "seats", "ticket", "ticket_price",
    "ticket_where",
)  # fmt: skip
"""What a file says only where there is something to say."""


def _feature(site: Site, *, with_hosts: bool) -> dict[str, Any]:
    document = to_json(site)
    at = document["location"].pop("at")
    for name in _LEFT_OUT:
        if document[name] in (None, "", "unknown"):
            document.pop(name)
    if not with_hosts:
        document.pop("host")
    geometry = None if at is None else {"type": "Point", "coordinates": at}
    return {"type": "Feature", "id": document.pop("id"), "geometry": geometry, "properties": document}


def _point(geometry: Any) -> tuple[list[float] | None, list[Problem]]:
    if geometry is None:
        return None, []
    try:
        kind, coordinates = geometry["type"], geometry["coordinates"]
        lon, lat = float(coordinates[0]), float(coordinates[1])
    except (KeyError, TypeError, ValueError, IndexError):
        return None, [Problem("geometry", "not_a_point")]
    return ([lon, lat], []) if kind == "Point" else (None, [Problem("geometry", "not_a_point")])


def _problems(error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        path = [str(part) for part in detail["loc"]]
        column = "_".join(path[:2]) if path and path[0] in {*TEXTS, "host"} else ".".join(path)
        yield Problem(column, "invalid", {"reason": detail["msg"], "kind": detail["type"]})


def _plainly(problem: Problem) -> str:
    return str(problem.params.get("reason", problem.code.replace("_", " ")))
