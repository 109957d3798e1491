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

    from planner.buses.build.calls import TripCalls
    from planner.buses.build.frequencies import Run

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
    runs: Sequence[Run],
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


def _times(by_trip: TripCalls, run: Run) -> NDArray[np.int64]:
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
    nights = [
        night * DAY_S + change
        for night in range(1, int(times.max() - times.min() + CHANGE_S) // DAY_S + 1)
        for change in (-CHANGE_S, 0, CHANGE_S)
    ]
    if (np.diff(times, axis=0) >= 0).all() and not nights:
        return [order]
    chains: list[list[int]] = []
    for trip in range(len(times)):
        chain = next((chain for chain in chains if not _in_the_way(times, days, chain, trip, nights)), None)
        if chain is None:
            chains.append([trip])
        else:
            chain.append(trip)
    return [order[chain] for chain in chains]


def _in_the_way(
    times: NDArray[np.int64], days: NDArray[np.bool_], chain: list[int], trip: int, nights: list[int]
) -> bool:
    """Whether a trip and one of a chain, where they run on one day, overtake each other."""
    others, own = times[chain], times[trip]
    crosses = _crosses(others, own)
    if crosses.any() and (days[chain][crosses] & days[trip]).any():
        return True
    return any(
        bool(_crosses(others, own + night).any() or _crosses(others + night, own).any()) for night in nights
    )


def _crosses(others: NDArray[np.int64], own: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray((others < own).any(axis=1) & (others > own).any(axis=1), np.bool_)
