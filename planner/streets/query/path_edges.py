"""A path laid out on the ground: its edges in walking or driving order, the first and last cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from planner.domain.geo import EARTH_RADIUS_M, LonLat
from planner.streets.files import SCALE, EdgeFlag, WayKind

if TYPE_CHECKING:
    from planner.streets.query.network import Network
    from planner.streets.query.snap import Snap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class PathEdge:
    """The part of an edge that is travelled: its shape in travelling order, (lon, lat).

    `is_forward` tells whether the edge was taken from u to v, as its flags UP and
    DOWN are seen.
    """

    edge: int
    is_forward: bool
    name: str
    kind: WayKind
    flags: EdgeFlag
    shape: Sequence[LonLat]
    length_m: float


class PathEnd(Protocol):
    """A place on an edge where a path begins or ends: a snapped place, or a kerb.

    `vertex` counts the positions of the edge's shape before `at`.
    """

    @property
    def vertex(self) -> int:
        """How many positions of the shape lie before it."""

    @property
    def at(self) -> LonLat:
        """Where it is."""


def path_edges(network: Network, directed: Ints, source: PathEnd, target: PathEnd) -> list[PathEdge]:
    """Return the edges of a path of directed ones, the first and last cut at the places on them."""
    if len(directed) == 0:
        return []
    edges = directed >> 1
    forward = (directed & 1) == 0
    first, last = _vertex_runs(network, edges, forward, source, target)
    counts = last - first
    ends = np.cumsum(counts)
    inner = np.arange(int(ends[-1])) - np.repeat(ends - counts, counts)
    ahead, base = np.repeat(forward, counts), np.repeat(np.where(forward, first, last - 1), counts)
    line = np.empty((len(inner) + 2, 2))
    line[1:-1] = network.vertices[np.where(ahead, base + inner, base - inner)] / SCALE
    line[0], line[-1] = source.at, target.at
    ends += 1
    starts = ends - counts
    starts[0] = 0
    ends[-1] += 1
    metres = np.concatenate(([0.0], np.cumsum(steps_m(line))))
    lengths = metres[ends - 1] - metres[starts]
    places = list(zip(*line.T.tolist(), strict=True))
    columns = (edges, forward, network.name[edges], network.kind[edges], network.flags[edges])
    return [
        PathEdge(edge, ahead, network.names[name], WayKind(kind), EdgeFlag(flags), places[start:end], length)
        for edge, ahead, name, kind, flags, start, end, length in zip(
            *(column.tolist() for column in (*columns, starts, ends, lengths)), strict=True
        )
    ]


def _vertex_runs(
    network: Network, edges: Ints, forward: NDArray[np.bool_], source: PathEnd, target: PathEnd
) -> tuple[Ints, Ints]:
    """From which vertex to before which each edge is used; `vertex` of a snap are those before it.

    Of two snaps on one vertex one may count it and the other not: between them there is none then.
    """
    offsets = network.offsets
    first, last = offsets[edges], offsets[edges + 1]
    leave, come = int(first[0]) + source.vertex, int(first[-1]) + target.vertex
    if forward[0]:
        first[0] = leave
    else:
        last[0] = leave
    if forward[-1]:
        last[-1] = come
    else:
        first[-1] = come
    return first, np.maximum(first, last)


def steps_m(line: Floats) -> Floats:
    """Great-circle metres from each position (lon, lat) of a line to the next, as in planner.domain.geo."""
    lon, lat = np.radians(line).T
    half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(half))))


def shares(directed: Ints, source: Snap, target: Snap) -> Floats:
    """Return the part of each directed edge of a path that is used: all of the inner ones."""
    part = np.ones(len(directed))
    if len(directed) == 1:
        part[0] = abs(target.share - source.share)
    elif len(directed):
        part[0] = source.share if directed[0] & 1 else 1.0 - source.share
        part[-1] = 1.0 - target.share if directed[-1] & 1 else target.share
    return part
