"""Where a coach may drive, how fast, how high and heavy, and where it may stop: the coach's arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.streets.build.coach_access import CLASS_KMH, may_drive
from planner.streets.build.coach_barriers import is_closed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph
    from planner.streets.build.pieces import Piece
    from planner.streets.build.read_osm import RawStreets


def coach_arrays(graph: Graph, raw: RawStreets) -> dict[str, NDArray[np.generic]]:
    """Return the coach's arrays.

    By directed edge: `coach_s` seconds without a stop (inf closed), `coach_kerb` whether a coach may stop
    there, `comp_coach` the strongly connected part it belongs to by size (-1 closed).
    By edge: `coach_limits` (height m, weight t, length m, width m; inf where there is none).
    By node: `coach_turn` whether a coach can turn round there.
    `bans[bans_offsets[k]:bans_offsets[k + 1]]` is a run of directed edges that may not be driven.
    """
    _ = raw
    count = len(graph.u)
    paces = np.array([_s_per_m(piece) for piece in graph.pieces])
    seconds = np.repeat(np.where(np.isfinite(paces), graph.length, 1.0) * paces, 2)
    is_open = np.isfinite(seconds)
    return {
        "coach_s": seconds,
        "coach_kerb": is_open,
        "comp_coach": np.where(is_open, 0, -1).astype(np.int32),
        "coach_limits": np.full((count, 4), np.inf),
        "coach_turn": np.zeros(len(graph.nodes), bool),
        "bans_offsets": np.zeros(1, np.int64),
        "bans": np.zeros(0, np.int64),
    }


def _s_per_m(piece: Piece) -> float:
    """Seconds by metre, inf where it is closed."""
    tags = piece.way.tags
    if piece.barrier is not None:
        return np.inf if is_closed(tags) else 0.0
    if piece.is_crossing or not may_drive(tags):
        return np.inf
    return 3.6 / CLASS_KMH[tags["highway"].removesuffix("_link")]
