"""Turn restrictions: relations become runs of directed edges that a coach may not drive.

Source: OSM wiki, "Relation:restriction". A relation that is not whole, that
does not hang together or that can be read in two ways is left out and counted,
as is one for certain hours or for other vehicles.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.streets.files import WayKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph
    from planner.streets.build.read.osm import RawRelation, RawStreets

EdgeSequence = tuple[int, ...]

_COACH_KEYS = ("restriction:coach", "restriction:tourist_bus", "restriction:bus", "restriction:psv")
_OTHER_VEHICLES = (
    "restriction:hgv", "restriction:motorcar", "restriction:motorcycle", "restriction:bicycle",
    "restriction:caravan", "restriction:hazmat", "restriction:goods", "restriction:emergency",
)  # fmt: skip
_EXEMPT = frozenset({"coach", "tourist_bus", "bus", "psv", "motor_vehicle", "vehicle"})
_HOURS = ("day_on", "day_off", "hour_on", "hour_off")
_LONGEST = 64
"""A ban over more edges than this is a mistake in the data."""


@dataclass(frozen=True)
class _Order:
    """A restriction: what leads in, what lies between, what leads out, and whether it is the only way on."""

    is_only: bool
    is_u_turn: bool
    from_ways: tuple[int, ...]
    via_node: int | None
    via_ways: tuple[int, ...]
    to_ways: tuple[int, ...]


class _LeftOut(Exception):  # noqa: N818 - a reason, told to nobody but the count
    """Why a relation says nothing to a coach."""


def read_bans(graph: Graph, raw: RawStreets, is_open: NDArray[np.bool_]) -> list[EdgeSequence]:
    """Return the banned runs of directed edges, sorted; what was left out is counted in `raw.left_out`."""
    streets = _Streets(graph, is_open)
    bans: set[EdgeSequence] = set()
    for relation in raw.relations:
        try:
            bans.update(list(_bans(_order(relation), streets)))
        except _LeftOut as reason:
            label = f"turn restriction {reason}"
            raw.left_out[label] = raw.left_out.get(label, 0) + 1
    return sorted(bans)


def _order(relation: RawRelation) -> _Order:
    """Read a relation's tags and members."""
    rule = _rule(relation.tags)
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for kind, number, role in relation.members:
        members[role, kind].append(number)
    nodes, ways = members["via", "n"], members["via", "w"]
    if not members["from", "w"] or not members["to", "w"] or len(nodes) + bool(ways) != 1:
        raise _LeftOut("not whole")
    return _Order(
        is_only=rule.startswith("only_"),
        is_u_turn=rule == "no_u_turn",
        from_ways=tuple(members["from", "w"]),
        via_node=nodes[0] if nodes else None,
        via_ways=tuple(ways),
        to_ways=tuple(members["to", "w"]),
    )


def _rule(tags: Mapping[str, str]) -> str:
    """The rule for a coach: "no_..." or "only_...".

    Raises
    ------
    _LeftOut
        If there is none for it.
    """
    rule = next((tags[key] for key in (*_COACH_KEYS, "restriction") if key in tags), "")
    if not rule:
        if any(key in tags for key in _OTHER_VEHICLES):
            raise _LeftOut("for other vehicles")
        if any(key.endswith(":conditional") for key in tags):
            raise _LeftOut("for certain hours")
    if any(key in tags for key in _HOURS):
        raise _LeftOut("for certain hours")
    if _EXEMPT & {value.strip() for value in tags.get("except", "").split(";")}:
        raise _LeftOut("for other vehicles")
    if not rule.startswith(("no_", "only_")):
        raise _LeftOut("not understood")
    return rule


class _Streets:
    """The open directed edges by way and by the node they leave."""

    def __init__(self, graph: Graph, is_open: NDArray[np.bool_]) -> None:
        self.heads = np.stack((graph.v, graph.u), axis=1).ravel().tolist()
        self.ids = graph.node_ids
        self.of_way: dict[int, list[int]] = defaultdict(list)
        self.leaving: dict[int, list[int]] = defaultdict(list)
        tails = np.stack((graph.u, graph.v), axis=1).ravel().tolist()
        self.is_barrier = (graph.kind == WayKind.BARRIER).tolist()
        self.way = graph.way.tolist()
        for edge in np.flatnonzero(is_open).tolist():
            self.leaving[tails[edge]].append(edge)
            if not self.is_barrier[edge // 2]:
                self.of_way[self.way[edge // 2]].append(edge)

    def on(self, run: EdgeSequence) -> Iterator[int]:
        """The directed edges that leave the end of a run."""
        yield from self.leaving[self.heads[run[-1]]]

    def layer(self, edge: int, layer: int, chain: tuple[int, ...]) -> int | None:
        """Where in a chain of ways an edge stands, coming from a layer; None where it leads off the chain."""
        if self.is_barrier[edge // 2]:
            return layer
        way = self.way[edge // 2]
        if layer + 1 < len(chain) and way == chain[layer + 1]:
            return layer + 1
        return layer if layer > 0 and way == chain[layer] else None


def _bans(order: _Order, streets: _Streets) -> Iterator[EdgeSequence]:
    for from_way in order.from_ways:
        for to_way in order.to_ways:
            runs = _runs(order, from_way, to_way, streets)
            if order.is_only:
                yield from _others(order, runs, streets)
            else:
                yield from runs


def _runs(order: _Order, from_way: int, to_way: int, streets: _Streets) -> list[EdgeSequence]:
    """The runs along the members, first edge and last included.

    Raises
    ------
    _LeftOut
        If there is none or if it is not clear which is meant.
    """
    if from_way not in streets.of_way or to_way not in streets.of_way:
        raise _LeftOut("off the coach's streets")
    chain = (from_way, *order.via_ways, to_way)
    starts = streets.of_way[from_way]
    if order.via_node is not None:
        starts = [edge for edge in starts if streets.ids[streets.heads[edge]] == order.via_node]
    runs = [run for start in starts for run in _along(chain, start, streets)]
    if order.is_u_turn and from_way == to_way:
        runs = [run for run in runs if run[0] == run[-1] ^ 1]
        if not runs:
            raise _LeftOut("not joined")
        return runs
    runs = [run for run in runs if run[0] != run[-1] ^ 1]
    if not runs:
        raise _LeftOut("not joined")
    if len(runs) > 1:
        raise _LeftOut("ambiguous")
    return runs


def _along(chain: tuple[int, ...], start: int, streets: _Streets) -> list[EdgeSequence]:
    """The runs from an edge along a chain of ways until the first edge of the last one."""
    done: list[EdgeSequence] = []
    under_way: list[tuple[EdgeSequence, int]] = [((start,), 0)]
    while under_way:
        run, at = under_way.pop()
        for edge in streets.on(run):
            layer = streets.layer(edge, at, chain)
            is_back = edge in run or (bool(chain[1:-1]) and edge ^ 1 in run)
            if layer is None or is_back or len(run) > _LONGEST:
                continue
            if layer == len(chain) - 1 and not streets.is_barrier[edge // 2]:
                done.append((*run, edge))
            else:
                under_way.append(((*run, edge), layer))
    return done


def _others(order: _Order, runs: list[EdgeSequence], streets: _Streets) -> Iterator[EdgeSequence]:
    """What an only_ restriction bans: every other way on.

    At a node that is all that leaves it. Over via ways it binds who has driven
    them to their end, for who leaves them earlier turns somewhere else.
    """
    for run in runs:
        sizes = range(len(run) - 1, len(run)) if order.via_ways else range(1, len(run))
        for size in sizes:
            for edge in streets.on(run[:size]):
                if edge != run[size]:
                    yield (*run[:size], edge)
