"""What phones thought of the stops, for the organiser alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.words.formats import number_text
from planner.words.places import PlaceWords
from planner.words.translation import force_locale, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.releases import ReleaseContent
    from planner.services.live.marks import StopMarks


@dataclass(frozen=True)
class MarkLine:
    """A stop with its mean mark, how many gave one, and what they wrote."""

    name: str
    mean: str
    count: str
    texts: tuple[str, ...]


def stop_names(content: ReleaseContent, day: int, language: str) -> tuple[str, ...]:
    """Return what the stops of a day (counted from 0) are called, in its order."""
    words = PlaceWords(content.sites, language)
    with force_locale(language):
        return tuple(words.stop_name(stop) for stop in content.visit.days[day].stops)


def mark_lines(
    content: ReleaseContent, marks: Mapping[str, StopMarks], language: str
) -> tuple[MarkLine, ...]:
    """Return a line for each stop that was marked, in the order of the visit."""
    words = PlaceWords(content.sites, language)
    with force_locale(language):
        return tuple(
            MarkLine(
                words.stop_name(stop),
                number_text(round(marks[stop.id].mean, 1), language),
                ngettext("%(num)s mark", "%(num)s marks", marks[stop.id].count),
                marks[stop.id].texts,
            )
            for day in content.visit.days
            for stop in day.stops
            if stop.id in marks
        )
