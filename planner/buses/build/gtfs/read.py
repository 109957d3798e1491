"""One GTFS feed read into a timetable of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.build.gtfs.arrays import FeedParts, Texts, arrays_of
from planner.buses.build.gtfs.clip import MARGIN_M, clipped, inside
from planner.buses.build.gtfs.info import check_timezone, read_publisher
from planner.buses.build.gtfs.names import written_in_capitals
from planner.buses.build.gtfs.services import read_services
from planner.buses.build.gtfs.shapes import shapes_of
from planner.buses.build.gtfs.stops import read_stops
from planner.buses.build.gtfs.tables import Dropped
from planner.buses.build.gtfs.times.calls import sound_trips
from planner.buses.build.gtfs.times.frequencies import read_periods, runs_of
from planner.buses.build.gtfs.times.speeds import fastest
from planner.buses.build.gtfs.times.stays import Vehicles, read_links
from planner.buses.build.gtfs.times.stop_times import read_calls
from planner.buses.build.gtfs.trips import read_lines, read_trips
from planner.buses.build.patterns import patterns_of
from planner.buses.files import Source, SourceKind, TimetableMeta
from planner.buses.query.timetable.merge import counts
from planner.buses.query.timetable.open import made
from planner.errors import SourceFileError
from planner.streets.query.layers import Bounds

if TYPE_CHECKING:
    from planner.buses.build.gtfs.clip import Clipped
    from planner.buses.build.gtfs.files import FeedFiles
    from planner.buses.build.gtfs.services import ServiceDays
    from planner.buses.build.gtfs.stops import Stops
    from planner.buses.build.gtfs.times.calls import TripCalls
    from planner.buses.build.gtfs.trips import Trip
    from planner.buses.query.timetable.timetable import Timetable


@dataclass(frozen=True)
class FeedSettings:
    """What a feed is read for: the network's zone and bounds (None: keep all), and what it is called.

    `number` goes before the feed's ids, so that the ids of several never meet.
    """

    timezone: str
    bounds: Bounds | None = None
    margin_m: float = MARGIN_M
    number: int = 0
    kind: SourceKind = SourceKind.GTFS
    url: str = ""
    licence: str = ""
    say: Callable[[str], None] = field(default=lambda _: None)


def read_feed(files: FeedFiles, settings: FeedSettings) -> Timetable:
    """Read a feed.

    Raises
    ------
    SourceFileError
        If it cannot be used, with file, line and what to do.
    """
    dropped = Dropped()
    services = read_services(files, dropped)
    parts = _parts(files, services, settings, dropped)
    routes = {trip.route for trip in parts.trips}
    check_timezone(files, settings.timezone, services.first, services.last, routes)
    texts = Texts(f"{settings.number}:")
    arrays = arrays_of(parts, texts)
    first, last = services.first.isoformat(), services.last.isoformat()
    publisher = read_publisher(files, dropped)
    vouched = min(services.last, publisher.last_date or services.last)
    source = Source(
        name=files.name,
        kind=settings.kind,
        credit=publisher.name,
        url=settings.url or publisher.url,
        licence=settings.licence,
        valid_from=min(services.first, vouched).isoformat(),
        valid_to=vouched.isoformat(),
        sha256=files.digest(),
        indicative=settings.kind is SourceKind.BUILTIN,
    )
    meta = TimetableMeta(
        timezone=settings.timezone,
        first_date=first,
        last_date=last,
        sources=(source,),
        counts=counts(arrays),
        dropped=dict(dropped.counts),
        bounds=settings.bounds,
    )
    return made(meta, texts.table(), arrays)


def _parts(files: FeedFiles, services: ServiceDays, settings: FeedSettings, dropped: Dropped) -> FeedParts:
    """Read the tables, clip the trips and put them into patterns."""
    stops = read_stops(files, dropped)
    lines, line_rows = read_lines(files, dropped)
    trips = _running(read_trips(files, line_rows, services.rows, dropped), services, dropped)
    calls = read_calls(files, {trip.id: row for row, trip in enumerate(trips)}, stops, dropped)
    settings.say(f"{files.name}: {len(trips)} trips, {len(calls.trip)} calls read")
    limits = np.array([fastest(lines[trip.line].mode) for trip in trips], np.float64)
    cut = _cut(files, sound_trips(calls, stops, limits, dropped), stops, settings, dropped)
    periods = read_periods(files, dropped)
    alone = [trips[row] for row in cut.by_trip.trips.tolist()]
    vehicles = Vehicles(alone, cut, stops, lines, services, read_links(files))
    kept, cut = vehicles.with_stays(frozenset(periods))
    runs, headways = runs_of(files, periods, kept, cut, dropped)
    if not runs:
        raise SourceFileError(_nothing(files, dropped))
    lines_of, services_of = np.array([(trip.line, trip.service) for trip in kept]).T
    patterns = patterns_of(runs, cut.by_trip, lines_of, services_of, services.days)
    settings.say(f"{files.name}: {len(runs)} trips on {len(patterns)} patterns in the surroundings")
    return FeedParts(
        stops=stops,
        lines=lines,
        services=services,
        trips=kept,
        clipped=cut,
        runs=runs,
        headways=headways,
        patterns=patterns,
        shapes=shapes_of(files, [trip.shape for trip in kept], dropped),
        in_capitals=written_in_capitals([trip.headsign for trip in trips if trip.headsign]),
    )


def _running(trips: list[Trip], services: ServiceDays, dropped: Dropped) -> list[Trip]:
    """The trips whose service runs on some day."""
    runs = np.any(services.days, axis=1)
    running = [trip for trip in trips if runs[trip.service]]
    dropped.add("trips that run on no day", len(trips) - len(running))
    return running


def _cut(
    files: FeedFiles, sound: TripCalls, stops: Stops, settings: FeedSettings, dropped: Dropped
) -> Clipped:
    """Clip the trips; refuse a feed of which nothing is left."""
    if not len(sound.trips):
        raise SourceFileError(_nothing(files, dropped))
    cut = clipped(sound, inside(stops, settings.bounds, settings.margin_m), dropped)
    if not len(cut.by_trip.trips):
        raise SourceFileError(_elsewhere(files, stops, settings))
    return cut


def _elsewhere(files: FeedFiles, stops: Stops, settings: FeedSettings) -> str:
    """Why a feed has nothing in the surroundings: another town's, or its coordinates are swapped."""
    swapped = inside(replace(stops, at=stops.at[:, ::-1]), settings.bounds, settings.margin_m)
    if swapped.any():
        return (
            f"{files.name}: stops.txt has latitude and longitude swapped "
            f"({int(swapped.sum())} stops lie in the network if they are exchanged): "
            "mend the columns stop_lat and stop_lon"
        )
    return (
        f"no trip of {files.name} has two stops within {settings.margin_m / 1000:g} km of the network: "
        "take the feed of the town's own buses or trains"
    )


def _nothing(files: FeedFiles, dropped: Dropped) -> str:
    return f"{files.name} has no trip that can be used ({_why(dropped)}): get the feed again"


def _why(dropped: Dropped) -> str:
    return ", ".join(f"{reason}: {count}" for reason, count in dropped.counts.most_common(3)) or "it is empty"
