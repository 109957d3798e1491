"""The line a coach drives: the edges of its path, its shape and what of it is unconfirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.geo import LonLat, length_m
from planner.streets.files import EdgeFlag, WayKind
from planner.streets.query.path_edges import PathEdge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.drive.kerbs import Kerb
    from planner.streets.query.network import Network


def driven_edges(network: Network, edges: Sequence[int], source: Kerb, target: Kerb) -> list[PathEdge]:
    """The driven pieces of directed edges, the first from and the last to a kerb; gates have none."""
    last = len(edges) - 1
    told = []
    for number, directed in enumerate(edges):
        if network.kind[directed // 2] == WayKind.BARRIER:
            continue
        shape = _cut(
            network.shape(directed // 2),
            source if number == 0 else None,
            target if number == last else None,
            is_back=bool(directed & 1),
        )
        told.append(_path_edge(network, directed, shape))
    return told


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


def _cut(shape: list[LonLat], source: Kerb | None, target: Kerb | None, *, is_back: bool) -> list[LonLat]:
    """The driven piece of an edge's shape; None stands for the edge's own end."""
    first, last = (target, source) if is_back else (source, target)
    inner = shape[first.vertex if first else 0 : last.vertex if last else len(shape)]
    piece = [*([first.at] if first else []), *inner, *([last.at] if last else [])]
    return piece[::-1] if is_back else piece


def _path_edge(network: Network, directed: int, shape: list[LonLat]) -> PathEdge:
    edge = directed // 2
    return PathEdge(
        edge=edge,
        is_forward=not directed & 1,
        name=network.edge_name(edge),
        kind=network.edge_kind(edge),
        flags=EdgeFlag(int(network.flags[edge])),
        shape=shape,
        length_m=length_m(shape),
    )
