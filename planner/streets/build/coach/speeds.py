"""How fast a coach gets along a way, and what it loses at signals and gates."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from planner.streets.build.coach.barriers import delay_s
from planner.streets.build.coach.parameters import (
    CLASS_KMH,
    IMPLIED_LIMITS_KMH,
    LEAST_KMH,
    POSTED_FACTOR,
    RURAL_KMH,
    RURAL_LIMIT_KMH,
    SIGNAL_S,
    STOP_SIGN_S,
    SURFACE_KMH,
    TOP_KMH,
    USUAL_RURAL_LIMIT_KMH,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SPEED = re.compile(r"^(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph|knots)?$")
_UNITS_KMH = {None: 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852}
_LIMIT_KEYS = ("maxspeed:coach", "maxspeed:tourist_bus", "maxspeed:bus", "maxspeed:motor_vehicle", "maxspeed")
_IMPLYING_KEYS = ("maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic")


def speed_kmh(tags: Mapping[str, str], direction: str, rural_in: str = "") -> float:
    """What a coach keeps up on a way in a direction ("forward", "backward"), 0 where none drives at all.

    `rural_in` is the country of a road over open land, "" in a town.
    """
    highway = tags.get("highway", "")
    usual = CLASS_KMH.get(highway, 0.0)
    if usual == 0.0:
        return 0.0
    if rural_in and highway in RURAL_KMH:
        limit = RURAL_LIMIT_KMH.get(rural_in, USUAL_RURAL_LIMIT_KMH)
        usual = min(RURAL_KMH[highway], POSTED_FACTOR * limit)
    posted = posted_kmh(tags, direction)
    speed = usual if posted == inf else posted * POSTED_FACTOR
    return max(min(speed, SURFACE_KMH.get(tags.get("surface", ""), inf), TOP_KMH), LEAST_KMH)


def posted_kmh(tags: Mapping[str, str], direction: str) -> float:
    """The limit in a direction; inf where none is known."""
    for key in _LIMIT_KEYS:
        for name in (f"{key}:{direction}", key):
            if (limit := _limit_kmh(tags.get(name, ""))) is not None:
                return limit
    implied = (_limit_kmh(tags.get(key, "")) for key in _IMPLYING_KEYS)
    return next((limit for limit in implied if limit is not None), inf)


def _limit_kmh(value: str) -> float | None:
    """A limit out of "50", "30 mph", "PL:urban", "walk", "DE:zone:30"; several values: the lowest."""
    limits = [limit for part in value.split(";") if (limit := _one_limit_kmh(part.strip().lower()))]
    return min(limits, default=None)


def _one_limit_kmh(value: str) -> float | None:
    if match := _SPEED.match(value):
        return float(match[1]) * _UNITS_KMH[match[2]]
    word = re.sub(r"^[a-z]{2}(-[a-z]+)?:", "", value)
    if zone := re.match(r"^(?:zone)?:?(\d+)$", word):
        return float(zone[1])
    return IMPLIED_LIMITS_KMH.get(word)


def stops_s(passed: Iterable[Mapping[str, str]], direction: str) -> float:
    """Seconds lost at the nodes that are passed, given by their tags, in a direction of the way."""
    return sum(_stop_s(tags, direction) for tags in passed)


def _stop_s(tags: Mapping[str, str], direction: str) -> float:
    highway = tags.get("highway", "")
    if highway == "traffic_signals":
        side = tags.get("traffic_signals:direction", tags.get("direction", "both"))
        return SIGNAL_S if side not in _OTHER[direction] else 0.0
    if highway == "stop":
        return STOP_SIGN_S if tags.get("direction", "both") not in _OTHER[direction] else 0.0
    if tags.get("railway") == "level_crossing":
        return STOP_SIGN_S
    return delay_s(tags)


_OTHER = {"forward": {"backward"}, "backward": {"forward"}}
