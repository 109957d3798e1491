"""What heights tell of a walk: metres up and down, and where it is steep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.domain.itinerary import Climb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.query.network import Network

STEEP_PERCENT = 6.0
"""Steeper is told, as `STEP_FREE.steep_percent` of the build is what wheels avoid."""


def climb_of(network: Network, directed: NDArray[np.int64], part: NDArray[np.float64]) -> Climb | None:
    """Return the heights of a path, of whose edges parts are used; None where none is known."""
    up, down = (network.ascent_m[edges].astype(float) for edges in (directed, directed ^ 1))
    is_known = np.isfinite(up)
    if not is_known.any():
        return None
    metres = network.length[directed >> 1] * part
    percent = np.nan_to_num(network.slope_percent[directed >> 1].astype(float)) * (part > 0)
    return Climb(
        known_m=float(metres[is_known].sum()),
        ascent_m=float((up * part)[is_known].sum()),
        descent_m=float((down * part)[is_known].sum()),
        steep_m=float(metres[percent > STEEP_PERCENT].sum()),
        steepest_percent=float(percent.max(initial=0.0)),
    )
