"""A day played many times with small delays: how often each stop, and the end, is on time.

Nobody begins before the time of the plan, so a delay eats waiting and reserves first. Who comes too late
for a stay to fit is late there, stays as long as planned all the same, and goes on. Many orders are played at
once, on the same draws: what is drawn belongs to a stop, wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.clock import minute_from
from planner.domain.order.moves import NEVER, Floats, Ints
from planner.domain.order.problem import OrderProblem
from planner.domain.order.stays import leave_one
from planner.domain.robust.delays import Bools

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.robust.delays import Draws

TOGETHER = 400_000
"""So many days of orders are played at once."""

FAR = float(1 << 40)
"""Seconds that stand for never."""


@dataclass(frozen=True, eq=False)
class DayOfChance:
    """A day to be played: `gather_s` begins every move, `driven` tells moves (place, column) by coach."""

    problem: OrderProblem
    gather_s: int
    driven: Bools

    @cached_property
    def spans(self) -> tuple[Floats, Floats]:
        """When the intervals of each stop begin, and the latest starts in them: (stops, intervals)."""
        stops = self.problem.stops
        most = max((len(stop.intervals) for stop in stops), default=1) or 1
        first = np.full((len(stops), most), FAR)
        last = np.full((len(stops), most), -FAR)
        for number, stop in enumerate(stops):
            for at, interval in enumerate(stop.intervals):
                first[number, at] = max(-FAR, interval.start)
                last[number, at] = min(FAR, interval.latest_start(stop.dwell_s))
        return first, last


@dataclass(frozen=True, eq=False)
class Played:
    """Orders that were played: the share of days on time by stop and at the end, (orders, stops + 1).

    `whole` is the share of days on which all was, `late_s` how late stays begin on the worst tenth of days.
    """

    on_time: Floats
    whole: Floats
    late_s: Floats


def play(day: DayOfChance, orders: Sequence[Sequence[int]], draws: Draws) -> Played:
    """Play some orders of all stops of a day."""
    size = max(1, TOGETHER // max(1, draws.days))
    parts = [_play(day, orders[at : at + size], draws) for at in range(0, len(orders), size)]
    return Played(
        np.concatenate([part.on_time for part in parts]),
        np.concatenate([part.whole for part in parts]),
        np.concatenate([part.late_s for part in parts]),
    )


def planned_starts(problem: OrderProblem, order: Sequence[int]) -> tuple[list[int], int]:
    """Return when each stay of an order begins by the plan, and when the day is over; faults are gone by."""
    here, now = 0, problem.start
    starts = []
    for number in order:
        stop = problem.stops[number]
        ready = problem.ready(here, number, now)
        ready = (now if ready >= NEVER else ready) + stop.buffer_s
        leave = leave_one(stop.intervals, ready, stop.dwell_s)
        now = leave if leave < NEVER else minute_from(ready) + stop.dwell_s
        starts.append(now - stop.dwell_s)
        here = problem.place_after(here, number)
    finish = problem.finish(here, now)
    return starts, now if finish >= NEVER else finish


def _play(day: DayOfChance, orders: Sequence[Sequence[int]], draws: Draws) -> Played:
    problem, size = day.problem, len(day.problem.stops)
    rows = np.arange(len(orders))
    order = np.array(orders, dtype=np.int64).reshape(len(orders), size)
    plans = [planned_starts(problem, one) for one in orders]
    starts = np.array([begun for begun, _ in plans], dtype=np.float64)
    here: Ints = np.zeros(len(orders), dtype=np.int64)
    now = np.full((len(orders), draws.days), float(problem.start))
    on_time = np.ones((len(orders), size + 1))
    late_s = np.zeros((len(orders), size + 1))
    whole = np.ones(now.shape, dtype=np.bool_)
    placed = np.array([stop.placed for stop in problem.stops], dtype=np.bool_)
    dwell = np.array([stop.dwell_s for stop in problem.stops], dtype=np.float64)
    for position in range(size):
        number = order[:, position]
        moved = _moved(day, here, number, now, draws)
        arrive = np.where(placed[number][:, None], moved, now)
        begin = np.maximum(arrive, starts[:, position][:, None])
        begin, is_kept = _admitted(day, number, begin, draws.grace_s)
        whole &= is_kept
        on_time[rows, number] = is_kept.mean(axis=1)
        late_s[rows, number] = np.quantile(begin - starts[:, position][:, None], 0.9, axis=1)
        now = begin + dwell[number][:, None] * (1.0 + draws.stay[number])
        here = np.where(placed[number], number + 1, here)
    if problem.has_end:
        now = _moved(day, here, np.full(len(orders), size), now, draws)
    is_over = now < min(problem.latest, FAR) + max(1, draws.grace_s)
    whole &= is_over
    on_time[:, size] = is_over.mean(axis=1)
    finish = np.array([over for _, over in plans], dtype=np.float64)
    late_s[:, size] = np.quantile(np.maximum(0.0, now - finish[:, None]), 0.9, axis=1)
    return Played(on_time, whole.mean(axis=1), late_s)


def _admitted(day: DayOfChance, number: Ints, begin: Floats, grace_s: int) -> tuple[Floats, Bools]:
    """When stays begin, in the first interval that they fit in, and whether there is one."""
    first, last = day.spans
    fitting, is_kept = begin, np.zeros(begin.shape, dtype=np.bool_)
    for at in range(first.shape[1]):
        waited = np.maximum(begin, first[number, at][:, None])
        fits = ~is_kept & (waited < last[number, at][:, None] + max(1, grace_s))
        fitting = np.where(fits, waited, fitting)
        is_kept |= fits
    return fitting, is_kept


def _moved(day: DayOfChance, here: Ints, column: Ints, now: Floats, draws: Draws) -> Floats:
    """When the group is there, whatever reserve the plan has after the way."""
    moves = day.problem.moves
    whole_s = moves.steady[here, column]
    is_known = whole_s < NEVER
    way_s = np.where(is_known, whole_s - moves.reserve[here, column] - day.gather_s, 0)
    gather_s = np.where(is_known & (whole_s > 0), day.gather_s, 0)
    factor = np.where(day.driven[here, column][:, None], draws.drive[column], draws.pace[None, :])
    arrive = np.where(
        is_known[:, None], now + gather_s[:, None] + np.maximum(0, way_s)[:, None] * factor, FAR
    )
    usual = np.where(is_known[:, None], now + np.where(is_known, whole_s, 0)[:, None], FAR)
    for place, goal in {*zip(here.tolist(), column.tolist(), strict=True)}:
        rides = moves.rides.get((place, goal))
        if rides is not None:
            rows = np.flatnonzero((here == place) & (column == goal))
            ready = rides.ready(np.ceil(now[rows]).astype(np.int64)).astype(np.float64)
            ridden = ready - rides.reserve_s + draws.bus_s[goal]
            arrive[rows] = np.where(ready < usual[rows], ridden, arrive[rows])
    return np.minimum(arrive, FAR)
