"""The graph a coach of a given size searches: states, seconds and what it rather avoids."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order

from planner.streets.files import SCALE, CoachCare, EdgeFlag, WayKind
from planner.streets.query.drive.states import DriveStates, drive_states, parts_of
from planner.streets.sides import drives_left

if TYPE_CHECKING:
    from planner.domain.coach import CoachProfile
    from planner.streets.query.network import Network

U_TURN_S = 60.0
"""A coach turns round in two or three moves, where it can at all."""

SHARP_DEG = 150.0
SHARP_S = 20.0
"""A turn this sharp is made in one sweep only on a wide crossing."""

TURN_S = 7.5
TURN_BIAS = 1.075
"""OSRM, profiles/car.lua: turn_penalty, turn_bias; a sigmoid of the angle, dearer across the traffic."""

LOCAL_S = 300.0
"""What it costs to turn into a street that is only for those who stop there: through it nobody saves so much
(Valhalla's destination_only_penalty is 600 s).
"""

AVOID_FACTOR = 1.2
"""What a street closed to lorries costs more than its seconds."""

HARD_TURN_S = 180.0
HARD_TURN_DISLIKE_S = 420.0
"""Turning where no place to turn is marked: reversing into a side street, or out of a dead end with somebody
behind the coach. An assumption: three minutes, and more than that is driven to avoid it.
"""

SIDE_STREETS = 3
"""So many ways meet where a coach can reverse into a side street."""


@dataclass(frozen=True)
class DriveGraph:
    """Directed edges open to one coach, and what it costs to go on from each.

    An entry of the states costs the turn and the whole of the edge it leads
    onto. `cost` is searched for, `clock` is what the clock shows, both in
    seconds; `edge_cost` and `edge_clock` are those of the directed edges alone.
    `part` numbers the strongly connected parts by directed edge, 0 the main one,
    -1 closed. By directed edge, `easy` says where a coach comes and goes without a
    turn where there is no place for it, `kerb` where it may stop to let people in
    and out, `main` the easy kerbs of the main part, `road` the open roads, where it
    could stop if it must, `drop_off` where it can come or go at all. `sources` is the state each
    entry starts from; those that lead into state s are
    into[into_starts[s]:into_starts[s + 1]]. `keys` finds an entry by both states:
    source times the number of states, plus target, ascending.
    """

    states: DriveStates
    sources: NDArray[np.int64]
    cost: NDArray[np.float64]
    clock: NDArray[np.float64]
    edge_cost: NDArray[np.float64]
    edge_clock: NDArray[np.float64]
    part: NDArray[np.int32]
    easy: NDArray[np.bool_]
    kerb: NDArray[np.bool_]
    main: NDArray[np.bool_]
    road: NDArray[np.bool_]
    drop_off: NDArray[np.bool_]
    keys: NDArray[np.int64]
    into_starts: NDArray[np.int64]
    into: NDArray[np.int64]

    @property
    def size(self) -> int:
        """How many states there are."""
        return len(self.states.edge_of)

    def states_of(self, edge: int) -> list[int]:
        """The states that stand on a directed edge."""
        size = len(self.edge_cost)
        more = size + np.flatnonzero(self.states.edge_of[size:] == edge)
        return [edge, *more.tolist()]


def drive_graph(network: Network, profile: CoachProfile) -> DriveGraph:
    """Return the graph of a coach, made at the first call and kept with the network."""
    return network.memory.get("drive", profile, lambda: _make(network, profile))


def _make(network: Network, profile: CoachProfile) -> DriveGraph:
    size = np.array([profile.height_m, profile.weight_t, profile.length_m, profile.width_m])
    fits = (np.asarray(network.coach_limits) >= size).all(axis=1)
    is_open = np.isfinite(network.coach_s) & np.repeat(fits, 2)
    offsets, runs = network.bans_offsets.tolist(), network.bans.tolist()
    bans = [runs[first:last] for first, last in pairwise(offsets)]
    meeting = _meeting(network, is_open)
    can_turn = np.asarray(network.coach_turn) | (meeting == 1) | (meeting >= SIDE_STREETS)
    states = drive_states(network.u, network.v, is_open, can_turn, bans)
    clock = np.where(is_open, network.coach_s, np.inf)
    cost = np.where(network.coach_care == CoachCare.AVOID, AVOID_FACTOR, 1.0) * clock
    before, after = states.edge_of[states.sources], states.edge_of[states.targets]
    turning = _turn_s(network, before, after, meeting)
    heads = np.stack((network.v, network.u), axis=1).ravel()
    is_hard = (before ^ 1 == after) & ~np.asarray(network.coach_turn)[heads[before]]
    turning = np.where(is_hard, HARD_TURN_S, turning)
    local = network.coach_care == CoachCare.LOCAL
    entering = np.where(local[after] & ~local[before], LOCAL_S, 0.0)
    part = parts_of(states, is_open)
    easy = _largest_of_each(part, parts_of(_without(states, is_hard), is_open))
    kerb = np.asarray(network.coach_kerb) & (part >= 0)
    into_starts, into = states.reversed()
    return DriveGraph(
        states=states,
        sources=states.sources,
        cost=cost[after] + turning + entering + np.where(is_hard, HARD_TURN_DISLIKE_S, 0.0),
        clock=clock[after] + turning,
        edge_cost=cost,
        edge_clock=clock,
        part=part,
        easy=easy,
        kerb=kerb,
        main=kerb & easy & (part == 0),
        road=_open_roads(network) & (part >= 0),
        drop_off=_in_touch(states, part),
        keys=states.sources * len(states.edge_of) + states.targets,
        into_starts=into_starts,
        into=into,
    )


def _in_touch(states: DriveStates, part: NDArray[np.int32]) -> NDArray[np.bool_]:
    """By directed edge: whether a coach can come there from the main part, or go from there to it.

    Both must be possible along the edge, in the one direction or the other: into a
    dead end by the one, out of it by the other.
    """
    ahead = _reached(states.starts, states.targets, part)
    starts, entries = states.reversed()
    back = _reached(starts, states.sources[entries], part)
    comes, goes = (np.zeros(len(part), bool) for _ in range(2))
    comes[states.edge_of[ahead]] = True
    goes[: len(part)] = back[: len(part)]
    both = comes.reshape(-1, 2).any(axis=1) & goes.reshape(-1, 2).any(axis=1)
    return np.repeat(both, 2) & (part >= 0)


def _reached(
    starts: NDArray[np.int64], targets: NDArray[np.int64], part: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which states are reached from the main part."""
    count = len(starts) - 1
    reached = np.zeros(count, bool)
    main = np.flatnonzero(part == 0)
    if len(main):
        matrix = csr_matrix((np.ones(len(targets)), targets, starts), shape=(count, count))
        reached[breadth_first_order(matrix, int(main[0]), return_predecessors=False)] = True
    return reached


def _without(states: DriveStates, entries: NDArray[np.bool_]) -> DriveStates:
    """The states without some entries."""
    starts = np.concatenate(([0], np.cumsum(~entries)))[states.starts]
    return DriveStates(starts.astype(np.int64), states.targets[~entries], states.edge_of)


def _open_roads(network: Network) -> NDArray[np.bool_]:
    """Roads that are neither in a tunnel nor on a bridge, and no motorways."""
    is_apart = (network.flags & (EdgeFlag.TUNNEL | EdgeFlag.BRIDGE | EdgeFlag.ROUNDABOUT)) != 0
    return np.repeat((network.kind == WayKind.STREET) & ~is_apart, 2)


def _largest_of_each(part: NDArray[np.int32], inner: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which edges are in the largest of the inner parts of their part; inner parts are numbered by size."""
    is_open = part >= 0
    largest = np.full(int(part.max(initial=0)) + 1, len(inner), np.int32)
    np.minimum.at(largest, part[is_open], inner[is_open])
    return np.asarray(is_open & (inner == largest[part]))


def _meeting(network: Network, is_open: NDArray[np.bool_]) -> NDArray[np.int64]:
    """By node: how many open edges meet there."""
    streets = is_open.reshape(-1, 2).any(axis=1)
    ends = np.concatenate((network.u[streets], network.v[streets]))
    return np.bincount(ends, minlength=len(network.nodes))


def _turn_s(
    network: Network, before: NDArray[np.int64], after: NDArray[np.int64], meeting: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Seconds that the turns from one directed edge onto another take."""
    leaving, arriving = _headings(network)
    # Rounded, so that straight on is never by a hair a turn to the left, which costs a little more.
    angle = np.round((leaving[after] - arriving[before] + 180.0) % 360.0 - 180.0, 6)
    if drives_left(network.meta.country):
        angle = -angle
    # Right turns have positive angles; 6.5 and 13 are OSRM's, for angles in half turns.
    half_turns = np.abs(angle) / 180.0
    bias = np.where(angle >= 0, 1 / TURN_BIAS, TURN_BIAS)
    seconds = TURN_S / (1.0 + np.exp(-(13.0 * bias * half_turns - 6.5 / bias)))
    seconds += np.where(np.abs(angle) > SHARP_DEG, SHARP_S, 0.0)
    heads = np.stack((network.v, network.u), axis=1).ravel()
    is_plain = (meeting[heads[before]] < 3) | _is_gate(network, before) | _is_gate(network, after)  # noqa: PLR2004
    return np.where(before ^ 1 == after, U_TURN_S, np.where(is_plain, 0.0, seconds))


def _is_gate(network: Network, directed: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether directed edges have no length and so no heading."""
    return np.asarray(network.kind[directed // 2] == WayKind.BARRIER)


def _headings(network: Network) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By directed edge, the compass heading in degrees at its start and at its end."""
    first, last = network.offsets[:-1], network.offsets[1:] - 1
    wide = np.cos(np.radians(network.nodes[:, 1].mean() / SCALE)) if len(network.nodes) else 1.0

    def heading(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
        step = network.vertices[b].astype(float) - network.vertices[a]
        return np.asarray(np.degrees(np.arctan2(step[:, 0] * wide, step[:, 1])))

    starts = np.stack((heading(first, first + 1), heading(last, last - 1)), axis=1).ravel()
    ends = np.stack((heading(last - 1, last), heading(first + 1, first)), axis=1).ravel()
    return starts, ends
