"""The edges of a path taken together to lines: what a stranger takes for one and the same way.

A run has one name, or one kind of way where it has none. A run too short to be
noticed, as a kerb's wiggle at a crossing, is taken into the line before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.streets.files import EdgeFlag, WayKind
from planner.streets.query.directions.turns import (
    STRAIGHT_DEG,
    Track,
    angle_between,
    is_open,
    leaves,
    others,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.streets.query.network import Network
    from planner.streets.query.path_edges import PathEdge

WIGGLE_M = 20.0
"""A nameless run shorter than this is not worth a line."""

SPOT_M = 15.0
"""Neither is a named one below this: a street that is only crossed."""

STEPS_M = 12.0
"""Nor are so few steps, nor so short a bridge."""

THROUGH_M = 30.0
"""Nor a named one below this that is passed straight on, as a roundabout or a small square."""

FLIGHT_M = 30.0
"""Stairs and tunnels wind: a shorter piece of them belongs to the next, however it turns."""

LAST_M = 5.0
"""The last street is told from this length on, as it is where one arrives."""

GAP_M = 50.0
"""So much without a name, straight on between two runs of one name, belongs to them."""

BEND_DEG = 50.0
"""A nameless way that turns more than this at a fork is told."""

CORNER_DEG = 60.0
"""A named one that turns more than this is told where something else leads straight on."""

STEPS_SHARE = 0.7
"""So much of the steps on a line must lead up, or down, for it to be said."""

NOTED_STEPS_M = 2.0
"""Fewer metres of steps than this are a kerb."""

_WORDS = {
    WayKind.STREET: "street",
    WayKind.SERVICE: "service",
    WayKind.PEDESTRIAN: "pedestrian",
    WayKind.FOOTWAY: "footway",
    WayKind.SIDEWALK: "footway",
    WayKind.CROSSING: "footway",
    WayKind.PATH: "path",
    WayKind.TRACK: "path",
    WayKind.CYCLEWAY: "path",
    WayKind.STEPS: "steps",
    WayKind.CORRIDOR: "corridor",
    WayKind.PLATFORM: "platform",
    WayKind.ELEVATOR: "lift",
    WayKind.BARRIER: "footway",
    WayKind.MOTORWAY: "motorway",
    WayKind.FERRY: "ferry",
}
SPECIAL = frozenset({"steps", "tunnel", "bridge", "square", "lift", "roundabout", "ferry"})
_WOUND = frozenset({":steps", ":tunnel"})
_NEVER_SHORT = frozenset({":lift", ":roundabout", ":ferry"})


@dataclass(frozen=True)
class PathTelling:
    """How the edges of one path are told: their names and kinds, and which edges are open to it."""

    names: list[str]
    kinds: list[str]
    steps: list[str]
    cost: NDArray[np.float64]


@dataclass(frozen=True)
class ToldLine:
    """Stretches first to last (exclusive); the core is the same without wiggles taken in at its ends."""

    key: str
    first: int
    last: int
    core: tuple[int, int]
    length_m: float


def ways_of(
    network: Network, path: Sequence[PathEdge], cost: NDArray[np.float64], *, is_drive: bool
) -> PathTelling:
    """Say what each edge of a path is called and is."""
    names = [edge.name for edge in path]
    if not is_drive:
        beside = network.beside[[edge.edge for edge in path]].tolist()
        names = [name or network.names[other] for name, other in zip(names, beside, strict=True)]
    kinds = [_kind(edge.kind, int(edge.flags), is_named=bool(edge.name), is_drive=is_drive) for edge in path]
    return PathTelling(names, kinds, [_steps(edge) for edge in path], cost)


@cache
def _kind(kind: WayKind, flags: int, *, is_named: bool, is_drive: bool) -> str:
    """The word for a way of a kind with flags."""
    word = _WORDS[kind]
    is_slip_road = kind is WayKind.MOTORWAY and not is_named
    return next(
        name
        for name, applies in (
            ("roundabout", is_drive and flags & EdgeFlag.ROUNDABOUT),
            ("tunnel", flags & EdgeFlag.TUNNEL),
            (word, word in {"steps", "lift"}),
            ("square", flags & EdgeFlag.AREA and word not in {"platform", "corridor"}),
            ("bridge", flags & EdgeFlag.BRIDGE),
            ("slip road", is_drive and is_slip_road),
            (word, True),
        )
        if applies
    )


def _steps(travelled: PathEdge) -> str:
    """Which way the steps of an edge lead as it is walked."""
    if travelled.kind is not WayKind.STEPS:
        return ""
    climbs = {(True, False): True, (False, True): False}.get(
        (bool(travelled.flags & EdgeFlag.UP), bool(travelled.flags & EdgeFlag.DOWN))
    )
    if climbs is None:
        return "some"
    return "up" if climbs == travelled.is_forward else "down"


def lines_of(network: Network, path: Sequence[PathEdge], track: Track, ways: PathTelling) -> list[ToldLine]:
    """Take the edges of a path together."""
    lines = _without_gaps(_runs(network, path, track, ways), track)
    return _merged(_without_wiggles(lines, track), track)


def _key(ways: PathTelling, number: int) -> str:
    """What makes an edge one with its neighbours: its name, else a colon and the kind worth telling."""
    kind = ways.kinds[number]
    if kind in {"lift", "roundabout"}:
        return f":{kind}"
    if ways.names[number]:
        return ways.names[number]
    return f":{kind}" if kind in SPECIAL else ""


def _runs(network: Network, path: Sequence[PathEdge], track: Track, ways: PathTelling) -> list[ToldLine]:
    """Cut where the name or kind changes, or where one may go wrong without a word."""
    keys = [_key(ways, number) for number in range(len(path))]
    for number, edge in enumerate(path):
        if number and edge.kind is WayKind.BARRIER:  # a gate on the way is no way of its own
            keys[number] = keys[number - 1]
    inner = [
        bound
        for bound in range(1, len(path))
        if keys[bound] != keys[bound - 1] or _is_fork(network, path, track, ways, bound)
    ]
    cuts = [0, *inner, len(path)]
    return [
        ToldLine(keys[a], a, b, (a, b), sum(edge.length_m for edge in path[a:b])) for a, b in pairwise(cuts)
    ]


def _is_fork(network: Network, path: Sequence[PathEdge], track: Track, ways: PathTelling, bound: int) -> bool:
    """Whether a way that stays the same turns where something else leads on."""
    angle = abs(track.angles[bound])
    before, after = path[bound - 1], path[bound]
    if angle < STRAIGHT_DEG or WayKind.BARRIER in (before.kind, after.kind):
        return False
    if not {"square", "roundabout", "lift"}.isdisjoint((ways.kinds[bound - 1], ways.kinds[bound])):
        return False
    if ways.names[bound] and (angle < CORNER_DEG or not (before.name and after.name)):
        return False
    node = int(track.nodes[bound - 1])
    came = track.came(bound)
    rest = [edge for edge in others(network, track, bound) if is_open(ways.cost, network, edge, node)]
    rest = [edge for edge in rest if network.length[edge] > 0]  # no barriers
    straightest = min((abs(angle_between(came, leaves(network, edge, node))) for edge in rest), default=180.0)
    if ways.names[bound]:
        return straightest < angle / 2
    return (bool(rest) and angle >= BEND_DEG) or straightest < angle - STRAIGHT_DEG / 2


def _is_named(line: ToldLine) -> bool:
    return bool(line.key) and not line.key.startswith(":")


def is_wiggle(line: ToldLine) -> bool:
    """Whether a run is too short to be told."""
    if line.length_m >= WIGGLE_M or line.key in _NEVER_SHORT:
        return False
    if _is_named(line):
        return line.length_m < SPOT_M
    return not line.key.startswith((":steps", ":bridge")) or line.length_m < STEPS_M


def net_turn(track: Track, before: ToldLine, after: ToldLine) -> float:
    """The angle between the way one came by and the one taken, whatever wiggles lie between."""
    came = track.came(before.core[1], before.core[0])
    return angle_between(came, track.goes(after.core[0], after.core[1]))


def _without_gaps(runs: list[ToldLine], track: Track) -> list[ToldLine]:
    """Join what goes on after a wiggle, and wiggles that follow each other."""
    kept: list[ToldLine] = []
    for run in runs:
        kept.append(run)
        while _joins_over_gap(kept, track) or _joins_wiggles(kept):
            pass
    return kept


def _joins_over_gap(kept: list[ToldLine], track: Track) -> bool:
    if len(kept) < 3:  # noqa: PLR2004 - before, gap, after
        return False
    before, gap, after = kept[-3:]
    is_gap = is_wiggle(gap) or (gap.key == "" and gap.length_m < GAP_M and _is_named(before))
    is_gap = is_gap or (gap.length_m < THROUGH_M and _is_named(gap))
    if before.key != after.key or not is_gap or before.key in _NEVER_SHORT:
        return False
    if abs(net_turn(track, before, after)) >= BEND_DEG:
        return False
    kept[-3:] = [_joined(_joined(before, gap), after)]
    return True


def _joins_wiggles(kept: list[ToldLine]) -> bool:
    """Join two nameless wiggles at the end of the list to one as short."""
    if len(kept) < 2 or not all(is_wiggle(line) and not line.key for line in kept[-2:]):  # noqa: PLR2004
        return False
    if kept[-2].length_m + kept[-1].length_m >= WIGGLE_M:
        return False
    kept[-2:] = [_joined(*kept[-2:])]
    return True


def _joined(before: ToldLine, after: ToldLine) -> ToldLine:
    return replace(
        before,
        last=after.last,
        core=(before.core[0], after.core[1]),
        length_m=before.length_m + after.length_m,
    )


def _without_wiggles(lines: list[ToldLine], track: Track) -> list[ToldLine]:
    """Give wiggles to the line before, at the start to the line after; their turns count for nothing."""
    kept: list[ToldLine] = []
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else None
        if kept and _is_taken_in(line, kept[-1], after, track):
            kept[-1] = replace(kept[-1], last=line.last, length_m=kept[-1].length_m + line.length_m)
        elif len(kept) == 1 and is_wiggle(kept[0]) and line.key != ":roundabout":
            first = kept[0]
            kept[0] = replace(line, first=first.first, length_m=first.length_m + line.length_m)
        else:
            kept.append(line)
    return kept


def _is_taken_in(line: ToldLine, before: ToldLine, after: ToldLine | None, track: Track) -> bool:
    if after is None:  # the street of the destination is told, however short
        return is_wiggle(line) and (not line.key or line.length_m < LAST_M)
    if is_wiggle(before) or before.key == after.key == ":roundabout":
        return False
    return is_wiggle(line) or _is_passed(line, before, after, track)


def _is_passed(line: ToldLine, before: ToldLine, after: ToldLine, track: Track) -> bool:
    """Whether a named run is short and straight on from the way before as well as to the way after."""
    if line.length_m >= THROUGH_M or not _is_named(line):
        return False
    turns = (net_turn(track, before, line), net_turn(track, line, after), net_turn(track, before, after))
    return all(abs(turn) < STRAIGHT_DEG * 1.5 for turn in turns)


def _merged(lines: list[ToldLine], track: Track) -> list[ToldLine]:
    """Join neighbours that differ neither in key nor by a turn, and short ends to a street of their name."""
    kept: list[ToldLine] = []
    for line in lines:
        if kept and kept[-1].key == line.key and _is_one(kept[-1], line, track):
            kept[-1] = _joined(kept[-1], line)
        else:
            kept.append(line)
    return kept


def _is_one(before: ToldLine, after: ToldLine, track: Track) -> bool:
    shortest = min(before.length_m, after.length_m)
    if after.key == ":lift" or (_is_named(after) and shortest < WIGGLE_M):
        return True
    if after.key in _WOUND and shortest < FLIGHT_M:
        return True
    return abs(net_turn(track, before, after)) < STRAIGHT_DEG


def main_way(path: Sequence[PathEdge], ways: PathTelling, line: ToldLine) -> str:
    """The kind of way that a line is told as, or that most of it is; a name goes on through some steps."""
    if line.key.startswith(":"):
        return ways.kinds[_first_of(ways, line)]
    metres: dict[str, float] = {}
    for number in range(*line.core):
        kind = ways.kinds[number]
        metres[kind] = metres.get(kind, 0.0) + path[number].length_m
    return max(metres, key=lambda kind: (metres[kind], kind))


def steps_on(path: Sequence[PathEdge], ways: PathTelling, line: ToldLine) -> str:
    """Which way the steps on a line lead: up, down, some (both or not known), or '' where there are none."""
    metres = {"up": 0.0, "down": 0.0, "some": 0.0}
    for number in range(line.first, line.last):
        if ways.steps[number]:
            metres[ways.steps[number]] += path[number].length_m
    total = sum(metres.values())
    if total < NOTED_STEPS_M and line.key != ":steps":
        return ""
    return next((word for word in ("up", "down") if metres[word] > STEPS_SHARE * total), "some")


def _first_of(ways: PathTelling, line: ToldLine) -> int:
    """The first edge of a path that a line has its key from."""
    edges = (number for number in range(*line.core) if _key(ways, number) == line.key)
    return next(edges, line.core[0])
