"""The call that asks where a stop would fit: read, ask, answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.hosts.kept import asked_again, starts_of
from planner.domain.order.proposals import Objective
from planner.outputs.api.answers import Answers
from planner.outputs.api.fits import FitAnswers
from planner.services.order.find import BUDGET_S
from planner.services.order.slots.beside import order_with, why_not
from planner.services.order.slots.find import SLOTS_S, SlotQuestion, slots, with_stop
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.day_times import time_faults
from planner.services.planning.places import place_faults, refuse
from planner.web.api.asked import asked_body, refuse_times, sites_of, sites_of_day
from planner.web.api.confirmed import Confirmed
from planner.web.api.schemas.slots import SlotsRequest
from planner.web.frame.context import services
from planner.web.frame.costly import costly
from planner.web.frame.i18n import language
from planner.words.fits.slots import SlotWriter
from planner.words.places import PlaceWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.sites import Site
    from planner.domain.visits import Day, Stop
    from planner.errors import Fault
    from planner.outputs.api.fit_models import SlotsAnswer


def slots_answer() -> SlotsAnswer:
    """What is answered to POST /slots."""
    asked = asked_body(SlotsRequest)
    town = services().town
    known = sites_of_day(asked)
    if asked.stop is not None and asked.stop.place is not None:
        known |= sites_of([asked.stop.place])
    dwells = {site.id: site.dwell_min for site in known.values()}
    day = asked.day(dwells)
    stop = asked.asked_stop(day, dwells)
    refuse_times(day, known)
    refuse([*_misplaced(asked, stop, known), *_unshown(day, stop, asked.times)])
    hosts = Confirmed.of(asked, day)
    case = Case(town, hosts.kept(stop.id), asked.group(), known)
    positions = None if asked.position is None else (asked.position,)
    objective = Objective(asked.objective)
    with costly():
        question = SlotQuestion(stop, asked.times, positions)
        found = slots(case, question, budget_of(services().search_s(SLOTS_S)))
        timed = replace(stop, fixed=found.found[0].time)
        budget_s = services().search_s(BUDGET_S)
        why = None
        reordered = None
        if asked.position is not None:
            why = why_not(case, timed, asked.position, objective, budget_of(2 * budget_s))
            reordered = why.free
        elif asked.optimise:
            reordered = order_with(case, timed, objective, budget_of(budget_s))
    writer = SlotWriter(PlaceWords(known, language()), town.clock)
    plain = Answers(town.clock, language(), town.country)
    answer = FitAnswers(plain, writer, case.day, timed).slots(found, asked.most, objective, reordered, why)
    ids = [one.id for one in asked.stops] + ([asked.stop.id] if asked.stop else [])
    for slot in answer["slots"]:
        slot["call"]["id"] = ids[slot["call"]["stop"]]
    if hosts.times:
        before = starts_of(case.day, found.before)
        for slot, one in zip(answer["slots"], found.found, strict=False):
            again = asked_again(hosts.times, starts_of(one.day, one.itinerary), before)
            slot["asked_again"] = hosts.answers(again, plain, known)
    return answer


def _misplaced(asked: SlotsRequest, stop: Stop, known: dict[str, Site]) -> list[Fault]:
    """What is wrong with the place of a new stop."""
    if asked.stop is None or stop.place is None:
        return []
    return place_faults([("/stop/place", stop.place)], known, services().town)


def _unshown(day: Day, stop: Stop, times: list[str]) -> Iterator[Fault]:
    """Times of the stop, and those that a host offers, that the clock does not show."""
    clock = services().town.clock
    for number, time in enumerate((None, *times)):
        tried = with_stop(day, stop if time is None else replace(stop, fixed=time), len(day.stops))
        own = f"/stops/{[one.id for one in tried.stops].index(stop.id)}/"
        for fault in time_faults(tried, clock):
            if fault.pointer.startswith(own) and (time is None or fault.pointer == f"{own}fixed"):
                at = f"/stop/{fault.pointer.removeprefix(own)}" if time is None else f"/times/{number - 1}"
                yield replace(fault, pointer=at)
