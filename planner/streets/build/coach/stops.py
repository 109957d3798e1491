"""Where a coach may stop at the kerb to let people in and out.

Source: OSM wiki, "Key:parking:lane" and "Street parking" for `no_stopping`,
"Tag:highway=bus_stop" for stops. A coach's doors are on the side of the kerb, on
the left where one drives on the left: a kerb is one side of a street, and
belongs to the direction that drives along it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.streets.build.coach.access import AccessVerdict, verdict
from planner.streets.build.coach.parameters import KERB_CLASSES, KERB_MIN_M, KERB_TOP_KMH
from planner.streets.build.coach.speeds import posted_kmh
from planner.streets.build.rules import is_on_ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SIDES = {"forward": "right", "backward": "left"}
_SIDES_ON_THE_LEFT = {"forward": "left", "backward": "right"}
_NO_STOPPING = "no_stopping"
_BUS_KEYS = ("coach", "tourist_bus", "bus", "psv")


def is_kerb(
    tags: Mapping[str, str],
    nodes: Iterable[Mapping[str, str]],
    length_m: float,
    direction: str,
    *,
    drives_left: bool = False,
) -> bool:
    """Whether people may get in and out along an edge of a way that a coach drives in a direction.

    `nodes` are the tags of the edge's nodes: a bus stop among them speaks for it.
    """
    sides = _SIDES_ON_THE_LEFT if drives_left else _SIDES
    if _is_never(tags) or _forbids_stopping(tags, sides[direction]):
        return False
    if any(_is_bus_stop(node) for node in nodes):
        return True
    if tags.get("highway") == "service":
        return verdict(tags, _BUS_KEYS) is AccessVerdict.OPEN and length_m >= KERB_MIN_M
    return (
        tags.get("highway") in KERB_CLASSES
        and length_m >= KERB_MIN_M
        and not KERB_TOP_KMH < posted_kmh(tags, direction) < float("inf")
    )


def _is_never(tags: Mapping[str, str]) -> bool:
    highway = tags.get("highway", "")
    return (
        highway in {"motorway", "living_street", "track", "pedestrian"}
        or highway.endswith("_link")
        or tags.get("junction", "") in {"roundabout", "circular"}
        or any(tags.get(key, "no") not in {"no", ""} for key in ("tunnel", "bridge", "covered"))
        or not is_on_ground(tags)
        or "yes" in {tags.get("motorroad"), tags.get("living_street")}
        or (tags.get("foot") == "no" and tags.get("sidewalk", "no") in {"no", "none"})
    )


def _forbids_stopping(tags: Mapping[str, str], side: str) -> bool:
    keys = [
        f"parking:{pattern}"
        for where in (side, "both")
        for pattern in (where, f"{where}:restriction", f"lane:{where}", f"condition:{where}")
    ]
    return any(tags.get(key) == _NO_STOPPING for key in keys)


def _is_bus_stop(tags: Mapping[str, str]) -> bool:
    if tags.get("highway") == "bus_stop":
        return True
    return tags.get("public_transport") == "stop_position" and tags.get("bus", "no") == "yes"
