"""Where a party is, or was last, when it is called somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.live.calls import LiveCall, LiveDay, StopState
from planner.domain.live.events import END, START
from planner.domain.schedule.timed import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planner.domain.clock import Instant
    from planner.domain.live.day import DayUnderWay


@dataclass(frozen=True)
class Whereabouts:
    """A stop's id, START or END, and its place."""

    stop: str
    place: Place


def whereabouts(days: Mapping[str, DayUnderWay], name: str, live: LiveDay, now: Instant) -> Whereabouts:
    """Return the last place that a party has reached: by what it said, else by the clock.

    The clock also tells of a party that goes on with another one. `days` are those of all parties: it may be
    at a stop of the other one. What has no place of its own, such as a meal, was where the party came from.
    """
    day = days[name].day
    is_said = live.facts.latest is not None and live.joined is None
    is_over = END in live.facts.arrived or (not is_said and live.itinerary.finish <= now)
    if is_over and day.end_place is not None:
        return Whereabouts(END, day.end_place)
    reached = [call for call in live.walked if (_is_reached(call) if is_said else call.arrive <= now)]
    return _last(days.values(), reached) or Whereabouts(START, day.start_place)


def _is_reached(call: LiveCall) -> bool:
    """A stop that one has come to and left out is on the way too."""
    return call.state is not StopState.COMING


def _last(days: Collection[DayUnderWay], reached: list[LiveCall]) -> Whereabouts | None:
    places = {stop.id: stop.place for one in days for stop in one.day.stops}
    for call in reversed(reached):
        place = places[call.id]
        if place is not None:
            return Whereabouts(call.id, place)
    return None
