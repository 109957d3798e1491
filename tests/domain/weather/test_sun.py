"""Sunset and sunrise against values worked out by hand and almanacs' minutes."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.domain.clock import TownClock
from planner.domain.weather.sun import sunrise, sunset

SKAWINA, LONDON, TROMSO = (19.826, 49.975), (-0.1276, 51.5072), (18.9553, 69.6492)
WARSAW_TIME = TownClock("Europe/Warsaw")


def test_a_day_worked_out_by_hand() -> None:
    """Skawina on 2 December 2026, day 336 of 365, at noon UTC.

    The fractional year is 2 pi 335 / 365 = 5.76674 rad, the equation of time 10.34 min, the declination
    -0.38131 rad (-21.85 degrees). cos 90.833 / (cos 49.975 cos -21.85) - tan 49.975 tan -21.85 = 0.45304,
    whose angle is 63.061 degrees. Sunset: 720 - 4 (19.826 - 63.061) - 10.34 = 882.6 min, 14:42:36 UTC.
    """
    found = sunset(SKAWINA, dt.date(2026, 12, 2))
    assert found is not None
    by_hand = dt.datetime(2026, 12, 2, 14, 42, 36, tzinfo=dt.UTC).timestamp()
    assert abs(found - by_hand) < 15
    assert WARSAW_TIME.face(found) == "15:42"


@pytest.mark.parametrize(
    ("place", "day", "rises", "sets"),
    [
        (LONDON, dt.date(2024, 3, 20), "06:03", "18:14"),
        (LONDON, dt.date(2024, 6, 20), "03:43", "20:21"),
        (LONDON, dt.date(2024, 12, 21), "08:04", "15:53"),
    ],
)
def test_it_agrees_with_the_almanac_to_two_minutes(
    place: tuple[float, float], day: dt.date, rises: str, sets: str
) -> None:
    """London, in UTC: sunrise and sunset as published for these days."""
    utc = TownClock("UTC")
    for found, told in ((sunrise(place, day), rises), (sunset(place, day), sets)):
        assert found is not None
        assert abs(found - utc.instant(day, told)) <= 150, utc.face(found)


def test_where_the_sun_stays_up_or_down_nothing_is_told() -> None:
    for day in (dt.date(2026, 6, 21), dt.date(2026, 12, 21)):
        assert sunset(TROMSO, day) is None
        assert sunrise(TROMSO, day) is None
