"""The days of a visit at a glance: date, stops, times and warnings of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.outputs.timeline.build import build_summary
from planner.outputs.timeline.rows import Summary
from planner.words.formats import short_day
from planner.words.translation import force_locale, ngettext

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit


@dataclass(frozen=True)
class DayTab:
    """One day of a visit: `number` counts from 1; `summary` is None where it could not be planned."""

    number: int
    label: str
    stops: str
    summary: Summary | None = None


def day_tabs(visit: Visit, content: ReleaseContent | None, language: str) -> tuple[DayTab, ...]:
    """Return a visit's days, as planned in `content` if they could be; needs an application context."""
    days = range(len(visit.days))
    summaries = [build_summary(content, day, language) if content else None for day in days]
    with force_locale(language):
        return tuple(
            DayTab(
                number=number,
                label=short_day(day.date, language),
                stops=ngettext("%(num)s stop", "%(num)s stops", len(day.stops)),
                summary=summary,
            )
            for number, (day, summary) in enumerate(zip(visit.days, summaries, strict=True), start=1)
        )
