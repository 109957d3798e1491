"""What a way is: its kind and what it is made of, whoever uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.streets.build.tag_values import incline_percent, is_yes
from planner.streets.files import EdgeFlag, WayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, WayKind] = {
    **dict.fromkeys(
        (
            "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link", "tertiary",
            "tertiary_link", "unclassified", "residential", "living_street", "road", "busway",
        ),
        WayKind.STREET,
    ),
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
    "ferry": WayKind.FERRY,
    "motorway": WayKind.MOTORWAY,
    "motorway_link": WayKind.MOTORWAY,
}  # fmt: skip
"""Highway classes that somebody uses; all others (works, plans) are closed to all."""

MAIN_ROADS = {"motorway", "trunk", "primary", "secondary"}

_LEAST_SLOPE = 1.0
"""Percent: a smaller incline is level to a walker."""


def highway_class(tags: Mapping[str, str]) -> str:
    """Return the `highway` value by which a way is judged, '' where it is none.

    A platform of a railway or of public transport needs no `highway` to be walked on
    (OSM wiki, Tag:railway=platform and Tag:public_transport=platform), nor does a ferry.
    """
    highway = tags.get("highway", "")
    if not highway and tags.get("route") == "ferry":
        return "ferry"
    if not highway and "platform" in (tags.get("railway"), tags.get("public_transport")):
        return "platform"
    return highway


def way_kind(tags: Mapping[str, str]) -> WayKind | None:
    """Return what kind of way these tags make, None where nobody uses it."""
    kind = KINDS.get(highway_class(tags))
    if kind is WayKind.FOOTWAY:
        return {"sidewalk": WayKind.SIDEWALK, "crossing": WayKind.CROSSING}.get(
            tags.get("footway", ""), WayKind.FOOTWAY
        )
    return kind


def is_main_road(tags: Mapping[str, str]) -> bool:
    """Whether a way is a road whose crossing is worth a word."""
    return tags.get("highway", "").removesuffix("_link") in MAIN_ROADS


def edge_flags(tags: Mapping[str, str]) -> EdgeFlag:
    """Return what a way with these tags is made of; UP and DOWN along the way's own direction."""
    tests = {
        EdgeFlag.STEPS: tags.get("highway") == "steps",
        EdgeFlag.TUNNEL: tags.get("tunnel", "no") not in {"no", ""},
        EdgeFlag.BRIDGE: tags.get("bridge", "no") not in {"no", ""},
        EdgeFlag.ESTIMATED: tags.get("source") == "estimate",
        EdgeFlag.MAIN_ROAD: is_main_road(tags),
        EdgeFlag.ROUNDABOUT: tags.get("junction") in {"roundabout", "circular"},
        EdgeFlag.HIKING: is_hiking(tags),
        EdgeFlag.NO_PAVEMENT: is_bare_carriageway(tags),
        EdgeFlag.OFF_GROUND: not is_on_ground(tags),
        EdgeFlag.PRIVATE: not {"private", "permit"}.isdisjoint((tags.get("foot"), tags.get("access"))),
    }
    flags = EdgeFlag(0)
    for flag, is_set in tests.items():
        if is_set:
            flags |= flag
    return flags | _slope_flags(tags)


_WITHIN = {"yes", "both", "left", "right"}
_SIDEWALK_KEYS = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")


def sidewalk(tags: Mapping[str, str]) -> str:
    """Return 'yes' for a sidewalk beside the carriageway, 'separate' for one drawn as a way of its own,
    'no' where there is none on either side, '' where nothing is said.
    """  # noqa: D205
    values = {tags[key] for key in _SIDEWALK_KEYS if key in tags}
    if values & _WITHIN:
        return "yes"
    if "separate" in values:
        return "separate"
    if tags.get("sidewalk") in {"no", "none"} or tags.get("sidewalk:both") in {"no", "none"}:
        return "no"
    sides = {tags.get("sidewalk:left"), tags.get("sidewalk:right")}
    return "no" if sides <= {"no", "none"} else ""


_SHOULDER_KEYS = ("shoulder", "shoulder:both", "shoulder:left", "shoulder:right")
_SHARED = {"living_street", "busway"}
"""Streets where people walk as they like, and those where they do not walk at all."""


def is_bare_carriageway(tags: Mapping[str, str]) -> bool:
    """Whether a way is a road of which the map says that it has no pavement, and does not say that it has a
    shoulder (OSM wiki, "Key:sidewalk", "Key:shoulder").
    """  # noqa: D205
    highway = highway_class(tags)
    if KINDS.get(highway) is not WayKind.STREET or highway in _SHARED or sidewalk(tags) != "no":
        return False
    return _WITHIN.isdisjoint(tags.get(key, "") for key in _SHOULDER_KEYS)


_FAINT = {"bad", "horrible", "no"}


def is_hiking(tags: Mapping[str, str]) -> bool:
    """Whether a way is a path in rough country: easy hiking, hardly to be seen, or hard for bicycles."""
    is_rough = tags.get("mtb:scale", "0")[:1] in {"2", "3", "4", "5", "6"}
    return "sac_scale" in tags or tags.get("trail_visibility") in _FAINT or is_rough


_ROOFED = {"no", "", "building_passage", "avalanche_protector", "flooded"}
_INSIDE = {"yes", "corridor", "room", "area", "wall"}
_LEVEL = re.compile(r"(-?\d+(?:\.\d+)?)(?:-(-?\d+(?:\.\d+)?))?")


def is_on_ground(tags: Mapping[str, str]) -> bool:
    """Whether somebody in the street stands on a way with these tags, not over or under it.

    Sources: OSM wiki, "Key:level" (also a range, or several), "Key:layer", "Key:indoor", "Key:tunnel": a
    passage through a building is on the ground, and so is what a roof covers.
    """
    if tags.get("tunnel", "no") not in _ROOFED or tags.get("indoor") in _INSIDE:
        return False
    if tags.get("highway") == "corridor" or tags.get("location") in {"underground", "indoor"}:
        return False
    layer = _LEVEL.fullmatch(tags.get("layer", "").strip())
    return is_ground_level(tags.get("level", "")) and not (layer and float(layer[1]) < 0)


def is_ground_level(level: str) -> bool:
    """Whether a `level` is the ground's, also among others; a level that is no number is taken for it."""
    spans = [_LEVEL.fullmatch(part.strip()) for part in level.split(";")]
    return any(span is None or float(span[1]) <= 0 <= float(span[2] or span[1]) for span in spans)


def _slope_flags(tags: Mapping[str, str]) -> EdgeFlag:
    incline = tags.get("incline", "")
    percent = incline_percent(incline)
    if percent is None and incline not in {"up", "down"}:
        return EdgeFlag(0)
    if incline == "up" or (percent or 0) >= _LEAST_SLOPE:
        return EdgeFlag.INCLINE_TAGGED | EdgeFlag.UP
    if incline == "down" or (percent or 0) <= -_LEAST_SLOPE:
        return EdgeFlag.INCLINE_TAGGED | EdgeFlag.DOWN
    return EdgeFlag.INCLINE_TAGGED


def is_area(tags: Mapping[str, str]) -> bool:
    """Whether a closed way with these tags is a surface, not a loop.

    Platforms are surfaces when closed; for all others `area=yes` must say so
    (OSM wiki, Key:area and Tag:highway=pedestrian).
    """
    if highway_class(tags) == "platform":
        return tags.get("area") != "no"
    return is_yes(tags.get("area"))
