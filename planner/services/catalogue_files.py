"""The catalogue's GeoJSON form, read into sites."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from planner.domain.sites import Site
from planner.errors import Fault, SourceFileError
from planner.store.documents import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_geojson(file: Path) -> list[Site]:
    """Read sites from a GeoJSON FeatureCollection; all or none.

    Raises
    ------
    SourceFileError
        With a fault for every feature that does not fit.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        features = document["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"{file.name} is not a GeoJSON FeatureCollection: export one and try again"
        raise SourceFileError(msg) from error
    sites: list[Site] = []
    faults: list[Fault] = []
    for index, feature in enumerate(features):
        try:
            sites.append(_site(feature))
        except (ValidationError, KeyError, TypeError) as error:
            faults.append(Fault(f"/features/{index}", "invalid", str(error)))
    if faults:
        msg = f"{file.name}: {len(faults)} of {len(features)} features cannot be read"
        raise SourceFileError(msg, details=tuple(faults))
    return sites


def _site(feature: dict[str, Any]) -> Site:
    properties = dict(feature["properties"])
    location = dict(properties.pop("location"))
    if feature["geometry"] is not None:
        location["at"] = feature["geometry"]["coordinates"]
    return from_json(Site, {**properties, "id": feature["id"], "location": location})


def to_geojson(sites: Iterable[Site], *, with_hosts: bool) -> dict[str, Any]:
    """The FeatureCollection of sites; contacts of hosts only for the organiser's own export."""
    return {
        "type": "FeatureCollection",
        "features": [_feature(site, with_hosts=with_hosts) for site in sites],
    }


def _feature(site: Site, *, with_hosts: bool) -> dict[str, Any]:
    document = to_json(site)
    at = document["location"].pop("at")
    if not with_hosts:
        document.pop("host")
    geometry = None if at is None else {"type": "Point", "coordinates": at}
    return {"type": "Feature", "id": document.pop("id"), "geometry": geometry, "properties": document}
