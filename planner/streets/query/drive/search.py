"""The quickest drives from a kerb to others, by Dijkstra's algorithm of scipy over the coach's states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.domain.geo import distance_m
from planner.streets.query.drive.kerbs import Kerb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.streets.query.drive.graph import DriveGraph
    from planner.streets.query.network import Network

LEAST_S = 1e-6
"""The search wants costs above 0."""

FIRST_REACH_FACTOR = 2.0
FIRST_REACH_EXTRA_M = 2_000.0
FIRST_REACH_MPS = 5.0
"""The first search goes this far beyond the straight distance, at 18 km/h; a second one without limit."""


@dataclass(frozen=True)
class KerbOption:
    """A kerb that a place may use, and what using it costs in seconds besides the drive."""

    kerb: Kerb
    extra_s: float


@dataclass(frozen=True)
class Way:
    """A drive between two kerbs: its directed edges in order, seconds of cost and of the clock, and metres.

    The first and last edge are driven only from and to the kerbs. `source` and
    `target` number the choices taken.
    """

    edges: tuple[int, ...]
    cost_s: float
    clock_s: float
    length_m: float
    source: int
    target: int


@dataclass(frozen=True)
class _Search:
    """A search from all choices of a place: cost at the end of each state, and the state before it.

    `begun` tells, by directed edge, the choice that starts on it.
    """

    choices: Sequence[KerbOption]
    begun: Mapping[int, int]
    cost: NDArray[np.float64]
    before: NDArray[np.int32]


@dataclass(frozen=True)
class _Arrival:
    """How a place is reached: by which choice, on which directed edge, over which entry.

    Without an entry the drive starts and ends on one edge.
    """

    cost_s: float
    target: int
    edge: int
    entry: int | None


def drives(
    network: Network, graph: DriveGraph, sources: Sequence[KerbOption], places: Sequence[Sequence[KerbOption]]
) -> list[Way | None]:
    """The cheapest drive from one of some kerbs to one of each place's, None where there is none."""
    if not sources:
        return [None] * len(places)
    at = sources[0].kerb.at
    far = max((distance_m(at, choice.kerb.at) for place in places for choice in place), default=0.0)
    limit = (FIRST_REACH_FACTOR * far + FIRST_REACH_EXTRA_M) / FIRST_REACH_MPS
    matrix, begun = _with_source(graph, sources)
    for reach in (limit, np.inf):
        cost, before = dijkstra(matrix, indices=[graph.size], limit=reach, return_predecessors=True)
        search = _Search(sources, begun, cost[0], before[0])
        arrivals = [_arrival(graph, search, place) for place in places]
        # What costs more than the limit proves nothing: a cheaper way may lead where the search never came.
        if all(arrival is not None and arrival.cost_s <= reach for arrival in arrivals):
            break
    return [
        None if arrival is None else _way(network, graph, search, place, arrival)
        for place, arrival in zip(places, arrivals, strict=True)
    ]


def _with_source(graph: DriveGraph, sources: Sequence[KerbOption]) -> tuple[csr_matrix, dict[int, int]]:
    """The graph with one more row, which leads to the ends of the edges that the choices stand on."""
    begun = {edge: number for number, choice in enumerate(sources) for edge in choice.kerb.directed}
    costs = [
        sources[number].extra_s + float(graph.edge_cost[edge]) * (1 - sources[number].kerb.share(edge))
        for edge, number in begun.items()
    ]
    states = graph.states
    size = graph.size + 1
    matrix = csr_matrix(
        (
            np.concatenate((graph.cost, np.maximum(costs, LEAST_S))),
            np.concatenate((states.targets, list(begun))),
            np.append(states.starts, len(graph.cost) + len(costs)),
        ),
        shape=(size, size),
    )
    return matrix, begun


def _arrival(graph: DriveGraph, search: _Search, place: Sequence[KerbOption]) -> _Arrival | None:
    """The cheapest way to stand at one of a place's kerbs; the first of equal ones."""
    options = [
        option
        for number, choice in enumerate(place)
        for edge in choice.kerb.directed
        for option in _options(graph, search, number, choice, edge)
    ]
    return min(options, key=lambda option: option.cost_s, default=None)


def _options(
    graph: DriveGraph, search: _Search, number: int, choice: KerbOption, edge: int
) -> Iterator[_Arrival]:
    full, share = float(graph.edge_cost[edge]), choice.kerb.share(edge)
    start = search.begun.get(edge)
    if start is not None and search.choices[start].kerb.share(edge) <= share:
        source = search.choices[start]
        part = share - source.kerb.share(edge)
        yield _Arrival(source.extra_s + full * part + choice.extra_s, number, edge, None)
    more = choice.extra_s - full * (1 - share)
    for state in graph.states_of(edge):
        entries = graph.into[graph.into_starts[state] : graph.into_starts[state + 1]]
        if len(entries) == 0:
            continue
        costs = search.cost[graph.sources[entries]] + graph.cost[entries]
        best = int(costs.argmin())
        if np.isfinite(costs[best]):
            yield _Arrival(float(costs[best]) + more, number, edge, int(entries[best]))


def _way(
    network: Network, graph: DriveGraph, search: _Search, place: Sequence[KerbOption], arrival: _Arrival
) -> Way:
    entries = _entries(graph, search, arrival)
    start = int(graph.states.edge_of[graph.sources[entries[0]]]) if len(entries) else arrival.edge
    edges = np.array([start, *graph.states.edge_of[graph.states.targets[entries]].tolist()])
    source = search.begun[start]
    begun, done = search.choices[source].kerb.share(start), place[arrival.target].kerb.share(arrival.edge)
    clock, length = graph.edge_clock, network.length[edges // 2]
    return Way(
        edges=tuple(edges.tolist()),
        cost_s=arrival.cost_s,
        clock_s=float(
            graph.clock[entries].sum() + clock[start] * (1 - begun) - clock[arrival.edge] * (1 - done)
        ),
        length_m=float(length.sum() - length[0] * begun - length[-1] * (1 - done)),
        source=source,
        target=arrival.target,
    )


def _entries(graph: DriveGraph, search: _Search, arrival: _Arrival) -> NDArray[np.int64]:
    """The entries that a drive takes, from its first turn to its last."""
    if arrival.entry is None:
        return np.empty(0, np.int64)
    states = [int(graph.states.targets[arrival.entry]), int(graph.sources[arrival.entry])]
    while (before := int(search.before[states[-1]])) != graph.size:
        states.append(before)
    path = np.array(states[::-1])
    # Entries stand in the order of their two states, and no two have the same.
    entries: NDArray[np.int64] = np.searchsorted(graph.keys, path[:-1] * graph.size + path[1:])
    return entries
