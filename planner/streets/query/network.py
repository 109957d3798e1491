"""A built network, opened for questions: memory-mapped arrays and the graph to search."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.geo import METRES_PER_DEGREE, LonLat
from planner.streets.files import SCALE, EdgeFlag, NetworkMeta, WayKind, read_meta
from planner.streets.query.layers import Layers, load_layers

if TYPE_CHECKING:
    from pathlib import Path

_LOADING = Lock()
"""np.load reads a file's header with `ast`. In Python 3.11 two threads that do so at once may end in a
SystemError, "AST constructor recursion depth mismatch": one file at a time in this process.
"""


@dataclass(frozen=True)
class SearchGraph:
    """A graph in compressed rows: from node n, entries starts[n]:starts[n + 1] lead to targets.

    `costs` are metres as yet; `edges` tells which edge an entry goes along.
    """

    starts: NDArray[np.int64]
    targets: NDArray[np.int32]
    costs: NDArray[np.float64]
    edges: NDArray[np.int32]


@dataclass(frozen=True)
class Network:
    """The streets of a town. Positions in the arrays are whole 1e-7 degrees, (lon, lat).

    Edge i runs from node u[i] to v[i] along vertices[offsets[i]:offsets[i + 1]];
    directed edge 2i leads along it from u to v, 2i + 1 back. What the arrays of
    the profiles hold is told where they are made: streets.build.foot and coach.
    """

    meta: NetworkMeta
    names: tuple[str, ...]
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
    walk_m: NDArray[np.float64]
    walk_s: NDArray[np.float64]
    free_m: NDArray[np.float64]
    free_s: NDArray[np.float64]
    clock_m: NDArray[np.float64]
    clock_s: NDArray[np.float64]
    free_state: NDArray[np.uint8]
    obstacle: NDArray[np.uint8]
    comp_walk: NDArray[np.int32]
    comp_free: NDArray[np.int32]
    coach_s: NDArray[np.float64]
    coach_kerb: NDArray[np.bool_]
    comp_coach: NDArray[np.int32]
    coach_limits: NDArray[np.float64]
    coach_turn: NDArray[np.bool_]
    bans_offsets: NDArray[np.int64]
    bans: NDArray[np.int64]
    landmark_at: NDArray[np.int32]
    landmark_name: NDArray[np.int32]
    landmark_kind: NDArray[np.uint8]
    beside: NDArray[np.int32]
    ref: NDArray[np.int32]
    meet_starts: NDArray[np.int64]
    meet_edges: NDArray[np.int32]
    grid_frame: NDArray[np.int64]
    grid_starts: NDArray[np.int64]
    grid_items: NDArray[np.int32]
    layers: Layers

    @cached_property
    def walk_graph(self) -> SearchGraph:
        """All ways open to pedestrians."""
        return self._search_graph(self.walk_m)

    @cached_property
    def step_free_graph(self) -> SearchGraph:
        """The same without stairs."""
        return self._search_graph(self.free_m)

    def _search_graph(self, cost: NDArray[np.float64]) -> SearchGraph:
        edges = np.arange(len(self.u), dtype=np.int32)
        ahead = edges[np.isfinite(cost[::2])]
        back = edges[np.isfinite(cost[1::2])]
        sources = np.concatenate((self.u[ahead], self.v[back]))
        targets = np.concatenate((self.v[ahead], self.u[back]))
        along = np.concatenate((ahead, back))
        order = np.argsort(sources, kind="stable")
        starts = np.searchsorted(sources[order], np.arange(len(self.nodes) + 1))
        return SearchGraph(
            starts=starts.astype(np.int64),
            targets=targets[order],
            costs=np.maximum(self.length[along[order]], 1e-3),
            edges=along[order],
        )

    def shape(self, edge: int) -> list[LonLat]:
        """The positions of an edge from u to v, (lon, lat) in degrees."""
        part = self.vertices[self.offsets[edge] : self.offsets[edge + 1]] / SCALE
        return [(float(lon), float(lat)) for lon, lat in part]

    def edge_name(self, edge: int) -> str:
        """The street's name or number, '' where it has none."""
        return self.names[int(self.name[edge])]

    def edge_kind(self, edge: int) -> WayKind:
        """What the edge is to a walker."""
        return WayKind(int(self.kind[edge]))

    def has(self, edge: int, flag: EdgeFlag) -> bool:
        """Whether an edge carries a flag."""
        return bool(int(self.flags[edge]) & flag)

    def covers(self, at: LonLat, margin_m: float) -> bool:
        """Whether a position (lon, lat) lies in the bounds widened by so many metres."""
        west, south, east, north = self.meta.bounds
        high = margin_m / METRES_PER_DEGREE
        wide = high / np.cos(np.radians((south + north) / 2))
        return bool(west - wide <= at[0] <= east + wide and south - high <= at[1] <= north + high)


def load_network(folder: Path) -> Network:
    """Open a built network.

    Raises
    ------
    ValueError
        If it was built by another version of the program.
    """
    meta, names = read_meta(folder)
    arrays_of = [field.name for field in fields(Network) if field.name not in {"meta", "names", "layers"}]
    with _LOADING:
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in arrays_of}
        layers = load_layers(folder, names)
    return Network(meta=meta, names=names, layers=layers, **arrays)
