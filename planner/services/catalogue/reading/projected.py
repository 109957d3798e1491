"""Polish maps' metres (PL-1992, EPSG:2180) as degrees, by the series of Krüger, right to a millimetre.

pyproj would do the same, but a serving process does not load it.
"""

from __future__ import annotations

from math import asinh, atan, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt

_FLATTENING, _AXIS_M = 1 / 298.257222101, 6_378_137.0
_MIDDLE_DEG, _SCALE, _EAST_M, _NORTH_M = 19.0, 0.9993, 500_000.0, -5_300_000.0
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS_M = _AXIS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BACK = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96,
    _N**2 / 48 + _N**3 / 15,
    17 * _N**3 / 480,
)
_REACH_M = 1_000_000.0
_LEAST_M = 1_000.0


def is_projected(lat: float, lon: float) -> bool:
    """Whether two numbers can be no degrees, but metres of PL-1992."""
    return _LEAST_M < lat < _REACH_M and _LEAST_M < lon < _REACH_M


def from_pl_1992(north_m: float, east_m: float) -> tuple[float, float]:
    """Return longitude and latitude in degrees."""
    xi, eta = (north_m - _NORTH_M) / (_SCALE * _RADIUS_M), (east_m - _EAST_M) / (_SCALE * _RADIUS_M)
    flat_xi = xi - sum(b * sin(2 * k * xi) * cosh(2 * k * eta) for k, b in enumerate(_BACK, 1))
    flat_eta = eta - sum(b * cos(2 * k * xi) * sinh(2 * k * eta) for k, b in enumerate(_BACK, 1))
    tangent = sin(flat_xi) / sqrt(sinh(flat_eta) ** 2 + cos(flat_xi) ** 2)
    eccentricity = 2 * sqrt(_N) / (1 + _N)
    lat = atan(tangent)
    for _ in range(5):
        lat = atan(sinh(asinh(tangent) + eccentricity * atanh(eccentricity * sin(lat))))
    lon = radians(_MIDDLE_DEG) + atan(sinh(flat_eta) / cos(flat_xi))
    return round(degrees(lon), 9), round(degrees(lat), 9)
