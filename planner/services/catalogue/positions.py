"""A position as people type it: decimal degrees in either order, or degrees, minutes and seconds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.services.catalogue.rules import Problem, position_problems

if TYPE_CHECKING:
    from planner.domain.geo import LonLat
    from planner.services.catalogue.rules import RuleContext

_PART = re.compile(
    r"""([NSEW])?\s*(-?\d+(?:[.,]\d+)?)\s*(?:°|º|\bdeg\b)?
        (?:\s*(\d+(?:[.,]\d+)?)\s*['′’](?!['′’])
           (?:\s*(\d+(?:[.,]\d+)?)\s*(?:["″”]|''))?)?
        \s*(?:([NSEW])(?![A-Z]))?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_BETWEEN = re.compile(r"[\s,;/]*")
_WHOLE = 2
DIGITS = 7
"""Of a degree: OpenStreetMap's own precision, a centimetre."""


def parse_position(text: str, context: RuleContext) -> tuple[LonLat | None, list[Problem]]:
    """Read a position as (lon, lat); an empty text is none, and nothing is wrong with that.

    The order is that which lies in the town; letters (N, E) decide before that.
    """
    if not text.strip():
        return None, []
    parts = _parts(text.strip())
    if parts is None:
        return None, [Problem("position", "not_a_position", {"value": text.strip()[:60]})]
    (first, letter), (second, other) = parts
    if letter in ("E", "W") or other in ("N", "S"):
        orders: tuple[LonLat, ...] = ((first, second),)
    elif letter or other:
        orders = ((second, first),)
    else:
        orders = ((second, first), (first, second))
    problems = [(at, list(position_problems(at, context))) for at in orders]
    at, wrong = next((pair for pair in problems if not pair[1]), problems[0])
    lon, lat = at
    at = (round(lon, DIGITS), round(lat, DIGITS))
    return (None if wrong else at), [Problem("position", problem.code, problem.params) for problem in wrong]


def position_text(at: LonLat | None) -> str:
    """The position as it is typed: latitude first, as on signs and in other maps."""
    return "" if at is None else f"{_degrees(at[1])}, {_degrees(at[0])}"


def _degrees(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".")


def _parts(text: str) -> tuple[tuple[float, str], tuple[float, str]] | None:
    """The two numbers with their letters; None unless the text is just that."""
    numbers: list[tuple[float, str]] = []
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None or len(numbers) == _WHOLE:
            return None
        degrees = abs(_number(match[2])) + _number(match[3]) / 60 + _number(match[4]) / 3600
        letter = (match[1] or match[5] or "").upper()
        is_negative = match[2].startswith("-") or letter in ("S", "W")
        numbers.append((-degrees if is_negative else degrees, letter))
        between = _BETWEEN.match(text, match.end())
        at = between.end() if between else match.end()
    return (numbers[0], numbers[1]) if len(numbers) == _WHOLE else None


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))
