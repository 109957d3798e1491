"""A network with the mountain paths that a group has asked for; without asking they are shut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.streets.query.hours import parts_of_cost

if TYPE_CHECKING:
    from planner.streets.query.network import Network


def has_paths(network: Network, scale: int) -> bool:
    """Whether a network has mountain paths, the hardest asked for being T`scale`."""
    return bool(((network.hike_scale > 0) & (network.hike_scale <= scale)).any())


def with_paths(network: Network, scale: int) -> Network:
    """Return a network with its mountain paths up to T`scale`; wheels are still kept from them."""
    is_asked = np.repeat((network.hike_scale > 0) & (network.hike_scale <= scale), 2)
    walk_cost_m = np.where(is_asked, network.hike_m, network.walk_cost_m)
    return replace(network, walk_cost_m=walk_cost_m, comp_walk=parts_of_cost(network, walk_cost_m))
