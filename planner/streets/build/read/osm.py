"""Reading OpenStreetMap files with pyosmium: which ways, and where their nodes lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import osmium

from planner.domain.geo import LonLat
from planner.errors import SourceFileError
from planner.streets.build.rules import way_kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


SUFFIXES = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf")

READ_ERRORS = (RuntimeError, ValueError, OSError, osmium.InvalidLocationError)
"""What pyosmium raises on a file that is damaged; ValueError for tags that are no UTF-8."""

MISSING_SHARE = 0.01
"""More way nodes than this without a position, and the file is not whole."""


@dataclass(frozen=True)
class RawWay:
    """A way as it stands in the file: id, node ids in order, tags."""

    id: int
    nodes: tuple[int, ...]
    tags: dict[str, str]


@dataclass(frozen=True)
class RawRelation:
    """A relation as it stands in the file; a member is (type n, w or r, id, role)."""

    id: int
    tags: dict[str, str]
    members: tuple[tuple[str, int, str], ...]


@dataclass
class RawStreets:
    """The ways of a file that somebody may use, with the positions (lon, lat) and tags of their nodes.

    `relations` are the turn restrictions, `area_relations` the multipolygons that
    are streets or platforms, `outlines` the nodes of their members by way id.
    """

    ways: list[RawWay] = field(default_factory=list)
    positions: dict[int, LonLat] = field(default_factory=dict)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    relations: list[RawRelation] = field(default_factory=list)
    area_relations: list[RawRelation] = field(default_factory=list)
    outlines: dict[int, tuple[int, ...]] = field(default_factory=dict)
    data_date: str = ""
    left_out: dict[str, int] = field(default_factory=dict)


def read_streets(file: Path, report: Callable[[str], None] = lambda _: None) -> RawStreets:
    """Read the streets of a file.

    Raises
    ------
    SourceFileError
        If the file is missing, empty, of another kind, cut off, or holds no streets.
    """
    check_file(file)
    raw = RawStreets()
    try:
        _read_relations(file, raw)
        _read_ways(file, raw)
        _read_outlines(file, raw)
        report(f"{len(raw.ways)} ways read")
        if not raw.ways:
            msg = f"{file.name} holds no streets (no way with a highway tag): choose an extract of a town"
            raise SourceFileError(msg)
        _read_nodes(file, raw)
    except READ_ERRORS as error:
        if isinstance(error, SourceFileError):
            raise
        msg = f"{file.name} cannot be read as OpenStreetMap data ({error}): get the file again"
        raise SourceFileError(msg) from error
    report(f"{len(raw.positions)} nodes read")
    _refuse_incomplete(file, raw)
    return raw


def check_file(file: Path) -> None:
    """Refuse what is plainly no OpenStreetMap file.

    Raises
    ------
    SourceFileError
        If the file is missing, empty or has another ending.
    """
    if not file.is_file():
        msg = f"there is no file {file}: check the path"
        raise SourceFileError(msg)
    if not file.name.endswith(SUFFIXES):
        msg = f"{file.name} has none of the endings {', '.join(SUFFIXES)}: give an OpenStreetMap file"
        raise SourceFileError(msg)
    if file.stat().st_size == 0:
        msg = f"{file.name} is empty: get the file again"
        raise SourceFileError(msg)


def _read_ways(file: Path, raw: RawStreets) -> None:
    reader = osmium.io.Reader(str(file))
    try:
        header = reader.header()
        stamp = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    finally:
        reader.close()
    newest = ""
    keys = osmium.filter.KeyFilter("highway", "railway", "public_transport")
    for way in osmium.FileProcessor(str(file), osmium.osm.WAY).with_filter(keys):
        tags = dict(way.tags)
        nodes = tuple(node.ref for node in way.nodes)
        if way_kind(tags) is None or len(nodes) < 2:  # noqa: PLR2004 - a line has two ends
            _leave_out(raw, tags, nodes)
            continue
        raw.ways.append(RawWay(way.id, nodes, tags))
        newest = max(newest, way.timestamp.strftime("%Y-%m-%d"))
    raw.data_date = (stamp or (newest if newest > "1970-01-02" else ""))[:10]


def _leave_out(raw: RawStreets, tags: dict[str, str], nodes: tuple[int, ...]) -> None:
    if "highway" in tags:
        reason = f"highway={tags['highway']}" if len(nodes) > 1 else "way without nodes"
        raw.left_out[reason] = raw.left_out.get(reason, 0) + 1


def _read_outlines(file: Path, raw: RawStreets) -> None:
    """Read the ways that bound a surface and need no tags of their own."""
    wanted = {ref for relation in raw.area_relations for kind, ref, _ in relation.members if kind == "w"}
    if not wanted:
        return
    for way in osmium.FileProcessor(str(file), osmium.osm.WAY):
        if way.id in wanted and len(way.nodes) > 1:
            raw.outlines[way.id] = tuple(node.ref for node in way.nodes)


def _read_nodes(file: Path, raw: RawStreets) -> None:
    """Read the nodes that are needed.

    pyosmium's IdFilter would take 850 MB: a bit for every id in the world.
    """
    wanted = {node for way in raw.ways for node in way.nodes}
    wanted.update(node for nodes in raw.outlines.values() for node in nodes)
    for node in osmium.FileProcessor(str(file), osmium.osm.NODE):
        if node.id in wanted and node.location.valid():
            raw.positions[node.id] = (node.location.lon, node.location.lat)
            if len(node.tags):
                raw.node_tags[node.id] = dict(node.tags)


def _read_relations(file: Path, raw: RawStreets) -> None:
    kinds = osmium.filter.TagFilter(("type", "restriction"), ("type", "multipolygon"))
    for relation in osmium.FileProcessor(str(file), osmium.osm.RELATION).with_filter(kinds):
        tags = dict(relation.tags)
        if tags["type"] == "multipolygon" and way_kind(tags) is None:
            continue
        members = tuple((member.type, member.ref, member.role) for member in relation.members)
        relations = raw.relations if tags["type"] == "restriction" else raw.area_relations
        relations.append(RawRelation(relation.id, tags, members))


def _refuse_incomplete(file: Path, raw: RawStreets) -> None:
    """Drop the few nodes without a position; refuse a file that lacks many."""
    wanted = {node for way in raw.ways for node in way.nodes}
    missing = len(wanted - raw.positions.keys())
    if missing > MISSING_SHARE * len(wanted):
        msg = (
            f"{file.name} lacks {missing} of the {len(wanted)} nodes its streets need: "
            "it was cut off or not exported with complete ways; get it again"
        )
        raise SourceFileError(msg)
    if missing:
        raw.left_out["node without position"] = missing
