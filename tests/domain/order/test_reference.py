"""Days of 16 to 25 stops against an exact reference of the tests' own: a plain programme over sets of stops.

It keeps what the windows leave of them: where these are narrow, some thousand sets.
"""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from planner.domain.budget import Budget
from planner.domain.order.costs import score
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from tests.kit.orders.tsptw import instances
from tests.kit.orders.windowed import windowed_day

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.order.problem import OrderProblem

CPU_S = 4.0
QUICK = ("Dumas-n20w20.001.txt", "AFG-rbg016a.tw")
SLOW = (
    "AFG-rbg017a.tw",
    "AFG-rbg020a.tw",
    "Dumas-n20w60.001.txt",
    "Dumas-n20w100.001.txt",
    "Langevin-N20ft301.dat",
)

Ends = dict[tuple[int, int], list[tuple[int, int]]]
"""By the stops done and the last of them: seconds and metres of which neither is beaten in both."""


def best(problem: OrderProblem, objective: Objective) -> int:
    """The earliest finish, or the least that is travelled, of all orders that keep the windows."""
    ways: list[list[int]] = problem.moves.steady.tolist()
    size = len(problem.stops)
    windows = [
        (stop.intervals[0].start, stop.intervals[0].latest_start(stop.dwell_s)) for stop in problem.stops
    ]
    states: Ends = {(0, -1): [(problem.start, 0)]}
    for _ in range(size):
        further: Ends = {}
        for (done, last), ends in states.items():
            left = [stop for stop in range(size) if not done >> stop & 1]
            for stop in left:
                way = ways[last + 1][stop]
                for now, far in ends:
                    begin = max(now + way, windows[stop][0])
                    can_go_on = all(begin + ways[stop + 1][o] <= windows[o][1] for o in left if o != stop)
                    if begin <= windows[stop][1] and can_go_on:
                        further.setdefault((done | 1 << stop, stop), []).append((begin, far + way))
        states = {key: unbeaten(found, objective) for key, found in further.items()}
    back: list[tuple[int, int]] = [
        (now + ways[last + 1][size], far + ways[last + 1][size])
        for (_, last), ends in states.items()
        for now, far in ends
        if now + ways[last + 1][size] <= problem.latest
    ]
    return min(end[0] if objective is Objective.FINISH else end[1] for end in back)


def unbeaten(ends: list[tuple[int, int]], objective: Objective) -> list[tuple[int, int]]:
    if objective is Objective.FINISH:
        return [min(ends)]
    kept: list[tuple[int, int]] = []
    for now, far in sorted(ends):
        if not kept or far < kept[-1][1]:
            kept.append((now, far))
    return kept


@pytest.mark.parametrize("objective", [Objective.FINISH, Objective.WALKING])
@pytest.mark.parametrize("name", [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)])
def test_no_order_is_better(real_dir: Path, name: str, objective: Objective) -> None:
    assert real_dir.is_dir()
    check(next(one for one in instances() if one.name == name).problem, objective)


@pytest.mark.parametrize("objective", [Objective.FINISH, Objective.WALKING])
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 8))])
def test_no_order_of_25_stops_is_better(seed: int, objective: Objective) -> None:
    check(windowed_day(25, (40, 60, 80, 100)[seed % 4], seed), objective)


def check(problem: OrderProblem, objective: Objective) -> None:
    found = best_order(problem, objective, Budget.of(CPU_S, process_time), may_cut=False)
    assert found is not None
    assert found.proved
    assert score(problem, found.order, objective)[0] == best(problem, objective)
