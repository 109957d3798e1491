"""From ways to a graph: an edge runs between two junctions and keeps its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from planner.domain.geo import EARTH_RADIUS_M
from planner.streets.build.coach.access import may_drive
from planner.streets.build.foot.access import may_hike
from planner.streets.build.foot.area_rings import find_surfaces, outline_ways
from planner.streets.build.foot.areas import cross_surfaces, junctions_of
from planner.streets.build.read.osm import RawWay
from planner.streets.build.read.pieces import WayPiece, cut, find_junctions
from planner.streets.build.read.splits import barrier_nodes, split_nodes
from planner.streets.build.rules import edge_flags, way_kind
from planner.streets.files import SCALE, EdgeFlag, WayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.streets.build.foot.areas import Crossing
    from planner.streets.build.read.osm import RawStreets
    from planner.streets.build.read.pieces import Key


@dataclass(frozen=True)
class Graph:
    """Arrays of a network, all positions in whole 1e-7 degrees as (lon, lat).

    Edge i runs from node u[i] to v[i], is length[i] metres long and has the
    shape vertices[offsets[i]:offsets[i + 1]], both ends included. `pieces[i]` is
    what it was made of, `node_ids[n]` the OSM id of node n: several nodes carry
    one id where a barrier splits it.
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
    pieces: tuple[WayPiece, ...]
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


def build_graph(raw: RawStreets, names: Names, report: Callable[[str], None] = lambda _: None) -> Graph:
    """Cut the ways that somebody may use at their junctions, cross the surfaces, number the nodes."""
    surfaces = find_surfaces(raw)
    ways = [way for way in raw.ways if may_hike(way.tags) or may_drive(way.tags)]
    ways += outline_ways(surfaces, raw)
    junctions = find_junctions(ways)
    walked = [way for way in ways if may_hike(way.tags)]
    crossings = cross_surfaces(surfaces, walked, junctions, raw)
    report(f"{sum(bool(crossing.pairs) for crossing in crossings)} areas crossed")
    barriers = barrier_nodes(ways, raw.node_tags)
    pieces = _pieces(ways, junctions | barriers | junctions_of(crossings), crossings, raw)
    splits = split_nodes(pieces, barriers, raw.node_tags)
    report(f"{len(splits.joins)} barriers, kerbs and lifts")
    ends: list[tuple[Key, Key]] = [
        (
            splits.ends.get((number, 0), (piece.nodes[0], 0)),
            splits.ends.get((number, 1), (piece.nodes[-1], 0)),
        )
        for number, piece in enumerate(pieces)
    ]
    for piece, start, end in splits.joins:
        pieces.append(piece)
        ends.append((start, end))
    return _to_graph(pieces, ends, raw, names)


def _pieces(
    ways: Sequence[RawWay], junctions: set[int], crossings: Sequence[Crossing], raw: RawStreets
) -> list[WayPiece]:
    surface_of = {
        way: number for number, crossing in enumerate(crossings, 1) for way in crossing.surface.ways
    }
    pieces = [
        WayPiece(way, nodes, surface=surface_of.get(way.id, 0))
        for way in ways
        for nodes in cut(way, junctions, raw.positions)
    ]
    for number, crossing in enumerate(crossings, 1):
        way = RawWay(crossing.surface.id, (), crossing.tags)
        pieces += [WayPiece(way, pair, surface=number, is_crossing=True) for pair in crossing.pairs]
    return pieces


def _to_graph(
    pieces: Sequence[WayPiece],
    ends: Sequence[tuple[Key, Key]],
    raw: RawStreets,
    names: Names,
) -> Graph:
    number: dict[Key, int] = {}
    known: dict[int, tuple[WayKind, EdgeFlag]] = {}
    rows = [
        (
            number.setdefault(start, len(number)),
            number.setdefault(end, len(number)),
            *_kind_and_flags(piece, known),
            _label(piece, names),
            piece.way.id,
        )
        for piece, (start, end) in zip(pieces, ends, strict=True)
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    sizes = [len(piece.nodes) for piece in pieces]
    offsets = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    flat = np.array([raw.positions[node] for piece in pieces for node in piece.nodes], float).reshape(-1, 2)
    nodes = np.array([raw.positions[node] for node, _ in number], dtype=float).reshape(-1, 2)
    return Graph(
        nodes=np.rint(nodes * SCALE).astype(np.int32),
        u=table[:, 0].astype(np.int32),
        v=table[:, 1].astype(np.int32),
        length=_lengths(flat, offsets),
        offsets=offsets.astype(np.int64),
        vertices=np.rint(flat * SCALE).astype(np.int32),
        kind=table[:, 2].astype(np.uint8),
        flags=table[:, 3].astype(np.uint32),
        name=table[:, 4].astype(np.int32),
        way=table[:, 5],
        names=names.table(),
        pieces=tuple(pieces),
        node_ids=tuple(node for node, _ in number),
    )


def _kind_and_flags(piece: WayPiece, known: dict[int, tuple[WayKind, EdgeFlag]]) -> tuple[int, int]:
    """The kind and flags of an edge; those of a way are kept in `known` by the way's identity."""
    if piece.barrier is not None:
        lift = piece.way.tags.get("highway") == "elevator"
        return int(WayKind.ELEVATOR if lift else WayKind.BARRIER), 0
    key = id(piece.way)
    if key not in known:
        known[key] = way_kind(piece.way.tags) or WayKind.STREET, edge_flags(piece.way.tags)
    kind, flags = known[key]
    if piece.is_crossing:
        flags |= EdgeFlag.AREA
        kind = kind if kind in {WayKind.PLATFORM, WayKind.CORRIDOR} else WayKind.PEDESTRIAN
    return int(kind), int(flags)


def _label(piece: WayPiece, names: Names) -> int:
    tags: Mapping[str, str] = {} if piece.barrier is not None else piece.way.tags
    return names.number(tags.get("name") or tags.get("ref", ""))


def _lengths(flat: NDArray[np.float64], offsets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Metres of each run of positions, by the haversine formula of planner.domain.geo."""
    lon, lat = np.radians(flat).T
    half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    steps = np.append(2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(half))), 0.0)
    steps[offsets[1:] - 1] = 0.0
    return np.add.reduceat(steps, offsets[:-1]) if len(offsets) > 1 else np.zeros(0)


def components(u: NDArray[np.int32], v: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    """Number the connected parts of a network by size: 0 is the main one."""
    joined = coo_matrix((np.ones(len(u)), (u, v)), shape=(count, count))
    parts, labels = connected_components(joined, directed=False)
    by_size = np.argsort(-np.bincount(labels, minlength=parts), kind="stable")
    rank = np.empty(parts, dtype=np.int32)
    rank[by_size] = np.arange(parts, dtype=np.int32)
    return rank[labels]
