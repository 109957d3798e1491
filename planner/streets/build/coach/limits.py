"""What is too high, heavy, long or wide for a way: metres and tonnes out of OSM's values.

Source: OSM wiki, "Key:maxheight", "Key:maxweight", "Map features/Units": a plain
number is metres or tonnes; feet and inches, pounds and other units are written out.
"""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from planner.streets.build.coach.parameters import UNTAGGED_RESTRICTOR_M

if TYPE_CHECKING:
    from collections.abc import Mapping

Limits = tuple[float, float, float, float]
"""Height m, weight t, length m, width m; inf where there is none."""

NO_LIMITS: Limits = (inf, inf, inf, inf)

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_FEET = re.compile(rf"^{_NUMBER}\s*(?:'|ft|feet)\s*(?:{_NUMBER}\s*(?:\"|''|in)?)?$")
_INCHES = re.compile(rf"^{_NUMBER}\s*(?:\"|''|in)$")
_PLAIN = re.compile(rf"^{_NUMBER}\s*([a-z]*)$")
_METRES = {
    "": 1.0,
    "m": 1.0,
    "meter": 1.0,
    "metre": 1.0,
    "meters": 1.0,
    "metres": 1.0,
    "cm": 0.01,
    "mm": 0.001,
}
_TONNES = {
    "": 1.0, "t": 1.0, "to": 1.0, "mt": 1.0, "ton": 1.0, "tons": 1.0, "tonne": 1.0, "tonnes": 1.0,
    "kg": 0.001, "st": 0.90718474, "lbs": 0.00045359237, "lb": 0.00045359237, "cwt": 0.0508,
}  # fmt: skip
_FOOT_M, _INCH_M = 0.3048, 0.0254

_KEYS = (
    ("maxheight", "maxheight:physical", "maxheight:coach", "maxheight:bus"),
    ("maxweight", "maxweight:coach", "maxweight:bus", "maxweightrating:bus", "maxgcweight"),
    ("maxlength", "maxlength:coach", "maxlength:bus"),
    ("maxwidth", "maxwidth:physical", "maxwidth:coach", "maxwidth:bus"),
)


def metres(value: str) -> float:
    """The metres of a height, length or width; inf for what is no number, as "default" or "below_default"."""
    text = value.strip().lower().replace("\N{PRIME}", "'").replace("\N{DOUBLE PRIME}", '"')
    if match := _FEET.match(text):
        feet, inches = (_number(part) for part in match.groups("0"))
        return feet * _FOOT_M + inches * _INCH_M
    if match := _INCHES.match(text):
        return _number(match[1]) * _INCH_M
    return _with_unit(text, _METRES)


def tonnes(value: str) -> float:
    """The tonnes of a weight; inf for what is no number."""
    return _with_unit(value.strip().lower(), _TONNES)


def coach_limits(tags: Mapping[str, str]) -> Limits:
    """The limits of a way or of a barrier on it, the strictest of each kind."""
    height, weight, length, width = (
        min((read(part) for key in keys for part in _values(tags, key)), default=inf)
        for keys, read in zip(_KEYS, (metres, tonnes, metres, metres), strict=True)
    )
    if tags.get("barrier") == "height_restrictor" and height == inf:
        height = UNTAGGED_RESTRICTOR_M
    if "highway" in tags:
        width = min(width, metres(tags.get("width", "")))
    return (height, weight, length, width)


def _values(tags: Mapping[str, str], key: str) -> list[str]:
    """The values of a key, also by direction: a coach is not asked which way it goes under a bridge."""
    return [tags[name] for name in (key, f"{key}:forward", f"{key}:backward") if name in tags]


def _with_unit(text: str, units: Mapping[str, float]) -> float:
    match = _PLAIN.match(text)
    if match is None or match[2] not in units:
        return inf
    return _number(match[1]) * units[match[2]] or inf


def _number(text: str) -> float:
    return float(text.replace(",", "."))
