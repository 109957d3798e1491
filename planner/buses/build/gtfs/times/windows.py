"""Calls on demand (GTFS-Flex): a window from 8:00 to 10:00 is no clock time of a vehicle.

Nobody knows when it calls there, nor when it passes the stops without a time
between the window and the next times of the clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.buses.build.gtfs.tables import NO_TIME
from planner.buses.build.gtfs.trips import picked

if TYPE_CHECKING:
    from planner.buses.build.gtfs.tables import Dropped
    from planner.buses.build.gtfs.trips import Calls


def without_windows(calls: Calls, dropped: Dropped) -> Calls:
    """Leave out the calls with a window, and those without a time next to them; calls are in order."""
    asked = calls.on_demand > 0
    if not asked.any():
        return calls
    is_timed = (calls.arrive != NO_TIME) | (calls.depart != NO_TIME)
    first = np.diff(calls.trip, prepend=-1) != 0
    stretch = np.cumsum(is_timed | first | np.roll(is_timed, 1))
    beside = np.isin(stretch, stretch[asked]) & ~is_timed & ~asked
    dropped.add("calls on demand, without a time of the clock", int(asked.sum()))
    dropped.add("calls without a time next to calls on demand", int(beside.sum()))
    return picked(calls, ~(asked | beside))
