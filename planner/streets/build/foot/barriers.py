"""Barriers, kerbs and lifts on a node: what each means to walkers, and which ways it stands between.

Sources: OSM wiki, "Key:barrier", "Key:kerb", "Tag:highway=elevator",
"Key:locked". A node that concerns nobody is left whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.streets.build.foot.access import ALLOWED, FORBIDDEN, at_best
from planner.streets.build.foot.parameters import CLOCK, STEP_FREE
from planner.streets.build.foot.step_free import WHEELS_WELCOME, Judgement, bad, closed, kerb, width
from planner.streets.build.tag_values import is_yes
from planner.streets.files import FreeState, Obstacle

if TYPE_CHECKING:
    from collections.abc import Mapping

_WALLS = {"wall", "fence", "hedge", "city_wall", "retaining_wall", "ditch", "wire_fence"}
_OPENED = {"gate", "wicket_gate", "hampshire_gate", "door"}
_ONE_BY_ONE = {"stile", "turnstile", "full-height_turnstile", "kissing_gate"}
_NOT_ON_WHEELS = _ONE_BY_ONE | {"horse_stile", "cattle_grid", "log", "debris", "spikes", "guard_rail"}
_HARD_ON_WHEELS = {
    "cycle_barrier", "motorcycle_barrier", "chicane", "chain", "rope", "hampshire_gate", "jersey_barrier",
}  # fmt: skip
_KEYS = ("barrier", "kerb", "kerb:height")
_HOURS = ("opening_hours", "foot:conditional", "access:conditional", "locked:conditional")


@dataclass(frozen=True)
class Passing:
    """What it means to walk past a node: whether one may, the clock's seconds, and without steps."""

    is_open: bool
    clock_s: float
    free: Judgement


def passing(tags: Mapping[str, str]) -> Passing:
    """Return what a node with these tags means to walkers."""
    is_lift = is_elevator(tags)
    return Passing(
        is_open=passes_now(at_best(tags)),
        clock_s=CLOCK.elevator_s if is_lift else _delay_s(tags.get("barrier", "")),
        free=_lift(tags) if is_lift else _judge(tags),
    )


def is_elevator(tags: Mapping[str, str]) -> bool:
    """Whether a node is a lift, which joins the ways of its levels."""
    return tags.get("highway") == "elevator"


def is_kerb(tags: Mapping[str, str]) -> bool:
    """Whether a node is nothing but a kerb, which who goes along the carriageway does not pass."""
    return (
        tags.get("barrier", "kerb") == "kerb" and not is_elevator(tags) and not _is_shut_without_barrier(tags)
    )


def concerns_walkers(tags: Mapping[str, str]) -> bool:
    """Whether a node changes anything for somebody on foot."""
    if not (is_elevator(tags) or any(key in tags for key in _KEYS) or _is_shut_without_barrier(tags)):
        return False
    if hangs_on_hours(tags):
        return True
    past = passing(tags)
    hinders = past.free.state in {FreeState.BAD, FreeState.CLOSED} or past.free.seconds > 0
    return not past.is_open or past.clock_s > 0 or hinders


def hangs_on_hours(tags: Mapping[str, str]) -> bool:
    """Whether walkers pass a node at certain hours or on conditions only."""
    return any(key in tags for key in _HOURS)


def _is_shut_without_barrier(tags: Mapping[str, str]) -> bool:
    """Whether a node of a path says that one may not always pass, without a word of what stands there.

    On a crossing or a bus stop such tags speak of something else.
    """
    if "highway" in tags:
        return False
    is_shut = not {tags.get("foot"), tags.get("access")}.isdisjoint(FORBIDDEN)
    return is_shut or is_yes(tags.get("locked")) or any(key in tags for key in _HOURS[1:])


def passes_now(tags: Mapping[str, str]) -> bool:
    """Whether one may pass a node as a rule, whatever holds at certain hours."""
    foot = tags.get("foot", "")
    if is_yes(tags.get("locked")) or foot in FORBIDDEN:
        return False
    if foot in ALLOWED:
        return True
    access = tags.get("access", "")
    if access in FORBIDDEN:
        return False
    return tags.get("barrier") not in _WALLS or access in ALLOWED


def _delay_s(barrier: str) -> float:
    if barrier in _ONE_BY_ONE:
        return CLOCK.narrow_s
    return CLOCK.gate_s if barrier in _OPENED else 0.0


def _lift(tags: Mapping[str, str]) -> Judgement:
    wheels = tags.get("wheelchair")
    if wheels == "no":
        return closed(Obstacle.WHEELCHAIR_NO)
    if wheels in WHEELS_WELCOME:
        return Judgement(FreeState.CONFIRMED)
    return Judgement(FreeState.UNKNOWN, seconds=STEP_FREE.elevator_s)


def _judge(tags: Mapping[str, str]) -> Judgement:
    """The word of `wheelchair` first, then the kind and the room to pass."""
    wheels, barrier = tags.get("wheelchair"), tags.get("barrier", "kerb")
    if wheels == "no":
        return closed(Obstacle.KERB if barrier == "kerb" else Obstacle.BARRIER)
    if wheels in WHEELS_WELCOME:
        return Judgement(FreeState.CONFIRMED)
    if barrier == "kerb":
        return kerb(tags) or Judgement(FreeState.UNKNOWN)
    return _judge_room(barrier, tags)


def _judge_room(barrier: str, tags: Mapping[str, str]) -> Judgement:
    narrow = width(tags)
    if barrier in _NOT_ON_WHEELS:
        return closed(Obstacle.BARRIER)
    if narrow is not None and narrow.state == FreeState.CLOSED:
        return narrow
    if barrier in _HARD_ON_WHEELS or tags.get("wheelchair") == "limited":
        return bad(Obstacle.BARRIER, 1.0, STEP_FREE.barrier_s)
    return bad(Obstacle.NARROW, 1.0, STEP_FREE.barrier_s) if narrow else Judgement(FreeState.UNKNOWN)
