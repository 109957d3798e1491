"""What eases a planned day: the nearest toilet and water at its stops, the longest way without a seat.

Worked out once a day is planned: orders are not searched by it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from planner.domain.comfort.nearness import NEAR_M
from planner.domain.comfort.seats import BESIDE_M, longest_unseated_m
from planner.domain.itinerary import PartKind
from planner.streets.comforts import ComfortKind
from planner.streets.query.walk.find import Walker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Call, Itinerary, Leg, PartyItinerary
    from planner.services.planning.case import Case
    from planner.streets.query.comforts import Comforts

TRIED = 3
"""So many of a kind are walked to: the nearest as the crow flies may be behind a wall."""

REMEMBERED = 500


def with_comforts(case: Case, itinerary: Itinerary) -> Itinerary:
    """Return a day's itinerary with what the map knows of toilets, water and seats, as it was without."""
    comforts = case.town.network.comforts
    if comforts is None or not comforts.known:
        return itinerary
    return replace(
        itinerary,
        calls=tuple(_call(case, comforts, call) for call in itinerary.calls),
        legs=tuple(_leg(case, comforts, leg) for leg in itinerary.legs),
    )


def with_comforts_of_parties(case: Case, ways: Iterable[PartyItinerary]) -> tuple[PartyItinerary, ...]:
    """Return the ways of the parties of a day with the same."""
    return tuple(replace(way, itinerary=with_comforts(case, way.itinerary)) for way in ways)


def _call(case: Case, comforts: Comforts, call: Call) -> Call:
    place = case.timed.stops[call.stop].place
    if place is None or place.at is None:
        return call
    toilet_m, water_m = _nearest_m(case, comforts, place.at)
    return replace(call, toilet_m=toilet_m, water_m=water_m)


Nearest = tuple[float | None, float | None]


def _nearest_m(case: Case, comforts: Comforts, at: LonLat) -> Nearest:
    """The metres on foot to the nearest toilet and to water, None where none is near."""
    key, memory = (at, case.group.step_free), case.town.network.memory
    return memory.get("comforts", key, lambda: _walked_m(case, comforts, at), keep=REMEMBERED)


def _walked_m(case: Case, comforts: Comforts, at: LonLat) -> Nearest:
    step_free = case.group.step_free
    toilets, taps = (
        comforts.near(kind, at, NEAR_M, step_free=step_free)[:TRIED]
        for kind in (ComfortKind.TOILET, ComfortKind.WATER)
    )
    if not toilets and not taps:
        return None, None
    walker = Walker(case.town.network, step_free=step_free, pace_kmh=case.group.pace_kmh)
    metres = walker.table([at, *toilets, *taps]).distances_m[0][1:]
    return _least(metres[: len(toilets)]), _least(metres[len(toilets) :])


def _least(metres: Iterable[float | None]) -> float | None:
    return min((one for one in metres if one is not None and one <= NEAR_M), default=None)


def _leg(case: Case, comforts: Comforts, leg: Leg) -> Leg:
    """A leg with the longest stretch of its walks; nothing is known of those whose way is not."""
    walks = [part.geometry for part in leg.parts if part.kind is PartKind.WALK and len(part.geometry) > 1]
    if ComfortKind.SEAT not in comforts.known or not walks:
        return leg
    memory = case.town.network.memory
    stretches = [
        memory.get("unseated", line, partial(_unseated_m, comforts, line), keep=REMEMBERED) for line in walks
    ]
    return replace(leg, unseated_m=max(stretches))


def _unseated_m(comforts: Comforts, line: tuple[LonLat, ...]) -> float:
    return longest_unseated_m(line, comforts.beside(ComfortKind.SEAT, line, BESIDE_M))
