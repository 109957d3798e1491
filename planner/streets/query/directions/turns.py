"""The course of a walk as a line on a plane: how much it turns where, and what else leads away there."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import chain
from math import atan2, cos, degrees, hypot, isfinite, radians
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.domain.geo import METRES_PER_DEGREE, LonLat
from planner.domain.itinerary import Maneuver
from planner.streets.files import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.network import Network
    from planner.streets.query.path_edges import PathEdge

SIGHT_M = 12.0
"""A turn is judged by the directions this far before and after it: the first segment may be a kerb's."""

STRAIGHT_DEG = 30.0
"""A smaller angle is no turn."""


@dataclass(frozen=True)
class Track:
    """The course: bound k lies between edge k - 1 and edge k of a path.

    `x`, `y` are metres on a plane, `run` the metres walked to each position of
    the shapes, `marks` to each bound; `angles` are the turns at the bounds.
    `nodes` are those of the network at bounds 1, 2, ... and len(path) - 1.
    """

    origin: LonLat
    x: list[float]
    y: list[float]
    run: list[float]
    marks: list[float]
    angles: list[float]
    nodes: NDArray[np.int64]
    edges: NDArray[np.int64]

    def at(self, run: float) -> tuple[float, float]:
        """The place (x, y) after so many metres."""
        last = bisect_right(self.run, run)
        if last == len(self.run):
            return self.x[-1], self.y[-1]
        if last == 0:
            return self.x[0], self.y[0]
        start, east, north = self.run[last - 1], self.x[last - 1], self.y[last - 1]
        share = (run - start) / (self.run[last] - start)
        return east + (self.x[last] - east) * share, north + (self.y[last] - north) * share

    def plane(self, at: LonLat) -> tuple[float, float]:
        """A position (lon, lat) on this plane."""
        wide = METRES_PER_DEGREE * cos(radians(self.origin[1]))
        return (at[0] - self.origin[0]) * wide, (at[1] - self.origin[1]) * METRES_PER_DEGREE

    def came(self, bound: int, first: int = 0) -> float:
        """The bearing in which one comes to a bound, not looking back beyond the bound `first`."""
        here = self.marks[bound]
        return bearing(self.at(max(self.marks[first], here - SIGHT_M)), self.at(here))

    def goes(self, bound: int, last: int = -1) -> float:
        """The bearing in which one leaves a bound, not looking beyond the bound `last`."""
        here = self.marks[bound]
        return bearing(self.at(here), self.at(min(self.marks[last], here + SIGHT_M)))


def track_of(network: Network, path: Sequence[PathEdge]) -> Track:
    """Lay the edges of a path on a plane and measure all turns between them at once."""
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(edge.shape for edge in path)), float)
    origin = (float(flat[0]), float(flat[1]))
    x = (flat[::2] - origin[0]) * (METRES_PER_DEGREE * cos(radians(origin[1])))
    y = (flat[1::2] - origin[1]) * METRES_PER_DEGREE
    run = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    ends = np.cumsum([len(edge.shape) for edge in path])
    marks = np.concatenate(([0.0], run[ends - 1]))
    edges = np.array([edge.edge for edge in path], np.int64)
    ahead = np.array([edge.is_forward for edge in path], bool)
    return Track(
        origin=origin,
        x=x.tolist(),
        y=y.tolist(),
        run=run.tolist(),
        marks=marks.tolist(),
        angles=_angles(x, y, run, marks),
        nodes=np.where(ahead, network.v[edges], network.u[edges])[:-1].astype(np.int64),
        edges=edges,
    )


def _angles(
    x: NDArray[np.float64], y: NDArray[np.float64], run: NDArray[np.float64], marks: NDArray[np.float64]
) -> list[float]:
    spots = np.concatenate((marks - SIGHT_M, marks, marks + SIGHT_M))
    east, north = np.interp(spots, run, x).reshape(3, -1), np.interp(spots, run, y).reshape(3, -1)
    bearings = np.degrees(np.arctan2(np.diff(east, axis=0), np.diff(north, axis=0)))
    angles: NDArray[np.float64] = (bearings[1] - bearings[0] + 180) % 360 - 180
    angles[[0, -1]] = 0.0
    return [float(angle) for angle in angles]


def others(network: Network, track: Track, bound: int) -> list[int]:
    """The edges that meet at an inner bound besides the two that are taken."""
    node = int(track.nodes[bound - 1])
    taken = (int(track.edges[bound - 1]), int(track.edges[bound]))
    first, last = network.meet_starts[node : node + 2].tolist()
    meet = network.meet_edges[first:last]
    return [edge for edge in meet.tolist() if edge not in taken]


def leaves(network: Network, edge: int, node: int) -> float:
    """The bearing in which an edge leads away from a node at one of its ends."""
    first, last = network.offsets[edge : edge + 2].tolist()
    part = network.vertices[first:last].tolist()
    if int(network.u[edge]) != node:
        part.reverse()
    (lon, lat), scale = part[0], METRES_PER_DEGREE / SCALE
    wide = scale * cos(radians(lat / SCALE))
    plane = [((a - lon) * wide, (b - lat) * scale) for a, b in part[1:]]
    return bearing((0.0, 0.0), next((at for at in plane if hypot(*at) >= SIGHT_M), plane[-1]))


def is_open(cost: NDArray[np.float64], network: Network, edge: int, node: int) -> bool:
    """Whether an edge may be taken away from a node, by a directed cost."""
    return isfinite(cost[2 * edge + (int(network.u[edge]) != node)])


def bearing(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Degrees clockwise from north, of places on a plane."""
    return degrees(atan2(b[0] - a[0], b[1] - a[1])) % 360


def angle_between(came: float, goes: float) -> float:
    """The turn from one bearing to another: -180 to 180, left below 0."""
    return (goes - came + 180) % 360 - 180


def turn_of(angle: float) -> Maneuver:
    """The turn of an angle in degrees, from -180 (left about) to 180; straight on within 30."""
    side = abs(angle)
    if side < STRAIGHT_DEG:
        return Maneuver.CONTINUE
    names = (
        (60, Maneuver.SLIGHT_LEFT, Maneuver.SLIGHT_RIGHT),
        (120, Maneuver.LEFT, Maneuver.RIGHT),
        (165, Maneuver.SHARP_LEFT, Maneuver.SHARP_RIGHT),
    )
    for limit, left, right in names:
        if side < limit:
            return left if angle < 0 else right
    return Maneuver.TURN_BACK
