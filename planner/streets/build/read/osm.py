"""Reading OpenStreetMap files with pyosmium: which ways, and where their nodes lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import osmium
import shapely

from planner.domain.geo import LonLat
from planner.errors import SourceFileError
from planner.streets.build.read.standing import read_standing
from planner.streets.build.rules import is_area, way_kind
from planner.streets.build.tidy.tidy import READ_ERRORS, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


CUT_SHARE = 0.01
"""A clipped file may lack any number of nodes; where so many lack, and only late ones, it was cut off."""

LATE = "node behind the last one of the file: perhaps it was cut off"


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
    standing: list[shapely.Geometry] = field(default_factory=list)
    """What cannot be walked through on its areas."""
    data_date: str = ""
    left_out: dict[str, int] = field(default_factory=dict)


def read_streets(file: Path, report: Callable[[str], None] = lambda _: None) -> RawStreets:
    """Read the streets of a file.

    Raises
    ------
    SourceFileError
        If the file is damaged, or holds no streets or not where they lie.
    """
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
        raise unreadable(file, error) from error
    report(f"{len(raw.positions)} nodes read")
    raw.standing = read_standing(file, _area_boxes(raw))
    _count_missing(file, raw)
    return raw


def _read_ways(file: Path, raw: RawStreets) -> None:
    reader = osmium.io.Reader(str(file))
    try:
        header = reader.header()
        stamp = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    finally:
        reader.close()
    newest = ""
    keys = osmium.filter.KeyFilter("highway", "railway", "public_transport", "route")
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


def _area_boxes(raw: RawStreets) -> list[tuple[float, float, float, float]]:
    """The boxes around everything that may be a surface to walk over."""
    rings = [way.nodes for way in raw.ways if way.nodes[0] == way.nodes[-1] and is_area(way.tags)]
    lines = [
        [raw.positions[node] for node in ring if node in raw.positions]
        for ring in (*rings, *raw.outlines.values())
    ]
    return [shapely.MultiPoint(line).bounds for line in lines if line]


def _count_missing(file: Path, raw: RawStreets) -> None:
    """Count what a clipped file lacks: its ways are used as far as their nodes are known."""
    wanted = {node for way in raw.ways for node in way.nodes}
    missing = wanted - raw.positions.keys()
    if len(missing) == len(wanted):
        msg = (
            f"{file.name} holds streets but not where their nodes lie: export the nodes with them "
            "(Overpass: `(._;>;); out body;` or `out geom;`)"
        )
        raise SourceFileError(msg)
    if not missing:
        return
    is_cut = len(missing) > CUT_SHARE * len(wanted) and min(missing) > max(raw.positions)
    raw.left_out[LATE if is_cut else "node without position"] = len(missing)
    gone = sum(sum(node in raw.positions for node in way.nodes) < 2 for way in raw.ways)  # noqa: PLR2004
    if gone:
        raw.left_out["way outside of the file"] = gone
