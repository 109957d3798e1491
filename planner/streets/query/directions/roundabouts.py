"""Counting the exits of a roundabout as a driver does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.streets.files import EdgeFlag, WayKind
from planner.streets.query.directions.turns import is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.network import Network
    from planner.streets.query.path_edges import PathEdge


def exit_number(network: Network, path: Sequence[PathEdge], core: tuple[int, int]) -> int:
    """Which exit is taken after the edges of `core`, all on one roundabout: 1 for the first.

    Exits are counted where a road leads away that is open to coaches; drives to
    yards and car parks are not signed and not counted.
    """
    passed = [_end(network, path[number]) for number in range(*core)]
    return 1 + sum(_has_exit(network, node) for node in passed[:-1])


def _end(network: Network, travelled: PathEdge) -> int:
    return int((network.v if travelled.is_forward else network.u)[travelled.edge])


def _has_exit(network: Network, node: int) -> bool:
    meet = network.meet_edges[network.meet_starts[node] : network.meet_starts[node + 1]].tolist()
    return any(
        is_open(network.coach_s, network, edge, node)
        and not network.has(edge, EdgeFlag.ROUNDABOUT)
        and network.kind[edge] != WayKind.SERVICE
        for edge in meet
    )
