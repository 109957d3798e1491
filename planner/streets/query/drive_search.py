"""The quickest drives from a kerb to others, by Dijkstra's algorithm of scipy over the coach's states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from planner.domain.geo import distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.drive_graph import DriveGraph
    from planner.streets.query.drive_kerbs import Kerb
    from planner.streets.query.network import Network

FIRST_REACH_FACTOR = 2.0
FIRST_REACH_EXTRA_M = 2_000.0
FIRST_REACH_MPS = 5.0
"""The first search goes this far beyond the straight distance, at 18 km/h; a second one without limit."""


@dataclass(frozen=True)
class Way:
    """A drive: its directed edges in order, seconds of cost, of the clock, and metres.

    The first and last edge are driven only from and to the kerbs.
    """

    edges: tuple[int, ...]
    cost_s: float
    clock_s: float
    length_m: float


@dataclass(frozen=True)
class _Found:
    """A search from one directed edge: cost from its end, and from which state each was reached."""

    edge: int
    cost: NDArray[np.float64]
    before: NDArray[np.int32]


@dataclass(frozen=True)
class _Arrival:
    """How a kerb is reached: its directed edge and the entry that leads onto it, None if it starts there."""

    cost_s: float
    found: _Found
    edge: int
    entry: int | None


def drives(network: Network, graph: DriveGraph, source: Kerb, targets: Sequence[Kerb]) -> list[Way | None]:
    """The cheapest drive from a kerb to each of others, None where there is none."""
    far = max((distance_m(source.at, target.at) for target in targets), default=0.0)
    limit = (FIRST_REACH_FACTOR * far + FIRST_REACH_EXTRA_M) / FIRST_REACH_MPS
    for reach in (limit, np.inf):
        found = [_search(graph, edge, reach) for edge in source.directed]
        arrivals = [_arrival(graph, found, source, target) for target in targets]
        # What costs more than the limit proves nothing: a cheaper way may lead where the search never came.
        if all(arrival is not None and arrival.cost_s <= reach for arrival in arrivals):
            break
    return [
        None if arrival is None else _way(network, graph, source, target, arrival)
        for target, arrival in zip(targets, arrivals, strict=True)
    ]


def _search(graph: DriveGraph, edge: int, reach: float) -> _Found:
    cost, before = dijkstra(graph.matrix, indices=[edge], limit=reach, return_predecessors=True)
    return _Found(edge, cost[0], before[0])


def _arrival(graph: DriveGraph, found: Sequence[_Found], source: Kerb, target: Kerb) -> _Arrival | None:
    """The cheapest way to stand at a kerb; the first of equal ones."""
    options = [
        option
        for search in found
        for edge in target.directed
        for option in _options(graph, search, source, target, edge)
    ]
    return min(options, key=lambda option: option.cost_s, default=None)


def _options(graph: DriveGraph, search: _Found, source: Kerb, target: Kerb, edge: int) -> list[_Arrival]:
    full = float(graph.edge_cost[edge])
    options = []
    start_m, stop_m = source.driven_m(search.edge), target.driven_m(edge)
    if edge == search.edge and stop_m >= start_m:
        options.append(_Arrival(full * (stop_m - start_m) / target.length_m, search, edge, None))
    rest = float(graph.edge_cost[search.edge]) * (1 - start_m / source.length_m)
    unused = full * (1 - stop_m / target.length_m)
    for state in graph.states_of(edge):
        entries = graph.into[graph.into_starts[state] : graph.into_starts[state + 1]]
        if len(entries) == 0:
            continue
        costs = search.cost[graph.sources[entries]] + graph.matrix.data[entries]
        best = int(costs.argmin())
        if np.isfinite(costs[best]):
            options.append(_Arrival(rest + float(costs[best]) - unused, search, edge, int(entries[best])))
    return options


def _way(network: Network, graph: DriveGraph, source: Kerb, target: Kerb, arrival: _Arrival) -> Way:
    start, stop = arrival.found.edge, arrival.edge
    begun = source.driven_m(start) / source.length_m
    if arrival.entry is None:
        part = target.driven_m(stop) / target.length_m - begun
        return Way(
            (start,), arrival.cost_s, float(graph.edge_clock[start]) * part, float(target.length_m) * part
        )
    entries = _entries(graph, arrival)
    edges = [start, *graph.states.edge_of[graph.states.targets[entries]].tolist()]
    unused = 1 - target.driven_m(stop) / target.length_m
    clock = float(graph.clock[entries].sum()) + float(graph.edge_clock[start]) * (1 - begun)
    metres = float(network.length[np.array(edges) // 2].sum())
    return Way(
        tuple(edges),
        arrival.cost_s,
        clock - float(graph.edge_clock[stop]) * unused,
        metres - source.driven_m(start) - target.length_m * unused,
    )


def _entries(graph: DriveGraph, arrival: _Arrival) -> list[int]:
    """The entries that a drive takes, from its first turn to its last."""
    last = arrival.entry
    entries = []
    while last is not None:
        entries.append(last)
        state = int(graph.sources[last])
        before = int(arrival.found.before[state])
        last = None if before < 0 else _entry(graph, before, state)
    return entries[::-1]


def _entry(graph: DriveGraph, before: int, state: int) -> int:
    """The entry from one state to another; there is but one."""
    first, last = graph.states.starts[before : before + 2]
    return int(first) + int(np.searchsorted(graph.states.targets[first:last], state))
