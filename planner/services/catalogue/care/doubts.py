"""What of an entry is in doubt: not checked for long, hours that nobody knows, texts in one language only."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.limits import LANGUAGES
from planner.domain.sites import HoursStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.domain.sites import Site
    from planner.domain.text import LocalText

STALE = timedelta(days=365)
"""What somebody checked longer ago than this may have changed since."""

_OSM = ("openstreetmap", "osm.org")
_TEXTS = ("name", "summary", "description", "notes")


class Doubt(StrEnum):
    """Why an entry wants a look."""

    STALE = "stale"
    """Confirmed once, but more than a year ago."""
    NO_HOURS = "no_hours"
    """Nobody knows when it is open."""
    FROM_OSM = "from_osm"
    """Taken from OpenStreetMap, and nobody has confirmed it."""
    UNTRANSLATED = "untranslated"
    """A text is there in one language and not in another."""


def doubts_of(site: Site, today: date) -> frozenset[Doubt]:
    """Return why an entry wants a look."""
    tests = {
        Doubt.STALE: is_stale(site, today),
        Doubt.NO_HOURS: site.hours_status is HoursStatus.UNKNOWN,
        Doubt.FROM_OSM: not site.is_confirmed and _is_from_osm(site),
        Doubt.UNTRANSLATED: bool(missing_texts(site)),
    }
    return frozenset(doubt for doubt, is_so in tests.items() if is_so)


def is_stale(site: Site, today: date) -> bool:
    """Whether the entry was confirmed, but too long ago; a date that is none counts as long ago."""
    if not site.confirmed_on:
        return False
    try:
        return today - date.fromisoformat(site.confirmed_on) > STALE
    except ValueError:
        return True


def missing_texts(site: Site) -> tuple[tuple[str, str], ...]:
    """Return the texts that are missing, each as its name and the language: `("summary", "en")`."""
    return tuple(
        (name, language)
        for name in _TEXTS
        for language in LANGUAGES
        if not _said(getattr(site, name), language) and _is_said(getattr(site, name))
    )


def counts(sites: Iterable[Site], today: date) -> Mapping[Doubt, int]:
    """Return how many sites there are of each doubt."""
    found = [doubts_of(site, today) for site in sites]
    return {doubt: sum(doubt in doubts for doubts in found) for doubt in Doubt}


def _said(text: LocalText, language: str) -> str:
    return text.get(language, "").strip()


def _is_said(text: LocalText) -> bool:
    return any(said.strip() for said in text.values())


def _is_from_osm(site: Site) -> bool:
    told = " ".join((*site.sources, site.licence)).casefold()
    return any(word in told for word in _OSM)
