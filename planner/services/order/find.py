"""The proposal of another order of a day: found, planned, and compared with the day as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.budget import ENDLESS
from planner.domain.order.costs import score
from planner.domain.order.proposals import Conflict, Cut, LeftOut, Objective, Outcome, Proposal, StopMove
from planner.domain.order.search import MOST_EXACT
from planner.domain.visits import Day
from planner.services.order.fitting import fitting_stops, only
from planner.services.order.known import keep_order
from planner.services.order.left_out import reasons_of
from planner.services.order.moves import DayMoves
from planner.services.order.reasons import conflicts_of, never_possible
from planner.services.order.rides import search_with_rides
from planner.services.planning.case import dwell_s
from planner.services.planning.remembered import remembered_plan

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem
    from planner.domain.order.search import FoundOrder
    from planner.domain.schedule.group import Group
    from planner.domain.visits import Stop
    from planner.services.planning.case import Case

BUDGET_S = 2.0
"""A search is given up after this; its best order until then is not proved."""

FOR_FITTING = 0.5
"""The share of the budget in which it is looked for which stops fit, where some may be left out."""

FOR_A_REASON = 0.5
"""How much longer, as a share of the budget, it may be asked why no order works."""


@dataclass(frozen=True)
class Order:
    """An order for a day: `day` is the day in it, `numbers` are the stops' places in the day as it was.

    Where no order is `found` that keeps all demands the day is as it was, and `conflicts` tell why; that
    there is none is only said where it is proved (`impossible`).
    `left_out` are the stops that may be left out and do not fit; the day, its numbers and its cuts are then
    of the others.
    """

    objective: Objective
    day: Day
    numbers: tuple[int, ...]
    proved: bool = False
    cuts: tuple[Cut, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    found: bool = True
    impossible: bool = False

    @property
    def outcome(self) -> Outcome:
        """How the search ended."""
        if self.found:
            return Outcome.FOUND
        return Outcome.IMPOSSIBLE if self.impossible else Outcome.NOT_FOUND


def find_order(
    case: Case,
    objective: Objective,
    budget: Budget,
    *,
    with_reason: bool = True,
    deadline: Budget = ENDLESS,
    may_leave_out: bool = True,
) -> Order:
    """Return the best order of a day; the order as it is where none is better.

    Of the stops that may be left out (`Stop.optional`) those are kept that fit and weigh most, unless it
    `may_leave_out` none.

    A day that must be somewhere by a time begins, whatever its order, as late as it can: that moves
    waiting and rides, so only its latest start, and metres without any rides, are ever proved.

    Nothing is proved of a day with a place that is not on the map: the ways to it are assumed.

    Why no order works is only looked for `with_reason`. What must be known before any order is (moves,
    the earliest finish) is worked out whatever the budget, up to the deadline.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    OutOfTimeError
        If the deadline is over before that is known.
    """
    if may_leave_out and any(stop.optional for stop in case.day.stops):
        return _with_left_out(case, objective, budget, with_reason=with_reason, deadline=deadline)
    day, timed = case.day, case.timed
    if timed.ready_by is not None and objective in (Objective.FINISH, Objective.FINISH_WALKING):
        objective = Objective.LATEST_START
    moves = DayMoves(case, deadline)
    best = None
    if not never_possible(timed):
        problem, best = search_with_rides(case, moves, objective, budget, deadline)
    if best is not None and case.tables.has_assumed:
        best = replace(best, proved=False)
    if best is None:
        longer = budget.share(1 + FOR_A_REASON)
        conflicts = conflicts_of(timed, moves, case.town.clock, longer) if with_reason else ()
        is_sure = _is_searched_through(case, moves) or any(conflict.proved for conflict in conflicts)
        numbers = tuple(range(len(day.stops)))
        return Order(objective, day, numbers, conflicts=conflicts, found=False, impossible=is_sure)
    if timed.ready_by is not None and objective is not Objective.LATEST_START:
        best = replace(
            best, proved=best.proved and objective is Objective.WALKING and problem.moves.is_steady
        )
    if not best.is_cut:
        keep_order(case, objective, best.order)
    if not best.is_cut and not _is_better(problem, best, objective):
        return Order(objective, day, tuple(range(len(day.stops))), proved=best.proved)
    cuts = _cuts(day, best, case.group)
    stops = [day.stops[number] for number in best.order]
    by_stop = {cut.stop: cut.minutes for cut in cuts}
    ordered = replace(day, stops=tuple(_shortened(stop, by_stop.get(stop.id, 0)) for stop in stops))
    return Order(objective, ordered, best.order, best.proved, cuts)


def _with_left_out(
    case: Case, objective: Objective, budget: Budget, *, with_reason: bool, deadline: Budget
) -> Order:
    """The best order of the stops that fit; of all stops where even those do not that must be kept."""
    fitting = fitting_stops(case, objective, budget.share(FOR_FITTING), deadline)
    must = tuple(number for number, stop in enumerate(case.day.stops) if not stop.optional)
    numbers = must if fitting is None else fitting.given
    kept = case.with_day(only(case.day, numbers))
    order = find_order(
        kept, objective, budget, with_reason=with_reason, deadline=deadline, may_leave_out=False
    )
    if not order.found:
        return replace(order, day=case.day, numbers=tuple(range(len(case.day.stops))))
    gone = tuple(number for number in range(len(case.day.stops)) if number not in numbers)
    left_out = tuple(LeftOut(case.day.stops[number].id) for number in gone)
    if with_reason:
        longer = budget.share(1 + FOR_A_REASON)
        left_out = reasons_of(case, case.with_day(order.day), gone, longer)
    return replace(
        order,
        numbers=tuple(numbers[place] for place in order.numbers),
        proved=order.proved and fitting is not None and fitting.proved,
        left_out=left_out,
    )


def propose(case: Case, objective: Objective, budget: Budget) -> Proposal:
    """Return the best order of a day beside the day as it is; nothing is changed.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    return proposal_of(case, find_order(case, objective, budget))


def proposal_of(case: Case, order: Order) -> Proposal:
    """Return an order that was found for a day, planned, beside the day as it is."""
    before = remembered_plan(case)
    ordered = case.with_day(order.day)
    planned = before if ordered is case else remembered_plan(ordered)
    rank = {number: place for place, number in enumerate(sorted(order.numbers))}
    moves = (
        StopMove(case.day.stops[old].id, old, new)
        for new, old in enumerate(order.numbers)
        if rank[old] != new
    )
    return Proposal(
        objective=order.objective,
        day=order.day,
        itinerary=planned,
        before=before,
        proved=order.proved,
        cuts=order.cuts,
        moves=tuple(moves),
        conflicts=order.conflicts,
        left_out=order.left_out,
        outcome=order.outcome,
    )


def _is_searched_through(case: Case, moves: DayMoves) -> bool:
    """Whether a search that finds nothing proves that there is nothing: few stops, and no way assumed."""
    if never_possible(case.timed):
        return True
    is_small = sum(not stop.locked for stop in case.timed.stops) <= MOST_EXACT
    return is_small and not case.tables.has_assumed and not moves.has_gaps


def _is_better(problem: OrderProblem, best: FoundOrder, objective: Objective) -> bool:
    """Whether an order is worth moving anything for."""
    given = tuple(range(len(problem.stops)))
    asked = replace(problem, start=best.start)
    return best.order != given and score(asked, best.order, objective) < score(asked, given, objective)


def _cuts(day: Day, best: FoundOrder, group: Group) -> tuple[Cut, ...]:
    """Minutes cut from each stay, in the day's own minutes: an interpreted talk is cut to what still fits."""
    cuts = []
    for stop, seconds in zip(day.stops, best.dwells, strict=True):
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
