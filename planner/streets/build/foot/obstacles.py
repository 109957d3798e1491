"""What stands on a surface is taken out of it: a church, a kiosk, a wall, a basin."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from planner.domain.geo import METRES_PER_DEGREE, LonLat
from planner.streets.build.rules import is_on_ground
from planner.streets.build.tag_values import is_yes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.streets.build.read.osm import RawStreets

WALL_M = 0.15
"""Half the breadth of a wall or fence that is drawn as a line."""

LEAST_M2 = 0.5
"""What reaches less far into a surface stands beside it, drawn inexactly."""

MOST_SHARE = 0.8
"""What covers more of a surface stands over it: an arcade, a hall, a roof that is drawn as a building."""

SIMPLIFY_M = 0.2
SAME_M = 0.02
"""Two corners this near are one."""

_FIRST_ID = -(1 << 50)

Ring = tuple[int, ...]


class Standing:
    """What stands in a town. Corners of walls become nodes of their own, with ids that no file has."""

    def __init__(self, raw: RawStreets) -> None:
        self._raw = raw
        self._shapes = raw.standing
        self._tree = shapely.STRtree(self._shapes)
        self._next_id = _FIRST_ID

    def taken_from(self, shape: shapely.Geometry, tags: Mapping[str, str], origin: LonLat) -> Free | None:
        """Return what is left of a surface on its plane; None where nothing stands on it."""
        if not self._shapes or not is_on_ground(tags) or is_yes(tags.get("covered")):
            return None
        scale = METRES_PER_DEGREE * np.array([cos(radians(origin[1])), 1.0])

        def on_earth(plane: NDArray[np.float64]) -> NDArray[np.float64]:
            return plane / scale + origin

        def on_plane(earth: NDArray[np.float64]) -> NDArray[np.float64]:
            return (earth - origin) * scale

        area = float(shapely.area(shape))
        near = self._tree.query(shapely.transform(shape, on_earth)).tolist()
        solids = [_solid(shapely.transform(self._shapes[number], on_plane)) for number in near]
        cut = [solid for solid in solids if LEAST_M2 < _common_m2(shape, solid) < MOST_SHARE * area]
        if not cut:
            return None
        left = shapely.difference(shape, shapely.union_all(cut))
        if shapely.area(left) < (1 - MOST_SHARE) * area or not shapely.is_valid(left):
            return None
        return Free(left, origin, scale)

    def name(self, at: LonLat) -> int:
        """Return the id of a new node at a position (lon, lat)."""
        self._next_id -= 1
        self._raw.positions[self._next_id] = (round(at[0], 7), round(at[1], 7))
        return self._next_id


def _solid(shape: shapely.Geometry) -> shapely.Geometry:
    if shapely.get_dimensions(shape) == 1:
        return shapely.buffer(shape, WALL_M, cap_style="flat", join_style="mitre")
    return shapely.simplify(shapely.make_valid(shape), SIMPLIFY_M)


def _common_m2(shape: shapely.Geometry, solid: shapely.Geometry) -> float:
    return float(shapely.area(shapely.intersection(shape, solid)))


@dataclass(frozen=True, eq=False)
class Free:
    """What is left of a surface, on a plane in metres about an origin."""

    shape: shapely.Geometry
    origin: LonLat
    scale: NDArray[np.float64]

    def rings(self, at: Mapping[int, tuple[float, float]], standing: Standing) -> FreeRings:
        """Return its outlines and holes as rings of nodes."""
        rings = FreeRings(self, at, standing)
        for part in shapely.get_parts(self.shape):
            rings.outer.append(rings.of(part.exterior))
            rings.inner += [rings.of(hole) for hole in part.interiors]
        return rings


class FreeRings:
    """Rings of nodes: of those that are known where they lie there, and of new ones, which `places` tells."""

    def __init__(self, free: Free, at: Mapping[int, tuple[float, float]], standing: Standing) -> None:
        self.outer: list[Ring] = []
        self.inner: list[Ring] = []
        self.places: dict[int, tuple[float, float]] = {}
        self._free = free
        self._standing = standing
        self._known = list(at)
        self._tree = shapely.STRtree(shapely.points([at[node] for node in self._known]))

    def of(self, ring: shapely.LinearRing) -> Ring:
        """Return a ring as nodes, the first again at its end."""
        nodes = [self._node((x, y)) for x, y in shapely.get_coordinates(ring)[:-1].tolist()]
        return (*nodes, nodes[0])

    def _node(self, place: tuple[float, float]) -> int:
        near = self._tree.query(shapely.Point(place), predicate="dwithin", distance=SAME_M)
        if len(near):
            return self._known[int(near[0])]
        lon, lat = (np.array(place) / self._free.scale + self._free.origin).tolist()
        number = self._standing.name((lon, lat))
        self.places[number] = place
        return number
