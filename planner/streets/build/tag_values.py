"""Numbers and yes or no out of what people write into tags."""

from __future__ import annotations

import re
from math import radians, tan

_NUMBER = r"(-?\d{1,6}(?:[.,]\d{1,6})?)"
_INCLINE = re.compile(rf"{_NUMBER}\s*(%|°|deg)?")
_RATIO = re.compile(rf"{_NUMBER}\s*:\s*{_NUMBER}")
_LENGTH = re.compile(rf"{_NUMBER}\s*(m|cm|mm|ft|')?")
_FEET = re.compile(r"(\d{1,4})'\s*(?:(\d{1,2})\"?)?")
_METRES = {"m": 1.0, "cm": 0.01, "mm": 0.001, "ft": 0.3048, "'": 0.3048, None: 1.0}
_INCH_M = 0.0254
STEEPEST = 100.0
"""Percent: more than 45 degrees is no way, and a slip of the pen."""


def is_yes(value: str | None) -> bool:
    """Whether a tag says yes in one of the three usual forms."""
    return value in {"yes", "true", "1"}


def incline_percent(text: str) -> float | None:
    """Return an `incline` in percent, positive uphill; None where it gives no number.

    Understood are percent with or without its sign, degrees, and a ratio as 1:12
    (OSM wiki, Key:incline).
    """
    text = text.strip()
    if ratio := _RATIO.fullmatch(text):
        rise, run = _float(ratio[1]), _float(ratio[2])
        return _sane(100 * rise / run) if run > 0 else None
    match = _INCLINE.fullmatch(text)
    if match is None:
        return None
    value = _float(match[1])
    if match[2] in {"°", "deg"}:
        return _sane(100 * tan(radians(value))) if abs(value) <= 45 else None  # noqa: PLR2004 - degrees
    return _sane(value)


def _sane(percent: float) -> float | None:
    return percent if abs(percent) <= STEEPEST else None


def metres(text: str) -> float | None:
    """Return a width, height or the like in metres, None where it gives none.

    The unit is metres unless it is named; feet and inches as 6'7" are understood
    (OSM wiki, Map features/Units).
    """
    text = text.strip()
    if feet := _FEET.fullmatch(text):
        return int(feet[1]) * _METRES["ft"] + int(feet[2] or 0) * _INCH_M
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    value = _float(match[1]) * _METRES[match[2]]
    return value if value >= 0 else None


_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3})(?::(\d{2}))?")
_ISO = re.compile(r"P?T?(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?", re.IGNORECASE)


def time_s(text: str) -> float | None:
    """Return a `duration` or `interval` in seconds: minutes, hh:mm, hh:mm:ss or ISO 8601; None for none."""
    match = _CLOCK.fullmatch(text.strip()) or _ISO.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return 3600.0 * hours + 60.0 * minutes + seconds


def count(text: str) -> int | None:
    """Return a whole number that is not negative and below a million, None where it is none."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None


def _float(text: str) -> float:
    return float(text.replace(",", "."))
