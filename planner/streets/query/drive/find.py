"""A leg by coach: a walk to the kerb, the drive, a walk from the kerb.

Coaches stop where they may and where they can come and go, not at the door: at
the kerb that is nearest on foot, or one as good as it, or at the drop-off point
that a site names. Each leg takes the kerb and the side that suit it: while the group looks at a
site the driver has the time to come round to the other one. Nothing here
depends on the hour, so who leaves later never arrives earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import LonLat, distance_m
from planner.domain.itinerary import Instruction
from planner.domain.travel_table import TravelTable
from planner.streets.files import SCALE, EdgeFlag
from planner.streets.query.directions.tell import drive_instructions
from planner.streets.query.drive.boarding import boarding_s
from planner.streets.query.drive.graph import DriveGraph, drive_graph
from planner.streets.query.drive.kerbs import Kerb, kerbs_near
from planner.streets.query.drive.line import drawn, driven_edges
from planner.streets.query.drive.refusals import (
    SMALLEST,
    NotReachable,
    Obstruction,
    Offer,
    Tried,
    against_rules,
    eased,
    offered,
    over_limits,
)
from planner.streets.query.drive.search import Way, drives
from planner.streets.query.drive.stops import KERB_REACH_M, Stop, Stops, is_easy
from planner.streets.query.hours import unread_words
from planner.streets.query.walk.find import Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.coach import CoachProfile
    from planner.streets.query.network import Network
    from planner.streets.query.walk.find import Walker

SAVES_S = 1.0
"""A coach is taken where it saves a second at least, so that it does in whole seconds too."""

WALK_TOP_MPS = 2.0
"""No group walks faster: where a straight line at this pace is slower than the coach, no walk is tried."""


Cell = tuple[float | None, float | None]
"""Metres and seconds; None where there is no way."""

_Asked = tuple[tuple[LonLat, ...], tuple[LonLat | None, ...]]
"""Places, and their own drop-off points."""


@dataclass(frozen=True)
class Refusal:
    """Why there is no leg by coach, whether the start is to blame, and what is offered in its place."""

    why: Obstruction
    is_start: bool = False
    offer: Offer | None = None


@dataclass(frozen=True)
class Drive:
    """What a coach drives, from kerb to kerb. `estimated` are the unconfirmed runs of the geometry.

    `turns` are where it turns round though no place to turn is marked, on the way or before it can leave
    again; `is_unmarked` says that it stops on an open road, where no kerb is near; `unread` is what could
    not be read of when its streets are open.
    """

    length_m: float
    duration_s: float
    geometry: tuple[LonLat, ...]
    instructions: tuple[Instruction, ...]
    estimated_m: float
    estimated: tuple[tuple[int, int], ...]
    kerbs: tuple[LonLat, LonLat]
    turns: tuple[LonLat, ...] = ()
    is_unmarked: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoachRide:
    """A leg by coach; without a drive it is a walk all the way, `walk_to`, no slower than the coach.

    `boarding_s` is the part of the duration in which the group gets in and out.
    """

    walk_to: Walk
    drive: Drive | None
    walk_from: Walk | None
    duration_s: float
    boarding_s: int = 0


class Driver:
    """Answers questions about a coach of one size; it remembers the kerbs of the places it was asked for.

    How long it takes to get in and out hangs on the `people`; nothing else does.
    """

    def __init__(self, network: Network, profile: CoachProfile, walker: Walker) -> None:
        self._network = network
        self._profile = profile
        self._walker = walker
        self._graph: DriveGraph = drive_graph(network, profile)
        self._stops = Stops(network, self._graph, profile, walker)
        self._tables: dict[_Asked, tuple[list[list[Cell]], TravelTable]] = {}

    def leg(
        self,
        a: LonLat,
        b: LonLat,
        from_kerb: LonLat | None = None,
        to_kerb: LonLat | None = None,
        *,
        people: int = 1,
    ) -> CoachRide | None:
        """Return the leg between two places, None where there is none.

        Parameters
        ----------
        from_kerb, to_kerb
            A drop-off point of the place: the coach stops on the nearest street there.
        """
        ride = None if a == b else self._ride((a, b), (from_kerb, to_kerb), boarding_s(people))
        if not _may_walk(distance_m(a, b), None if ride is None else ride.duration_s):
            return ride
        walk = self._walker.walk(a, b)
        if walk is None or (ride is not None and ride.duration_s + SAVES_S <= walk.duration_s):
            return ride
        return CoachRide(walk, None, None, walk.duration_s)

    def table(
        self, points: Sequence[LonLat], kerbs: Sequence[LonLat | None] | None = None, *, people: int = 1
    ) -> TravelTable:
        """Return metres and seconds of the legs between all places, walks included; None where there is none.

        Parameters
        ----------
        kerbs
            The places' own drop-off points, None where a place has none.
        """
        key = tuple(points), tuple(kerbs or [None] * len(points))
        if key not in self._tables:
            self._tables[key] = self._drives(*key), self._walker.table(points)
        rides, walks = self._tables[key]
        boarding = boarding_s(people)
        rows: list[list[Cell]] = []
        for a, row, walk_m, walk_s in zip(points, rides, walks.distances_m, walks.durations_s, strict=True):
            afoot = zip(walk_m, walk_s, strict=True)
            rows.append(
                [
                    _better(a, b, _boarded(ride, boarding), walk)
                    for b, ride, walk in zip(points, row, afoot, strict=True)
                ]
            )
        return TravelTable(*([[cell[part] for cell in row] for row in rows] for part in (0, 1)))

    def _drives(self, points: Sequence[LonLat], kerbs: Sequence[LonLat | None]) -> list[list[Cell]]:
        """Metres and seconds of the legs with a drive, nobody getting in or out."""
        stops = [self._stops.at(point, kerb) for point, kerb in zip(points, kerbs, strict=True)]
        return [
            [_cell(start, stop, way) for stop, way in zip(stops, self._ways(start, stops), strict=True)]
            for start in stops
        ]

    def why_not(
        self, a: LonLat, b: LonLat, from_kerb: LonLat | None = None, to_kerb: LonLat | None = None
    ) -> Refusal | None:
        """Return why there is no leg between two places, None where there is one."""
        if self.leg(a, b, from_kerb, to_kerb) is not None:
            return None
        places, kerbs = (a, b), (from_kerb, to_kerb)
        stops = [self._stops.at(*asked) for asked in zip(places, kerbs, strict=True)]
        is_start = self._is_worse(stops[0], stops[1])
        place = (kerbs[0] or a) if is_start else (kerbs[1] or b)
        why = self._obstruction(places, kerbs, is_start=is_start)
        return Refusal(why, is_start, offered(self._network, self._graph.main, self._walker, place))

    def _is_worse(self, start: Stop | None, stop: Stop | None) -> bool:
        """Whether the coach's trouble is with the start and not with the goal."""
        if stop is None or not self._leads_on(stop):
            return False
        return start is None or not self._leads_on(start)

    def _leads_on(self, stop: Stop) -> bool:
        return any(self._graph.part[edge] == 0 for kerb in stop.kerbs for edge in kerb.directed)

    def _obstruction(
        self,
        ends: tuple[LonLat, LonLat],
        kerbs: tuple[LonLat | None, LonLat | None],
        *,
        is_start: bool,
    ) -> Obstruction:
        """What stops this coach: its size, else the rules of the road, else streets that are not joined."""
        network = self._network
        if self._profile != SMALLEST:
            tried = Driver(network, SMALLEST, self._walker).tried(ends, kerbs, from_start=is_start)
            if tried is not None:
                return over_limits(network, self._profile, tried)
        lacking = [
            kerb or place
            for place, kerb in zip(ends, kerbs, strict=True)
            if self._stops.at(place, kerb) is None
        ]
        if not all(kerbs_near(network, self._graph.part >= 0, at, KERB_REACH_M, 1) for at in lacking):
            return Obstruction(NotReachable.NO_KERB_NEAR)
        tried = Driver(eased(network), self._profile, self._walker).tried(ends, kerbs, from_start=is_start)
        if tried is None:
            return Obstruction(NotReachable.NO_WAY)
        return against_rules(network, self._graph, tried)

    def tried(
        self,
        ends: tuple[LonLat, LonLat],
        kerbs: tuple[LonLat | None, LonLat | None],
        *,
        from_start: bool,
    ) -> Tried | None:
        """Return the drive between two places to find out why another coach has none; None without any."""
        start, stop = map(self._stops.at, ends, kerbs)
        way = self._ways(start, [stop])[0]
        if start is None or stop is None or way is None:
            return None
        kerb = start.kerbs[way.source] if from_start else stop.kerbs[way.target]
        share = kerb.share(way.edges[0 if from_start else -1])
        return Tried(way, from_start, kerb.length_m * (share if from_start else 1 - share))

    def _ways(self, start: Stop | None, stops: Sequence[Stop | None]) -> list[Way | None]:
        """The drives from a stop to others."""
        sources = [] if start is None else start.choices(is_start=True)
        targets = [[] if stop is None else stop.choices(is_start=False) for stop in stops]
        return drives(self._network, self._graph, sources, targets)

    def _ride(
        self, ends: tuple[LonLat, LonLat], kerbs: tuple[LonLat | None, LonLat | None], boarding: int
    ) -> CoachRide | None:
        (a, b), (start, stop) = ends, map(self._stops.at, ends, kerbs)
        way = self._ways(start, [stop])[0]
        if start is None or stop is None or way is None:
            return None
        drive = self._drive(way, start.kerbs[way.source], stop.kerbs[way.target], (a, b))
        is_unmarked = start.kerbs[way.source].edge in start.unmarked
        is_unmarked |= stop.kerbs[way.target].edge in stop.unmarked
        drive = replace(drive, is_unmarked=is_unmarked)
        walk_to = self._walker.walk(a, drive.kerbs[0])
        walk_from = self._walker.walk(drive.kerbs[1], b)
        if walk_to is None or walk_from is None:
            return None
        seconds = walk_to.duration_s + drive.duration_s + walk_from.duration_s + boarding
        return CoachRide(walk_to, drive, walk_from, seconds, boarding)

    def _drive(self, way: Way, start: Kerb, stop: Kerb, ends: tuple[LonLat, LonLat]) -> Drive:
        pieces = driven_edges(self._network, way.edges, start, stop)
        line, runs = drawn(pieces)
        return Drive(
            length_m=sum(piece.length_m for piece in pieces),
            duration_s=way.clock_s,
            geometry=line,
            instructions=drive_instructions(self._network, pieces, ends),
            estimated_m=sum(piece.length_m for piece in pieces if EdgeFlag.ESTIMATED in piece.flags),
            estimated=runs,
            kerbs=(start.at, stop.at),
            turns=(*self._turns(way.edges), *([] if is_easy(self._graph, stop) else [stop.at])),
            unread=self._unread(way.edges),
        )

    def _turns(self, edges: tuple[int, ...]) -> tuple[LonLat, ...]:
        """Where a drive goes back along an edge and no place to turn is marked."""
        network = self._network
        heads = [
            int((network.u if edge & 1 else network.v)[edge // 2])
            for edge, following in pairwise(edges)
            if edge ^ 1 == following
        ]
        at = [network.nodes[head].tolist() for head in heads if not network.coach_turn[head]]
        return tuple((lon / SCALE, lat / SCALE) for lon, lat in at)

    def _unread(self, edges: tuple[int, ...]) -> tuple[str, ...]:
        numbers = np.unique(self._network.hours_coach[np.array(edges, np.int64) >> 1]).tolist()
        return unread_words(self._network, [number for number in numbers if number])


def _may_walk(far_m: float, ride_s: float | None) -> bool:
    """Whether a walk all the way may be what is wanted, by the straight distance."""
    return far_m <= (KERB_REACH_M if ride_s is None else ride_s * WALK_TOP_MPS)


def _cell(start: Stop | None, stop: Stop | None, way: Way | None) -> Cell:
    """Metres and seconds of a leg with a drive, without getting in and out."""
    if start is None or stop is None or way is None:
        return None, None
    (to_m, to_s), (from_m, from_s) = start.there[way.source], stop.back[way.target]
    return to_m + way.length_m + from_m, to_s + way.clock_s + from_s


def _boarded(ride: Cell, boarding: int) -> Cell:
    """A leg with a drive, with the time to get in and out."""
    metres, seconds = ride
    return metres, None if seconds is None else seconds + boarding


def _better(a: LonLat, b: LonLat, ride: Cell, walk: Cell) -> Cell:
    """The leg between two places out of the one with a drive and the one on foot."""
    if a == b:
        return walk
    ride_s, walk_s = ride[1], walk[1]
    if walk_s is None or not _may_walk(distance_m(a, b), ride_s):
        return ride
    return walk if ride_s is None or walk_s < ride_s + SAVES_S else ride
