"""The parts of a leg by public transport, made of a journey: walk, wait, ride, walk."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.buses.files import ShapeSource
from planner.buses.query.journeys import legs
from planner.buses.query.timetable.shapes import stretches
from planner.domain.geo import LonLat, distance_m
from planner.domain.itinerary import LegPart, PartKind
from planner.domain.rides import Ride, StopCall
from planner.services.travel.on_foot import walk_part

if TYPE_CHECKING:
    from planner.buses.query.timetable.timetable import Timetable
    from planner.domain.clock import Instant
    from planner.domain.schedule.group import Group

Shape = tuple[tuple[LonLat, ...], tuple[tuple[int, int], ...]]
"""Positions, and the runs of them that are drawn for nothing known."""


def parts_of(
    journey: legs.Journey, depart: Instant, arrive: Instant, timetable: Timetable, group: Group
) -> tuple[LegPart, ...]:
    """Time a journey from an instant at or before its start: who starts earlier waits longer at the stop."""
    parts: list[LegPart] = []
    time = depart
    for piece in journey.parts:
        if isinstance(piece, legs.Footway):
            parts.append(_on_foot(piece, time, group))
        elif isinstance(piece, legs.RideLeg):
            if time < piece.depart:
                parts.append(LegPart(PartKind.WAIT, 0.0, piece.depart - time, time, piece.depart))
            parts.append(ride_part(piece, timetable))
        else:
            continue
        time = parts[-1].arrive
    if time < arrive:  # no move between two sites is shorter than the least
        last = parts[-1]
        parts[-1] = replace(last, arrive=arrive, duration_s=arrive - last.depart)
    return tuple(parts)


def ride_part(ride: legs.RideLeg, timetable: Timetable) -> LegPart:
    """The part of a leg that a ride makes."""
    geometry, unknown = shape_of(ride, timetable)
    return LegPart(
        kind=PartKind.RIDE,
        distance_m=sum(distance_m(a, b) for a, b in pairwise(geometry)),
        duration_s=ride.arrive - ride.depart,
        depart=ride.depart,
        arrive=ride.arrive,
        geometry=geometry,
        estimated=unknown,
        ride=told_of(ride, timetable),
    )


def told_of(ride: legs.RideLeg, timetable: Timetable) -> Ride:
    """What is told of a ride."""
    return Ride(
        line=ride.line,
        vehicle=ride.mode.name.lower(),
        headsign=ride.headsign,
        board=_call(ride.board, ride.board.depart),
        alight=_call(ride.alight, ride.alight.arrive),
        via=tuple(_call(call, call.arrive) for call in ride.stops),
        following=ride.following,
        last_back=ride.last_back,
        is_estimated=ride.estimated,
        headway_s=ride.headway_s,
        on_request=ride.on_request,
        over_room=ride.over_room,
        credit=timetable.meta.sources[source_of(ride, timetable)].credit,
    )


def source_of(ride: legs.RideLeg, timetable: Timetable) -> int:
    """The number of the source that speaks for a ride's line."""
    return int(timetable.line_credit[timetable.pattern_line[ride.pattern]])


def shape_of(ride: legs.RideLeg, timetable: Timetable) -> Shape:
    """Where a ride runs; straight from stop to stop where nothing is known of the way."""
    line: list[LonLat] = []
    unknown: list[tuple[int, int]] = []
    for stretch in stretches(timetable, ride.pattern, ride.on, ride.off):
        first = max(0, len(line) - 1)
        for lon, lat in stretch.points.tolist():
            if not line or line[-1] != (lon, lat):
                line.append((lon, lat))
        if stretch.source is ShapeSource.NONE and first < len(line) - 1:
            unknown.append((first, len(line) - 1))
    return tuple(line), tuple(unknown)


def _call(call: legs.StopTime, time: Instant) -> StopCall:
    return StopCall(call.name, call.platform, time, call.at)


def _on_foot(footway: legs.Footway, depart: Instant, group: Group) -> LegPart:
    arrive = depart + footway.arrive - footway.depart
    if footway.way is not None:
        return walk_part(footway.way, depart, arrive, group)
    line = (footway.origin, footway.destination)
    return LegPart(PartKind.WALK, footway.metres, arrive - depart, depart, arrive, line)
