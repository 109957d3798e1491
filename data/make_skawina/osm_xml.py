"""Writes the map as OSM XML, the same bytes for the same map."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from .geometry import Point, rounded
from .model import Map, Tags

FIRST_NODE = 9_000_000_000_001
FIRST_WAY = 9_100_000_000_001
FIRST_RELATION = 9_200_000_000_001
ROOT = {
    "version": "0.6",
    "generator": "data/make_skawina",
    "copyright": "OpenStreetMap contributors; ZTP Kraków",
    "attribution": "https://www.openstreetmap.org/copyright",
    "license": "https://opendatacommons.org/licenses/odbl/1-0/",
}
DATA_DATE = "2026-08-01T00:00:00Z"
"""The centre lines are OpenStreetMap's of August 2026: importers tell the data's age by its ways."""

HEAD = "Derived from OpenStreetMap (c) its contributors, ODbL 1.0. source=estimate: no table gives it."


def write(content: Map, path: Path) -> None:
    """Write nodes, then ways, then relations, in the order of the map."""
    root = ET.Element("osm", ROOT)
    root.append(ET.Comment(f" {HEAD} "))
    root.append(bounds(content))
    ids = node_ids(content)
    for point, number in ids.items():
        ET.SubElement(root, "node", node_attributes(number, point))
    for number, dot in enumerate(content.dots, FIRST_NODE + len(ids)):
        add_tags(ET.SubElement(root, "node", node_attributes(number, dot.at)), dot.tags)
    for number, way in enumerate(content.ways, FIRST_WAY):
        element = ET.SubElement(root, "way", {"id": str(number), "version": "1", "timestamp": DATA_DATE})
        for point in way.line:
            ET.SubElement(element, "nd", {"ref": str(ids[rounded(point)])})
        add_tags(element, way.tags)
    add_relations(root, content, {id(thing): found for thing, found in references(content, len(ids))})
    ET.indent(root, space=" ")
    ET.ElementTree(root).write(path, encoding="UTF-8", xml_declaration=True)


def references(content: Map, count: int) -> Iterator[tuple[object, tuple[str, int]]]:
    """Everything a relation may have as a member, with its type and id; `count` nodes belong to ways."""
    for number, dot in enumerate(content.dots, FIRST_NODE + count):
        yield dot, ("node", number)
    for number, way in enumerate(content.ways, FIRST_WAY):
        yield way, ("way", number)
    for number, relation in enumerate(content.relations, FIRST_RELATION):
        yield relation, ("relation", number)


def add_relations(root: ET.Element, content: Map, known: dict[int, tuple[str, int]]) -> None:
    """The relations in the order of the map."""
    for relation in content.relations:
        element = ET.SubElement(root, "relation", {"id": str(known[id(relation)][1]), "version": "1"})
        for thing, role in relation.members:
            kind, number = known[id(thing)]
            ET.SubElement(element, "member", {"type": kind, "ref": str(number), "role": role})
        add_tags(element, relation.tags)


def points(content: Map) -> Iterator[Point]:
    """Every point of every way, rounded, in order."""
    for way in content.ways:
        yield from map(rounded, way.line)


def node_ids(content: Map) -> dict[Point, int]:
    """Ids of the nodes of ways: equal points are one node. Dots get nodes of their own, after these."""
    ids: dict[Point, int] = {}
    for point in points(content):
        ids.setdefault(point, FIRST_NODE + len(ids))
    return ids


def node_attributes(number: int, point: Point) -> Tags:
    """Attributes of a node; seven decimals at most."""
    return {"id": str(number), "version": "1", "lat": f"{point[1]:.7f}", "lon": f"{point[0]:.7f}"}


def add_tags(element: ET.Element, tags: Tags) -> None:
    """Tags in the order of their keys."""
    for key in sorted(tags):
        ET.SubElement(element, "tag", {"k": key, "v": tags[key]})


def bounds(content: Map) -> ET.Element:
    """The box around everything."""
    everything = [*points(content), *(dot.at for dot in content.dots)]
    lons, lats = zip(*everything, strict=True)
    box = {"minlat": min(lats), "minlon": min(lons), "maxlat": max(lats), "maxlon": max(lons)}
    return ET.Element("bounds", {side: f"{value:.7f}" for side, value in box.items()})
