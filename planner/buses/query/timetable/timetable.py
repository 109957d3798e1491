"""A built timetable, opened for questions: which trips are under way on which day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import TimetableArrays, TimetableMeta
from planner.domain.clock import DAY_S, Instant, TownClock
from planner.domain.hours.spans import is_public_holiday
from planner.memory import Memory

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.domain.geo import LonLat

LineKey = tuple[int, str]
"""What tells one line from another: its mode and its name."""

SEARCHED_DAYS = 370
"""How far from a date a matching one is looked for: beyond a year it says nothing more."""


@dataclass(frozen=True)
class Timetable(TimetableArrays):
    """The public transport of a town; what the arrays hold is told at `TimetableArrays`.

    With a country in `stand_ins` a source that says nothing about a date runs as
    on its nearest matching date; see `with_stand_ins`. `memory` keeps what questions have
    worked out from the arrays.
    """

    meta: TimetableMeta
    texts: tuple[str, ...]
    stand_ins: str = ""
    memory: Memory = field(init=False, repr=False, compare=False, default_factory=Memory)

    @cached_property
    def clock(self) -> TownClock:
        """The clock that the times are read by."""
        return TownClock(self.meta.timezone)

    @cached_property
    def validity(self) -> tuple[date, date] | None:
        """First and last date of the services with dates; None where there are none."""
        if not self.meta.first_date:
            return None
        return date.fromisoformat(self.meta.first_date), date.fromisoformat(self.meta.last_date)

    def covers(self, day: date) -> bool:
        """Whether the services with dates speak about a day, or stand-ins do."""
        if self._has_column(day):
            return True
        return bool(self.stand_ins) and self.nearest_matching_date(day, self.stand_ins) is not None

    def _has_column(self, day: date) -> bool:
        return self.validity is not None and self.validity[0] <= day <= self.validity[1]

    def service_start(self, day: date) -> Instant:
        """The instant from which a service day's times count: noon minus 12 hours."""
        return self.clock.instant(day, "12:00") - DAY_S // 2

    def running(self, day: date) -> NDArray[np.bool_]:
        """Which services run on a date."""
        runs: NDArray[np.bool_] = np.array(self.service_week[:, day.weekday()])
        if self._has_column(day):
            runs |= self._column(day)
        if self.stand_ins:
            for source in self.silent(day):
                other = self.nearest_matching_date(day, self.stand_ins, source)
                if other is not None:
                    runs |= self._column(other) & (self._service_sources == source)
        return runs

    def _column(self, day: date) -> NDArray[np.bool_]:
        first = date.fromisoformat(self.meta.first_date)
        return np.asarray(self.service_days[:, (day - first).days], np.bool_)

    @cached_property
    def _service_sources(self) -> NDArray[np.int32]:
        """Per service the number of its source; no service has trips of two."""
        sources = np.full(len(self.service_days), -1, np.int32)
        sources[self.trip_service] = self.line_credit[self.pattern_line[self.trip_pattern]]
        return sources

    def outdated(self, day: date) -> tuple[int, ...]:
        """The numbers of the sources with dates that say nothing about a day."""
        text = day.isoformat()
        return tuple(
            number
            for number, source in enumerate(self.meta.sources)
            if source.valid_from and not source.valid_from <= text <= source.valid_to
        )

    def silent(self, day: date) -> tuple[int, ...]:
        """The outdated sources with a line for which no other source speaks on a day."""
        outdated = self.outdated(day)
        spoken = {line_key(self, line) for line in self._lines if self.line_credit[line] not in outdated}
        left = {int(self.line_credit[line]) for line in self._lines if line_key(self, line) not in spoken}
        return tuple(number for number in outdated if number in left)

    @property
    def _lines(self) -> range:
        return range(len(self.line_name))

    def with_stand_ins(self, country: str) -> Timetable:
        """The same timetable, but outdated sources run as on their nearest matching date: a guess.

        To be used only when asked for, and said where it is shown: "timetable of
        spring 2026, check before the visit".
        """
        return replace(self, stand_ins=country)

    def nearest_matching_date(self, day: date, country: str, source: int | None = None) -> date | None:
        """Return the date with service nearest to a day, of the same weekday and both or neither a holiday.

        A public holiday matches any public holiday. Of two as near, the earlier one. Service of one
        source if it is given, else of any.
        """
        if self.validity is None:
            return None
        first, _ = self.validity
        own = slice(None) if source is None else self._service_sources == source
        is_holiday = is_public_holiday(day, country)
        served = np.flatnonzero(self.service_days[own].any(axis=0)).tolist()
        alike = [
            other
            for other in (first + timedelta(days=at) for at in served)
            if abs((other - day).days) <= SEARCHED_DAYS
            and (is_holiday or other.weekday() == day.weekday())
            and is_public_holiday(other, country) == is_holiday
        ]
        return min(alike, key=lambda other: (abs((other - day).days), other), default=None)

    def position(self, stop: int) -> LonLat:
        """Where a stop lies, (lon, lat) in degrees."""
        lon, lat = self.stop_at[stop].tolist()
        return lon / 1e7, lat / 1e7

    def platform(self, trip: int, call: int) -> str:
        """The platform of a trip's call (0 is the first of its pattern), '' where it is not known."""
        said = int(self.time_platform[int(self.trip_offsets[trip]) + call])
        pattern = int(self.trip_pattern[trip])
        stop = int(self.pattern_stops[int(self.pattern_offsets[pattern]) + call])
        return self.texts[said or int(self.stop_platform[stop])]


def line_key(timetable: Timetable, line: int) -> LineKey:
    """What tells one line from another."""
    name = timetable.texts[int(timetable.line_name[line])]
    return int(timetable.line_mode[line]), " ".join(name.casefold().split())
