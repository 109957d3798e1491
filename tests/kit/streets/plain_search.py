"""Searching a network's arrays the plain way: Dijkstra over all directed edges, for tests of the build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.streets.files import SCALE
from tests.kit.streets.small import Tags, spot, tag_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.network import Network

PACE = 4 / 3.6
METRE_S = 1 / PACE
"""Seconds for a metre at 4 km/h: 0.9."""

KINDS = {"n": "node", "w": "way", "r": "relation"}


def tagged_node(number: int, metres: tuple[float, float], tags: Tags) -> str:
    """A node with tags, for the part of a small town that is written as it stands."""
    lon, lat = spot(*metres)
    return f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">\n{tag_lines(tags)}</node>\n'


def relation(number: int, members: Sequence[tuple[str, int, str]], tags: Tags) -> str:
    """A relation, likewise; a member is (n, w or r, id, role)."""
    lines = "".join(
        f'  <member type="{KINDS[kind]}" ref="{ref}" role="{role}"/>\n' for kind, ref, role in members
    )
    return f'<relation id="{number}" version="1">\n{lines}{tag_lines(tags)}</relation>\n'


def node_at(network: Network, metres: tuple[float, float]) -> int:
    """The first node at a place in metres from the corner."""
    away = np.abs(network.nodes / SCALE - spot(*metres)).max(axis=1)
    assert away.min() < 2e-7, metres
    return int(away.argmin())


def seconds(
    network: Network, start: tuple[float, float], end: tuple[float, float], *, profile: str = "walk"
) -> float:
    """The least cost in seconds at 4 km/h between two nodes, inf where there is no way.

    `profile` is walk, free, or coach.
    """
    if profile == "coach":
        cost = np.array(network.coach_s)
    else:
        metres = network.free_m if profile == "free" else network.walk_cost_m
        cost = metres / PACE + getattr(network, f"{profile}_s")
    source = np.column_stack((network.u, network.v)).ravel()
    target = np.column_stack((network.v, network.u)).ravel()
    best: dict[tuple[int, int], float] = {}
    for a, b, value in zip(source.tolist(), target.tolist(), cost.tolist(), strict=True):
        if np.isfinite(value):
            best[a, b] = min(best.get((a, b), np.inf), max(value, 1e-9))
    rows, columns = zip(*best, strict=True) if best else ((), ())
    size = len(network.nodes)
    graph = csr_matrix((list(best.values()), (rows, columns)), shape=(size, size))
    found = np.asarray(dijkstra(graph, indices=[node_at(network, start)]))
    return float(found[0, node_at(network, end)])
