"""The town's clock. Rules count in instants; people read local time.

An instant is a whole number of seconds since 1970-01-01 UTC. Python's aware
datetimes add and subtract *wall* time within one zone, which is wrong on days
with a clock change; whole seconds are right on every day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from planner.errors import EditRefusedError, Reason

Instant = int
"""Seconds since 1970-01-01 UTC."""

DAY_S = 86_400
MINUTE_S = 60
DAY_MIN = 24 * 60
KEPT_TIMES = 4096
"""So many local times are read once: a search for cures plans a day a thousand times over."""

_GAP = "[ \t\u00a0\u202f]*"
_OFFSET = "[+-](?:0[0-9]|1[0-8]):[0-5][0-9]"
CLOCK_TIME_PATTERN = (
    f"{_GAP}(?:([01]?[0-9]|2[0-3])(?:[:.hH]([0-5][0-9])|[hH]|([0-5][0-9]))({_GAP}\\+1)?|24(?:[:.hH]?00|[hH]))"
    f"(?:{_GAP}({_OFFSET}))?{_GAP}"
)
"""Every spelling of a local time that is read, as a regular expression that JavaScript has too."""

_CLOCK_TIME = re.compile(CLOCK_TIME_PATTERN, re.ASCII)


@dataclass(frozen=True)
class ClockTime:
    """A time as the clock shows it, so many days after a day's date.

    Of a time that the clock shows twice `offset`, from UTC, tells which is meant; None leaves it open.
    """

    later: int
    at: time
    offset: timedelta | None = None

    @classmethod
    @lru_cache(maxsize=KEPT_TIMES)
    def read(cls, text: str) -> ClockTime:
        """Read a time in any spelling: 9:30, 09:30, 930, 9.30, 9h30, 14h, 24:00, 00:30 +1, 02:30+01:00.

        Raises
        ------
        EditRefusedError
            If it is none.
        """
        match = _CLOCK_TIME.fullmatch(text)
        if not match:
            shown = text[:40]
            msg = f"{shown!r} is not a time of the form HH:MM: write one like 09:30, past midnight 00:30+1"
            raise EditRefusedError(Reason.BAD_TIME, msg, value=shown)
        hour, minute, packed, next_day, offset = match.groups()
        if hour is None:
            return cls(1, time(), _read_offset(offset))
        return cls(1 if next_day else 0, time(int(hour), int(minute or packed or 0)), _read_offset(offset))

    @property
    def minutes(self) -> int:
        """Minutes of the clock's face, from the day's midnight on."""
        return self.later * DAY_MIN + self.at.hour * 60 + self.at.minute

    def __str__(self) -> str:
        """Return the canonical text: HH:MM, with +1 past midnight, with the offset where it is told."""
        return clock_text(self.minutes) + ("" if self.offset is None else _offset_text(self.offset))

    def is_before(self, other: ClockTime) -> bool:
        """Whether it comes before another of the same day, by their offsets where both are told."""
        if self.offset is None or other.offset is None:
            return self.minutes < other.minutes
        return self._from_utc() < other._from_utc()

    def _from_utc(self) -> timedelta:
        return timedelta(minutes=self.minutes) - (self.offset or timedelta())


def _read_offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:]))
    return -offset if text[0] == "-" else offset


def _offset_text(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def minute_from(instant: Instant) -> Instant:
    """Return the instant where it is a whole minute, else the next one that is.

    Whole minutes of the clock are whole minutes since 1970: zones differ by whole minutes.
    """
    return -(-instant // MINUTE_S) * MINUTE_S


def minute_until(instant: Instant) -> Instant:
    """Return the instant where it is a whole minute, else the last one before it that is."""
    return instant // MINUTE_S * MINUTE_S


def moved_minutes(depart: Instant, arrive: Instant) -> int:
    """Minutes from a departure to an arrival as both are shown, so that what stands on paper adds up."""
    return (minute_from(arrive) - minute_until(depart)) // MINUTE_S


def parse_clock_time(text: str) -> tuple[int, time]:
    """Read a local time, however it is written, as (days later, time of day).

    Raises
    ------
    EditRefusedError
        If it is not a time.
    """
    read = ClockTime.read(text)
    return read.later, read.at


def clock_minutes(clock_time: str) -> int:
    """Return a local time as minutes of the clock's face, from the day's midnight on.

    Raises
    ------
    EditRefusedError
        If it is not of the form of a local time.
    """
    return ClockTime.read(clock_time).minutes


def canonical_time(text: str) -> str:
    """Return a local time, however it is written, as HH:MM; "+1" and its offset follow where it has them.

    Raises
    ------
    EditRefusedError
        If it is not a time.
    """
    return str(ClockTime.read(text))


def comes_before(first: str, second: str) -> bool:
    """Whether a local time comes before another of the same day."""
    return ClockTime.read(first).is_before(ClockTime.read(second))


def clock_text(minutes: int) -> str:
    """Return minutes from the day's midnight on, fewer than two days of them, as a local time."""
    later, rest = divmod(minutes, DAY_MIN)
    return f"{rest // 60:02}:{rest % 60:02}" + ("+1" if later else "")


@dataclass(frozen=True)
class TownClock:
    """Turns the town's local times into instants and back."""

    zone_name: str

    @cached_property
    def zone(self) -> ZoneInfo:
        """The IANA zone."""
        return ZoneInfo(self.zone_name)

    @lru_cache(maxsize=KEPT_TIMES)  # noqa: B019 - of a clock there is nothing but its zone's name
    def instant(self, day: date, clock_time: str) -> Instant:
        """Return the instant of a local time on a day.

        Of a repeated time the earlier one is meant, unless its offset says otherwise; a time that the
        clock skips is read with the offset before the change, so it lies after it.
        """
        read = ClockTime.read(clock_time)
        if read.offset is not None:
            for local in self.readings(day, read):
                if local.utcoffset() == read.offset:
                    return int(local.timestamp())
        return int(self.around(day, read)[0].timestamp())

    def readings(self, day: date, read: ClockTime) -> tuple[datetime, ...]:
        """Return when the clock shows a time: mostly once, twice where an hour repeats, never where it skips.

        What the time's own offset says has no part in it.
        """
        first, second = self.around(day, read)
        before, after = first.utcoffset() or timedelta(), second.utcoffset() or timedelta()
        if before == after:
            return (first,)
        return (first, second) if before > after else ()

    def around(self, day: date, read: ClockTime) -> tuple[datetime, datetime]:
        """Return a time of a day by the offset before a change of the clock near it, and by the one after."""
        local = datetime.combine(day + timedelta(days=read.later), read.at, tzinfo=self.zone)
        return local, local.replace(fold=1)

    def of_datetime(self, moment: datetime) -> Instant:
        """Return the instant of a datetime; a naive one is local to the town."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        return int(aware.timestamp())

    def local(self, instant: Instant) -> datetime:
        """Return the local time with its offset."""
        return datetime.fromtimestamp(instant, tz=UTC).astimezone(self.zone)

    def face(self, instant: Instant) -> str:
        """Return "HH:MM", the minute that an instant lies in."""
        return f"{self.local(instant):%H:%M}"

    def is_repeated(self, instant: Instant) -> bool:
        """Whether the clock shows the same face an hour before or after: it is set back then."""
        local = self.local(instant)
        return local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()

    def midnight(self, day: date) -> Instant:
        """Return the instant at which a local day begins."""
        return self.instant(day, "00:00")
