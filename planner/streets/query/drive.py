"""A leg by coach: a walk to the kerb, the drive, a walk from the kerb.

Coaches stop where they may and where they can come and go, not at the door: at
the kerb that is nearest on foot, or at the drop-off point that a site names.
Each leg takes the side of the street that suits it: while the group looks at a
site the driver has the time to come round to the other one. Nothing here
depends on the hour, so who leaves later never arrives earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from planner.domain.coach import COACH_LIMITS, CoachProfile
from planner.domain.geo import LonLat, distance_m, length_m
from planner.domain.itinerary import Instruction
from planner.streets.query.directions import instructions
from planner.streets.query.drive_graph import DriveGraph, drive_graph
from planner.streets.query.drive_kerbs import Kerb, kerbs_near
from planner.streets.query.drive_line import drawn, stretches
from planner.streets.query.drive_search import Way, drives
from planner.streets.query.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.network import Network

KERB_REACH_M = 400.0
"""A group walks no farther than this between a coach and a site, five or six minutes."""

KERB_TRIES = 12
"""So many kerbs are tried on foot, the nearest in a straight line first."""

WALK_TOP_MPS = 2.0
"""No group walks faster: where a straight line at this pace is slower than the coach, no walk is tried."""

SMALLEST = CoachProfile(**{name: low for name, (low, _) in COACH_LIMITS.items()})
"""A vehicle that every posted limit lets pass: what it can reach and a coach cannot, limits keep from it."""


class WalkLike(Protocol):
    """What is asked of a walk."""

    @property
    def length_m(self) -> float:
        """Metres."""

    @property
    def duration_s(self) -> float:
        """Seconds by the clock."""

    @property
    def geometry(self) -> tuple[LonLat, ...]:
        """Its line."""

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """Its directions."""


class WalkerLike(Protocol):
    """What is asked of a walker."""

    def walk(self, origin: LonLat, destination: LonLat, /) -> WalkLike | None:
        """The walk between two positions, None where there is none."""

    def table(self, points: Sequence[LonLat], /) -> Table:
        """Metres and seconds between all positions."""


Cell = tuple[float | None, float | None]
"""Metres and seconds; None where there is no way."""


class NotReachable(Enum):
    """Why there is no leg by coach."""

    NO_KERB_NEAR = "no_kerb_near"
    NO_WAY = "no_way"
    LIMITS = "limits"


@dataclass(frozen=True)
class Drive:
    """What a coach drives, from kerb to kerb. `estimated` are the unconfirmed runs of the geometry."""

    length_m: float
    duration_s: float
    geometry: tuple[LonLat, ...]
    instructions: tuple[Instruction, ...]
    estimated_m: float
    estimated: tuple[tuple[int, int], ...]
    kerbs: tuple[LonLat, LonLat]


@dataclass(frozen=True)
class Ride:
    """A leg by coach; without a drive it is a walk all the way, `walk_to`, no slower than the coach."""

    walk_to: WalkLike
    drive: Drive | None
    walk_from: WalkLike | None
    duration_s: float


@dataclass(frozen=True)
class _Stop:
    """Where the coach stops for a place, and the walks between the two."""

    kerb: Kerb
    walk_to: WalkLike
    walk_from: WalkLike


class Driver:
    """Answers questions about a coach of one size; it remembers the kerbs of the places it was asked for."""

    def __init__(self, network: Network, profile: CoachProfile, walker: WalkerLike) -> None:
        self._network = network
        self._profile = profile
        self._walker = walker
        self._graph: DriveGraph = drive_graph(network, profile)
        self._stops: dict[tuple[LonLat, LonLat | None], _Stop | None] = {}

    def leg(
        self, a: LonLat, b: LonLat, from_kerb: LonLat | None = None, to_kerb: LonLat | None = None
    ) -> Ride | None:
        """Return the leg between two places, None where there is none.

        Parameters
        ----------
        from_kerb, to_kerb
            A drop-off point of the place: the coach stops on the nearest street there.
        """
        ride = self._ride(self._stop(a, from_kerb), self._stop(b, to_kerb)) if a != b else None
        if not _may_walk(distance_m(a, b), None if ride is None else ride.duration_s):
            return ride
        walk = self._walker.walk(a, b)
        if walk is None or (ride is not None and ride.duration_s < walk.duration_s):
            return ride
        return Ride(walk, None, None, walk.duration_s)

    def table(self, points: Sequence[LonLat], kerbs: Sequence[LonLat | None] | None = None) -> Table:
        """Return metres and seconds of the legs between all places, walks included; None where there is none.

        Parameters
        ----------
        kerbs
            The places' own drop-off points, None where a place has none.
        """
        stops = [
            self._stop(point, kerb) for point, kerb in zip(points, kerbs or [None] * len(points), strict=True)
        ]
        walks = self._walker.table(points)
        metres, seconds = walks.distances_m, walks.durations_s
        rows: list[list[Cell]] = []
        for a, start, walk_m, walk_s in zip(points, stops, metres, seconds, strict=True):
            rides = [
                _cell(start, stop, way) for stop, way in zip(stops, self._ways(start, stops), strict=True)
            ]
            afoot = zip(walk_m, walk_s, strict=True)
            rows.append([_better(a, b, *both) for b, *both in zip(points, rides, afoot, strict=True)])
        return Table(*([[cell[part] for cell in row] for row in rows] for part in (0, 1)))

    def why_not(
        self, a: LonLat, b: LonLat, from_kerb: LonLat | None = None, to_kerb: LonLat | None = None
    ) -> NotReachable | None:
        """Return why there is no leg between two places, None where there is one."""
        if self.leg(a, b, from_kerb, to_kerb) is not None:
            return None
        if self._profile != SMALLEST:
            small = Driver(self._network, SMALLEST, self._walker)
            if small.leg(a, b, from_kerb, to_kerb) is not None:
                return NotReachable.LIMITS
        stops = (self._stop(a, from_kerb), self._stop(b, to_kerb))
        return NotReachable.NO_KERB_NEAR if None in stops else NotReachable.NO_WAY

    def _stop(self, place: LonLat, drop_off: LonLat | None) -> _Stop | None:
        key = (place, drop_off)
        if key not in self._stops:
            self._stops[key] = self._nearest(place, drop_off)
        return self._stops[key]

    def _nearest(self, place: LonLat, drop_off: LonLat | None) -> _Stop | None:
        """The kerb that is nearest on foot; at a drop-off point the street that is nearest to it."""
        usable = self._graph.kerb if drop_off is None else self._graph.drop_off
        near = kerbs_near(self._network, usable, drop_off or place, KERB_REACH_M)
        best: _Stop | None = None
        for off_m, kerb in near[:KERB_TRIES]:
            if best is not None and (drop_off is not None or off_m >= best.walk_to.length_m):
                break
            walk_to = self._walker.walk(place, kerb.at)
            if walk_to is None or (drop_off is None and walk_to.length_m > KERB_REACH_M):
                continue
            if best is None or walk_to.length_m < best.walk_to.length_m:
                walk_from = self._walker.walk(kerb.at, place)
                best = best if walk_from is None else _Stop(kerb, walk_to, walk_from)
        return best

    def _ways(self, start: _Stop | None, stops: Sequence[_Stop | None]) -> list[Way | None]:
        """The drives from a stop to others."""
        if start is None:
            return [None] * len(stops)
        targets = [stop.kerb for stop in stops if stop is not None]
        found = iter(drives(self._network, self._graph, start.kerb, targets))
        return [None if stop is None else next(found) for stop in stops]

    def _ride(self, start: _Stop | None, stop: _Stop | None) -> Ride | None:
        if start is None or stop is None:
            return None
        way = drives(self._network, self._graph, start.kerb, [stop.kerb])[0]
        if way is None:
            return None
        drive = self._drive(way, start.kerb, stop.kerb)
        seconds = start.walk_to.duration_s + drive.duration_s + stop.walk_from.duration_s
        return Ride(start.walk_to, drive, stop.walk_from, seconds)

    def _drive(self, way: Way, start: Kerb, stop: Kerb) -> Drive:
        pieces = stretches(self._network, way.edges, start, stop)
        line, runs = drawn(pieces)
        return Drive(
            length_m=length_m(line),
            duration_s=way.clock_s,
            geometry=line,
            instructions=instructions(pieces, (0.0, 0.0)),
            estimated_m=sum(piece.length_m for piece in pieces if piece.is_estimated),
            estimated=runs,
            kerbs=(start.at, stop.at),
        )


def _may_walk(far_m: float, ride_s: float | None) -> bool:
    """Whether a walk all the way may be what is wanted, by the straight distance."""
    return far_m <= (KERB_REACH_M if ride_s is None else ride_s * WALK_TOP_MPS)


def _cell(start: _Stop | None, stop: _Stop | None, way: Way | None) -> Cell:
    """Metres and seconds of a leg with a drive."""
    if start is None or stop is None or way is None:
        return None, None
    return (
        start.walk_to.length_m + way.length_m + stop.walk_from.length_m,
        start.walk_to.duration_s + way.clock_s + stop.walk_from.duration_s,
    )


def _better(a: LonLat, b: LonLat, ride: Cell, walk: Cell) -> Cell:
    """The leg between two places out of the one with a drive and the one on foot."""
    if a == b:
        return walk
    ride_s, walk_s = ride[1], walk[1]
    if walk_s is None or not _may_walk(distance_m(a, b), ride_s):
        return ride
    return walk if ride_s is None or walk_s <= ride_s else ride
