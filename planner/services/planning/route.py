"""Single legs and tables of distances between places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.visits import Mode, PlaceRef
from planner.domain.warnings.codes import Warning
from planner.services.planning.places import place_faults, refuse, resolve
from planner.services.travel.by_mode import data_warnings, timetable_warnings
from planner.services.travel.single import SingleTravel
from planner.services.travel.tables import DayTables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.itinerary import Leg
    from planner.domain.schedule.group import Group
    from planner.domain.sites import Site
    from planner.domain.travel_table import TravelTable
    from planner.services.travel.town import Town


@dataclass(frozen=True)
class LegQuestion:
    """From where to where, how, and either the departure or the arrival as an instant."""

    origin: PlaceRef
    destination: PlaceRef
    depart: Instant
    arrive: Instant | None = None
    mode: Mode = Mode.WALK
    stand_ins: bool = False


@dataclass(frozen=True)
class Matrix:
    """Metres and seconds from row to column; None where there is no way, or metres are not told."""

    distances_m: list[list[float | None]]
    durations_s: list[list[int | None]]
    warnings: tuple[Warning, ...] = ()


def route(town: Town, question: LegQuestion, group: Group, sites: Mapping[str, Site]) -> Leg:
    """Return the leg between two places; arriving at `arrive` where that is asked.

    Raises
    ------
    InvalidInputError
        For unknown sites and positions outside the network.
    """
    refs = (("/from", question.origin), ("/to", question.destination))
    refuse(place_faults(refs, sites, town))
    origin, destination = (resolve(ref, sites) for _, ref in refs)
    date = town.clock.local(question.depart if question.arrive is None else question.arrive).date()
    travel = SingleTravel(town, date, group, stand_ins=question.stand_ins)
    if question.arrive is None:
        leg = travel.leg(origin, destination, question.mode, question.depart)
    else:
        leg = travel.leg_by(origin, destination, question.mode, question.arrive)
    day = town.clock.local(leg.depart).date()
    outdated = timetable_warnings(town, {question.mode}, day, stand_ins=question.stand_ins)
    once = (warning for warning in outdated if warning not in leg.warnings)
    return replace(leg, warnings=(*leg.warnings, *data_warnings(town, {leg.mode}), *once))


def matrix(
    town: Town,
    refs: Sequence[PlaceRef],
    group: Group,
    sites: Mapping[str, Site],
    mode: Mode = Mode.WALK,
    depart: Instant = 0,
    *,
    stand_ins: bool = False,
) -> Matrix:
    """Return metres and seconds between all places, and how far the answer can be trusted.

    By bus and by the best mode only seconds are told, of starts at `depart`.

    Raises
    ------
    InvalidInputError
        For unknown sites and positions outside the network.
    """
    refuse(place_faults([(f"/points/{index}", ref) for index, ref in enumerate(refs)], sites, town))
    tables = DayTables(
        town.on(town.clock.local(depart).date()),
        group,
        [resolve(ref, sites) for ref in refs],
        stand_ins=stand_ins,
    )
    if mode is Mode.WALK:
        return _matrix(tables.walked)
    if mode is Mode.COACH:
        return _matrix(tables.driven(), data_warnings(town, {Mode.COACH}))
    modes = {mode, Mode.COACH} if mode is Mode.BEST and group.has_coach else {mode}
    day = town.clock.local(depart).date()
    outdated = timetable_warnings(town, {mode}, day, stand_ins=stand_ins)
    return _matrix(tables.ridden(mode, depart), (*data_warnings(town, modes), *outdated))


def _matrix(table: TravelTable, warnings: tuple[Warning, ...] = ()) -> Matrix:
    """Durations are whole seconds already."""
    durations = [[None if cell is None else int(cell) for cell in row] for row in table.durations_s]
    return Matrix(table.distances_m, durations, warnings)
