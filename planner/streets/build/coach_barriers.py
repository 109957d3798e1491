"""What a barrier on the road is to a coach."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PASSED = {
    "no", "entrance", "toll_booth", "border_control", "sally_port", "kerb", "cattle_grid",
    "height_restrictor", "speed_bump", "bump_gate", "lift_gate",
}  # fmt: skip
_OPEN = {"yes", "designated", "permissive", "destination", "official"}
_LIMITS = ("maxheight", "maxheight:physical", "maxwidth", "maxwidth:physical", "maxweight", "maxlength")
_KEYS = ("bus", "psv", "motor_vehicle", "vehicle", "access")
"""From the most specific to the least (OSM wiki, Key:access, land-based transportation)."""


def matters_to_coach(tags: Mapping[str, str]) -> bool:
    """Whether a node with these tags is more to a coach than a point of a way: closed, or limited in size."""
    return is_closed(tags) or ("barrier" in tags and any(key in tags for key in _LIMITS))


def is_closed(tags: Mapping[str, str]) -> bool:
    """Whether a coach cannot pass a node with these tags.

    The most specific access tag decides; without one the kind of barrier does
    (OSM wiki, Key:barrier).
    """
    said = next((tags[key] for key in _KEYS if key in tags), None)
    if "barrier" in tags and said is not None:
        return said not in _OPEN
    return "barrier" in tags and tags["barrier"] not in _PASSED
