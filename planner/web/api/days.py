"""The call that shares stops among days: read, ask, answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.order.proposals import Objective
from planner.outputs.api.answers import Answers, order_data
from planner.services.order.days.share import SHARE_S, share_days
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.day_times import time_faults
from planner.services.planning.places import day_refs, place_faults, refuse
from planner.web.api.asked import asked_body, sites_of
from planner.web.api.schemas.days import DaysRequest
from planner.web.frame.context import services
from planner.web.frame.costly import costly
from planner.web.frame.i18n import language
from planner.words.conflicts import ConflictWriter
from planner.words.places import PlaceWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.sites import Site
    from planner.domain.visits import Day
    from planner.errors import Fault
    from planner.outputs.api.fit_models import DaysAnswer, SharedDayAnswer
    from planner.services.order.days.share import SharedDay


def days_answer() -> DaysAnswer:
    """What is answered to POST /days."""
    asked = asked_body(DaysRequest)
    town = services().town
    ends = [place for day in asked.days for place in (day.start.place, day.end.place if day.end else None)]
    known = sites_of(place for place in (*ends, *(stop.place for stop in asked.stops)) if place is not None)
    stops = asked.shared({site.id: site.dwell_min for site in known.values()})
    days = asked.empty_days()
    whole = tuple(replace(day, stops=tuple(one.stop for one in stops)) for day in days)
    refuse([*_faults(whole, known)])
    with costly():
        cases = [Case(town, day, asked.group(), known) for day in days]
        budget = budget_of(services().search_s(SHARE_S))
        found = share_days(cases, stops, budget, balance=asked.balance, objective=Objective(asked.objective))
    answers = Answers(town.clock, language(), town.country)
    ids = [stop.id for stop in asked.stops]
    return {
        "days": [_day_answer(day, answers, ids, known) for day in found.days],
        "left_over": list(found.left),
        "spread_s": found.spread_s,
        "proved_optimal": found.proved,
    }


def _day_answer(
    shared: SharedDay, answers: Answers, ids: list[str | None], known: dict[str, Site]
) -> SharedDayAnswer:
    """One of the days; its stops have the numbers of the request."""
    town = services().town
    timetable = town.rides.facts if town.rides else None
    itinerary = answers.itinerary(shared.itinerary, town.facts, timetable, numbers=shared.numbers)
    for call in itinerary["calls"]:
        call["id"] = ids[call["stop"]]
    writer = ConflictWriter(shared.day, PlaceWords(known, language()))
    told = order_data(shared.order, shared.day, writer)
    for reason in told["conflicts"]:
        for demand in reason["demands"]:
            if demand["stop"] is not None:
                demand["stop"] = shared.numbers[demand["stop"]]
    return {
        "itinerary": itinerary,
        "length_s": shared.length_s,
        "proved_optimal": shared.order.proved,
        "conflicts": told["conflicts"],
    }


def _faults(days: tuple[Day, ...], known: dict[str, Site]) -> Iterator[Fault]:
    """Unknown places and times that the clock does not show: of stops once, of each day at its place."""
    town = services().town
    told: set[str] = set()
    for index, day in enumerate(days):
        for fault in (*time_faults(day, town.clock), *place_faults(day_refs(day), known, town)):
            is_of_stop = fault.pointer.startswith("/stops/")
            pointer = fault.pointer if is_of_stop else f"/days/{index}{fault.pointer}"
            if pointer not in told:
                told.add(pointer)
                yield replace(fault, pointer=pointer)
