"""The networks that are measured: a real town, and the same town laid side by side."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import asdict, dataclass, fields
from math import ceil, cos, radians, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import METRES_PER_DEGREE
from planner.paths import ROOT
from planner.streets.build.build import TownSettings
from planner.streets.files import POINTER, array_file, current_folder
from planner.streets.query.network import Network, load_network
from tests.conftest import REAL
from tests.kit.streets.altered import tiled

if TYPE_CHECKING:
    from planner.domain.geo import LonLat


@dataclass(frozen=True)
class Source:
    """The file that is built."""

    file: Path
    settings: TownSettings


def source() -> Source:
    """Monaco, where its file is there; else the built-in sketch."""
    monaco = REAL / "monaco.osm.pbf"
    if monaco.is_file():
        return Source(monaco, TownSettings("Monaco", "Europe/Monaco", "MC"))
    return Source(ROOT / "data" / "skawina.osm", TownSettings("Skawina"))


def opened(data_dir: Path) -> Network:
    folder = current_folder(data_dir)
    assert folder is not None
    return load_network(folder)


def grown(network: Network, nodes: int) -> Network:
    """The town so many times side by side that there are about so many nodes."""
    times = nodes / len(network.nodes)
    columns = max(1, ceil(sqrt(times)))
    return tiled(network, columns, max(1, round(times / columns)))


def put_in_force(network: Network, original: Path, data_dir: Path) -> None:
    """Write a network as a build does; what is drawn is taken from another one."""
    folder = data_dir / "network-grown"
    data_dir.mkdir(parents=True, exist_ok=True)
    shutil.copytree(original, folder)
    for field in fields(network):
        if field.name not in {"meta", "names", "layers", "memo"}:
            np.save(array_file(folder, field.name), getattr(network, field.name))
    text = json.dumps({**asdict(network.meta), "names": network.names}, ensure_ascii=False)
    (folder / "meta.json").write_text(text, encoding="utf-8")
    (data_dir / POINTER).write_text(json.dumps({"folder": folder.name}), encoding="utf-8")


def junctions(network: Network, count: int, *, within_m: float = np.inf, seed: int = 1) -> list[int]:
    """Nodes of the main part, none farther from the middle than half of so many metres east or north."""
    west, south, east, north = network.meta.bounds
    middle = np.array([west + east, south + north]) / 2
    scale = METRES_PER_DEGREE * np.array([cos(radians(middle[1])), 1.0])
    away = np.abs((network.nodes / 1e7 - middle) * scale).max(axis=1)
    usable = np.zeros(len(network.nodes), bool)
    usable[network.u[np.isfinite(network.walk_cost_m[::2])]] = True
    near = np.flatnonzero((away <= within_m / 2) & (network.comp_walk == 0) & usable)
    return random.Random(seed).sample(near.tolist(), count)  # noqa: S311 - no secret


def places(network: Network, nodes: list[int]) -> list[LonLat]:
    return [(round(lon, 7), round(lat, 7)) for lon, lat in (network.nodes[nodes] / 1e7).tolist()]
