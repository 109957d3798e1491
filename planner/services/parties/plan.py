"""Splitting a delegation: orders for its parties so that no site holds too many, and their itineraries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.itinerary import PartyItinerary
from planner.domain.order.proposals import Cut, Demand
from planner.domain.parties.routes import routes_fit
from planner.domain.visits import PartyRoute
from planner.services.parties.cuts import CutDay, cut_along, good_cuts, is_in_time, may_cut, orders_of
from planner.services.parties.search import PartySearch, searched
from planner.services.parties.timing import itineraries_of
from planner.services.travel.by_mode import RIDDEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.budget import Budget
    from planner.domain.visits import Party
    from planner.services.planning.case import Case

FINISH = "finish"
"""The earliest finish of all."""

FINISH_WAITING = "finish_waiting"
"""Every meeting, and so the finish of all, as early as can be; then the least walking and queueing of people.

Waiting at a meeting for the others is not counted: with a given finish all the time that is neither stay
nor way is waiting, and the longest way would be the best one.
"""

LATEST_START = "latest_start"
"""Of a day that is planned backward: a start as late as was found, then as FINISH_WAITING."""

BUDGET_S = 2.7
"""Of the three seconds that an answer may take, what planning has; the rest reads and writes."""

RIDDEN_TIMES = 3
"""How many times more real legs are looked up where it matters when they begin."""

FOR_WHOLE_STAYS = 0.5
"""Of a day that seems not to work with whole stays, the share of the time in which orders are looked for."""

TIMING_RESERVE = 1.2
"""Legs that take longer to look up than those that were measured."""


@dataclass(frozen=True)
class PartyPlan:
    """The parties' itineraries and the routes they come from, to be accepted.

    `proved` tells that nothing is better for the `objective`: FINISH_WAITING, or FINISH where that much
    is proved and the rest is only good. No finish of all is before `bound`. Where some stays begin when
    they may not, `conflict` names demands that exclude each other, as far as that was found out. Nothing is
    proved of a day with a place that is not on the map.

    Where no orders were found that keep all demands, but some do with stays cut, these are planned, on the
    `day` with the `cuts`: few minutes, the same for all parties. `cuts_proved` tells that along these orders
    no fewer will do, and no cuts as few are fairer.
    """

    parties: tuple[PartyItinerary, ...]
    routes: tuple[PartyRoute, ...]
    proved: bool
    bound: Instant
    objective: str = FINISH_WAITING
    conflict: tuple[Demand, ...] = ()
    cuts: tuple[Cut, ...] = ()
    cuts_proved: bool = False

    @property
    def changes_nothing(self) -> bool:
        """Whether all parties take the stops in one order, and none waits for room: they are together."""
        orders = {tuple(call.stop for call in route.calls) for route in self.routes}
        return len(orders) == 1 and all(
            call.not_before is None for route in self.routes for call in route.calls
        )


def plan_parties(case: Case, parties: Sequence[Party], budget: Budget) -> PartyPlan:
    """Find for each party its order through the stops between meetings, within about the budget.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    left = budget.less(_timing_s(case, parties, budget))
    may_be_cut = may_cut(case.day) and not PartySearch(case, parties).looks_easy()
    search = searched(PartySearch(case, parties), left.share(FOR_WHOLE_STAYS) if may_be_cut else left)
    if may_cut(case.day) and not (search.is_kept and is_in_time(search)):
        cut = good_cuts(case, parties, search.orders, left)
        if cut is not None:
            return _cut_plan(cut, parties)
    return _planned(case, parties, search)


def cut_routes(case: Case, parties: Sequence[Party], budget: Budget) -> PartyPlan | None:
    """Cut the fewest minutes, as fairly as can be, with which the accepted routes of a day keep all demands.

    None where no cuts do, none are needed, or there was no time.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    if not may_cut(case.day) or not routes_fit(case.day, parties):
        return None
    cut = cut_along(case, parties, orders_of(case, case.day.party_routes, parties), budget)
    return None if cut is None or not cut.cuts else _cut_plan(cut, parties)


def _planned(case: Case, parties: Sequence[Party], search: PartySearch) -> PartyPlan:
    """The itineraries of what was found with whole stays."""
    routes = search.routes()
    itineraries = itineraries_of(case, parties, routes)
    finish = max(way.itinerary.finish for way in itineraries)
    bound = min(search.bound, finish)
    if search.start != case.timed.start:
        return PartyPlan(
            itineraries, routes, proved=False, bound=bound, objective=LATEST_START, conflict=search.conflict
        )
    is_earliest = not search.misfits and bound == finish
    return PartyPlan(
        parties=itineraries,
        routes=routes,
        proved=(search.proved or is_earliest) and not case.tables.has_assumed,
        bound=finish if search.proved else bound,
        objective=FINISH if is_earliest and not search.proved else FINISH_WAITING,
        conflict=search.conflict,
    )


def _cut_plan(cut: CutDay, parties: Sequence[Party]) -> PartyPlan:
    """The itineraries of a day with stays cut."""
    routes = cut.search.routes()
    itineraries = itineraries_of(cut.case, parties, routes)
    finish = max(way.itinerary.finish for way in itineraries)
    return PartyPlan(
        parties=itineraries,
        routes=routes,
        proved=False,
        bound=min(cut.search.bound, finish),
        cuts=cut.cuts,
        cuts_proved=cut.proved and not cut.case.tables.has_assumed,
    )


def party_itineraries(case: Case, parties: Sequence[Party]) -> tuple[PartyItinerary, ...]:
    """Time the accepted routes of a day, nothing searched; a party without a route keeps to the list.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    return itineraries_of(case, parties, case.day.party_routes)


def _timing_s(case: Case, parties: Sequence[Party], budget: Budget) -> float:
    """Seconds that the real legs of all parties will take to look up, as those of one party tell."""
    left_s = budget.left_s
    itineraries_of(case, parties[:1], ())
    times = 1 if RIDDEN.isdisjoint(case.day.modes) else RIDDEN_TIMES
    return TIMING_RESERVE * times * len(parties) * (left_s - budget.left_s)
