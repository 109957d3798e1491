"""The ways that vehicles go: streets open to a coach, or rails.

Turn restrictions, heights and weights are left aside: a bus of the line is known to get through.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from planner.buses.build.shapes.fit import course_of
from planner.buses.files import SCALE
from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.query.layers import LayerKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.streets.query.layers import Layers
    from planner.streets.query.network import Network

Line = NDArray[np.float64]

JOIN_M = 12.0
"""Rails end on others within this; the map's layer is simplified."""

SLOWEST_MS = 2.5
"""No way is looked for that a bus would have to drive more slowly than this, metres a second."""


@dataclass(frozen=True)
class SnapLimits:
    """How stops are put onto ways: how far off (m), how much farther than the nearest, how many ways."""

    off_m: float
    spare_m: float
    most: int


STREET_REACH = SnapLimits(80.0, 10.0, 3)
RAIL_REACH = SnapLimits(150.0, 60.0, 8)
"""A station has several tracks, and the one that leads on need not be the nearest."""


@dataclass(frozen=True)
class WayGraph:
    """Edge i has the shape vertices[offsets[i]:offsets[i + 1]] (lon, lat degrees) from node u to node v.

    `ahead` and `back` are what it costs, inf closed; a unit of cost is worth `pace` metres at least.
    """

    vertices: Line
    offsets: NDArray[np.int64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    ahead: NDArray[np.float64]
    back: NDArray[np.float64]
    nodes: int
    pace: float
    reach: SnapLimits


def streets(network: Network) -> WayGraph:
    """The streets that a coach may use in at least one direction; the cost is seconds."""
    cost = np.asarray(network.coach_s, float).reshape(-1, 2)
    edges = np.flatnonzero(np.isfinite(cost).any(axis=1))
    sizes = np.diff(network.offsets)
    taken = np.repeat(np.isfinite(cost).any(axis=1), sizes)
    return WayGraph(
        vertices=network.vertices[taken] / SCALE,
        offsets=np.concatenate(([0], np.cumsum(sizes[edges]))).astype(np.int64),
        u=network.u[edges].astype(np.int64),
        v=network.v[edges].astype(np.int64),
        ahead=cost[edges, 0],
        back=cost[edges, 1],
        nodes=len(network.nodes),
        pace=SLOWEST_MS,
        reach=STREET_REACH,
    )


def rails(layers: Layers) -> WayGraph:
    """The rails of the map's background, cut where another one ends on them; the cost is metres."""
    features = np.flatnonzero(layers.kinds == LayerKind.RAIL).tolist()
    lines = [layers.coords[layers.offsets[i] : layers.offsets[i + 1]] / SCALE for i in features]
    pieces = _cut_where_others_end([line for line in lines if len(line) > 1])
    numbers: dict[tuple[float, float], int] = {}
    ends = [[numbers.setdefault(tuple(end), len(numbers)) for end in (line[0], line[-1])] for line in pieces]
    u, v = np.array(ends, np.int64).reshape(-1, 2).T
    metres = np.array([course_of(line).length_m for line in pieces])
    return WayGraph(
        vertices=np.concatenate(pieces) if pieces else np.empty((0, 2)),
        offsets=np.concatenate(([0], np.cumsum([len(line) for line in pieces]))).astype(np.int64),
        u=u,
        v=v,
        ahead=metres,
        back=metres,
        nodes=len(numbers),
        pace=1.0,
        reach=RAIL_REACH,
    )


def _cut_where_others_end(lines: Sequence[Line]) -> list[Line]:
    """The pieces of lines between the places where ends of others lie; those ends become vertices."""
    if not lines:
        return []
    lat = float(lines[0][0, 1])
    plane = np.array([shapely.linestrings(flat(line, lat)) for line in lines], object)
    ends = np.array([end for line in lines for end in (line[0], line[-1])])
    at = np.asarray(shapely.points(flat(ends, lat)), object)
    cuts: dict[int, dict[float, Line]] = defaultdict(dict)
    for end, line in shapely.STRtree(plane).query(at, "dwithin", JOIN_M).T.tolist():
        along = float(shapely.line_locate_point(plane[line], at[end], normalized=True))
        if end // 2 != line and 0.0 < along < 1.0:
            cuts[line][along] = ends[end]
    return [piece for number, line in enumerate(lines) for piece in _cut(line, cuts[number])]


def _cut(line: Line, cuts: Mapping[float, Line]) -> list[Line]:
    """A line cut at some shares of its length; each cut is moved to the point that is given with it."""
    course = course_of(line)
    shares = [0.0, *sorted(cuts), 1.0]
    pieces = [course.cut(a * course.length_m, b * course.length_m) for a, b in pairwise(shares)]
    for share, before, after in zip(shares[1:], pieces, pieces[1:], strict=False):
        before[-1] = after[0] = cuts[share]
    return pieces


def flat(points: Line, lat: float) -> Line:
    """Metres east and north, right at a latitude."""
    factors = np.array([np.cos(np.radians(lat)), 1.0]) * METRES_PER_DEGREE
    return np.asarray(points * factors, float)
