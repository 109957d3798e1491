"""What is answered about one day: its order, the plan of it, and what would cure the plan's warnings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.domain.hosts.kept import KeptTime
from planner.domain.itinerary import Itinerary
from planner.domain.order.proposals import Objective
from planner.services.order.find import Order, find_order
from planner.services.order.sturdy import STURDY_S, Sturdy, SturdyQuestion, steadied
from planner.services.planning.budget import budget_of
from planner.services.planning.comfort import with_comforts
from planner.services.planning.plan import plan_day
from planner.services.remedies.offers import Offers, remedies_for

if TYPE_CHECKING:
    from planner.services.planning.case import Case


@dataclass(frozen=True)
class Optimise:
    """The search for the best order of a day: its objective and its seconds; without seconds the order stays.

    `while_searching` is held for as long as the search goes on.
    """

    objective: Objective = Objective.FINISH
    seconds: float | None = None
    while_searching: Callable[[], AbstractContextManager[None]] = nullcontext


KEPT = Optimise()
"""The order stays as it is."""


@dataclass(frozen=True)
class Steadying:
    """How sure the day is: what is asked, and the seconds in which a sturdier order is looked for."""

    question: SturdyQuestion
    seconds: float = STURDY_S


@dataclass(frozen=True)
class Remedying:
    """The search for what would cure the warnings: how many seconds it may take.

    `before` is the date of the visit's next day, which this day cannot be moved to; `kept` are the times of
    the day that hosts have confirmed. `begins` is called where there is something to be searched for.
    """

    seconds: float
    before: dt.date | None = None
    kept: tuple[KeptTime, ...] = ()
    begins: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class DayAnswer:
    """A day in its order with its itinerary; offers are of the day in that order."""

    order: Order
    itinerary: Itinerary
    offers: Offers = field(default_factory=Offers)
    sturdy: Sturdy | None = None


def plan_answer(
    case: Case,
    optimise: Optimise = KEPT,
    remedies: Remedying | None = None,
    *,
    itinerary: Itinerary | None = None,
    steadying: Steadying | None = None,
) -> DayAnswer:
    """Put a day in order where that is asked, plan it, and look for remedies where those are.

    With `steadying` it is told how sure the day is; of a day put in order the sturdiest order is taken.

    An `itinerary` of the day that is known already is not made again.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    order = Order(optimise.objective, case.day, tuple(range(len(case.day.stops))))
    sturdy = None
    if optimise.seconds is not None or steadying is not None:
        with optimise.while_searching():
            if optimise.seconds is not None:
                order = find_order(case, optimise.objective, budget_of(optimise.seconds))
            if steadying is not None:
                budget, may_reorder = budget_of(steadying.seconds), optimise.seconds is not None
                sturdy, order = steadied(case, order, steadying.question, budget, may_reorder=may_reorder)
    ordered = case.with_day(order.day)
    if itinerary is None or ordered is not case:
        itinerary = with_comforts(ordered, plan_day(ordered))
    if remedies is None:
        return DayAnswer(order, itinerary, sturdy=sturdy)
    if itinerary.warnings:
        remedies.begins()
    budget = budget_of(remedies.seconds)
    offers = remedies_for(ordered, itinerary, budget, before=remedies.before, kept=remedies.kept)
    return DayAnswer(order, itinerary, offers, sturdy)
