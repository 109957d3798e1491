"""Plane geometry on small areas: points are (lon, lat) in degrees, distances are metres."""

from collections.abc import Sequence
from itertools import pairwise
from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt

Point = tuple[float, float]

EARTH_M = 6_371_009.0
DEGREE_M = radians(1) * EARTH_M
LAT0 = 49.97
LON_M = DEGREE_M * cos(radians(LAT0))


def rounded(point: Point) -> Point:
    """Round to 7 decimals (1 cm), the precision of OpenStreetMap."""
    return round(point[0], 7), round(point[1], 7)


def distance(a: Point, b: Point) -> float:
    """Great-circle metres between two points."""
    lat_a, lat_b = radians(a[1]), radians(b[1])
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b[0] - a[0]) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(h))


def length(line: Sequence[Point]) -> float:
    """Great-circle metres along a line."""
    return sum(distance(a, b) for a, b in pairwise(line))


def plane(point: Point, origin: Point) -> Point:
    """Metres east and north of an origin, good to a few centimetres within a kilometre."""
    return (point[0] - origin[0]) * LON_M, (point[1] - origin[1]) * DEGREE_M


def nearest(point: Point, a: Point, b: Point) -> tuple[Point, float]:
    """The point of segment a-b nearest to a point, and the metres to it."""
    (px, py), (bx, by) = plane(point, a), plane(b, a)
    square = bx * bx + by * by
    share = 0.0 if square == 0 else max(0.0, min(1.0, (px * bx + py * by) / square))
    foot = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
    return rounded(foot), hypot(px - share * bx, py - share * by)


def crossing(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where the insides of the segments a-b and c-d meet, or None."""
    (bx, by), (cx, cy), (dx, dy) = plane(b, a), plane(c, a), plane(d, a)
    ex, ey = dx - cx, dy - cy
    det = bx * ey - by * ex
    if det == 0:
        return None
    along, across = (cx * ey - cy * ex) / det, (cx * by - cy * bx) / det
    if not (0 <= along <= 1 and 0 <= across <= 1):
        return None
    return rounded((a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])))


def bearing(centre: Point, point: Point) -> float:
    """Angle of a point seen from a centre, radians counter-clockwise from east, 0 to 2 pi."""
    x, y = plane(point, centre)
    return atan2(y, x) % (2 * pi)


def on_circle(centre: Point, angle: float, radius_m: float) -> Point:
    """The point at an angle (radians counter-clockwise from east) and a distance from a centre."""
    return rounded((centre[0] + radius_m * cos(angle) / LON_M, centre[1] + radius_m * sin(angle) / DEGREE_M))
