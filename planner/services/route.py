"""Single legs and tables of distances between places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.itinerary import Warning
from planner.domain.visits import Mode, PlaceRef
from planner.services.coach_travel import CoachTravel
from planner.services.modes import ModeTravel, data_warnings
from planner.services.places import place_faults, refuse, resolve
from planner.services.travel import Group, move_s
from planner.streets.query.walk import Walker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.itinerary import Leg
    from planner.domain.schedule import Place
    from planner.domain.sites import Site
    from planner.services.town import Town
    from planner.services.travel import Group


@dataclass(frozen=True)
class Question:
    """From where to where, how, and either the departure or the arrival as an instant."""

    origin: PlaceRef
    destination: PlaceRef
    depart: Instant
    arrive: Instant | None = None
    mode: Mode = Mode.WALK


@dataclass(frozen=True)
class Matrix:
    """Metres and seconds from row to column; None where there is no way."""

    distances_m: list[list[float | None]]
    durations_s: list[list[int | None]]
    warnings: tuple[Warning, ...] = ()


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
    travel = ModeTravel(town, group)
    leg = travel.leg(origin, destination, question.mode, question.depart)
    if question.arrive is not None:
        leg = travel.leg(origin, destination, question.mode, question.arrive - leg.duration_s)
    return replace(leg, warnings=(*leg.warnings, *data_warnings(town, {question.mode})))


def matrix(
    town: Town, refs: Sequence[PlaceRef], group: Group, sites: Mapping[str, Site], mode: Mode = Mode.WALK
) -> Matrix:
    """Return metres and seconds between all places; by coach the answer says how far it can be trusted.

    Raises
    ------
    InvalidInputError
        For unknown sites and positions outside the network.
    """
    refuse(place_faults([(f"/points/{index}", ref) for index, ref in enumerate(refs)], sites, town))
    places = [resolve(ref, sites) for ref in refs]
    if mode is Mode.COACH:
        return _coach_matrix(town, places, group)
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


def _coach_matrix(town: Town, places: Sequence[Place], group: Group) -> Matrix:
    numbers = [number for number, place in enumerate(places) if place.at is not None]
    found = CoachTravel(town, group).table([places[number] for number in numbers])
    distances: list[list[float | None]] = [[None] * len(places) for _ in places]
    durations: list[list[int | None]] = [[None] * len(places) for _ in places]
    for row, i in enumerate(numbers):
        for column, j in enumerate(numbers):
            metres, seconds = found.distances_m[row][column], found.durations_s[row][column]
            if metres is not None and seconds is not None:
                distances[i][j] = round(metres, 1)
                durations[i][j] = move_s(seconds, places[i], places[j])
    return Matrix(distances, durations, data_warnings(town, {Mode.COACH}))
