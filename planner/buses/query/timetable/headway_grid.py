"""How far apart the rides on headways are that can be expected: a minute, or more where there are very many.

A question about a whole day looks at each of them. So where a day would have too
many, as among the estimated lines of a city, the steps of all its headways are
doubled; single questions and whole days then still know the same rides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import DAY_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.buses.query.timetable.timetable import Timetable

STEP_S = 60

LARGEST = 500_000
"""Calls of rides on headways on the fullest day. The built-in lines of Skawina have 410 000."""


def headway_step_s(timetable: Timetable) -> int:
    """How far apart rides on headways are that can be expected, in seconds."""
    return timetable.memory.get("headway step", None, lambda: _step_s(timetable))


def _step_s(timetable: Timetable) -> int:
    step_s = STEP_S
    while step_s < DAY_S and _calls(timetable, step_s) > LARGEST:
        step_s *= 2
    return step_s


def _calls(timetable: Timetable, step_s: int) -> int:
    """How often rides call at stops on the fullest day."""
    stops = np.diff(timetable.pattern_offsets)[timetable.trip_pattern[timetable.freq_trip]]
    rides = (timetable.freq_end - timetable.freq_start) // step_s + 2
    services = timetable.trip_service[timetable.freq_trip]
    by_service = np.bincount(services, weights=rides * stops, minlength=len(timetable.service_days))
    return int((by_service @ _running(timetable)).max(initial=0))


def _running(timetable: Timetable) -> NDArray[np.bool_]:
    """Which service runs on which day: of a week, and of the dates that the timetable speaks about."""
    weeks = timetable.service_week
    if timetable.validity is None:
        return weeks
    weekdays = (timetable.validity[0].weekday() + np.arange(timetable.service_days.shape[1])) % 7
    return np.concatenate((weeks, timetable.service_days | weeks[:, weekdays]), axis=1)
