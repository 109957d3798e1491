"""Who may walk where: OSM's access rules for pedestrians.

Sources: OSM wiki, "OSM tags for routing/Access restrictions" (defaults by
highway class), "Key:access" (the more specific key wins: `foot` over
`access`), "Key:foot", "Key:sidewalk", "Key:conveying", "Tag:motorroad=yes".
Defaults that differ between countries (trunk roads, cycleways) are taken from
the strict ones: closed unless a tag says that walkers may use them.
What is open at certain hours only ("foot:conditional") counts as open here; streets.build.conditions
keeps the hours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.streets.build.rules import KINDS, highway_class, sidewalk
from planner.streets.build.tag_values import is_yes

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEEDS_PERMISSION = {"motorway", "motorway_link", "trunk", "trunk_link", "cycleway", "bridleway", "busway"}
_SIDEWALK_OPENS = {"trunk", "trunk_link", "cycleway", "busway"}
ALLOWED = {
    "yes", "designated", "permissive", "destination", "official", "public", "customers", "discouraged",
    "limited",
}  # fmt: skip
FORBIDDEN = {
    "no", "private", "permit", "use_sidepath", "agricultural", "forestry", "delivery", "military",
    "employees", "residents", "emergency",
}  # fmt: skip
_UNBUILT = ("construction", "proposed", "abandoned", "disused", "razed", "demolished")
FIRST_HARD_SCALE = 2
"""From T2 on a path needs sure feet and boots (OSM wiki, Key:sac_scale): for those who ask for it."""

_SCALES = {
    "hiking": 1, "mountain_hiking": 2, "demanding_mountain_hiking": 3, "alpine_hiking": 4,
    "demanding_alpine_hiking": 5, "difficult_alpine_hiking": 6,
}  # fmt: skip

_CONDITIONAL = ("foot", "access")
_GRANTED = re.compile(r"([^@;]+?)\s*@")


def may_walk(tags: Mapping[str, str]) -> bool:
    """Whether a pedestrian may use a way with these tags in at least one direction, at some hour."""
    return any(walk_directions(tags))


def may_walk_now(tags: Mapping[str, str]) -> bool:
    """The same as a rule, whatever holds at certain hours."""
    return any(_directions(tags))


def as_a_rule(tags: Mapping[str, str]) -> dict[str, str]:
    """Return tags without those that hold on conditions only."""
    return {key: value for key, value in tags.items() if not key.endswith(":conditional")}


def at_best(tags: Mapping[str, str]) -> Mapping[str, str]:
    """Return tags with what they grant at certain hours as if it held always."""
    granted = {
        key: value
        for key in _CONDITIONAL
        for value in _GRANTED.findall(tags.get(f"{key}:conditional", ""))
        if value.strip() in ALLOWED
    }
    if "yes" in tags.get("locked", "") and "no" in tags.get("locked:conditional", ""):
        granted["locked"] = "no"
    return {**tags, **{key: value.strip() for key, value in granted.items()}} if granted else tags


def hiking_scale(tags: Mapping[str, str]) -> int:
    """Return how hard a hiking path is by `sac_scale`: 1 to 6, 0 where nothing is said."""
    value = tags.get("sac_scale", "")
    return _SCALES.get(value) or (int(value[1]) if re.fullmatch("T[1-6]", value) else 0)


def may_hike(tags: Mapping[str, str]) -> bool:
    """Whether a pedestrian may use a way at some hour, though perhaps only one who asks for hard paths."""
    return any(hike_directions(tags))


def hike_directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """The same as `walk_directions`, however hard the path is."""
    return walk_directions({key: value for key, value in tags.items() if key != "sac_scale"})


def walk_directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether a pedestrian may use a way with these tags forward and backward, at some hour."""
    return _directions(at_best(tags))


def _directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    highway = highway_class(tags)
    if highway not in KINDS or _is_unfit(tags):
        return False, False
    forward = _is_allowed(highway, tags, tags.get("foot:forward", tags.get("foot", "")))
    backward = _is_allowed(highway, tags, tags.get("foot:backward", tags.get("foot", "")))
    one_way = _one_way(tags)
    return forward and one_way != "backward", backward and one_way != "forward"


def _is_unfit(tags: Mapping[str, str]) -> bool:
    """Whether a way cannot be walked whatever its access: not built yet or any more, or for climbers."""
    return any(is_yes(tags.get(key)) for key in _UNBUILT) or hiking_scale(tags) >= FIRST_HARD_SCALE


def _is_allowed(highway: str, tags: Mapping[str, str], foot: str) -> bool:
    if is_yes(tags.get("motorroad")) or is_yes(tags.get("locked")) or foot in FORBIDDEN:
        return False
    if foot in ALLOWED:
        return True
    if tags.get("access", "yes") in FORBIDDEN:
        return False
    if highway in _NEEDS_PERMISSION:
        return highway in _SIDEWALK_OPENS and sidewalk(tags) == "yes"
    return True


def _one_way(tags: Mapping[str, str]) -> str:
    """Return 'forward' or 'backward' where pedestrians may go one way only, else ''.

    A plain `oneway` is about vehicles, except on what moves people along.
    """
    conveying = tags.get("conveying", "no")
    if conveying in {"forward", "backward"}:
        return conveying
    oneway = tags.get("oneway:foot", tags.get("oneway", "no") if conveying == "yes" else "no")
    if oneway == "-1":
        return "backward"
    return "forward" if is_yes(oneway) else ""
