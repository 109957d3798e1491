"""Which ways and gates are open at certain hours or on conditions only, for walkers and for coaches.

The graph holds a way that is ever open; what it hangs on is kept beside it, and asked on the day.
Sources: OSM wiki, "Conditional restrictions" (the more specific key wins, as without conditions),
"Key:opening_hours", "Key:locked".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.domain.conditions import Condition, Part, access_part, hours_part, text_of
from planner.streets.build.coach.access import COACH_KEYS, GENERAL_KEYS, OPEN_VALUES
from planner.streets.build.foot.access import ALLOWED, as_a_rule, may_walk_now
from planner.streets.build.foot.barriers import passes_now
from planner.streets.build.tag_values import is_yes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from planner.streets.build.graph import Graph, Names

_NOT_LOCKED = {"no"}


def condition_arrays(graph: Graph, names: Names) -> dict[str, NDArray[np.generic]]:
    """Return, by edge, the numbers of the conditions for walkers and for coaches; 0 where there is none."""
    rows = [_numbers(piece.way.tags, names, is_node=piece.barrier is not None) for piece in graph.pieces]
    table = np.array(rows, np.int32).reshape(-1, 2)
    return {"hours_walk": table[:, 0].copy(), "hours_coach": table[:, 1].copy()}


def _numbers(tags: Mapping[str, str], names: Names, *, is_node: bool) -> tuple[int, int]:
    if not is_conditional(tags):
        return 0, 0
    parts = walker_parts(tags, is_node=is_node), coach_parts(tags)
    walk, coach = (names.number(text_of(Condition(some))) if some else 0 for some in parts)
    return walk, coach


def is_conditional(tags: Mapping[str, str]) -> bool:
    """Whether anything on a way or node hangs on the hour or on a condition."""
    return "opening_hours" in tags or any(key.endswith(":conditional") for key in tags)


def walker_parts(tags: Mapping[str, str], *, is_node: bool = False) -> tuple[Part, ...]:
    """Return what a walker must wait for on a way or at a node with these tags."""
    plain = as_a_rule(tags)
    base = passes_now(plain) if is_node else may_walk_now(plain)
    parts = [hours_part(tags["opening_hours"])] if "opening_hours" in tags else []
    text = tags.get("foot:conditional") or ("" if "foot" in tags else tags.get("access:conditional", ""))
    if text:
        parts.append(access_part(text, ALLOWED, base=base))
    if locks := tags.get("locked:conditional"):
        parts.append(access_part(locks, _NOT_LOCKED, base=not is_yes(tags.get("locked"))))
    return tuple(part for part in parts if part.matters)


def coach_parts(tags: Mapping[str, str]) -> tuple[Part, ...]:
    """Return what a coach must wait for, on a way that is open to it as a rule."""
    parts = [hours_part(tags["opening_hours"])] if "opening_hours" in tags else []
    for key in (*COACH_KEYS, "bus", *GENERAL_KEYS[len(COACH_KEYS) :]):
        if text := tags.get(f"{key}:conditional"):
            parts.append(access_part(text, OPEN_VALUES, base=True))
        if key in tags or text:
            break
    return tuple(part for part in parts if part.matters)
