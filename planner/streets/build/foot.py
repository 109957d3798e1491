"""What walking costs, edge by edge: the arrays of the two walking profiles.

Directed edge 2i leads along edge i from u to v, 2i + 1 back. A walker's cost in
seconds is metres / pace + seconds; inf closes an edge. `clock` is what the
clock shows, `walk` and `free` are what is searched for: the clock and what
people rather avoid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.streets.build.graph import components
from planner.streets.build.rules import walk_directions
from planner.streets.files import EdgeFlag, FreeState, Obstacle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph


def foot_arrays(graph: Graph) -> dict[str, NDArray[np.generic]]:
    """Return walk_m, walk_s, free_m, free_s, clock_m, clock_s by directed edge, free_state and obstacle
    by edge, comp_walk and comp_free by node.
    """  # noqa: D205
    directions = np.array([walk_directions(piece.way.tags) for piece in graph.pieces], bool).reshape(-1, 2)
    is_open = directions.ravel()
    metres = np.repeat(graph.length, 2)
    walk = np.where(is_open, metres, np.inf)
    steps = (graph.flags & EdgeFlag.STEPS) != 0
    free = np.where(np.repeat(steps, 2), np.inf, walk)
    nothing = np.zeros(len(metres))
    return {
        "walk_m": walk,
        "walk_s": nothing,
        "free_m": free,
        "free_s": nothing,
        "clock_m": metres,
        "clock_s": nothing,
        "free_state": np.where(steps, FreeState.CLOSED, FreeState.UNKNOWN).astype(np.uint8),
        "obstacle": np.where(steps, Obstacle.STEPS, Obstacle.NONE).astype(np.uint8),
        "comp_walk": _parts(graph, walk),
        "comp_free": _parts(graph, free),
    }


def _parts(graph: Graph, cost: NDArray[np.float64]) -> NDArray[np.int32]:
    """Number the parts of the network that hang together for a profile, the largest first."""
    usable = np.isfinite(cost.reshape(-1, 2)).any(axis=1)
    return components(graph.u[usable], graph.v[usable], len(graph.nodes))
