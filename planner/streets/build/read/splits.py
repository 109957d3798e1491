"""A node with a barrier, a kerb or a lift is split: what meets there is joined by edges without length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.streets.build.coach.access import may_drive
from planner.streets.build.coach.barriers import matters_to_coach
from planner.streets.build.foot.access import may_hike
from planner.streets.build.foot.barriers import concerns_walkers, is_elevator, is_kerb
from planner.streets.build.read.osm import RawWay
from planner.streets.build.read.pieces import Key, WayPiece
from planner.streets.build.rules import way_kind
from planner.streets.files import WayKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CARRIAGEWAYS = {WayKind.STREET, WayKind.SERVICE, WayKind.MOTORWAY}


def barrier_nodes(ways: Iterable[RawWay], node_tags: Mapping[int, Mapping[str, str]]) -> set[int]:
    """Return the nodes of these ways that mean something to somebody who comes along there."""
    walkers = {node for node, tags in node_tags.items() if concerns_walkers(tags)}
    coaches = {node for node, tags in node_tags.items() if matters_to_coach(tags)}
    nodes: set[int] = set()
    for way in ways:
        if not walkers.isdisjoint(way.nodes) and may_hike(way.tags):
            nodes |= walkers.intersection(way.nodes)
        if not coaches.isdisjoint(way.nodes) and may_drive(way.tags):
            nodes |= coaches.intersection(way.nodes)
    return nodes


@dataclass
class Splits:
    """The ends of the pieces, by (piece, 0 or 1), that lie in a copy of their node; and the edges between."""

    ends: dict[tuple[int, int], Key] = field(default_factory=dict)
    joins: list[tuple[WayPiece, Key, Key]] = field(default_factory=list)

    def add(self, node: int, tags: Mapping[str, str], meeting: _Meeting) -> None:
        """Split one node: the first of two groups keeps it; of more it becomes the middle of a star."""
        middle, groups = meeting.middle, list(meeting.groups)
        is_star = not middle and len(groups) > 2  # noqa: PLR2004 - two ways need one edge
        if not middle and not is_star:
            groups = groups[1:]
        way = RawWay(node, (node, node), dict(tags))
        for copy, group in enumerate(groups, 1):
            for end in group:
                self.ends[end] = (node, copy)
            piece = WayPiece(way, (node, node), barrier=node, is_half=is_star)
            self.joins.append((piece, (node, 0), (node, copy)))


@dataclass(frozen=True)
class _Meeting:
    """The ends of pieces at a node: those that pass it freely, and the groups it stands between."""

    middle: Sequence[tuple[int, int]]
    groups: Sequence[Sequence[tuple[int, int]]]


def split_nodes(
    pieces: Sequence[WayPiece], nodes: set[int], node_tags: Mapping[int, Mapping[str, str]]
) -> Splits:
    """Split these nodes between the pieces that end in them."""
    meeting: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for end in (0, 1):
            if piece.nodes[-end] in nodes:
                meeting[piece.nodes[-end]].append((number, end))
    splits = Splits()
    for node, ends in meeting.items():
        tags = node_tags[node]
        met = _met(tags, ends, pieces)
        if len(met.groups) + bool(met.middle) > 1:
            splits.add(node, tags, met)
    return splits


def _met(tags: Mapping[str, str], ends: Sequence[tuple[int, int]], pieces: Sequence[WayPiece]) -> _Meeting:
    middle: list[tuple[int, int]] = []
    groups: dict[object, list[tuple[int, int]]] = defaultdict(list)
    levels = {_level(pieces[number]) for number, _ in ends} if is_elevator(tags) else set()
    beside_kerb = _beside_kerb(ends, pieces) if is_kerb(tags) else set()
    for number, end in ends:
        piece = pieces[number]
        if (number, end) in beside_kerb:
            middle.append((number, end))
        elif len(levels) > 1:
            groups[_level(piece)].append((number, end))
        else:
            groups[("surface", piece.surface) if piece.surface else (number, end)].append((number, end))
    return _Meeting(middle, tuple(groups.values()))


def _beside_kerb(ends: Sequence[tuple[int, int]], pieces: Sequence[WayPiece]) -> set[tuple[int, int]]:
    """The ends a kerb does not lie across: the carriageway; all but the crossings where there are any."""
    kinds = {end: way_kind(pieces[end[0]].way.tags) for end in ends}
    with_crossing = WayKind.CROSSING in kinds.values()
    return {
        end
        for end, kind in kinds.items()
        if kind in _CARRIAGEWAYS or (with_crossing and kind is not WayKind.CROSSING)
    }


def _level(piece: WayPiece) -> tuple[str, str]:
    tags = piece.way.tags
    return ("level", tags["level"]) if "level" in tags else ("layer", tags.get("layer", "0"))
