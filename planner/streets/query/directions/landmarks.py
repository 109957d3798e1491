"""What stands near a turn, to be told by: at most once in a walk."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.files import SCALE
from planner.streets.landmarks import LandmarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.domain.geo import LonLat
    from planner.streets.query.network import Network

NEAR_M = 30.0
"""A landmark is told within this distance of a turn."""

NEARER_M = 18.0
"""Small ones, from shrines on, are told within this distance."""

RANK_M = 3.0
"""By so much nearer a thing must be to be told before one that is more prominent by one rank."""


class Landmarks:
    """Looks up what stands at the turns of one walk and remembers what was told."""

    def __init__(self, network: Network, spots: Sequence[LonLat]) -> None:
        self._network = network
        self._told: set[str] = set()
        self._near: dict[LonLat, list[tuple[float, int]]] = {spot: [] for spot in spots}
        if spots:
            self._look(np.array(spots) * SCALE)

    def _look(self, spots: NDArray[np.float64]) -> None:
        """Measure from all spots to the landmarks in their band of latitudes at once."""
        high = METRES_PER_DEGREE / SCALE
        wide = high * cos(radians(float(spots[0, 1]) / SCALE))
        south, north = spots[:, 1].min() - NEAR_M / high, spots[:, 1].max() + NEAR_M / high
        first, last = np.searchsorted(self._network.landmark_at[:, 1], (south, north))
        band = np.asarray(self._network.landmark_at[first:last], np.float64)
        step = band[None, :, :] - spots[:, None, :]
        gaps = np.hypot(step[:, :, 0] * wide, step[:, :, 1] * high)
        near_spots = list(self._near.values())
        for spot, number in np.argwhere(gaps <= NEAR_M).tolist():
            near_spots[spot].append((float(gaps[spot, number]), int(first) + number))

    def near(self, spot: LonLat) -> tuple[str, str]:
        """The name and kind of what to tell at one of the spots; '' where there is nothing."""
        network = self._network
        seen = []
        for gap, number in self._near[spot]:
            kind = LandmarkKind(int(network.landmark_kind[number]))
            name = network.names[int(network.landmark_name[number])]
            if name not in self._told and (kind < LandmarkKind.SHRINE or gap <= NEARER_M):
                seen.append((gap + RANK_M * kind, name, kind.word))
        if not seen:
            return "", ""
        _, name, word = min(seen)
        self._told.add(name)
        return name, word
