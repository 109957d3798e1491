"""A walk between two positions: metres, seconds, shape, directions and what is not known about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from planner.domain.geo import LonLat
from planner.domain.itinerary import Climb, Instruction
from planner.domain.travel_table import TravelTable
from planner.domain.visits import DEFAULT_PACE_KMH
from planner.streets.files import EdgeFlag, FreeState, Obstacle, WayKind
from planner.streets.query.climb import climb_of
from planner.streets.query.directions.tell import instructions
from planner.streets.query.hours import unread_words
from planner.streets.query.path_edges import PathEdge, path_edges, shares, steps_m
from planner.streets.query.profile import WalkProfile
from planner.streets.query.snap import Snap, snap, walk_usable
from planner.streets.query.walk.costs import search_graph
from planner.streets.query.walk.search import shortest_path, sums

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from numpy.typing import NDArray

    from planner.streets.query.network import Network
    from planner.streets.query.walk.costs import SearchGraph
    from planner.streets.query.walk.search import Path


REMEMBERED = 500
"""About ten megabytes of walks."""

KERBSIDE_M = 15.0
"""A straight bit no longer than this is the breadth of a street and a pavement."""


@dataclass(frozen=True)
class Walk:
    """A walk. The straight bits from and to the streets are part of length, time, cost and geometry.

    `duration_s` is what the clock shows, `cost_s` what was searched for: the clock
    and what people rather avoid. `off_m` are the straight bits at the start and at
    the end, `moved_m` how much nearer a way on an island of the network would have
    been to one of them, `is_island` whether an end hangs on one all the same. `estimated` are the
    unconfirmed runs as (first, last) index into the geometry. Confirmed,
    unknown and bad metres are told of step-free walks only; a straight bit that is
    longer than the breadth of a street is unknown too. `conditions` are the numbers of those that its ways
    and gates hang on, `unread` what of them could not be read. `hiking_m` are on hiking paths, `ferry_s` the
    seconds of ferries, the mean wait included. `climb` is what an elevation file tells,
    `hiking_scale` the hardest of its mountain paths, 2 for T2. `carriageway_m` are along roads of which
    the map says that they have no pavement.
    """

    length_m: float
    duration_s: float
    cost_s: float
    geometry: tuple[LonLat, ...]
    estimated_m: float
    estimated: tuple[tuple[int, int], ...]
    off_m: tuple[float, float]
    moved_m: float
    is_island: bool
    confirmed_m: float
    unknown_m: float
    bad_m: float
    incline_tagged_m: float
    instructions: tuple[Instruction, ...]
    conditions: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    hiking_m: float = 0.0
    ferry_s: float = 0.0
    climb: Climb | None = None
    hiking_scale: int = 0
    carriageway_m: float = 0.0


@dataclass(frozen=True)
class Blocked:
    """The first thing on a plain walk that a step-free one cannot pass, `along_m` metres from its start."""

    obstacle: Obstacle
    at: LonLat
    along_m: float


class _Hours(TypedDict):
    """The fields of a walk that tell of hours."""

    conditions: tuple[int, ...]
    unread: tuple[str, ...]


class Walker:
    """Answers walking questions over one network for one profile and pace."""

    def __init__(
        self,
        network: Network,
        *,
        step_free: bool = False,
        pace_kmh: float = DEFAULT_PACE_KMH,
        stops: Container[LonLat] = frozenset(),
    ) -> None:
        """`stops` are places on platforms or under the ground, which others are not looked for."""
        self._network = network
        self._stops = stops
        self._step_free = step_free
        self._pace_kmh = pace_kmh
        profile = WalkProfile.STEP_FREE if step_free else WalkProfile.WALK
        self._usable = walk_usable(network, profile)
        self._usable_by_stops = walk_usable(network, profile, anywhere=True)
        self._graph = search_graph(network, profile, pace_kmh)

    def walk(self, origin: LonLat, destination: LonLat) -> Walk | None:
        """Return the cheapest walk between two positions (lon, lat), None where there is none.

        The last few hundred are remembered: a day is planned again after every edit.
        """
        is_stop = origin in self._stops, destination in self._stops
        key = origin, destination, self._step_free, self._pace_kmh, is_stop
        return self._network.memory.get("walk", key, lambda: self._walk(origin, destination), keep=REMEMBERED)

    def _walk(self, origin: LonLat, destination: LonLat) -> Walk | None:
        source, target = self.snap(origin), self.snap(destination)
        if source is None or target is None:
            return None
        if origin == destination:
            return self._described(source, target, None)
        path = self._path(source, target)
        return None if path is None else self._described(source, target, path)

    def table(self, points: Sequence[LonLat]) -> TravelTable:
        """Return metres and seconds by the clock between all positions, straight bits included."""
        snaps = [self.snap(point) for point in points]
        known = [place for place in snaps if place is not None]
        if not known:
            nothing: list[list[float | None]] = [[None] * len(points) for _ in points]
            return TravelTable(nothing, nothing)
        places: dict[tuple[int, float], int] = {}
        row = [places.setdefault((place.edge, place.along_m), len(places)) for place in known]
        apart = [known[row.index(number)] for number in range(len(places))]
        ways = sums(self._network, self._graph, apart)
        off = np.array([place.off_m for place in known])
        straight = off[:, None] + off[None, :]
        same = np.array([[a.asked == b.asked for b in known] for a in known])
        metres = np.where(same, 0.0, ways.length_m[np.ix_(row, row)] + straight)
        seconds = np.where(same, 0.0, ways.clock_s[np.ix_(row, row)] + straight / self._graph.pace)
        return TravelTable(_spread(snaps, metres), _spread(snaps, seconds))

    def obstacle(self, origin: LonLat, destination: LonLat) -> Blocked | None:
        """Return the first edge on the plain walk that is closed to step-free walks, None if none is."""
        plain = Walker(self._network, pace_kmh=self._pace_kmh)
        source, target = plain.snap(origin), plain.snap(destination)
        path = plain._path(source, target)
        if source is None or target is None or path is None:
            return None
        used = shares(path.directed, source, target) > 0
        closed = np.flatnonzero(used & ~np.isfinite(self._network.free_m[path.directed]))
        if len(closed) == 0:
            return None
        pieces = path_edges(self._network, path.directed, source, target)
        first = int(closed[0])
        along = source.off_m + sum(piece.length_m for piece in pieces[:first])
        edge = pieces[first].edge
        return Blocked(Obstacle(int(self._network.obstacle[edge])), pieces[first].shape[0], along)

    def off_m(self, point: LonLat) -> float | None:
        """Metres from a position to the nearest way."""
        place = self.snap(point)
        return None if place is None else place.off_m

    def snap(self, point: LonLat) -> Snap | None:
        """Return where a position meets the ways of this walker, None where there are none."""
        return snap(self._network, point, self._usable_by_stops if point in self._stops else self._usable)

    @property
    def kind(self) -> tuple[bool, float]:
        """Who walks: without steps or not, and at what pace in km/h."""
        return self._step_free, self._pace_kmh

    @property
    def graph(self) -> SearchGraph:
        """What is searched."""
        return self._graph

    def along(self, source: Snap, target: Snap, path: Path) -> Walk:
        """Return the walk along a path between two places."""
        return self._described(source, target, path)

    def _path(self, source: Snap | None, target: Snap | None) -> Path | None:
        if source is None or target is None:
            return None
        return shortest_path(self._network, self._graph, source, target)

    def _described(self, source: Snap, target: Snap, path: Path | None) -> Walk:
        """Describe a path; None is that from a position to itself, of no length."""
        ends = (source.asked, target.asked)
        off = (source.off_m, target.off_m) if path else (0.0, 0.0)
        directed = path.directed if path else np.empty(0, np.int64)
        pieces = path_edges(self._network, directed, source, target) if path else []
        line, estimated = _line(ends, source, target, pieces) if path else (list(ends), ())
        used = np.array([piece.length_m for piece in pieces])
        part = shares(directed, source, target)
        straight_s = sum(off) / self._graph.pace
        flags = self._network.flags[directed // 2]
        free = self._free_m(directed, used, off)
        return Walk(
            length_m=float(steps_m(np.array(line)).sum()),
            duration_s=float(self._graph.clock[directed] @ part) + straight_s,
            cost_s=(path.cost_s if path else 0.0) + straight_s,
            geometry=tuple(line),
            estimated_m=float(used[(flags & EdgeFlag.ESTIMATED) != 0].sum()),
            estimated=estimated,
            off_m=(source.off_m, target.off_m),
            moved_m=max(source.moved_m, target.moved_m),
            is_island=source.is_island or target.is_island,
            confirmed_m=free[FreeState.CONFIRMED],
            unknown_m=free[FreeState.UNKNOWN],
            bad_m=free[FreeState.BAD],
            incline_tagged_m=float(used[(flags & EdgeFlag.INCLINE_TAGGED) != 0].sum()),
            instructions=instructions(self._network, pieces, off, ends),
            hiking_m=float(used[(flags & EdgeFlag.HIKING) != 0].sum()),
            ferry_s=self._ferry_s(directed),
            climb=climb_of(self._network, directed, part),
            carriageway_m=float(used[(flags & EdgeFlag.NO_PAVEMENT) != 0].sum()),
            hiking_scale=int(self._network.hike_scale[directed[part > 0] >> 1].max(initial=0)),
            **self._hours(directed[part > 0]),
        )

    def _ferry_s(self, directed: NDArray[np.int64]) -> float:
        ferries = directed[self._network.kind[directed >> 1] == WayKind.FERRY]
        return float(self._network.clock_s[ferries].sum())

    def _hours(self, directed: NDArray[np.int64]) -> _Hours:
        """What the ways of a path hang on."""
        numbers = np.unique(self._network.hours_walk[directed >> 1])
        conditions = tuple(numbers[numbers > 0].tolist())
        return {"conditions": conditions, "unread": unread_words(self._network, conditions)}

    def _free_m(
        self, directed: NDArray[np.int64], used: NDArray[np.float64], off: tuple[float, float]
    ) -> dict[FreeState, float]:
        """Metres by what is known of them to a step-free group."""
        if not self._step_free:
            return dict.fromkeys(FreeState, 0.0)
        states = self._network.free_state[directed // 2]
        metres = {state: float(used[states == state].sum()) for state in FreeState}
        metres[FreeState.UNKNOWN] += sum(straight for straight in off if straight > KERBSIDE_M)
        return metres


def _spread(snaps: Sequence[Snap | None], values: NDArray[np.float64]) -> list[list[float | None]]:
    """Return a table of known places as one of all, None for no way and for places that met none."""
    rows = [[value if value != np.inf else None for value in row] for row in values.tolist()]
    if len(rows) == len(snaps):
        return rows
    known = [number for number, place in enumerate(snaps) if place is not None]
    table: list[list[float | None]] = [[None] * len(snaps) for _ in snaps]
    for number, row in zip(known, rows, strict=True):
        for column, value in zip(known, row, strict=True):
            table[number][column] = value
    return table


def _line(
    ends: tuple[LonLat, LonLat], source: Snap, target: Snap, pieces: Sequence[PathEdge]
) -> tuple[list[LonLat], tuple[tuple[int, int], ...]]:
    """Return the whole line without repeats, and the runs of it that are estimated."""
    line = [ends[0]]
    runs: list[tuple[int, int]] = []
    _extend(line, [source.at])
    for piece in pieces:
        first = len(line) - 1
        _extend(line, piece.shape)
        last = len(line) - 1
        if EdgeFlag.ESTIMATED in piece.flags and last > first:
            meets = bool(runs) and runs[-1][1] == first
            runs[-1 if meets else len(runs) :] = [(runs[-1][0] if meets else first, last)]
    _extend(line, [target.at, ends[1]])
    return line, tuple(runs)


def _extend(line: list[LonLat], more: Sequence[LonLat]) -> None:
    """Add positions to a line, leaving out repeats."""
    here = line[-1]
    for at in more:
        if at != here:
            line.append(at)
            here = at
