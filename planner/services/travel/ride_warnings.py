"""What is to be said of rides, and of rides that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.buses.query.journeys.ride_book import ON_REQUEST
from planner.buses.query.timetable.unknown import near
from planner.domain.warnings.codes import (
    GroupTooBigForBus,
    NoRide,
    NoService,
    OnRequest,
    ServiceEstimated,
    StepFreeUnknown,
    TimetableOutdated,
    Warning,
)
from planner.services.travel.ride_parts import source_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from planner.buses.query.journeys.find import Journeys
    from planner.buses.query.journeys.legs import RideLeg
    from planner.buses.query.timetable.timetable import Timetable
    from planner.buses.query.timetable.unknown import UnknownService
    from planner.domain.clock import Instant, TownClock
    from planner.domain.geo import LonLat
    from planner.domain.schedule.group import Group

STATION_NEAR_M = 500.0
"""A place this near to a station is one that its trains might be taken from."""


def ride_warnings(
    rides: Sequence[RideLeg], timetable: Timetable, day: dt.date, group: Group
) -> Iterator[Warning]:
    """Say of a leg's rides what is only expected, outdated, too small, not step-free or on request."""
    outdated = timetable.outdated(day)
    told: set[int] = set()
    for ride in rides:
        source = source_of(ride, timetable)
        if ride.estimated or ride.headway_s:
            yield _expected(ride)
        if source in outdated and source not in told:
            told.add(source)
            yield outdated_warning(timetable, source, day)
        if ride.over_room:
            yield GroupTooBigForBus(line=ride.line, room=ride.room, group=group.size)
        if ride.on_request:
            yield OnRequest(line=ride.line, halt=_asked(ride, timetable))
    if group.step_free and rides:  # no source tells which vehicles have low floors
        yield StepFreeUnknown(lines=", ".join(ride.line for ride in rides))


def outdated_warning(timetable: Timetable, source: int, day: dt.date) -> Warning:
    """Say which timetable says nothing about a day, and as on which date (`like`) it is taken to run."""
    about = timetable.meta.sources[source]
    like = timetable.nearest_matching_date(day, timetable.stand_ins, source) if timetable.stand_ins else None
    return TimetableOutdated(
        source=about.name,
        valid_from=about.valid_from,
        valid_to=about.valid_to,
        like="" if like is None else like.isoformat(),
    )


def no_ride(journeys: Journeys | None, at: Instant, clock: TownClock, ends: tuple[LonLat, LonLat]) -> Warning:
    """Say why nothing is ridden: no timetable, none for the day, no stop near, none that is sooner."""
    if journeys is None:
        return NoService(reason=NoRide.NONE)
    if not journeys.covers(clock.local(at).date()):
        return NoService(reason=NoRide.DAY)
    reached = ((ends[0], False), (ends[1], True))
    if not all(len(journeys.reach(place, is_end=is_end).stops) for place, is_end in reached):
        return NoService(reason=NoRide.PLACE)
    return NoService(reason=NoRide.TIME, at=clock.face(at))


def unknown_near(services: Iterable[UnknownService], places: Sequence[LonLat]) -> Iterator[Warning]:
    """Say which services stop near a place that no timetable is known of; each only once."""
    told: set[str] = set()
    for place in places:
        untold = [service for service in near(services, place, STATION_NEAR_M) if service.name not in told]
        if untold:
            told.update(service.name for service in untold)
            names = ", ".join(service.name for service in untold)
            yield NoService(reason=NoRide.UNKNOWN, lines=names, near=untold[0].stops[0][0])


def _expected(ride: RideLeg) -> ServiceEstimated:
    """Name the line, and every how many minutes it runs where only that is known."""
    return ServiceEstimated(line=ride.line, every_min=round(ride.headway_s / 60) if ride.headway_s else None)


def _asked(ride: RideLeg, timetable: Timetable) -> str:
    """The stop where one must ask."""
    first = int(timetable.pattern_offsets[ride.pattern])
    is_board = timetable.pattern_board[first + ride.on] in ON_REQUEST
    return (ride.board if is_board else ride.alight).name
