"""The index that snapping asks: which edges pass near a cell of a plain grid."""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.files import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph

CELL_M = 120.0


def build_grid(graph: Graph) -> dict[str, NDArray[np.generic]]:
    """Return the grid: `frame` (west, south, cell width, cell height in 1e-7 degrees, columns, rows) and,
    for cell c, the edges in items[starts[c]:starts[c + 1]].
    """  # noqa: D205
    west, south = graph.vertices.min(axis=0)
    east, north = graph.vertices.max(axis=0)
    middle = radians((int(south) + int(north)) / 2 / SCALE)
    width = round(CELL_M / (METRES_PER_DEGREE * cos(middle)) * SCALE)
    height = round(CELL_M / METRES_PER_DEGREE * SCALE)
    columns, rows = int((int(east) - int(west)) // width) + 1, int((int(north) - int(south)) // height) + 1
    pairs = _cells_of_edges(graph, (int(west), int(south), width, height), columns)
    pairs = np.unique(pairs, axis=0)
    starts = np.searchsorted(pairs[:, 0], np.arange(columns * rows + 1))
    return {
        "frame": np.array([west, south, width, height, columns, rows], np.int64),
        "starts": starts.astype(np.int64),
        "items": pairs[:, 1].astype(np.int32),
    }


def _cells_of_edges(graph: Graph, frame: tuple[int, int, int, int], columns: int) -> NDArray[np.int64]:
    """Return (cell, edge) for every cell that a segment passes."""
    found: list[tuple[int, int]] = []
    for edge in range(len(graph.u)):
        first, last = graph.offsets[edge], graph.offsets[edge + 1]
        for point in range(first, last - 1):
            found += [(y * columns + x, edge) for x, y in _cells(graph.vertices[point : point + 2], frame)]
    return np.array(found, np.int64).reshape(-1, 2)


def _cells(segment: NDArray[np.int32], frame: tuple[int, int, int, int]) -> set[tuple[int, int]]:
    """Return (column, row) of the cells in the boxes of a segment's pieces, each about one cell long.

    A long segment has many pieces, for the box of the whole would hold the square of their number.
    """
    west, south, width, height = frame
    x, y = (segment[:, axis].astype(float) for axis in (0, 1))
    pieces = 1 + int(max(abs(x[1] - x[0]) / width, abs(y[1] - y[0]) / height))
    columns = ((np.linspace(x[0], x[1], pieces + 1) - west) // width).astype(int).tolist()
    rows = ((np.linspace(y[0], y[1], pieces + 1) - south) // height).astype(int).tolist()
    return {
        (column, row)
        for (x_a, y_a), (x_b, y_b) in pairwise(zip(columns, rows, strict=True))
        for row in range(min(y_a, y_b), max(y_a, y_b) + 1)
        for column in range(min(x_a, x_b), max(x_a, x_b) + 1)
    }
