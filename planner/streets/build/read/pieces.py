"""Pieces: the edges in the making."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.streets.build.read.osm import RawWay

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from planner.domain.geo import LonLat

Key = tuple[int, int]
"""A node of the graph: the OSM id, and 0 or the number of its copy where it is split."""


@dataclass(frozen=True, slots=True)
class WayPiece:
    """An edge in the making: the run of a way's nodes (OSM ids) from one junction to the next.

    `barrier` is the OSM node an edge without length stands for (its way then
    carries that node's tags), `is_half` that two such edges are passed.
    `surface` numbers the area, from 1, that a piece bounds or crosses,
    `is_crossing` says that it runs over it.
    """

    way: RawWay
    nodes: tuple[int, ...]
    barrier: int | None = None
    is_half: bool = False
    surface: int = 0
    is_crossing: bool = False


def find_junctions(ways: Sequence[RawWay]) -> set[int]:
    """Nodes where ways meet, cross themselves or end."""
    uses = Counter(node for way in ways for node in way.nodes)
    ends = {node for way in ways for node in (way.nodes[0], way.nodes[-1])}
    return ends | {node for node, count in uses.items() if count > 1}


def cut(way: RawWay, junctions: Container[int], positions: Mapping[int, LonLat]) -> Iterator[tuple[int, ...]]:
    """Yield the runs of nodes between junctions; a node without a position cuts the way."""
    piece: list[int] = []
    for node in way.nodes:
        if node not in positions:
            if len(piece) > 1:
                yield tuple(piece)
            piece = []
            continue
        piece.append(node)
        if node in junctions and len(piece) > 1:
            yield tuple(piece)
            piece = [node]
    if len(piece) > 1:
        yield tuple(piece)
