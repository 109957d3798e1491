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
}  # fmt: skip
"""Highway classes a pedestrian can meet; all others (motorways, works, plans) are closed."""

_NEEDS_PERMISSION = {"trunk", "trunk_link", "cycleway", "bridleway"}
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


def edge_flags(tags: Mapping[str, str]) -> EdgeFlag:
    """Return the flags of a way with these tags; none of the WALK ones where it is closed."""
    flags = EdgeFlag(0)
    if may_walk(tags):
        oneway = tags.get("oneway:foot", "no")
        if oneway != "-1":
            flags |= EdgeFlag.WALK_FORWARD
        if oneway not in {"yes", "1", "true"}:
            flags |= EdgeFlag.WALK_BACKWARD
    if tags.get("highway") == "steps":
        flags |= EdgeFlag.STEPS
    if tags.get("tunnel", "no") not in {"no", ""}:
        flags |= EdgeFlag.TUNNEL
    if tags.get("bridge", "no") not in {"no", ""}:
        flags |= EdgeFlag.BRIDGE
    if tags.get("source") == "estimate":
        flags |= EdgeFlag.ESTIMATED
    return flags
