"""What a build met, counted for `network info`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.domain.conditions import read_condition
from planner.streets.build.foot.barriers import is_elevator, is_kerb
from planner.streets.comforts import ComfortKind
from planner.streets.files import EdgeFlag, WayKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

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


def count_comforts(kinds: NDArray[np.generic]) -> dict[str, int]:
    """Return how many toilets, taps and seats there are for everybody, without what there is none of."""
    names = {ComfortKind.TOILET: "toilets", ComfortKind.WATER: "drinking water", ComfortKind.SEAT: "seats"}
    counts = {name: int((kinds == kind).sum()) for kind, name in names.items()}
    return {what: number for what, number in counts.items() if number}


def count_hours(graph: Graph, hours: NDArray[np.generic], names: Sequence[str]) -> tuple[int, int]:
    """Return how many ways and gates are open at certain hours only, and how many say it in unread words."""
    unread = [bool(number) and bool(read_condition(names[number]).unread) for number in hours.tolist()]
    return _ways(graph, np.asarray(hours, int) > 0), _ways(graph, np.array(unread, bool))


def _ways(graph: Graph, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int:
    return len(np.unique(graph.way[chosen]))
