"""The stops of a visit shared among its days by hours, distance and balance; proposed, nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.days.share import LEFT, ShareQuestion, share
from planner.domain.itinerary import Itinerary
from planner.domain.order.proposals import Objective
from planner.domain.visits import Day, Stop
from planner.services.order.find import Order, find_order
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.planning.plan import plan_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem
    from planner.services.planning.case import Case

SHARE_S = 3.0
"""A share is looked for so long, the order of its days included."""

FOR_THE_SHARE = 0.6
BALANCE = 0.5
"""A minute by which the longest day is longer than the shortest counts as half a minute out."""


@dataclass(frozen=True)
class SharedStop:
    """A stop to be shared, and the days it may be on, by their numbers."""

    stop: Stop
    days: tuple[int, ...]


@dataclass(frozen=True)
class SharedDay:
    """A day as proposed, in its best order, with its plan; `numbers` are those of its stops among all."""

    day: Day
    numbers: tuple[int, ...]
    order: Order
    itinerary: Itinerary

    @property
    def length_s(self) -> int:
        """Seconds from its start to its end."""
        return self.itinerary.finish - self.itinerary.start


@dataclass(frozen=True)
class SharedDays:
    """The days as proposed, and the stops that no day has room for."""

    days: tuple[SharedDay, ...]
    left: tuple[int, ...]
    proved: bool

    @property
    def spread_s(self) -> int:
        """By how much the longest day is longer than the shortest."""
        lengths = [day.length_s for day in self.days]
        return max(lengths) - min(lengths)


def share_days(
    cases: Sequence[Case],
    stops: Sequence[SharedStop],
    budget: Budget,
    *,
    balance: float = BALANCE,
    objective: Objective = Objective.FINISH,
) -> SharedDays:
    """Return stops shared among days, each in its best order; `cases` are of the days, with any stops.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    every = tuple(one.stop for one in stops)
    whole = [case.with_day(replace(case.day, stops=_free(every), party_routes=())) for case in cases]
    question = ShareQuestion(
        days=tuple(_problem(case) for case in whole),
        allowed=tuple(one.days for one in stops),
        weights=tuple(stop.weight if stop.optional else 100 for stop in every),
        balance=balance,
    )
    found = share(question, budget.share(FOR_THE_SHARE))
    is_sure = found.proved and not any(case.tables.has_assumed for case in whole)
    days = []
    for index, case in enumerate(cases):
        numbers = [number for number, day in enumerate(found.day_of) if day == index]
        rest = budget.rest(1 / (len(cases) - index))
        days.append(_ordered(case, every, numbers, objective, rest))
    is_sure &= all(day.order.found for day in days) and not any(stop.locked for stop in every)
    left = tuple(number for number, day in enumerate(found.day_of) if day == LEFT)
    return SharedDays(tuple(days), left, is_sure)


def _free(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """The stops with no position of their own: that holds on a day, not among the stops of several."""
    return tuple(replace(stop, locked=False) for stop in stops)


def _problem(case: Case) -> OrderProblem:
    moves = DayMoves(case)
    table = moves.moves(days=1 + moves.days_until(case.town.clock.local(case.timed.start).date()))
    return problem_of(case.timed, table)


def _ordered(
    case: Case, stops: Sequence[Stop], numbers: Sequence[int], objective: Objective, budget: Budget
) -> SharedDay:
    """One day with its stops, in its best order."""
    day = replace(case.day, stops=_placed([stops[number] for number in numbers], case.day), party_routes=())
    own = {stops[number].id: number for number in numbers}
    kept = {stop.id for stop in day.stops}
    day = replace(
        day, stops=tuple(replace(one, after=tuple(e for e in one.after if e in kept)) for one in day.stops)
    )
    order = find_order(case.with_day(day), objective, budget, may_leave_out=False)
    itinerary = plan_day(case.with_day(order.day))
    return SharedDay(order.day, tuple(own[stop.id] for stop in order.day.stops), order, itinerary)


def _placed(stops: Sequence[Stop], before: Day) -> tuple[Stop, ...]:
    """Stops of a day, locked ones where they stood in it as far as there are places."""
    was = {stop.id: at for at, stop in enumerate(before.stops)}
    others = iter([stop for stop in stops if not stop.locked])
    locked = {min(was.get(stop.id, 0), len(stops) - 1): stop for stop in stops if stop.locked}
    placed = [locked[at] if at in locked else next(others, None) for at in range(len(stops))]
    missing = [stop for stop in stops if stop not in placed]
    return tuple([stop for stop in placed if stop is not None] + missing)
