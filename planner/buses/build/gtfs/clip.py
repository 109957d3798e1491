"""Cutting trips down to the surroundings of a network.

Kept of a trip is the part from its first to its last stop inside; what it calls
at in between stays in the list even where it lies outside. A trip with
fewer than two stops inside goes. Where a trip comes from and leads to is still
told by its headsign: where the feed gives none, that is the name of the whole
trip's last stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.build.gtfs.times.calls import TripCalls, grouped
from planner.buses.build.gtfs.trips import picked
from planner.buses.files import SCALE
from planner.domain.geo import METRES_PER_DEGREE

if TYPE_CHECKING:
    from planner.buses.build.gtfs.stops import Stops
    from planner.buses.build.gtfs.tables import Dropped
    from planner.streets.query.layers import Bounds

MARGIN_M = 2000.0
"""Stops this far outside the network's bounds are kept: as far as a place may lie outside them."""


@dataclass(frozen=True)
class Clipped:
    """Trips cut down; per trip, by how much its first kept departure is later than its first one."""

    by_trip: TripCalls
    cut_s: NDArray[np.int64]
    last_stop: NDArray[np.int64]
    """The whole trip's last stop."""


def inside(stops: Stops, bounds: Bounds | None, margin_m: float) -> NDArray[np.bool_]:
    """Which stops lie in the bounds widened by a margin; without bounds all do."""
    if bounds is None:
        return np.ones(len(stops.ids), np.bool_)
    west, south, east, north = bounds
    high = margin_m / METRES_PER_DEGREE
    wide = high / np.cos(np.radians((south + north) / 2))
    lon, lat = stops.at[:, 0] / SCALE, stops.at[:, 1] / SCALE
    within = (west - wide <= lon) & (lon <= east + wide) & (south - high <= lat) & (lat <= north + high)
    return np.asarray(within, np.bool_)


def clipped(by_trip: TripCalls, is_inside: NDArray[np.bool_], dropped: Dropped) -> Clipped:
    """Cut the trips down."""
    calls, offsets = by_trip.calls, by_trip.offsets
    here = is_inside[calls.stop].astype(np.int64)
    sizes = np.diff(offsets)
    totals = np.concatenate(([0], np.cumsum(here)))
    counts = totals[offsets[1:]] - totals[offsets[:-1]]
    stays = counts >= 2  # noqa: PLR2004 - from one stop to another
    dropped.add("trips with fewer than two stops in the surroundings", int((~stays).sum()))
    reached = totals[1:] - np.repeat(totals[offsets[:-1]], sizes)
    to_come = np.repeat(counts, sizes) - reached + here
    kept = (reached > 0) & (to_come > 0) & np.repeat(stays, sizes)
    starts = np.flatnonzero(kept & ~np.concatenate(([False], kept[:-1] & (np.diff(calls.trip) == 0))))
    return Clipped(
        by_trip=grouped(picked(calls, kept)),
        cut_s=calls.depart[starts] - calls.depart[offsets[:-1]][stays],
        last_stop=calls.stop[offsets[1:] - 1][stays],
    )
