"""A week of opening hours as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import format_date

from planner.domain.hours import HoursState
from planner.outputs.translation import _, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.services.catalogue_hours import DayOpenings, Opening

NOTES = {
    HoursState.OPEN: "",
    HoursState.APPOINTMENT: _("by appointment"),
    HoursState.UNKNOWN: _("not sure"),
}


@dataclass(frozen=True)
class DayLine:
    """A day and what it offers."""

    day: str
    text: str
    is_open: bool


def week_lines(days: Iterable[DayOpenings]) -> list[DayLine]:
    """One line a day."""
    return [_line(day) for day in days]


def _line(day: DayOpenings) -> DayLine:
    text = ", ".join(_opening(one) for one in day.openings) or gettext("closed")
    if day.is_holiday:
        text = gettext("%(hours)s (public holiday)", hours=text)
    return DayLine(format_date(day.day, "EEEE d.MM"), text, bool(day.openings))


def _opening(one: Opening) -> str:
    is_whole = (one.opens, one.until) == ("00:00", "24:00")
    times = gettext("all day") if is_whole else f"{one.opens}–{one.until}"
    note = str(NOTES.get(one.state, ""))
    return f"{times} {note}".strip() if not (is_whole and note) else note
