"""How PyVRP orders a day, where it can say the same: one window a stop, moves that take the same at any time.

It knows nothing of whole minutes: as each stay ends at one, a way to a stop may as well take whole ones.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import ceil
from time import process_time
from typing import TYPE_CHECKING

from pyvrp import Model
from pyvrp.exceptions import PenaltyBoundWarning

from planner.domain.order.proposals import Objective

if TYPE_CHECKING:
    from planner.domain.order.problem import OrderProblem

DAY_S = 400 * 86_400
"""Longer than any day: the hundredths of published instances are counted as minutes."""


@dataclass
class CpuTime:
    """Stops a search of PyVRP after so many seconds of CPU."""

    seconds: float
    begun: float | None = None

    def __call__(self, best_cost: float) -> bool:
        del best_cost
        if self.begun is None:
            self.begun = process_time()
        return process_time() - self.begun > self.seconds


def peer_order(
    problem: OrderProblem, objective: Objective, seconds: float, seed: int = 0
) -> tuple[int, ...] | None:
    """Return PyVRP's order; None where it finds none that keeps all windows."""
    model = Model()
    size = len(problem.stops)
    places = [model.add_location(number, 0) for number in range(size + 2)]
    longest = int(problem.moves.steady[problem.moves.steady < DAY_S].max()) + 60
    model.add_vehicle_type(
        start_depot=model.add_depot(places[0]),
        end_depot=model.add_depot(places[-1]),
        tw_early=problem.start,
        start_late=problem.start,
        tw_late=min(problem.latest, problem.start + DAY_S),
        unit_distance_cost=0 if objective is Objective.FINISH else 1,
        unit_duration_cost=0 if objective is Objective.WALKING else 1,
    )
    for place, stop in zip(places[1:], problem.stops, strict=False):
        (window,) = stop.intervals
        late = min(window.latest_start(stop.dwell_s), problem.start + DAY_S)
        early = max(window.start, problem.start)
        model.add_client(place, service_duration=stop.dwell_s, tw_early=early, tw_late=max(early, late))
    metres = problem.moves.steady_walk_m
    for row, origin in enumerate(places[:-1]):
        for column, destination in enumerate(places[1:]):
            if row == column + 1:
                continue
            seconds_there = int(problem.moves.steady[row, column])
            if column < size:
                seconds_there = 60 * ceil(seconds_there / 60)
            # a tour has one way more than stops: the longer the ways of a day, the less of it is waiting
            cost = longest - seconds_there if objective is Objective.WAITING else 0
            if objective is Objective.WALKING and metres is not None:
                cost = round(10 * metres[row, column])
            model.add_edge(origin, destination, distance=cost, duration=seconds_there)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PenaltyBoundWarning)  # a day without an answer is one, too
        result = model.solve(CpuTime(seconds), seed=seed, display=False, collect_stats=False)
    if not result.is_feasible():
        return None
    (route,) = result.best.routes()
    return tuple(visit.idx for visit in route.schedule() if visit.is_client())
