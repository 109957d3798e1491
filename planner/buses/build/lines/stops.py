"""The stops of a route relation in the order in which they are called at.

Public transport version 2 gives each call twice, as the place where the vehicle
halts (`stop`) and the one where people wait (`platform`); version 1 gives one of
the two, or nodes without a role. People walk to the platform; the vehicle's
place tells where along the course the call is.
Source: OSM wiki, "Relation:route" and "Tag:route=bus".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import Boarding
from planner.domain.geo import LonLat, plane_distance_m

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.buses.build.lines.relations import RawLines
    from planner.streets.build.read.osm import RawRelation

PAIR_M = 150.0
"""A platform belongs to a place to halt no farther away than this: half a long train."""

LONGEST_PLATFORM = 6
"""A `ref` longer than this is a number in somebody's register, not what stands on the platform."""


@dataclass(frozen=True)
class RelationStop:
    """A call of a route. `at` is where people wait, `on_way` where the vehicle halts; `rank` is its order."""

    id: str
    name: str
    platform: str
    at: LonLat
    on_way: LonLat
    rank: int
    board: Boarding = Boarding.REGULAR
    alight: Boarding = Boarding.REGULAR


def halts_of(relation: RawRelation, raw: RawLines, side: str = "") -> tuple[RelationStop, ...]:
    """The calls of a route in order; `side` is `forward` or `backward` where it holds both directions."""
    stops: list[RelationStop] = []
    platforms: list[RelationStop] = []
    other = {"forward": "backward", "backward": "forward"}.get(side, "none")
    for rank, (kind, number, role) in enumerate(relation.members):
        if other in role:
            continue
        tags, at = _place(raw, kind, number)
        if at is None:
            continue
        sort = _sort(kind, role, tags)
        if sort is not None:
            halt = _halt(f"{kind}{number}", tags, at, rank, role)
            (platforms if sort == "platform" else stops).append(halt)
    near_m = 0.0 if relation.tags.get("public_transport:version") == "2" else PAIR_M
    return _without_repeats(_paired(stops, platforms), near_m)


def _place(raw: RawLines, kind: str, number: int) -> tuple[Mapping[str, str], LonLat | None]:
    """Tags and position of a member; of a way or an area, the middle of its nodes."""
    if kind == "n":
        return raw.node_tags.get(number, {}), raw.positions.get(number)
    if kind == "w":
        way = raw.ways.get(number)
        nodes = set(way.nodes) if way else set()
        return (way.tags if way else {}), _middle(nodes, raw)
    area = raw.areas.get(number)
    members = area.members if area else ()
    ways = [raw.ways[its] for what, its, _ in members if what == "w" and its in raw.ways]
    return (area.tags if area else {}), _middle({node for way in ways for node in way.nodes}, raw)


def _middle(nodes: set[int], raw: RawLines) -> LonLat | None:
    known = [raw.positions[node] for node in sorted(nodes) if node in raw.positions]
    if not known:
        return None
    lons, lats = zip(*known, strict=True)
    return sum(lons) / len(known), sum(lats) / len(known)


def _sort(kind: str, role: str, tags: Mapping[str, str]) -> str | None:
    """Whether a member is a `platform`, a `stop` or none of both."""
    if "platform" in role:
        return "platform"
    if kind != "n":
        return None
    if "stop" in role or role in {"station", "halt"}:
        return "stop"
    if role in {"", "forward", "backward"}:
        if tags.get("public_transport") == "platform" or tags.get("highway") == "bus_stop":
            return "platform"
        is_halt = tags.get("public_transport") == "stop_position"
        if is_halt or tags.get("railway") in {"station", "halt", "stop", "tram_stop"}:
            return "stop"
    return None


def _halt(name: str, tags: Mapping[str, str], at: LonLat, rank: int, role: str) -> RelationStop:
    platform = tags.get("local_ref") or tags.get("ref", "")
    return RelationStop(
        id=name,
        name=tags.get("name", ""),
        platform=platform if len(platform) <= LONGEST_PLATFORM else "",
        at=at,
        on_way=at,
        rank=rank,
        board=Boarding.NONE if "exit_only" in role else Boarding.REGULAR,
        alight=Boarding.NONE if "entry_only" in role else Boarding.REGULAR,
    )


def _paired(stops: Sequence[RelationStop], platforms: Sequence[RelationStop]) -> list[RelationStop]:
    """One list of both, in order, with the pairs that mean the same call made one.

    Both lists are in order, so the pairs are too: the alignment with the most
    and nearest pairs (dynamic programming, as for the longest common subsequence).
    """
    gain = np.zeros((len(stops) + 1, len(platforms) + 1))
    for i, stop in enumerate(stops, 1):
        for j, platform in enumerate(platforms, 1):
            near = max(0.0, PAIR_M - plane_distance_m(stop.at, platform.at))
            gain[i, j] = max(gain[i - 1, j], gain[i, j - 1], gain[i - 1, j - 1] + near)
    calls: list[RelationStop] = []
    i, j = len(stops), len(platforms)
    while i > 0 or j > 0:
        is_pair = i > 0 and j > 0 and gain[i, j] > max(gain[i - 1, j], gain[i, j - 1])
        if is_pair:
            calls.append(_one(stops[i - 1], platforms[j - 1]))
            i, j = i - 1, j - 1
        elif j == 0 or (i > 0 and gain[i - 1, j] >= gain[i, j] and _is_later(stops[i - 1], platforms[j - 1])):
            calls.append(stops[i - 1])
            i -= 1
        elif gain[i, j - 1] >= gain[i, j]:
            calls.append(platforms[j - 1])
            j -= 1
        else:
            calls.append(stops[i - 1])
            i -= 1
    return calls[::-1]


def _is_later(halt: RelationStop, other: RelationStop) -> bool:
    return halt.rank > other.rank


def _one(stop: RelationStop, platform: RelationStop) -> RelationStop:
    """A call of its two members: whoever forbids getting on or off is right."""
    return replace(
        platform,
        name=platform.name or stop.name,
        platform=platform.platform or stop.platform,
        on_way=stop.at,
        board=max(stop.board, platform.board),
        alight=max(stop.alight, platform.alight),
    )


def _without_repeats(calls: Sequence[RelationStop], near_m: float) -> tuple[RelationStop, ...]:
    """The calls, each once where it stands twice in a row.

    Version 1 names every track of a station: calls of one name within `near_m` are one.
    """
    return tuple(
        call for at, call in enumerate(calls) if at == 0 or not _is_same(call, calls[at - 1], near_m)
    )


def _is_same(halt: RelationStop, other: RelationStop, near_m: float) -> bool:
    if halt.id == other.id:
        return True
    return halt.name == other.name != "" and plane_distance_m(halt.at, other.at) < near_m
