"""The graphs that walks are searched on: one for each profile and pace.

The cost of a directed edge in seconds is metres / pace + seconds, from the
arrays of streets.build.foot. What does not hang on the pace is worked out once
for a profile, costs for the last few paces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.streets.files import WayKind
from planner.streets.query.profile import Floats, WalkProfile, usable_edges, walk_cost_m
from planner.streets.query.walk.reduce import Reduced, reduce_graph

if TYPE_CHECKING:
    from planner.streets.query.network import Network

LEAST_S = 1e-9
"""The cost of an edge of no length: a sparse matrix takes a nought for no edge at all."""


@dataclass(frozen=True)
class WalkLinks:
    """The entries of a profile's graph: from node n, starts[n]:starts[n + 1] lead to `targets`, in order.

    `part` is the piece of the network that a node belongs to. `link` is a directed
    edge, or a shortcut of `reduced` counted from 2 * edges on. By link: metres and
    seconds of the cost, length, metres and seconds by the clock.
    """

    reduced: Reduced
    part: NDArray[np.int32]
    starts: NDArray[np.int64]
    targets: NDArray[np.int32]
    link: NDArray[np.int32]
    first_shortcut: int
    cost_m: Floats
    cost_s: Floats
    length: Floats
    clock_m: Floats
    clock_s: Floats


@dataclass(frozen=True)
class SearchGraph:
    """A profile's ways at a pace in m/s; by link the cost and the time by the clock, both in seconds.

    No way is longer than its cost at this pace, but for `ferried_m`: so much more all ferries together go.
    """

    ways: WalkLinks
    pace: float
    costs: Floats
    clock: Floats
    ferried_m: float = 0.0


def search_graph(network: Network, profile: WalkProfile, pace_kmh: float) -> SearchGraph:
    """Return the graph of a profile at a pace in km/h."""

    def make() -> SearchGraph:
        ways = network.memory.get("ways", profile, lambda: _ways(network, profile))
        pace = pace_kmh / 3.6
        costs = np.maximum(ways.cost_m / pace + ways.cost_s, LEAST_S)
        ferried_m = _ferried_m(network, costs[: 2 * len(network.u)] * pace)
        return SearchGraph(ways, pace, costs, ways.clock_m / pace + ways.clock_s, ferried_m)

    return network.memory.get("costs", (profile, pace_kmh), make, keep=4)


def _ferried_m(network: Network, reach_m: Floats) -> float:
    """How many metres all ferries go beyond what is walked in their time."""
    ferries = np.flatnonzero(network.kind == WayKind.FERRY)
    walked = reach_m.reshape(-1, 2)[ferries].min(axis=1)
    return float(np.maximum(network.length[ferries] - walked, 0.0).sum())


def _ways(network: Network, profile: WalkProfile) -> WalkLinks:
    u, v = network.u.astype(np.int64), network.v.astype(np.int64)
    nodes = len(network.nodes)
    reduced = reduce_graph(u, v, nodes, usable_edges(network, profile))
    seconds = network.free_s if profile is WalkProfile.STEP_FREE else network.walk_s
    both_ways = np.repeat(network.length, 2)
    values = (walk_cost_m(network, profile), seconds, both_ways, network.clock_m, network.clock_s)
    by_link = [np.concatenate(pair) for pair in zip(values, reduced.sums(values), strict=True)]
    tails = np.concatenate((np.stack((u, v), axis=1).ravel(), reduced.tail))
    heads = np.concatenate((np.stack((v, u), axis=1).ravel(), reduced.head))
    link = np.flatnonzero(np.isfinite(by_link[0]) & np.isfinite(by_link[1]) & (tails != heads))
    link = link[np.argsort(tails[link] * nodes + heads[link], kind="stable")]
    counts = np.bincount(tails[link], minlength=nodes)
    return WalkLinks(
        reduced,
        network.comp_free if profile is WalkProfile.STEP_FREE else network.comp_walk,
        np.concatenate(([0], np.cumsum(counts))),
        heads[link].astype(np.int32),
        link.astype(np.int32),
        2 * len(u),
        *by_link,
    )
