"""A warning as its sentence, and as a notice with its tone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from planner.domain.warnings.codes import Late, OfFacts, OfHours, OfRides, OfRules, OfWays
from planner.domain.warnings.severity import tone_of_warning
from planner.words.formats import spaced
from planner.words.translation import force_locale
from planner.words.warnings import facts, hours, rides, rules, ways

if TYPE_CHECKING:
    from planner.domain.warnings.codes import Warning


@dataclass(frozen=True)
class Notice:
    """A warning ready to be read: its code for programs, its tone for the eye, its sentence.

    `next_day` is how a time is written that is meant after midnight, '' where none is.
    """

    code: str
    tone: str
    text: str
    next_day: str = ""


def notice(warning: Warning, language: str) -> Notice:
    """Return a warning as tone and sentence; needs an application context."""
    next_day = spaced(warning.next_day) if isinstance(warning, Late) else ""
    return Notice(str(warning.code), str(tone_of_warning(warning)), sentence(warning, language), next_day)


def sentence(warning: Warning, language: str) -> str:
    """Return a warning's sentence in a language; needs an application context."""
    with force_locale(language):
        if isinstance(warning, OfHours):
            return hours.sentence(warning, language)
        if isinstance(warning, OfWays):
            return ways.sentence(warning, language)
        if isinstance(warning, OfRides):
            return rides.sentence(warning, language)
        if isinstance(warning, OfFacts):
            return facts.sentence(warning, language)
        if isinstance(warning, OfRules):
            return rules.sentence(warning, language)
        assert_never(warning)
