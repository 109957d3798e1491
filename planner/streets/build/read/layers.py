"""The drawn background, made with GeoPandas: what to draw, simplified, in drawing order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import osmium
import shapely

from planner.streets.build.read.marks import build_marks
from planner.streets.build.read.sea import sea_polygons
from planner.streets.build.read.translated import Translations, translate
from planner.streets.files import SCALE
from planner.streets.query.layers import LayerKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from planner.streets.build.graph import Names
    from planner.streets.query.layers import Bounds

_HIGHWAYS: Mapping[str, LayerKind] = {
    **dict.fromkeys(("motorway", "trunk", "primary"), LayerKind.MAJOR),
    **dict.fromkeys(("motorway_link", "trunk_link", "primary_link"), LayerKind.MEDIUM),
    **dict.fromkeys(("secondary", "secondary_link", "tertiary", "tertiary_link"), LayerKind.MEDIUM),
    **dict.fromkeys(("residential", "unclassified", "living_street", "pedestrian", "road"), LayerKind.MINOR),
    **dict.fromkeys(("service", "track"), LayerKind.SERVICE),
    **dict.fromkeys(("footway", "path", "cycleway", "bridleway"), LayerKind.PATH),
    "steps": LayerKind.STEPS,
}
_RAILWAYS = {"rail", "light_rail", "narrow_gauge", "tram", "funicular"}
_WATERWAYS = {"river", "stream", "canal", "drain"}
_BROAD_CLASSES = {"IV", "V", "Va", "Vb", "VI", "VIa", "VIb", "VIc", "VII"}
"""Of the European waterways (CEMT) those for ships of 80 m and more: a river as broad as a square."""

BROAD_M = 40.0
WIDTH = re.compile(r"\d+(\.\d+)?")
_GREEN = {
    "leisure": {
        "park",
        "garden",
        "pitch",
        "playground",
        "golf_course",
        "nature_reserve",
        "recreation_ground",
    },
    "landuse": {"grass", "meadow", "cemetery", "village_green", "recreation_ground", "orchard", "vineyard"},
    "natural": {"scrub", "grassland", "heath"},
}
_WOOD = {"landuse": {"forest"}, "natural": {"wood"}}
_BUILT_UP = {"landuse": {"residential", "commercial", "retail", "industrial"}}
_WATER = {"natural": {"water", "bay"}, "waterway": {"riverbank", "dock"}, "landuse": {"reservoir", "basin"}}
_PLATFORM = {"railway": {"platform"}, "public_transport": {"platform"}, "man_made": {"pier", "breakwater"}}
_AREAS = {
    LayerKind.WATER: _WATER,
    LayerKind.WOOD: _WOOD,
    LayerKind.GREEN: _GREEN,
    LayerKind.PLATFORM: _PLATFORM,
    LayerKind.BUILT_UP: _BUILT_UP,
}
_KEYS = (
    "highway", "railway", "waterway", "natural", "leisure", "landuse", "building", "place", "man_made",
    "public_transport",
)  # fmt: skip

SMALLEST_M2 = 15.0
"""Buildings below this are sheds and noise on a town map."""

SIMPLIFY_M = 0.7

SEA_DEG = 0.03
"""The sea is drawn this far beyond the rest: 2 to 3 km."""


def line_kind(tags: Mapping[str, str]) -> LayerKind | None:
    """What line these tags draw, None where none."""
    if tags.get("highway") in _HIGHWAYS and tags.get("area") != "yes":
        return _HIGHWAYS[tags["highway"]]
    if tags.get("railway") in _RAILWAYS and tags.get("tunnel", "no") == "no":
        return LayerKind.RAIL
    if tags.get("waterway") in _WATERWAYS and tags.get("tunnel", "no") == "no":
        return LayerKind.RIVER if _is_broad(tags) else LayerKind.WATERWAY
    return None


def _is_broad(tags: Mapping[str, str]) -> bool:
    """Whether a waterway is drawn broad: where its banks lie outside the file, a line is all there is."""
    width = WIDTH.match(tags.get("width", ""))
    return (width is not None and float(width[0]) >= BROAD_M) or tags.get("CEMT") in _BROAD_CLASSES


def area_kind(tags: Mapping[str, str]) -> LayerKind | None:
    """What area these tags draw, None where none."""
    if tags.get("building", "no") != "no":
        return LayerKind.BUILDING
    if tags.get("highway") in {"pedestrian", "footway"} or tags.get("place") == "square":
        return LayerKind.SQUARE
    for kind, values in _AREAS.items():
        if any(tags.get(key) in wanted for key, wanted in values.items()):
            return kind
    return None


def read_features(file: Path, translations: Translations) -> gpd.GeoDataFrame:
    """Read what can be drawn: columns kind, name, estimated, geometry (lon, lat)."""
    factory = osmium.geom.WKBFactory()
    rows: list[tuple[int, str, bool]] = []
    shapes: list[bytes] = []
    objects = osmium.FileProcessor(str(file)).with_areas(osmium.filter.KeyFilter(*_KEYS))
    for thing in objects.with_filter(osmium.filter.KeyFilter(*_KEYS)):
        if thing.is_way():
            kind = line_kind(dict(thing.tags))
            make = factory.create_linestring
        elif thing.is_area():
            kind = area_kind(dict(thing.tags))
            make = factory.create_multipolygon
        else:
            continue
        if kind is None:
            continue
        try:
            shapes.append(make(thing))
        except (osmium.InvalidLocationError, RuntimeError):
            continue
        tags = dict(thing.tags)
        rows.append((int(kind), translate(tags, translations), tags.get("source") == "estimate"))
    frame = {name: [row[place] for row in rows] for place, name in enumerate(("kind", "name", "estimated"))}
    return gpd.GeoDataFrame(frame, geometry=list(shapely.from_wkb(shapes, on_invalid="ignore")), crs=4326)


def build_layers(file: Path, bounds: Bounds, names: Names) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of planner.streets.query.layers.Layers for what lies in the bounds."""
    translations: Translations = {}
    marks = build_marks(file, bounds, names, translations)
    features = read_features(file, translations)
    shapes = [
        (int(kind), str(name), bool(estimated), shape)
        for kind, name, estimated, shape in zip(*_within(features, bounds), strict=True)
    ]
    shapes += [(int(LayerKind.SEA), "", False, polygon) for polygon in sea_polygons(file, _widened(bounds))]
    rows = [[names.number(text) for text in (*key, other)] for key, other in translations.items()]
    translated = np.array(rows, np.int32).reshape(-1, 3)
    return _to_arrays(shapes, names) | marks | {"translations": translated}


def _widened(bounds: Bounds) -> Bounds:
    """The sea goes on beyond the town, as far as a map of the whole of it may show."""
    west, south, east, north = bounds
    return west - SEA_DEG, south - SEA_DEG, east + SEA_DEG, north + SEA_DEG


def utm_zone(west: float, south: float, east: float, north: float) -> str:
    """Return the UTM zone of a box's centre by its EPSG code, as GeoPandas estimates it.

    GeoPandas searches the whole register for it, which takes longer than to build a small town.
    """
    number = int((west + east) / 2 + 180) // 6 % 60 + 1
    return f"EPSG:{(32600 if south + north >= 0 else 32700) + number}"


def _within(features: gpd.GeoDataFrame, bounds: Bounds) -> tuple[NDArray[np.generic], ...]:
    """Return kinds, names, whether estimated, and shapes: each part of what lies in the bounds.

    The smallest buildings are left out, and what a town map cannot show of the other shapes. Arrays and a
    series do in a third of the time what tables of features would.
    """
    clipped = shapely.clip_by_rect(features.geometry.to_numpy(), *bounds)
    parts, rows = shapely.get_parts(clipped, return_index=True)
    is_there = ~shapely.is_empty(parts)
    parts, rows = parts[is_there], rows[is_there]
    kinds, names, estimated = (features[column].to_numpy()[rows] for column in ("kind", "name", "estimated"))
    if not len(parts):
        return kinds, names, estimated, parts
    plane = gpd.GeoSeries(parts, crs=4326)
    plane = plane.to_crs(utm_zone(*plane.total_bounds.tolist()))
    is_shown = (kinds != int(LayerKind.BUILDING)) | (plane.area.to_numpy() >= SMALLEST_M2)
    simple = plane[is_shown].simplify(SIMPLIFY_M).to_crs(4326).to_numpy()
    return kinds[is_shown], names[is_shown], estimated[is_shown], simple


def _to_arrays(
    shapes: list[tuple[int, str, bool, BaseGeometry]], names: Names
) -> dict[str, NDArray[np.generic]]:
    """Flatten to arrays; holes are left out, as the map's features are plain rings."""
    coords, kinds, labels, estimated = [], [], [], []
    for kind, name, is_estimated, shape in shapes:
        is_area = LayerKind(kind).is_area
        wanted = "Polygon" if is_area else "LineString"
        if shape.is_empty or shape.geom_type != wanted:
            continue
        outline = shapely.get_exterior_ring(shape) if is_area else shape
        coords.append(np.rint(shapely.get_coordinates(outline) * SCALE).astype(np.int32))
        kinds.append(kind)
        labels.append(names.number(name))
        estimated.append(is_estimated)
    boxes = [(*part.min(axis=0), *part.max(axis=0)) for part in coords]
    return {
        "coords": np.concatenate(coords) if coords else np.empty((0, 2), np.int32),
        "offsets": np.concatenate(([0], np.cumsum([len(part) for part in coords]))).astype(np.int64),
        "kinds": np.array(kinds, np.uint8),
        "name_ids": np.array(labels, np.int32),
        "estimated": np.array(estimated, bool),
        "boxes": np.array(boxes, np.int32).reshape(-1, 4),
    }
