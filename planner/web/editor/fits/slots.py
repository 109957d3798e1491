"""The page of where a stop would fit: the best places and the forms that take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner.domain.clock import Instant, canonical_time
from planner.domain.hosts.kept import asked_again, kept_text, starts_of
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

    What breaks is also that a host who has confirmed has to be asked again; all others keep their times.
    """

    text: str
    breaks: tuple[str, ...]
    action: str
    fields: Mapping[str, str]
    number: int


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
        _place(page, writer, _Asked(stop, before), slot)
        for slot in found.found
        if not _is_here(case, stop, slot)
    ]
    why = ""
    if is_own and wanted["position"].isdecimal():
        at = min(max(1, int(wanted["position"])), len(page.day.stops)) - 1
        told = why_not(case, stop, at, Objective.FINISH, budget_of(2 * services().search_s(BUDGET_S)))
        why = writer.why_not(told, stop)
    good = [place for place in places if not place.breaks][:MOST_SHOWN]
    bad = [place for place in places if place.breaks][: MOST_BROKEN if good else MOST_SHOWN]
    others = (other.place for other in page.day.stops if other != stop)
    is_there = not is_own and stop.place in others
    return {"found": (*good, *bad), "why": why, "name": page.words.stop_name(stop), "is_there": is_there}


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
    fields = {"position": str(slot.position), "kept": kept_text(one for one in kept if one.stop not in moved)}
    if stop in page.day.stops:
        action, fields = "move", {**fields, "stop": stop.id, "fixed": slot.time or ""}
    else:
        action = "add_site"
        fields |= {"site": (stop.place.site if stop.place else "") or "", "fixed": slot.time or ""}
    hosts = AskedAgainWriter(page.day, page.words, writer.clock)
    breaks = (
        *(writer.breaks(one, _beside(page.day, stop)) for one in slot.breaks if one.demand.stop not in moved),
        *(gettext("To be asked again: %(host)s", host=hosts.line(one)) for one in again),
    )
    return OfferedPlace(writer.slot(slot), breaks, action, fields, slot.position + 1)


def _beside(day: Day, stop: Stop) -> Day:
    """The day with the stop after the others, if it is none of them."""
    return day if stop in day.stops else replace(day, stops=(*day.stops, stop))
