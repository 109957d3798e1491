"""Timetables written by hand for tests: stops on a plane, trips, headways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import Source, SourceKind, TimetableArrays, TimetableMeta
from planner.buses.query.journeys.find import Journeys
from planner.buses.query.timetable.open import made
from planner.buses.query.walks.access import Footpaths, RideRules, StopReach
from planner.domain.clock import TownClock
from planner.domain.geo import LonLat, plane_distance_m
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.buses.query.journeys.legs import Journey
    from planner.buses.query.timetable.timetable import Timetable
    from planner.streets.query.walk.find import Walk

ZONE = "Europe/Warsaw"
CLOCK = TownClock(ZONE)


def at(text: str) -> int:
    """Seconds of "H:MM" or "H:MM:SS", past 24:00 too."""
    parts = [int(part) for part in text.split(":")]
    return parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) > 2 else 0)


@dataclass(frozen=True)
class Trip:
    """One trip: (stop, arrival, departure) in seconds. A headway trip has periods (start, end, headway)."""

    line: str
    calls: tuple[tuple[str, int, int], ...]
    service: str = "daily"
    board: tuple[int, ...] = ()
    alight: tuple[int, ...] = ()
    periods: tuple[tuple[int, int, int], ...] = ()
    headsign: str = ""
    id: str = ""


def trip(line: str, calls: str, **more: object) -> Trip:
    """A trip of a text such as "A 8:00, B 8:05-8:06, C 8:12"."""
    read = []
    for call in calls.split(","):
        stop, times = call.split()
        arrive, _, depart = times.partition("-")
        read.append((stop, at(arrive), at(depart or arrive)))
    return Trip(line, tuple(read), **more)  # type: ignore[arg-type]


@dataclass
class Little:
    """A timetable to be made: stops in metres east and north of the corner, services as dates."""

    stops: Mapping[str, tuple[float, float]]
    trips: Sequence[Trip]
    first: date
    days: int
    services: Mapping[str, Sequence[date]] = field(default_factory=dict)
    rooms: Mapping[str, int] = field(default_factory=dict)
    estimated: Sequence[str] = ()

    def made(self) -> Timetable:
        """Return the timetable."""
        return made(self._meta(), *self._arrays())

    def _meta(self) -> TimetableMeta:
        last = self.first + timedelta(days=self.days - 1)
        source = Source("hand", SourceKind.GTFS, "nobody", valid_from=str(self.first), valid_to=str(last))
        return TimetableMeta(ZONE, self.first.isoformat(), last.isoformat(), (source,))

    def _arrays(self) -> tuple[tuple[str, ...], TimetableArrays]:
        texts: dict[str, int] = {"": 0}

        def text(word: str) -> int:
            return texts.setdefault(word, len(texts))

        names = list(self.stops)
        lines = sorted({trip.line for trip in self.trips})
        services = sorted({trip.service for trip in self.trips})
        patterns = self._patterns()
        trips = [trip for pattern in patterns for trip in pattern]
        stops = [names.index(stop) for pattern in patterns for stop, _, _ in pattern[0].calls]
        freqs = [(number, *period) for number, trip in enumerate(trips) for period in trip.periods]
        spots = [spot(*metres) for metres in self.stops.values()]
        calls = [len(pattern[0].calls) for pattern in patterns]
        ints = np.int32
        arrays = TimetableArrays(
            stop_at=np.array(np.round(np.array(spots).reshape(-1, 2) * 1e7), ints),
            stop_name=np.array([text(name.rstrip("12")) for name in names], ints),
            stop_platform=np.zeros(len(names), ints),
            stop_id=np.array([text(f"0:{name}") for name in names], ints),
            stop_station=np.unique([name.rstrip("12") for name in names], return_inverse=True)[1].astype(
                ints
            ),
            line_name=np.array([text(line) for line in lines], ints),
            line_long=np.zeros(len(lines), ints),
            line_mode=np.full(len(lines), 3, ints),
            line_credit=np.zeros(len(lines), ints),
            line_estimated=np.array([line in self.estimated for line in lines], np.bool_),
            line_room=np.array([self.rooms.get(line, 30) for line in lines], ints),
            pattern_line=np.array([lines.index(pattern[0].line) for pattern in patterns], ints),
            pattern_headsign=np.array([text(pattern[0].headsign) for pattern in patterns], ints),
            pattern_offsets=_offsets(calls),
            pattern_stops=np.array(stops, ints),
            pattern_board=_kinds([pattern[0].board or (0,) * len(pattern[0].calls) for pattern in patterns]),
            pattern_alight=_kinds(
                [pattern[0].alight or (0,) * len(pattern[0].calls) for pattern in patterns]
            ),
            trip_pattern=np.repeat(np.arange(len(patterns)), [len(p) for p in patterns]).astype(ints),
            trip_service=np.array([services.index(trip.service) for trip in trips], ints),
            trip_headsign=np.array([text(trip.headsign) for trip in trips], ints),
            trip_id=np.array([text(trip.id) for trip in trips], ints),
            trip_offsets=_offsets([len(trip.calls) for trip in trips]),
            arrive=np.array([call[1] for trip in trips for call in trip.calls], ints),
            depart=np.array([call[2] for trip in trips for call in trip.calls], ints),
            time_platform=np.zeros(sum(len(trip.calls) for trip in trips), ints),
            service_days=np.array([self._runs(service) for service in services], np.bool_).reshape(
                -1, self.days
            ),
            service_week=np.zeros((len(services), 7), np.bool_),
            freq_trip=np.array([freq[0] for freq in freqs], ints),
            freq_start=np.array([freq[1] for freq in freqs], ints),
            freq_end=np.array([freq[2] for freq in freqs], ints),
            freq_headway=np.array([freq[3] for freq in freqs], ints),
            shape_offsets=_offsets(calls),
            shape_at=np.array(np.round(np.array(spots).reshape(-1, 2) * 1e7), ints)[stops],
            shape_stop=np.array([at for count in calls for at in range(count)], ints),
            shape_source=np.full(len(patterns), 3, np.uint8),
        )
        return tuple(texts), arrays

    def _runs(self, service: str) -> list[bool]:
        dates = [self.first + timedelta(days=day) for day in range(self.days)]
        return [service not in self.services or day in self.services[service] for day in dates]

    def _patterns(self) -> list[list[Trip]]:
        """Trips of a line with the same stops, none overtaking another; templates alone."""
        alike: dict[object, list[list[Trip]]] = defaultdict(list)
        for number, one in enumerate(sorted(self.trips, key=lambda trip: [call[1:] for call in trip.calls])):
            key: tuple[object, ...] = (one.line, tuple(call[0] for call in one.calls), one.board, one.alight)
            groups = alike[(*key, number) if one.periods else key]
            group = next((group for group in groups if _follows(group[-1], one)), None)
            if group is None:
                groups.append([one])
            else:
                group.append(one)
        return [group for groups in alike.values() for group in groups]


def _follows(before: Trip, after: Trip) -> bool:
    """Whether a trip is nowhere earlier than another, on no day of the year."""
    pairs = zip(before.calls, after.calls, strict=True)
    return all(a[1] <= b[1] and a[2] <= b[2] for a, b in pairs) and _fits_a_day(before) and _fits_a_day(after)


def _fits_a_day(trip: Trip) -> bool:
    return trip.calls[-1][1] < 86_400 - 3_600


def _offsets(sizes: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)


def _kinds(rows: Sequence[Sequence[int]]) -> NDArray[np.uint8]:
    return np.array([kind for row in rows for kind in row], np.uint8)


class PlaneWalks:
    """Walks as the crow flies, at a pace of 1 m/s."""

    def __init__(self, timetable: Timetable) -> None:
        self._stops = [timetable.position(stop) for stop in range(len(timetable.stop_name))]

    def from_place(self, at: LonLat, limit_m: float) -> StopReach:
        metres = np.array([round(plane_distance_m(at, stop)) for stop in self._stops], float)
        stops = np.flatnonzero(metres <= limit_m)
        return StopReach(stops, metres[stops].astype(np.int64), metres[stops])

    def to_place(self, at: LonLat, limit_m: float) -> StopReach:
        return self.from_place(at, limit_m)

    def between(self, limit_m: float) -> Footpaths:
        rows = [self.from_place(stop, limit_m) for stop in self._stops]
        return Footpaths(
            _offsets([len(row.stops) for row in rows]),
            np.concatenate([row.stops for row in rows]),
            np.concatenate([row.seconds for row in rows]),
            np.concatenate([row.metres for row in rows]),
        )

    def direct(self, origin: LonLat, destination: LonLat) -> tuple[int, float] | None:
        metres = round(plane_distance_m(origin, destination))
        return metres, float(metres)

    def table(self, points: Sequence[LonLat]) -> list[list[int | None]]:
        return [[round(plane_distance_m(a, b)) for b in points] for a in points]

    def walk(self, origin: LonLat, destination: LonLat) -> Walk | None:
        raise NotImplementedError


class SureJourneys(Journeys):
    """Where there is always a way on foot."""

    def depart_at(self, origin: LonLat, destination: LonLat, at: int) -> Journey:
        found = super().depart_at(origin, destination, at)
        assert found is not None
        return found

    def arrive_by(self, origin: LonLat, destination: LonLat, by: int) -> Journey:
        found = super().arrive_by(origin, destination, by)
        assert found is not None
        return found


def journeys(timetable: Timetable, **rules: object) -> SureJourneys:
    """Questions over a small timetable."""
    return SureJourneys(timetable, CLOCK, PlaneWalks(timetable), RideRules(**rules))  # type: ignore[arg-type]


def without_gaps(parts: Sequence[object]) -> bool:
    """Whether the parts of a journey follow each other."""
    return all(a.arrive == b.depart for a, b in pairwise(parts))  # type: ignore[attr-defined]
