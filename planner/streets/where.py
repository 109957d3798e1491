"""In which country and time zone a place lies, from the table of zones that comes with the time zones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale

from planner.domain.geo import LonLat, distance_m

LOCALES = ("en", "pl", "de", "fr", "cs", "sk", "uk", "es", "it")
"""Languages in which the last word of a place's full name may tell its country."""

CODE_LENGTH = 2
_PARTS = 3


@dataclass(frozen=True)
class Where:
    """An ISO code and an IANA zone."""

    country: str
    timezone: str


@dataclass(frozen=True)
class _Zone:
    country: str
    at: LonLat
    timezone: str


def where(at: LonLat, full_name: str = "") -> Where:
    """Return where a position (lon, lat) lies.

    The country is the one that the full name ends with, "Krems, Lower Austria, Austria"; without one that of
    the nearest city that a zone is named after: near a border that may be the neighbour's. The zone is the
    nearest of the country's.
    """
    country = country_of(full_name)
    zones = [zone for zone in _zones() if not country or zone.country == country] or list(_zones())
    nearest = min(zones, key=lambda zone: distance_m(zone.at, at))
    return Where(country or nearest.country, nearest.timezone)


def country_of(full_name: str) -> str:
    """Return the ISO code of the country that a full name ends with, "" where it is not known."""
    name = full_name.rpartition(",")[2].strip().casefold()
    return _countries().get(name, "")


@cache
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in LOCALES:
        for code, name in Locale(language).territories.items():
            if len(code) == CODE_LENGTH and code.isalpha():
                names.setdefault(str(name).casefold(), code)
    return names


@cache
def _zones() -> tuple[_Zone, ...]:
    """The zones of the table: country, place as +DDMM+DDDMM, name."""
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return tuple(_Zone(row[0], _position(row[1]), row[2]) for row in rows if len(row) >= _PARTS)


def _position(text: str) -> LonLat:
    """Degrees, east then north, of ISO 6709 as +DDMM+DDDMM or with seconds."""
    split = max(text.rfind("+"), text.rfind("-"))
    return _degrees(text[split:], 3), _degrees(text[:split], 2)


def _degrees(text: str, digits: int) -> float:
    sign, number = (-1 if text[0] == "-" else 1), text[1:]
    minutes, seconds = int(number[digits : digits + 2] or 0), int(number[digits + 2 :] or 0)
    return sign * (int(number[:digits]) + minutes / 60 + seconds / 3600)
