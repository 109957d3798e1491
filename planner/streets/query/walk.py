"""A walk between two positions: metres, shape, directions and what is unconfirmed about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.geo import LonLat, length_m
from planner.domain.itinerary import Instruction
from planner.domain.walking import DEFAULT_PACE_KMH
from planner.streets.files import EdgeFlag
from planner.streets.query.directions import Stretch, instructions
from planner.streets.query.search import distances, shortest_path
from planner.streets.query.snap import Snap, snap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from planner.streets.query.network import Network, SearchGraph
    from planner.streets.query.search import Path


@dataclass(frozen=True)
class Walk:
    """A walk. The straight bits from and to the streets are part of length and geometry.

    `off_m` are those bits at the start and at the end; `estimated` are the
    unconfirmed stretches as (first, last) index into the geometry.
    """

    length_m: float
    geometry: tuple[LonLat, ...]
    estimated_m: float
    estimated: tuple[tuple[int, int], ...]
    off_m: tuple[float, float]
    instructions: tuple[Instruction, ...]
    duration_s: float = 0.0
    unknown_m: float = 0.0


class Walker:
    """Answers walking questions over one network."""

    def __init__(
        self, network: Network, *, step_free: bool = False, pace_kmh: float = DEFAULT_PACE_KMH
    ) -> None:
        self._network = network
        self._step_free = step_free
        self._pace = pace_kmh / 3.6
        self._graph: SearchGraph = network.step_free_graph if step_free else network.walk_graph

    def walk(self, origin: LonLat, destination: LonLat) -> Walk | None:
        """Return the shortest walk between two positions (lon, lat), None where there is none."""
        source, target = self._snap(origin), self._snap(destination)
        if source is None or target is None:
            return None
        if origin == destination:
            off = (source.off_m, target.off_m)
            return Walk(0.0, (origin, destination), 0.0, (), off, instructions((), (0.0, 0.0)))
        path = shortest_path(self._network, self._graph, source, target)
        return None if path is None else self._walk(source, target, path)

    def table(self, points: Sequence[LonLat]) -> list[list[float | None]]:
        """Return metres between all positions, straight bits included; None where there is no way."""
        snaps = [self._snap(point) for point in points]
        known = [found for found in snaps if found is not None]
        if not known:
            return [[None] * len(points) for _ in points]
        metres = distances(self._network, self._graph, known, known)
        place = {id(found): number for number, found in enumerate(known)}
        return [[self._cell(a, b, metres, place) for b in snaps] for a in snaps]

    def off_m(self, point: LonLat) -> float | None:
        """Metres from a position to the nearest way."""
        found = self._snap(point)
        return None if found is None else found.off_m

    def _snap(self, point: LonLat) -> Snap | None:
        return snap(self._network, point, step_free=self._step_free)

    @staticmethod
    def _cell(
        a: Snap | None, b: Snap | None, metres: NDArray[np.float64], place: dict[int, int]
    ) -> float | None:
        if a is None or b is None:
            return None
        if a.asked == b.asked:
            return 0.0
        cost = float(metres[place[id(a)], place[id(b)]])
        return cost + a.off_m + b.off_m if cost != float("inf") else None

    def _walk(self, source: Snap, target: Snap, path: Path) -> Walk:
        stretches = list(self._stretches(source, target, path))
        line = [source.asked]
        estimated: list[tuple[int, int]] = []
        for stretch in stretches:
            first = _extend(line, stretch.shape[:1])
            last = _extend(line, stretch.shape)
            if stretch.is_estimated and last > first:
                estimated = _with_run(estimated, first, last)
        _extend(line, [target.at, target.asked])
        off = (source.off_m, target.off_m)
        return Walk(
            length_m=length_m(line),
            geometry=tuple(line),
            estimated_m=sum(stretch.length_m for stretch in stretches if stretch.is_estimated),
            estimated=tuple(estimated),
            off_m=off,
            instructions=instructions(stretches, off),
            duration_s=length_m(line) / self._pace,
            unknown_m=length_m(line) if self._step_free else 0.0,
        )

    def _stretches(self, source: Snap, target: Snap, path: Path) -> Iterator[Stretch]:
        last = len(path.steps) - 1
        for number, step in enumerate(path.steps):
            piece = _cut(
                self._network.shape(step.edge),
                source if number == 0 else None,
                target if number == last else None,
                is_forward=step.is_forward,
            )
            yield self._stretch(step.edge, piece)

    def _stretch(self, edge: int, shape: list[LonLat]) -> Stretch:
        network = self._network
        return Stretch(
            name=network.edge_name(edge),
            kind=network.edge_kind(edge),
            is_tunnel=network.has(edge, EdgeFlag.TUNNEL),
            is_bridge=network.has(edge, EdgeFlag.BRIDGE),
            is_estimated=network.has(edge, EdgeFlag.ESTIMATED),
            shape=shape,
            length_m=length_m(shape),
        )


def _cut(shape: list[LonLat], source: Snap | None, target: Snap | None, *, is_forward: bool) -> list[LonLat]:
    """The walked piece of an edge's shape; None stands for the edge's own end."""
    first, last = (source, target) if is_forward else (target, source)
    piece = shape[first.vertex if first else 0 : last.vertex if last else len(shape)]
    piece = [*([first.at] if first else []), *piece, *([last.at] if last else [])]
    return piece if is_forward else piece[::-1]


def _extend(line: list[LonLat], more: Sequence[LonLat]) -> int:
    """Add positions to a line, leaving out repeats; the index of the line's end."""
    for at in more:
        if at != line[-1]:
            line.append(at)
    return len(line) - 1


def _with_run(runs: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """Add a run of indexes, joined to the one before where they meet."""
    if runs and runs[-1][1] == first:
        return [*runs[:-1], (runs[-1][0], last)]
    return [*runs, (first, last)]
