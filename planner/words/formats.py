"""Times, lengths, dates and names of languages, written the way a reader of a language expects.

Nearly everything here comes from the locale data of Babel, and needs no application context. Numbers and
their units never part at a line's end.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit

from planner.domain.clock import MINUTE_S, Instant, TownClock, minute_from, minute_until
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

NBSP = "\u00a0"
_FALLBACK = "en"
_LONG_DATE = {"en": "EEEE d MMMM y", "pl": "EEEE, d MMMM y"}
_WEEKDAY_DATE = {"pl": "EEEE, d MMMM"}
_MINUTES_SHOWN_WHOLE = 90


@cache
def locale_of(language: str) -> Locale:
    """Return the locale whose data a language is written with; English where there is none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_FALLBACK)


@dataclass(frozen=True)
class Moment:
    """A moment of a day: `face` is what the town's clock shows, `iso` has the offset for programs.

    `marks` say what the face alone does not: "+1" past midnight, "(second)" of an hour that comes twice.
    """

    face: str
    iso: str
    marks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The moment in one line, which never parts."""
        return NBSP.join((self.face, *self.marks))


@dataclass(frozen=True)
class DayClock:
    """Writes the moments of one day in the town's time.

    Ways are reckoned in seconds and shown in minutes: who goes by what is shown does not miss a departure,
    and nobody is said to be there before he is. Times are rounded here and nowhere else. Which of two equal
    hours is meant is said in the language in force.
    """

    clock: TownClock
    date: dt.date

    def departure(self, instant: Instant) -> Moment:
        """Return the moment at which one leaves or begins, rounded down to the minute."""
        return self._moment(minute_until(instant))

    def arrival(self, instant: Instant) -> Moment:
        """Return the moment at which one is there or done, rounded up to the minute."""
        return self._moment(minute_from(instant))

    def _moment(self, instant: Instant) -> Moment:
        """Return the moment; one past midnight says so with "+1"."""
        local = self.clock.local(instant)
        days_later = (local.date() - self.date).days
        later = f"+{days_later}" if days_later > 0 else ""
        marks = tuple(mark for mark in (later, self._which(instant)) if mark)
        return Moment(self.clock.face(instant), local.isoformat(), marks)

    def _which(self, instant: Instant) -> str:
        """Return which of two equal faces of the clock is meant, '' where there is one."""
        if not self.clock.is_repeated(instant):
            return ""
        return gettext("(second)") if self.clock.local(instant).fold else gettext("(first)")


def spaced(clock_time: str) -> str:
    """Return a local time as people read it: "00:30 +1"."""
    return clock_time.replace("+1", f"{NBSP}+1", 1) if clock_time[5:7] == "+1" else clock_time


def waited_minutes(arrive: Instant, depart: Instant) -> int:
    """Minutes from an arrival to what begins after it as both are shown; 0 where nobody waits."""
    return max(0, minute_until(depart) - minute_from(arrive)) // MINUTE_S


def minutes_text(minutes: int, language: str) -> str:
    """Return "20 min", and from an hour and a half on "1 hr 40 min"."""
    locale = locale_of(language)
    hours, rest = divmod(minutes, 60)
    if minutes < _MINUTES_SHOWN_WHOLE:
        return _bound(format_unit(minutes, "duration-minute", "short", locale=locale))
    written = format_unit(hours, "duration-hour", "short", locale=locale)
    if rest:
        written = f"{written} {format_unit(rest, 'duration-minute', 'short', locale=locale)}"
    return _bound(written)


def minutes_range_text(low: int, high: int, language: str) -> str:
    """Return "4–9 min"."""
    written = minutes_text(high, language)
    return written if low == high or high >= _MINUTES_SHOWN_WHOLE else f"{low}–{written}"


def distance_text(metres: float, language: str) -> str:
    """Return metres to the nearest ten, and from one kilometre on kilometres with one decimal."""
    locale = locale_of(language)
    tens = max(10, round(metres / 10) * 10) if metres > 0 else 0
    if tens < 1000:  # noqa: PLR2004 - metres in a kilometre
        return _bound(format_unit(tens, "length-meter", "short", locale=locale))
    return _bound(format_unit(metres / 1000, "length-kilometer", "short", format="0.#", locale=locale))


def number_text(value: float, language: str) -> str:
    """Return a number with at most two decimals: "2.55", "12"."""
    return format_decimal(value, "0.##", locale=locale_of(language))


def long_date(day: dt.date, language: str) -> str:
    """Return the date with its weekday: "Wednesday 2 December 2026"."""
    locale = locale_of(language)
    return format_date(day, _LONG_DATE.get(locale.language, "full"), locale=locale)


def dates_text(days: Sequence[dt.date], language: str) -> str:
    """Return the only date with its weekday, or the first and the last: "2–3 December 2026"."""
    first, last = days[0], days[-1]
    if first == last:
        return long_date(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{plain_date(last, language)}"
    return f"{plain_date(first, language)} – {plain_date(last, language)}"


def plain_date(day: dt.date, language: str) -> str:
    """Return the date without its weekday: "2 December 2026"."""
    return format_date(day, "d MMMM y", locale=locale_of(language))


def short_day(day: dt.date, language: str) -> str:
    """Return weekday and date for a narrow place: "Wed 2 Dec"."""
    return format_date(day, "EEE d MMM", locale=locale_of(language))


def weekday_date(day: dt.date, language: str) -> str:
    """Return weekday and date without the year: "Wednesday 2 December"."""
    locale = locale_of(language)
    return format_date(day, _WEEKDAY_DATE.get(locale.language, "EEEE d MMMM"), locale=locale)


def language_name(code: str, language: str) -> str:
    """Return what a language is called; a code that nobody knows stands as it is."""
    return str(locale_of(language).languages.get(code, code))


def iso_date_text(text: str, language: str) -> str:
    """Return an ISO date or date-time as a plain date; anything else as it stands."""
    try:
        return plain_date(dt.date.fromisoformat(text[:10]), language)
    except ValueError:
        return text


def _bound(text: str) -> str:
    return text.replace(" ", NBSP)
