"""Headways among trips, for questions about whole days: rides that start at each step of the clock.

A sampled ride stands for all that are expected to start since the one before.
It is caught by who is ready in time for it or for an earlier one, and rides on
time: so a profile is late by less than a step for each ride on a headway, never
early, and first in first out still holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.buses.query.boards import HeadwayRun
    from planner.buses.query.days import DayTimes
    from planner.domain.clock import Instant

STEP_S = 60
"""The step of profiles between places."""

LARGEST = 300_000
"""Calls of sampled rides that are worked with at once; with more the step is doubled."""

Ints = NDArray[np.int64]
Blocks = dict[int, tuple[Ints, Ints]]


def with_samples(
    days: DayTimes, runs: Sequence[HeadwayRun], until: Instant, step_s: int = STEP_S
) -> DayTimes:
    """Put rides on headways among the trips of some days; those that start up to an instant.

    What stands for their departures is until when one may be ready.
    """
    runs = [replace(run, periods=tuple(_cut(run, until))) for run in runs]
    if not runs:
        return days
    while sum(_rides(run, step_s) * len(run.stops) for run in runs) > LARGEST:
        step_s *= 2
    blocks = {run.pattern: _sampled(run, step_s) for run in runs}
    counts = np.diff(days.starts)
    arrive, depart = [], []
    for pattern in range(len(counts)):
        known = blocks.get(pattern) or (days.arrivals(pattern), days.departures(pattern))
        arrive.append(known[0].ravel())
        depart.append(known[1].ravel())
        counts[pattern] = known[0].shape[1]
    return replace(
        days,
        starts=_offsets(counts),
        cells=_offsets([len(cells) for cells in arrive]),
        arrive=np.concatenate(arrive),
        depart=np.concatenate(depart),
    )


def _cut(run: HeadwayRun, until: Instant) -> Iterator[tuple[int, int, int]]:
    """The periods up to an instant; what starts later is not needed."""
    for first, last, half in run.periods:
        if first <= until:
            yield first, min(last, max(until, first)), half


def _rides(run: HeadwayRun, step_s: int) -> int:
    return sum((last - first) // step_s + 2 for first, last, _ in run.periods)


def _sampled(run: HeadwayRun, step_s: int) -> tuple[Ints, Ints]:
    """Arrivals and latest times of being ready, a row a stop and a column a ride."""
    ends = [last + half for _, last, half in run.periods]
    starts = [np.arange(first + half, last + half, step_s) for first, last, half in run.periods]
    start = np.unique(np.concatenate([*starts, np.array(ends, np.int64)]))
    ready = np.full(len(start), np.iinfo(np.int64).min)
    for first, last, half in run.periods:
        caught = np.where(first + half <= start, np.minimum(last, start - half), ready)
        ready = np.maximum(ready, caught)
    return np.array(run.arrive)[:, None] + start, np.array(run.depart)[:, None] + ready


def _offsets(sizes: Sequence[int] | Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
