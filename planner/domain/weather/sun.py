"""When the sun rises and sets, by the equations of NOAA's Global Monitoring Laboratory.

Source: "General Solar Position Calculations", NOAA Global Monitoring Division
(https://gml.noaa.gov/grad/solcalc/solareqns.PDF): fractional year, equation of time, declination and hour
angle, with the zenith of 90.833 degrees that allows for refraction and the sun's disc. It is good to a
minute or two between the polar circles.
"""

from __future__ import annotations

import calendar
import datetime as dt
from math import acos, cos, degrees, pi, radians, sin, tan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat

ZENITH = radians(90.833)
MINUTES_A_DEGREE = 4
NOON_MIN = 720
HALF_DAY_H, DAY_H = 12, 24


def sunset(at: LonLat, day: dt.date) -> Instant | None:
    """Return when the sun sets on a day at a place (lon, lat); None where it stays up or down all day."""
    return _horizon(at, day, -1)


def sunrise(at: LonLat, day: dt.date) -> Instant | None:
    """Return when the sun rises; None where it stays up or down all day."""
    return _horizon(at, day, 1)


def _horizon(at: LonLat, day: dt.date, sign: int) -> Instant | None:
    """The instant at which the sun is at the horizon: east of noon with +1, west of it with -1.

    The sun's place is taken at noon UTC first, then at the instant found, as the source asks.
    """
    longitude, latitude = at
    hour = float(HALF_DAY_H)
    minutes = 0.0
    for _ in range(2):
        equation_min, declination = _sun(day, hour)
        angle = _hour_angle(radians(latitude), declination)
        if angle is None:
            return None
        minutes = NOON_MIN - MINUTES_A_DEGREE * (longitude + sign * degrees(angle)) - equation_min
        hour = minutes / 60
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    return round(midnight.timestamp() + minutes * 60)


def _sun(day: dt.date, hour: float) -> tuple[float, float]:
    """The equation of time (minutes) and the declination (radians) at an hour of a day, UTC."""
    days = 366 if calendar.isleap(day.year) else 365
    year = 2 * pi / days * (day.timetuple().tm_yday - 1 + (hour - HALF_DAY_H) / DAY_H)
    equation_min = 229.18 * (
        0.000075
        + 0.001868 * cos(year)
        - 0.032077 * sin(year)
        - 0.014615 * cos(2 * year)
        - 0.040849 * sin(2 * year)
    )
    declination = (
        0.006918
        - 0.399912 * cos(year)
        + 0.070257 * sin(year)
        - 0.006758 * cos(2 * year)
        + 0.000907 * sin(2 * year)
        - 0.002697 * cos(3 * year)
        + 0.00148 * sin(3 * year)
    )
    return equation_min, declination


def _hour_angle(latitude: float, declination: float) -> float | None:
    """The hour angle of the horizon (radians), None where the sun does not reach it."""
    cosine = cos(ZENITH) / (cos(latitude) * cos(declination)) - tan(latitude) * tan(declination)
    return acos(cosine) if -1 <= cosine <= 1 else None
