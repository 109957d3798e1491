"""The line a coach drives: the edges of its path, its shape and what of it is unconfirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.streets.files import EdgeFlag, WayKind
from planner.streets.query.path_edges import path_edges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat
    from planner.streets.query.drive.kerbs import Kerb
    from planner.streets.query.network import Network
    from planner.streets.query.path_edges import PathEdge


def driven_edges(network: Network, edges: Sequence[int], source: Kerb, target: Kerb) -> list[PathEdge]:
    """The driven pieces of directed edges, the first from and the last to a kerb; gates have none."""
    pieces = path_edges(network, np.array(edges, np.int64), source, target)
    return [piece for piece in pieces if piece.kind is not WayKind.BARRIER]


def drawn(pieces: Sequence[PathEdge]) -> tuple[tuple[LonLat, ...], tuple[tuple[int, int], ...]]:
    """The line of a path, and its unconfirmed runs as (first, last) index into it."""
    line: list[LonLat] = []
    runs: list[tuple[int, int]] = []
    for piece in pieces:
        _extend(line, piece.shape[:1])
        first = len(line) - 1
        _extend(line, piece.shape)
        if EdgeFlag.ESTIMATED not in piece.flags or len(line) - 1 == first:
            continue
        if runs and runs[-1][1] == first:
            first = runs.pop()[0]
        runs.append((first, len(line) - 1))
    return tuple(line), tuple(runs)


def _extend(line: list[LonLat], more: Sequence[LonLat]) -> None:
    """Add positions to a line, leaving out repeats."""
    for at in more:
        if not line or at != line[-1]:
            line.append(at)
