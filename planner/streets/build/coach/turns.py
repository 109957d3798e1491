"""Where a coach of 12 m can turn round, and how the streets hang together for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.streets.build.coach.limits import metres
from planner.streets.build.coach.parameters import WIDE_CLASSES, WIDE_LANES, WIDE_M

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph
    from planner.streets.build.read.osm import RawStreets

_TURNING = frozenset({"turning_circle", "turning_loop", "mini_roundabout"})
"""[OSM wiki] Key:highway: places made to turn round."""


def turning_nodes(graph: Graph, raw: RawStreets, is_open: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """By node: whether a coach can turn round there; `is_open` is by directed edge."""
    made = [raw.node_tags.get(number, {}).get("highway") in _TURNING for number in graph.node_ids]
    can_turn = np.array(made, bool)
    usable = np.flatnonzero(is_open.reshape(-1, 2).any(axis=1))
    ends = np.concatenate((graph.u[usable], graph.v[usable]))
    is_dead_end = np.bincount(ends, minlength=len(graph.nodes)) == 1
    wide = [edge for edge in usable.tolist() if _is_wide(graph.pieces[edge].way.tags)]
    for end in (graph.u, graph.v):
        at = end[wide]
        can_turn[at[is_dead_end[at]]] = True
    return can_turn


def _is_wide(tags: Mapping[str, str]) -> bool:
    """Whether a street is so wide that a coach turns round at its end."""
    lanes = tags.get("lanes", "")
    return (
        tags.get("highway", "") in WIDE_CLASSES
        or WIDE_M <= metres(tags.get("width", "")) < np.inf
        or (lanes.isdecimal() and int(lanes) >= WIDE_LANES)
    )
