"""What past visits tell of a stay, as an offer: in a sentence, with what its button says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.words.formats import minutes_text
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from planner.domain.live.learned import LearnedStay

WORTH_MIN = 5
"""A smaller difference is within what any two visits differ by."""


@dataclass(frozen=True)
class LearnedOffer:
    """A stay of other minutes."""

    minutes: int
    text: str
    button: str


def learned_offer(planned_min: int, stay: LearnedStay | None, language: str) -> LearnedOffer | None:
    """Return what to offer for a stay of so many minutes, None where nothing else was learned."""
    if stay is None or abs(stay.minutes - planned_min) < WORTH_MIN:
        return None
    took, planned = minutes_text(stay.minutes, language), minutes_text(planned_min, language)
    text = ngettext(
        "Took %(took)s instead of %(planned)s in %(num)s visit",
        "Took %(took)s instead of %(planned)s in %(num)s visits",
        stay.visits,
        took=took,
        planned=planned,
    )
    return LearnedOffer(stay.minutes, text, gettext("Plan %(minutes)s", minutes=took))
