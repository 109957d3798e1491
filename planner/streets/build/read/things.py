"""Reading what may be a site of a catalogue: nodes, ways and areas with a name and such tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium

from planner.streets.build.tidy.tidy import READ_ERRORS, tidied, unreadable
from planner.streets.things import WANTED, Thing, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from planner.domain.geo import LonLat

_DOORS = ("main", "yes", "home", "service")
"""Values of `entrance` by which one may come in, the best first."""

Spot = tuple[int, "LonLat"]


def read_things(file: Path) -> list[Thing]:
    """Return the things of an OpenStreetMap file, each object once, in the order of their ids.

    Raises
    ------
    SourceFileError
        If the file is missing, damaged, or no map of a town as it is today.
    """
    with tidied(file) as tidy:
        try:
            doors = dict(_doors(tidy.path))
            members = _members(tidy.path)
            outlines = dict(_outlines(tidy.path, members))
            found = [*_nodes(tidy.path), *_ways(tidy.path, doors), *_areas(outlines, doors)]
        except READ_ERRORS as error:
            raise unreadable(file, error) from error
    return sorted(found, key=lambda thing: (thing.osm_id[0], int(thing.osm_id[1:])))


def _doors(file: Path) -> Iterator[tuple[int, str]]:
    """The nodes that are entrances, with what kind of entrance."""
    nodes = osmium.FileProcessor(str(file), osmium.osm.NODE)
    for node in nodes.with_filter(osmium.filter.KeyFilter("entrance")):
        if node.tags["entrance"] in _DOORS:
            yield node.id, node.tags["entrance"]


def _nodes(file: Path) -> Iterator[Thing]:
    nodes = osmium.FileProcessor(str(file), osmium.osm.NODE)
    for node in nodes.with_filter(osmium.filter.KeyFilter(*WANTED)):
        tags = dict(node.tags)
        kind = kind_of(tags)
        if kind and node.location.valid():
            yield Thing(f"n{node.id}", kind, (node.location.lon, node.location.lat), False, tags)  # noqa: FBT003


def _ways(file: Path, doors: dict[int, str]) -> Iterator[Thing]:
    ways = osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    for way in ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(
        osmium.filter.KeyFilter(*WANTED)
    ):
        tags = dict(way.tags)
        kind = kind_of(tags)
        spots = _spots(way) if kind else []
        if spots:
            yield _placed(f"w{way.id}", kind, spots, doors, tags)


def _members(file: Path) -> dict[int, tuple[str, dict[str, str], list[int]]]:
    """Areas of several ways: kind, tags and the ways of their outlines, by the number of the relation."""
    found = {}
    relations = osmium.FileProcessor(str(file), osmium.osm.RELATION)
    for relation in relations.with_filter(osmium.filter.KeyFilter(*WANTED)):
        tags = dict(relation.tags)
        kind = kind_of(tags)
        if kind:
            outer = [one.ref for one in relation.members if one.type == "w" and one.role in {"outer", ""}]
            found[relation.id] = (kind, tags, outer)
    return found


def _outlines(
    file: Path, members: dict[int, tuple[str, dict[str, str], list[int]]]
) -> Iterator[tuple[int, tuple[str, dict[str, str], list[Spot]]]]:
    wanted = {way for _, _, ways in members.values() for way in ways}
    spots: dict[int, list[Spot]] = {}
    if wanted:
        ways = osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY).with_locations()
        for way in ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(
            osmium.filter.IdFilter(wanted)
        ):
            spots[way.id] = _spots(way)
    for number, (kind, tags, outer) in members.items():
        yield number, (kind, tags, [spot for way in outer for spot in spots.get(way, ())])


def _areas(
    outlines: dict[int, tuple[str, dict[str, str], list[Spot]]], doors: dict[int, str]
) -> Iterator[Thing]:
    for number, (kind, tags, spots) in outlines.items():
        if spots:
            yield _placed(f"r{number}", kind, spots, doors, tags)


def _spots(way: osmium.osm.Way) -> list[Spot]:
    """The nodes of a way with their positions."""
    return [(node.ref, (node.lon, node.lat)) for node in way.nodes if node.location.valid()]


def _placed(osm_id: str, kind: str, spots: list[Spot], doors: dict[int, str], tags: dict[str, str]) -> Thing:
    """A thing at its best entrance, else in the middle of its outline."""
    entrances = [(_DOORS.index(doors[ref]), at) for ref, at in spots if ref in doors]
    if entrances:
        return Thing(osm_id, kind, min(entrances)[1], True, tags)  # noqa: FBT003
    return Thing(osm_id, kind, _middle(at for _, at in spots), False, tags)  # noqa: FBT003


def _middle(spots: Iterable[LonLat]) -> LonLat:
    lons, lats = zip(*spots, strict=True)
    return round((min(lons) + max(lons)) / 2, 7), round((min(lats) + max(lats)) / 2, 7)
