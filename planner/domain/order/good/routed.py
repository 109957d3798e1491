"""An order made better by PyVRP, where it can say all that the day demands.

A day is one vehicle that leaves at a time: stays with a window each, or several of which one is gone to.
Ways are those between two stays, whole minutes and buffers included, so what it takes to be in time is in
time. It knows nothing of rides, of stops without a place, of locks and of "after": rebuild.py does.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.domain.budget import Budget
from planner.domain.order.costs import score
from planner.domain.order.good.repair import kicked
from planner.domain.order.proposals import Objective

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyvrp import Client, ProblemData, Solution

    from planner.domain.order.good.lists import DayLists
    from planner.domain.order.moves import Ints
    from planner.domain.order.problem import OrderProblem

FRUITLESS = 60
"""After so many changes without a gain they begin anew with other dice: from the best order, or once that
gave nothing every second time from it thrown about, which gets out of what no small change makes better."""

REMEMBERED = 20
"""An order is gone on from that is no worse than the one so many changes ago."""

PATIENT = 12
"""After so many beginnings without a gain the order is good enough."""

TOO_LONG_S = 400 * 86_400
"""Longer than any day: no way, or no end."""

PER_METRE = 10
"""Metres on foot are counted in whole decimetres."""

TIMES = 10
"""Every second time what is asked for counts so many times what else is good, the first time alone.

Shorter ways leave room for what ends the day earlier, where the finish alone is the same for many orders;
of those that walk as little an earlier finish is better.
"""

BY_TIME = frozenset({Objective.FINISH, Objective.LATEST_START})


def can_be_routed(problem: OrderProblem) -> bool:
    """Return whether PyVRP can say all that a day demands."""
    return problem.moves.is_steady and all(
        stop.placed and not stop.locked and not stop.after for stop in problem.stops
    )


class Router:
    """Makes orders of one day better for one objective; the same day gives the same orders."""

    def __init__(self, problem: OrderProblem, day: DayLists, objective: Objective) -> None:
        self._problem = problem
        self._day = day
        self._objective = objective
        self._stop_of = [stop for stop in range(day.size) for _ in day.spans[stop]]
        self._forms = _forms(day, objective)
        self._dice = Random(day.size)  # noqa: S311 - no secret
        self._seed = 0

    def improved(self, order: tuple[int, ...], budget: Budget) -> tuple[int, ...]:
        """Return an order that is no worse, after as many changes as there is time for."""
        kept, least, fruitless = order, score(self._problem, order, self._objective), 0
        while fruitless < PATIENT and not budget.is_over():
            self._seed += 1
            is_stuck = fruitless >= len(self._forms) and fruitless % 2 == 0
            tried = self._changed(kicked(kept, self._dice) if is_stuck else kept, budget)
            own = score(self._problem, tried, self._objective)
            fruitless += 1
            if own < least:
                kept, least, fruitless = tried, own, 0
        return kept

    def _changed(self, order: Sequence[int], budget: Budget) -> tuple[int, ...]:
        """What comes of an order by many small changes; it may be worse, as PyVRP counts other things."""
        import pyvrp  # noqa: PLC0415 - only who orders many stops loads it
        from pyvrp.exceptions import PenaltyBoundWarning  # noqa: PLC0415

        data = self._forms[self._seed % len(self._forms)]
        warnings.simplefilter("ignore", PenaltyBoundWarning)  # where it is hard to be in time at all
        result = pyvrp.solve(
            data,
            _Stop(budget),
            seed=self._seed,
            collect_stats=False,
            params=pyvrp.SolveParams(ils=pyvrp.IteratedLocalSearchParams(history_length=REMEMBERED)),
            initial_solution=pyvrp.Solution(data, [self._clients(order)]),
        )
        return self._order(result.best) if result.is_feasible() else tuple(order)

    def _clients(self, order: Sequence[int]) -> list[int]:
        """An order in PyVRP's numbers: of each stop the window in which it is gone to."""
        day, here, now = self._day, 0, self._day.start
        first = {stop: client for client, stop in reversed(list(enumerate(self._stop_of)))}
        clients = []
        for stop in order:
            begin = day.begun(stop, day.reached(here, stop, now))
            spans = (at for at, (_, last) in enumerate(day.spans[stop]) if begin <= last)
            clients.append(first[stop] + next(spans, 0))
            now, here = begin + day.dwell[stop], stop + 1
        return clients

    def _order(self, solution: Solution) -> tuple[int, ...]:
        (route,) = solution.routes()
        return tuple(self._stop_of[visit.idx] for visit in route.schedule() if visit.is_client())


@dataclass
class _Stop:
    """Tells PyVRP when to stop: when the time is over, or nothing is gained any more."""

    budget: Budget
    least: float = float("inf")
    fruitless: int = 0

    def __call__(self, best_cost: float) -> bool:
        self.fruitless = 0 if best_cost < self.least else self.fruitless + 1
        self.least = min(self.least, best_cost)
        return self.fruitless > FRUITLESS or self.budget.is_over()


def _forms(day: DayLists, objective: Objective) -> list[ProblemData]:
    """The day as PyVRP takes it, times counted from its start; what is to be least in one or two forms."""
    import pyvrp  # noqa: PLC0415

    several = sorted(day.several)
    groups = [pyvrp.ClientGroup() for _ in several]
    clients = list(_stays(day, {stop: at for at, stop in enumerate(several)}))
    for number, client in enumerate(clients):
        if client.group is not None:
            groups[client.group].add_client(number)

    def form(per_cost: int, per_second: int) -> ProblemData:
        vehicle = pyvrp.VehicleType(
            start_depot=0,
            end_depot=1,
            start_late=0,
            tw_late=_within(day.closes[day.size] - day.start),
            unit_distance_cost=per_cost,
            unit_duration_cost=per_second,
        )
        return pyvrp.ProblemData(
            locations=[pyvrp.Location(0, 0) for _ in range(day.size + 2)],
            clients=clients,
            depots=[pyvrp.Depot(0), pyvrp.Depot(day.size + 1)],
            vehicle_types=[vehicle],
            distance_matrices=[_square(_costs(day, objective))],
            duration_matrices=[_square(np.array(day.ways))],
            groups=groups,
        )

    if objective in BY_TIME:
        return [form(1, TIMES), form(0, 1)]
    if objective is Objective.WAITING:
        return [form(1, 1)]
    return [form(TIMES, 1), form(1, 0)]


def _stays(day: DayLists, group_of: dict[int, int]) -> Iterator[Client]:
    """A stay in each window of each stop; of those of a group one is kept."""
    import pyvrp  # noqa: PLC0415

    for stop in range(day.size):
        for first, last in day.spans[stop]:
            yield pyvrp.Client(
                stop + 1,
                service_duration=day.dwell[stop],
                tw_early=_within(first - day.start),
                tw_late=_within(last - day.start),
                required=stop not in group_of,
                group=group_of.get(stop),
            )


def _costs(day: DayLists, objective: Objective) -> Ints:
    """What the ways cost: metres, seconds, or where waiting is to be least what is not gone meanwhile."""
    if objective is Objective.WALKING:
        metres: Ints = np.rint(PER_METRE * np.array(day.cost)).astype(np.int64)
        return metres
    ways: Ints = np.minimum(np.array(day.ways), TOO_LONG_S)
    if objective in BY_TIME:
        return ways
    # a day has one way more than stops: the longer the ways of a day as long, the less of it is waiting
    costs: Ints = ways[ways < TOO_LONG_S].max() - ways
    return costs


def _square(ways: Ints) -> Any:
    """Ways between places in PyVRP's numbers: the start, the stops, the end."""
    size = len(ways)
    square = np.full((size + 1, size + 1), TOO_LONG_S, dtype=np.int64)
    square[:-1, 1:] = np.clip(ways, 0, TOO_LONG_S)
    np.fill_diagonal(square, 0)
    return square


def _within(seconds: int) -> int:
    return max(0, min(seconds, TOO_LONG_S))
