"""An order searched for with the rides of as many dates as the day needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.budget import OutOfTimeError
from planner.domain.order.costs import score
from planner.domain.order.moves import NEVER
from planner.domain.order.part import least_finish
from planner.domain.order.problem import walk_through
from planner.domain.order.proposals import WALKING_COUNTS, Objective
from planner.domain.order.search import MOST_EXACT, FoundOrder, best_order
from planner.services.order.known import known_orders
from planner.services.order.problem import problem_of
from planner.services.order.table_time import Tables

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
    from planner.domain.order.problem import OrderProblem
    from planner.services.order.moves import DayMoves
    from planner.services.planning.case import Case
    from planner.services.travel.town import Town

FOR_METRES = 0.5
"""The share of the budget in which metres on foot are worked out."""

LIKELY_LONGER = 1.5
"""A day of many stops is likely to take so many times as long as its stays and shortest moves alone."""


def search_with_rides(
    case: Case, moves: DayMoves, objective: Objective, budget: Budget, deadline: Budget
) -> tuple[OrderProblem, FoundOrder | None]:
    """Search with the rides until the day is over; where it goes on past midnight with those of the next too.

    The search has its time when the tables of the moves are there. Where those alone take long, a day that
    goes on into the night does without the rides of the next one, and nothing is proved.

    Where nothing is found since there is no way between some places, the times that the plan
    assumes there are gone by: a day with one such leg can still be put in order, but nothing is proved.
    Where the metres on foot of many coach legs take too long to work out, the earliest finish must do.
    """
    if objective in WALKING_COUNTS:
        try:
            moves.moves(with_walking=True, budget=budget.share(FOR_METRES))
        except OutOfTimeError:
            problem, best = search_with_rides(case, moves, Objective.FINISH, budget, deadline)
            return problem, replace(best, proved=False) if best else None
    town, timed, known = case.town, case.timed, known_orders(case)
    with_walking = objective in WALKING_COUNTS
    days = 1 + moves.days_until(town.clock.local(timed.start).date())
    tables = Tables(budget)
    problem = problem_of(timed, moves.moves(days=days, with_walking=with_walking))
    later = moves.days_until(town.clock.local(_likely_finish(problem)).date())
    if moves.may_ride and later >= days:
        days = 1 + later
        problem = problem_of(timed, moves.moves(days=days, with_walking=with_walking))
    best = best_order(problem, objective, tables.search_budget(deadline), deadline=deadline, known=known)
    is_late = moves.may_ride and (best is None or _is_late(town, problem, best))
    if is_late and best is not None and tables.are_slow:
        return problem, replace(best, proved=False)
    if is_late:
        problem = problem_of(timed, moves.moves(days=days + 1, with_walking=with_walking))
        known = known if best is None or best.is_cut else (*known, best.order)
        again = best_order(problem, objective, tables.search_budget(deadline), deadline=deadline, known=known)
        best = _better(problem, best, again, objective)
    if best is None and moves.has_gaps:
        problem = problem_of(timed, moves.moves(days=days + 1, with_walking=with_walking, at_any_price=True))
        best = best_order(problem, objective, tables.search_budget(deadline), deadline=deadline)
        best = replace(best, proved=False) if best else None
    return problem, best


def _likely_finish(problem: OrderProblem) -> Instant:
    """When a day of many stops is likely to be over; of few at least, which are soon searched again."""
    times = LIKELY_LONGER if len(problem.free) > MOST_EXACT else 1.0
    return problem.start + int(times * (least_finish(problem) - problem.start))


def _better(
    problem: OrderProblem, one: FoundOrder | None, other: FoundOrder | None, objective: Objective
) -> FoundOrder | None:
    """The better of two orders: a search that runs out of time may find less with more rides."""
    if one is None or other is None or other.proved or one.is_cut or other.is_cut:
        return other or one
    first, second = (
        score(replace(problem, start=found.start), found.order, objective) for found in (one, other)
    )
    return replace(one, proved=False) if first < second else other


def _is_late(town: Town, problem: OrderProblem, best: FoundOrder) -> bool:
    """Whether the day goes on past midnight, or so nearly that a ride after it may have counted."""
    walked = walk_through(replace(problem.with_dwells(best.dwells), start=best.start), best.order)
    local = town.clock.local(problem.start).date()
    finish = NEVER if walked is None else walked.finish
    return finish >= NEVER or town.clock.local(finish).date() > local
