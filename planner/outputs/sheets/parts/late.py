"""When a group must leave a stop at the latest, so that nothing after it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.itinerary import PartKind
from planner.words.rides import is_about, vehicle_name
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.itinerary import Call, Itinerary, Leg
    from planner.domain.rides import Ride
    from planner.outputs.sheets.source import SheetSource


def latest_text(source: SheetSource, stop: int) -> str:
    """Return by when to leave a stop, '' where no later stop, ride or end of the day sets a limit."""
    if source.is_of_all:
        return ""
    itinerary = source.itinerary
    index = next((place for place, call in enumerate(itinerary.calls) if call.stop == stop), None)
    if index is None:
        return ""
    leaves, spare, ride = _limit(source, itinerary, index)
    if spare is None:
        return ""
    time = source.clock.departure(leaves + max(0, spare)).text
    if ride is not None:
        return gettext(
            "Leave by %(time)s at the latest: %(ride)s does not wait", time=time, ride=vehicle_name(ride)
        )
    return gettext("Leave by %(time)s at the latest", time=time)


def _limit(source: SheetSource, itinerary: Itinerary, index: int) -> tuple[Instant, int | None, Ride | None]:
    """When one sets out, how many seconds later one may, and the ride that sets the limit, if one does."""
    call = itinerary.calls[index]
    leg = itinerary.legs[index + 1] if index + 1 < len(itinerary.legs) else None
    leaves = leg.depart if leg and leg.duration_s else call.leave
    spare = _after(source, itinerary, index)
    ride, wait_s = _first_ride(leg)
    if ride is not None and (spare is None or wait_s < spare):
        return leaves, wait_s, ride
    return leaves, spare, None


def _after(source: SheetSource, itinerary: Itinerary, index: int) -> int | None:
    """By how much the next arrival, or the end of the day, may slip."""
    if index + 1 < len(itinerary.calls):
        following: Call = itinerary.calls[index + 1]
        return following.slack_s
    end = source.plan.end
    limit = (end.arrive or end.latest) if end else None
    if limit is None:
        return None
    return source.clock.clock.instant(source.plan.date, limit) - itinerary.finish


def _first_ride(leg: Leg | None) -> tuple[Ride | None, int]:
    """The first ride of a leg whose minute is sure, and how long one waits for it."""
    waited = 0
    for part in leg.parts if leg else ():
        if part.ride is not None:
            return (None, 0) if is_about(part.ride) else (part.ride, waited)
        if part.kind is PartKind.WAIT:
            waited += part.duration_s
    return None, 0
