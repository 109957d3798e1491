"""Whether a coach may drive a way, and in which direction.

The most specific tag wins, as in the OSM wiki's "Computing access restrictions":
access < vehicle < motor_vehicle < tourist_bus < coach, each also for one
direction (`motor_vehicle:forward`). What else is decided here:

======================  ====================================================================================
bus, psv = no           closes: a ban of buses is aimed at long vehicles (wiki "Key:bus")
bus, psv = yes          opens nothing: a road kept for public lines is not for a visitors' coach, unless
                        `coach` or `tourist_bus` says so (wiki "Key:psv": a vehicle in public service)
oneway:bus, :psv = no   opens the other direction: "except buses" on a sign means the kind of vehicle
                        (Polish law: more than 9 seats), as does `except=bus` on a turn restriction
busway=opposite*        opens nothing: a lane kept for lines
hgv = no                closes nothing, hgv is for goods (wiki "Key:hgv"); such a street is avoided
motorcar = no           closes nothing by itself; with hgv = no it stands for all motor traffic
destination, customers  driven to a place there, never through
delivery, private, ...  closed
oneway = reversible     closed in both directions: nobody knows the hour
conditions              kept beside the way and asked on the day (`streets.build.conditions`)
======================  ====================================================================================
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from planner.streets.build.coach.parameters import (
    CLASS_KMH,
    CLOSED_SERVICES,
    EXPLICIT_CLASSES,
    LOCAL_SERVICES,
    ROUGH,
)
from planner.streets.files import CoachCare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COACH_KEYS = ("coach", "tourist_bus")
GENERAL_KEYS = (*COACH_KEYS, "motor_vehicle", "vehicle", "access")
"""From the most specific to the least."""

OPEN_VALUES = frozenset({"yes", "designated", "permissive", "official", "public"})
_LOCAL = frozenset({"destination", "customers", "discouraged"})
_CLOSED = frozenset(
    {
        "no", "private", "permit", "residents", "delivery", "agricultural", "forestry", "military",
        "emergency", "restricted", "use_sidepath", "employees", "staff", "school", "license", "service",
    }
)  # fmt: skip
_ONEWAY_KEYS = (
    "oneway:coach", "oneway:tourist_bus", "oneway:bus", "oneway:psv", "oneway:motor_vehicle",
    "oneway:vehicle", "oneway",
)  # fmt: skip
_FORWARD = frozenset({"yes", "true", "1"})
_BACKWARD = frozenset({"-1", "reverse"})


class AccessVerdict(Enum):
    """What an access tag says to a coach."""

    OPEN = 1
    LOCAL = 2
    CLOSED = 3


def verdict(tags: Mapping[str, str], keys: Sequence[str], direction: str = "") -> AccessVerdict | None:
    """What the first of the keys that says anything says; `direction` is "forward", "backward" or ""."""
    for key in keys:
        for name in (f"{key}:{direction}", key) if direction else (key,):
            values = {value.strip().lower() for value in tags.get(name, "").split(";")}
            if values & OPEN_VALUES:
                return AccessVerdict.OPEN
            if values & _LOCAL:
                return AccessVerdict.LOCAL
            if values & _CLOSED:
                return AccessVerdict.CLOSED
    return None


def coach_care(tags: Mapping[str, str]) -> tuple[CoachCare, CoachCare]:
    """How a coach takes a way with these tags forward and backward."""
    ahead, back = _oneway(tags)
    return (
        _care(tags, "forward") if ahead else CoachCare.CLOSED,
        _care(tags, "backward") if back else CoachCare.CLOSED,
    )


def may_drive(tags: Mapping[str, str]) -> bool:
    """Whether any coach may use a way with these tags in at least one direction."""
    return any(care is not CoachCare.CLOSED for care in coach_care(tags))


def _care(tags: Mapping[str, str], direction: str) -> CoachCare:
    highway, service = tags.get("highway", ""), tags.get("service", "")
    if highway not in CLASS_KMH or tags.get("area") == "yes" or tags.get("smoothness", "") in ROUGH:
        return CoachCare.CLOSED
    if tags.get("ford", "no") != "no" or tags.get("indoor") == "yes" or tags.get("route") == "ferry":
        return CoachCare.CLOSED
    explicit = verdict(tags, COACH_KEYS, direction)
    said = explicit or _general(tags, direction)
    if said is AccessVerdict.CLOSED or (explicit is None and _needs_explicit(highway, service)):
        return CoachCare.CLOSED
    if said is AccessVerdict.LOCAL or highway in EXPLICIT_CLASSES or service in LOCAL_SERVICES:
        return CoachCare.LOCAL
    return CoachCare.AVOID if verdict(tags, ("hgv",), direction) in _AVOIDED else CoachCare.PLAIN


_AVOIDED = frozenset({AccessVerdict.CLOSED, AccessVerdict.LOCAL})


def _general(tags: Mapping[str, str], direction: str) -> AccessVerdict | None:
    """What the tags for wider groups of vehicles say."""
    if AccessVerdict.CLOSED in {verdict(tags, (key,), direction) for key in ("bus", "psv")}:
        return AccessVerdict.CLOSED
    kinds = [verdict(tags, (key,), direction) for key in ("motorcar", "hgv")]
    if kinds == [AccessVerdict.CLOSED, AccessVerdict.CLOSED]:
        return AccessVerdict.CLOSED
    return verdict(tags, GENERAL_KEYS[len(COACH_KEYS) :], direction)


def _needs_explicit(highway: str, service: str) -> bool:
    return highway in EXPLICIT_CLASSES or (highway == "service" and service in CLOSED_SERVICES)


def _oneway(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Which directions the one-way tags leave open: (forward, backward)."""
    value = next((tags[key] for key in _ONEWAY_KEYS if key in tags), "")
    if value in _FORWARD:
        return True, False
    if value in _BACKWARD:
        return False, True
    if value == "reversible":
        return False, False
    implied = tags.get("junction", "") in {"roundabout", "circular"} or tags.get("highway", "") in {
        "motorway",
        "motorway_link",
    }
    return True, value == "no" or not implied
