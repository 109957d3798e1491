"""What must hold of any network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.streets.files import FreeState, Obstacle, WayKind

if TYPE_CHECKING:
    from planner.streets.query.network import Network


def must_be_in_order(network: Network) -> None:
    """The clock is never more than the cost on foot, and that never more than the cost without steps."""
    assert (network.clock_m <= network.walk_cost_m).all()
    assert (network.clock_s <= network.walk_s).all()
    assert (network.walk_cost_m <= network.free_m).all()
    assert (network.walk_s <= network.free_s).all()
    walked_m = np.where(network.kind == WayKind.FERRY, 0.0, network.length)
    assert (network.walk_cost_m >= np.repeat(walked_m, 2)).all()
    assert np.isfinite(network.clock_m).all()
    assert np.isfinite(np.concatenate((network.clock_s, network.walk_s, network.free_s))).all()
    is_closed = np.isinf(network.free_m[::2]) & np.isinf(network.free_m[1::2])
    assert is_closed[np.flatnonzero(network.free_state == FreeState.CLOSED)].all()
    is_hindered = (network.free_state == FreeState.BAD) | (network.free_state == FreeState.CLOSED)
    assert ((network.obstacle != Obstacle.NONE) == is_hindered).all()
