"""Where a coach stops for a place: the kerbs that are nearest on foot, of streets that lead on first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.streets.query.drive.kerbs import Kerb, kerbs_near
from planner.streets.query.drive.search import KerbOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.domain.coach import CoachProfile
    from planner.domain.geo import LonLat
    from planner.streets.query.drive.graph import DriveGraph
    from planner.streets.query.network import Network
    from planner.streets.query.walk.find import Walker

KERB_REACH_M = 400.0
"""A group walks no farther than this between a coach and a site, five or six minutes."""

FAR_KERB_M = 2_000.0
"""Where a coach cannot stop nearer on a street that leads on, the walk may be this long, and is told."""

KERB_TRIES = (6, 24)
"""So many kerbs are tried on foot, the nearest in a straight line first; more where none of them will do."""

KERB_CHOICES = 4
KERB_EXTRA_M = 30.0
"""Kerbs are as good as the nearest when the walk is this much longer at most: round the corner, over the
street. Out of so many of them a leg takes the one that makes it quickest.
"""

WALK_WEIGHT = 2.0
"""A minute on foot counts for two in the coach when a kerb is chosen."""

REMEMBERED = 2_000
"""Places whose stops are kept: those of a catalogue and its days."""


@dataclass(frozen=True)
class Stop:
    """Where the coach may stop for a place; metres and seconds on foot to each kerb and from it.

    `unmarked` are the edges of those on an open road, where no kerb is near.
    """

    kerbs: tuple[Kerb, ...]
    there: tuple[tuple[float, float], ...]
    back: tuple[tuple[float, float], ...]
    unmarked: frozenset[int] = frozenset()

    def choices(self, *, is_start: bool) -> list[KerbOption]:
        """The kerbs as the search wants them, for a coach that comes to fetch or that brings."""
        walks = self.there if is_start else self.back
        return [
            KerbOption(kerb, WALK_WEIGHT * seconds)
            for kerb, (_, seconds) in zip(self.kerbs, walks, strict=True)
        ]


class Stops:
    """The stops of one coach for groups that walk alike; those asked for last are kept with the network."""

    def __init__(self, network: Network, graph: DriveGraph, profile: CoachProfile, walker: Walker) -> None:
        self._network = network
        self._graph = graph
        self._walker = walker
        self._key = profile, walker.kind

    def at(self, place: LonLat, drop_off: LonLat | None) -> Stop | None:
        """Return the stop of a place, at its own drop-off point where it has one; None without any."""
        key = self._key, place, drop_off
        return self._network.memory.get(
            "coach stops", key, lambda: self._found(place, drop_off), keep=REMEMBERED
        )

    def _found(self, place: LonLat, drop_off: LonLat | None) -> Stop | None:
        graph = self._graph
        if drop_off is not None:
            near = self._near(graph.drop_off, drop_off, 1) or self._near(graph.part >= 0, drop_off, 1)
            return self._on_foot(place, near, np.inf)
        here = self._nearest_of(place, self._near(graph.main, place), KERB_REACH_M)
        if here is not None:
            return here
        apart = self._nearest_of(place, self._of_one_part(self._near(graph.kerb, place)), KERB_REACH_M)
        far = kerbs_near(self._network, graph.main, place, FAR_KERB_M, KERB_TRIES[-1])
        leads_on = self._on_a_road(place, graph.road & graph.easy & (graph.part == 0))
        stop = both(both(leads_on, apart), self._nearest_of(place, far, FAR_KERB_M))
        return stop or self._on_a_road(place, graph.road)

    def _on_a_road(self, place: LonLat, roads: NDArray[np.bool_]) -> Stop | None:
        """Stop where no kerb is: on the open road."""
        stop = self._nearest_of(place, self._near(roads, place), KERB_REACH_M)
        if stop is None:
            return None
        return Stop(stop.kerbs, stop.there, stop.back, frozenset(kerb.edge for kerb in stop.kerbs))

    def _near(self, usable: NDArray[np.bool_], at: LonLat, most: int = KERB_TRIES[-1]) -> list[Kerb]:
        return kerbs_near(self._network, usable, at, KERB_REACH_M, most)

    def _of_one_part(self, kerbs: Sequence[Kerb]) -> list[Kerb]:
        """Those of the part of the streets that the nearest one is in."""
        parts = [min(int(self._graph.part[edge]) for edge in kerb.directed) for kerb in kerbs]
        return [kerb for kerb, part in zip(kerbs, parts, strict=True) if part == parts[0]]

    def _nearest_of(self, place: LonLat, kerbs: Sequence[Kerb], reach_m: float) -> Stop | None:
        stops = (self._on_foot(place, kerbs[:tries], reach_m) for tries in KERB_TRIES)
        return next((stop for stop in stops if stop is not None), None)

    def _on_foot(self, place: LonLat, kerbs: Sequence[Kerb], reach_m: float) -> Stop | None:
        """The best of some kerbs by the walk from a place, None where none can be walked to."""
        if not kerbs:
            return None
        table = self._walker.table([place, *(kerb.at for kerb in kerbs)])
        metres, seconds = table.distances_m, table.durations_s
        walks = [
            (kerb, (there_m, there_s), (back_m, back_s))
            for number, kerb in enumerate(kerbs, 1)
            if (there_m := metres[0][number]) is not None
            and (there_s := seconds[0][number]) is not None
            and (back_m := metres[number][0]) is not None
            and (back_s := seconds[number][0]) is not None
        ]
        walks.sort(key=lambda walk: walk[1][0])
        least = min(walks[0][1][0] + KERB_EXTRA_M, reach_m) if walks else 0.0
        best = [walk for walk in walks[:KERB_CHOICES] if walk[1][0] <= least]
        if not best:
            return None
        there, back = tuple(walk[1] for walk in best), tuple(walk[2] for walk in best)
        return Stop(tuple(walk[0] for walk in best), there, back)


def both(main: Stop | None, apart: Stop | None) -> Stop | None:
    """Return the kerbs of two stops of one place."""
    if main is None or apart is None:
        return main or apart
    kerbs, unmarked = main.kerbs + apart.kerbs, main.unmarked | apart.unmarked
    return Stop(kerbs, main.there + apart.there, main.back + apart.back, unmarked)


def is_easy(graph: DriveGraph, kerb: Kerb) -> bool:
    """Whether a coach comes to a kerb and leaves it without a turn where there is no place for it."""
    return any(graph.easy[edge] for edge in kerb.directed)
