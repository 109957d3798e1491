"""What directions need besides the streets: what a nameless footway runs along, and road numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.files import SCALE, EdgeFlag, WayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.streets.build.graph import Graph, Names

SIDEWALK_M = 20.0
"""A way tagged as a sidewalk belongs to a street within this distance."""

FOOTWAY_M = 13.0
"""Any other nameless footway or path does within this distance."""

PARALLEL_DEG = 25.0
"""Two bearings this near are parallel."""

SHARE = 0.7
"""So much of a way must accompany one and the same street."""

MOST_PLACES = 2
_SIGNS = ("destination", "destination:forward", "destination:backward")

SAMPLE_M = 12.0
"""A way is looked at this often along its length."""

_STREETS = (WayKind.STREET, WayKind.SERVICE, WayKind.PEDESTRIAN)
_BESIDE = (WayKind.SIDEWALK, WayKind.FOOTWAY, WayKind.PATH, WayKind.CYCLEWAY)
_APART = EdgeFlag.TUNNEL | EdgeFlag.BRIDGE | EdgeFlag.STEPS | EdgeFlag.AREA

Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]


def telling_arrays(
    graph: Graph, names: Names, node_tags: Mapping[int, Mapping[str, str]]
) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the directions.

    By edge: `beside`, the number of the name of the street that a nameless way runs along (0 none), and
    `ref`, the number of the name that is its road's number. By directed edge: `towards`, where it leads by
    its signs, and `exit_ref`, the number of the motorway exit that it begins at.
    """
    return {
        "beside": _beside(graph),
        "ref": np.array([names.number(piece.way.tags.get("ref", "")) for piece in graph.pieces], np.int32),
        **_signs(graph, names, node_tags),
    }


def _signs(graph: Graph, names: Names, node_tags: Mapping[int, Mapping[str, str]]) -> dict[str, Numbers]:
    """Read what signs say: on a way `destination`, at a motorway's junction `exit_to` and `ref`.

    Source: OSM wiki, "Key:destination", "Key:exit to", "Tag:highway=motorway_junction".
    """
    towards, exits = np.zeros(2 * len(graph.u), np.int32), np.zeros(2 * len(graph.u), np.int32)
    junctions = {node: tags for node, tags in node_tags.items() if tags.get("highway") == "motorway_junction"}
    for edge, piece in enumerate(graph.pieces):
        tags, junction = piece.way.tags, junctions.get(piece.nodes[0], {})
        if not junction and not any(key in tags for key in _SIGNS):
            continue
        is_exit = bool(junction) and tags.get("highway", "").endswith("_link")
        ahead = tags.get("destination:forward") or tags.get("destination", "")
        towards[2 * edge] = names.number(_listed(ahead or (junction.get("exit_to", "") if is_exit else "")))
        if tags.get("oneway", "no") == "no":
            towards[2 * edge + 1] = names.number(_listed(tags.get("destination:backward", "")))
        exits[2 * edge] = names.number(junction.get("ref", "") if is_exit else "")
    return {"towards": towards, "exit_ref": exits}


def _listed(places: str) -> str:
    """The first two places of a sign."""
    told = [place.strip() for place in places.split(";") if place.strip()]
    return ", ".join(told[:MOST_PLACES])


def _beside(graph: Graph) -> NDArray[np.int32]:
    """Give every nameless footway the name of the street that most of it runs along."""
    beside = np.zeros(len(graph.u), np.int32)
    apart = (graph.flags & int(_APART)) != 0
    named = (graph.name != 0) & np.isin(graph.kind, _STREETS) & ((graph.flags & EdgeFlag.TUNNEL) == 0)
    nameless = (graph.name == 0) & np.isin(graph.kind, _BESIDE) & ~apart
    edges, points, bearings = _samples(graph, np.flatnonzero(nameless))
    owners, first, last = _segments(graph, np.flatnonzero(named))
    if len(edges) == 0 or len(owners) == 0:
        return beside
    lines: NDArray[np.object_] = np.asarray(shapely.linestrings(np.stack((first, last), axis=1)))
    spot, line = shapely.STRtree(lines.tolist()).query(shapely.points(points), "dwithin", SIDEWALK_M)
    gap = np.asarray(shapely.distance(shapely.points(points[spot]), lines[line]))
    turned = np.abs((bearings[spot] - _bearing(last - first)[line] + 90) % 180 - 90)
    reach = np.where(graph.kind[edges[spot]] == WayKind.SIDEWALK, SIDEWALK_M, FOOTWAY_M)
    fits = (turned <= PARALLEL_DEG) & (gap <= reach)
    spot, gap, label = spot[fits], gap[fits], graph.name[owners[line[fits]]]
    best = np.lexsort((label, gap, spot))
    spot, where = np.unique(spot[best], return_index=True)
    nearest = np.zeros(len(edges), np.int32)
    nearest[spot] = label[best][where]
    for run in np.split(np.arange(len(edges)), np.flatnonzero(np.diff(edges)) + 1):
        votes = np.bincount(nearest[run])
        winner = int(votes[1:].argmax()) + 1 if len(votes) > 1 else 0
        if winner and votes[winner] >= SHARE * len(run):
            beside[edges[run[0]]] = winner
    return beside


def _plane(graph: Graph) -> Floats:
    """The vertices in metres on a plane about the town's middle."""
    middle = graph.vertices.mean(axis=0) if len(graph.vertices) else np.zeros(2)
    scale = METRES_PER_DEGREE / SCALE
    factors = np.array([scale * np.cos(np.radians(middle[1] / SCALE)), scale])
    plane: Floats = (graph.vertices - middle) * factors
    return plane


def _segments(graph: Graph, edges: NDArray[np.int64]) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Return the owner, first and last position of every segment of some edges."""
    plane = _plane(graph)
    counts = graph.offsets[edges + 1] - graph.offsets[edges] - 1
    inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    first = np.repeat(graph.offsets[edges], counts) + inner
    return np.repeat(edges, counts), plane[first], plane[first + 1]


def _samples(graph: Graph, edges: NDArray[np.int64]) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Return owner, position and bearing of places along some edges, evenly spaced on each segment."""
    owners, first, last = _segments(graph, edges)
    step = last - first
    counts = np.maximum(1, np.ceil(np.hypot(step[:, 0], step[:, 1]) / SAMPLE_M)).astype(np.int64)
    inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (inner + 0.5) / np.repeat(counts, counts)
    points = np.repeat(first, counts, axis=0) + np.repeat(step, counts, axis=0) * share[:, None]
    return np.repeat(owners, counts), points, np.repeat(_bearing(step), counts)


def _bearing(step: Floats) -> Floats:
    bearing: Floats = np.degrees(np.arctan2(step[:, 0], step[:, 1]))
    return bearing
