"""Turn restrictions in small towns, and the automaton over banned runs against plain histories."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.streets.query.drive.states import DriveStates, drive_states, parts_of
from tests.kit.streets.coach_town import coach_town, driven, relation, turn
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planner.streets.query.network import Network
    from tests.kit.streets.small import Ways

STREET = {"highway": "tertiary", "maxspeed": "45"}
CROSS = {1: (-200.0, 0.0), 2: (0.0, 0.0), 3: (200.0, 0.0), 4: (0.0, 200.0), 5: (0.0, -200.0)}
WEST, EAST, NORTH, SOUTH = 1, 2, 3, 4
CROSS_WAYS: Ways = {
    WEST: ((1, 2), STREET), EAST: ((2, 3), STREET), NORTH: ((2, 4), STREET), SOUTH: ((2, 5), STREET),
    9: ((1, 4, 3, 5, 1), STREET),
}  # fmt: skip
AT = {WEST: spot(-100, 0), EAST: spot(100, 0), NORTH: spot(0, 100), SOUTH: spot(0, -100)}
STRAIGHT = {pair: list(pair) for pair in ((a, b) for a in (WEST, EAST, NORTH, SOUTH) for b in AT if b != a)}


def cross(tmp: Path, *relations: str) -> Network:
    return coach_town(tmp, CROSS, CROSS_WAYS, more="".join(relations)).network


def banned(network: Network) -> set[tuple[int, int]]:
    """Which of the turns at the crossing a coach does not make."""
    return {(a, b) for a, b in STRAIGHT if driven(network, AT[a], AT[b]) != [a, b]}


def test_without_restrictions_every_turn_is_made(tmp_path: Path) -> None:
    assert banned(cross(tmp_path)) == set()


@pytest.mark.dear
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (turn("no_left_turn", WEST, 2, NORTH), {(WEST, NORTH)}),
        (turn("no_straight_on", SOUTH, 2, NORTH), {(SOUTH, NORTH)}),
        (turn("only_straight_on", WEST, 2, EAST), {(WEST, NORTH), (WEST, SOUTH)}),
        (turn("only_right_turn", WEST, 2, SOUTH), {(WEST, NORTH), (WEST, EAST)}),
        (turn("no_left_turn", WEST, 2, NORTH, **{"except": "bus"}), set()),
        (turn("no_left_turn", WEST, 2, NORTH, **{"except": "bicycle;psv"}), set()),
        (turn("no_left_turn", WEST, 2, NORTH, **{"except": "motorcar"}), {(WEST, NORTH)}),
        (turn("no_left_turn", WEST, 2, NORTH, hour_on="07:00", hour_off="09:00"), set()),
        (turn("no_left_turn", WEST, 2, NORTH, day_on="Monday"), set()),
        (turn("no_left_turn", WEST, 2, NORTH, **{"restriction:bus": "no_right_turn"}), {(WEST, NORTH)}),
        (turn("nothing_known", WEST, 2, NORTH), set()),
        (turn("no_u_turn", WEST, 2, WEST), set()),
    ],
)
def test_restrictions_over_a_node(tmp_path: Path, text: str, expected: set[tuple[int, int]]) -> None:
    assert banned(cross(tmp_path, text)) == expected


@pytest.mark.dear
@pytest.mark.parametrize(
    ("key", "is_for_coaches"),
    [
        ("restriction", True), ("restriction:bus", True), ("restriction:coach", True),
        ("restriction:hgv", False), ("restriction:conditional", False), ("restriction:motorcar", False),
    ],
)  # fmt: skip
def test_restrictions_for_some_vehicles(tmp_path: Path, key: str, is_for_coaches: bool) -> None:  # noqa: FBT001
    value = "no_left_turn @ (07:00-09:00)" if key.endswith("conditional") else "no_left_turn"
    members = [("way", WEST, "from"), ("node", 2, "via"), ("way", NORTH, "to")]
    network = cross(tmp_path, relation(9, {"type": "restriction", key: value}, members))
    assert banned(network) == ({(WEST, NORTH)} if is_for_coaches else set())
    assert sum(network.meta.left_out.values()) == (0 if is_for_coaches else 1)


def test_no_entry_from_several_and_no_exit_to_several(tmp_path: Path) -> None:
    several = [("way", WEST, "from"), ("way", SOUTH, "from"), ("node", 2, "via"), ("way", NORTH, "to")]
    entry = relation(9, {"type": "restriction", "restriction": "no_entry"}, several)
    assert banned(cross(tmp_path, entry)) == {(WEST, NORTH), (SOUTH, NORTH)}


@pytest.mark.dear
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (turn("no_left_turn", WEST, 2, 77), "off the coach's streets"),
        (turn("no_left_turn", WEST, 4, NORTH), "not joined"),
        (turn("no_left_turn", WEST, [9], 88), "off the coach's streets"),
        (turn("no_left_turn", WEST, [], NORTH), "not whole"),
        (turn("give_way", WEST, 2, NORTH), "not understood"),
        (turn("no_left_turn", 9, 3, EAST), "ambiguous"),
        (turn("no_left_turn", WEST, 2, NORTH, day_on="Monday"), "for certain hours"),
        (turn("no_left_turn", WEST, 2, NORTH, **{"except": "bus"}), "for other vehicles"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_counted(tmp_path: Path, text: str, reason: str) -> None:
    network = cross(tmp_path, text)
    assert network.meta.left_out == {f"turn restriction {reason}": 1}
    assert len(network.bans) == 0


# Over ways: A and C come into V, X and Y leave it; everywhere outside a coach can turn round.
FORK = {
    1: (-200.0, 0.0), 2: (0.0, 0.0), 3: (100.0, 0.0), 4: (0.0, 200.0), 5: (400.0, 0.0), 6: (100.0, 200.0),
    7: (50.0, 0.0), 8: (50.0, -200.0),
}  # fmt: skip
A, C, V, X, Y, SIDE = 1, 2, 3, 4, 5, 6
FORK_WAYS: Ways = {
    A: ((1, 2), STREET), C: ((4, 2), STREET), V: ((2, 7, 3), STREET), X: ((3, 6), STREET),
    Y: ((3, 5), STREET), SIDE: ((7, 8), STREET),
}  # fmt: skip
TURNING = {number: {"highway": "turning_circle"} for number in (1, 4, 5, 6, 8)}
ON = {A: spot(-100, 0), C: spot(0, 100), X: spot(100, 100), Y: spot(250, 0), SIDE: spot(50, -100)}


def fork(tmp: Path, *relations: str) -> Network:
    return coach_town(tmp, FORK, FORK_WAYS, TURNING, "".join(relations)).network


def test_a_ban_over_a_way_binds_only_who_came_by_it(tmp_path: Path) -> None:
    network = fork(tmp_path, turn("no_left_turn", A, [V], X))
    assert len(network.bans_offsets) == 2
    assert len(network.bans) == 4, "A, both edges of V, X"
    assert driven(network, ON[A], ON[X]) == [A, V, SIDE, V, X], "the side street ends the memory of A"
    assert driven(network, ON[C], ON[X]) == [C, V, X]
    assert driven(network, ON[A], ON[Y]) == [A, V, Y]
    assert driven(network, ON[X], ON[A]) == [X, V, A]
    assert driven(network, ON[SIDE], ON[X]) == [SIDE, V, X]


def test_an_order_over_a_way_leaves_but_one_way_on(tmp_path: Path) -> None:
    network = fork(tmp_path, turn("only_straight_on", A, [V], Y))
    assert driven(network, ON[A], ON[Y]) == [A, V, Y]
    assert driven(network, ON[A], ON[X]) == [A, V, SIDE, V, X]
    assert driven(network, ON[A], ON[SIDE]) == [A, V, SIDE]
    assert driven(network, ON[C], ON[X]) == [C, V, X]


def test_a_chain_of_bans_that_overlap(tmp_path: Path) -> None:
    """The second ban begins within the first: its memory must not be lost."""
    first = turn("no_left_turn", A, [V], X)
    second = turn("no_straight_on", SIDE, [V], X).replace("9000", "9001")
    network = fork(tmp_path, first, second)
    assert driven(network, ON[SIDE], ON[X]) == [SIDE, V, Y, X]
    assert driven(network, ON[A], ON[X]) == [A, C, V, X], "over the circle at the end of C"


# The automaton against histories kept in full.

SIZE = 3
EAST_WEST = [(a, a + 1) for a in range(SIZE * SIZE) if (a + 1) % SIZE]
EDGES = EAST_WEST + [(a, a + SIZE) for a in range(SIZE * (SIZE - 1))]
DIRECTED = range(2 * len(EDGES))
U, V_END = (np.array(ends, np.int32) for ends in zip(*EDGES, strict=True))


def tail(edge: int) -> int:
    return EDGES[edge // 2][edge & 1]


def head(edge: int) -> int:
    return tail(edge ^ 1)


def goes_on(run: Sequence[int], is_open: Sequence[bool], can_turn: Sequence[bool]) -> bool:
    """Whether each directed edge starts where the one before ends, and none turns back where it cannot."""
    return all(is_open[edge] for edge in run) and all(
        head(a) == tail(b) and (a ^ 1 != b or can_turn[head(a)]) for a, b in pairwise(run)
    )


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[bool], list[bool], list[list[int]]]:
    """A grid of streets, some closed in a direction, some places to turn, and bans of 2 to 5 edges."""
    is_open = [draw(st.sampled_from([True, True, True, False])) for _ in DIRECTED]
    can_turn = [draw(st.sampled_from([True, False, False])) for _ in range(SIZE**2)]
    bans = []
    for _ in range(draw(st.integers(0, 8))):
        run = [draw(st.sampled_from(DIRECTED))]
        for _ in range(draw(st.integers(1, 4))):
            run.append(draw(st.sampled_from([edge for edge in DIRECTED if tail(edge) == head(run[-1])])))
        bans.append(run)
    return is_open, can_turn, bans


@settings(deadline=None)
@given(grids(), st.sampled_from(DIRECTED))
def test_the_states_reach_what_full_histories_reach(
    grid: tuple[list[bool], list[bool], list[list[int]]], start: int
) -> None:
    is_open, can_turn, bans = grid
    states = drive_states(U, V_END, np.array(is_open), np.array(can_turn), bans)
    assert hops(states, start) == by_history(is_open, can_turn, bans, start)


def hops(states: DriveStates, start: int) -> dict[int, int]:
    """Least number of edges to each directed edge, by the states."""
    depth, level, found, size = {start: 0}, {start}, {start}, 0
    while level:
        size += 1
        level = {
            int(target)
            for state in level
            for target in states.targets[states.starts[state] : states.starts[state + 1]]
        } - found
        found |= level
        for state in level:
            depth.setdefault(int(states.edge_of[state]), size)
    return depth


def by_history(
    is_open: list[bool], can_turn: list[bool], bans: list[list[int]], start: int
) -> dict[int, int]:
    """The same with the last five edges as the state."""
    if not is_open[start]:
        return {start: 0}
    level: list[tuple[int, ...]] = [(start,)]
    depth = {start: 0}
    found: set[tuple[int, ...]] = {(start,)}
    forbidden = {tuple(ban) for ban in bans}
    size = 0
    while level:
        size += 1
        following = set()
        for history in level:
            for edge in DIRECTED:
                if not goes_on([history[-1], edge], is_open, can_turn):
                    continue
                driven_so = (*history, edge)
                if not any(driven_so[first:] in forbidden for first in range(len(driven_so) - 1)):
                    following.add(driven_so[-4:])
        level = sorted(following - found)
        found.update(level)
        for history in level:
            depth.setdefault(history[-1], size)
    return depth


def test_parts_are_numbered_by_size() -> None:
    """A ring of one-way streets and a lone pair where nobody can turn: the pair falls into single edges."""
    u, v = np.array([0, 1, 2, 3], np.int32), np.array([1, 2, 0, 4], np.int32)
    is_open = np.array([True, False] * 3 + [True, True])
    states = drive_states(u, v, is_open, np.zeros(5, bool), [])
    assert parts_of(states, is_open).tolist() == [0, -1, 0, -1, 0, -1, 1, 2]
    turning = drive_states(u, v, is_open, np.ones(5, bool), [])
    assert parts_of(turning, is_open).tolist() == [0, -1, 0, -1, 0, -1, 1, 1]
