"""Where a party is when it turns to another one: by what it said, or by the clock where it never said it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.itinerary import Leg
from planner.domain.live.calls import LiveCall, LiveDay, StopState
from planner.domain.schedule.timed import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.live.day import DayUnderWay


@dataclass(frozen=True)
class Turning:
    """Where a party turns to the other one: what it has done, where it is then, when it can leave there.

    `position` counts its stops up to there. A stop to which it was on the way is `passed`.
    """

    position: int
    walked: tuple[LiveCall, ...]
    legs: tuple[Leg, ...]
    place: Place
    ready: Instant
    passed: LiveCall | None = None


def turning_of(own: DayUnderWay, live: LiveDay, now: Instant) -> Turning | None:
    """Return where a party is at an instant; None when its day is over."""
    position, is_under_way = _position(live, now)
    if position > len(live.calls):
        return None
    walked = tuple(call for call in live.calls[:position] if call in live.walked)
    legs = live.itinerary.legs[: len(walked)]
    place = place_after(own, walked)
    if is_under_way:
        return _on_the_way(own, live, Turning(position, walked, legs, place, now))
    if not walked:
        return Turning(position, (), (), place, max(now, live.itinerary.start))
    ready = max(now, walked[-1].arrive)
    here = replace(walked[-1], start=min(walked[-1].start, ready), leave=ready, state=StopState.DONE)
    return Turning(position, (*walked[:-1], here), legs, place, ready)


def _position(live: LiveDay, now: Instant) -> tuple[int, bool]:
    """How many stops the party has reached, and whether it has left the last of them."""
    if live.facts.latest is not None:
        return live.facts.position, live.facts.is_under_way
    reached = [n for n, call in enumerate(live.calls, 1) if call in live.walked and call.arrive <= now]
    position = max(reached, default=0)
    left = live.calls[position - 1].leave if position else live.itinerary.start
    return position, left < now


def _on_the_way(own: DayUnderWay, live: LiveDay, turning: Turning) -> Turning:
    """Who is on the way gets there first."""
    ahead = [call for call in live.calls[turning.position :] if call in live.walked]
    if not ahead:
        left = turning.walked[-1].leave if turning.walked else live.itinerary.start
        return replace(turning, ready=max(turning.ready, left))
    leg = live.itinerary.legs[len(turning.walked)]
    arrive = max(leg.arrive, turning.ready)
    leg = replace(leg, arrive=arrive, duration_s=arrive - leg.depart)
    passed = LiveCall(ahead[0].stop, ahead[0].id, arrive, arrive, arrive, StopState.SKIPPED, 0)
    place = place_after(own, (*turning.walked, passed))
    return replace(turning, legs=(*turning.legs, leg), place=place, ready=arrive, passed=passed)


def place_after(asked: DayUnderWay, walked: Sequence[LiveCall]) -> Place:
    """The last place on a way; a meal may have none of its own."""
    place = asked.day.start_place
    places = {stop.id: stop.place for stop in asked.day.stops}
    for call in walked:
        place = places[call.id] or place
    return place
