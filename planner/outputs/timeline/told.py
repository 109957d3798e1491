"""One day of a release with what is told of it: its times, its names, and its warnings row by row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.releases import ReleaseContent
from planner.domain.warnings.codes import Warning, WarningCode
from planner.words.formats import DayClock
from planner.words.places import PlaceWords
from planner.words.rides import rides_of
from planner.words.warnings.tell import Notice, notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.itinerary import Call, Itinerary
    from planner.domain.visits import Day, Visit

TOLD_BY_STEPS = frozenset({WarningCode.SERVICE_ESTIMATED, WarningCode.ON_REQUEST})
"""What a ride's own step says, so that it is not said twice."""


@dataclass(frozen=True)
class ToldDay:
    """A day in a language. Which warnings stand at which row is decided here."""

    content: ReleaseContent
    index: int
    language: str

    @property
    def visit(self) -> Visit:
        """Return the visit."""
        return self.content.visit

    @property
    def day(self) -> Day:
        """Return the day."""
        return self.visit.days[self.index]

    @property
    def itinerary(self) -> Itinerary:
        """Return the day's itinerary."""
        return self.content.itineraries[self.index]

    @cached_property
    def clock(self) -> DayClock:
        """Return what writes the day's moments."""
        return DayClock(TownClock(self.content.network.timezone), self.day.date)

    @cached_property
    def words(self) -> PlaceWords:
        """Return what finds the names of places."""
        return PlaceWords(self.content.sites, self.language)

    @cached_property
    def warnings(self) -> tuple[Warning, ...]:
        """All warnings of the day once, those of a leg knowing their leg."""
        told = list(self.itinerary.warnings)
        for index, leg in enumerate(self.itinerary.legs):
            for warning in leg.warnings:
                own = replace(warning, leg=index)
                if own not in told and warning not in told:
                    told.append(own)
        return tuple(told)

    def noticed(self) -> Iterator[tuple[Notice, ...]]:
        """Return the notices of every row."""
        yield from (self.leg_notices(index) for index in range(len(self.itinerary.legs)))
        yield from (self.notices(self.stop_warnings(call)) for call in self.itinerary.calls)
        yield self.end_notices()

    def leg_notices(self, index: int) -> tuple[Notice, ...]:
        """Return the warnings about a leg."""
        told = TOLD_BY_STEPS if rides_of(self.itinerary.legs[index]) else frozenset()
        return self.notices(w for w in self.warnings if w.leg == index and w.code not in told)

    def stop_warnings(self, call: Call) -> list[Warning]:
        """Return the warnings about a stay."""
        return [warning for warning in self.warnings if warning.leg is None and warning.stop == call.stop]

    def end_notices(self) -> tuple[Notice, ...]:
        """Return the warnings about the end of the day."""
        return self.notices(w for w in self.warnings if is_about_the_end(w))

    def day_notices(self) -> tuple[Notice, ...]:
        """Return the warnings that are about the whole day."""
        return self.notices(
            w for w in self.warnings if w.stop is None and w.leg is None and not is_about_the_end(w)
        )

    def notices(self, warnings: Iterable[Warning]) -> tuple[Notice, ...]:
        """Write warnings, saying nothing twice."""
        return tuple(dict.fromkeys(notice(warning, self.language) for warning in warnings))


def is_about_the_end(warning: Warning) -> bool:
    """Return whether a warning bites where the day ends."""
    return warning.stop is None and warning.leg is None and warning.code is WarningCode.LATE
