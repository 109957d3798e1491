"""Positions and lengths. One Earth model everywhere: the sphere OSMnx uses."""

from __future__ import annotations

from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LonLat = tuple[float, float]
"""A position as (longitude, latitude) in WGS 84 degrees: always this order."""

EARTH_RADIUS_M = 6_371_009.0
"""Mean radius used by OSMnx, so that lengths can be compared to the metre."""

METRES_PER_DEGREE = EARTH_RADIUS_M * radians(1.0)


def distance_m(a: LonLat, b: LonLat) -> float:
    """Great-circle distance in metres by the haversine formula."""
    lon_a, lat_a, lon_b, lat_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))


def length_m(line: Sequence[LonLat]) -> float:
    """Length in metres of a line of positions."""
    return sum(distance_m(a, b) for a, b in pairwise(line))


def bearing_deg(a: LonLat, b: LonLat) -> float:
    """Initial bearing from a to b in degrees clockwise from north, on the local plane (for short steps)."""
    east = (b[0] - a[0]) * cos(radians((a[1] + b[1]) / 2))
    return degrees(atan2(east, b[1] - a[1])) % 360


def offset(origin: LonLat, east_m: float, north_m: float) -> LonLat:
    """The position so many metres east and north of origin, on the local plane."""
    lat = origin[1] + north_m / METRES_PER_DEGREE
    return (origin[0] + east_m / (METRES_PER_DEGREE * cos(radians(origin[1]))), lat)


def plane_distance_m(a: LonLat, b: LonLat) -> float:
    """Distance in metres on the local plane: quick, good to 0.1 % within a town."""
    scale = cos(radians((a[1] + b[1]) / 2))
    return METRES_PER_DEGREE * hypot((b[0] - a[0]) * scale, b[1] - a[1])
