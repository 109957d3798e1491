"""Metres of maps (PL-1992, PL-2000, UTM, Web Mercator) as degrees, by the series of Krüger, to a millimetre.

pyproj would do the same, but a serving process does not load it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import asinh, atan, atanh, cos, cosh, degrees, exp, pi, radians, sin, sinh, sqrt

from planner.domain.geo import LonLat

_FLATTENING, _AXIS_M = 1 / 298.257222101, 6_378_137.0
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS_M = _AXIS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BACK = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96,
    _N**2 / 48 + _N**3 / 15,
    17 * _N**3 / 480,
)
_LEAST_M, _MOST_M = 1_000.0, 20_000_000.0
_POLAND = (13.5, 48.5, 24.7, 55.3)

Covers = Callable[[LonLat], bool]
"""Whether a place lies where places are expected."""


@dataclass(frozen=True)
class Grid:
    """A transverse Mercator grid; `middle_deg` None is the Web Mercator of map tiles."""

    name: str
    middle_deg: float | None
    scale: float = 1.0
    east_m: float = 0.0
    north_m: float = 0.0

    def degrees(self, north_m: float, east_m: float) -> LonLat:
        """Longitude and latitude in degrees."""
        if self.middle_deg is None:
            lat = pi / 2 - 2 * atan(exp(-north_m / _AXIS_M))
            return round(degrees(east_m / _AXIS_M), 9), round(degrees(lat), 9)
        reach_m = self.scale * _RADIUS_M
        xi, eta = (north_m - self.north_m) / reach_m, (east_m - self.east_m) / reach_m
        flat_xi = xi - sum(b * sin(2 * k * xi) * cosh(2 * k * eta) for k, b in enumerate(_BACK, 1))
        flat_eta = eta - sum(b * cos(2 * k * xi) * sinh(2 * k * eta) for k, b in enumerate(_BACK, 1))
        tangent = sin(flat_xi) / sqrt(sinh(flat_eta) ** 2 + cos(flat_xi) ** 2)
        eccentricity = 2 * sqrt(_N) / (1 + _N)
        lat = atan(tangent)
        for _ in range(5):
            lat = atan(sinh(asinh(tangent) + eccentricity * atanh(eccentricity * sin(lat))))
        lon = radians(self.middle_deg) + atan(sinh(flat_eta) / cos(flat_xi))
        return round(degrees(lon), 9), round(degrees(lat), 9)


GRIDS = (
    Grid("PL-1992 (EPSG:2180)", 19.0, 0.9993, 500_000.0, -5_300_000.0),
    *(
        Grid(f"PL-2000 (EPSG:{2171 + zone})", 3.0 * zone, 0.999923, zone * 1e6 + 500_000.0)
        for zone in (5, 6, 7, 8)
    ),
    Grid("Web Mercator (EPSG:3857)", None),
)
_UTM = tuple(
    Grid(f"UTM (EPSG:{32600 + zone})", 6.0 * zone - 183, 0.9996, 500_000.0) for zone in range(28, 39)
)


@dataclass(frozen=True)
class Metres:
    """In which grid places are written, and whether the north comes first, as geodesists write X and Y."""

    grid: Grid
    is_swapped: bool

    def degrees(self, north_m: float, east_m: float) -> LonLat:
        """Longitude and latitude in degrees."""
        north_m, east_m = (east_m, north_m) if self.is_swapped else (north_m, east_m)
        return self.grid.degrees(north_m, east_m)


def metres_of(places: Iterable[tuple[float, float]], covers: Covers | None = None) -> Metres | None:
    """The grid in which most places (as latitude, longitude) lie where they are expected; None for degrees.

    Without a town they are expected in Poland, and UTM is not tried: two of its zones would fit.
    """
    pairs = [pair for pair in places if _is_metres(*pair)]
    ways = [Metres(grid, is_swapped) for grid in _grids(covers) for is_swapped in (False, True)]
    counts = [(sum(_fits(way, pair, covers or _in_poland) for pair in pairs), way) for way in ways]
    most, best = max(counts, key=lambda count: count[0])
    return best if most else None


def in_degrees(lat: float, lon: float) -> LonLat:
    """One place as longitude and latitude, made degrees where it is metres of a Polish grid."""
    metres = metres_of([(lat, lon)]) if _is_metres(lat, lon) else None
    return metres.degrees(lat, lon) if metres else (lon, lat)


def _grids(covers: Covers | None) -> Sequence[Grid]:
    return (*GRIDS, *_UTM) if covers else GRIDS


def _is_metres(lat: float, lon: float) -> bool:
    return _LEAST_M < abs(lat) < _MOST_M and _LEAST_M < abs(lon) < _MOST_M


def _fits(way: Metres, pair: tuple[float, float], covers: Covers) -> bool:
    try:
        return covers(way.degrees(*pair))
    except (OverflowError, ValueError, ZeroDivisionError):
        return False


def _in_poland(at: LonLat) -> bool:
    west, south, east, north = _POLAND
    return west <= at[0] <= east and south <= at[1] <= north
