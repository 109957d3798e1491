"""The proposal of another order of a day: found, planned, and compared with the day as it is."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.order.costs import score
from planner.domain.order.moves import NEVER
from planner.domain.order.out_of_time import OutOfTimeError
from planner.domain.order.problem import walk_through
from planner.domain.order.proposals import Cut, Demand, Objective, Proposal, StopMove
from planner.domain.order.search import Found, Spent, best_order
from planner.domain.visits import Day
from planner.services.order.conflict import conflict_of
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.planning.plan import dwell_s, plan_day, timed_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.itinerary import Itinerary
    from planner.domain.order.problem import OrderProblem
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import TimedDay
    from planner.domain.sites import Site
    from planner.domain.visits import Stop
    from planner.services.travel.town import Town

BUDGET_S = 2.0
"""A search is given up after this; its best order until then is not proved."""

FOR_METRES = 0.5
"""The share of the budget in which metres on foot are worked out."""

FOR_A_REASON = 0.5
"""How much longer, as a share of the budget, it may be asked why no order works."""

WALKING_COUNTS = frozenset({Objective.FINISH_WALKING, Objective.WALKING})


@dataclass(frozen=True)
class Order:
    """An order for a day: `day` is the day in it, `numbers` are the stops' places in the day as it was.

    Where no order keeps all demands the day is as it was, and `conflict` has those that exclude each other.
    """

    objective: Objective
    day: Day
    numbers: tuple[int, ...]
    proved: bool = False
    cuts: tuple[Cut, ...] = ()
    conflict: tuple[Demand, ...] = ()


def find_order(
    town: Town,
    day: Day,
    group: Group,
    sites: Mapping[str, Site],
    objective: Objective = Objective.FINISH,
    budget_s: float = BUDGET_S,
    *,
    with_reason: bool = True,
) -> Order:
    """Return the best order of a day; the order as it is where none is better.

    A day that must be somewhere by a time begins, whatever its order, as late as it can: that moves
    waiting and rides, so only its latest start, and metres without any rides, are ever proved.

    Why no order works is only looked for `with_reason`.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    spent = clock_of(budget_s)
    timed = timed_day(town, day, group, sites)
    if timed.ready_by is not None and objective in (Objective.FINISH, Objective.FINISH_WALKING):
        objective = Objective.LATEST_START
    moves = DayMoves(town, timed, group, day.date, stand_ins=day.stand_in_timetable)
    problem, found = _found(town, timed, moves, objective, spent)
    if found is None:
        is_over = (lambda: spent() > 1 + FOR_A_REASON) if with_reason else (lambda: True)
        conflict = conflict_of(timed, moves, town.clock, is_over)
        return Order(objective, day, tuple(range(len(day.stops))), conflict=conflict)
    if timed.ready_by is not None and objective is not Objective.LATEST_START:
        found = replace(
            found, proved=found.proved and objective is Objective.WALKING and problem.moves.is_steady
        )
    if not found.is_cut and not _is_better(problem, found, objective):
        return Order(objective, day, tuple(range(len(day.stops))), proved=found.proved)
    cuts = _cuts(day, found, group)
    stops = [day.stops[number] for number in found.order]
    by_stop = {cut.stop: cut.minutes for cut in cuts}
    ordered = replace(day, stops=tuple(_shortened(stop, by_stop.get(stop.id, 0)) for stop in stops))
    return Order(objective, ordered, found.order, found.proved, cuts)


def propose(
    town: Town,
    day: Day,
    group: Group,
    sites: Mapping[str, Site],
    objective: Objective = Objective.FINISH,
    budget_s: float = BUDGET_S,
) -> Proposal:
    """Return the best order of a day beside the day as it is; nothing is changed.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    before = plan_day(town, day, group, sites)
    found = find_order(town, day, group, sites, objective, budget_s)
    planned: Itinerary = before if found.day == day else plan_day(town, found.day, group, sites)
    moves = (StopMove(day.stops[old].id, old, new) for new, old in enumerate(found.numbers) if old != new)
    return Proposal(
        objective=found.objective,
        day=found.day,
        itinerary=planned,
        before=before,
        proved=found.proved,
        cuts=found.cuts,
        moves=tuple(moves),
        conflict=found.conflict,
    )


def clock_of(budget_s: float) -> Spent:
    """Return what tells how much of a time in seconds, counted from now, is over: 1 is all of it."""
    begun = time.monotonic()
    return lambda: (time.monotonic() - begun) / budget_s


def _found(
    town: Town, timed: TimedDay, moves: DayMoves, objective: Objective, spent: Spent
) -> tuple[OrderProblem, Found | None]:
    """Search with the rides until the day it begins on is over; into the night with those of the next too.

    Where nothing is found since there is no way between some places, the times that the plan
    assumes there are gone by: a day with one such leg can still be put in order, but nothing is proved.
    Where the metres on foot of many coach legs take too long to work out, the earliest finish must do.
    """
    if objective in WALKING_COUNTS:
        try:
            moves.moves(with_walking=True, is_over=lambda: spent() > FOR_METRES)
        except OutOfTimeError:
            problem, found = _found(town, timed, moves, Objective.FINISH, spent)
            return problem, replace(found, proved=False) if found else None
    with_walking = objective in WALKING_COUNTS
    days = 1 + moves.days_until(town.clock.local(timed.start).date())
    problem = problem_of(timed, moves.moves(days=days, with_walking=with_walking))
    found = best_order(problem, objective, spent)
    if moves.may_ride and (found is None or _is_late(town, problem, found)):
        problem = problem_of(timed, moves.moves(days=days + 1, with_walking=with_walking))
        found = best_order(problem, objective, spent)
    if found is None and moves.has_gaps:
        problem = problem_of(timed, moves.moves(days=days + 1, with_walking=with_walking, at_any_price=True))
        found = best_order(problem, objective, spent)
        found = replace(found, proved=False) if found else None
    return problem, found


def _is_late(town: Town, problem: OrderProblem, found: Found) -> bool:
    """Whether the day goes on past midnight, or so nearly that a ride after it may have counted."""
    walked = walk_through(replace(problem.with_dwells(found.dwells), start=found.start), found.order)
    local = town.clock.local(problem.start).date()
    finish = NEVER if walked is None else walked.finish
    return finish >= NEVER or town.clock.local(finish).date() > local


def _is_better(problem: OrderProblem, found: Found, objective: Objective) -> bool:
    """Whether an order is worth moving anything for."""
    given = tuple(range(len(problem.stops)))
    asked = replace(problem, start=found.start)
    return found.order != given and score(asked, found.order, objective) < score(asked, given, objective)


def _cuts(day: Day, found: Found, group: Group) -> tuple[Cut, ...]:
    """Minutes cut from each stay, in the day's own minutes: an interpreted talk is cut to what still fits."""
    cuts = []
    for stop, seconds in zip(day.stops, found.dwells, strict=True):
        minutes = stop.dwell_min
        while minutes > 0 and dwell_s(stop, minutes, group.interpreter) > seconds:
            minutes -= 1
        if minutes < stop.dwell_min:
            cuts.append(Cut(stop.id, stop.dwell_min - minutes))
    return tuple(cuts)


def _shortened(stop: Stop, minutes: int) -> Stop:
    if not minutes:
        return stop
    dwell = stop.dwell_min - minutes
    least = None if stop.min_dwell_min is None else min(stop.min_dwell_min, dwell)
    return replace(stop, dwell_min=dwell, min_dwell_min=least)
