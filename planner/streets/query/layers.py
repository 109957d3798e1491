"""The drawn background of a town: streets with names, rail, water, green, buildings.

Kept as flat arrays beside the network, so that a web worker cuts out what one
visit's map needs without any geometry library of the build.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


SCALE = 1e7
"""Positions are kept as whole 1e-7 degrees, OpenStreetMap's own precision."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


class LayerKind(IntEnum):
    """What a drawn feature is. Built networks keep the numbers; static/look.json has the drawing order."""

    SEA = 0
    GREEN = 1
    WATER = 2
    SQUARE = 3
    BUILDING = 4
    WATERWAY = 5
    RAIL = 6
    PATH = 7
    STEPS = 8
    SERVICE = 9
    MINOR = 10
    MEDIUM = 11
    MAJOR = 12
    WOOD = 13
    PLATFORM = 14
    BUILT_UP = 15
    RIVER = 16

    @property
    def is_area(self) -> bool:
        """Whether it is a surface, drawn as a closed ring."""
        return self <= LayerKind.BUILDING or LayerKind.WOOD <= self <= LayerKind.BUILT_UP


class MarkKind(IntEnum):
    """What a drawn point is, beside the landmarks that directions name."""

    HOUSE_NUMBER = 0
    TOILETS = 1
    DRINKING_WATER = 2
    QUARTER = 3
    SQUARE = 4


def _none(*shape: int) -> NDArray[np.int32]:
    return np.empty(shape, np.int32)


@dataclass(frozen=True)
class Feature:
    """One thing to draw. `coords` is an (n, 2) array of lon, lat degrees; areas are closed rings.

    `fade` says how faint it is drawn, from 0 for not at all to 2.
    """

    kind: LayerKind
    name: str
    is_estimated: bool
    coords: NDArray[np.float64]
    fade: int = 0


@dataclass(frozen=True)
class Layers:
    """All features of a town: feature i is coords[offsets[i]:offsets[i + 1]].

    Marks and landmarks are points; a row of `translations` is (language, name, its text there), all three
    numbers of `names`. A network that was built before there were any has none. `memory` keeps what was
    worked out from them.
    """

    coords: NDArray[np.int32]
    offsets: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    name_ids: NDArray[np.int32]
    estimated: NDArray[np.bool_]
    boxes: NDArray[np.int32]
    names: tuple[str, ...]
    mark_at: NDArray[np.int32] = field(default_factory=lambda: _none(0, 2))
    mark_kinds: NDArray[np.uint8] = field(default_factory=lambda: _none(0).astype(np.uint8))
    mark_names: NDArray[np.int32] = field(default_factory=lambda: _none(0))
    mark_streets: NDArray[np.int32] = field(default_factory=lambda: _none(0))
    landmark_at: NDArray[np.int32] = field(default_factory=lambda: _none(0, 2))
    landmark_kinds: NDArray[np.uint8] = field(default_factory=lambda: _none(0).astype(np.uint8))
    landmark_names: NDArray[np.int32] = field(default_factory=lambda: _none(0))
    translations: NDArray[np.int32] = field(default_factory=lambda: _none(0, 3))
    memory: Memory = field(init=False, repr=False, compare=False, default_factory=Memory)

    @cached_property
    def _translated(self) -> Mapping[tuple[str, int], str]:
        rows = self.translations.tolist()
        return {(self.names[language], name): self.names[text] for language, name, text in rows}

    def name(self, number: int, language: str) -> str:
        """Return a name as the map has it in a language, else as it is written on the spot."""
        return self._translated.get((language, number), self.names[number])


_OPTIONAL = {
    "mark_at": "layer_mark_at",
    "mark_kinds": "layer_mark_kinds",
    "mark_names": "layer_mark_names",
    "mark_streets": "layer_mark_streets",
    "landmark_at": "landmark_at",
    "landmark_kinds": "landmark_kind",
    "landmark_names": "landmark_name",
    "translations": "layer_translations",
}
"""The arrays that a network of an older format may lack, with the names of their files."""


def load_layers(folder: Path, names: tuple[str, ...]) -> Layers:
    """Open the layers of a built network as memory-mapped arrays."""

    def read(name: str) -> NDArray[np.generic]:
        return np.load(folder / f"{name}.npy", mmap_mode="r")  # type: ignore[no-any-return]

    there = {name: file for name, file in _OPTIONAL.items() if (folder / f"{file}.npy").exists()}
    return Layers(
        coords=read("layer_coords"),  # type: ignore[arg-type]
        offsets=read("layer_offsets"),  # type: ignore[arg-type]
        kinds=read("layer_kinds"),  # type: ignore[arg-type]
        name_ids=read("layer_name_ids"),  # type: ignore[arg-type]
        estimated=read("layer_estimated"),  # type: ignore[arg-type]
        boxes=read("layer_boxes"),  # type: ignore[arg-type]
        names=names,
        **{name: read(file) for name, file in there.items()},  # type: ignore[arg-type]
    )
