"""Headways among trips, for questions about whole days: the rides that can be expected, one by one.

An expected start lies on a grid (`headways`), so a day has no more rides than
whole steps: with all of them among the trips a profile says what a single
question says. Where a list is asked for, only some are taken. Such a ride stands
for all between it and the one before: who is ready for one of those is told the
later ride. So what is said is then late for each ride on a headway by less than
these are apart, never early, first in first out still holds, and it is known not
to be exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.query.timetable.days import DayTimes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.buses.query.journeys.headways import HeadwayPeriod, HeadwayRun
    from planner.domain.clock import Instant

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Sampled:
    """The trips of some days with rides on headways among them; `is_exact` if none was left out."""

    days: DayTimes
    is_exact: bool


def with_samples(days: DayTimes, runs: Sequence[HeadwayRun], until: Instant, apart_s: int = 0) -> Sampled:
    """Put rides on headways among the trips of some days: those for people ready by an instant.

    What stands for their departures is until when one may be ready. Of those that are
    less than `apart_s` apart some are left out.
    """
    if not runs:
        return Sampled(days, is_exact=True)
    blocks = {run.pattern: _sampled(run, until, apart_s) for run in runs}
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
    is_exact = all(_step_s(period, apart_s) == period.step for run in runs for period in run.periods)
    return Sampled(laid, is_exact)


def _step_s(period: HeadwayPeriod, apart_s: int) -> int:
    """How far apart the rides of a period are that are taken, in whole steps of its grid."""
    return max(1, apart_s // period.step) * period.step


def _sampled(run: HeadwayRun, until: Instant, apart_s: int) -> tuple[Ints, Ints]:
    """Arrivals and latest times of being ready, a row a stop and a column a ride.

    Of the rides of all periods together those that start earliest of all that one
    who is ready at some time can have.
    """
    points = [_points(period, until, apart_s) for period in run.periods]
    ready = np.concatenate(points)
    start = ready + np.repeat([period.half for period in run.periods], [len(some) for some in points])
    order = np.lexsort((-ready, start))
    start, ready = start[order], ready[order]
    best = np.maximum.accumulate(ready)
    useful = np.append(True, best[1:] > best[:-1])
    start, ready = start[useful], ready[useful]
    return np.array(run.arrive)[:, None] + start, np.array(run.depart)[:, None] + ready


def _points(period: HeadwayPeriod, until: Instant, apart_s: int) -> Ints:
    """The points of a period, up to the first one that is not before an instant."""
    last = period.after(min(until, period.last))
    return np.append(np.arange(period.first, last, _step_s(period, apart_s)), last).astype(np.int64)


def _offsets(sizes: Sequence[int] | Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
