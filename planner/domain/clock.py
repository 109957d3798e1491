"""The town's clock. Rules count in instants; people read local time.

An instant is a whole number of seconds since 1970-01-01 UTC. Python's aware
datetimes add and subtract *wall* time within one zone, which is wrong on days
with a clock change; whole seconds are right on every day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from planner.errors import EditRefusedError, Reason

Instant = int
"""Seconds since 1970-01-01 UTC."""

DAY_S = 86_400
MINUTE_S = 60
_CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(\+1)?", re.ASCII)

DAY_MIN = 24 * 60


def minute_from(instant: Instant) -> Instant:
    """Return the instant where it is a whole minute, else the next one that is.

    Whole minutes of the clock are whole minutes since 1970: zones differ by whole minutes.
    """
    return -(-instant // MINUTE_S) * MINUTE_S


def minute_until(instant: Instant) -> Instant:
    """Return the instant where it is a whole minute, else the last one before it that is."""
    return instant // MINUTE_S * MINUTE_S


def parse_clock_time(text: str) -> tuple[int, time]:
    """Read "HH:MM", with "+1" past midnight, as (days later, time of day).

    Raises
    ------
    EditRefusedError
        If the text is not of that form.
    """
    match = _CLOCK_TIME.fullmatch(text)
    if not match:
        msg = f"{text!r} is not a time of the form HH:MM (or HH:MM+1 past midnight)"
        raise EditRefusedError(Reason.BAD_TIME, msg, value=text)
    return (1 if match[3] else 0), time(int(match[1]), int(match[2]))


def clock_minutes(clock_time: str) -> int:
    """Return a local time as minutes of the clock's face, from the day's midnight on.

    Raises
    ------
    EditRefusedError
        If it is not of the form of a local time.
    """
    later, at = parse_clock_time(clock_time)
    return later * DAY_MIN + at.hour * 60 + at.minute


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

    def instant(self, day: date, clock_time: str) -> Instant:
        """Return the instant of a local time on a day.

        Of a repeated hour the earlier one is meant; a time that the clock
        skips is read with the offset before the change, so it lies after it.
        """
        later, at = parse_clock_time(clock_time)
        local = datetime.combine(day + timedelta(days=later), at, tzinfo=self.zone)
        return int(local.timestamp())

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

    def midnight(self, day: date) -> Instant:
        """Return the instant at which a local day begins."""
        return self.instant(day, "00:00")
