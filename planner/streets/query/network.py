"""A built network, opened for questions: memory-mapped arrays and the graph to search."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from planner.built import LOADING
from planner.domain.geo import METRES_PER_DEGREE, LonLat
from planner.memory import Memory
from planner.streets.files import SCALE, EdgeFlag, NetworkMeta, WayKind, array_file, read_meta
from planner.streets.query.comforts import Comforts, load_comforts
from planner.streets.query.layers import Layers, load_layers

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Network:
    """The streets of a town. Positions in the arrays are whole 1e-7 degrees, (lon, lat).

    Edge i runs from node u[i] to v[i] along vertices[offsets[i]:offsets[i + 1]];
    directed edge 2i leads along it from u to v, 2i + 1 back. What the arrays of
    the profiles hold is told where they are made: streets.build.foot and coach.
    `memory` keeps what questions have worked out from the arrays. `comforts` are None where it was built
    before there were any.
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
    walk_cost_m: NDArray[np.float64]
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
    coach_care: NDArray[np.uint8]
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
    hours_walk: NDArray[np.int32]
    hours_coach: NDArray[np.int32]
    towards: NDArray[np.int32]
    exit_ref: NDArray[np.int32]
    hike_scale: NDArray[np.uint8]
    hike_m: NDArray[np.float64]
    ascent_m: NDArray[np.float32]
    slope_percent: NDArray[np.float32]
    grid_frame: NDArray[np.int64]
    grid_starts: NDArray[np.int64]
    grid_items: NDArray[np.int32]
    layers: Layers
    comforts: Comforts | None = None
    memory: Memory = field(init=False, repr=False, compare=False, default_factory=Memory)

    @property
    def meet_starts(self) -> NDArray[np.int64]:
        """Where the edges of each node begin in `meet_edges`; one more for the end."""
        return self._meets[0]

    @property
    def meet_edges(self) -> NDArray[np.int32]:
        """The edges that meet at the nodes, in the order of the nodes; a loop stands there twice."""
        return self._meets[1]

    @property
    def _meets(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        return self.memory.get("meets", None, self._met)

    def _met(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        ends = np.concatenate((self.u, self.v))
        order = np.argsort(ends, kind="stable")
        starts = np.searchsorted(ends[order], np.arange(len(self.nodes) + 1))
        return starts.astype(np.int64), (order % max(1, len(self.u))).astype(np.int32)

    def shape(self, edge: int) -> list[LonLat]:
        """The positions of an edge from u to v, (lon, lat) in degrees."""
        return self.positions(int(self.offsets[edge]), int(self.offsets[edge + 1]))

    def positions(self, first: int, last: int) -> list[LonLat]:
        """Some of the vertices, (lon, lat) in degrees."""
        return list(zip(*(self.vertices[first:last] / SCALE).T.tolist(), strict=True))

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
    others = {"meta", "names", "layers", "comforts", "memory"}
    arrays_of = [member.name for member in fields(Network) if member.name not in others]
    with LOADING:
        arrays = {name: _array(folder, name, meta) for name in arrays_of}
        layers, comforts = load_layers(folder, names), load_comforts(folder)
    return Network(meta=meta, names=names, layers=layers, comforts=comforts, **arrays)


LATER: dict[str, tuple[int, type[np.generic], float]] = {
    "hours_walk": (1, np.int32, 0),
    "hours_coach": (1, np.int32, 0),
    "towards": (2, np.int32, 0),
    "exit_ref": (2, np.int32, 0),
    "hike_scale": (1, np.uint8, 0),
    "hike_m": (2, np.float64, np.inf),
    "ascent_m": (2, np.float32, np.nan),
    "slope_percent": (1, np.float32, np.nan),
}
"""Arrays that a network may lack: how many values an edge has, of which type, and what stands for none."""


def _array(folder: Path, name: str, meta: NetworkMeta) -> Any:
    file = array_file(folder, name)
    if name in LATER and not file.exists():
        values, kind, none = LATER[name]
        return np.full(values * meta.edges, none, kind)
    return _opened(file)


def _opened(file: Path) -> Any:
    """Map an array, as a plain one: numpy's own class of mapped arrays costs time at every step."""
    return np.load(file, mmap_mode="r").view(np.ndarray)
