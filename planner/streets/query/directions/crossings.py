"""Which streets a walk crosses: main roads, and side streets over a drawn crossing next to a turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.streets.files import EdgeFlag, WayKind
from planner.streets.query.directions.turns import angle_between, leaves, others

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from planner.streets.query.directions.lines import ToldLine
    from planner.streets.query.directions.turns import Track
    from planner.streets.query.network import Network
    from planner.streets.query.path_edges import PathEdge

NEAR_TURN_M = 25.0
"""A side street crossed within this distance of a turn is told: it says on which side of it to turn."""

_ROADS = (WayKind.STREET, WayKind.PEDESTRIAN, WayKind.MOTORWAY)


class Crossings:
    """Finds the streets crossed on the lines of one walk."""

    def __init__(self, network: Network, path: Sequence[PathEdge], track: Track) -> None:
        self._network = network
        self._path = path
        self._track = track
        self._main, self._any = _candidates(network, track)

    def on(self, line: ToldLine, untold: Collection[str], *, is_last: bool) -> str:
        """The name of a street crossed on a line, main roads first; none of the names already told."""
        start, end = self._track.marks[line.first], self._track.marks[line.last]
        for bound in range(max(1, line.first), min(line.last, len(self._main))):
            if self._main[bound] and (name := self._crossed(bound, untold, EdgeFlag.MAIN_ROAD)):
                return name
        for bound in range(max(1, line.first), min(line.last, len(self._any))):
            here = self._track.marks[bound]
            near = (here - start if line.first else here) <= NEAR_TURN_M and line.first > 0
            near = near or (end - here <= NEAR_TURN_M and not is_last)
            if near and self._any[bound] and self._is_drawn(bound):
                name = self._crossed(bound, untold, EdgeFlag(0))
                if name:
                    return name
        return ""

    def _is_drawn(self, bound: int) -> bool:
        return WayKind.CROSSING in (self._path[bound - 1].kind, self._path[bound].kind)

    def _crossed(self, bound: int, untold: Collection[str], flag: EdgeFlag) -> str:
        """The street that leads away from a bound to the left as well as to the right."""
        network, track = self._network, self._track
        sides: dict[str, set[bool]] = {}
        node, came = int(track.nodes[bound - 1]), track.came(bound)
        for edge in others(network, track, bound):
            name = network.edge_name(edge) or network.names[int(network.ref[edge])]
            if not name or name in untold or network.kind[edge] not in _ROADS:
                continue
            if flag and not network.has(edge, flag):
                continue
            sides.setdefault(name, set()).add(angle_between(came, leaves(network, edge, node)) > 0)
        return min((name for name, seen in sides.items() if len(seen) > 1), default="")


def _candidates(network: Network, track: Track) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """By bound: whether two main roads, and whether two streets, meet there besides the ways taken."""
    count = len(track.edges)
    starts = np.asarray(network.meet_starts[track.nodes], np.int64)
    sizes = np.asarray(network.meet_starts[track.nodes + 1], np.int64) - starts
    owner = np.repeat(np.arange(1, count), sizes)
    inner = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    edges = np.asarray(network.meet_edges)[np.repeat(starts, sizes) + inner]
    free = (edges != track.edges[owner - 1]) & (edges != track.edges[owner])
    is_main = free & ((network.flags[edges] & np.uint32(EdgeFlag.MAIN_ROAD)) != 0)
    is_road = free & np.isin(network.kind[edges], _ROADS)
    main, road = (np.bincount(owner[kept], minlength=count + 1) > 1 for kept in (is_main, is_road))
    return main, road
