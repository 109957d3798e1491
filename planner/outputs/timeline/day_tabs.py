"""The days of a visit at a glance: date, stops, times and warnings of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.rows import Summary
from planner.words.formats import short_day
from planner.words.translation import force_locale, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit
    from planner.outputs.timeline.rows import Timeline


@dataclass(frozen=True)
class DayTab:
    """One day of a visit: `number` counts from 1; `summary` is None where it could not be planned."""

    number: int
    label: str
    stops: str
    summary: Summary | None = None


def timelines_of(content: ReleaseContent | None, language: str) -> tuple[Timeline, ...]:
    """Return the timeline of every day, none where the visit could not be planned."""
    if content is None:
        return ()
    return tuple(build_timeline(content, day, language) for day in range(len(content.visit.days)))


def day_tabs(visit: Visit, timelines: Sequence[Timeline], language: str) -> tuple[DayTab, ...]:
    """Return a visit's days; needs an application context."""
    with force_locale(language):
        return tuple(
            DayTab(
                number=number,
                label=short_day(day.date, language),
                stops=ngettext("%(num)s stop", "%(num)s stops", len(day.stops)),
                summary=timelines[number - 1].summary if timelines else None,
            )
            for number, day in enumerate(visit.days, start=1)
        )
