"""Who walks, and which edges are open to whom."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from planner.streets.query.network import Network

Floats = NDArray[np.float64]


class WalkProfile(StrEnum):
    """Who walks: anybody, or a group that cannot climb steps."""

    WALK = "walk"
    STEP_FREE = "free"


def walk_cost_m(network: Network, profile: WalkProfile) -> Floats:
    """The part of the cost of each directed edge that hangs on the pace, in metres: not metres walked."""
    return network.free_m if profile is WalkProfile.STEP_FREE else network.walk_cost_m


def usable_edges(network: Network, profile: WalkProfile) -> NDArray[np.bool_]:
    """Which edges are open to a profile in at least one direction."""
    return np.asarray(np.isfinite(walk_cost_m(network, profile).reshape(-1, 2)).any(axis=1))
