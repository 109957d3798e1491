"""Which ways a pedestrian may use, in the plain form of OSM's access rules.

Source: OSM wiki, "OSM tags for routing/Access restrictions" (defaults by
highway class) and "Key:foot" (explicit permission wins over `access`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.streets.files import EdgeFlag, WayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, WayKind] = {
    **dict.fromkeys(
        (
            "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link",
            "unclassified", "residential", "living_street", "road",
        ),
        WayKind.STREET,
    ),
    "trunk": WayKind.STREET,
    "trunk_link": WayKind.STREET,
    "service": WayKind.SERVICE,
    "pedestrian": WayKind.PEDESTRIAN,
    "footway": WayKind.FOOTWAY,
    "path": WayKind.PATH,
    "track": WayKind.TRACK,
    "cycleway": WayKind.CYCLEWAY,
    "bridleway": WayKind.PATH,
    "steps": WayKind.STEPS,
    "corridor": WayKind.CORRIDOR,
    "platform": WayKind.PLATFORM,
    "elevator": WayKind.ELEVATOR,
    "motorway": WayKind.MOTORWAY,
    "motorway_link": WayKind.MOTORWAY,
}  # fmt: skip
"""Highway classes that somebody uses; all others (works, plans) are closed to all."""

_NEEDS_PERMISSION = {"motorway", "motorway_link", "trunk", "trunk_link", "cycleway", "bridleway"}
_ALLOWED = {"yes", "designated", "permissive", "destination", "official"}
_FORBIDDEN = {"no", "private", "use_sidepath", "agricultural", "forestry", "delivery", "military"}
_SIDEWALKS = {"both", "left", "right", "yes", "separate"}


def way_kind(tags: Mapping[str, str]) -> WayKind | None:
    """Return what kind of way these tags make, None where it is none for walkers."""
    kind = KINDS.get(tags.get("highway", ""))
    if kind is WayKind.FOOTWAY:
        return {"sidewalk": WayKind.SIDEWALK, "crossing": WayKind.CROSSING}.get(
            tags.get("footway", ""), WayKind.FOOTWAY
        )
    return kind


def may_walk(tags: Mapping[str, str]) -> bool:
    """Whether a pedestrian may use a way with these tags."""
    highway = tags.get("highway", "")
    foot = tags.get("foot", "")
    if highway not in KINDS or tags.get("motorroad") == "yes" or foot in _FORBIDDEN:
        return False
    if foot in _ALLOWED:
        return True
    if tags.get("access", "yes") in _FORBIDDEN:
        return False
    return highway not in _NEEDS_PERMISSION or tags.get("sidewalk", "") in _SIDEWALKS


def walk_directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether a pedestrian may use a way with these tags forward and backward."""
    if not may_walk(tags):
        return False, False
    oneway = tags.get("oneway:foot", "no")
    return oneway != "-1", oneway not in {"yes", "1", "true"}


def edge_flags(tags: Mapping[str, str]) -> EdgeFlag:
    """Return what a way with these tags is made of."""
    flags = EdgeFlag(0)
    if tags.get("highway") == "steps":
        flags |= EdgeFlag.STEPS
    if tags.get("tunnel", "no") not in {"no", ""}:
        flags |= EdgeFlag.TUNNEL
    if tags.get("bridge", "no") not in {"no", ""}:
        flags |= EdgeFlag.BRIDGE
    if tags.get("source") == "estimate":
        flags |= EdgeFlag.ESTIMATED
    return flags
