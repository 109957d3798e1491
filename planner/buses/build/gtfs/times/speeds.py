"""Trips that no vehicle can make: 2.6 km in no time at all, by the straight lines from stop to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.buses.build.gtfs.tables import NO_TIME
from planner.buses.files import LineMode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.buses.build.gtfs.times.calls import TripCalls
    from planner.buses.build.gtfs.trips import Calls

FASTEST_M_S = {
    LineMode.METRO: 45.0,
    LineMode.RAIL: 100.0,
    LineMode.CABLE_TRAM: 20.0,
    LineMode.GONDOLA: 20.0,
    LineMode.FUNICULAR: 20.0,
    LineMode.MONORAIL: 130.0,
}
"""Metres a second, well above what such a vehicle does between two stops."""

ROAD_M_S = 36.0
"""130 km/h, for all others."""

MINUTE_S = 60
MINUTES_OFF_S, SECONDS_OFF_S = 30, 10
"""Times of whole minutes are rounded: two stops 400 m apart may have the same. Others are nearly right."""

_APART = 1e10
"""Metres between one trip and the next, more than any two numbers within one differ."""


def fastest(mode: LineMode) -> float:
    """How fast a vehicle of a mode may be, in metres a second."""
    return FASTEST_M_S.get(mode, ROAD_M_S)


def in_minutes(calls: Calls, trips: int) -> NDArray[np.bool_]:
    """Which trips, by their number, have times of whole minutes only."""
    exact = [(times != NO_TIME) & (times % MINUTE_S != 0) for times in (calls.arrive, calls.depart)]
    is_rough = np.ones(trips, np.bool_)
    is_rough[calls.trip[exact[0] | exact[1]]] = False
    return is_rough


def too_fast(
    by_trip: TripCalls,
    hops: NDArray[np.float64],
    limits: NDArray[np.float64],
    is_rough: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which calls are reached from some call before them faster than the limits by trip allow."""
    calls, sizes = by_trip.calls, np.diff(by_trip.offsets)
    limit = limits[calls.trip]
    along = np.cumsum(hops) + np.repeat(np.arange(len(sizes)) * -_APART, sizes)
    leaving, coming = along - limit * calls.depart, along - limit * calls.arrive
    behind = np.concatenate(([np.inf], np.minimum.accumulate(leaving)[:-1]))[: len(along)]
    off = np.where(is_rough[calls.trip], MINUTES_OFF_S, SECONDS_OFF_S) * limit
    hasty: NDArray[np.bool_] = coming - behind > off
    return hasty
