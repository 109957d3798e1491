"""Crossing surfaces: straight lines over a square between the points that matter, round its holes.

The points are where other ways meet the outline or end inside, entrances, and
the corners one has to walk around (a shortest way inside a polygon bends only
there). Two are joined where they see each other. Over a corner only lines that
touch it are kept: all others could be cut shorter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import compress
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
import shapely

from planner.domain.geo import METRES_PER_DEGREE, LonLat
from planner.streets.build.foot.area_rings import Surface
from planner.streets.build.foot.obstacles import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from planner.streets.build.read.osm import RawStreets, RawWay

MOST_JUNCTIONS = 60
MOST_CORNERS = 60
"""A surface with more is thinned evenly: lines grow with the square of the points."""

_SLACK_M = 0.05
"""A line may leave the outline by so much: positions are kept to a centimetre."""

_LEAST_M2 = 1.0

_LEAST_BEND = 0.05
"""Sine of 3 degrees: a corner that bends less is no corner."""

_ALONG = 1.002
"""A line hardly shorter than the outline between its ends is that outline."""

_DETOUR = 1.0005
"""Two lines that together are no longer than this times a third stand for it."""

_ENTRANCE_KEYS = ("entrance", "door")
_WALKED_TAGS = (
    "highway", "railway", "public_transport", "area", "name", "ref", "surface", "smoothness", "wheelchair",
    "foot", "access", "level", "layer", "indoor", "location", "tunnel", "bridge", "source", "incline", "lit",
)  # fmt: skip


@dataclass(frozen=True)
class Crossing:
    """What is walked over a surface: pairs of nodes, and the tags that count on foot."""

    surface: Surface
    pairs: tuple[tuple[int, int], ...]

    @property
    def tags(self) -> dict[str, str]:
        """The surface's tags without those for vehicles: the lines are nobody's road."""
        return {key: value for key, value in self.surface.tags.items() if key in _WALKED_TAGS}


def cross_surfaces(
    surfaces: Sequence[Surface], ways: Sequence[RawWay], junctions: set[int], raw: RawStreets
) -> list[Crossing]:
    """Return the lines over each surface, in the surfaces' order.

    Parameters
    ----------
    ways
        Those that walkers use, outlines included.
    junctions
        Nodes where ways meet or end.
    """
    standing = Standing(raw)
    fields = [
        field.around(standing)
        for surface in surfaces
        if (field := _Field.of(surface, raw)) is not None and field.is_sound
    ]
    unsound = len(surfaces) - len(fields)
    if unsound:
        raw.left_out["area with a broken outline"] = unsound
    meeting = _met_by_others(fields, ways)
    inside = _inside(fields, ways, junctions, raw.positions)
    return [
        Crossing(field.surface, tuple(field.lines(meeting[number] | field.entrances(raw), inside[number])))
        for number, field in enumerate(fields)
    ]


@dataclass(frozen=True)
class _Field:
    """A surface on a plane of its own, in metres."""

    surface: Surface
    rings: tuple[tuple[int, ...], ...]
    origin: LonLat
    shape: shapely.Geometry
    at: Mapping[int, tuple[float, float]]
    outer: tuple[tuple[int, ...], ...]
    inner: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, surface: Surface, raw: RawStreets) -> _Field | None:
        """Lay a surface out; None where a node's position is unknown."""
        rings = (*surface.outer, *surface.inner)
        if any(node not in raw.positions for ring in rings for node in ring):
            return None
        origin = raw.positions[rings[0][0]]
        at = {node: _plane(raw.positions[node], origin) for ring in rings for node in ring}
        outer = [shapely.Polygon([at[node] for node in ring]) for ring in surface.outer]
        inner = [shapely.Polygon([at[node] for node in ring]) for ring in surface.inner]
        if not all(polygon.is_valid for polygon in (*outer, *inner)):
            return None
        shape = shapely.difference(shapely.union_all(outer), shapely.union_all(inner))
        return cls(surface, rings, origin, shape, at, surface.outer, surface.inner)

    def around(self, standing: Standing) -> _Field:
        """Return the surface without what stands on it; its corners are then those of walls too."""
        free = standing.taken_from(self.shape, self.surface.tags, self.origin)
        if free is None:
            return self
        rings = free.rings(self.at, standing)
        at = {**self.at, **rings.places}
        return replace(self, shape=free.shape, at=at, outer=tuple(rings.outer), inner=tuple(rings.inner))

    @property
    def is_sound(self) -> bool:
        """Whether there is something to cross."""
        return bool(shapely.is_valid(self.shape)) and bool(shapely.area(self.shape) > _LEAST_M2)

    def entrances(self, raw: RawStreets) -> set[int]:
        """Nodes of the outline where a building is entered."""
        return {node for node in self.at if any(key in raw.node_tags.get(node, {}) for key in _ENTRANCE_KEYS)}

    def covers(self, places: Sequence[LonLat]) -> list[bool]:
        """Whether positions lie inside."""
        shapely.prepare(self.shape)
        points = shapely.points([_plane(at, self.origin) for at in places])
        inside: list[bool] = shapely.covers(self.shape, points).tolist()
        return inside

    def lines(self, meeting: set[int], inside: Mapping[int, LonLat]) -> list[tuple[int, int]]:
        """Return the pairs of nodes to join."""
        corners = _corners((*self.outer, *self.inner), self.at, set(self.inner))
        order = [node for ring in self.rings for node in ring[:-1]]
        on_ring = _thinned([node for node in dict.fromkeys(order) if node in meeting], MOST_JUNCTIONS)
        within = _thinned(sorted(inside), MOST_JUNCTIONS)
        bends = _thinned([node for node in corners if node not in meeting], MOST_CORNERS)
        if len(on_ring) + len(within) < 2:  # noqa: PLR2004 - a line has two ends
            return []
        at = dict(self.at) | {node: _plane(place, self.origin) for node, place in inside.items()}
        nodes = list(dict.fromkeys((*on_ring, *within, *bends)))
        return _seen(nodes, at, {node: corners[node] for node in bends}, self)


def _plane(at: LonLat, origin: LonLat) -> tuple[float, float]:
    scale = METRES_PER_DEGREE * cos(radians(origin[1]))
    return (at[0] - origin[0]) * scale, (at[1] - origin[1]) * METRES_PER_DEGREE


def _thinned(nodes: list[int], most: int) -> list[int]:
    """Keep so many at most, evenly spread."""
    if len(nodes) <= most:
        return nodes
    return [nodes[number * len(nodes) // most] for number in range(most)]


def _corners(
    rings: Iterable[tuple[int, ...]], at: Mapping[int, tuple[float, float]], holes: set[tuple[int, ...]]
) -> dict[int, tuple[int, int]]:
    """Corners that stand in the way, with their neighbours on the ring: reflex seen from the surface."""
    corners: dict[int, tuple[int, int]] = {}
    for ring in rings:
        places = np.array([at[node] for node in ring])
        ahead = np.diff(places, axis=0)
        before = np.roll(ahead, 1, axis=0)
        size = np.hypot(*ahead.T) * np.hypot(*before.T)
        turn = (before[:, 0] * ahead[:, 1] - before[:, 1] * ahead[:, 0]) / np.maximum(size, 1e-9)
        area = np.sum(places[:-1, 0] * places[1:, 1] - places[1:, 0] * places[:-1, 1])
        side = np.sign(area) * (-1 if ring in holes else 1)
        nodes = ring[:-1]
        for number in np.flatnonzero(turn * side < -_LEAST_BEND).tolist():
            corners[nodes[number]] = (nodes[number - 1], nodes[(number + 1) % len(nodes)])
    return corners


def _seen(
    nodes: Sequence[int],
    at: Mapping[int, tuple[float, float]],
    corners: Mapping[int, tuple[int, int]],
    field: _Field,
) -> list[tuple[int, int]]:
    """The pairs that see each other over the surface and that neither others nor the outline stand for."""
    places = np.array([at[node] for node in nodes])
    first, second = np.triu_indices(len(nodes), 1)
    keep = np.hypot(*(places[first] - places[second]).T) > _SLACK_M
    keep &= _touches(nodes, places, at, corners, first, second)
    keep &= _touches(nodes, places, at, corners, second, first)
    first, second = first[keep], second[keep]
    lines = shapely.linestrings(np.stack((places[first], places[second]), axis=1))
    room = shapely.buffer(field.shape, _SLACK_M, join_style="mitre")
    shapely.prepare(room)
    is_seen = shapely.covers(room, lines)
    first, second = first[is_seen], second[is_seen]
    along = _along(nodes, places, at, field.rings, first, second)
    needed = ~along & ~_made_up_for(places, first, second)
    return [
        (nodes[a], nodes[b]) for a, b in zip(first[needed].tolist(), second[needed].tolist(), strict=True)
    ]


def _made_up_for(
    places: NDArray[np.float64], first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether two shorter lines over a third point are hardly longer than a line."""
    straight = np.hypot(*(places[first] - places[second]).T)
    lengths = np.full((len(places), len(places)), np.inf)
    lengths[first, second] = lengths[second, first] = straight
    over = lengths[first] + lengths[second]
    longest = np.maximum(lengths[first], lengths[second])
    result: NDArray[np.bool_] = np.any(
        (over <= _DETOUR * straight[:, None]) & (longest < straight[:, None]), axis=1
    )
    return result


def _touches(
    nodes: Sequence[int],
    places: NDArray[np.float64],
    at: Mapping[int, tuple[float, float]],
    corners: Mapping[int, tuple[int, int]],
    here: NDArray[np.int64],
    there: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Whether a line ends in no corner, or passes it with both its walls on one side."""
    is_corner = np.array([node in corners for node in nodes])
    walls = np.array([[at[wall] for wall in corners.get(node, (node, node))] for node in nodes])
    along = places[here] - places[there]
    sides = [
        along[:, 0] * (wall[:, 1] - places[here, 1]) - along[:, 1] * (wall[:, 0] - places[here, 0])
        for wall in (walls[here, 0], walls[here, 1])
    ]
    slack = _SLACK_M * np.hypot(*along.T)
    one_side = ((sides[0] >= -slack) & (sides[1] >= -slack)) | ((sides[0] <= slack) & (sides[1] <= slack))
    result: NDArray[np.bool_] = one_side | ~is_corner[here]
    return result


def _along(
    nodes: Sequence[int],
    places: NDArray[np.float64],
    at: Mapping[int, tuple[float, float]],
    rings: Iterable[tuple[int, ...]],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Whether the outline joins two points by a way that is no longer than the line between them."""
    straight = np.hypot(*(places[first] - places[second]).T)
    result = np.zeros(len(first), bool)
    for ring in rings:
        steps = np.hypot(*np.diff(np.array([at[node] for node in ring]), axis=0).T)
        reached = dict(zip(ring[:-1], np.concatenate(([0.0], np.cumsum(steps)[:-1])).tolist(), strict=True))
        mark = np.array([reached.get(node, np.nan) for node in nodes])
        apart = np.abs(mark[first] - mark[second])
        round_ = np.fmin(apart, steps.sum() - apart)
        result |= round_ <= _ALONG * straight
    return result


def _met_by_others(fields: Sequence[_Field], ways: Sequence[RawWay]) -> list[set[int]]:
    """The nodes of each outline that other ways share."""
    of_node: dict[int, list[int]] = defaultdict(list)
    for number, field in enumerate(fields):
        for node in field.at:
            of_node[node].append(number)
    shared: list[set[int]] = [set() for _ in fields]
    for way in ways:
        for node in way.nodes:
            for number in of_node.get(node, ()):
                if way.id not in fields[number].surface.ways:
                    shared[number].add(node)
    return shared


def _inside(
    fields: Sequence[_Field],
    ways: Sequence[RawWay],
    junctions: set[int],
    positions: Mapping[int, LonLat],
) -> list[dict[int, LonLat]]:
    """Nodes of other ways inside each surface: where they meet or end; of a way that only passes through
    without touching the outline, the first and the last.
    """  # noqa: D205
    inside: list[dict[int, LonLat]] = [{} for _ in fields]
    candidates = [(way, node) for way in ways for node in way.nodes if node in positions]
    if not fields or not candidates:
        return inside
    tree = shapely.STRtree(shapely.points([positions[node] for _, node in candidates]))
    for number, field in enumerate(fields):
        frame = shapely.MultiPoint([positions[node] for node in field.at]).bounds
        near = [candidates[index] for index in np.sort(tree.query(shapely.box(*frame))).tolist()]
        near = [
            (way, node)
            for way, node in near
            if way.id not in field.surface.ways and node not in field.at and _on_level(way, field.surface)
        ]
        is_inside = field.covers([positions[node] for _, node in near]) if near else []
        by_way: dict[int, tuple[RawWay, list[int]]] = {}
        for way, node in compress(near, is_inside):
            by_way.setdefault(way.id, (way, []))[1].append(node)
        for way, nodes in by_way.values():
            meeting = [node for node in nodes if node in junctions]
            if not meeting and not any(node in field.at for node in way.nodes):
                meeting = [nodes[0], nodes[-1]]
            inside[number].update((node, positions[node]) for node in meeting)
    return inside


def _on_level(way: RawWay, surface: Surface) -> bool:
    """Whether a way lies on a surface, not over or under it."""
    for key, usual in (("layer", "0"), ("tunnel", "no"), ("bridge", "no")):
        if way.tags.get(key, usual) != surface.tags.get(key, usual):
            return False
    levels = way.tags.get("level"), surface.tags.get("level")
    return None in levels or levels[0] == levels[1]


def junctions_of(crossings: Iterable[Crossing]) -> set[int]:
    """The nodes at which lines over surfaces end: ways are cut there."""
    return {node for crossing in crossings for pair in crossing.pairs for node in pair}
