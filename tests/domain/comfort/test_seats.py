"""The longest stretch without a seat, worked out by hand: 300 m east, then 200 m north."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.comfort.seats import Unseated, longest_of, longest_unseated_m
from planner.domain.geo import offset
from tests.kit.samples import sample_itinerary

CORNER = (19.82, 49.97)
LINE = tuple(offset(CORNER, *metres) for metres in ((0, 0), (150, 0), (300, 0), (300, 200)))


def longest(*seats: tuple[float, float]) -> float:
    """Seats are given in metres east and north of the line's beginning."""
    return longest_unseated_m(LINE, [offset(CORNER, *seat) for seat in seats])


@pytest.mark.parametrize(
    ("seats", "metres"),
    [
        ([], 500),
        ([(120, 14)], 380),
        ([(120, 16)], 500),  # beyond the street
        ([(120, -14), (310, 100)], 280),
        ([(100, 5), (250, 5), (300, 40)], 160),
        ([(-10, 0)], 500),  # at the beginning, where the stretch begins anyway
        ([(150, 10)], 350),  # at a bend: beside both pieces, in one place
    ],
)
def test_stretches_run_from_seat_to_seat(seats: list[tuple[float, float]], metres: float) -> None:
    assert longest(*seats) == pytest.approx(metres, abs=0.5)


def test_a_way_there_and_back_passes_a_seat_twice() -> None:
    line = tuple(offset(CORNER, east, 0) for east in (0, 200, 0))
    assert longest_unseated_m(line, [offset(CORNER, 150, 5)]) == pytest.approx(150, abs=0.5)


spots = st.tuples(st.floats(-40, 340), st.floats(-40, 240))


@given(st.lists(spots, max_size=6), spots)
def test_one_more_seat_never_makes_it_longer(
    seats: list[tuple[float, float]], more: tuple[float, float]
) -> None:
    assert longest(*seats, more) <= longest(*seats) + 1e-6 <= 500.5


def test_the_longest_of_a_day_is_that_of_one_leg() -> None:
    day = sample_itinerary()
    assert longest_of(day) is None, "nobody knows of any seat"
    known = {2: 310.0, 3: 640.0, 5: 640.0}
    legs = tuple(replace(leg, unseated_m=known.get(at)) for at, leg in enumerate(day.legs))
    assert longest_of(replace(day, legs=legs)) == Unseated(640.0, 3)
