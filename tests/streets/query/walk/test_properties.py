"""What holds of all ways, in random small towns and in real ones."""

from __future__ import annotations

import random
import tempfile
from itertools import pairwise, permutations, product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.streets.query.walk import search
from planner.streets.query.walk.cut import SearchBox, box_around
from planner.streets.query.walk.find import Walk, Walker
from tests.conftest import FULL
from tests.kit.streets.altered import perturbed, tiled
from tests.kit.streets.reference import beside_streets, line_m, positions
from tests.kit.streets.small import Nodes, Ways, small_town

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.services.travel.town import Town
    from planner.streets.query.network import Network

KINDS = (
    {"highway": "residential", "name": "Rynek"},
    {"highway": "residential", "name": "Szkolna"},
    {"highway": "footway"},
    {"highway": "footway", "oneway:foot": "yes"},
    {"highway": "path"},
    {"highway": "steps"},
    {"highway": "primary", "name": "Krakowska"},
)


@st.composite
def small_networks(draw: st.DrawFn) -> Network:
    """A crooked grid of streets with gaps, dead ends, bows and islands; costs as built or random."""
    wide, high, seed = draw(st.integers(2, 5)), draw(st.integers(2, 5)), draw(st.integers(0, 10**6))
    share = draw(st.sampled_from((0.5, 0.7, 0.9)))
    dice = random.Random(seed)  # noqa: S311 - no secret
    spots = list(product(range(wide), range(high)))
    nodes: Nodes = {
        number + 1: (90.0 * x + dice.uniform(-30, 30), 90.0 * y + dice.uniform(-30, 30))
        for number, (x, y) in enumerate(spots)
    }
    ways: dict[int, tuple[tuple[int, ...], dict[str, str]]] = {}
    for (x, y), (east, north) in product(spots, ((1, 0), (0, 1))):
        if (x + east, y + north) in spots and dice.random() < share:
            ends = spots.index((x, y)) + 1, spots.index((x + east, y + north)) + 1
            ways[len(ways) + 1] = (ends, dice.choice(KINDS))
    town: Ways = ways or {1: ((1, 2), KINDS[0])}
    with tempfile.TemporaryDirectory() as folder:
        network = small_town(Path(folder), nodes, town).network
        return perturbed(network, seed, one_way=dice.random() < 0.5) if draw(st.booleans()) else network


def walks_between(walker: Walker, points: list[LonLat]) -> dict[tuple[int, int], Walk]:
    walks = {(a, b): walker.walk(points[a], points[b]) for a, b in permutations(range(len(points)), 2)}
    return {pair: walk for pair, walk in walks.items() if walk is not None}


def check_cost(network: Network, points: list[LonLat]) -> int:
    """The triangle, the pace, the profiles; how many ways there were."""
    walkers = {
        (free, pace): Walker(network, step_free=free, pace_kmh=pace)
        for free, pace in product((False, True), (3.0, 5.0))
    }
    walks = {key: walks_between(walker, points) for key, walker in walkers.items()}
    for found in walks.values():
        for (a, b), (c, d) in permutations(found, 2):
            if b == c and a != d:
                cost = found[a, d].cost_s if (a, d) in found else float("inf")
                assert cost <= found[a, b].cost_s + found[c, d].cost_s + 1e-6
        for walk in found.values():
            assert walk.cost_s >= walk.duration_s - 1e-6
    for free in (False, True):
        slow, fast = walks[free, 3.0], walks[free, 5.0]
        assert slow.keys() == fast.keys()
        assert all(fast[pair].cost_s <= slow[pair].cost_s + 1e-6 for pair in slow)
    plain, careful = walks[False, 3.0], walks[True, 3.0]
    for a, b in plain.keys() | careful.keys():
        ends = [[walkers[free, 3.0].snap(points[end]) for end in (a, b)] for free in (False, True)]
        if (a, b) in careful and [end and end.at for end in ends[0]] == [end and end.at for end in ends[1]]:
            assert plain[a, b].cost_s <= careful[a, b].cost_s + 1e-6
    return len(plain)


def check_shape(network: Network, points: list[LonLat], *, step_free: bool) -> None:
    walker = Walker(network, step_free=step_free)
    for (a, b), walk in walks_between(walker, points).items():
        line = walk.geometry
        assert all((round(lon, 7), round(lat, 7)) == (lon, lat) for lon, lat in line)
        assert line_m(line) == pytest.approx(walk.length_m, abs=0.5)
        assert sum(line_m(step) for step in pairwise(line)) == pytest.approx(walk.length_m, abs=0.5)
        origin, destination = walker.snap(points[a]), walker.snap(points[b])
        assert origin is not None
        assert destination is not None
        assert (line[0], line[-1]) == (points[a], points[b])
        assert [at for at in line if at == origin.at]
        assert [at for at in line if at == destination.at]
        known = walk.confirmed_m + walk.unknown_m + walk.bad_m
        if step_free:
            short = sum(off for off in walk.off_m if off <= 15.0)
            assert known == pytest.approx(walk.length_m - short, abs=0.5)
        else:
            assert known == 0.0
        assert 0.0 <= walk.incline_tagged_m <= walk.length_m + 0.5


@pytest.mark.dear
@settings(deadline=None, max_examples=25 if FULL else 3)
@given(small_networks(), st.integers(0, 10**6))
def test_costs_in_random_towns(network: Network, seed: int) -> None:
    check_cost(network, beside_streets(network, 5, seed=seed))


@pytest.mark.dear
@settings(deadline=None, max_examples=25 if FULL else 5)
@given(network=small_networks(), seed=st.integers(0, 10**6), step_free=st.booleans())
def test_shapes_in_random_towns(network: Network, seed: int, *, step_free: bool) -> None:
    check_shape(network, beside_streets(network, 5, seed=seed), step_free=step_free)


@pytest.mark.slow
@settings(deadline=None, max_examples=15 if FULL else 5)
@given(small_networks(), st.integers(0, 10**6))
def test_the_same_question_five_times(network: Network, seed: int) -> None:
    points = beside_streets(network, 4, seed=seed)
    walkers = [Walker(network, step_free=bool(seed % 2)) for _ in range(5)]
    first, *others = [(walks_between(walker, points), walker.table(points)) for walker in walkers]
    assert all(other == first for other in others)


@pytest.mark.slow
@pytest.mark.parametrize("town", ["monaco", "krems"])
def test_costs_and_shapes_in_real_towns(
    town: str, request: pytest.FixtureRequest, pairs: int, *, full: bool
) -> None:
    built: Town = request.getfixturevalue(town)
    harder = perturbed(built.network, seed=3)
    for network in (built.network, harder) if full else (harder,):
        points = beside_streets(network, 10 + pairs // 100, seed=6)
        assert check_cost(network, points) > 20
        for step_free in (False, True):
            check_shape(network, points[:6], step_free=step_free)


@pytest.mark.dear
@pytest.mark.parametrize(
    "town", [*(pytest.param(name, marks=pytest.mark.slow) for name in ("monaco", "krems")), "skawina"]
)
def test_there_and_back_costs_the_same_where_no_way_is_one_way(
    town: str, request: pytest.FixtureRequest
) -> None:
    built: Town = request.getfixturevalue(town)
    network = perturbed(built.network, seed=8, one_way=False)
    seen = 0
    for step_free in (False, True):
        found = walks_between(Walker(network, step_free=step_free), beside_streets(network, 8, seed=2))
        for (a, b), walk in found.items():
            seen += 1
            assert found[b, a].cost_s == pytest.approx(walk.cost_s, rel=1e-9)
            assert found[b, a].length_m == pytest.approx(walk.length_m, abs=0.02)
    assert seen > 30


@pytest.mark.parametrize("step_free", [False, True])
def test_looking_at_a_box_gives_what_the_whole_map_gives(
    krems: Town, monkeypatch: pytest.MonkeyPatch, pairs: int, *, step_free: bool
) -> None:
    network = perturbed(tiled(krems.network, 3, 3), seed=4)
    walker = Walker(network, step_free=step_free)
    looked_at: list[bool] = []

    def watched(*args: object) -> SearchBox:
        looked_at.append((box := box_around(*args)).is_everything)  # type: ignore[arg-type]
        return box

    groups = [positions(network, 1, seed=seed) * 2 for seed in range(pairs // 4)]
    groups = [
        [(lon, lat)]
        + [(round(lon + dx, 7), round(lat + dy, 7)) for dx, dy in ((0.01, 0), (0, -0.01), (0.03, 0.01))]
        for (lon, lat), _ in groups
    ]

    def answers() -> list[object]:
        tables = [walker.table(group) for group in groups]
        return [*tables, *(walker.walk(group[0], group[3]) for group in groups)]

    monkeypatch.setattr(search, "box_around", watched)
    near = answers()
    monkeypatch.setattr(search, "box_around", lambda *_: SearchBox(None))
    assert near == answers()
    assert looked_at.count(False) > len(groups)
    assert sum(isinstance(answer, Walk) for answer in near) > len(groups) / 3
