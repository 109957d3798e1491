"""Finding sites: by words without diacritics, by theme, by what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.sites import Site, StepFree
from planner.services.catalogue.care.doubts import Doubt, doubts_of
from planner.services.catalogue.text import fold
from planner.store.catalogue import StoredSite

if TYPE_CHECKING:
    from collections.abc import Iterable


class SiteState(StrEnum):
    """Which sites a list shows."""

    ALL = ""
    UNPLACED = "unplaced"
    UNCONFIRMED = "unconfirmed"
    ARCHIVED = "archived"
    STALE = "stale"
    NO_HOURS = "no_hours"
    FROM_OSM = "from_osm"
    UNTRANSLATED = "untranslated"


_DOUBTS = {SiteState(doubt.value): doubt for doubt in Doubt}
"""The states that stand for a doubt."""


@dataclass(frozen=True)
class SiteQuery:
    """What is looked for. `theme_words` are further words that a theme is found by.

    `today` is the day by which an entry is stale; `fits` is asked of those that are left, None where all do.
    """

    words: str = ""
    theme: str = ""
    state: SiteState = SiteState.ALL
    theme_words: Mapping[str, str] = field(default_factory=dict)
    step_free: bool = False
    confirmed: bool = False
    today: date | None = None
    fits: Callable[[Site], bool] | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is left out but the archive."""
        narrows = self.step_free or self.confirmed or self.fits is not None
        return not (self.words.strip() or self.theme or self.state or narrows)


@dataclass(frozen=True)
class FoundSites:
    """The sites of a query, with how many each theme and each state would show of the words asked for."""

    sites: tuple[StoredSite, ...]
    themes: Mapping[str, int]
    states: Mapping[SiteState, int]


def search(stored: Iterable[StoredSite], query: SiteQuery, language: str) -> FoundSites:
    """Find sites, in order of their names."""
    words = fold(query.words).split()
    worded = [
        entry
        for entry in stored
        if _has_words(_searched(entry.site, query.theme_words), words) and _is_wanted(entry.site, query)
    ]
    themed = [entry for entry in worded if not query.theme or query.theme in entry.site.themes]
    shown = [entry for entry in themed if _is_in(entry, query.state, query.today)]
    in_state = [entry for entry in worded if _is_in(entry, query.state, query.today)]
    return FoundSites(
        sites=tuple(sorted(shown, key=lambda entry: _order(entry.site, language))),
        themes=Counter(theme for entry in in_state for theme in entry.site.themes),
        states={state: sum(_is_in(entry, state, query.today) for entry in themed) for state in SiteState},
    )


def _is_wanted(site: Site, query: SiteQuery) -> bool:
    if query.step_free and site.step_free is not StepFree.YES:
        return False
    if query.confirmed and not site.is_confirmed:
        return False
    return query.fits is None or query.fits(site)


def _is_in(entry: StoredSite, state: SiteState, today: date | None) -> bool:
    if entry.archived or state is SiteState.ARCHIVED:
        return entry.archived and state is SiteState.ARCHIVED
    if state is SiteState.UNPLACED:
        return entry.site.location.at is None
    if state in _DOUBTS:
        return today is not None and _DOUBTS[state] in doubts_of(entry.site, today)
    return state is SiteState.ALL or not entry.site.is_confirmed


def offered(sites: Iterable[Site], words: str) -> list[Site]:
    """Find sites to put into a visit, by their ids too, in the order they come; no words find none."""
    wanted = fold(words).split()
    return [site for site in sites if wanted and _has_words(f"{_searched(site, {})}\n{site.id}", wanted)]


def _searched(site: Site, theme_words: Mapping[str, str]) -> str:
    themes = (f"{theme} {theme_words.get(theme, '')}" for theme in site.themes)
    return "\n".join((*site.name.values(), site.address, *themes))


def _has_words(text: str, words: list[str]) -> bool:
    folded = fold(text) if words else ""
    return all(word in folded for word in words)


def _order(site: Site, language: str) -> tuple[str, str]:
    name = site.name.get(language) or site.name.get("pl") or next(filter(None, site.name.values()), "")
    return fold(name), site.id
