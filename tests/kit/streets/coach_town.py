"""Small towns for coaches: nodes with tags, turn restrictions, a plain walker, the ways driven."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from planner.domain.coach import CoachProfile
from planner.services.travel.town import Town, TownKeeper
from planner.streets.query.drive.graph import drive_graph
from planner.streets.query.drive.kerbs import Kerb, kerbs_near
from planner.streets.query.drive.search import KerbOption, drives
from tests.kit.streets.small import build, osm, tag_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.streets.query.network import Network
    from tests.kit.streets.small import Nodes, Tags, Ways

COACH = CoachProfile()
PACE_MPS = 4.0 / 3.6


def relation(number: int, tags: Tags, members: Sequence[tuple[str, int, str]]) -> str:
    """A relation in XML; a member is (node or way, id, role)."""
    lines = "".join(f'  <member type="{kind}" ref="{ref}" role="{role}"/>\n' for kind, ref, role in members)
    return f'<relation id="{number}" version="1">\n{lines}{tag_lines(tags)}</relation>\n'


def turn(rule: str, from_way: int, via: int | Sequence[int], to_way: int, **more: str) -> str:
    """A turn restriction over a node or over ways."""
    tags = {"type": "restriction", "restriction": rule, **more}
    over = [("node", via, "via")] if isinstance(via, int) else [("way", way, "via") for way in via]
    return relation(9000, tags, [("way", from_way, "from"), *over, ("way", to_way, "to")])


def coach_town(
    tmp: Path, nodes: Nodes, ways: Ways, node_tags: Mapping[int, Tags] | None = None, more: str = ""
) -> Town:
    text = osm(nodes, ways, more)
    for number, tags in (node_tags or {}).items():
        text = re.sub(rf'(<node id="{number}" [^>]*)/>', rf"\1>\n{tag_lines(tags)}</node>", text)
    file = tmp / "small.osm"
    file.write_text(text, encoding="utf-8")
    build(tmp / "data", file)
    return TownKeeper(tmp / "data").town()


def kerb_at(network: Network, at: LonLat, profile: CoachProfile = COACH) -> Kerb:
    """The kerb on the nearest street that is open to a coach."""
    return kerbs_near(network, drive_graph(network, profile).part >= 0, at, 100.0)[0]


def driven(network: Network, a: LonLat, b: LonLat, profile: CoachProfile = COACH) -> list[int] | None:
    """The OSM ways that a coach drives from the street at one place to that at another, repeats left out."""
    kerbs = [KerbOption(kerb_at(network, at, profile), 0.0) for at in (a, b)]
    way = drives(network, drive_graph(network, profile), kerbs[:1], [kerbs[1:]])[0]
    if way is None:
        return None
    return [number for number, _ in groupby(int(network.way[edge // 2]) for edge in way.edges)]
