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


_NEAR_END = 0.004
"""Degrees: a shore may be met again so near to its own end."""

_FAR = 10.0
"""Degrees: beyond any town."""


def sea_polygons(file: Path, bounds: Bounds) -> list[shapely.Polygon]:
    """Return the parts of the bounds that lie to the right of a coastline, and none of them to the left.

    An extract's coastline often ends short of the bounds: its ends are led on as they lead,
    as the sea beyond is not known anyway.
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
    """Straight lines from the open ends of the shores to the frame: onward, or the shortest way."""
    chains = shapely.get_parts(shapely.line_merge(shapely.union_all(shores)))
    ends = [(chain, place) for chain in chains for place in (0, -1)]
    points = [shapely.Point(shapely.get_coordinates(chain)[place]) for chain, place in ends]
    known = shapely.union_all(shores)
    lines: list[shapely.LineString] = []
    for (chain, place), point in zip(ends, points, strict=True):
        if sum(point.equals(other) for other in points) != 1:
            continue
        onward = _onward(chain, place, frame)
        is_free = onward is not None and _meets_last(known, onward, point) <= _NEAR_END
        line = onward if onward is not None and is_free else shapely.shortest_line(point, frame)
        lines += [line] if line is not None else []
    return [line for line in lines if line.length > 0]


def _onward(chain: shapely.LineString, place: int, frame: shapely.LinearRing) -> shapely.LineString | None:
    """The line from a chain's end up to the frame, in the direction in which its last half leads."""
    end = shapely.get_coordinates(chain)[place]
    back = np.array(chain.interpolate(0.5, normalized=True).coords[0])
    step = (end - back) / max(float(np.hypot(*(end - back))), 1e-12)
    met = shapely.intersection(shapely.LineString([end + step * _NUDGE, end + step * _FAR]), frame)
    if met.is_empty:
        return None
    return shapely.LineString(
        [end, shapely.get_coordinates(shapely.shortest_line(shapely.Point(end), met))[-1]]
    )


def _meets_last(known: shapely.Geometry, line: shapely.LineString, end: shapely.Point) -> float:
    """How far from the end a line meets the known shores for the last time, in degrees."""
    met = shapely.get_coordinates(shapely.intersection(known, line))
    return max((float(np.hypot(x - end.x, y - end.y)) for x, y in met), default=0.0)


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
