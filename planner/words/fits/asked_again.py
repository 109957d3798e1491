"""Hosts who have confirmed a time and would have to be asked again, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.visits import Day
from planner.domain.weather.rain import in_rain
from planner.words.formats import short_day
from planner.words.places import PlaceWords
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from planner.domain.hosts.kept import AskedAgain


@dataclass(frozen=True)
class AskedAgainWriter:
    """Writes who of a day is asked again, in the words' language; needs an application context.

    Without `says_rain` it stands beside what is written whose time is that of when it rains.
    """

    day: Day
    words: PlaceWords
    clock: TownClock
    says_rain: bool = True

    def line(self, again: AskedAgain) -> str:
        """Return what is asked for now instead of the time that was confirmed."""
        stop = next(stop for stop in self.day.stops if stop.id == again.kept.stop)
        is_rain = again.kept.is_rain
        name = self.words.stop_name(in_rain(stop) if is_rain else stop)
        with force_locale(self.words.language):
            mark = f" {gettext('(only if it rains)')}" if is_rain and self.says_rain else ""
            told = {"name": f"{name}{mark}", "before": again.kept.time}
            if again.start is None:
                return gettext("%(name)s: nobody comes, %(before)s was confirmed", **told)
            return gettext("%(name)s: %(now)s instead of %(before)s", now=self._when(again), **told)

    def lines(self, again: tuple[AskedAgain, ...]) -> list[str]:
        """Return the same of several."""
        return [self.line(one) for one in again]

    def _when(self, again: AskedAgain) -> str:
        """The new time, with its day where that is another."""
        start = again.start or again.kept.start
        date, before = (self.clock.local(instant).date() for instant in (start, again.kept.start))
        day = "" if date == before else f"{short_day(date, self.words.language)} "
        return day + self.clock.face(start)
