"""One line for each tag rule of walkers: who may go where, and what is known to who cannot climb steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.streets.files import EdgeFlag, FreeState, Obstacle, WayKind
from tests.kit.streets.checks import must_be_in_order
from tests.kit.streets.small import small_town

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planner.streets.query.network import Network

BOTH, FORWARD, BACKWARD, NEITHER = (True, True), (True, False), (False, True), (False, False)
Tags = dict[str, str]


def way(highway: str, **more: str) -> Tags:
    """Tags of a way; `__` stands for the colon in a key."""
    return {"highway": highway} | {key.replace("__", ":"): value for key, value in more.items()}


def built(tmp_path: Path, table: Sequence[Tags]) -> tuple[Network, dict[int, int]]:
    """Lay each way in a place of its own, 50 m apart, and tell the edge by the way's number in the table."""
    nodes = {2 * n + end: (100.0 * end, 50.0 * n) for n in range(1, len(table) + 1) for end in (0, 1)}
    ways = {n: ((2 * n, 2 * n + 1), tags) for n, tags in enumerate(table, 1)}
    network = small_town(tmp_path, nodes, ways).network
    return network, {number - 1: edge for edge, number in enumerate(network.way.tolist())}


WALKED: list[tuple[Tags, tuple[bool, bool]]] = [
    # By class.
    (way("residential"), BOTH),
    (way("living_street"), BOTH),
    (way("unclassified"), BOTH),
    (way("tertiary"), BOTH),
    (way("secondary_link"), BOTH),
    (way("primary"), BOTH),
    (way("road"), BOTH),
    (way("service"), BOTH),
    (way("pedestrian"), BOTH),
    (way("footway"), BOTH),
    (way("path"), BOTH),
    (way("track"), BOTH),
    (way("steps"), BOTH),
    (way("corridor"), BOTH),
    (way("platform"), BOTH),
    (way("elevator"), BOTH),
    ({"railway": "platform"}, BOTH),
    ({"public_transport": "platform"}, BOTH),
    (way("motorway"), NEITHER),
    (way("motorway_link"), NEITHER),
    (way("trunk"), NEITHER),
    (way("trunk_link"), NEITHER),
    (way("cycleway"), NEITHER),
    (way("bridleway"), NEITHER),
    (way("busway"), NEITHER),
    (way("construction"), NEITHER),
    (way("proposed"), NEITHER),
    (way("raceway"), NEITHER),
    (way("via_ferrata"), NEITHER),
    ({"railway": "rail"}, NEITHER),
    ({"railway": "station"}, NEITHER),
    ({"public_transport": "station"}, NEITHER),
    ({"route": "ferry"}, BOTH),
    ({"route": "ferry", "foot": "no"}, NEITHER),
    # What needs permission gets it.
    (way("motorway", foot="yes"), BOTH),
    (way("trunk", foot="yes"), BOTH),
    (way("trunk", foot="designated"), BOTH),
    (way("cycleway", foot="yes"), BOTH),
    (way("cycleway", foot="designated", segregated="yes"), BOTH),
    (way("bridleway", foot="permissive"), BOTH),
    (way("busway", foot="yes"), BOTH),
    # Sidewalks.
    (way("trunk", sidewalk="both"), BOTH),
    (way("trunk", sidewalk="left"), BOTH),
    (way("trunk", sidewalk="right"), BOTH),
    (way("trunk", sidewalk="yes"), BOTH),
    (way("trunk", sidewalk="no"), NEITHER),
    (way("trunk", sidewalk="none"), NEITHER),
    (way("trunk", sidewalk="separate"), NEITHER),
    (way("trunk", sidewalk__both="yes"), BOTH),
    (way("trunk", sidewalk__left="yes"), BOTH),
    (way("trunk", sidewalk__right="yes", sidewalk__left="no"), BOTH),
    (way("trunk", sidewalk__both="separate"), NEITHER),
    (way("trunk", sidewalk__left="no", sidewalk__right="no"), NEITHER),
    (way("trunk", sidewalk="both", foot="no"), NEITHER),
    (way("cycleway", sidewalk="right"), BOTH),
    (way("motorway", sidewalk="both"), NEITHER),
    (way("residential", sidewalk="no"), BOTH),
    (way("residential", sidewalk="separate"), BOTH),
    # The key for walkers.
    (way("residential", foot="no"), NEITHER),
    (way("residential", foot="private"), NEITHER),
    (way("residential", foot="permit"), NEITHER),
    (way("secondary", foot="use_sidepath"), NEITHER),
    (way("path", foot="agricultural"), NEITHER),
    (way("path", foot="military"), NEITHER),
    (way("service", foot="delivery"), NEITHER),
    (way("path", foot="official"), BOTH),
    (way("footway", foot="customers"), BOTH),
    (way("footway", foot="destination"), BOTH),
    (way("secondary", foot="discouraged"), BOTH),
    (way("footway", foot="some_new_word"), BOTH),
    (way("residential", foot__forward="no"), BACKWARD),
    (way("residential", foot__backward="no"), FORWARD),
    (way("residential", foot="no", foot__backward="yes"), BACKWARD),
    # The key for all, and the more specific wins.
    (way("service", access="no"), NEITHER),
    (way("service", access="private"), NEITHER),
    (way("service", access="permit"), NEITHER),
    (way("service", access="delivery"), NEITHER),
    (way("service", access="emergency"), NEITHER),
    (way("track", access="forestry"), NEITHER),
    (way("track", access="agricultural"), NEITHER),
    (way("service", access="military"), NEITHER),
    (way("service", access="customers"), BOTH),
    (way("residential", access="destination"), BOTH),
    (way("footway", access="permissive"), BOTH),
    (way("footway", access="yes"), BOTH),
    (way("service", access="no", foot="yes"), BOTH),
    (way("service", access="private", foot="yes"), BOTH),
    (way("service", access="private", foot="permissive"), BOTH),
    (way("footway", access="yes", foot="no"), NEITHER),
    (way("cycleway", access="yes"), NEITHER),
    (way("trunk", access="yes"), NEITHER),
    (way("residential", vehicle="no"), BOTH),
    (way("residential", motor_vehicle="private"), BOTH),
    (way("residential", motorroad="yes"), NEITHER),
    (way("residential", motorroad="yes", foot="yes"), NEITHER),
    (way("residential", motorroad="no"), BOTH),
    (way("footway", access__conditional="no @ (22:00-06:00)"), BOTH),
    (way("footway", foot__conditional="no @ winter"), BOTH),
    # Not there yet, or not any more, or for climbers.
    (way("footway", construction="yes"), NEITHER),
    (way("residential", construction="minor"), BOTH),
    (way("footway", proposed="yes"), NEITHER),
    (way("footway", abandoned="yes"), NEITHER),
    (way("footway", disused="no"), BOTH),
    (way("path", sac_scale="hiking"), BOTH),
    (way("path", sac_scale="mountain_hiking"), NEITHER),
    (way("path", sac_scale="alpine_hiking"), NEITHER),
    # Services.
    (way("service", service="driveway"), BOTH),
    (way("service", service="parking_aisle"), BOTH),
    (way("service", service="alley"), BOTH),
    (way("service", service="driveway", access="private"), NEITHER),
    # One way only.
    (way("residential", oneway="yes"), BOTH),
    (way("footway", oneway="yes"), BOTH),
    (way("steps", oneway="yes"), BOTH),
    (way("footway", oneway__foot="yes"), FORWARD),
    (way("footway", oneway__foot="1"), FORWARD),
    (way("footway", oneway__foot="-1"), BACKWARD),
    (way("footway", oneway__foot="no"), BOTH),
    (way("steps", conveying="forward"), FORWARD),
    (way("steps", conveying="backward"), BACKWARD),
    (way("steps", conveying="reversible"), BOTH),
    (way("steps", conveying="yes"), BOTH),
    (way("steps", conveying="yes", oneway="yes"), FORWARD),
    (way("footway", conveying="forward"), FORWARD),
    (way("steps", conveying="no"), BOTH),
    # Indoors and on levels.
    (way("footway", indoor="yes", level="1"), BOTH),
    (way("corridor", level="-1"), BOTH),
    (way("corridor", level="-1", access="private"), NEITHER),
    ({"railway": "platform", "access": "private"}, NEITHER),
    ({"railway": "platform", "level": "1"}, BOTH),
]


def test_who_may_walk_where(tmp_path: Path) -> None:
    network, edges = built(tmp_path, [tags for tags, _ in WALKED])
    is_open = np.isfinite(network.walk_cost_m.reshape(-1, 2)).tolist()
    found = [tuple(is_open[edges[n]]) if n in edges else NEITHER for n in range(len(WALKED))]
    wrong = [(tags, got) for (tags, expected), got in zip(WALKED, found, strict=True) if got != expected]
    assert wrong == []
    assert network.meta.left_out == {
        "highway=construction": 1,
        "highway=proposed": 1,
        "highway=raceway": 1,
        "highway=via_ferrata": 1,
        "hours that cannot be read": 1,
    }


UNKNOWN, CONFIRMED, BAD, CLOSED = FreeState.UNKNOWN, FreeState.CONFIRMED, FreeState.BAD, FreeState.CLOSED
WHEELED: list[tuple[Tags, FreeState, Obstacle]] = [
    (way("footway"), UNKNOWN, Obstacle.NONE),
    (way("footway", surface="asphalt"), UNKNOWN, Obstacle.NONE),
    (way("footway", wheelchair="yes"), CONFIRMED, Obstacle.NONE),
    (way("footway", wheelchair="designated"), CONFIRMED, Obstacle.NONE),
    (way("footway", wheelchair="limited"), BAD, Obstacle.WHEELCHAIR_NO),
    (way("footway", wheelchair="no"), CLOSED, Obstacle.WHEELCHAIR_NO),
    (way("footway", wheelchair="no", smoothness="excellent"), CLOSED, Obstacle.WHEELCHAIR_NO),
    # Steps and ramps.
    (way("steps"), CLOSED, Obstacle.STEPS),
    (way("steps", ramp="no"), CLOSED, Obstacle.STEPS),
    (way("steps", ramp="yes"), BAD, Obstacle.STEPS),
    (way("steps", ramp="yes", ramp__bicycle="yes"), CLOSED, Obstacle.STEPS),
    (way("steps", ramp="yes", ramp__stroller="yes"), CLOSED, Obstacle.STEPS),
    (way("steps", ramp__wheelchair="yes"), CONFIRMED, Obstacle.NONE),
    (way("steps", ramp="yes", ramp__wheelchair="no"), CLOSED, Obstacle.STEPS),
    (way("steps", wheelchair="yes"), CONFIRMED, Obstacle.NONE),
    (way("steps", wheelchair="limited"), CLOSED, Obstacle.STEPS),
    (way("steps", conveying="yes"), CLOSED, Obstacle.STEPS),
    (way("steps", conveying="yes", wheelchair="yes"), CLOSED, Obstacle.STEPS),
    (way("steps", step_count="1"), CLOSED, Obstacle.STEPS),
    (way("footway", conveying="yes"), UNKNOWN, Obstacle.NONE),
    (way("elevator"), UNKNOWN, Obstacle.NONE),
    (way("elevator", wheelchair="yes"), CONFIRMED, Obstacle.NONE),
    (way("elevator", wheelchair="no"), CLOSED, Obstacle.WHEELCHAIR_NO),
    # Kerbs of crossings.
    (way("footway", footway="crossing", kerb="raised"), CLOSED, Obstacle.KERB),
    (way("footway", footway="crossing", kerb="high"), CLOSED, Obstacle.KERB),
    (way("footway", footway="crossing", kerb="rolled"), BAD, Obstacle.KERB),
    (way("footway", footway="crossing", kerb="lowered"), UNKNOWN, Obstacle.NONE),
    (way("footway", footway="crossing", kerb="flush"), UNKNOWN, Obstacle.NONE),
    (way("footway", footway="crossing", kerb="no"), UNKNOWN, Obstacle.NONE),
    (way("footway", footway="crossing", kerb__height="0.12"), CLOSED, Obstacle.KERB),
    (way("footway", footway="crossing", kerb="raised", kerb__height="2 cm"), UNKNOWN, Obstacle.NONE),
    # Slopes.
    (way("footway", incline="4%"), UNKNOWN, Obstacle.NONE),
    (way("footway", incline="6%"), UNKNOWN, Obstacle.NONE),
    (way("footway", incline="7 %"), BAD, Obstacle.INCLINE),
    (way("footway", incline="-7%"), BAD, Obstacle.INCLINE),
    (way("footway", incline="12%"), BAD, Obstacle.INCLINE),
    (way("footway", incline="12.5%"), CLOSED, Obstacle.INCLINE),
    (way("footway", incline="-15"), CLOSED, Obstacle.INCLINE),
    (way("footway", incline="5°"), BAD, Obstacle.INCLINE),
    (way("footway", incline="7°"), CLOSED, Obstacle.INCLINE),
    (way("footway", incline="1:20"), UNKNOWN, Obstacle.NONE),
    (way("footway", incline="1:10"), BAD, Obstacle.INCLINE),
    (way("footway", incline="1:0"), UNKNOWN, Obstacle.NONE),
    (way("footway", incline="up"), UNKNOWN, Obstacle.NONE),
    (way("footway", incline="steep"), BAD, Obstacle.INCLINE),
    (way("footway", incline="nan"), UNKNOWN, Obstacle.NONE),
    (way("footway", incline="9" * 400), UNKNOWN, Obstacle.NONE),
    (way("footway", incline="8%", wheelchair="yes"), BAD, Obstacle.INCLINE),
    (way("footway", incline="15%", wheelchair="yes"), CLOSED, Obstacle.INCLINE),
    # Surfaces: smoothness says more than surface, surface more than tracktype.
    (way("footway", smoothness="good"), UNKNOWN, Obstacle.NONE),
    (way("footway", smoothness="good", incline="2%"), CONFIRMED, Obstacle.NONE),
    (way("footway", smoothness="good", incline="2%", surface="gravel"), UNKNOWN, Obstacle.NONE),
    (way("footway", smoothness="bad"), BAD, Obstacle.SURFACE),
    (way("footway", smoothness="very_bad"), CLOSED, Obstacle.SURFACE),
    (way("footway", smoothness="horrible"), CLOSED, Obstacle.SURFACE),
    (way("footway", smoothness="impassable", wheelchair="limited"), CLOSED, Obstacle.SURFACE),
    (way("footway", surface="cobblestone"), BAD, Obstacle.SURFACE),
    (way("footway", surface="cobblestone", smoothness="intermediate"), UNKNOWN, Obstacle.NONE),
    (way("footway", surface="cobblestone", wheelchair="yes"), CONFIRMED, Obstacle.NONE),
    (way("footway", surface="sett"), BAD, Obstacle.SURFACE),
    (way("footway", surface="gravel"), BAD, Obstacle.SURFACE),
    (way("footway", surface="grass"), BAD, Obstacle.SURFACE),
    (way("footway", surface="sand"), CLOSED, Obstacle.SURFACE),
    (way("footway", surface="mud"), CLOSED, Obstacle.SURFACE),
    (way("footway", surface="paving_stones"), UNKNOWN, Obstacle.NONE),
    (way("track", tracktype="grade2"), UNKNOWN, Obstacle.NONE),
    (way("track", tracktype="grade5"), BAD, Obstacle.SURFACE),
    (way("track", tracktype="grade5", surface="asphalt"), UNKNOWN, Obstacle.NONE),
    # Room.
    (way("footway", width="0.7"), CLOSED, Obstacle.NARROW),
    (way("footway", width="75 cm"), CLOSED, Obstacle.NARROW),
    (way("footway", width="0.85 m"), BAD, Obstacle.NARROW),
    (way("footway", width="0,85"), BAD, Obstacle.NARROW),
    (way("footway", width="0.9"), UNKNOWN, Obstacle.NONE),
    (way("footway", width="2'"), CLOSED, Obstacle.NARROW),
    (way("footway", width="narrow"), UNKNOWN, Obstacle.NONE),
    (way("footway", est_width="0.5"), CLOSED, Obstacle.NARROW),
    # What is only inferred.
    (way("footway", source="estimate"), CLOSED, Obstacle.UNCONFIRMED),
    (way("footway", source="estimate", wheelchair="yes"), CLOSED, Obstacle.UNCONFIRMED),
]


def test_what_is_known_to_who_cannot_climb_steps(tmp_path: Path) -> None:
    network, edges = built(tmp_path, [tags for tags, _, _ in WHEELED])
    states, obstacles = network.free_state.tolist(), network.obstacle.tolist()
    wrong = [
        (tags, FreeState(states[edges[n]]).name, Obstacle(obstacles[edges[n]]).name)
        for n, (tags, state, obstacle) in enumerate(WHEELED)
        if (states[edges[n]], obstacles[edges[n]]) != (state, obstacle)
    ]
    assert wrong == []
    closed = np.array([states[edges[n]] == CLOSED for n in range(len(WHEELED))])
    order = [edges[n] for n in range(len(WHEELED))]
    assert (np.isinf(network.free_m.reshape(-1, 2)[order]).any(axis=1) == closed).all()


STREET, NO_FLAG = WayKind.STREET, EdgeFlag(0)
TAGGED = EdgeFlag.INCLINE_TAGGED
MADE_OF: list[tuple[Tags, WayKind, EdgeFlag]] = [
    (way("residential"), STREET, NO_FLAG),
    (way("tertiary"), STREET, NO_FLAG),
    (way("primary"), STREET, EdgeFlag.MAIN_ROAD),
    (way("secondary_link"), STREET, EdgeFlag.MAIN_ROAD),
    (way("trunk", foot="yes"), STREET, EdgeFlag.MAIN_ROAD),
    (way("motorway", foot="yes"), WayKind.MOTORWAY, EdgeFlag.MAIN_ROAD),
    (way("service"), WayKind.SERVICE, NO_FLAG),
    (way("pedestrian"), WayKind.PEDESTRIAN, NO_FLAG),
    (way("footway"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", footway="sidewalk"), WayKind.SIDEWALK, NO_FLAG),
    (way("footway", footway="crossing"), WayKind.CROSSING, NO_FLAG),
    (way("path"), WayKind.PATH, NO_FLAG),
    (way("bridleway", foot="yes"), WayKind.PATH, NO_FLAG),
    (way("track"), WayKind.TRACK, NO_FLAG),
    (way("cycleway", foot="yes"), WayKind.CYCLEWAY, NO_FLAG),
    (way("corridor"), WayKind.CORRIDOR, EdgeFlag.OFF_GROUND),
    (way("platform"), WayKind.PLATFORM, NO_FLAG),
    ({"railway": "platform"}, WayKind.PLATFORM, NO_FLAG),
    (way("elevator"), WayKind.ELEVATOR, NO_FLAG),
    (way("steps"), WayKind.STEPS, EdgeFlag.STEPS),
    (way("steps", incline="up"), WayKind.STEPS, EdgeFlag.STEPS | TAGGED | EdgeFlag.UP),
    (way("steps", incline="down"), WayKind.STEPS, EdgeFlag.STEPS | TAGGED | EdgeFlag.DOWN),
    (way("footway", incline="8%"), WayKind.FOOTWAY, TAGGED | EdgeFlag.UP),
    (way("footway", incline="-8%"), WayKind.FOOTWAY, TAGGED | EdgeFlag.DOWN),
    (way("footway", incline="0%"), WayKind.FOOTWAY, TAGGED),
    (way("footway", incline="yes"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", tunnel="yes"), WayKind.FOOTWAY, EdgeFlag.TUNNEL | EdgeFlag.OFF_GROUND),
    (way("footway", tunnel="no"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", tunnel="building_passage"), WayKind.FOOTWAY, EdgeFlag.TUNNEL),
    (way("path", sac_scale="hiking"), WayKind.PATH, EdgeFlag.HIKING),
    (way("path", trail_visibility="bad"), WayKind.PATH, EdgeFlag.HIKING),
    (way("path", trail_visibility="good"), WayKind.PATH, NO_FLAG),
    (way("path", **{"mtb:scale": "3"}), WayKind.PATH, EdgeFlag.HIKING),
    (way("footway", layer="-1"), WayKind.FOOTWAY, EdgeFlag.OFF_GROUND),
    (way("footway", layer="1"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", level="-2"), WayKind.FOOTWAY, EdgeFlag.OFF_GROUND),
    (way("footway", level="1"), WayKind.FOOTWAY, EdgeFlag.OFF_GROUND),
    (way("footway", level="-1;0"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", level="-1-1"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", level="0"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", level="ground"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", indoor="yes"), WayKind.FOOTWAY, EdgeFlag.OFF_GROUND),
    (way("footway", indoor="no", covered="yes"), WayKind.FOOTWAY, NO_FLAG),
    (way("footway", bridge="viaduct"), WayKind.FOOTWAY, EdgeFlag.BRIDGE),
    (way("footway", source="estimate"), WayKind.FOOTWAY, EdgeFlag.ESTIMATED),
    (way("residential", junction="roundabout"), STREET, EdgeFlag.ROUNDABOUT),
    (way("residential", junction="circular"), STREET, EdgeFlag.ROUNDABOUT),
    (way("service", access="private", foot="yes"), WayKind.SERVICE, EdgeFlag.PRIVATE),
]


def test_what_edges_are_made_of(tmp_path: Path) -> None:
    network, edges = built(tmp_path, [tags for tags, _, _ in MADE_OF])
    kinds, flags = network.kind.tolist(), network.flags.tolist()
    wrong = [
        (tags, WayKind(kinds[edges[n]]).name, EdgeFlag(flags[edges[n]]))
        for n, (tags, kind, flag) in enumerate(MADE_OF)
        if (kinds[edges[n]], flags[edges[n]]) != (kind, flag)
    ]
    assert wrong == []
    assert network.meta.found == {"steps": 3, "inclines tagged": 5, "lifts": 1}


PACE = 4 / 3.6
LEVEL = 100 / PACE
"""Seconds for the 100 m of each way of the table at 4 km/h: 90."""

COSTS: list[tuple[Tags, float, float, float]] = [
    # tags, seconds on the clock, seconds of cost on foot, and without steps; worked by hand
    (way("footway", wheelchair="yes"), 90, 90, 90),
    (way("footway"), 90, 90, 90 * 1.2),
    (way("path"), 90, 90, 90 * 1.5),
    (way("footway", surface="cobblestone"), 90, 90, 90 * 3),
    (way("footway", surface="sett"), 90, 90, 90 * 1.5),
    (way("footway", surface="mud"), 90, 90 * 1.1, np.inf),
    (way("service", service="driveway"), 90, 90 * 1.1, 90 * 1.1 * 1.2),
    (way("footway", access="customers"), 90, 90 * 1.2, 90 * 1.2 * 1.2),
    (way("residential", access="destination"), 90, 90, 90 * 1.2),
    (way("footway", foot="destination"), 90, 90 * 1.2, 90 * 1.2 * 1.2),
    (way("residential", foot="discouraged"), 90, 90 * 1.2, 90 * 1.2 * 1.2),
    (way("footway", foot="some_new_word"), 90, 90 * 1.1, 90 * 1.1 * 1.2),
    (way("primary", sidewalk="both"), 90, 90, 90 * 1.2),
    (way("primary", sidewalk__right="yes"), 90, 90, 90 * 1.2),
    (way("primary"), 90, 90 * 1.05, 90 * 1.05 * 1.2),
    (way("primary", sidewalk="no"), 90, 90 * 1.2, 90 * 1.2 * 1.2),
    (way("primary", sidewalk__both="no"), 90, 90 * 1.2, 90 * 1.2 * 1.2),
    (way("primary", sidewalk="separate"), 90, 90 * 1.1, 90 * 1.1 * 1.2),
    (way("residential", sidewalk="no"), 90, 90, 90 * 1.2),
    (way("steps"), 90 + 333.33 * 0.2, 90 + 66.67 + 10, np.inf),
    (way("steps", step_count="200"), 90 + 200 * 0.2, 90 + 40 + 10, np.inf),
    (way("steps", step_count="2000"), 90 + 66.67, 90 + 66.67 + 10, np.inf),
    (way("steps", step_count="many"), 90 + 66.67, 90 + 66.67 + 10, np.inf),
    (way("steps", ramp__wheelchair="yes"), 90 + 66.67, 90 + 66.67 + 10, 90 + 66.67 + 10),
    (way("steps", conveying="yes"), 90 + 132, 90 + 132, np.inf),
    (way("elevator", wheelchair="yes"), 90 + 60, 90 + 60, 90 + 60),
    (way("elevator"), 90 + 60, 90 + 60, 90 + 60 + 20),
    (way("footway", incline="10%"), 90 + 5 * 10, 90 + 50, 3 * (90 + 50)),
    (way("footway", incline="-10%"), 90 + 5 * 10, 90 + 50, 3 * (90 + 50)),
    (way("footway", incline="up"), 90, 90, 90 * 1.2 * 1.2),
    (way("footway", kerb="rolled"), 90, 90, 90 + 20),
]


def test_costs_worked_by_hand(tmp_path: Path) -> None:
    network, edges = built(tmp_path, [tags for tags, *_ in COSTS])
    for n, (tags, *expected) in enumerate(COSTS):
        at = 2 * edges[n]
        found = [
            float(metres[at]) / PACE + float(seconds[at])
            for metres, seconds in (
                (network.clock_m, network.clock_s),
                (network.walk_cost_m, network.walk_s),
                (network.free_m, network.free_s),
            )
        ]
        assert found == pytest.approx(expected, abs=0.5), tags


def test_costs_are_in_order(tmp_path: Path) -> None:
    tables = ([row[0] for row in WALKED], [row[0] for row in WHEELED], [row[0] for row in COSTS])
    must_be_in_order(built(tmp_path, [tags for table in tables for tags in table])[0])
