"""Small towns written by hand: positions in metres around a corner of Skawina."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from planner.domain.geo import LonLat, offset
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings, build_network

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.files import NetworkMeta

CORNER = (19.82, 49.97)
FOOTWAY = {"highway": "footway"}

Nodes = Mapping[int, tuple[float, float]]
Tags = Mapping[str, str]
Ways = Mapping[int, tuple[Sequence[int], Tags]]


def spot(east: float, north: float = 0.0) -> LonLat:
    """The position so many metres from the corner, as OpenStreetMap keeps it."""
    lon, lat = offset(CORNER, east, north)
    return round(lon, 7), round(lat, 7)


def tag_lines(tags: Tags) -> str:
    return "".join(f"  <tag k={quoteattr(key)} v={quoteattr(value)}/>\n" for key, value in tags.items())


def osm(nodes: Nodes, ways: Ways, more: str = "") -> str:
    """An OpenStreetMap file; nodes are given in metres east and north of the corner."""
    text = '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n'
    for number, metres in nodes.items():
        lon, lat = spot(*metres)
        text += f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"/>\n'
    for number, (refs, tags) in ways.items():
        text += f'<way id="{number}" version="1">\n'
        text += "".join(f'  <nd ref="{ref}"/>\n' for ref in refs) + tag_lines(tags) + "</way>\n"
    return f"{text}{more}</osm>\n"


def build(data_dir: Path, file: Path, town: TownSettings | None = None) -> NetworkMeta:
    return build_network(file, data_dir, town or TownSettings("Small"), lambda *_: None)


def small_town(tmp: Path, nodes: Nodes, ways: Ways, more: str = "") -> Town:
    """Write a town, build it and open it as the service does."""
    file = tmp / "small.osm"
    file.write_text(osm(nodes, ways, more), encoding="utf-8")
    build(tmp / "data", file)
    return TownKeeper(tmp / "data").town()


CROSS = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (200.0, 0.0), 4: (100.0, 100.0), 5: (100.0, -100.0)}
CROSSING_WAYS: Ways = {
    1: ((1, 2, 3), {"highway": "residential", "name": "Rynek"}),
    2: ((4, 2, 5), FOOTWAY),
}
CROSS_OSM = osm(CROSS, CROSSING_WAYS)


def osm_with(nodes: Nodes, ways: Ways, things: Mapping[int, Tags]) -> str:
    """An OpenStreetMap file in which some of the nodes have tags."""
    text = osm(nodes, ways)
    for number, tags in things.items():
        lon, lat = spot(*nodes[number])
        node = f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"'
        text = text.replace(f"{node}/>", f"{node}>\n{tag_lines(tags)}</node>")
    return text
