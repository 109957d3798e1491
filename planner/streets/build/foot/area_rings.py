"""Surfaces that walkers may cross: their outlines and holes, from closed ways and multipolygon relations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.streets.build.foot.access import may_walk
from planner.streets.build.read.osm import RawWay
from planner.streets.build.rules import highway_class, is_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.build.read.osm import RawRelation, RawStreets

_NO_SURFACE = {"steps", "elevator"}
_RING = 4
"""A ring names its first node again at its end: a triangle has four."""


@dataclass(frozen=True)
class Surface:
    """An area somebody may walk across: rings of node ids, each closed; `ways` are its outline's ways."""

    id: int
    tags: dict[str, str]
    outer: tuple[tuple[int, ...], ...]
    inner: tuple[tuple[int, ...], ...] = ()
    ways: frozenset[int] = field(default_factory=frozenset)


def find_surfaces(raw: RawStreets) -> list[Surface]:
    """Return the surfaces that walkers may cross; what has no closed outline is counted and left out."""
    surfaces = [
        Surface(way.id, way.tags, (way.nodes,), ways=frozenset((way.id,)))
        for way in raw.ways
        if len(way.nodes) >= _RING and way.nodes[0] == way.nodes[-1] and _is_surface(way.tags)
    ]
    for relation in raw.area_relations:
        if may_walk(relation.tags) and highway_class(relation.tags) not in _NO_SURFACE:
            surface = _from_relation(relation, raw)
            if surface is None:
                raw.left_out["area without a closed outline"] = (
                    raw.left_out.get("area without a closed outline", 0) + 1
                )
            else:
                surfaces.append(surface)
    return surfaces


def _is_surface(tags: dict[str, str]) -> bool:
    return is_area(tags) and may_walk(tags) and highway_class(tags) not in _NO_SURFACE


def _from_relation(relation: RawRelation, raw: RawStreets) -> Surface | None:
    lines: dict[str, list[tuple[int, ...]]] = {"outer": [], "inner": []}
    ways = [(ref, role or "outer") for kind, ref, role in relation.members if kind == "w"]
    for ref, role in ways:
        if ref not in raw.outlines or role not in lines:
            return None
        lines[role].append(raw.outlines[ref])
    outer, inner = closed_rings(lines["outer"]), closed_rings(lines["inner"])
    if not outer or inner is None:
        return None
    own = frozenset(ref for ref, _ in ways)
    return Surface(relation.id, relation.tags, tuple(outer), tuple(inner), own)


def closed_rings(lines: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]] | None:
    """Join lines at their ends to rings; None where one does not close."""
    rings, rest = [], list(lines)
    while rest:
        ring = rest.pop(0)
        while ring[0] != ring[-1]:
            following = next((line for line in rest if ring[-1] in (line[0], line[-1])), None)
            if following is None:
                return None
            rest.remove(following)
            ring += following[1:] if following[0] == ring[-1] else following[-2::-1]
        if len(ring) < _RING:
            return None
        rings.append(ring)
    return rings


def outline_ways(surfaces: Sequence[Surface], raw: RawStreets) -> list[RawWay]:
    """Return the outlines of relations as ways to walk on, but for those that are ways by themselves."""
    known = {way.id for way in raw.ways}
    outlines = []
    for surface in surfaces:
        tags = {key: value for key, value in surface.tags.items() if key != "type"}
        outlines += [RawWay(number, raw.outlines[number], tags) for number in sorted(surface.ways - known)]
        known |= surface.ways
    return outlines
