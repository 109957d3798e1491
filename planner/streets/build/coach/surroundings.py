"""Whether a road leads through a town or over open land, where the map does not say so."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.files import SCALE, WayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph

AROUND_M = 400.0
TOWN_JUNCTIONS = 12
"""A town has so many ends and crossings of streets within 400 m of a road, 24 in a square kilometre: by eye,
between villages, which have more, and farm tracks. Valhalla looks at the length of roads about likewise.
"""

_STREETS = (WayKind.STREET, WayKind.SERVICE, WayKind.PEDESTRIAN)
_ZONE_KEYS = ("zone:traffic", "maxspeed:type", "source:maxspeed", "zone:maxspeed")


def is_open_land(graph: Graph) -> NDArray[np.bool_]:
    """By edge: whether few streets meet around it."""
    if len(graph.u) == 0:
        return np.zeros(0, bool)
    streets = np.isin(graph.kind, _STREETS) & (graph.length > 0)
    ends = np.concatenate((graph.u[streets], graph.v[streets]))
    meeting = np.bincount(ends, minlength=len(graph.nodes))
    places = _plane(graph.nodes[(meeting > 0) & (meeting != 2)], graph)  # noqa: PLR2004 - a way goes on there
    middle = _plane(graph.vertices[(graph.offsets[:-1] + graph.offsets[1:]) // 2], graph)
    if len(places) == 0:
        return np.ones(len(graph.u), bool)
    around = cKDTree(places).query_ball_point(middle, AROUND_M, return_length=True)
    return np.asarray(around < TOWN_JUNCTIONS)


def said_rural(tags: Mapping[str, str]) -> bool | None:
    """What the tags of a way say of it; None where they say nothing."""
    for key in _ZONE_KEYS:
        for word, is_rural in (("rural", True), ("urban", False)):
            if tags.get(key, "").lower().endswith(word):
                return is_rural
    return False if tags.get("lit") == "yes" and "sidewalk" in tags else None


def _plane(at: NDArray[np.int32], graph: Graph) -> NDArray[np.float64]:
    high = METRES_PER_DEGREE / SCALE
    wide = high * cos(radians(float(graph.nodes[:, 1].mean()) / SCALE))
    return np.asarray(at * np.array([wide, high]))
