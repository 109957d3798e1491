"""The sea, from coastlines: OSM draws only the shore, with land on its left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import osmium
import shapely

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.query.layers import Bounds

_NUDGE = 1e-6
"""A step of 0.1 m to the right of the shore, in degrees: small against any bay."""


def sea_polygons(file: Path, bounds: Bounds) -> list[shapely.Polygon]:
    """Return the parts of the bounds that lie to the right of a coastline."""
    shores = _shores(file, bounds)
    if not shores:
        return []
    frame = shapely.box(*bounds)
    lines = shapely.union_all([*shores, frame.exterior])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.node(lines))))
    wet = [_right_of(shore) for shore in shores]
    wet_points = np.concatenate(wet)
    tree = shapely.STRtree(list(faces))
    hits = np.unique(tree.query(shapely.points(wet_points), predicate="within")[1])
    return [faces[index] for index in hits]


def _shores(file: Path, bounds: Bounds) -> list[shapely.LineString]:
    factory = osmium.geom.WKBFactory()
    found = []
    ways = osmium.FileProcessor(str(file)).with_locations()
    for way in ways.with_filter(osmium.filter.KeyFilter("natural")):
        if not way.is_way() or way.tags.get("natural") != "coastline":
            continue
        try:
            found.append(shapely.from_wkb(factory.create_linestring(way)))
        except (osmium.InvalidLocationError, RuntimeError):
            continue
    parts = shapely.get_parts(shapely.clip_by_rect(np.array(found, dtype=object), *bounds))
    return [part for part in parts if part.geom_type == "LineString" and not part.is_empty]


def _right_of(shore: shapely.LineString) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return points just right of the middle of each stretch of the shore."""
    coords = shapely.get_coordinates(shore)
    step = np.diff(coords, axis=0)
    size = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-12)
    right = np.column_stack((step[:, 1], -step[:, 0])) / size[:, None]
    return (coords[:-1] + coords[1:]) / 2 + right * _NUDGE
