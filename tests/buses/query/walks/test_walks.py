"""Walks to, from and between stops against an independent search, among steps, gates and islands."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from planner.buses.query.walks.access import RideRules
from planner.buses.query.walks.walks import StreetStopWalks
from planner.streets.query.walk.find import Walker
from tests.kit.buses.brute_walks import Walking
from tests.kit.streets.altered import perturbed
from tests.kit.streets.reference import beside_streets

if TYPE_CHECKING:
    from planner.buses.query.walks.access import StopReach
    from planner.domain.geo import LonLat
    from planner.services.travel.town import Town
    from planner.streets.query.network import Network

STOPS = 30
LIMIT_M = 1_000.0


class Walks:
    """Made-up stops beside streets, and both ways to ask for walks to them."""

    def __init__(self, network: Network, *, step_free: bool) -> None:
        self.places = beside_streets(network, STOPS + 400, seed=21)
        self.stops, self.places = self.places[:STOPS], self.places[STOPS:]
        self.rules = RideRules(max_walk_m=LIMIT_M, step_free=step_free)
        self.walker = Walker(network, step_free=step_free, stops=frozenset(self.stops))
        self.ours = StreetStopWalks(network, self.stops, self.rules.pace_kmh, step_free=step_free)
        stops = {str(number): at for number, at in enumerate(self.stops)}
        self.brute = Walking(network, stops, self.rules, self.walker.snap)


@pytest.fixture(
    scope="module",
    params=[
        *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("plain", "step-free")),
        "another cost each way",
    ],
)
def walks(request: pytest.FixtureRequest, monaco: Town) -> Walks:
    network = perturbed(monaco.network, seed=7) if request.param.startswith("another") else monaco.network
    return Walks(network, step_free=request.param == "step-free")


def told(reach: StopReach) -> dict[str, int]:
    return {str(stop): took for stop, took in zip(reach.stops.tolist(), reach.seconds.tolist(), strict=True)}


@pytest.mark.dear
def test_the_same_stops_are_reached_in_the_same_time(walks: Walks, full: bool) -> None:  # noqa: FBT001
    reached = 0
    on_one_edge = [(round(lon + 1e-4, 7), lat) for lon, lat in walks.stops]
    for place in on_one_edge[: None if full else 6] + walks.places[: 400 if full else 6]:
        to_stops, from_stops = walks.ours.from_place(place, LIMIT_M), walks.ours.to_place(place, LIMIT_M)
        assert told(to_stops) == walks.brute.out(place), place
        assert told(from_stops) == walks.brute.into(place), place
        reached += len(to_stops.stops)
    assert reached > (25 if full else 5)


def test_the_same_walks_between_stops(walks: Walks) -> None:
    found = walks.ours.between(LIMIT_M)
    for stop, (first, last) in enumerate(pairwise(found.starts.tolist())):
        near = zip(found.stops[first:last].tolist(), found.seconds[first:last].tolist(), strict=True)
        assert {str(other): took for other, took in near} == walks.brute.between[str(stop)]


def test_a_walk_all_the_way_takes_the_same_time_as_a_walking_leg(walks: Walks, full: bool) -> None:  # noqa: FBT001
    dice = random.Random(5)  # noqa: S311 - no secret
    differs = 0
    for _ in range(300 if full else 5):
        origin, destination = dice.sample(walks.places, 2)
        asked: tuple[LonLat, LonLat] = (origin, destination)
        direct, leg = walks.ours.direct(*asked), walks.walker.walk(*asked)
        assert (direct and direct[0]) == walks.brute.direct(*asked), asked
        assert (direct is None) == (leg is None)
        if direct is not None and leg is not None:
            assert 0 <= direct[0] - leg.duration_s < 1 + 1e-6, asked
            assert direct[1] == pytest.approx(leg.length_m, abs=0.5), asked
            differs += leg.cost_s > leg.duration_s + 1
    assert differs


def test_who_stands_at_a_stop_is_there_however_far_the_streets_are(krems: Town) -> None:
    """From the stop to the street and back is no walk; two stops at one place are one change."""
    lon, lat = beside_streets(krems.network, 1, seed=3)[0]
    far = (round(lon + 0.02, 7), round(lat + 0.02, 7))
    ours = StreetStopWalks(krems.network, [far, far, (lon, lat)], 3.6)
    snap = ours.snap(far)
    assert snap is not None
    assert snap.off_m > 20
    for reach in (ours.from_place(far, 1_000.0), ours.to_place(far, 1_000.0)):
        assert told(reach)["0"] == told(reach)["1"] == 0
    between = ours.between(1_000.0)
    rows = [between.seconds[a:b].tolist() for a, b in pairwise(between.starts.tolist())]
    assert [row[:2] for row in rows[:2]] == [[0, 0], [0, 0]]
