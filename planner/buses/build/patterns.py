"""Patterns: trips of a line with the same stops and rules for getting on and off, none overtaking another.

Two trips are in each other's way only if they may be under way on the same day:
their services share a day, or one of them runs past midnight into the other's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.files import Boarding
from planner.domain.clock import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.buses.build.gtfs.times.calls import TripCalls
    from planner.buses.build.gtfs.times.frequencies import TripRun

CHANGE_S = 3600
"""Where the clock is changed, one service day begins so much nearer to or farther from the one before."""

Key = tuple[int, bytes, bytes, bytes]


@dataclass(frozen=True)
class Pattern:
    """A line's run over some stops; `runs` are numbers of runs in their order."""

    line: int
    stops: NDArray[np.int64]
    board: NDArray[np.int64]
    alight: NDArray[np.int64]
    runs: list[int]


def patterns_of(
    runs: Sequence[TripRun],
    by_trip: TripCalls,
    lines: NDArray[np.int64],
    services: NDArray[np.int64],
    days: NDArray[np.bool_],
) -> list[Pattern]:
    """Put the runs into patterns, by line.

    Parameters
    ----------
    lines, services
        For each row of the clipped trips.
    days
        (V, D) when services run.
    """
    groups: dict[Key, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        groups[_key(by_trip, run.row, int(lines[run.row]))].append(number)
    patterns: list[Pattern] = []
    for (line, *texts), numbers in groups.items():
        stops, board, alight = (np.frombuffer(text, np.int64) for text in texts)
        times = np.array([_times(by_trip, runs[number]) for number in numbers])
        days_of = days[services[[runs[number].row for number in numbers]]]
        is_template = np.array([runs[number].is_template for number in numbers])
        chains = [[at] for at in np.flatnonzero(is_template).tolist()]
        timed = np.flatnonzero(~is_template)
        chains += [timed[chain].tolist() for chain in in_order(times[timed], days_of[timed])]
        patterns += [Pattern(line, stops, board, alight, [numbers[at] for at in chain]) for chain in chains]
    return sorted(patterns, key=lambda pattern: pattern.line)


def _key(by_trip: TripCalls, row: int, line: int) -> Key:
    """What the runs of a pattern share: nobody gets off at the first call, or on at the last."""
    part = slice(int(by_trip.offsets[row]), int(by_trip.offsets[row + 1]))
    board, alight = by_trip.calls.board[part].copy(), by_trip.calls.alight[part].copy()
    board[-1] = alight[0] = Boarding.NONE
    return line, by_trip.calls.stop[part].tobytes(), board.tobytes(), alight.tobytes()


def _times(by_trip: TripCalls, run: TripRun) -> NDArray[np.int64]:
    part = slice(int(by_trip.offsets[run.row]), int(by_trip.offsets[run.row + 1]))
    return np.concatenate((by_trip.calls.depart[part], by_trip.calls.arrive[part])) + run.shift_s


def in_order(times: NDArray[np.int64], days: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """Split trips, rows of times, into chains in which none overtakes another.

    Each trip goes to the first chain where it is in nobody's way, taken by first
    departure: with few exceptions that is one chain, or a fast and a slow one.
    """
    if not len(times):
        return []
    order = np.lexsort((times.sum(axis=1), times[:, 0]))
    times, days = times[order], days[order]
    first_night = DAY_S - CHANGE_S
    nights = [
        night * DAY_S + change
        for night in range(1, int(times.max() - times.min() + CHANGE_S) // DAY_S + 1)
        for change in (-CHANGE_S, 0, CHANGE_S)
    ]
    if (np.diff(times, axis=0) >= 0).all() and not nights:
        return [order]
    still_to_come = np.minimum.accumulate(times.min(axis=1)[::-1])[::-1]
    chains: list[_Chain] = []
    for trip, own in enumerate(times):
        is_late = bool(own.max() > times.min() + first_night)
        for chain in chains:
            chain.forget(times, int(still_to_come[trip]))
            if not chain.in_the_way(times, days, trip, nights, is_late=is_late):
                chain.trips.append(trip)
                chain.under_way.append(trip)
                break
        else:
            chains.append(_Chain([trip], [trip]))
    return [order[chain.trips] for chain in chains]


@dataclass
class _Chain:
    """Trips in order, and those of them that have not ended when the next one begins."""

    trips: list[int]
    under_way: list[int]

    def forget(self, times: NDArray[np.int64], now: int) -> None:
        """Let go of trips that have ended before any that is still to come begins."""
        ends = times[self.under_way].max(axis=1) if self.under_way else np.zeros(0, np.int64)
        self.under_way = [trip for trip, end in zip(self.under_way, ends.tolist(), strict=True) if end > now]

    def in_the_way(
        self,
        times: NDArray[np.int64],
        days: NDArray[np.bool_],
        trip: int,
        nights: list[int],
        *,
        is_late: bool,
    ) -> bool:
        """Whether a trip and one of the chain overtake each other on a day on which both are under way."""
        others, own = times[self.under_way], times[trip]
        crosses = _crosses(others, own)
        if crosses.any() and (days[self.under_way][crosses] & days[trip]).any():
            return True
        if any(_crosses(others, own + night).any() for night in nights):
            return True
        return is_late and any(_crosses(times[self.trips] + night, own).any() for night in nights)


def _crosses(others: NDArray[np.int64], own: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray((others < own).any(axis=1) & (others > own).any(axis=1), np.bool_)
