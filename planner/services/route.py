"""Single legs and tables of distances between places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.visits import Mode, PlaceRef
from planner.services.places import place_faults, refuse, resolve
from planner.services.plan import sketch_warnings
from planner.services.travel import Group, StreetTravel, move_s
from planner.streets.query.walk import Walker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.itinerary import Leg
    from planner.domain.schedule import Place
    from planner.domain.sites import Site
    from planner.services.town import Town


@dataclass(frozen=True)
class Question:
    """From where to where, and either the departure or the arrival as an instant."""

    origin: PlaceRef
    destination: PlaceRef
    depart: Instant
    arrive: Instant | None = None


@dataclass(frozen=True)
class Matrix:
    """Metres and seconds from row to column; None where there is no way."""

    distances_m: list[list[float | None]]
    durations_s: list[list[int | None]]


def route(town: Town, question: Question, group: Group, sites: Mapping[str, Site]) -> Leg:
    """Return the leg between two places; arriving at `arrive` where that is asked.

    Raises
    ------
    InvalidInputError
        For unknown sites and positions outside the network.
    """
    refs = (("/from", question.origin), ("/to", question.destination))
    refuse(place_faults(refs, sites, town))
    origin, destination = (resolve(ref, sites) for _, ref in refs)
    travel = StreetTravel(town, group)
    leg = travel.leg(origin, destination, Mode.WALK, question.depart)
    if question.arrive is not None:
        leg = travel.leg(origin, destination, Mode.WALK, question.arrive - leg.duration_s)
    return replace(leg, warnings=(*leg.warnings, *sketch_warnings(town)))


def matrix(town: Town, refs: Sequence[PlaceRef], group: Group, sites: Mapping[str, Site]) -> Matrix:
    """Return metres and seconds on foot between all places.

    Raises
    ------
    InvalidInputError
        For unknown sites and positions outside the network.
    """
    refuse(place_faults([(f"/points/{index}", ref) for index, ref in enumerate(refs)], sites, town))
    places = [resolve(ref, sites) for ref in refs]
    placed = [place for place in places if place.at is not None]
    walker = Walker(town.network, step_free=group.step_free, pace_kmh=group.pace_kmh)
    table = walker.table([place.at for place in placed if place.at])
    number = {id(place): index for index, place in enumerate(placed)}

    def seconds(a: Place, b: Place) -> int | None:
        found = _cell(table.durations_s, number, a, b)
        return None if found is None else move_s(found, a, b)

    def metres(a: Place, b: Place) -> float | None:
        found = _cell(table.distances_m, number, a, b)
        return None if found is None else round(found, 1)

    return Matrix(
        [[metres(a, b) for b in places] for a in places], [[seconds(a, b) for b in places] for a in places]
    )


def _cell(table: list[list[float | None]], number: Mapping[int, int], a: Place, b: Place) -> float | None:
    """The value for two places, None for those that are not on the map."""
    return None if a.at is None or b.at is None else table[number[id(a)]][number[id(b)]]
