"""Headways among trips, for questions about whole days: the rides that can be expected, one by one.

An expected start lies on a grid (`headways`), so a day has no more rides than
whole steps: with all of them among the trips a profile says what a single
question says. A town of many estimated lines has too many; then only each second,
fourth... of them is taken. Such a ride stands for all between it and the one
before: who is ready for one of those is told the later ride. So a profile is then
late by less than a longer step for each ride on a headway, never early, and
first in first out still holds; it says that it is not exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.query.days import DayTimes
from planner.buses.query.headways import STEP_S
from planner.domain.clock import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.buses.query.headways import HeadwayRun, Period
    from planner.domain.clock import Instant

LARGEST = 900_000
"""Calls of rides on headways that are worked with at once; with more the step is doubled.

The built-in lines of Skawina have 410 000 on a day and 820 000 on two.
"""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Sampled:
    """The trips of some days with rides on headways among them; `is_exact` if none was left out."""

    days: DayTimes
    is_exact: bool


def with_samples(days: DayTimes, runs: Sequence[HeadwayRun], until: Instant, step_s: int = STEP_S) -> Sampled:
    """Put rides on headways among the trips of some days; those for who is ready up to an instant.

    What stands for their departures is until when one may be ready. `step_s` is
    how far they are apart, in whole steps of the grid.
    """
    if not runs:
        return Sampled(days, is_exact=True)
    while step_s < DAY_S and sum(_rides(run, until, step_s) * len(run.stops) for run in runs) > LARGEST:
        step_s *= 2
    blocks = {run.pattern: _sampled(run, until, step_s) for run in runs}
    counts = np.diff(days.starts)
    arrive, depart = [], []
    for pattern in range(len(counts)):
        known = blocks.get(pattern) or (days.arrivals(pattern), days.departures(pattern))
        arrive.append(known[0].ravel())
        depart.append(known[1].ravel())
        counts[pattern] = known[0].shape[1]
    laid = replace(
        days,
        starts=_offsets(counts),
        cells=_offsets([len(cells) for cells in arrive]),
        arrive=np.concatenate(arrive),
        depart=np.concatenate(depart),
    )
    return Sampled(laid, is_exact=step_s == STEP_S)


def _rides(run: HeadwayRun, until: Instant, step_s: int) -> int:
    return sum(max(0, min(one.last, until) - one.first) // step_s + 2 for one in run.periods)


def _sampled(run: HeadwayRun, until: Instant, step_s: int) -> tuple[Ints, Ints]:
    """Arrivals and latest times of being ready, a row a stop and a column a ride.

    Of the rides of all periods together those that start earliest of all that one
    who is ready at some time can have.
    """
    points = [_points(period, until, step_s) for period in run.periods]
    ready = np.concatenate(points)
    start = ready + np.repeat([period.half for period in run.periods], [len(some) for some in points])
    order = np.lexsort((-ready, start))
    start, ready = start[order], ready[order]
    best = np.maximum.accumulate(ready)
    useful = np.append(True, best[1:] > best[:-1])
    start, ready = start[useful], ready[useful]
    return np.array(run.arrive)[:, None] + start, np.array(run.depart)[:, None] + ready


def _points(period: Period, until: Instant, step_s: int) -> Ints:
    """The points of a period, up to the first one that is not before an instant."""
    last = period.after(min(until, period.last))
    return np.append(np.arange(period.first, last, step_s), last).astype(np.int64)


def _offsets(sizes: Sequence[int] | Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
