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
    found = []
    for number, stop in enumerate(stops):
        if stop.has_place:
            found.append(Node(number, number))
            continue
        places = [other for other, one in enumerate(stops) if one.has_place and number not in earlier[other]]
        comes_first = not any(stops[other].has_place for other in earlier[number])
        found += [Node(number, here) for here in ([BEFORE, *places] if comes_first else places)]
    return found


def arcs_of(stops: Sequence[OwnStop]) -> list[Arc]:
    """Return all arcs that a way may take."""
    nodes = nodes_of(stops)
    earlier = before_all(stops)
    ends = [None, *nodes]
    return [(one, other) for one in ends for other in ends if _can_follow(one, other, stops, earlier)]


def before_all(stops: Sequence[OwnStop]) -> list[set[int]]:
    """Return for each stop all that come earlier, directly or not."""
    found = [set(stop.after) for stop in stops]
    for _ in stops:
        for own in found:
            own |= {first for earlier in own for first in found[earlier]}
    return found


def _can_follow(
    one: Node | None, other: Node | None, stops: Sequence[OwnStop], earlier: Sequence[set[int]]
) -> bool:
    """Whether a way may go on so: what has no place is where the party last was."""
    if other is None:
        return one is not None and not any(one.stop in own for own in earlier)
    needed = earlier[other.stop]
    if one is None:
        return not needed and (stops[other.stop].has_place or other.here == BEFORE)
    if one.stop == other.stop or other.stop in earlier[one.stop]:
        return False
    if any(one.stop in earlier[between] for between in needed):
        return False
    return stops[other.stop].has_place or other.here == one.here
