"""How sure a day is to be on time under small delays, and the order that is it most often, as a proposal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import ENDLESS
from planner.domain.order.proposals import Objective, Proposal
from planner.domain.robust.chance import DayOfChance, Played, planned_starts, play
from planner.domain.robust.delays import Delays, draw
from planner.domain.robust.sturdy import sturdiest
from planner.domain.visits import Mode
from planner.services.order.find import Order, find_order, proposal_of
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.planning.budget import budget_of
from planner.services.planning.remembered import mark_of, remembered_plan

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.order.problem import OrderProblem
    from planner.domain.robust.delays import Bools
    from planner.services.planning.case import Case

USUAL = Delays()

STURDY_S = 2.0
"""The sturdiest order is looked for so long, after the best one."""

PROPOSED_LATER_MIN = 10
"""A proposal of the surest order ends at most so much later than the one that ends first."""

WORTH_IT = 0.02
"""An order that is surer by less is not worth moving anything for."""

MOST_CHANCES = 64
"""Of so many days of a town it is remembered how sure they are."""


@dataclass(frozen=True)
class SturdyQuestion:
    """How many days are played, by which seed, and how many minutes later the sturdiest order may end."""

    days: int = 1000
    seed: int = 1
    later_min: int = 0
    delays: Delays = USUAL


@dataclass(frozen=True)
class Sureness:
    """An order and the share of days on which all of it is on time; stops have the numbers of the day.

    `on_time` and `late_s` are by stop in the order, and then of the end: the share of days, and by how much
    it is late on the worst tenth of them.
    """

    order: tuple[int, ...]
    whole: float
    on_time: tuple[float, ...]
    late_s: tuple[int, ...]
    finish: int


@dataclass(frozen=True)
class Sturdy:
    """A day as it is, and the sturdiest order of it; `complete` tells that every order was played."""

    now: Sureness
    best: Sureness
    question: SturdyQuestion
    complete: bool = True

    @property
    def later_s(self) -> int:
        """Seconds that the sturdiest order ends later."""
        return self.best.finish - self.now.finish


def sureness(case: Case, question: SturdyQuestion, budget: Budget, *, may_reorder: bool) -> Sturdy:
    """Return how sure a day is in its order, and the sturdiest order where the order may change.

    A day that is planned backward keeps its order: every order begins at another time.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    day = day_of_chance(case)
    given = tuple(range(len(day.problem.stops)))
    draws = draw(question.delays, len(given), question.days, question.seed)
    best, complete = given, True
    if may_reorder and case.timed.ready_by is None:
        finish = planned_starts(day.problem, given)[1]
        found = sturdiest(day, given, finish + question.later_min * 60, draws, budget)
        best, complete = found.order, found.complete
    # what is told is not what was chosen by: of many orders the luckiest would look too good
    fresh = draw(question.delays, len(given), question.days, question.seed + 1)
    played = play(day, [given, best], fresh)
    now, then = (_told(day.problem, order, played, row) for row, order in enumerate((given, best)))
    return Sturdy(now, then, question, complete)


@dataclass(frozen=True)
class SurestProposal:
    """The surest order of a day as a proposal, and the share of days on time as it is and as proposed."""

    proposal: Proposal
    before: float
    after: float
    question: SturdyQuestion
    complete: bool = True


def propose_surest(case: Case, search_s: float, steady_s: float) -> SurestProposal:
    """Return the surest of the orders that end soon after the one that ends first; nothing is changed.

    The order as it is stands where none is noticeably surer, and where none keeps all demands.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    question = SturdyQuestion(later_min=PROPOSED_LATER_MIN)
    before = remembered_chance(case)
    order = find_order(case, Objective.FINISH, budget_of(search_s))
    if not order.found:
        return SurestProposal(proposal_of(case, order), before, before, question)
    sturdy, surest = steadied(case, order, question, budget_of(steady_s), may_reorder=True)
    after = sturdy.best.whole
    if after < before + WORTH_IT:
        after, surest = before, Order(order.objective, case.day, tuple(range(len(case.day.stops))))
    return SurestProposal(proposal_of(case, surest), before, after, question, sturdy.complete)


def steadied(
    case: Case, order: Order, question: SturdyQuestion, budget: Budget, *, may_reorder: bool
) -> tuple[Sturdy, Order]:
    """Return how sure a day in an order is, and its sturdiest order in place of that; it proves nothing."""
    is_kept = may_reorder and order.found
    day = order.day
    sturdy = sureness(case.with_day(day), question, budget, may_reorder=is_kept)
    if sturdy.best.order == sturdy.now.order:
        return sturdy, order
    numbers = tuple(order.numbers[number] for number in sturdy.best.order)
    day = replace(day, stops=tuple(day.stops[number] for number in sturdy.best.order))
    return sturdy, replace(order, day=day, numbers=numbers, proved=False)


def remembered_chance(case: Case) -> float:
    """Return on what share of days a day is on time in its order, played once while nothing changes.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    question = SturdyQuestion()

    def whole() -> float:
        return sureness(case, question, ENDLESS, may_reorder=False).now.whole

    return case.town.chances.get("chance", mark_of(case), whole, keep=MOST_CHANCES)


def day_of_chance(case: Case) -> DayOfChance:
    """Return a day to be played, from when it begins by its plan."""
    timed = case.timed
    moves = DayMoves(case)
    days = 2 + moves.days_until(case.town.clock.local(timed.start).date()) if moves.may_ride else 1
    problem = problem_of(timed, moves.moves(days=days, at_any_price=True))
    if timed.ready_by is not None:
        problem = replace(problem, start=remembered_plan(case).start)
    return DayOfChance(problem, timed.gather_s, _driven(case))


def _driven(case: Case) -> Bools:
    """Which moves are made by coach: (places, columns)."""
    timed, tables = case.timed, case.tables
    size = len(timed.stops) + 1
    driven = np.zeros((size, size), dtype=np.bool_)
    places = [timed.start_place, *(stop.place for stop in timed.stops)]
    goals = [*((stop.place, stop.mode) for stop in timed.stops), (timed.end_place, timed.end_mode)]
    for row, origin in enumerate(places):
        for column, (goal, mode) in enumerate(goals):
            if origin is None or goal is None or origin.key == goal.key:
                continue
            move = tables.steady(tables.number[origin.key], tables.number[goal.key], mode)
            driven[row, column] = move is not None and move.mode is Mode.COACH
    return driven


def _told(problem: OrderProblem, order: tuple[int, ...], played: Played, row: int) -> Sureness:
    columns = [*order, len(order)]
    return Sureness(
        order=order,
        whole=float(played.whole[row]),
        on_time=tuple(float(played.on_time[row, column]) for column in columns),
        late_s=tuple(round(float(played.late_s[row, column])) for column in columns),
        finish=planned_starts(problem, order)[1],
    )
