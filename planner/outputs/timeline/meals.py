"""Where a meal without a place of its own happens: where the group is then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.visits import StopKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.itinerary import Call
    from planner.domain.visits import Day, PlaceRef


def place_of_meal(day: Day, calls: Sequence[Call], call: Call) -> PlaceRef | None:
    """Return where the group is at such a meal; None for every other stop."""
    stop = day.stops[call.stop]
    if stop.kind is not StopKind.MEAL or (stop.place is not None and stop.place.is_somewhere):
        return None
    here = day.start.place
    for before in calls[: calls.index(call)]:
        place = day.stops[before.stop].place
        here = place if place is not None and place.is_somewhere else here
    return here
