"""Which stops of a day fit, where some may be left out: asked before the best order of those that do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.edits.stops import remove_stop
from planner.domain.order.optional.choose import choose
from planner.domain.order.proposals import WALKING_COUNTS, Objective
from planner.domain.order.search import MOST_EXACT
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.order.table_time import Tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.optional.choose import Kept
    from planner.domain.visits import Day
    from planner.services.planning.case import Case


@dataclass(frozen=True)
class Fitting:
    """The stops that fit, in an order that works; `proved` that no others weigh more or are better."""

    order: tuple[int, ...]
    proved: bool

    @property
    def given(self) -> tuple[int, ...]:
        """The stops as a search is to begin with them: as they stood, of many in the order that is known."""
        return self.order if len(self.order) > MOST_EXACT else tuple(sorted(self.order))


def only(day: Day, numbers: Sequence[int]) -> Day:
    """Return a day with some of its stops, in an order."""
    ids = [day.stops[number].id for number in numbers]
    for stop in day.stops:
        if stop.id not in ids:
            day = remove_stop(day, stop.id)
    return replace(day, stops=tuple(sorted(day.stops, key=lambda stop: ids.index(stop.id))))


def fitting_stops(case: Case, objective: Objective, budget: Budget, deadline: Budget) -> Fitting | None:
    """Return the stops that fit and weigh most; None where those do not that must be kept.

    Raises
    ------
    OutOfTimeError
        If the deadline is over before that is known.
    """
    timed = case.timed
    if timed.ready_by is not None:
        objective = Objective.LATEST_START
    moves = DayMoves(case, deadline)
    with_walking = objective in WALKING_COUNTS and not moves.may_ride
    limit = timed.end_limit or timed.start
    days = 1 + moves.days_until(case.town.clock.local(max(limit, timed.start)).date())
    tables = Tables(budget)
    weights = {number: stop.weight for number, stop in enumerate(case.day.stops) if stop.optional}

    def chosen(*, at_any_price: bool) -> Kept | None:
        table = moves.moves(days=days, with_walking=with_walking, at_any_price=at_any_price)
        problem = problem_of(timed, table)
        return choose(problem, weights, objective, tables.search_budget(deadline), deadline)

    kept = chosen(at_any_price=False)
    if kept is None and moves.has_gaps:
        kept = chosen(at_any_price=True)
        kept = replace(kept, proved=False) if kept else None
    if kept is None:
        return None
    return Fitting(kept.order, kept.proved and not case.tables.has_assumed)
