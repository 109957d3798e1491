"""Gates, kerbs and lifts stand between the ways that meet at their node, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.streets.files import FreeState, Obstacle, WayKind
from tests.kit.streets.plain_search import METRE_S, seconds, tagged_node
from tests.kit.streets.small import FOOTWAY, Nodes, Ways, small_town, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.streets.query.network import Network

INF = float("inf")
SMOOTH = {"highway": "footway", "wheelchair": "yes"}
"""A way that costs its length in both walking profiles."""

Tags = dict[str, str]
NONE, KERB, BARRIER = Obstacle.NONE, Obstacle.KERB, Obstacle.BARRIER
NARROW, NO_WHEELS = Obstacle.NARROW, Obstacle.WHEELCHAIR_NO

NODES: list[tuple[Tags, float, float, Obstacle]] = [
    # tags, seconds more on foot, seconds more without steps, obstacle; inf where closed
    ({"barrier": "gate"}, 5, 5, NONE),
    ({"barrier": "gate", "access": "yes"}, 5, 5, NONE),
    ({"barrier": "gate", "access": "private"}, INF, INF, NONE),
    ({"barrier": "gate", "access": "no"}, INF, INF, NONE),
    ({"barrier": "gate", "access": "no", "foot": "yes"}, 5, 5, NONE),
    ({"barrier": "gate", "foot": "no"}, INF, INF, NONE),
    ({"barrier": "gate", "locked": "yes"}, INF, INF, NONE),
    ({"barrier": "gate", "locked": "yes", "foot": "yes"}, INF, INF, NONE),
    ({"barrier": "gate", "locked": "no"}, 5, 5, NONE),
    ({"barrier": "gate", "wheelchair": "no"}, 5, INF, BARRIER),
    ({"barrier": "lift_gate"}, 0, 0, NONE),
    ({"barrier": "lift_gate", "access": "private"}, INF, INF, NONE),
    ({"barrier": "swing_gate"}, 0, 0, NONE),
    ({"barrier": "bollard"}, 0, 0, NONE),
    ({"barrier": "bollard", "access": "no", "foot": "yes"}, 0, 0, NONE),
    ({"barrier": "bollard", "maxwidth:physical": "0.7"}, 0, INF, NARROW),
    ({"barrier": "bollard", "maxwidth:physical": "0.85"}, 0, 20, NARROW),
    ({"barrier": "bollard", "maxwidth:physical": "1.5"}, 0, 0, NONE),
    ({"barrier": "block"}, 0, 0, NONE),
    ({"barrier": "entrance"}, 0, 0, NONE),
    ({"barrier": "kissing_gate"}, 10, INF, BARRIER),
    ({"barrier": "kissing_gate", "wheelchair": "yes"}, 10, 10, NONE),
    ({"barrier": "stile"}, 10, INF, BARRIER),
    ({"barrier": "turnstile"}, 10, INF, BARRIER),
    ({"barrier": "full-height_turnstile"}, 10, INF, BARRIER),
    ({"barrier": "cattle_grid"}, 0, INF, BARRIER),
    ({"barrier": "log"}, 0, INF, BARRIER),
    ({"barrier": "cycle_barrier"}, 0, 20, BARRIER),
    ({"barrier": "cycle_barrier", "wheelchair": "yes"}, 0, 0, NONE),
    ({"barrier": "cycle_barrier", "maxwidth:physical": "60 cm"}, 0, INF, NARROW),
    ({"barrier": "chain"}, 0, 20, BARRIER),
    ({"barrier": "gate", "wheelchair": "limited"}, 5, 25, BARRIER),
    ({"barrier": "fence"}, INF, INF, NONE),
    ({"barrier": "wall"}, INF, INF, NONE),
    ({"barrier": "hedge", "foot": "yes"}, 0, 0, NONE),
    ({"barrier": "toll_booth"}, 0, 0, NONE),
    ({"barrier": "height_restrictor", "maxheight": "2"}, 0, 0, NONE),
    ({"barrier": "kerb"}, 0, 20, KERB),
    ({"barrier": "kerb", "kerb": "raised"}, 0, INF, KERB),
    ({"barrier": "kerb", "kerb": "flush"}, 0, 0, NONE),
    ({"barrier": "kerb", "height": "0.02"}, 0, 0, NONE),
    ({"barrier": "kerb", "height": "0.15"}, 0, INF, KERB),
    ({"kerb": "raised"}, 0, INF, KERB),
    ({"kerb": "high"}, 0, INF, KERB),
    ({"kerb": "regular"}, 0, INF, KERB),
    ({"kerb": "rolled"}, 0, 20, KERB),
    ({"kerb": "lowered"}, 0, 0, NONE),
    ({"kerb": "flush"}, 0, 0, NONE),
    ({"kerb": "no"}, 0, 0, NONE),
    ({"kerb": "yes"}, 0, 20, KERB),
    ({"kerb": "raised", "wheelchair": "no"}, 0, INF, KERB),
    ({"highway": "crossing", "kerb": "lowered"}, 0, 0, NONE),
    ({"highway": "crossing", "wheelchair": "no"}, 0, 0, NONE),
    ({"highway": "crossing", "access": "no"}, 0, 0, NONE),
    ({"highway": "elevator"}, 60, 80, NONE),
    ({"highway": "elevator", "wheelchair": "yes"}, 60, 60, NONE),
    ({"highway": "elevator", "wheelchair": "no"}, 60, INF, NO_WHEELS),
    ({"highway": "elevator", "access": "private"}, INF, INF, NONE),
]


def test_what_each_barrier_means(tmp_path: Path) -> None:
    """Each stands in the middle of a footway of 100 m in a place of its own."""
    nodes: Nodes = {
        3 * n + part: (50.0 * part, 50.0 * n) for n in range(len(NODES)) for part in (0, 2)
    }  # fmt: skip
    ways: Ways = {n + 1: ((3 * n, 3 * n + 1, 3 * n + 2), SMOOTH) for n in range(len(NODES))}
    more = "".join(tagged_node(3 * n + 1, (50.0, 50.0 * n), tags) for n, (tags, *_) in enumerate(NODES))
    network = small_town(tmp_path, nodes, ways, more).network
    joined = {
        round(network.shape(edge)[0][1], 7): Obstacle(int(network.obstacle[edge]))
        for edge in np.flatnonzero(network.length == 0).tolist()
    }
    wrong = []
    for n, (tags, on_foot, without_steps, obstacle) in enumerate(NODES):
        ends = (0, 50.0 * n), (100, 50.0 * n)
        found = [seconds(network, *ends, profile=profile) - 90 for profile in ("walk", "free")]
        at = spot(0, 50.0 * n)[1]
        if found != pytest.approx([on_foot, without_steps], abs=0.2) or joined.get(at, NONE) != obstacle:
            wrong.append((tags, found, joined.get(at)))
    assert wrong == []


STAR: Nodes = {1: (-50, 0), 2: (50, 0), 3: (0, 50), 4: (0, -50)}
MIDDLE = (0.0, 0.0)


def star(tmp_path: Path, tags: Tags, ways: Ways) -> Network:
    return small_town(tmp_path, STAR, ways, tagged_node(9, MIDDLE, tags)).network


def barriers(network: Network) -> int:
    return int((network.length == 0).sum())


def test_a_gate_where_four_ways_meet_is_passed_once(tmp_path: Path) -> None:
    network = star(tmp_path, {"barrier": "gate"}, {1: ((1, 9, 2), SMOOTH), 2: ((3, 9, 4), SMOOTH)})
    assert barriers(network) == 4
    for end in ((50, 0), (0, 50), (0, -50)):
        assert seconds(network, (-50, 0), end) == pytest.approx(90 + 5, abs=0.2)
    assert network.meta.found == {"barriers": 1}
    edges = np.flatnonzero(network.length == 0)
    assert set(network.kind[edges].tolist()) == {WayKind.BARRIER}
    assert not set(network.grid_items.tolist()) & set(edges.tolist())


@pytest.mark.parametrize("tags", [{"barrier": "bollard"}, {"barrier": "entrance"}, {"kerb": "flush"}])
def test_what_concerns_nobody_splits_nothing(tmp_path: Path, tags: Tags) -> None:
    network = star(tmp_path, tags, {1: ((1, 9, 2), FOOTWAY)})
    assert len(network.u) == 1
    assert network.meta.found == {}


def test_a_gate_at_the_end_of_a_way_stops_nobody(tmp_path: Path) -> None:
    network = star(
        tmp_path, {"barrier": "gate", "locked": "yes"}, {1: ((1, 9), FOOTWAY), 2: ((3, 4), FOOTWAY)}
    )
    assert barriers(network) == 0


def test_a_bollard_stops_the_coach_only(tmp_path: Path) -> None:
    network = star(tmp_path, {"barrier": "bollard"}, {1: ((1, 9, 2), {"highway": "residential"})})
    assert barriers(network) == 1
    assert seconds(network, (-50, 0), (50, 0)) == pytest.approx(100 * METRE_S, abs=0.2)
    assert np.isinf(seconds(network, (-50, 0), (50, 0), profile="coach"))


def test_a_raised_kerb_stops_who_crosses_and_not_who_goes_along(tmp_path: Path) -> None:
    road = {"highway": "residential", "wheelchair": "yes"}
    crossing = {**SMOOTH, "footway": "crossing"}
    tags = {"highway": "crossing", "kerb": "raised"}
    network = star(tmp_path, tags, {1: ((1, 9, 2), road), 2: ((3, 9, 4), crossing)})
    assert seconds(network, (-50, 0), (50, 0), profile="free") == pytest.approx(90, abs=0.2)
    assert np.isinf(seconds(network, (0, 50), (0, -50), profile="free"))
    assert seconds(network, (0, 50), (0, -50)) == pytest.approx(90, abs=0.2)
    assert network.meta.found == {"kerbs": 1}


def test_a_kerb_where_a_crossing_leaves_the_sidewalk_lies_across_the_crossing(tmp_path: Path) -> None:
    ways: Ways = {1: ((1, 9, 2), SMOOTH), 2: ((3, 9), {**SMOOTH, "footway": "crossing"})}
    network = star(tmp_path, {"kerb": "raised"}, ways)
    assert seconds(network, (-50, 0), (50, 0), profile="free") == pytest.approx(90, abs=0.2)
    assert np.isinf(seconds(network, (-50, 0), (0, 50), profile="free"))


def test_a_kerb_on_a_road_without_a_footway_is_nothing(tmp_path: Path) -> None:
    tags = {"highway": "crossing", "kerb": "raised"}
    assert barriers(star(tmp_path, tags, {1: ((1, 9, 2), {"highway": "residential"})})) == 0


def test_a_lift_is_taken_between_levels_and_not_along_one(tmp_path: Path) -> None:
    ways: Ways = {1: ((1, 9, 2), SMOOTH), 2: ((9, 3), {**SMOOTH, "level": "1"})}
    network = star(tmp_path, {"highway": "elevator", "wheelchair": "yes"}, ways)
    assert seconds(network, (-50, 0), (50, 0)) == pytest.approx(90, abs=0.2)
    assert seconds(network, (-50, 0), (0, 50)) == pytest.approx(90 + 60, abs=0.2)
    lift = int(np.flatnonzero(network.length == 0)[0])
    assert network.edge_kind(lift) is WayKind.ELEVATOR
    assert network.free_state[lift] == FreeState.CONFIRMED
    assert network.meta.found == {"lifts": 1}


def test_a_gate_in_a_squares_corner_stands_between_it_and_the_street(tmp_path: Path) -> None:
    """The square is one: who goes over it from side to side does not pass the gate in its corner."""
    square = {"highway": "pedestrian", "area": "yes", "wheelchair": "yes"}
    nodes: Nodes = {1: (0, 0), 2: (100, 0), 3: (100, 100), 11: (-50, 0), 12: (150, 0), 13: (150, 100)}
    ways: Ways = {1: ((11, 1), SMOOTH), 2: ((2, 12), SMOOTH), 3: ((3, 13), SMOOTH), 9: ((1, 2, 3, 1), square)}
    more = tagged_node(2, (100, 0), {"barrier": "gate"})
    network = small_town(tmp_path, {n: at for n, at in nodes.items() if n != 2}, ways, more).network
    assert barriers(network) == 1
    assert seconds(network, (0, 0), (150, 0)) == pytest.approx(150 * METRE_S + 5, abs=0.2)
    assert seconds(network, (-50, 0), (150, 100)) == pytest.approx((100 + 141.42) * METRE_S, abs=0.3)
