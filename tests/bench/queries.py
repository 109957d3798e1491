"""Questions asked in this process: snap, route, matrix, loading, growth."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from planner.streets.query.network import Network, load_network
from planner.streets.query.profile import WalkProfile
from planner.streets.query.walk.costs import search_graph
from planner.streets.query.walk.find import Walker
from tests.bench.rows import Row, Timing, row, timed
from tests.bench.towns import grown, junctions, places
from tests.kit.streets.reference import beside_streets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGE = 300_000
POINTS = 12


def query_rows(network: Network, folder: Path) -> Iterator[Row]:
    """Measure single questions on a network of 7 500 nodes."""
    walker = Walker(network)
    spots = cycle(beside_streets(network, 200, seed=3))
    yield row("snap", timed(lambda: walker.snap(next(spots)), 400), "< 0.2 ms", "positions beside streets")
    ends = iter(places(network, junctions(network, 242, seed=4)))  # a walk asked for again is remembered
    yield row(
        "route with geometry and directions",
        timed(lambda: walker.walk(next(ends), next(ends)), 120),
        "< 5 ms",
        f"across {len(network.nodes)} nodes, other places each time",
    )
    yield row("loading a built network", timed(lambda: load_network(folder), 9), "< 50 ms")
    yield row(
        "first question of a profile",
        timed(lambda: search_graph(load_network(folder), WalkProfile.STEP_FREE, 4.0), 5),
        note="loading included",
    )


def matrix_timing(network: Network, *, within_m: float = float("inf"), runs: int = 15) -> Timing:
    points = places(network, junctions(network, POINTS, within_m=within_m))
    walker = Walker(network)
    return timed(lambda: walker.table(points), runs)


def growth_rows(town: Network, small: Network) -> Iterator[Row]:
    """Ask for points within 5 km in a network of 7 500 nodes and in one of 300 000."""
    large = grown(town, LARGE)
    near, far = (matrix_timing(network, within_m=5_000, runs=7) for network in (small, large))
    yield row(
        f"12 x 12 matrix of points within 5 km, {len(large.nodes)} nodes", far, "< 500 ms", "town tiled"
    )
    times = len(large.nodes) / len(small.nodes)
    yield Row(
        f"the same, {times:.0f} times the nodes",
        f"{far.median_ms / near.median_ms:.1f} times as long",
        f"< {times:.0f}",
        f"{near.text} on {len(small.nodes)} nodes",
    )
    ends = iter(places(large, junctions(large, 32, within_m=1_000, seed=5)))
    walker = Walker(large)
    yield row(
        f"route within 1 km, {len(large.nodes)} nodes", timed(lambda: walker.walk(next(ends), next(ends)), 15)
    )
