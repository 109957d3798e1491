"""A plain answer to a coach's questions: the walkers' ways between kerbs, driven at one speed.

It knows no one-way street, ban or limit; the search over the coach's own costs has the same interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import LonLat
from planner.domain.itinerary import Instruction
from planner.streets.files import SCALE
from planner.streets.query.tables import Table
from planner.streets.query.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.coach import CoachProfile
    from planner.streets.query.network import Network
    from planner.streets.query.walk import Walker

SPEED_MS = 25 / 3.6


class NotReachable(Enum):
    """Why a coach cannot go from one place to another."""

    NO_KERB_NEAR = "no_kerb_near"
    NO_WAY = "no_way"
    LIMITS = "limits"


@dataclass(frozen=True)
class Drive:
    """The driven part. `kerbs` are where the coach stops at the origin and at the destination."""

    length_m: float
    duration_s: float
    geometry: tuple[LonLat, ...]
    instructions: tuple[Instruction, ...]
    estimated_m: float
    estimated: tuple[tuple[int, int], ...]
    kerbs: tuple[LonLat, LonLat]


@dataclass(frozen=True)
class Ride:
    """A leg by coach; without a drive it is a walk all the way, `walk_to`, no slower than the coach."""

    walk_to: Walk
    drive: Drive | None
    walk_from: Walk | None
    duration_s: float


class Driver:
    """Answers a coach's questions over one network."""

    def __init__(self, network: Network, profile: CoachProfile, walker: Walker) -> None:
        self._network = network
        self.profile = profile
        self._walker = walker

    def leg(
        self, a: LonLat, b: LonLat, from_kerb: LonLat | None = None, to_kerb: LonLat | None = None
    ) -> Ride | None:
        """Return the ride between two positions (lon, lat), None where there is none."""
        ride, walk = self._ride(a, b, from_kerb, to_kerb), self._walker.walk(a, b)
        if ride is None or walk is None or ride.duration_s < walk.duration_s:
            return ride
        return Ride(walk, None, None, walk.duration_s)

    def _ride(self, a: LonLat, b: LonLat, from_kerb: LonLat | None, to_kerb: LonLat | None) -> Ride | None:
        first, last = self._kerb(from_kerb or a), self._kerb(to_kerb or b)
        if first is None or last is None:
            return None
        to, way, back = (self._walker.walk(*pair) for pair in ((a, first), (first, last), (last, b)))
        if to is None or way is None or back is None:
            return None
        drive = Drive(
            way.length_m,
            way.length_m / SPEED_MS,
            way.geometry,
            way.instructions,
            way.estimated_m,
            way.estimated,
            (way.geometry[0], way.geometry[-1]),
        )
        total = to.duration_s + drive.duration_s + back.duration_s
        return Ride(to, drive, back, total)

    def why_not(
        self, a: LonLat, b: LonLat, from_kerb: LonLat | None = None, to_kerb: LonLat | None = None
    ) -> NotReachable | None:
        """Return why there is no ride, None where there is one."""
        if self._kerb(from_kerb or a) is None or self._kerb(to_kerb or b) is None:
            return NotReachable.NO_KERB_NEAR
        return None if self.leg(a, b, from_kerb, to_kerb) else NotReachable.NO_WAY

    def table(self, points: Sequence[LonLat], kerbs: Sequence[LonLat | None]) -> Table:
        """Return metres and seconds between all positions; `kerbs` are the places' own drop-off points."""
        rides = [
            [self.leg(a, b, from_kerb, to_kerb) for b, to_kerb in zip(points, kerbs, strict=True)]
            for a, from_kerb in zip(points, kerbs, strict=True)
        ]
        return Table(
            [[0.0 if i == j else _metres(ride) for j, ride in enumerate(row)] for i, row in enumerate(rides)],
            [
                [0.0 if i == j else ride.duration_s if ride else None for j, ride in enumerate(row)]
                for i, row in enumerate(rides)
            ],
        )

    def _kerb(self, at: LonLat) -> LonLat | None:
        network = self._network
        edges = np.flatnonzero(network.coach_kerb[::2] | network.coach_kerb[1::2])
        if len(edges) == 0:
            return None
        ends = np.unique(np.concatenate((network.u[edges], network.v[edges])))
        nodes = ends[network.comp_walk[ends] == 0]
        gap = (network.nodes[nodes] / SCALE - np.array(at)) * (np.cos(np.radians(at[1])), 1.0)
        lon, lat = network.nodes[nodes[int((gap**2).sum(axis=1).argmin())]] / SCALE
        return float(lon), float(lat)


def _metres(ride: Ride | None) -> float | None:
    if ride is None:
        return None
    return sum(part.length_m for part in (ride.walk_to, ride.drive, ride.walk_from) if part)
