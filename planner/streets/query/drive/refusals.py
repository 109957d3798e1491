"""Why there is no leg by coach: where its way ends, what stops it there, the nearest kerb that it gets to.

The drive is looked for again with what stops a coach allowed but dear: a smaller coach, driving against
one-way streets, any turn. The first of those that the way found cannot do without is the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.coach import COACH_LIMITS, CoachProfile
from planner.domain.geo import LonLat
from planner.streets.files import SCALE
from planner.streets.query.drive.kerbs import kerbs_near
from planner.streets.query.drive.search import Way

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.query.drive.graph import DriveGraph
    from planner.streets.query.network import Network
    from planner.streets.query.walk.find import Walker

SMALLEST = CoachProfile(**{name: low for name, (low, _) in COACH_LIMITS.items()})
"""A vehicle that every posted limit lets pass: what it can reach and a coach cannot, limits keep from it."""

LIMIT_KINDS = ("height_m", "weight_t", "length_m", "width_m")
"""What the columns of a network's limits are."""

OFFERED_M = 5_000.0
OFFERED_TRIES = 8
"""A kerb is offered this far off at most; so many of the nearest are tried on foot."""

DEAR_S, DEAR_FACTOR = 600.0, 10.0
"""What it costs to drive where one may not: so the way found does so as little as can be."""


class NotReachable(Enum):
    """Why there is no leg by coach: no street near, none for its size, a one-way street or a banned turn, no
    place to turn, no joined streets at all.
    """  # noqa: D205

    NO_KERB_NEAR = "no_kerb_near"
    NO_WAY = "no_way"
    LIMITS = "limits"
    ONE_WAY = "one_way"
    DEAD_END = "dead_end"


@dataclass(frozen=True)
class Obstruction:
    """What stops a coach: where, how many metres of the way from the place, and the limit that it is over."""

    reason: NotReachable
    at: LonLat | None = None
    away_m: float | None = None
    limit: tuple[str, float] | None = None


@dataclass(frozen=True)
class Offer:
    """The kerb nearest to a place that the coach gets to; `walk_m` is the walk, None where there is none."""

    kerb: LonLat
    walk_m: float | None


@dataclass(frozen=True)
class Tried:
    """A way of a coach that may do more; of its edge at the refused end `undriven_m` are not driven."""

    way: Way
    from_start: bool
    undriven_m: float

    def stopped(
        self, network: Network, number: int, reason: NotReachable, limit: tuple[str, float] | None = None
    ) -> Obstruction:
        """Return what stops a coach on an edge of the way, by its number: it gets to the edge's far end."""
        directed = self.way.edges[number]
        edges = np.array(self.way.edges) >> 1
        rest = edges[: number + 1] if self.from_start else edges[number:]
        ends = (network.v, network.u) if bool(directed & 1) != self.from_start else (network.u, network.v)
        lon, lat = network.nodes[ends[0][directed >> 1]].tolist()
        away = float(network.length[rest].sum()) - self.undriven_m
        return Obstruction(reason, (lon / SCALE, lat / SCALE), away, limit)


def over_limits(network: Network, profile: CoachProfile, tried: Tried) -> Obstruction:
    """Return where the way of a smaller coach is too small for this one, nearest to the refused end."""
    size = np.array([getattr(profile, kind) for kind in LIMIT_KINDS])
    limits = np.asarray(network.coach_limits)[np.array(tried.way.edges) >> 1]
    found = np.flatnonzero((limits < size).any(axis=1))
    number = int(found[0] if tried.from_start else found[-1])
    kind = int(np.argmax(size - limits[number]))
    told = LIMIT_KINDS[kind], float(limits[number, kind])
    return tried.stopped(network, number, NotReachable.LIMITS, told)


def eased(network: Network) -> Network:
    """Return a network where a coach may drive against one-way streets and turn anywhere, which is dear."""
    ahead = network.coach_s.reshape(-1, 2)
    other = ahead[:, ::-1] * DEAR_FACTOR + DEAR_S
    return replace(
        network,
        coach_s=np.where(np.isfinite(ahead), ahead, other).ravel(),
        coach_turn=np.ones(len(network.nodes), bool),
        bans=np.zeros(0, np.int64),
        bans_offsets=np.zeros(1, np.int64),
    )


def against_rules(network: Network, graph: DriveGraph, tried: Tried) -> Obstruction:
    """Return what a way over the eased network does that is not allowed, nearest to the refused end."""
    edges = tried.way.edges
    broken = [
        (number, NotReachable.ONE_WAY)
        for number, edge in enumerate(edges)
        if not np.isfinite(graph.edge_cost[edge])
    ]
    broken += [
        (number, NotReachable.DEAD_END if edge ^ 1 == following else NotReachable.ONE_WAY)
        for number, (edge, following) in enumerate(pairwise(edges))
        if not _may_turn(graph, edge, following)
    ]
    if not broken:
        return Obstruction(NotReachable.NO_WAY)
    choose = min if tried.from_start else max
    number, reason = choose(broken, key=lambda found: found[0])
    return tried.stopped(network, number, reason)


def _may_turn(graph: DriveGraph, edge: int, following: int) -> bool:
    after = graph.states.edge_of[graph.states.targets]
    return any(
        following in after[graph.states.starts[state] : graph.states.starts[state + 1]]
        for state in graph.states_of(edge)
    )


def offered(network: Network, usable: NDArray[np.bool_], walker: Walker, place: LonLat) -> Offer | None:
    """Return the nearest kerb to a place that the coach can come to and leave, by the walk."""
    kerbs = kerbs_near(network, usable, place, OFFERED_M, OFFERED_TRIES)
    if not kerbs:
        return None
    metres = walker.table([place, *(kerb.at for kerb in kerbs)]).distances_m[0][1:]
    walks = [(far, number) for number, far in enumerate(metres) if far is not None]
    if not walks:
        return Offer(kerbs[0].at, None)
    far, number = min(walks)
    return Offer(kerbs[number].at, far)
