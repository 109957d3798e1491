"""Objects of a file, held in memory while they are put in order: each once, the newest, none deleted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import osmium

from planner.domain.geo import LonLat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


ORDER = {"n": 0, "w": 1, "r": 2}

DELETED = "deleted object"
REPEATED = "object that stands in the file more than once"
OLDER = "older version of an object"

Key = tuple[int, bool, int]
"""Kind, negative ids first, and then by size: the order that every reader wants."""

FROM_GEOMETRY = -1
"""The version of what is known only by the way or relation it is a part of: anything else is better."""


@dataclass(frozen=True, slots=True)
class Record:
    """A node, way or relation: `kind` is n, w or r; a member is (kind, id, role)."""

    kind: str
    id: int
    version: int = 0
    is_deleted: bool = False
    at: LonLat | None = None
    refs: tuple[int, ...] = ()
    members: tuple[tuple[str, int, str], ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    timestamp: str = ""

    @property
    def key(self) -> Key:
        """What it is sorted by."""
        return key_of(self.kind, self.id)


def key_of(kind: str, number: int) -> Key:
    """Return what an object is sorted by."""
    return ORDER[kind], number > 0, abs(number)


class Settled:
    """Takes records in any order, keeps the one of each object that counts, and counts the others."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self._records: dict[Key, Record] = {}

    def add(self, record: Record) -> None:
        """Take a record: the newer version counts, of equal ones what holds more."""
        known = self._records.setdefault(record.key, record)
        if known is record:
            return
        if FROM_GEOMETRY not in (known.version, record.version):
            self.left_out[REPEATED if known.version == record.version else OLDER] += 1
        if _weight(record) > _weight(known):
            self._records[record.key] = record

    def records(self) -> Iterable[Record]:
        """Return what is kept, in order."""
        for key in sorted(self._records):
            record = self._records[key]
            if record.is_deleted:
                self.left_out[DELETED] += 1
            else:
                yield record


def _weight(record: Record) -> tuple[int, bool, int, int]:
    size = len(record.refs) + len(record.members) + (record.at is not None)
    return record.version, record.is_deleted, size, len(record.tags)


def write(records: Iterable[Record], file: Path) -> None:
    """Write records, which are in order, as an OpenStreetMap file."""
    header = osmium.io.Header()
    header.set("sorting", "Type_then_ID")
    with osmium.SimpleWriter(str(file), header=header) as writer:
        for record in records:
            stamp = {"timestamp": record.timestamp} if record.timestamp else {}
            about = {"id": record.id, "version": max(0, record.version), "tags": record.tags, **stamp}
            if record.kind == "n":
                writer.add_node(osmium.osm.mutable.Node(location=record.at, **about))
            elif record.kind == "w":
                writer.add_way(osmium.osm.mutable.Way(nodes=list(record.refs), **about))
            else:
                writer.add_relation(osmium.osm.mutable.Relation(members=list(record.members), **about))
