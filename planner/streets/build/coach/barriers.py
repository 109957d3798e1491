"""Which barrier node stops a coach, and what passing it costs.

Source: OSM wiki, "Key:barrier" (what each is passable for by default) and OSRM's
list of barriers a car passes. Access tags on the node decide where there are any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.streets.build.coach.access import COACH_KEYS, GENERAL_KEYS, AccessVerdict, verdict
from planner.streets.build.coach.limits import NO_LIMITS, Limits, coach_limits
from planner.streets.build.coach.parameters import BORDER_S, GATE_S, TOLL_S

if TYPE_CHECKING:
    from collections.abc import Mapping

_PASSABLE: Mapping[str, float] = {
    "entrance": 0.0, "no": 0.0, "cattle_grid": 0.0, "height_restrictor": 0.0, "arch": 0.0, "bus_trap": 0.0,
    "sump_buster": 0.0, "sally_port": 0.0, "kerb": 0.0, "coupure": 0.0, "gate": GATE_S, "lift_gate": GATE_S,
    "swing_gate": GATE_S, "sliding_gate": GATE_S, "wicket_gate": GATE_S, "toll_booth": TOLL_S,
    "border_control": BORDER_S,
}  # fmt: skip
"""Seconds by kind; any other barrier is closed to a coach."""


@dataclass(frozen=True)
class Passage:
    """What a barrier is to a coach: whether it opens, only to who has business there, what is too large."""

    is_open: bool
    is_local: bool = False
    limits: Limits = NO_LIMITS


FREE = Passage(is_open=True)
CLOSED = Passage(is_open=False)


def passage(tags: Mapping[str, str]) -> Passage:
    """What a node with these tags is to a coach that comes to it."""
    kind = tags.get("barrier", "no")
    explicit = verdict(tags, COACH_KEYS)
    if explicit is None and _is_shut(kind, tags):
        return CLOSED
    said = explicit or verdict(tags, GENERAL_KEYS)
    if said is AccessVerdict.CLOSED:
        return CLOSED
    return Passage(
        is_open=True,
        is_local=said is AccessVerdict.LOCAL,
        limits=coach_limits(tags),
    )


def matters_to_coach(tags: Mapping[str, str]) -> bool:
    """Whether a node with these tags closes or limits the way to a coach."""
    return "barrier" in tags and passage(tags) != FREE


def delay_s(tags: Mapping[str, str]) -> float:
    """Seconds a coach loses at a barrier that opens to it; 0 where there is none."""
    return _PASSABLE.get(tags["barrier"], GATE_S) if "barrier" in tags else 0.0


def _is_shut(kind: str, tags: Mapping[str, str]) -> bool:
    """Whether a barrier is shut in the flesh; `access=yes` on a bollard speaks of walkers."""
    if kind in _PASSABLE:
        is_high = kind == "kerb" and tags.get("kerb", "") == "raised"
        return is_high or tags.get("locked", "no") == "yes"
    return verdict(tags, ("motor_vehicle", "vehicle")) not in {AccessVerdict.OPEN, AccessVerdict.LOCAL}
