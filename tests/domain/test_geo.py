"""Lengths on the sphere, against pyproj and values known from its radius."""

from __future__ import annotations

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from planner.domain.geo import (
    EARTH_RADIUS_M,
    LonLat,
    bearing_deg,
    distance_m,
    length_m,
    offset,
    plane_distance_m,
)
from planner.domain.schedule.walking import error_range_min, gather_s, walk_duration_s

SPHERE = Geod(a=EARTH_RADIUS_M, b=EARTH_RADIUS_M)
ANYWHERE = st.tuples(st.floats(-180, 180), st.floats(-89, 89))
IN_TOWN = st.tuples(st.floats(19.7, 19.9), st.floats(49.9, 50.0))


def on_sphere(a: LonLat, b: LonLat) -> float:
    return float(SPHERE.inv(a[0], a[1], b[0], b[1])[2])


def test_a_quarter_of_the_equator_and_of_a_meridian() -> None:
    quarter = EARTH_RADIUS_M * pi / 2
    assert distance_m((0, 0), (90, 0)) == pytest.approx(quarter)
    assert distance_m((19.8, 0), (19.8, 90)) == pytest.approx(quarter)
    assert distance_m((-90, 0), (90, 0)) == pytest.approx(2 * quarter)


@given(a=ANYWHERE, b=ANYWHERE)
def test_distance_is_the_one_of_pyproj_on_the_same_sphere(a: LonLat, b: LonLat) -> None:
    assert distance_m(a, b) == pytest.approx(on_sphere(a, b), rel=1e-6, abs=1e-2)


@given(a=IN_TOWN, b=IN_TOWN)
def test_the_plane_is_good_to_a_thousandth_in_a_town(a: LonLat, b: LonLat) -> None:
    assert plane_distance_m(a, b) == pytest.approx(on_sphere(a, b), rel=1e-3, abs=1e-3)


@given(at=IN_TOWN, east=st.floats(-3000, 3000), north=st.floats(-3000, 3000))
def test_offset_goes_as_far_as_it_says(at: LonLat, east: float, north: float) -> None:
    assert on_sphere(at, offset(at, east, north)) == pytest.approx(
        (east**2 + north**2) ** 0.5, rel=2e-3, abs=0.01
    )


@pytest.mark.parametrize(
    ("step", "bearing"), [((0, 10), 0), ((10, 0), 90), ((0, -10), 180), ((-10, 0), 270), ((10, 10), 45)]
)
def test_bearing(step: tuple[float, float], bearing: float) -> None:
    at = (19.82, 49.97)
    assert bearing_deg(at, offset(at, *step)) == pytest.approx(bearing, abs=0.1)


def test_length_of_a_line_is_the_sum_of_its_pieces() -> None:
    line = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
    assert length_m(line) == pytest.approx(2 * EARTH_RADIUS_M * pi / 180)
    assert length_m(line[:1]) == 0


@pytest.mark.parametrize(
    ("people", "seconds"), [(1, 120), (14, 120), (15, 180), (20, 180), (29, 180), (30, 240), (60, 360)]
)
def test_gathering(people: int, seconds: int) -> None:
    assert gather_s(people) == seconds


@pytest.mark.parametrize(
    ("metres", "pace", "seconds"),
    [(480, 4.0, 432), (0, 4.0, 0), (1000, 5.0, 720), (1, 4.0, 1), (1000.1, 4.0, 901)],
)
def test_walking(metres: float, pace: float, seconds: int) -> None:
    assert walk_duration_s(metres, pace) == seconds


def test_a_position_off_by_150_m_spreads_the_minutes() -> None:
    assert error_range_min(342, 150, 4.0) == (3, 8)
    assert error_range_min(60, 150, 4.0) == (0, 4)
