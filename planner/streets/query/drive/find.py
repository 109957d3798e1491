"""A leg by coach: a walk to the kerb, the drive, a walk from the kerb.

Coaches stop where they may and where they can come and go, not at the door: at
the kerb that is nearest on foot, or one as good as it, or at the drop-off point
that a site names. Each leg takes the kerb and the side that suit it: while the group looks at a
site the driver has the time to come round to the other one. Nothing here
depends on the hour, so who leaves later never arrives earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.coach import COACH_LIMITS, CoachProfile
from planner.domain.geo import LonLat, distance_m, length_m
from planner.domain.itinerary import Instruction
from planner.domain.travel_table import TravelTable
from planner.streets.files import SCALE, EdgeFlag
from planner.streets.query.directions.tell import drive_instructions
from planner.streets.query.drive.boarding import boarding_s
from planner.streets.query.drive.graph import DriveGraph, drive_graph
from planner.streets.query.drive.kerbs import Kerb, kerbs_near
from planner.streets.query.drive.line import drawn, driven_edges
from planner.streets.query.drive.search import KerbOption, Way, drives
from planner.streets.query.hours import unread_words
from planner.streets.query.walk.find import Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.streets.query.network import Network
    from planner.streets.query.walk.find import Walker

KERB_REACH_M = 400.0
"""A group walks no farther than this between a coach and a site, five or six minutes."""

FAR_KERB_M = 2_000.0
"""Where a coach cannot stop nearer on a street that leads on, the walk may be this long, and is told."""

KERB_TRIES = (6, 24)
"""So many kerbs are tried on foot, the nearest in a straight line first; more where none of them will do."""

KERB_CHOICES = 4
KERB_EXTRA_M = 30.0
"""Kerbs are as good as the nearest when the walk is this much longer at most: round the corner, over the
street. Out of so many of them a leg takes the one that makes it quickest.
"""

WALK_WEIGHT = 2.0
"""A minute on foot counts for two in the coach when a kerb is chosen."""

SAVES_S = 1.0
"""A coach is taken where it saves a second at least, so that it does in whole seconds too."""

WALK_TOP_MPS = 2.0
"""No group walks faster: where a straight line at this pace is slower than the coach, no walk is tried."""

SMALLEST = CoachProfile(**{name: low for name, (low, _) in COACH_LIMITS.items()})
"""A vehicle that every posted limit lets pass: what it can reach and a coach cannot, limits keep from it."""


Cell = tuple[float | None, float | None]
"""Metres and seconds; None where there is no way."""

_Asked = tuple[tuple[LonLat, ...], tuple[LonLat | None, ...]]
"""Places, and their own drop-off points."""


class NotReachable(Enum):
    """Why there is no leg by coach: no street near, none that it can come to and leave, none for its size."""

    NO_KERB_NEAR = "no_kerb_near"
    NO_WAY = "no_way"
    LIMITS = "limits"


@dataclass(frozen=True)
class Drive:
    """What a coach drives, from kerb to kerb. `estimated` are the unconfirmed runs of the geometry.

    `turns` are where it turns round though no place to turn is marked, on the way or before it can leave
    again; `unread` is what could not be read of
    when its streets are open.
    """

    length_m: float
    duration_s: float
    geometry: tuple[LonLat, ...]
    instructions: tuple[Instruction, ...]
    estimated_m: float
    estimated: tuple[tuple[int, int], ...]
    kerbs: tuple[LonLat, LonLat]
    turns: tuple[LonLat, ...] = ()
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


@dataclass(frozen=True)
class _Stop:
    """Where the coach may stop for a place; metres and seconds on foot to each kerb and from it."""

    kerbs: tuple[Kerb, ...]
    there: tuple[tuple[float, float], ...]
    back: tuple[tuple[float, float], ...]

    def choices(self, *, is_start: bool) -> list[KerbOption]:
        """The kerbs as the search wants them, for a coach that comes to fetch or that brings."""
        walks = self.there if is_start else self.back
        return [
            KerbOption(kerb, WALK_WEIGHT * seconds)
            for kerb, (_, seconds) in zip(self.kerbs, walks, strict=True)
        ]


class Driver:
    """Answers questions about a coach of one size; it remembers the kerbs of the places it was asked for.

    How long it takes to get in and out hangs on the `people`; nothing else does.
    """

    def __init__(self, network: Network, profile: CoachProfile, walker: Walker) -> None:
        self._network = network
        self._profile = profile
        self._walker = walker
        self._graph: DriveGraph = drive_graph(network, profile)
        self._stops: dict[tuple[LonLat, LonLat | None], _Stop | None] = {}
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
        stops = [self._stop(point, kerb) for point, kerb in zip(points, kerbs, strict=True)]
        return [
            [_cell(start, stop, way) for stop, way in zip(stops, self._ways(start, stops), strict=True)]
            for start in stops
        ]

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
        lacking = [
            drop_off or place
            for place, drop_off in ((a, from_kerb), (b, to_kerb))
            if self._stop(place, drop_off) is None
        ]
        is_near = all(kerbs_near(self._network, self._graph.part >= 0, at, KERB_REACH_M) for at in lacking)
        return NotReachable.NO_WAY if is_near else NotReachable.NO_KERB_NEAR

    def _stop(self, place: LonLat, drop_off: LonLat | None) -> _Stop | None:
        key = (place, drop_off)
        if key not in self._stops:
            self._stops[key] = self._nearest(place, drop_off)
        return self._stops[key]

    def _nearest(self, place: LonLat, drop_off: LonLat | None) -> _Stop | None:
        """The kerbs that are nearest on foot; at a drop-off point the street that is nearest to it."""
        if drop_off is not None:
            open_ = self._graph.drop_off, self._graph.part >= 0
            near = next((kerbs for some in open_ if (kerbs := self._near(some, drop_off))), [])
            return self._on_foot(place, near[:1], np.inf)
        near = self._near(self._graph.kerb, place)
        here = self._nearest_of(place, self._main(near), KERB_REACH_M)
        if here is not None:
            return here
        far = self._main(kerbs_near(self._network, self._graph.kerb, place, FAR_KERB_M))
        apart = self._nearest_of(place, self._of_one_part(near), KERB_REACH_M)
        return _both(self._nearest_of(place, far, FAR_KERB_M), apart)

    def _near(self, usable: NDArray[np.bool_], at: LonLat) -> list[Kerb]:
        return kerbs_near(self._network, usable, at, KERB_REACH_M)

    def _main(self, kerbs: Sequence[Kerb]) -> list[Kerb]:
        """Those of the main part of the streets among them."""
        return [
            kerb for kerb in self._easy(kerbs) if any(self._graph.part[edge] == 0 for edge in kerb.directed)
        ]

    def _easy(self, kerbs: Sequence[Kerb]) -> list[Kerb]:
        """Those that a coach comes to and leaves without a turn where there is no place for it."""
        return [kerb for kerb in kerbs if any(self._graph.easy[edge] for edge in kerb.directed)]

    def _of_one_part(self, kerbs: Sequence[Kerb]) -> list[Kerb]:
        """Those of the part of the streets that the nearest one is in."""
        parts = [min(int(self._graph.part[edge]) for edge in kerb.directed) for kerb in kerbs]
        return [kerb for kerb, part in zip(kerbs, parts, strict=True) if part == parts[0]]

    def _nearest_of(self, place: LonLat, kerbs: Sequence[Kerb], reach_m: float) -> _Stop | None:
        stops = (self._on_foot(place, kerbs[:tries], reach_m) for tries in KERB_TRIES)
        return next((stop for stop in stops if stop is not None), None)

    def _on_foot(self, place: LonLat, kerbs: Sequence[Kerb], reach_m: float) -> _Stop | None:
        """The best of some kerbs by the walk from a place, None where none can be walked to."""
        table = self._walker.table([place, *(kerb.at for kerb in kerbs)])
        metres, seconds = table.distances_m, table.durations_s
        walks = [
            (kerb, (there_m, there_s), (back_m, back_s))
            for number, kerb in enumerate(kerbs, 1)
            if (there_m := metres[0][number]) is not None
            and (there_s := seconds[0][number]) is not None
            and (back_m := metres[number][0]) is not None
            and (back_s := seconds[number][0]) is not None
        ]
        walks.sort(key=lambda walk: walk[1][0])
        least = min(walks[0][1][0] + KERB_EXTRA_M, reach_m) if walks else 0.0
        best = [walk for walk in walks[:KERB_CHOICES] if walk[1][0] <= least]
        if not best:
            return None
        there, back = tuple(walk[1] for walk in best), tuple(walk[2] for walk in best)
        return _Stop(tuple(walk[0] for walk in best), there, back)

    def _ways(self, start: _Stop | None, stops: Sequence[_Stop | None]) -> list[Way | None]:
        """The drives from a stop to others."""
        sources = [] if start is None else start.choices(is_start=True)
        targets = [[] if stop is None else stop.choices(is_start=False) for stop in stops]
        return drives(self._network, self._graph, sources, targets)

    def _ride(
        self, ends: tuple[LonLat, LonLat], kerbs: tuple[LonLat | None, LonLat | None], boarding: int
    ) -> CoachRide | None:
        (a, b), (start, stop) = ends, map(self._stop, ends, kerbs)
        way = self._ways(start, [stop])[0]
        if start is None or stop is None or way is None:
            return None
        drive = self._drive(way, start.kerbs[way.source], stop.kerbs[way.target], (a, b))
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
            length_m=length_m(line),
            duration_s=way.clock_s,
            geometry=line,
            instructions=drive_instructions(self._network, pieces, ends),
            estimated_m=sum(piece.length_m for piece in pieces if EdgeFlag.ESTIMATED in piece.flags),
            estimated=runs,
            kerbs=(start.at, stop.at),
            turns=(*self._turns(way.edges), *([] if self._easy([stop]) else [stop.at])),
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


def _both(main: _Stop | None, apart: _Stop | None) -> _Stop | None:
    """The kerbs of two stops of one place."""
    if main is None or apart is None:
        return main or apart
    return _Stop(main.kerbs + apart.kerbs, main.there + apart.there, main.back + apart.back)


def _may_walk(far_m: float, ride_s: float | None) -> bool:
    """Whether a walk all the way may be what is wanted, by the straight distance."""
    return far_m <= (KERB_REACH_M if ride_s is None else ride_s * WALK_TOP_MPS)


def _cell(start: _Stop | None, stop: _Stop | None, way: Way | None) -> Cell:
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
