"""School holidays: no library knows them, so whoever runs the service says when they are."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

DateRange = tuple[dt.date, dt.date]
"""The first and the last day."""

_DATE = r"\d{4}-\d{2}-\d{2}"
_ENTRY = re.compile(rf"(?P<covers>covers\s+)?(?P<first>{_DATE})(?:\s*/\s*(?P<last>{_DATE}))?", re.ASCII)
_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True)
class SchoolCalendar:
    """School holidays, and the dates for which the list speaks: what it does not cover is not known."""

    holidays: tuple[DateRange, ...] = ()
    covered: tuple[DateRange, ...] = ()

    def is_holiday(self, day: dt.date) -> bool | None:
        """Whether there is no school on a day because of holidays; None where the calendar does not say."""
        if any(first <= day <= last for first, last in self.holidays):
            return True
        return False if any(first <= day <= last for first, last in self.covered) else None

    @property
    def last_day(self) -> dt.date | None:
        """The last day the calendar speaks of; None where there is no calendar."""
        return max((last for _, last in (*self.holidays, *self.covered)), default=None)


NO_SCHOOL_CALENDAR = SchoolCalendar()
"""Nobody has said when there is school."""


def read_school_calendar(text: str) -> SchoolCalendar:
    """Read entries "2026-12-23/2026-12-31" or "2027-05-04", parted by commas or lines; "#" begins a remark.

    The list is taken to be whole from the first of its days to the last. An entry
    "covers 2026-09-01/2027-08-31" says that it is whole for those days too.

    Raises
    ------
    ValueError
        If an entry is not of that form, with a sentence that names it.
    """
    entries = [part.strip() for part in re.split(r"[,;\n]", _COMMENT.sub("", text))]
    holidays: list[DateRange] = []
    covered: list[DateRange] = []
    for entry in filter(None, entries):
        match = _ENTRY.fullmatch(entry)
        if not match:
            msg = f"{entry[:60]!r} is not of the form 2026-12-23/2026-12-31"
            raise ValueError(msg)
        days = _range(match["first"], match["last"] or match["first"])
        (covered if match["covers"] else holidays).append(days)
    if not holidays:
        msg = "there is no date in it: write school holidays like 2026-12-23/2026-12-31"
        raise ValueError(msg)
    whole = (min(first for first, _ in holidays), max(last for _, last in holidays))
    return SchoolCalendar(tuple(sorted(holidays)), tuple(sorted([whole, *covered])))


def _range(first: str, last: str) -> DateRange:
    try:
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except ValueError as error:
        msg = f"{first}/{last} names a day that no calendar has"
        raise ValueError(msg) from error
    if days[1] < days[0]:
        msg = f"{first}/{last} ends before it begins"
        raise ValueError(msg)
    return days
