"""The sea, from coastlines: OSM draws only the shore, with land on its left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import osmium
import shapely

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.streets.query.layers import Bounds

_NUDGE = 1e-6
"""A step of 0.1 m to the right of the shore, in degrees: small against any bay."""


def sea_polygons(file: Path, bounds: Bounds) -> list[shapely.Polygon]:
    """Return the parts of the bounds that lie to the right of a coastline, and none of them to the left.

    An extract's coastline often ends short of the bounds: its ends are led on
    to the nearest edge, as the sea beyond is not known anyway.
    """
    shores = _shores(file, bounds)
    if not shores:
        return []
    frame = shapely.box(*bounds).exterior
    lines = shapely.union_all([*shores, *_led_to(frame, shores), frame])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.node(lines))))
    tree = shapely.STRtree(list(faces))
    wet, dry = (_faces_with(tree, [_beside(shore, side) for shore in shores]) for side in (1, -1))
    return [faces[index] for index in sorted(wet - dry)]


def _led_to(frame: shapely.LinearRing, shores: list[shapely.LineString]) -> list[shapely.LineString]:
    """Straight lines from the open ends of the shores to the nearest point of the frame."""
    chains = shapely.get_parts(shapely.line_merge(shapely.union_all(shores)))
    ends = [end for chain in chains for end in (shapely.get_point(chain, 0), shapely.get_point(chain, -1))]
    open_ends = [end for end in ends if sum(end.equals(other) for other in ends) == 1]
    lines = [shapely.shortest_line(end, frame) for end in open_ends]
    return [line for line in lines if line.length > 0]


def _faces_with(tree: shapely.STRtree, points: list[NDArray[np.float64]]) -> set[int]:
    places = shapely.points(np.concatenate(points))
    return {int(index) for index in tree.query(places, predicate="within")[1]}


def _shores(file: Path, bounds: Bounds) -> list[shapely.LineString]:
    factory = osmium.geom.WKBFactory()
    lines = []
    ways = osmium.FileProcessor(str(file)).with_locations()
    for way in ways.with_filter(osmium.filter.KeyFilter("natural")):
        if not way.is_way() or way.tags.get("natural") != "coastline":
            continue
        try:
            lines.append(shapely.from_wkb(factory.create_linestring(way)))
        except (osmium.InvalidLocationError, RuntimeError):
            continue
    parts = shapely.get_parts(shapely.clip_by_rect(np.array(lines, dtype=object), *bounds))
    return [part for part in parts if part.geom_type == "LineString" and not part.is_empty]


def _beside(shore: shapely.LineString, side: int) -> NDArray[np.float64]:
    """Points just right (side 1) or left (-1) of the middle of each stretch of the shore."""
    coords = shapely.get_coordinates(shore)
    step = np.diff(coords, axis=0)
    size = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-12)
    right = np.column_stack((step[:, 1], -step[:, 0])) / size[:, None]
    return (coords[:-1] + coords[1:]) / 2 + side * right * _NUDGE
