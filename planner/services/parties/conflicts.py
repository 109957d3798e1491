"""Why not all parties can be at all stops: demands that exclude each other, as far as it is told soon."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.clock import minute_from
from planner.domain.order.conflicts import minimal_conflict
from planner.domain.order.proposals import Demand, DemandKind
from planner.domain.parties.bound import best_alone, times_of
from planner.domain.parties.rotation import BEFORE, earliest_start
from planner.services.order.demands import demands_of, with_only
from planner.services.parties.rotation import rotation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.clock import Instant, TownClock
    from planner.domain.parties.parties import SplitStretch
    from planner.domain.parties.rotation import MoveTimes, OwnStop, Rotation
    from planner.domain.schedule.timed import TimedDay
    from planner.services.parties.rotation import SplitDay

TIMES = (DemandKind.HOURS, DemandKind.WINDOW, DemandKind.FIXED)


def stretch_conflict(
    split: SplitDay, stretch: SplitStretch, leave: Instant, moves: MoveTimes, clock: TownClock
) -> tuple[Demand, ...]:
    """Return demands of a stretch that exclude each other; none where it cannot be told.

    Looks for what the slowest party could not keep if it were alone, and then for a site that
    is not open for long enough to let all parties in one after the other.
    """
    stops = {split.timed.stops[index].id for index in (*stretch.own, stretch.meeting) if index is not None}
    demands = [demand for demand in demands_of(split.timed, clock) if demand.stop in stops]
    plain = rotation_of(split, stretch, leave)
    slowest = max(range(len(split.parties)), key=lambda party: split.parties[party].size)
    times = times_of(plain, moves, slowest)

    def can_keep(kept: Sequence[Demand]) -> bool:
        rotation = rotation_of(_only(split, kept), stretch, leave)
        ready = best_alone(rotation, times)
        meeting = rotation.meeting
        if ready is None or meeting is None:
            return ready is not None
        return earliest_start(meeting.starts, ready + meeting.buffer_s) is not None

    alone = minimal_conflict(demands, can_keep, part_of=lambda demand: demand.stop)
    return alone or _crowded(split, stretch, leave, moves, demands)


def _only(split: SplitDay, kept: Sequence[Demand]) -> SplitDay:
    timed: TimedDay = with_only(split.timed, {(demand.kind, demand.stop) for demand in kept})
    return replace(split, timed=timed)


def _crowded(
    split: SplitDay, stretch: SplitStretch, leave: Instant, moves: MoveTimes, demands: Sequence[Demand]
) -> tuple[Demand, ...]:
    """The capacity and the hours of the first site that cannot let all parties in."""
    for number, index in enumerate(stretch.own):
        own = split.timed.stops[index].id
        timed = [demand for demand in demands if demand.stop == own and demand.kind in TIMES]
        for kept in (*([demand] for demand in timed), timed):
            rotation = rotation_of(_only(split, kept), stretch, leave)
            stop = rotation.stops[number]
            first = min(
                moves.ready(party, BEFORE, number, leave, first=True) for party in range(len(rotation.sizes))
            )
            if stop.capacity is not None and _rounds(stop, rotation) > _most_rounds(stop, first):
                return Demand(DemandKind.CAPACITY, own, {"capacity": stop.capacity}), *kept
    return ()


def _rounds(stop: OwnStop, rotation: Rotation) -> int:
    """How often the site must be filled at least."""
    capacity = stop.capacity or 0
    sizes = [min(size, capacity) for size in rotation.sizes]
    return max(ceil(sum(sizes) / capacity), sum(2 * size > capacity for size in sizes))


def _most_rounds(stop: OwnStop, first: Instant) -> float:
    """How often it can be filled at most by people who cannot be there before `first`."""
    rounds = 0.0
    for opens, last in stop.starts:
        begins = minute_from(max(opens, first + stop.buffer_s))
        if last is None or not stop.dwell_s:
            return float("inf")
        rounds += max(0, (last - begins) // stop.dwell_s + 1)
    return rounds
