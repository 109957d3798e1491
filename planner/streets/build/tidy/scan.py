"""A file looked through once, object by object: whether it is in order, and what of it is no town's map."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import osmium

from planner.errors import SourceFileError
from planner.streets.build.tidy.endings import HISTORY_CURE
from planner.streets.build.tidy.records import FROM_GEOMETRY, Record, key_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OBJECTS = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION

UNUSED_SHARE = 0.1
LEAST_UNUSED = 200
"""More nodes without tags and ways than this, and in this part of all: the ways that used them are gone."""


@dataclass
class Scan:
    """What was seen. `is_tidy` when every object stands once, in order, and is there."""

    is_tidy: bool = True
    nodes: int = 0
    last_way: int = 0
    _used: array[int] = field(default_factory=lambda: array("q"))
    _bare: array[int] = field(default_factory=lambda: array("q"))

    @property
    def unused(self) -> int:
        """How many nodes have neither tag nor way, where they are so many that ways are gone."""
        if not self.last_way:
            return 0
        count = int((~np.isin(self._bare, self._used)).sum())
        return count if count >= max(LEAST_UNUSED, UNUSED_SHARE * self.nodes) else 0

    def see(self, thing: osmium.osm.OSMEntity, kind: str) -> None:
        """Note what concerns the whole file."""
        if kind == "n":
            self.nodes += 1
            if not thing.tags:
                self._bare.append(thing.id)
        elif kind == "w":
            self.last_way = thing.id
            nodes = thing.nodes
            self._used.extend([node.ref for node in nodes])
            if len(nodes) and nodes[0].location.valid():
                self.is_tidy = False


def scan(file: Path) -> Scan:
    """Look a file through.

    Raises
    ------
    SourceFileError
        If it holds the history of its objects.
    """
    _refuse_history_header(file)
    seen, last = Scan(), (-1, False, 0)
    for thing in osmium.FileProcessor(str(file), OBJECTS):
        kind = thing.type_str()
        key = key_of(kind, thing.id)
        if key <= last or thing.deleted:
            seen.is_tidy = False
        last = key
        seen.see(thing, kind)
    return seen


def _refuse_history_header(file: Path) -> None:
    reader = osmium.io.Reader(str(file))
    try:
        is_history = reader.header().has_multiple_object_versions
    finally:
        reader.close()
    if is_history:
        raise SourceFileError(f"{file.name} cannot be built from: {HISTORY_CURE}")


def read_objects(file: Path, take: Callable[[Record], None]) -> None:
    """Hand over the objects of a file, with the nodes of ways that carry their positions themselves."""
    for thing in osmium.FileProcessor(str(file), OBJECTS):
        kind = thing.type_str()
        tags = dict(thing.tags)
        stamp = f"{thing.timestamp.replace(tzinfo=None).isoformat()}Z" if thing.timestamp.year > 1970 else ""  # noqa: PLR2004
        at = (thing.location.lon, thing.location.lat) if kind == "n" and thing.location.valid() else None
        nodes = list(thing.nodes) if kind == "w" else []
        for node in nodes:
            if node.location.valid():
                place = (node.location.lon, node.location.lat)
                take(Record("n", node.ref, FROM_GEOMETRY, at=place))
        members = tuple((m.type, m.ref, m.role) for m in thing.members) if kind == "r" else ()
        refs = tuple(node.ref for node in nodes)
        take(Record(kind, thing.id, thing.version, thing.deleted, at, refs, members, tags, stamp))
