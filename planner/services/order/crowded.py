"""Days too large to be searched through: what can still be proved to be too much, and what was not found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.order.good.large import any_order
from planner.domain.order.good.repair import first_order
from planner.domain.order.part import finish_of, least_finish, part_of
from planner.domain.order.proposals import Conflict, Demand, DemandKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem
    from planner.domain.schedule.timed import TimedDay

FOR_AN_ORDER = 0.5
"""The share of the time in which an order of all is looked for once more, stays cut where they may be."""


def crowded(
    problem: OrderProblem,
    rest: Sequence[int],
    timed: TimedDay,
    demands: Sequence[Demand],
    budget: Budget,
) -> Iterator[Conflict]:
    """Yield why some stops of a day do not fit together; nothing where an order of them was found.

    Proved is what the stays and the shortest moves add up to, and that a search which left nothing out found
    none. Else it is what was found to end too late in the time there is, or that nothing was found.
    """
    ids = [timed.stops[number].id for number in rest]
    visits = tuple(Demand(DemandKind.VISIT, stop) for stop in ids)
    finish = tuple(demand for demand in demands if demand.kind is DemandKind.FINISH)
    part = part_of(problem, rest)
    least_s = least_finish(part) - part.latest
    if finish and least_s > 0:
        yield Conflict((*visits, *finish), least_s)
        return
    given = range(len(part.stops))
    found = any_order(part, (given,), budget.rest(FOR_AN_ORDER))
    if found.order is not None:
        return
    if found.proved:
        yield Conflict(_all_of(ids, demands), None)
        return
    endless = replace(part, limit=None)
    late = first_order(endless, given, budget) if finish else None
    if late is not None:
        over_s = finish_of(endless, late) - part.latest
        yield Conflict((*visits, *finish), max(over_s, 0), proved=False)
        return
    yield Conflict(_all_of(ids, demands), None, proved=False)


def _all_of(ids: Sequence[str], demands: Sequence[Demand]) -> tuple[Demand, ...]:
    """All that some stops and the day demand, and that the other ones of them are visited."""
    own = tuple(demand for demand in demands if demand.stop is None or demand.stop in ids)
    named = {demand.stop for demand in own}
    return (*own, *(Demand(DemandKind.VISIT, stop) for stop in ids if stop not in named))
