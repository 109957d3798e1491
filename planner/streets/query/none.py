"""A network without a street, for the while in which none can be opened."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import numpy as np

from planner.streets.files import NetworkMeta
from planner.streets.query.layers import Layers
from planner.streets.query.network import Network

WORLD = (-180.0, -85.0, 180.0, 85.0)


def no_network(name: str, timezone: str, country: str) -> Network:
    """A network that knows its name, clock and country, and nothing that can be asked for a way or drawn."""
    meta = NetworkMeta(
        name, timezone, country, "", "", "", "", "", WORLD, nodes=0, edges=0, walk_m=1.0, estimated_m=0.0
    )
    of_network = {one.name for one in fields(Network)} - {"meta", "names", "layers", "memory"}
    of_layers = {one.name for one in fields(Layers) if one.init and one.default_factory is MISSING} - {
        "names"
    }
    layers: dict[str, Any] = {one: np.empty((0, 2) if one == "coords" else 0, np.int32) for one in of_layers}
    arrays: dict[str, Any] = {one: np.empty((0, 2) if one in PAIRS else 0) for one in of_network}
    return Network(meta=meta, names=("",), layers=Layers(names=("",), **layers), **arrays)


PAIRS = {"nodes", "vertices", "landmark_at"}
