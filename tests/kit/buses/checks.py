"""What must hold of any timetable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.buses.query.timetable.days import trips_on

if TYPE_CHECKING:
    from datetime import date

    from planner.buses.query.timetable.timetable import Timetable


def check_day(found: Timetable, day: date) -> int:
    """In every pattern each row of instants ascends; the trips are those that run, no more."""
    times_of = trips_on(found, day)
    assert len(set(zip(times_of.trips.tolist(), times_of.bases.tolist(), strict=True))) == len(times_of.trips)
    for pattern in range(len(found.pattern_line)):
        for matrix in (times_of.arrivals(pattern), times_of.departures(pattern)):
            assert (np.diff(matrix, axis=1) >= 0).all()
    return len(times_of.trips)
