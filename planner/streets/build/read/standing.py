"""What stands on squares: buildings, walls, fences, hedges, water and fountains, as shapes (lon, lat)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium
import shapely

from planner.streets.build.rules import is_on_ground

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LINES = {
    "wall", "fence", "hedge", "city_wall", "retaining_wall", "wire_fence", "guard_rail", "ditch", "handrail",
}  # fmt: skip
_OPEN_BUILDINGS = {"no", "roof", "carport", "canopy"}
_WATER = {
    "natural": {"water"},
    "amenity": {"fountain"},
    "leisure": {"swimming_pool"},
    "landuse": {"flowerbed"},
}
_KEYS = ("building", "building:part", "barrier", *_WATER)


def is_standing(tags: Mapping[str, str]) -> bool:
    """Whether an area with these tags cannot be walked on, by somebody on the ground."""
    if tags.get("layer", "0") not in {"0", ""} or not is_on_ground(tags) or _begins_above(tags):
        return False
    if tags.get("building", "no") not in _OPEN_BUILDINGS:
        return True
    return any(tags.get(key) in values for key, values in _WATER.items()) or is_wall(tags)


def is_wall(tags: Mapping[str, str]) -> bool:
    """Whether a line with these tags is not walked over."""
    return tags.get("barrier") in _LINES and tags.get("layer", "0") in {"0", ""}


def _begins_above(tags: Mapping[str, str]) -> bool:
    """Whether a building is no building at the height of walkers."""
    low = tags.get("building:min_level", tags.get("min_level", tags.get("min_height", "0")))
    return low.strip().rstrip(" m").replace(".", "", 1).strip("0") != ""


def read_standing(file: Path, boxes: Sequence[tuple[float, float, float, float]]) -> list[shapely.Geometry]:
    """Return what stands within some boxes (west, south, east, north): areas, and walls as lines."""
    if not boxes:
        return []
    tree = shapely.STRtree([shapely.box(*box) for box in boxes])
    factory = osmium.geom.WKBFactory()
    objects = osmium.FileProcessor(str(file)).with_areas(osmium.filter.KeyFilter(*_KEYS))
    found: list[shapely.Geometry] = []
    for thing in objects.with_filter(osmium.filter.KeyFilter(*_KEYS)):
        tags = dict(thing.tags)
        if thing.is_area() and is_standing(tags):
            make = factory.create_multipolygon
        elif thing.is_way() and is_wall(tags) and not thing.is_closed():
            make = factory.create_linestring
        else:
            continue
        try:
            shape = shapely.from_wkb(make(thing), on_invalid="ignore")
        except (osmium.InvalidLocationError, RuntimeError):
            continue
        if shape is not None and len(tree.query(shape)):
            found.append(shape)
    return found
