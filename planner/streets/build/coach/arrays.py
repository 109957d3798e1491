"""The coach's arrays: where it may drive, how fast, how high and heavy, and where it may stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.streets.build.coach.access import coach_care
from planner.streets.build.coach.barriers import Passage, passage
from planner.streets.build.coach.limits import Limits, coach_limits
from planner.streets.build.coach.speeds import speed_kmh, stops_s
from planner.streets.build.coach.stops import is_kerb
from planner.streets.build.coach.surroundings import is_open_land, said_rural
from planner.streets.build.coach.turn_restrictions import read_bans
from planner.streets.build.coach.turns import turning_nodes
from planner.streets.files import CoachCare, EdgeFlag, WayKind
from planner.streets.query.drive.states import drive_states, parts_of
from planner.streets.sides import drives_left

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph
    from planner.streets.build.read.osm import RawStreets
    from planner.streets.build.read.pieces import WayPiece

_DIRECTIONS = ("forward", "backward")
_LEAST_S = 1e-3
"""Even a gate without length takes a moment: the search wants costs above 0."""


def coach_arrays(graph: Graph, raw: RawStreets, country: str = "PL") -> dict[str, NDArray[np.generic]]:
    """Return the coach's arrays.

    By directed edge: `coach_s` seconds without a stop (inf closed), `coach_care` how the edge is taken
    (CoachCare), `coach_kerb` whether a coach may stop there, `comp_coach` the strongly connected part it
    belongs to by size (-1 closed).
    By edge: `coach_limits` (height m, weight t, length m, width m; inf where there is none).
    By node: `coach_turn` whether a coach can turn round there.
    `bans[bans_offsets[k]:bans_offsets[k + 1]]` is a run of directed edges that may not be driven.
    What was left out of the turn restrictions is counted in `raw.left_out`.
    """
    count = len(graph.u)
    seconds, care, kerb = np.full(2 * count, np.inf), np.zeros(2 * count, np.uint8), np.zeros(2 * count, bool)
    limits = np.full((count, 4), np.inf)
    ways: dict[tuple[int, bool], _Driven] = {}
    open_land: list[bool] = is_open_land(graph).tolist()
    on_the_left = drives_left(country)
    for edge, piece in enumerate(graph.pieces):
        if graph.kind[edge] == WayKind.ELEVATOR:
            care[2 * edge : 2 * edge + 2] = CoachCare.CLOSED
            continue
        if graph.kind[edge] == WayKind.BARRIER:
            both = slice(2 * edge, 2 * edge + 2)
            seconds[both], care[both], limits[edge] = _at_gate(passage(piece.way.tags))
            continue
        key = id(piece.way), open_land[edge]
        if key not in ways:
            ways[key] = _driven(piece.way.tags, country, is_open_land=open_land[edge])
        way = ways[key]
        limits[edge] = way.limits
        for back, direction in enumerate(_DIRECTIONS):
            at = 2 * edge + back
            care[at] = way.care[back]
            if way.care[back] is not CoachCare.CLOSED and not graph.flags[edge] & EdgeFlag.AREA:
                seconds[at] = _seconds(piece, raw, float(graph.length[edge]) / way.mps[back], direction)
                length, passed = float(graph.length[edge]), _tags(piece.nodes, raw)
                kerb[at] = is_kerb(piece.way.tags, passed, length, direction, drives_left=on_the_left)
    is_open = np.isfinite(seconds)
    turn = turning_nodes(graph, raw, is_open)
    bans = read_bans(graph, raw, is_open)
    states = drive_states(graph.u, graph.v, is_open, turn, bans)
    return {
        "coach_s": seconds,
        "coach_care": care,
        "coach_kerb": kerb,
        "comp_coach": parts_of(states, is_open),
        "coach_limits": limits,
        "coach_turn": turn,
        "bans_offsets": np.cumsum([0, *map(len, bans)], dtype=np.int64),
        "bans": np.array([edge for ban in bans for edge in ban], np.int64),
    }


@dataclass(frozen=True)
class _Driven:
    """What a way is to a coach: its limits; care and metres a second, forward and backward."""

    limits: Limits
    care: tuple[CoachCare, CoachCare]
    mps: tuple[float, float]


def _driven(tags: Mapping[str, str], country: str, *, is_open_land: bool) -> _Driven:
    care = coach_care(tags)
    if care == (CoachCare.CLOSED, CoachCare.CLOSED):
        return _Driven(coach_limits(tags), care, (0.0, 0.0))
    said = said_rural(tags)
    rural_in = country if (is_open_land if said is None else said) else ""
    ahead, back = (speed_kmh(tags, direction, rural_in) / 3.6 for direction in _DIRECTIONS)
    return _Driven(coach_limits(tags), care, (ahead, back))


def _at_gate(gate: Passage) -> tuple[float, CoachCare, tuple[float, float, float, float]]:
    """The seconds, care and limits of a barrier's edge; what it delays is counted with the way's nodes."""
    if not gate.is_open:
        return np.inf, CoachCare.CLOSED, gate.limits
    return _LEAST_S, CoachCare.LOCAL if gate.is_local else CoachCare.PLAIN, gate.limits


def _seconds(piece: WayPiece, raw: RawStreets, driving: float, direction: str) -> float:
    """Seconds along an edge, its last node's signal included and its first one's not."""
    passed = piece.nodes[1:] if direction == "forward" else piece.nodes[:-1]
    return max(driving, _LEAST_S) + stops_s(_tags(passed, raw), direction)


def _tags(nodes: Sequence[int], raw: RawStreets) -> list[dict[str, str]]:
    return [raw.node_tags[node] for node in nodes if node in raw.node_tags]
