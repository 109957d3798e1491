"""What stands near a turn, to be told by: at most once in a walk."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.files import SCALE
from planner.streets.landmarks import LandmarkKind
from planner.streets.query.network import Network

if TYPE_CHECKING:
    from planner.domain.geo import LonLat

NEAR_M = 30.0
"""A landmark is told within this distance of a turn."""

NEARER_M = 18.0
"""Small ones, from shrines on, are told within this distance."""

RANK_M = 3.0
"""By so much nearer a thing must be to be told before one that is more prominent by one rank."""


@dataclass
class Landmarks:
    """Looks up landmarks for one walk and remembers which were told."""

    network: Network
    told: set[str] = field(default_factory=set)

    def near(self, at: LonLat) -> tuple[str, str]:
        """The name and kind of what to tell at a position (lon, lat); '' where there is nothing."""
        network = self.network
        wide = METRES_PER_DEGREE * cos(radians(at[1])) / SCALE
        high = METRES_PER_DEGREE / SCALE
        reach = NEAR_M / high
        y = at[1] * SCALE
        first, last = np.searchsorted(network.landmark_at[:, 1], (y - reach, y + reach))
        band = np.asarray(network.landmark_at[first:last], np.float64)
        gaps = np.hypot((band[:, 0] - at[0] * SCALE) * wide, (band[:, 1] - y) * high)
        found = []
        for number in np.flatnonzero(gaps <= NEAR_M).tolist():
            kind = LandmarkKind(int(network.landmark_kind[first + number]))
            name = network.names[int(network.landmark_name[first + number])]
            is_seen = kind < LandmarkKind.SHRINE or gaps[number] <= NEARER_M
            if is_seen and name not in self.told:
                found.append((float(gaps[number]) + RANK_M * kind, name, kind.word))
        if not found:
            return "", ""
        _, name, word = min(found)
        self.told.add(name)
        return name, word
