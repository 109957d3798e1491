"""The page of where a stop would fit: the best places and the forms that take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from planner.domain.clock import Instant, canonical_time
from planner.domain.edits.stops import change_stop
from planner.domain.hosts.kept import (
    AskedAgain,
    KeptTime,
    asked_again,
    day_with_kept,
    kept_text,
    starts_of,
    without_kept,
)
from planner.domain.limits import MOST_OFFERED
from planner.domain.order.proposals import Objective
from planner.domain.visits import Stop
from planner.services.order.find import BUDGET_S
from planner.services.order.slots.beside import why_not
from planner.services.order.slots.find import SLOTS_S, Slot, SlotQuestion, slots
from planner.services.planning.budget import budget_of
from planner.web.frame.context import services
from planner.words.fits.asked_again import AskedAgainWriter
from planner.words.fits.slots import SlotWriter
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.visits import Day
    from planner.services.planning.case import Case
    from planner.web.editor.fits.page import FitPage

MOST_SHOWN, MOST_BROKEN = 6, 2
"""So many places are shown, and of those that break a demand where others do not."""


@dataclass(frozen=True)
class OfferedPlace:
    """A place for the stop: what it costs, what breaks, and the fields of the form that takes it.

    What breaks is also that a host who has confirmed has to be asked again; all others keep their times,
    which become fixed (`kept`).
    """

    text: str
    breaks: tuple[str, ...]
    action: str
    fields: Mapping[str, str]
    number: int
    kept: tuple[KeptTime, ...] = ()


def slots_view(page: FitPage, stop: Stop, wanted: Mapping[str, str]) -> dict[str, Any]:
    """The best places of a stop; of one of the day also why it is not at the place asked for."""
    typed = wanted["times"].replace(";", ",").split(",")[:MOST_OFFERED]
    times = tuple(canonical_time(text.strip()) for text in typed if text.strip())
    case = page.case_but(stop.id)
    found = slots(case, SlotQuestion(stop, times), budget_of(services().search_s(SLOTS_S)))
    writer = SlotWriter(page.words, services().town.clock)
    is_own = stop in page.day.stops
    before = starts_of(case.day, found.before)
    places = [
        (_place(page, writer, _Asked(stop, before), slot), slot)
        for slot in found.found
        if not _is_here(case, stop, slot)
    ]
    why = ""
    if is_own and wanted["position"].isdecimal():
        at = min(max(1, int(wanted["position"])), len(page.day.stops)) - 1
        told = why_not(case, stop, at, Objective.FINISH, budget_of(2 * services().search_s(BUDGET_S)))
        why = writer.why_not(told, stop)
    others = (other.place for other in page.day.stops if other != stop)
    is_there = not is_own and stop.place in others
    return {
        "found": _shown(page, stop, places),
        "why": why,
        "name": page.words.stop_name(stop),
        "is_there": is_there,
    }


def _shown(page: FitPage, stop: Stop, places: list[tuple[OfferedPlace, Slot]]) -> tuple[OfferedPlace, ...]:
    """The best places, those first that break nothing; whom each asks again of when it rains is among that.

    That is looked for only where it is shown: the day is planned once more for it.
    """
    good: list[OfferedPlace] = []
    bad: list[OfferedPlace] = []
    for place, slot in (one for one in places if not one[0].breaks):
        if len(good) < MOST_SHOWN:
            told = _with_rain(page, stop, place, slot)
            (bad if told.breaks else good).append(told)
    most = MOST_BROKEN if good else MOST_SHOWN
    broken = (one for one in places if one[0].breaks)
    bad += (_with_rain(page, stop, *one) for one in islice(broken, max(0, most - len(bad))))
    return (*good, *bad[:most])


def _with_rain(page: FitPage, stop: Stop, place: OfferedPlace, slot: Slot) -> OfferedPlace:
    """The place with whom it asks again of when it rains."""
    taken = day_with_kept(without_kept(slot.day, _beside(page.day, stop)), place.kept)
    if slot.time is not None:
        taken = change_stop(taken, stop.id, {"fixed": slot.time})
    hosts = AskedAgainWriter(page.day, page.words, services().town.clock)
    lines = (_asked_line(hosts, one) for one in page.moved_in_rain(taken))
    return replace(place, breaks=(*place.breaks, *lines))


def _asked_line(hosts: AskedAgainWriter, again: AskedAgain) -> str:
    return gettext("To be asked again: %(host)s", host=hosts.line(again))


def _is_here(case: Case, stop: Stop, slot: Slot) -> bool:
    """Whether a place is the one where the stop stands already."""
    return slot.day == case.day and stop in case.day.stops


@dataclass(frozen=True)
class _Asked:
    """The stop that is asked about, and when stays begin without it."""

    stop: Stop
    before: Mapping[str, Instant]


def _place(page: FitPage, writer: SlotWriter, asked: _Asked, slot: Slot) -> OfferedPlace:
    stop, kept = asked.stop, page.kept[page.index]
    again = asked_again(kept, starts_of(slot.day, slot.itinerary), asked.before)
    moved = {one.kept.stop for one in again}
    staying = tuple(one for one in kept if one.stop not in moved)
    fields = {"position": str(slot.position), "kept": kept_text(staying)}
    if stop in page.day.stops:
        action, fields = "move", {**fields, "stop": stop.id, "fixed": slot.time or ""}
    else:
        action = "add_site"
        fields |= {"site": (stop.place.site if stop.place else "") or "", "fixed": slot.time or ""}
    hosts = AskedAgainWriter(page.day, page.words, writer.clock)
    breaks = (
        *(writer.breaks(one, _beside(page.day, stop)) for one in slot.breaks if one.demand.stop not in moved),
        *(_asked_line(hosts, one) for one in again),
    )
    return OfferedPlace(writer.slot(slot), breaks, action, fields, slot.position + 1, staying)


def _beside(day: Day, stop: Stop) -> Day:
    """The day with the stop after the others, if it is none of them."""
    return day if stop in day.stops else replace(day, stops=(*day.stops, stop))
