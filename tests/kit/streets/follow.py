"""Following the ways of a small town from junction to junction, so that no search decides the way told."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import length_m
from planner.streets.files import SCALE, EdgeFlag
from planner.streets.query.directions.tell import drive_instructions, instructions
from planner.streets.query.path_edges import PathEdge
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.geo import LonLat
    from planner.domain.itinerary import Instruction
    from planner.streets.query.network import Network

Metres = tuple[float, float]


def flagged(network: Network, flags: Mapping[int, EdgeFlag]) -> Network:
    """The network with flags added to all edges of some ways, by way id."""
    changed = np.array(network.flags)
    for way, flag in flags.items():
        changed[np.asarray(network.way) == way] |= np.uint32(flag)
    return replace(network, flags=changed)


def path_edge(network: Network, edge: int, *, is_forward: bool) -> PathEdge:
    shape = network.shape(edge)[:: 1 if is_forward else -1]
    flags = EdgeFlag(int(network.flags[edge]))
    name, kind = network.edge_name(edge), network.edge_kind(edge)
    return PathEdge(edge, is_forward, name, kind, flags, shape, length_m(shape))


def followed(network: Network, stops: Sequence[Metres]) -> list[PathEdge]:
    """The edges of a path through some junctions, in metres east and north of the corner, in order."""
    nodes = [_node(network, spot(*stop)) for stop in stops]
    found = []
    for a, b in itertools.pairwise(nodes):
        ahead = np.flatnonzero((network.u == a) & (network.v == b))
        back = np.flatnonzero((network.u == b) & (network.v == a))
        assert len(ahead) + len(back) == 1
        edge = int((*ahead, *back)[0])
        found.append(path_edge(network, edge, is_forward=bool(len(ahead))))
    return found


def _node(network: Network, at: LonLat) -> int:
    gaps = np.abs(network.nodes - np.rint(np.array(at) * SCALE)).sum(axis=1)
    assert gaps.min() <= 2
    return int(gaps.argmin())


def walked(network: Network, stops: Sequence[Metres], goal: Metres | None = None) -> tuple[Instruction, ...]:
    """The directions of a walk through junctions; the goal lies so many metres from the corner."""
    ends = (spot(*stops[0]), spot(*(goal or stops[-1])))
    return instructions(network, followed(network, stops), (0.0, 0.0), ends)


def driven(network: Network, stops: Sequence[Metres], goal: Metres | None = None) -> tuple[Instruction, ...]:
    """The directions of a drive through junctions."""
    ends = (spot(*stops[0]), spot(*(goal or stops[-1])))
    return drive_instructions(network, followed(network, stops), ends)


def brief(told: Sequence[Instruction]) -> list[tuple[str, str, int]]:
    """Maneuver, name or else kind of way, and metres to the nearest ten."""
    return [(one.maneuver.value, one.street or one.way, 10 * round(one.distance_m / 10)) for one in told]
