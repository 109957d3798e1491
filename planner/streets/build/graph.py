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
from planner.streets.build.coach_access import may_drive
from planner.streets.build.read_osm import RawWay
from planner.streets.build.rules import edge_flags, may_walk, way_kind
from planner.streets.files import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.geo import LonLat
    from planner.streets.build.read_osm import RawStreets


@dataclass(frozen=True)
class Piece:
    """An edge in the making: the run of a way's nodes (OSM ids) from one junction to the next."""

    way: RawWay
    nodes: tuple[int, ...]


@dataclass(frozen=True)
class Graph:
    """Arrays of a network, all positions in whole 1e-7 degrees as (lon, lat).

    Edge i runs from node u[i] to v[i], is length[i] metres long and has the
    shape vertices[offsets[i]:offsets[i + 1]], both ends included. `pieces[i]` is
    what it was made of, `node_ids[n]` the OSM id of node n.
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
    names: tuple[str, ...]
    pieces: tuple[Piece, ...]
    node_ids: tuple[int, ...]


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
    """Cut the ways that somebody may use at their junctions and number the nodes."""
    ways = [way for way in raw.ways if may_walk(way.tags) or may_drive(way.tags)]
    junctions = _junctions(ways)
    pieces = [Piece(way, tuple(nodes)) for way in ways for nodes in _pieces(way, junctions, raw.positions)]
    number: dict[int, int] = {}
    rows: list[tuple[int, int, float, int, int, int, int]] = []
    shapes: list[list[LonLat]] = []
    for piece in pieces:
        tags = piece.way.tags
        u, v = (number.setdefault(node, len(number)) for node in (piece.nodes[0], piece.nodes[-1]))
        shape = [raw.positions[node] for node in piece.nodes]
        shapes.append(shape)
        label = names.number(tags.get("name") or tags.get("ref", ""))
        kind = int(way_kind(tags) or 0)
        rows.append((u, v, length_m(shape), kind, int(edge_flags(tags)), label, piece.way.id))
    return _to_arrays(number, rows, shapes, raw, names, pieces)


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
    pieces: list[Piece],
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
        names=names.table(),
        pieces=tuple(pieces),
        node_ids=tuple(number),
    )


def components(u: NDArray[np.int32], v: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    """Number the connected parts of a network by size: 0 is the main one."""
    joined = coo_matrix((np.ones(len(u)), (u, v)), shape=(count, count))
    parts, labels = connected_components(joined, directed=False)
    by_size = np.argsort(-np.bincount(labels, minlength=parts), kind="stable")
    rank = np.empty(parts, dtype=np.int32)
    rank[by_size] = np.arange(parts, dtype=np.int32)
    return rank[labels]
