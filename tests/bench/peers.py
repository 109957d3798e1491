"""The same pairs asked of OSMnx and NetworkX, over the same costs."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import osmnx

from tests.bench.queries import POINTS, matrix_timing
from tests.bench.rows import Row, row, timed
from tests.bench.towns import junctions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.streets.query.network import Network

PACE = 4.0 / 3.6


def graph_of(network: Network) -> nx.MultiDiGraph[Any]:
    """The walking network as OSMnx keeps one."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(crs="epsg:4326")
    for node, (lon, lat) in enumerate((network.nodes / 1e7).tolist()):
        graph.add_node(node, x=lon, y=lat)
    costs = network.walk_cost_m / PACE + network.walk_s
    for directed in np.flatnonzero(np.isfinite(costs)).tolist():
        ends = int(network.u[directed // 2]), int(network.v[directed // 2])
        graph.add_edge(*(ends if directed % 2 == 0 else ends[::-1]), cost=float(costs[directed]))
    return graph


def peer_rows(network: Network) -> Iterator[Row]:
    """Measure the 12 x 12 matrix against its peers."""
    graph, nodes = graph_of(network), junctions(network, POINTS)
    pairs = list(permutations(nodes, 2))
    starts, ends = [a for a, _ in pairs], [b for _, b in pairs]
    ours = matrix_timing(network)
    theirs = timed(lambda: osmnx.shortest_path(graph, starts, ends, weight="cost", cpus=1), 3)
    plain = timed(lambda: [nx.single_source_dijkstra_path_length(graph, a, weight="cost") for a in nodes], 3)
    yield row(f"12 x 12 walking matrix, {len(network.nodes)} nodes", ours, "< 15 ms", "in this process")
    for name, peer, goal in (
        ("osmnx.shortest_path", theirs, "> 50"),
        ("networkx, a search a row", plain, ""),
    ):
        yield Row(
            f"matrix against {name}",
            f"{peer.median_ms / ours.median_ms:.0f} times faster",
            goal,
            f"{peer.text} for the same {len(pairs)} pairs",
        )
