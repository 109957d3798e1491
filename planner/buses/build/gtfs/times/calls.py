"""From the calls as they stand in a feed to trips whose times can be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.build.gtfs.tables import BAD_TIME, NO_TIME
from planner.buses.build.gtfs.times.speeds import in_minutes, too_fast
from planner.buses.build.gtfs.times.windows import without_windows
from planner.buses.build.gtfs.trips import Calls, picked
from planner.buses.files import SCALE
from planner.domain.geo import METRES_PER_DEGREE

if TYPE_CHECKING:
    from planner.buses.build.gtfs.stops import Stops
    from planner.buses.build.gtfs.tables import Dropped

LATEST_S = 5 * 86_400
"""No trip of a town's surroundings is under way five days after its service day began."""


@dataclass(frozen=True)
class TripCalls:
    """Calls in order; row i of `offsets` begins those of trip trips[i]."""

    calls: Calls
    trips: NDArray[np.int64]
    offsets: NDArray[np.int64]


def sound_trips(calls: Calls, stops: Stops, fastest: NDArray[np.float64], dropped: Dropped) -> TripCalls:
    """Order the calls, fill in times that are missing, and leave out trips whose times cannot be.

    A missing time lies between its neighbours as the stop does, by the straight
    lines from stop to stop. `fastest` are metres a second by the number of a trip.
    """
    given = without_windows(_sorted(calls, dropped), dropped)
    by_trip = grouped(given)
    given = _both_times(given)
    wrong = _any(_unreadable(given), by_trip)
    is_rough = in_minutes(given, len(fastest))
    dropped.add("trips with a time or sequence that cannot be read", int(wrong.sum()))
    short = np.diff(by_trip.offsets) < 2  # noqa: PLR2004 - from one stop to another
    dropped.add("trips with fewer than two calls", int((short & ~wrong).sum()))
    good = _taken(given, by_trip, ~wrong & ~short)
    edges = np.concatenate((good.offsets[:-1], good.offsets[1:] - 1))
    untimed_edge = np.zeros(len(good.calls.trip), np.bool_)
    untimed_edge[edges[good.calls.depart[edges] == NO_TIME]] = True
    ends_open = _any(untimed_edge, good)
    dropped.add("trips without a time at their first or last call", int(ends_open.sum()))
    good = _taken(good.calls, good, ~ends_open)
    good = TripCalls(_interpolated(good, stops), good.trips, good.offsets)
    back = _any(_goes_back(good), good)
    dropped.add("trips whose times go back", int(back.sum()))
    good = _taken(good.calls, good, ~back)
    hasty = _any(too_fast(good, hops(good, stops), fastest, is_rough), good)
    dropped.add("trips faster than such a vehicle goes", int(hasty.sum()))
    return _taken(good.calls, good, ~hasty)


def _sorted(calls: Calls, dropped: Dropped) -> Calls:
    """By trip and sequence; of two calls with one number in the sequence the first stays."""
    order = np.lexsort((calls.sequence, calls.trip))
    calls = picked(calls, order)
    again = (np.diff(calls.trip, prepend=-1) == 0) & (np.diff(calls.sequence, prepend=-1) == 0)
    again &= calls.sequence != BAD_TIME
    dropped.add("calls with the sequence number of another", int(again.sum()))
    return picked(calls, ~again)


def grouped(calls: Calls) -> TripCalls:
    """Find where the calls of each trip begin; they are in order."""
    starts = np.flatnonzero(np.diff(calls.trip, prepend=-1))
    return TripCalls(calls, calls.trip[starts], np.append(starts, len(calls.trip)))


def _taken(calls: Calls, by_trip: TripCalls, keep: NDArray[np.bool_]) -> TripCalls:
    return grouped(picked(calls, np.repeat(keep, np.diff(by_trip.offsets))))


def _any(flags: NDArray[np.bool_], by_trip: TripCalls) -> NDArray[np.bool_]:
    """Which trips have a call that is flagged."""
    if not len(by_trip.trips):
        return np.zeros(0, np.bool_)
    counts = np.add.reduceat(flags.astype(np.int64), by_trip.offsets[:-1])
    flagged: NDArray[np.bool_] = counts > 0
    return flagged


def _both_times(calls: Calls) -> Calls:
    """Where one of arrival and departure is missing the other speaks for both."""
    arrive = np.where(calls.arrive == NO_TIME, calls.depart, calls.arrive)
    depart = np.where(calls.depart == NO_TIME, calls.arrive, calls.depart)
    return Calls(**{**vars(calls), "arrive": arrive, "depart": depart})


def _unreadable(calls: Calls) -> NDArray[np.bool_]:
    late = np.maximum(calls.arrive, calls.depart) > LATEST_S
    bad: NDArray[np.bool_] = (calls.arrive == BAD_TIME) | (calls.depart == BAD_TIME) | late
    bad |= calls.sequence == BAD_TIME
    return bad


def _interpolated(by_trip: TripCalls, stops: Stops) -> Calls:
    """Fill in the times between two calls that have some."""
    calls = by_trip.calls
    timed = calls.depart != NO_TIME
    if timed.all():
        return calls
    along = np.cumsum(hops(by_trip, stops))
    rows = np.arange(len(timed))
    before = np.maximum.accumulate(np.where(timed, rows, 0))
    after = np.minimum.accumulate(np.where(timed, rows, len(rows))[::-1])[::-1]
    whole = along[after] - along[before]
    steps = np.maximum(after - before, 1)
    share = np.where(
        whole > 0, (along - along[before]) / np.where(whole > 0, whole, 1), (rows - before) / steps
    )
    between = calls.depart[before] + share * (calls.arrive[after] - calls.depart[before])
    filled = np.rint(between).astype(np.int64)
    arrive, depart = np.where(timed, calls.arrive, filled), np.where(timed, calls.depart, filled)
    return Calls(**{**vars(calls), "arrive": arrive, "depart": depart})


def hops(by_trip: TripCalls, stops: Stops) -> NDArray[np.float64]:
    """Metres from the call before, 0 at a trip's first."""
    degrees = stops.at[by_trip.calls.stop] / SCALE
    scale = np.cos(np.radians(degrees[:, 1]))
    step = np.diff(degrees, axis=0, prepend=degrees[:1]) * METRES_PER_DEGREE
    hops = np.hypot(step[:, 0] * scale, step[:, 1])
    hops[by_trip.offsets[:-1]] = 0.0
    return np.asarray(hops, np.float64)


def _goes_back(by_trip: TripCalls) -> NDArray[np.bool_]:
    """Which calls leave before they are reached, or are reached before the call before was left."""
    calls = by_trip.calls
    back = calls.depart < calls.arrive
    back[1:] |= (calls.arrive[1:] < calls.depart[:-1]) & (calls.trip[1:] == calls.trip[:-1])
    return np.asarray(back, np.bool_)
