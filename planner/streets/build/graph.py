"""From ways to a graph: an edge runs between two junctions and keeps its shape."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from planner.domain.geo import length_m
from planner.streets.build.rules import edge_flags, way_kind
from planner.streets.files import SCALE, EdgeFlag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.geo import LonLat
    from planner.streets.build.read_osm import RawStreets, RawWay

WALKABLE = EdgeFlag.WALK_FORWARD | EdgeFlag.WALK_BACKWARD


@dataclass(frozen=True)
class Graph:
    """Arrays of a network, all positions in whole 1e-7 degrees as (lon, lat).

    Edge i runs from node u[i] to v[i], is length[i] metres long and has the
    shape vertices[offsets[i]:offsets[i + 1]], both ends included.
    """

    nodes: NDArray[np.int32]
    u: NDArray[np.int32]
    v: NDArray[np.int32]
    length: NDArray[np.float64]
    offsets: NDArray[np.int64]
    vertices: NDArray[np.int32]
    kind: NDArray[np.uint8]
    flags: NDArray[np.uint32]
    name: NDArray[np.int32]
    way: NDArray[np.int64]
    component: NDArray[np.int32]
    names: tuple[str, ...]


class Names:
    """A table of names; number 0 is the empty one."""

    def __init__(self) -> None:
        self._numbers = {"": 0}

    def number(self, name: str) -> int:
        """Return the number of a name, a new one at its first use."""
        return self._numbers.setdefault(name, len(self._numbers))

    def table(self) -> tuple[str, ...]:
        """Return the names by number."""
        return tuple(self._numbers)


def build_graph(raw: RawStreets, names: Names) -> Graph:
    """Cut the walkable ways at their junctions and number the nodes."""
    ways = [(way, flags) for way in raw.ways if (flags := edge_flags(way.tags)) & WALKABLE]
    junctions = _junctions([way for way, _ in ways])
    number: dict[int, int] = {}
    rows: list[tuple[int, int, float, int, int, int, int]] = []
    shapes: list[list[LonLat]] = []
    for way, flags in ways:
        kind = way_kind(way.tags)
        label = names.number(way.tags.get("name") or way.tags.get("ref", ""))
        for piece in _pieces(way, junctions, raw.positions):
            u, v = (number.setdefault(node, len(number)) for node in (piece[0], piece[-1]))
            shape = [raw.positions[node] for node in piece]
            shapes.append(shape)
            rows.append((u, v, length_m(shape), int(kind or 0), int(flags), label, way.id))
    return _to_arrays(number, rows, shapes, raw, names)


def _junctions(ways: list[RawWay]) -> set[int]:
    """Nodes where ways meet, cross themselves or end."""
    uses = Counter(node for way in ways for node in way.nodes)
    ends = {node for way in ways for node in (way.nodes[0], way.nodes[-1])}
    return ends | {node for node, count in uses.items() if count > 1}


def _pieces(way: RawWay, junctions: set[int], positions: dict[int, LonLat]) -> Iterator[list[int]]:
    """Yield the runs of nodes between junctions; a node without a position cuts the way."""
    piece: list[int] = []
    for node in way.nodes:
        if node not in positions:
            if len(piece) > 1:
                yield piece
            piece = []
            continue
        piece.append(node)
        if node in junctions and len(piece) > 1:
            yield piece
            piece = [node]
    if len(piece) > 1:
        yield piece


def _to_arrays(
    number: dict[int, int],
    rows: list[tuple[int, int, float, int, int, int, int]],
    shapes: list[list[LonLat]],
    raw: RawStreets,
    names: Names,
) -> Graph:
    nodes = np.array([raw.positions[node] for node in number], dtype=float).reshape(-1, 2)
    u, v, length, kind, flags, name, way = zip(*rows, strict=True) if rows else ((),) * 7
    offsets = np.concatenate(([0], np.cumsum([len(shape) for shape in shapes], dtype=np.int64)))
    flat = [position for shape in shapes for position in shape]
    starts, ends = np.array(u, dtype=np.int32), np.array(v, dtype=np.int32)
    return Graph(
        nodes=np.rint(nodes * SCALE).astype(np.int32),
        u=starts,
        v=ends,
        length=np.array(length, dtype=float),
        offsets=offsets.astype(np.int64),
        vertices=np.rint(np.array(flat, dtype=float).reshape(-1, 2) * SCALE).astype(np.int32),
        kind=np.array(kind, dtype=np.uint8),
        flags=np.array(flags, dtype=np.uint32),
        name=np.array(name, dtype=np.int32),
        way=np.array(way, dtype=np.int64),
        component=_components(starts, ends, len(number)),
        names=names.table(),
    )


def _components(u: NDArray[np.int32], v: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    """Number the connected parts of the network by size: 0 is the main one."""
    joined = coo_matrix((np.ones(len(u)), (u, v)), shape=(count, count))
    parts, labels = connected_components(joined, directed=False)
    by_size = np.argsort(-np.bincount(labels, minlength=parts), kind="stable")
    rank = np.empty(parts, dtype=np.int32)
    rank[by_size] = np.arange(parts, dtype=np.int32)
    return rank[labels]
