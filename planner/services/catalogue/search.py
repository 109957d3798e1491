"""Finding sites: by words without diacritics, by theme, by what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.services.catalogue.text import fold
from planner.store.catalogue import StoredSite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.sites import Site


class SiteState(StrEnum):
    """Which sites a list shows."""

    ALL = ""
    UNPLACED = "unplaced"
    UNCONFIRMED = "unconfirmed"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class SiteQuery:
    """What is looked for. `theme_words` are further words that a theme is found by."""

    words: str = ""
    theme: str = ""
    state: SiteState = SiteState.ALL
    theme_words: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether nothing is left out but the archive."""
        return not (self.words.strip() or self.theme or self.state)


@dataclass(frozen=True)
class FoundSites:
    """The sites of a query, with how many each theme and each state would show of the words asked for."""

    sites: tuple[StoredSite, ...]
    themes: Mapping[str, int]
    states: Mapping[SiteState, int]


def search(stored: Iterable[StoredSite], query: SiteQuery, language: str) -> FoundSites:
    """Find sites, in order of their names."""
    words = fold(query.words).split()
    worded = [entry for entry in stored if _has_words(_searched(entry.site, query.theme_words), words)]
    themed = [entry for entry in worded if not query.theme or query.theme in entry.site.themes]
    shown = [entry for entry in themed if _is_in(entry, query.state)]
    in_state = [entry for entry in worded if _is_in(entry, query.state)]
    return FoundSites(
        sites=tuple(sorted(shown, key=lambda entry: _order(entry.site, language))),
        themes=Counter(theme for entry in in_state for theme in entry.site.themes),
        states={state: sum(_is_in(entry, state) for entry in themed) for state in SiteState},
    )


def _is_in(entry: StoredSite, state: SiteState) -> bool:
    if entry.archived or state is SiteState.ARCHIVED:
        return entry.archived and state is SiteState.ARCHIVED
    if state is SiteState.UNPLACED:
        return entry.site.location.at is None
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
