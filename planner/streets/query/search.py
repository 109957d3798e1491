"""Shortest ways between snapped places, by Dijkstra's algorithm of scipy.

The places are put into the graph as rows of their own, so that edges need not
be cut: a source's row leads to both ends of its edge, and a target is reached
over the ends of its edge by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.domain.geo import distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.streets.query.network import Network, SearchGraph
    from planner.streets.query.snap import Snap

FIRST_REACH = 2.0
FIRST_REACH_EXTRA_M = 1_000.0
"""The first search goes this much beyond the straight distance; a second one, without limit, if need be."""


@dataclass(frozen=True)
class Step:
    """One edge of a path and the direction it is walked in."""

    edge: int
    is_forward: bool


@dataclass(frozen=True)
class Path:
    """A path between two snaps on the network: metres, and its edges in order.

    The first and last edge are walked only from and to the snapped places.
    """

    cost_m: float
    steps: tuple[Step, ...]


def distances(
    network: Network, graph: SearchGraph, sources: Sequence[Snap], targets: Sequence[Snap]
) -> NDArray[np.float64]:
    """Metres on the network from each source to each target; inf where there is no way."""
    found, _ = _reach(network, graph, sources, targets)
    table = np.empty((len(sources), len(targets)))
    for row, source in enumerate(sources):
        for column, target in enumerate(targets):
            table[row, column] = _arrival(network, found[row], source, target)[0]
    return table


def shortest_path(network: Network, graph: SearchGraph, source: Snap, target: Snap) -> Path | None:
    """The shortest path between two snaps, None where there is no way."""
    found, before = _reach(network, graph, [source], [target])
    cost, last = _arrival(network, found[0], source, target)
    if not np.isfinite(cost):
        return None
    if last is None:
        return Path(cost, (Step(source.edge, target.along_m >= source.along_m),))
    node = int(network.u[last.edge] if last.is_forward else network.v[last.edge])
    steps = [last]
    virtual = len(graph.starts) - 1
    while (previous := int(before[0, node])) != virtual:
        steps.append(_step_between(network, graph, previous, node))
        node = previous
    ways_out = [exit_ for exit_ in _exits(network, source) if exit_.node == node]
    steps.append(Step(source.edge, min(ways_out, key=lambda exit_: exit_.cost_m).is_forward))
    return Path(cost, tuple(reversed(steps)))


@dataclass(frozen=True)
class _Exit:
    """An end of a snapped place's edge that may be walked to, and the metres to it."""

    node: int
    cost_m: float
    is_forward: bool


def _exits(network: Network, source: Snap) -> list[_Exit]:
    exits = []
    if np.isfinite(network.walk_m[2 * source.edge]):
        rest = max(source.length_m - source.along_m, 1e-9)
        exits.append(_Exit(int(network.v[source.edge]), rest, is_forward=True))
    if np.isfinite(network.walk_m[2 * source.edge + 1]):
        exits.append(_Exit(int(network.u[source.edge]), max(source.along_m, 1e-9), is_forward=False))
    return exits


def _reach(
    network: Network, graph: SearchGraph, sources: Sequence[Snap], targets: Sequence[Snap]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Search from every source, first near by, then without limit if a target was not surely reached.

    A way longer than the limit proves nothing: a shorter one may enter the
    target's edge over its other end, which the search had not come to.
    """
    matrix = _with_sources(network, graph, sources)
    count = len(graph.starts) - 1
    rows = np.arange(count, count + len(sources))
    far = max(distance_m(a.at, b.at) for a in sources for b in targets)
    limit = FIRST_REACH * far + FIRST_REACH_EXTRA_M
    for reach in (limit, np.inf):
        found, before = dijkstra(matrix, indices=rows, limit=reach, return_predecessors=True)
        missing = any(
            _arrival(network, found[row], source, target)[0] > reach
            for row, source in enumerate(sources)
            for target in targets
        )
        if not missing:
            break
    return found, before


def _with_sources(network: Network, graph: SearchGraph, sources: Sequence[Snap]) -> csr_matrix:
    """The graph with one more row for each source, leading to the ends of its edge."""
    count = len(graph.starts) - 1
    targets, costs, starts = [graph.targets], [graph.costs], [graph.starts]
    entries = int(graph.starts[-1])
    for source in sources:
        exits = _exits(network, source)
        targets.append(np.array([exit_.node for exit_ in exits], np.int32))
        costs.append(np.array([exit_.cost_m for exit_ in exits]))
        entries += len(exits)
        starts.append(np.array([entries]))
    size = count + len(sources)
    indices, data = np.concatenate(targets), np.concatenate(costs)
    return csr_matrix((data, indices, np.concatenate(starts)), shape=(size, size))


def _arrival(
    network: Network, found: NDArray[np.float64], source: Snap, target: Snap
) -> tuple[float, Step | None]:
    """Metres to a target and the step that enters its edge; no step on one and the same edge."""
    options: list[tuple[float, Step | None]] = []
    forward = bool(np.isfinite(network.walk_m[2 * target.edge]))
    backward = bool(np.isfinite(network.walk_m[2 * target.edge + 1]))
    if forward:
        cost = float(found[network.u[target.edge]]) + target.along_m
        options.append((cost, Step(target.edge, is_forward=True)))
    if backward:
        cost = float(found[network.v[target.edge]]) + target.length_m - target.along_m
        options.append((cost, Step(target.edge, is_forward=False)))
    if source.edge == target.edge and (forward if target.along_m >= source.along_m else backward):
        options.append((abs(target.along_m - source.along_m), None))
    return min(options, key=lambda option: option[0], default=(float("inf"), None))


def _step_between(network: Network, graph: SearchGraph, node: int, following: int) -> Step:
    """The cheapest edge from a node to the next."""
    entries = range(int(graph.starts[node]), int(graph.starts[node + 1]))
    entry = min(
        (entry for entry in entries if graph.targets[entry] == following), key=lambda e: float(graph.costs[e])
    )
    edge = int(graph.edges[entry])
    return Step(edge, int(network.u[edge]) == node and int(network.v[edge]) == following)
