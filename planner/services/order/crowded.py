"""Days too large to be searched through: what can still be proved to be too much, and what was not found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.order.good.repair import first_order
from planner.domain.order.moves import NEVER
from planner.domain.order.part import finish_of, part_of
from planner.domain.order.proposals import Conflict, Demand, DemandKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem
    from planner.domain.schedule.timed import TimedDay


def crowded(
    problem: OrderProblem,
    rest: Sequence[int],
    timed: TimedDay,
    demands: Sequence[Demand],
    budget: Budget,
) -> Iterator[Conflict]:
    """Yield why some stops of a day do not fit together; nothing where an order of them was found.

    Proved is what the stays and the shortest moves add up to. Else it is what was found to end too
    late in the time there is, or that nothing was found.
    """
    ids = [timed.stops[number].id for number in rest]
    visits = tuple(Demand(DemandKind.VISIT, stop) for stop in ids)
    finish = tuple(demand for demand in demands if demand.kind is DemandKind.FINISH)
    part = part_of(problem, rest)
    least_s = _least_finish(part) - part.latest
    if finish and least_s > 0:
        yield Conflict((*visits, *finish), least_s)
        return
    given = range(len(part.stops))
    if first_order(part, given, budget.rest(0.5)) is not None:
        return
    endless = replace(part, limit=None)
    late = first_order(endless, given, budget) if finish else None
    if late is not None:
        over_s = finish_of(endless, late) - part.latest
        yield Conflict((*visits, *finish), max(over_s, 0), proved=False)
        return
    own = tuple(demand for demand in demands if demand.stop is None or demand.stop in ids)
    named = {demand.stop for demand in own}
    others = tuple(visit for visit in visits if visit.stop not in named)
    yield Conflict((*own, *others), None, proved=False)


def _least_finish(problem: OrderProblem) -> int:
    """No order of all stops is over earlier: their stays, and the shortest move to each."""
    columns = [number for number, stop in enumerate(problem.stops) if stop.placed]
    columns += [len(problem.stops)] if problem.has_end else []
    stays = sum(stop.least_dwell_s + stop.buffer_s for stop in problem.stops)
    return problem.start + stays + sum(_shortest_s(problem, column) for column in columns)


def _shortest_s(problem: OrderProblem, column: int) -> int:
    """Seconds of the shortest move to a stop, or to the end, from anywhere else."""
    places = [place for place in range(len(problem.stops) + 1) if place != column + 1]
    least = int(problem.moves.steady[places, column].min())
    for place in places:
        rides = problem.moves.rides.get((place, column))
        if rides is not None and len(rides.departures):
            ridden = int(np.min(rides.arrivals - rides.departures))
            least = min(least, rides.gather_s + max(ridden, rides.least_s) + rides.reserve_s)
    return 0 if least >= NEVER else least
