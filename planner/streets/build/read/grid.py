"""The index that snapping asks: which edges pass near a cell of a plain grid."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.files import SCALE, WayKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph

CELL_M = 120.0


def build_grid(graph: Graph) -> dict[str, NDArray[np.generic]]:
    """Return the grid: `frame` (west, south, cell width, cell height in 1e-7 degrees, columns, rows) and,
    for cell c, the edges in items[starts[c]:starts[c + 1]]. A barrier's edge has no length and is left out.
    """  # noqa: D205
    west, south = graph.vertices.min(axis=0)
    east, north = graph.vertices.max(axis=0)
    middle = radians((int(south) + int(north)) / 2 / SCALE)
    width = round(CELL_M / (METRES_PER_DEGREE * cos(middle)) * SCALE)
    height = round(CELL_M / METRES_PER_DEGREE * SCALE)
    columns, rows = int((int(east) - int(west)) // width) + 1, int((int(north) - int(south)) // height) + 1
    cells, edges = _cells_of_edges(graph, (int(west), int(south), width, height), columns)
    starts = np.searchsorted(cells, np.arange(columns * rows + 1))
    return {
        "frame": np.array([west, south, width, height, columns, rows], np.int64),
        "starts": starts.astype(np.int64),
        "items": edges.astype(np.int32),
    }


def _cells_of_edges(
    graph: Graph, frame: tuple[int, int, int, int], columns: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the cells that edges pass and those edges, each pair once, by cell and then by edge.

    A segment is taken in pieces no longer than a cell, for the box of a long one would hold the square of
    its cells; the box of a piece has the columns and rows of its two ends and no others.
    """
    edge_of = np.repeat(np.arange(len(graph.u)), np.diff(graph.offsets))
    is_snapped = (graph.kind[edge_of[:-1]] != WayKind.BARRIER) & (
        (graph.kind[edge_of[:-1]] != WayKind.ELEVATOR) | (graph.length[edge_of[:-1]] > 0)
    )
    first = np.flatnonzero((edge_of[:-1] == edge_of[1:]) & is_snapped)
    west, south, width, height = frame
    start = (graph.vertices[first].astype(float) - (west, south)) / (width, height)
    end = (graph.vertices[first + 1].astype(float) - (west, south)) / (width, height)
    pieces = 1 + np.abs(end - start).max(axis=1, initial=0).astype(np.int64)
    segment = np.repeat(np.arange(len(first)), pieces)
    number = np.arange(len(segment)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    step = (end - start)[segment] / pieces[segment, None]
    near = np.floor(start[segment] + number[:, None] * step).astype(np.int64)
    far = np.floor(start[segment] + (number + 1)[:, None] * step).astype(np.int64)
    far = np.where((number + 1 == pieces[segment])[:, None], np.floor(end[segment]).astype(np.int64), far)
    corners = [row[:, 1] * columns + column[:, 0] for row in (near, far) for column in (near, far)]
    edges = np.tile(edge_of[first][segment], len(corners))
    both = np.unique(np.concatenate(corners) * np.int64(len(graph.u)) + edges)
    return both // len(graph.u), both % len(graph.u)
