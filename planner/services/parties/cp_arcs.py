"""The ways a party can go on: its stops as nodes, and the arcs between them that no demand excludes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.parties.rotation import BEFORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.parties.rotation import OwnStop


@dataclass(frozen=True)
class Node:
    """A stop as part of a party's way, with the last stop that has a place: its own, if it has one."""

    stop: int
    here: int


Arc = tuple[Node | None, Node | None]
"""From a node to another; None stands for before the first and for after the last one."""


def nodes_of(stops: Sequence[OwnStop]) -> list[Node]:
    """Return all nodes; what has no place has one for every place it could be taken at."""
    earlier = before_all(stops)
    nodes = []
    for number, stop in enumerate(stops):
        if stop.has_place:
            nodes.append(Node(number, number))
            continue
        places = [
            other
            for other, candidate in enumerate(stops)
            if candidate.has_place and number not in earlier[other]
        ]
        comes_first = not any(stops[other].has_place for other in earlier[number])
        nodes += [Node(number, here) for here in ([BEFORE, *places] if comes_first else places)]
    return nodes


def arcs_of(stops: Sequence[OwnStop]) -> list[Arc]:
    """Return all arcs that a way may take."""
    nodes = nodes_of(stops)
    earlier = before_all(stops)
    ends = [None, *nodes]
    return [
        (before, after) for before in ends for after in ends if _can_follow(before, after, stops, earlier)
    ]


def before_all(stops: Sequence[OwnStop]) -> list[set[int]]:
    """Return for each stop all that come earlier, directly or not."""
    earlier_of = [set(stop.after) for stop in stops]
    for _ in stops:
        for own in earlier_of:
            own |= {first for earlier in own for first in earlier_of[earlier]}
    return earlier_of


def _can_follow(
    before: Node | None, after: Node | None, stops: Sequence[OwnStop], earlier: Sequence[set[int]]
) -> bool:
    """Whether a way may go on so: what has no place is where the party last was."""
    if after is None:
        return before is not None and not any(before.stop in own for own in earlier)
    needed = earlier[after.stop]
    if before is None:
        return not needed and (stops[after.stop].has_place or after.here == BEFORE)
    if before.stop == after.stop or after.stop in earlier[before.stop]:
        return False
    if any(before.stop in earlier[between] for between in needed):
        return False
    return stops[after.stop].has_place or after.here == before.here
