"""Cheapest ways between snapped places, by Dijkstra's algorithm of scipy on a piece of the network.

The places are put into the graph as rows of their own, so that edges need not
be cut: a source's row leads to both ends of its edge, and a target is reached
over the ends of its edge by hand. The cost of a part of an edge is in
proportion to its length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.query.walk.cut import GraphCut, SearchBox, box_around, cut_out
from planner.streets.query.walk.ends import SnappedEnds, ends_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap
    from planner.streets.query.walk.costs import SearchGraph

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FIRST_DETOUR = 1.5
FIRST_EXTRA_M = 250.0
"""The first box holds all ways that are this much longer than the straight line."""

WIDER = 3.0
"""While a way has not been found at all, ways so many times longer are looked for next."""

STRIDE = 16
"""Steps between two looks whether all ways have come to their sources."""

ON_ONE_EDGE, OVER_U, OVER_V = range(3)
"""How a target is come to: without leaving the source's edge, or over an end of its own."""


@dataclass(frozen=True)
class Path:
    """A path between two snaps: seconds of cost, and its directed edges in order.

    The first and last edge are used only from and to the snapped places.
    """

    cost_s: float
    directed: Ints


@dataclass(frozen=True)
class Sums:
    """From row to column: cost in seconds, metres, seconds by the clock; inf where there is no way."""

    cost_s: Floats
    length_m: Floats
    clock_s: Floats


@dataclass(frozen=True)
class _Found:
    """What a search gave: by source and node of the cut, costs and the node before.

    `cost` is that from source to target, `over` how the target is come to.
    """

    cut: GraphCut
    before: NDArray[np.int32]
    cost: Floats
    over: Ints


def shortest_path(network: Network, graph: SearchGraph, source: Snap, target: Snap) -> Path | None:
    """Return the cheapest path from a snapped place to another, None where there is none."""
    sources, targets = ends_of(network, graph, [source]), ends_of(network, graph, [target])
    search = _search(network, graph, sources, targets, with_shortcuts=False)
    cost = float(search.cost[0, 0])
    if not np.isfinite(cost):
        return None
    over = int(search.over[0, 0])
    if over == ON_ONE_EDGE:
        back = source.along_m > target.along_m
        return Path(cost, np.array([2 * source.edge + back], np.int64))
    before, count = search.before[0], search.cut.size
    node = int(search.cut.number[targets.u[0] if over == OVER_U else targets.v[0]])
    nodes = [node]
    while (node := int(before[node])) < count:
        nodes.append(node)
    chain = np.array(nodes[::-1], np.int64)
    first = sources.leaving(np.zeros(1, np.int64), search.cut.nodes[chain[:1]])
    inner = search.cut.links(chain[:-1], chain[1:])
    return Path(cost, np.concatenate((first, inner, [2 * target.edge + (over == OVER_V)])))


def sums(network: Network, graph: SearchGraph, places: Sequence[Snap]) -> Sums:
    """Return costs, metres and seconds of the cheapest ways from each place to each other."""
    ends = ends_of(network, graph, places)
    search = _search(network, graph, ends, ends, with_shortcuts=True)
    length, clock = _followed(graph, ends, search)
    known = np.isfinite(search.cost)
    return Sums(search.cost, np.where(known, length, np.inf), np.where(known, clock, np.inf))


def _search(
    network: Network, graph: SearchGraph, sources: SnappedEnds, targets: SnappedEnds, *, with_shortcuts: bool
) -> _Found:
    """Search in a box, then in one that is proved large enough, in the whole network if need be."""
    joined = sources.part[:, None] == targets.part[None, :]
    reach = _straight_m(sources.at, targets.at) * FIRST_DETOUR + FIRST_EXTRA_M
    while True:
        box = box_around(network, sources.at, targets.at, np.where(joined, reach, 0.0))
        cut = _cut(network, graph, (sources, targets), box, with_shortcuts=with_shortcuts)
        search = _search_cut(cut, sources, targets)
        metres = np.where(joined, search.cost * graph.pace + graph.ferried_m, 0.0)
        if box.is_everything or (metres <= reach).all():
            return search
        reach = np.where(np.isfinite(metres), np.maximum(metres, reach), reach * WIDER)


def _straight_m(a: Floats, b: Floats) -> Floats:
    middle = np.radians((a[:, 1].mean() + b[:, 1].mean()) / 2)
    apart = (a[:, None] - b[None, :]) * METRES_PER_DEGREE * np.array([np.cos(middle), 1.0])
    return np.asarray(np.hypot(apart[..., 0], apart[..., 1]))


def _cut(
    network: Network,
    graph: SearchGraph,
    ends: tuple[SnappedEnds, SnappedEnds],
    box: SearchBox,
    *,
    with_shortcuts: bool,
) -> GraphCut:
    corners = np.unique(np.concatenate([nodes for some in ends for nodes in (some.u, some.v)]))
    keep = box.holds(network.nodes)
    if with_shortcuts:
        keep &= graph.ways.reduced.opened(corners)
    keep[corners] = True
    return cut_out(graph, keep, with_shortcuts=with_shortcuts)


def _search_cut(cut: GraphCut, sources: SnappedEnds, targets: SnappedEnds) -> _Found:
    """Search from every source; its row in the matrix follows those of the nodes."""
    count, rows = cut.size, len(sources.edge)
    exits = np.stack((cut.number[sources.u], cut.number[sources.v]), axis=1)
    costs = np.stack((sources.to_u, sources.to_v), axis=1)
    is_open = np.isfinite(costs)
    starts = cut.starts[-1] + np.cumsum(is_open.sum(axis=1))
    data = np.concatenate((cut.costs, costs[is_open]))
    indices = np.concatenate((cut.targets, exits[is_open]))
    size = count + rows
    matrix = csr_matrix((data, indices, np.concatenate((cut.starts, starts))), shape=(size, size))
    costs_to, before = dijkstra(matrix, indices=np.arange(count, size), return_predecessors=True)
    options = np.stack(
        (
            sources.direct(targets),
            costs_to[:, cut.number[targets.u]] + targets.from_u,
            costs_to[:, cut.number[targets.v]] + targets.from_v,
        )
    )
    return _Found(cut, before, options.min(axis=0), options.argmin(axis=0))


def _followed(graph: SearchGraph, ends: SnappedEnds, search: _Found) -> tuple[Floats, Floats]:
    """Follow all ways back from their targets at once and add up metres and seconds by the clock."""
    shape = search.cost.shape
    rows, columns = np.nonzero(np.isfinite(search.cost))
    over = search.over[rows, columns]
    on_one, over_v = over == ON_ONE_EDGE, over == OVER_V
    apart = ends.share[columns] - np.where(on_one, ends.share[rows], 0.0)
    links = [2 * ends.edge[columns] + np.where(on_one, apart < 0, over_v)]
    shares = [np.abs(np.where(over_v, 1.0 - apart, apart))]
    pairs = [rows * shape[1] + columns]

    rows, columns, over_v, pair = rows[~on_one], columns[~on_one], over_v[~on_one], pairs[0][~on_one]
    cut = search.cut
    steps = _steps(search, rows, cut.number[np.where(over_v, ends.v[columns], ends.u[columns])])
    tails, heads = steps[1:], steps[:-1]
    inner, first = np.nonzero(tails < cut.size), np.nonzero((heads < cut.size) & (tails >= cut.size))
    links.append(cut.links(tails[inner], heads[inner]))
    shares.append(np.ones(len(inner[0])))
    links.append(ends.leaving(rows[first[1]], cut.nodes[heads[first]]))
    share = ends.share[rows[first[1]]]
    shares.append(np.where(links[-1] % 2 == 0, 1.0 - share, share))
    pairs += [pair[inner[1]], pair[first[1]]]
    link, share, to = np.concatenate(links), np.concatenate(shares), np.concatenate(pairs)
    size = search.cost.size
    length = np.bincount(to, graph.ways.length[link] * share, minlength=size)
    clock = np.bincount(to, graph.clock[link] * share, minlength=size)
    return length.reshape(shape).astype(float), clock.reshape(shape).astype(float)


def _steps(search: _Found, rows: Ints, node: Ints) -> Ints:
    """Go back from nodes to the sources of their rows; line i holds where each is after i steps."""
    count, size = search.cut.size, search.before.shape[1]
    sources = np.arange(len(search.before))
    search.before[sources, count + sources] = count + sources
    before, base = search.before.ravel(), rows * size
    steps = [np.asarray(node, np.int64)]
    while (steps[-1] < count).any():
        for _ in range(STRIDE):
            steps.append(before[base + steps[-1]])
    return np.stack(steps).astype(np.int64)
