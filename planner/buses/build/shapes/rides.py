"""The shortest way between two stops on the ways that vehicles go."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.buses.build.shapes.fit import course_of
from planner.buses.build.shapes.ways import flat
from planner.domain.geo import plane_distance_m

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from planner.buses.build.shapes.ways import Line, WayGraph
    from planner.domain.geo import LonLat

Pair = tuple[int, int]

BATCH = 64
"""So many stops are searched from at a time: bounds the memory."""

LONGEST_DETOUR, LONGEST_EXTRA_M = 3.0, 1500.0
"""A way this many times longer than the straight line, and by so many metres, is not the vehicle's."""


LEAST = 1e-6
"""What a step costs at least: the search takes a cost of 0 for no way."""


class Footing(NamedTuple):
    """A stop put onto an edge: the share of it behind, and the metres off."""

    edge: int
    share: float
    off_m: float


Step = tuple[int, float, float]
"""Along which edge, from which share of it to which."""


class RideRouter:
    """Finds the ways between stops."""

    def __init__(self, ways: WayGraph) -> None:
        self._ways = ways
        self._lat = float(ways.vertices[0, 1]) if len(ways.vertices) else 0.0
        owners = np.repeat(np.arange(len(ways.u)), np.diff(ways.offsets))
        plane = flat(ways.vertices, self._lat)
        self._lines = np.atleast_1d(np.asarray(shapely.linestrings(plane, indices=owners), object))
        self._tree = shapely.STRtree(self._lines)
        self._tails, self._heads, self._costs, self._along = _cheapest(ways)
        self._keys = self._tails * ways.nodes + self._heads

    def between(self, stops: Sequence[LonLat], pairs: Collection[Pair]) -> dict[Pair, Line]:
        """The way for each pair of stops (by number) that has one, from the one to the other."""
        if not len(self._lines):
            return {}
        wanted = sorted({number for pair in pairs for number in pair})
        footings = {number: self._footings(stops[number]) for number in wanted}
        leave = {number: self._ways.nodes + 2 * place for place, number in enumerate(wanted)}
        steps = self._steps(footings, leave, pairs)
        graph = self._graph(steps, self._ways.nodes + 2 * len(wanted))
        targets: dict[int, list[int]] = defaultdict(list)
        for a, b in pairs:
            targets[a].append(b)
        along = {pair: step for pair, (_, step) in steps.items()}
        ways: dict[Pair, Line] = {}
        sources = sorted(targets)
        for batch in (sources[start : start + BATCH] for start in range(0, len(sources), BATCH)):
            longest = max(_longest(stops[a], stops[b]) for a in batch for b in targets[a])
            limit = longest / self._ways.pace + 2 * self._ways.reach.off_m
            rows = [leave[number] for number in batch]
            _, before = dijkstra(graph, indices=rows, return_predecessors=True, limit=limit)
            for row, a in enumerate(batch):
                for b in targets[a]:
                    line = self._line(before[row], leave[b] + 1, along)
                    if line is not None and course_of(line).length_m <= _longest(stops[a], stops[b]):
                        ways[a, b] = line
        return ways

    def _footings(self, stop: LonLat) -> list[Footing]:
        """The edges near a stop, the nearest first."""
        reach = self._ways.reach
        at = shapely.points(flat(np.array(stop), self._lat))
        near = self._tree.query(at, "dwithin", reach.off_m).tolist()
        away = sorted((float(shapely.distance(self._lines[edge], at)), edge) for edge in near)
        chosen = [(off, edge) for off, edge in away if off <= away[0][0] + reach.spare_m][: reach.most]
        return [
            Footing(edge, float(shapely.line_locate_point(self._lines[edge], at, normalized=True)), off)
            for off, edge in chosen
        ]

    def _steps(
        self, footings: Mapping[int, Sequence[Footing]], leave: Mapping[int, int], pairs: Iterable[Pair]
    ) -> dict[Pair, tuple[float, Step]]:
        """The steps from and to the stops: each has a node to leave from and, after it, one to come to."""
        ways = self._ways
        best: dict[Pair, tuple[float, Step]] = {}

        def add(a: int, b: int, cost: float, step: Step) -> None:
            if np.isfinite(cost) and ((a, b) not in best or cost < best[a, b][0]):
                best[a, b] = (max(cost, LEAST), step)

        for number, its in footings.items():
            out, into = leave[number], leave[number] + 1
            for edge, share, off in its:
                u, v = int(ways.u[edge]), int(ways.v[edge])
                ahead, back = float(ways.ahead[edge]), float(ways.back[edge])
                add(out, v, _part(ahead, 1 - share) + off, (edge, share, 1.0))
                add(out, u, _part(back, share) + off, (edge, share, 0.0))
                add(u, into, _part(ahead, share) + off, (edge, 0.0, share))
                add(v, into, _part(back, 1 - share) + off, (edge, 1.0, share))
        for a, b in pairs:
            for edge, start, off in footings[a]:
                for other, end, other_off in footings[b]:
                    if edge == other:
                        cost = float((ways.ahead if end >= start else ways.back)[edge])
                        whole = _part(cost, abs(end - start)) + off + other_off
                        add(leave[a], leave[b] + 1, whole, (edge, start, end))
        return best

    def _graph(self, steps: Mapping[Pair, tuple[float, Step]], size: int) -> csr_matrix:
        """The ways and the steps as one graph."""
        tails, heads = np.array(list(steps), np.int64).reshape(-1, 2).T
        costs = np.array([cost for cost, _ in steps.values()])
        rows, columns = np.concatenate((self._tails, tails)), np.concatenate((self._heads, heads))
        return coo_matrix((np.concatenate((self._costs, costs)), (rows, columns)), shape=(size, size)).tocsr()

    def _line(self, before: NDArray[np.int32], sink: int, steps: Mapping[Pair, Step]) -> Line | None:
        """The geometry of the way to a node, from its predecessors."""
        parts: list[Line] = []
        node = sink
        while (parent := int(before[node])) >= 0:
            edge, start, end = steps.get((parent, node)) or self._whole(parent, node)
            parts.append(self._cut(edge, start, end))
            node = parent
        return np.concatenate(parts[::-1]) if parts else None

    def _whole(self, tail: int, head: int) -> Step:
        """The step along the whole edge that leads from node to node."""
        edge, is_back = divmod(
            int(self._along[np.searchsorted(self._keys, tail * self._ways.nodes + head)]), 2
        )
        return (edge, 1.0, 0.0) if is_back else (edge, 0.0, 1.0)

    def _cut(self, edge: int, start: float, end: float) -> Line:
        line = self._ways.vertices[self._ways.offsets[edge] : self._ways.offsets[edge + 1]]
        if (start, end) == (0.0, 1.0):
            return line
        course = course_of(line)
        low, high = sorted((start, end))
        part = course.cut(low * course.length_m, high * course.length_m)
        return part if start <= end else part[::-1]


def _cheapest(
    ways: WayGraph,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """The cheapest edge between each two nodes: from, to, cost, and 2 x edge (+ 1 where driven back)."""
    tails, heads = np.concatenate((ways.u, ways.v)), np.concatenate((ways.v, ways.u))
    costs = np.concatenate((ways.ahead, ways.back))
    along = np.concatenate((2 * np.arange(len(ways.u)), 2 * np.arange(len(ways.u)) + 1))
    keys = tails * ways.nodes + heads
    order = np.lexsort((along, costs, keys))
    order = order[np.isfinite(costs[order])]
    kept = order[np.diff(keys[order], prepend=-1) != 0]
    return tails[kept], heads[kept], np.maximum(costs[kept], LEAST), along[kept]


def _part(cost: float, share: float) -> float:
    """The cost of a share of an edge; a closed one stays closed."""
    return cost * share if np.isfinite(cost) else np.inf


def _longest(start: LonLat, end: LonLat) -> float:
    """Metres beyond which a way between two places cannot be the vehicle's."""
    straight = plane_distance_m(start, end)
    return max(LONGEST_DETOUR * straight, straight + LONGEST_EXTRA_M)
