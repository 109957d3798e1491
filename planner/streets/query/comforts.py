"""Where toilets, water and seats are near a place, or along a line."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.geo import METRES_PER_DEGREE, plane_distance_m
from planner.streets.comforts import ComfortKind
from planner.streets.files import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planner.domain.geo import LonLat

SHUT_TO_WHEELS = 2


@dataclass(frozen=True)
class Comforts:
    """What the map has of them, sorted from south to north: positions in whole 1e-7 degrees, (lon, lat)."""

    at: NDArray[np.int32]
    kind: NDArray[np.uint8]
    wheelchair: NDArray[np.uint8]

    @property
    def known(self) -> frozenset[ComfortKind]:
        """The kinds of which the map has any: that it has none of a kind says nothing about the town."""
        return frozenset(ComfortKind(number) for number in np.unique(self.kind).tolist())

    def near(
        self, kind: ComfortKind, place: LonLat, within_m: float, *, step_free: bool = False
    ) -> list[LonLat]:
        """Return those within so many metres as the crow flies, the nearest first.

        With `step_free` without those that are known to be shut to wheelchairs.
        """
        found = self._inside(kind, [place], within_m, step_free=step_free)
        by_distance = sorted((plane_distance_m(place, at), at) for at in found)
        return [at for metres, at in by_distance if metres <= within_m]

    def beside(self, kind: ComfortKind, line: Sequence[LonLat], within_m: float) -> list[LonLat]:
        """Return those in the box of a line, widened by so many metres."""
        return self._inside(kind, line, within_m, step_free=False)

    def _inside(
        self, kind: ComfortKind, line: Sequence[LonLat], within_m: float, *, step_free: bool
    ) -> list[LonLat]:
        spots = np.array(line) * SCALE
        high = within_m / METRES_PER_DEGREE * SCALE
        wide = high / cos(radians(float(spots[0, 1]) / SCALE))
        (west, south), (east, north) = spots.min(axis=0), spots.max(axis=0)
        first, last = np.searchsorted(self.at[:, 1], (south - high, north + high))
        at, is_kind = self.at[first:last], self.kind[first:last] == kind
        wanted = is_kind & (at[:, 0] >= west - wide) & (at[:, 0] <= east + wide)
        if step_free:
            wanted &= self.wheelchair[first:last] != SHUT_TO_WHEELS
        return [(lon / SCALE, lat / SCALE) for lon, lat in at[wanted].tolist()]


def load_comforts(folder: Path) -> Comforts | None:
    """Open those of a built network; None where it was built before there were any: nothing is known."""
    files = {name: folder / f"comfort_{name}.npy" for name in ("at", "kind", "wheelchair")}
    if not all(file.exists() for file in files.values()):
        return None
    arrays = {name: np.load(file, mmap_mode="r").view(np.ndarray) for name, file in files.items()}
    return Comforts(**arrays)
