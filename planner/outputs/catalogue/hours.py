"""A week of opening hours as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import format_date

from planner.domain.hours.spans import HoursState
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.services.catalogue.hours import DayOpenings, Opening

NOTES = {
    HoursState.OPEN: "",
    HoursState.APPOINTMENT: _("by appointment"),
    HoursState.UNKNOWN: _("not sure"),
}

SHOWN_ENTRIES = 6

_CLOSED_FOR = {
    "public_holiday": _("closed (public holiday)"),
    "school_holiday": _("closed (school holidays)"),
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


def day_text(day: DayOpenings) -> str:
    """What one day offers, and that it is a holiday."""
    if not day.openings and day.because in _CLOSED_FOR:
        return str(_CLOSED_FOR[day.because])
    text = ", ".join(_opening(opening) for opening in day.openings) or gettext("closed")
    return gettext("%(hours)s (public holiday)", hours=text) if day.is_holiday else text


def _line(day: DayOpenings) -> DayLine:
    return DayLine(format_date(day.day, "EEEE d.MM"), day_text(day), bool(day.openings))


def _opening(opening: Opening) -> str:
    is_whole = (opening.opens, opening.until) == ("00:00", "24:00")
    times = gettext("all day") if is_whole else f"{opening.opens}–{opening.until}"
    if opening.entries:
        times = gettext("%(times)s (entry at %(entries)s)", times=times, entries=_entries(opening.entries))
    note = gettext("not sure (school holidays)") if opening.doubt else str(NOTES.get(opening.state, ""))
    return f"{times} {note}".strip() if not (is_whole and note) else note


def _entries(entries: Sequence[str]) -> str:
    """The times of entry, of many the first ones and the last."""
    if len(entries) <= SHOWN_ENTRIES:
        return ", ".join(entries)
    return f"{', '.join(entries[: SHOWN_ENTRIES - 1])} … {entries[-1]}"
