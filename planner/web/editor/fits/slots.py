"""The page of where a stop would fit: the best places and the forms that take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner.domain.clock import canonical_time
from planner.domain.limits import MOST_OFFERED
from planner.domain.order.proposals import Objective
from planner.services.order.find import BUDGET_S
from planner.services.order.slots.beside import why_not
from planner.services.order.slots.find import SLOTS_S, Slot, SlotQuestion, slots
from planner.services.planning.budget import budget_of
from planner.web.frame.context import services
from planner.words.fits.slots import SlotWriter

if TYPE_CHECKING:
    from planner.domain.visits import Day, Stop
    from planner.web.editor.fits.page import FitPage

MOST_SHOWN, MOST_BROKEN = 6, 2
"""So many places are shown, and of those that break a demand where others do not."""


@dataclass(frozen=True)
class OfferedPlace:
    """A place for the stop: what it costs, what breaks, and the fields of the form that takes it."""

    text: str
    breaks: tuple[str, ...]
    action: str
    fields: Mapping[str, str]
    number: int


def slots_view(page: FitPage, stop: Stop, wanted: Mapping[str, str]) -> dict[str, Any]:
    """The best places of a stop; of one of the day also why it is not at the place asked for."""
    typed = wanted["times"].replace(";", ",").split(",")[:MOST_OFFERED]
    times = tuple(canonical_time(text.strip()) for text in typed if text.strip())
    found = slots(page.case, SlotQuestion(stop, times), budget_of(services().search_s(SLOTS_S)))
    writer = SlotWriter(page.words, services().town.clock)
    is_own = stop in page.day.stops
    places = [_place(page, writer, stop, slot) for slot in found.found if not _is_here(page, stop, slot)]
    why = ""
    if is_own and wanted["position"].isdecimal():
        at = min(max(1, int(wanted["position"])), len(page.day.stops)) - 1
        told = why_not(page.case, stop, at, Objective.FINISH, budget_of(2 * services().search_s(BUDGET_S)))
        why = writer.why_not(told, stop)
    good = [place for place in places if not place.breaks][:MOST_SHOWN]
    bad = [place for place in places if place.breaks][: MOST_BROKEN if good else MOST_SHOWN]
    others = (other.place for other in page.day.stops if other != stop)
    is_there = not is_own and stop.place in others
    return {"found": (*good, *bad), "why": why, "name": page.words.stop_name(stop), "is_there": is_there}


def _is_here(page: FitPage, stop: Stop, slot: Slot) -> bool:
    """Whether a place is the one where the stop stands already."""
    return slot.day == page.day and stop in page.day.stops


def _place(page: FitPage, writer: SlotWriter, stop: Stop, slot: Slot) -> OfferedPlace:
    fields = {"position": str(slot.position)}
    if stop in page.day.stops:
        action, fields = "move", {**fields, "stop": stop.id, "fixed": slot.time or ""}
    else:
        action = "add_site"
        fields |= {"site": (stop.place.site if stop.place else "") or "", "fixed": slot.time or ""}
    breaks = tuple(writer.breaks(broken, _beside(page.day, stop)) for broken in slot.breaks)
    return OfferedPlace(writer.slot(slot), breaks, action, fields, slot.position + 1)


def _beside(day: Day, stop: Stop) -> Day:
    """The day with the stop after the others, if it is none of them."""
    return day if stop in day.stops else replace(day, stops=(*day.stops, stop))
