"""What a build met, counted for `network info`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.streets.build.foot.access import is_conditional
from planner.streets.build.foot.barriers import is_elevator, is_kerb
from planner.streets.files import EdgeFlag, WayKind

if TYPE_CHECKING:
    from planner.streets.build.graph import Graph
    from planner.streets.build.read.osm import RawStreets


def count_found(graph: Graph, raw: RawStreets) -> dict[str, int]:
    """Return counts of ways, areas and nodes that change a walk, and of the turn restrictions read."""
    nodes = {piece.barrier: piece.way.tags for piece in graph.pieces if piece.barrier is not None}
    lifts = sum(is_elevator(tags) for tags in nodes.values())
    kerbs = sum(is_kerb(tags) for tags in nodes.values())
    crossed = {piece.surface for piece in graph.pieces if piece.is_crossing}
    counts = {
        "steps": _ways(graph, (graph.flags & EdgeFlag.STEPS) != 0),
        "areas crossed": len(crossed),
        "barriers": len(nodes) - lifts - kerbs,
        "kerbs": kerbs,
        "lifts": lifts + _ways(graph, (graph.kind == WayKind.ELEVATOR) & (graph.length > 0)),
        "inclines tagged": _ways(graph, (graph.flags & EdgeFlag.INCLINE_TAGGED) != 0),
        "turn restrictions": len(raw.relations),
    }
    return {what: number for what, number in counts.items() if number}


def count_unread(raw: RawStreets) -> dict[str, int]:
    """Return counts of what was read but not understood."""
    conditional = sum(is_conditional(way.tags) for way in raw.ways)
    return {"access on conditions": conditional} if conditional else {}


def _ways(graph: Graph, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int:
    return len(np.unique(graph.way[chosen]))
