"""Where a built network lies, and the words build and query share about it.

A network is a folder of plain arrays with a `meta.json`; `network.json` in the
data directory names the one in force. A build writes a folder of its own and
then replaces that pointer in one step, so that a reader sees the old network or
the new one, never half of one.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING

from planner.built import Raise, current, read_document

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 3
"""Counted up when the arrays change: an older network is then built again."""

RAISE: Raise | None = dict
"""Raises what a network of the format before says: format 3 has only added what maps draw."""

SCALE = 1e7
"""Positions are kept as whole 1e-7 degrees, OpenStreetMap's own precision."""

POINTER = "network.json"

_FILE_NAMES = {"walk_cost_m": "walk_m"}
"""Arrays whose file has another name: built networks keep the names they have, so that they open."""

SKETCH_SHARE = 0.01
"""A network with more than this part of its metres unconfirmed is called a sketch."""


class WayKind(IntEnum):
    """What an edge is to a walker, for directions where it has no name."""

    STREET = 0
    SERVICE = 1
    PEDESTRIAN = 2
    FOOTWAY = 3
    SIDEWALK = 4
    CROSSING = 5
    PATH = 6
    TRACK = 7
    CYCLEWAY = 8
    STEPS = 9
    CORRIDOR = 10
    PLATFORM = 11
    ELEVATOR = 12
    BARRIER = 13
    MOTORWAY = 14
    FERRY = 15


class EdgeFlag(IntFlag):
    """What an edge is made of. UP and DOWN are seen from u to v."""

    STEPS = 4
    TUNNEL = 8
    BRIDGE = 16
    ESTIMATED = 32
    AREA = 64
    MAIN_ROAD = 128
    UP = 256
    DOWN = 512
    INCLINE_TAGGED = 1024
    ROUNDABOUT = 2048
    PRIVATE = 4096
    OFF_GROUND = 8192
    HIKING = 16384
    NO_PAVEMENT = 32768


class FreeState(IntEnum):
    """What is known of an edge to somebody who cannot climb steps."""

    UNKNOWN = 0
    CONFIRMED = 1
    BAD = 2
    CLOSED = 3


class Obstacle(IntEnum):
    """Why an edge is bad or closed to somebody who cannot climb steps."""

    NONE = 0
    STEPS = 1
    WHEELCHAIR_NO = 2
    KERB = 3
    INCLINE = 4
    SURFACE = 5
    NARROW = 6
    BARRIER = 7
    UNCONFIRMED = 8


class CoachCare(IntEnum):
    """How a coach takes an edge: as any, rather not, only to a place on it and never through, not at all."""

    PLAIN = 0
    AVOID = 1
    LOCAL = 2
    CLOSED = 3


@dataclass(frozen=True)
class NetworkMeta:
    """What is known about a built network. Bounds are west, south, east, north in degrees.

    `height_m` of `walk_m` have heights, from the elevation file.
    """

    name: str
    timezone: str
    country: str
    source_file: str
    source_sha256: str
    data_date: str
    credit: str
    credit_url: str
    bounds: tuple[float, float, float, float]
    nodes: int
    edges: int
    walk_m: float
    estimated_m: float
    drive_m: float = 0.0
    found: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    elevation_file: str = ""
    height_m: float = 0.0
    format: int = FORMAT

    @property
    def is_sketch(self) -> bool:
        """Whether too much of it is unconfirmed to be called surveyed."""
        return self.estimated_m > SKETCH_SHARE * self.walk_m


def write_meta(folder: Path, meta: NetworkMeta, names: tuple[str, ...]) -> None:
    """Write a network's description and its table of names."""
    text = json.dumps({**asdict(meta), "names": names}, ensure_ascii=False)
    (folder / "meta.json").write_text(text, encoding="utf-8")


def read_meta(folder: Path) -> tuple[NetworkMeta, tuple[str, ...]]:
    """Read a network's description and its table of names.

    Raises
    ------
    ValueError
        If the folder was written in another format.
    """
    document = read_document(folder / "meta.json", "network", FORMAT, RAISE)
    names = tuple(document.pop("names"))
    document["bounds"] = tuple(document["bounds"])
    return NetworkMeta(**document), names


def array_file(folder: Path, name: str) -> Path:
    """Return the file of an array of a network."""
    return folder / f"{_FILE_NAMES.get(name, name)}.npy"


def current_folder(data_dir: Path) -> Path | None:
    """Return the folder of the network in force, None when nothing has been built."""
    return current(data_dir, "network")
