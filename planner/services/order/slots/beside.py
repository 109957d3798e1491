"""The best order of a day with a stop in it, and what it costs that the stop stands at one place of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.itinerary import Itinerary
from planner.domain.order.proposals import Conflict, Demand, DemandKind, Objective
from planner.services.order.find import Order, find_order
from planner.services.order.slots.find import is_of, with_stop
from planner.services.planning.plan import plan_day

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.visits import Day, Stop
    from planner.services.planning.case import Case


@dataclass(frozen=True)
class OrderWith:
    """An order with the stop: its plan, or why there is none."""

    order: Order
    itinerary: Itinerary

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Why no order keeps all demands."""
        return self.order.conflicts


@dataclass(frozen=True)
class WhyNot:
    """The best order with the stop at a place, held against the best order with it anywhere.

    `position` counts from 0.
    """

    position: int
    held: OrderWith
    free: OrderWith

    @property
    def is_told(self) -> bool:
        """Whether there is an order with it there, and one with it anywhere, so that there is a cost."""
        return self.held.order.found and self.free.order.found

    @property
    def later_s(self) -> int:
        """Seconds that the day ends later, or begins earlier, since the stop stands there."""
        held, free = self.held.itinerary, self.free.itinerary
        return (held.finish - free.finish) + (free.start - held.start)

    @property
    def walk_more_m(self) -> float:
        """Metres more on foot."""
        return round(self.held.itinerary.totals.walk_m - self.free.itinerary.totals.walk_m, 1)


def order_with(case: Case, stop: Stop, objective: Objective, budget: Budget) -> OrderWith:
    """Return the best order of a day with a stop anywhere in it.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    day = with_stop(case.day, stop, _own_place(case.day, stop))
    return _found(case.with_day(day), objective, budget)


def why_not(case: Case, stop: Stop, position: int, objective: Objective, budget: Budget) -> WhyNot:
    """Return what it costs that a stop stands at a position of the best order; or the demands that break.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    free = order_with(case, replace(stop, locked=False), objective, budget.rest(0.5))
    day = _held(case.day, stop, position)
    taken = day.stops[position]
    if taken.id != stop.id:
        both = tuple(Demand(DemandKind.LOCKED, one) for one in (stop.id, taken.id))
        order = Order(
            objective,
            day,
            tuple(range(len(day.stops))),
            conflicts=(Conflict(both),),
            found=False,
            impossible=True,
        )
        return WhyNot(position, OrderWith(order, free.itinerary), free)
    return WhyNot(position, _found(case.with_day(day), objective, budget.rest()), free)


def _own_place(day: Day, stop: Stop) -> int:
    """Where a stop stands; at the end where it is new."""
    return next((at for at, one in enumerate(day.stops) if one.id == stop.id), len(day.stops))


def _held(day: Day, stop: Stop, position: int) -> Day:
    """The day with a stop locked at a position; other locked ones stay, and the rest fill what is left."""
    own = replace(stop, locked=True)
    size = len(day.stops) + (not is_of(day, stop))
    places = {at: one for at, one in enumerate(day.stops) if one.locked and one.id != stop.id}
    places.setdefault(position, own)
    others = [one for one in day.stops if one.id != stop.id and one not in places.values()]
    if own not in places.values():
        others.append(own)
    left = iter(others)
    return replace(day, stops=tuple(places[at] if at in places else next(left) for at in range(size)))


def _found(case: Case, objective: Objective, budget: Budget) -> OrderWith:
    order = find_order(case, objective, budget, may_leave_out=False)
    return OrderWith(order, plan_day(case.with_day(order.day)))
