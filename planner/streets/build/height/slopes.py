"""Slopes of the edges: metres up and down, how steep, and the seconds that it takes on foot.

Each edge is looked at every ten metres or so. A bridge or a tunnel does not lie on the ground: it runs evenly
from end to end, and where several of them meet away from the ground their heights lie between those of the
ends (a weighted mean by length, as in a wire frame). A lift joins no heights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, diags
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from planner.domain.geo import EARTH_RADIUS_M
from planner.streets.build.foot.parameters import CLOCK
from planner.streets.build.foot.step_free import EdgeSlope
from planner.streets.files import SCALE, EdgeFlag, WayKind

if TYPE_CHECKING:
    from planner.streets.build.graph import Graph
    from planner.streets.build.height.model import HeightModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SECTION_M = 10.0
"""A way is looked at this often; over less no slope is measured, for a kerb would be one."""

UNLIKELY_PERCENT = 40.0
"""No street is steeper (Baldwin Street, Dunedin: 35 %): the heights are of a wall, a roof or a cutting."""

_APART = EdgeFlag.TUNNEL | EdgeFlag.BRIDGE | EdgeFlag.OFF_GROUND
_NO_SLOPE = (WayKind.ELEVATOR, WayKind.FERRY)
_LEAST_M = 1.0


@dataclass(frozen=True)
class Slopes:
    """By edge and direction (u to v, v to u): metres up, seconds more on foot; by edge the steepest percent.

    NaN where no height is known; steps have a height, but no steepness and no seconds: they have their own.
    `is_sure` says whether the heights are fine enough to close a way.
    """

    ascent_m: Floats
    seconds: Floats
    percent: Floats
    is_sure: bool

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether an edge's heights are known."""
        return np.isfinite(self.ascent_m[:, 0])

    def judged(self) -> list[EdgeSlope]:
        """What step-free rules ask of each edge."""
        percent = np.nan_to_num(self.percent).tolist()
        return [
            EdgeSlope(known, p, self.is_sure)
            for known, p in zip(self.is_known.tolist(), percent, strict=True)
        ]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What a network keeps: `ascent_m` by directed edge, `slope_percent` by edge."""
        return {
            "ascent_m": self.ascent_m.ravel().astype(np.float32),
            "slope_percent": self.percent.astype(np.float32),
        }


def slopes_of(graph: Graph, model: HeightModel) -> Slopes:
    """Return the slopes of a graph's edges."""
    owner, places, lengths = _sections(graph)
    heights = model.at(places)
    rise = heights[1:] - heights[:-1]
    is_inner = owner[1:] == owner[:-1]
    edge, rise, length = owner[:-1][is_inner], rise[is_inner], lengths[is_inner]
    apart = _is_apart(graph)
    edge, rise, length = _with_even_ones(graph, heights, owner, apart, (edge, rise, length))
    return _summed(graph, model, edge, rise, length)


def _is_apart(graph: Graph) -> NDArray[np.bool_]:
    apart: NDArray[np.bool_] = (graph.flags & int(_APART)) != 0
    return apart


def _sections(graph: Graph) -> tuple[Ints, Floats, Floats]:
    """Return owners and positions of places along the edges, and the metres from each to the next."""
    run = np.concatenate(([0.0], np.cumsum(_steps_m(graph))))
    start, end = run[graph.offsets[:-1]], run[graph.offsets[1:] - 1]
    counts = np.maximum(1, np.rint((end - start) / SECTION_M)).astype(np.int64)
    counts[_is_apart(graph)] = 1
    owner = np.repeat(np.arange(len(graph.u)), counts + 1)
    inner = np.arange(len(owner)) - np.repeat(np.cumsum(counts + 1) - counts - 1, counts + 1)
    at = start[owner] + (end - start)[owner] * inner / counts[owner]
    degrees = graph.vertices / SCALE
    places = np.stack([np.interp(at, run, degrees[:, axis]) for axis in (0, 1)], axis=1)
    # an edge ends where the next one begins in `run`: its last place is its own last vertex
    last = inner == counts[owner]
    places[last] = degrees[graph.offsets[1:] - 1]
    places[inner == 0] = degrees[graph.offsets[:-1]]
    return owner, places, ((end - start) / counts)[owner[:-1]]


def _steps_m(graph: Graph) -> Floats:
    """Metres from each vertex to the next, nearly none from an edge's last one to the next edge."""
    lon, lat = np.radians(graph.vertices / SCALE).T
    wide = np.diff(lon) * np.cos(lat[:-1])
    steps: Floats = np.hypot(wide, np.diff(lat)) * EARTH_RADIUS_M
    steps[graph.offsets[1:-1] - 1] = _LEAST_M
    return steps


def _with_even_ones(
    graph: Graph,
    heights: Floats,
    owner: Ints,
    apart: NDArray[np.bool_],
    sections: tuple[Ints, Floats, Floats],
) -> tuple[Ints, Floats, Floats]:
    """Put even slopes in the place of the ground's for what lies above or below it."""
    first = np.searchsorted(owner, np.arange(len(graph.u)))
    last = np.searchsorted(owner, np.arange(len(graph.u)), side="right") - 1
    ground = ~apart & ~np.isin(graph.kind, (*_NO_SLOPE, WayKind.BARRIER))
    node = np.full(len(graph.nodes), np.nan)
    node[graph.u[ground]] = heights[first[ground]]
    node[graph.v[ground]] = heights[last[ground]]
    node = _between_ends(graph, apart, node)
    edge, rise, length = sections
    is_even = apart[edge]
    rise = np.where(is_even, node[graph.v[edge]] - node[graph.u[edge]], rise)
    return edge, rise, length


def _between_ends(graph: Graph, apart: NDArray[np.bool_], height: Floats) -> Floats:
    """Give heights to nodes that only bridges and tunnels meet, between those of the ends on the ground."""
    walls = (graph.flags & EdgeFlag.STEPS) != 0
    ties = np.flatnonzero(
        (apart & ~walls & (graph.kind != WayKind.ELEVATOR)) | (graph.kind == WayKind.BARRIER)
    )
    u, v, count = graph.u[ties], graph.v[ties], len(graph.nodes)
    weight = 1.0 / np.maximum(graph.length[ties], _LEAST_M)
    joined = coo_matrix((weight, (u, v)), (count, count)).tocsr()
    joined = joined + joined.T
    _, part = connected_components(joined, directed=False)
    is_fixed = np.isfinite(height)
    has_end = np.zeros(part.max(initial=0) + 1, bool)
    has_end[part[is_fixed]] = True
    free = np.flatnonzero(~is_fixed & has_end[part])
    if len(free) == 0:
        return height
    matrix = _laplacian(joined)
    known = np.flatnonzero(is_fixed)
    solved = height.copy()
    solved[free] = spsolve(matrix[free][:, free].tocsc(), -(matrix[free][:, known] @ height[known]))
    return solved


def _laplacian(joined: csr_matrix) -> csr_matrix:
    return csr_matrix(diags(np.asarray(joined.sum(axis=1)).ravel()) - joined)


def _summed(graph: Graph, model: HeightModel, edge: Ints, rise: Floats, length: Floats) -> Slopes:
    """Add the sections of each edge up."""
    count = len(graph.u)
    is_known = np.isfinite(rise)
    rise = np.where(is_known, rise, 0.0)
    percent = 100 * np.abs(rise) / np.maximum(length, SECTION_M)
    steepest = np.zeros(count)
    np.maximum.at(steepest, edge, percent)
    is_steps = (graph.flags & EdgeFlag.STEPS) != 0
    unknown = (~is_steps & (steepest > UNLIKELY_PERCENT)) | np.isin(graph.kind, _NO_SLOPE)
    unknown[edge[~is_known]] = True
    is_steep = percent > CLOCK.steep_down_percent
    columns: list[list[Floats]] = []
    for up in (rise, -rise):
        climbed, dropped = np.maximum(up, 0.0), np.where(is_steep, np.maximum(-up, 0.0), 0.0)
        seconds = CLOCK.ascent_s * climbed + CLOCK.steep_descent_s * dropped
        sums = [np.bincount(edge, value, minlength=count) for value in (climbed, seconds)]
        columns.append([np.asarray(total, float) for total in sums])
    ascent, more_s = (np.stack([column[which] for column in columns], axis=1) for which in (0, 1))
    return Slopes(
        ascent_m=np.where(unknown[:, None], np.nan, ascent),
        seconds=np.where((unknown | is_steps)[:, None], 0.0, more_s),
        percent=np.where(unknown | is_steps, np.nan, steepest),
        is_sure=model.is_sure,
    )
