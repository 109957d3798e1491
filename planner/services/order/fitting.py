"""Which stops of a day fit, where some may be left out: asked before the best order of those that do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.edits.stops import remove_stop
from planner.domain.order.optional.choose import choose
from planner.domain.order.proposals import WALKING_COUNTS, Objective
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.domain.budget import Budget
    from planner.domain.order.optional.choose import Kept
    from planner.domain.visits import Day
    from planner.services.planning.case import Case


@dataclass(frozen=True)
class Fitting:
    """The stops that fit, by their numbers, ascending; `proved` that no others weigh more or are better."""

    numbers: tuple[int, ...]
    proved: bool


def only(day: Day, numbers: Collection[int]) -> Day:
    """Return a day with some of its stops."""
    for number, stop in enumerate(day.stops):
        if number not in numbers:
            day = remove_stop(day, stop.id)
    return day


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
    weights = {number: stop.weight for number, stop in enumerate(case.day.stops) if stop.optional}

    def chosen(*, at_any_price: bool) -> Kept | None:
        table = moves.moves(days=days, with_walking=with_walking, at_any_price=at_any_price)
        return choose(problem_of(timed, table), weights, objective, budget.rest(), deadline)

    kept = chosen(at_any_price=False)
    if kept is None and moves.has_gaps:
        kept = chosen(at_any_price=True)
        kept = replace(kept, proved=False) if kept else None
    if kept is None:
        return None
    return Fitting(kept.numbers, kept.proved and not case.tables.has_assumed)
