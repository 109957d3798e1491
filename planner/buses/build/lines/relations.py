"""Reading OpenStreetMap's route relations with pyosmium, with the ways and nodes that belong to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import osmium

from planner.buses.files import LineMode
from planner.domain.geo import LonLat
from planner.streets.build.read.osm import RawRelation, RawWay
from planner.streets.build.tidy.tidy import READ_ERRORS, unreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

MODES: Mapping[str, LineMode] = {
    "bus": LineMode.BUS,
    "trolleybus": LineMode.TROLLEYBUS,
    "share_taxi": LineMode.SHARE_TAXI,
    "tram": LineMode.TRAM,
    "light_rail": LineMode.TRAM,
    "subway": LineMode.METRO,
    "train": LineMode.RAIL,
}
"""Values of `route` that carry passengers by a timetable on land; ferries are left out."""

_NOT_RUNNING = {"proposed", "construction", "disused", "abandoned", "suspended"}


@dataclass
class RawLines:
    """The route relations of a file and their members; `missing` counts members the file lacks."""

    routes: list[RawRelation] = field(default_factory=list)
    masters: dict[int, RawRelation] = field(default_factory=dict)
    """By the id of the route they hold."""
    areas: dict[int, RawRelation] = field(default_factory=dict)
    """Platforms that are multipolygons, by id."""
    ways: dict[int, RawWay] = field(default_factory=dict)
    positions: dict[int, LonLat] = field(default_factory=dict)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)


def read_lines(file: Path) -> RawLines:
    """Read the lines of a file.

    Raises
    ------
    SourceFileError
        If the file cannot be read.
    """
    raw = RawLines()
    try:
        _read_relations(file, raw)
        if raw.routes:
            _read_ways(file, raw)
            _read_nodes(file, raw)
    except READ_ERRORS as error:
        raise unreadable(file, error) from error
    _count_missing(raw)
    return raw


def mode_of(tags: Mapping[str, str]) -> LineMode | None:
    """What runs on a route with these tags; None where it is none of ours or does not run."""
    if tags.get("state") in _NOT_RUNNING or tags.get("disused") == "yes":
        return None
    return MODES.get(tags.get("route", ""))


def _read_relations(file: Path, raw: RawLines) -> None:
    wanted = osmium.filter.TagFilter(
        ("type", "route"), ("type", "route_master"), ("public_transport", "platform")
    )
    for relation in osmium.FileProcessor(str(file), osmium.osm.RELATION).with_filter(wanted):
        tags = dict(relation.tags)
        members = tuple((member.type, member.ref, member.role) for member in relation.members)
        raw_relation = RawRelation(relation.id, tags, members)
        if tags.get("type") == "route_master":
            raw.masters |= {number: raw_relation for kind, number, _ in members if kind == "r"}
        elif tags.get("type") == "route":
            if mode_of(tags) is not None:
                raw.routes.append(raw_relation)
        else:
            raw.areas[relation.id] = raw_relation


def _read_ways(file: Path, raw: RawLines) -> None:
    """Read the ways that are needed.

    pyosmium's IdFilter would take 850 MB: a bit for every id in the world.
    """
    wanted = _members(raw, "w")
    for way in osmium.FileProcessor(str(file), osmium.osm.WAY):
        if way.id in wanted:
            raw.ways[way.id] = RawWay(way.id, tuple(node.ref for node in way.nodes), dict(way.tags))


def _read_nodes(file: Path, raw: RawLines) -> None:
    wanted = _members(raw, "n") | {node for way in raw.ways.values() for node in way.nodes}
    for node in osmium.FileProcessor(str(file), osmium.osm.NODE):
        if node.id in wanted and node.location.valid():
            raw.positions[node.id] = (node.location.lon, node.location.lat)
            if len(node.tags):
                raw.node_tags[node.id] = dict(node.tags)


def _members(raw: RawLines, kind: str) -> set[int]:
    relations = [*raw.routes, *raw.areas.values()]
    return {number for relation in relations for its, number, _ in relation.members if its == kind}


def _count_missing(raw: RawLines) -> None:
    known: dict[str, Collection[int]] = {"n": raw.positions, "w": raw.ways, "r": raw.areas}
    words = {"n": "stops of lines", "w": "ways of lines", "r": "platforms of lines"}
    for relation in raw.routes:
        for kind, number, _ in relation.members:
            if number not in known[kind]:
                raw.missing[f"{words[kind]} that the file lacks"] += 1
