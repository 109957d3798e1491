"""Before when no meeting can be: each party by itself, as if the others were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.parties.rotation import BEFORE, earliest_start, meeting_start

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.parties.rotation import MoveTimes, Rotation

MOST_WAYS = 4_000
"""With more sets of stops and last ones to look at, sums of least times stand in for the best order."""

Times = list[list[int]]
"""Seconds to own stops and last to the meeting: from own stops, then from before them, first and later."""


def least_meeting(rotation: Rotation, moves: MoveTimes) -> Instant:
    """Return an instant before which no orders let the meeting begin or, without one, the day end."""
    return meeting_start(rotation.meeting, [max(least_ready(rotation, moves))])[0]


def least_ready(rotation: Rotation, moves: MoveTimes) -> list[Instant]:
    """Return for each party an instant before which it cannot be ready for the meeting or at the end."""
    known: dict[tuple[int, ...], Instant | None] = {}
    ready = []
    for party in range(len(rotation.sizes)):
        times = times_of(rotation, moves, party)
        key = tuple(seconds for row in times for seconds in row)
        if key not in known:
            known[key] = best_alone(rotation, times)
        best = known[key]
        ready.append(rotation.leave if best is None else best)
    return ready


def times_of(rotation: Rotation, moves: MoveTimes, party: int) -> Times:
    """Return how long a party takes from stop to stop."""
    count = len(rotation.stops)
    heres = [*((here, False) for here in range(count)), (BEFORE, True), (BEFORE, False)]
    return [
        [
            moves.ready(party, here, there, rotation.leave, first=first) - rotation.leave
            for there in range(count + 1)
        ]
        for here, first in heres
    ]


def best_alone(rotation: Rotation, times: Times) -> Instant | None:
    """When a party alone could be ready at the earliest; None where no order keeps its demands.

    Of two ways through the same stops to the same place, the one that is over first is as good as the
    other whatever follows. Where there are too many ways to look at, it is an instant that no way beats.
    """
    stops = rotation.stops
    count = len(stops)
    over: dict[tuple[int, int], Instant] = {(0, BEFORE): rotation.leave}
    looked_at = 0
    for _ in stops:
        further: dict[tuple[int, int], Instant] = {}
        for (done, here), leave in over.items():
            row = times[_row(count, here, done)]
            for number, stop in enumerate(stops):
                if done >> number & 1 or stop.position not in (None, done.bit_count()):
                    continue
                if any(not done >> earlier & 1 for earlier in stop.after):
                    continue
                start = earliest_start(stop.starts, leave + row[number] + stop.buffer_s)
                if start is None:
                    continue
                key = done | 1 << number, number if stop.has_place else here
                further[key] = min(further.get(key, start + stop.dwell_s), start + stop.dwell_s)
        looked_at += len(further)
        if looked_at > MOST_WAYS:
            return _sum_alone(rotation, times)
        over = further
    ends = [leave + times[_row(count, here, done)][count] for (done, here), leave in over.items()]
    return min(ends, default=None)


def _row(count: int, here: int, done: int) -> int:
    if here != BEFORE:
        return here
    return count + 1 if done else count


def _sum_alone(rotation: Rotation, times: Times) -> Instant:
    count = len(rotation.stops)
    reached = sum(
        stop.dwell_s + stop.buffer_s + min(row[number] for at, row in enumerate(times) if at != number)
        for number, stop in enumerate(rotation.stops)
        if stop.has_place
    )
    resting = sum(stop.dwell_s + stop.buffer_s for stop in rotation.stops if not stop.has_place)
    return rotation.leave + reached + resting + min(row[count] for row in times)
