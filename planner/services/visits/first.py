"""A first visit from a few wishes: which sites, from when to when, with lunch or without.

The program proposes the day: the order that ends soonest, and where not all fits, what fits of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.order.proposals import Objective
from planner.domain.visits import PlaceRef, Stop, StopKind, Visit
from planner.services.order.find import find_order
from planner.services.planning.case import Case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.budget import Budget
    from planner.domain.sites import Site
    from planner.services.travel.town import Town

LUNCH_MIN = 45
LUNCH_WINDOW = ("11:30", "14:30")
"""Lunch begins and ends between these times."""


@dataclass(frozen=True)
class Wishes:
    """Which sites are wished for, by their ids, and whether there is to be lunch."""

    sites: Sequence[str]
    has_lunch: bool = False


@dataclass(frozen=True)
class ProposedVisit:
    """A visit as it is proposed, and the ids of the sites that did not fit into it."""

    visit: Visit
    left_out: tuple[str, ...] = ()


def propose_visit(
    town: Town, visit: Visit, wishes: Wishes, sites: Mapping[str, Site], budget: Budget
) -> ProposedVisit:
    """Return a visit whose one day, without stops so far, is filled with what is wished for.

    Where no order keeps what must be kept, all stops stand in the order of the wishes.

    Raises
    ------
    InvalidInputError
        For sites outside the network and unreadable times.
    """
    stops = tuple(_stops(wishes, sites))
    wished = replace(visit, days=(replace(visit.days[0], stops=stops),))
    order = find_order(
        Case.of_visit(town, wished, 0, sites), Objective.FINISH_WALKING, budget, with_reason=False
    )
    kept = tuple(replace(stop, optional=False) for stop in order.day.stops)
    gone = {one.stop for one in order.left_out}
    left_out = tuple(stop.place.site or "" for stop in stops if stop.id in gone and stop.place)
    return ProposedVisit(replace(wished, days=(replace(order.day, stops=kept),)), left_out)


def _stops(wishes: Wishes, sites: Mapping[str, Site]) -> list[Stop]:
    """All that is wished for; each site may be left out."""
    stops = [
        Stop(
            f"s{number}",
            place=PlaceRef(site=site),
            dwell_min=sites[site].dwell_min,
            min_dwell_min=sites[site].min_dwell_min,
            optional=True,
        )
        for number, site in enumerate(wishes.sites, start=1)
    ]
    meal = Stop("m1", StopKind.MEAL, dwell_min=LUNCH_MIN, windows=(LUNCH_WINDOW,))
    return [*stops, meal] if wishes.has_lunch else stops
