"""Before when no meeting can be: each party by itself, as if the others were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.rotation import BEFORE, earliest_start, meeting_start

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.rotation import Moves, Rotation

MOST_EXACT = 7
"""With more own stops, sums of least times stand in for the best order."""


def least_meeting(rotation: Rotation, moves: Moves) -> Instant:
    """Return an instant before which no orders let the meeting begin, or the day end without one."""
    exact = len(rotation.stops) <= MOST_EXACT and all(stop.has_place for stop in rotation.stops)
    one = best_alone if exact else _sum_alone
    known: dict[tuple[int, ...], Instant | None] = {}
    ready = []
    for party in range(len(rotation.sizes)):
        times = _times(rotation, moves, party)
        key = tuple(seconds for row in times for seconds in row)
        if key not in known:
            known[key] = one(rotation, times)
        found = known[key]
        ready.append(rotation.leave if found is None else found)
    return meeting_start(rotation.meeting, [max(ready)])[0]


def _times(rotation: Rotation, moves: Moves, party: int) -> list[list[int]]:
    """Seconds from each own stop, and last from before them, to each own stop and last to the meeting."""
    count = len(rotation.stops)
    return [
        [
            moves.ready(party, here, there, rotation.leave, first=here == BEFORE) - rotation.leave
            for there in range(count + 1)
        ]
        for here in (*range(count), BEFORE)
    ]


def best_alone(rotation: Rotation, times: list[list[int]]) -> Instant | None:
    """When a party alone could be ready at the earliest; None where no order keeps its demands.

    Exact for stops that all have a place: of two ways through the same stops to the same last one,
    the one that is over first is as good as the other whatever follows.
    """
    stops = rotation.stops
    count = len(stops)
    over: dict[tuple[int, int], Instant] = {(0, BEFORE): rotation.leave}
    for done in range(1 << count):
        for last in (BEFORE,) if not done else range(count):
            leave = over.get((done, last))
            if leave is None:
                continue
            for number, stop in enumerate(stops):
                if done >> number & 1 or stop.position not in (None, done.bit_count()):
                    continue
                if any(not done >> earlier & 1 for earlier in stop.after):
                    continue
                start = earliest_start(stop.starts, leave + times[last][number] + stop.buffer_s)
                key = done | 1 << number, number
                if start is not None and start + stop.dwell_s < over.get(key, start + stop.dwell_s + 1):
                    over[key] = start + stop.dwell_s
    full = (1 << count) - 1
    ends = [leave + times[last][count] for (done, last), leave in over.items() if done == full]
    return min(ends, default=None)


def _sum_alone(rotation: Rotation, times: list[list[int]]) -> Instant:
    count = len(rotation.stops)
    reached = sum(
        stop.dwell_s + stop.buffer_s + min(times[here][number] for here in range(-1, count) if here != number)
        for number, stop in enumerate(rotation.stops)
    )
    return rotation.leave + reached + min(times[here][count] for here in range(count))
