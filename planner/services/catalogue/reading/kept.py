"""What tools keep instead of GeoJSON: a whole map of uMap, the elements of Overpass, one feature."""

from __future__ import annotations

from typing import Any


def as_collection(document: Any) -> Any:
    """A document as a FeatureCollection where it is of such a tool; another stays as it is."""
    match document:
        case {"type": "umap", "layers": [*layers]}:
            parts = [layer.get("features") for layer in layers if isinstance(layer, dict)]
            return {"features": [feature for part in parts if isinstance(part, list) for feature in part]}
        case {"elements": [*elements]}:
            return {"features": [_feature(element) for element in elements if _is_place(element)]}
        case {"type": "Feature"}:
            return {"features": [document]}
        case _:
            return document


def _is_place(element: Any) -> bool:
    """Whether an element of OpenStreetMap has tags; nodes without are corners of ways."""
    return isinstance(element, dict) and isinstance(element.get("tags"), dict)


def _feature(element: dict[str, Any]) -> dict[str, Any]:
    properties = {key: text for key, text in element["tags"].items() if key != "id"}
    return {"type": "Feature", "properties": properties, "geometry": _geometry(element)}


def _geometry(element: dict[str, Any]) -> dict[str, Any] | None:
    """Where an element lies, by `out center`, `out geom`, `out bb`; None of a way without any of them."""
    match element:
        case {"lat": lat, "lon": lon} | {"center": {"lat": lat, "lon": lon}}:
            return {"type": "Point", "coordinates": [lon, lat]}
        case {"bounds": {"minlat": south, "minlon": west, "maxlat": north, "maxlon": east}}:
            return {"type": "MultiPoint", "coordinates": [[west, south], [east, north]]}
        case _:
            return None
