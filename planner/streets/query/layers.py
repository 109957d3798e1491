"""The drawn background of a town: streets with names, rail, water, green, buildings.

Kept as flat arrays beside the network, so that a web worker cuts out what one
visit's map needs without any geometry library of the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


SCALE = 1e7
"""Positions are kept as whole 1e-7 degrees, OpenStreetMap's own precision."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


class LayerKind(IntEnum):
    """What a drawn feature is, in drawing order (areas first, then lines)."""

    SEA = 0
    GREEN = 1
    WATER = 2
    SQUARE = 3
    BUILDING = 4
    WATERWAY = 5
    RAIL = 6
    PATH = 7
    STEPS = 8
    SERVICE = 9
    MINOR = 10
    MEDIUM = 11
    MAJOR = 12


LAST_AREA = LayerKind.BUILDING


@dataclass(frozen=True)
class Feature:
    """One thing to draw. `coords` is an (n, 2) array of lon, lat degrees; areas are closed rings."""

    kind: LayerKind
    name: str
    is_estimated: bool
    coords: NDArray[np.float64]


@dataclass(frozen=True)
class Layers:
    """All features of a town: feature i is coords[offsets[i]:offsets[i + 1]]."""

    coords: NDArray[np.int32]
    offsets: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    name_ids: NDArray[np.int32]
    estimated: NDArray[np.bool_]
    boxes: NDArray[np.int32]
    names: tuple[str, ...]

    def clip(self, bounds: Bounds, *, tolerance_m: float = 2.0) -> Iterator[Feature]:
        """Yield what lies inside the bounds, cut at their edge and simplified to the tolerance.

        Features come in drawing order and, within a kind, in file order, so
        that the same question gives the same bytes.
        """
        west, south, east, north = (round(value * SCALE) for value in bounds)
        hit = (
            (self.boxes[:, 0] <= east)
            & (self.boxes[:, 2] >= west)
            & (self.boxes[:, 1] <= north)
            & (self.boxes[:, 3] >= south)
        )
        order = np.flatnonzero(hit)
        tolerance = tolerance_m / 111_000
        for index in order[np.argsort(self.kinds[order], kind="stable")]:
            yield from self._cut(int(index), bounds, tolerance)

    def _cut(self, index: int, bounds: Bounds, tolerance: float) -> Iterator[Feature]:
        kind = LayerKind(int(self.kinds[index]))
        coords = self.coords[self.offsets[index] : self.offsets[index + 1]] / SCALE
        shape = shapely.polygons(coords) if kind <= LAST_AREA else shapely.linestrings(coords)
        cut = shapely.simplify(shapely.clip_by_rect(shape, *bounds), tolerance, preserve_topology=False)
        name = self.names[int(self.name_ids[index])]
        for part in shapely.get_parts(cut):
            ring = shapely.get_exterior_ring(part) if kind <= LAST_AREA else part
            if ring is None or ring.is_empty:
                continue
            yield Feature(kind, name, bool(self.estimated[index]), shapely.get_coordinates(ring))


def load_layers(folder: Path, names: tuple[str, ...]) -> Layers:
    """Open the layers of a built network as memory-mapped arrays."""

    def read(name: str) -> NDArray[np.generic]:
        return np.load(folder / f"layer_{name}.npy", mmap_mode="r")  # type: ignore[no-any-return]

    return Layers(
        coords=read("coords"),  # type: ignore[arg-type]
        offsets=read("offsets"),  # type: ignore[arg-type]
        kinds=read("kinds"),  # type: ignore[arg-type]
        name_ids=read("name_ids"),  # type: ignore[arg-type]
        estimated=read("estimated"),  # type: ignore[arg-type]
        boxes=read("boxes"),  # type: ignore[arg-type]
        names=names,
    )
