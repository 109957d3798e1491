"""What the stops of a day under way are called, and its times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.live.events import END, START, Phase
from planner.services.live.state import LiveState, PartyState
from planner.words.formats import DayClock, minutes_text
from planner.words.places import PlaceWords
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.live.calls import Joined, LiveDay
    from planner.domain.visits import Day

WORTH_TELLING_S = 60
"""A delay that the clock does not show is none."""


@dataclass(frozen=True)
class PartyWords:
    """The words of one party's day, in one language."""

    state: LiveState
    party: PartyState
    language: str

    @property
    def live(self) -> LiveDay:
        """The party's day under way."""
        return self.party.live

    @property
    def day(self) -> Day:
        """The day as it was released."""
        return self.state.content.visit.days[self.state.day]

    @cached_property
    def clock(self) -> DayClock:
        """What writes the day's moments."""
        return DayClock(self.state.asked[self.party.name].clock, self.day.date)

    @cached_property
    def _places(self) -> PlaceWords:
        return PlaceWords(self.state.content.sites, self.language)

    def name(self, stop: str) -> str:
        """What a stop of the log is called, the day's start and end too."""
        if stop == START:
            return self._places.name(self.day.start.place)
        if stop == END:
            end = self.day.end
            return self._places.name(end.place) if end and end.place else gettext("the end of the day")
        found = next((one for one in self.day.stops if one.id == stop), None)
        return stop if found is None else self._places.stop_name(found)

    def minutes(self, minutes: int) -> str:
        """So many minutes, whatever their sign."""
        return minutes_text(abs(minutes), self.language)

    def late(self, late_s: int) -> str:
        """How late something is, '' for what the clock does not show."""
        if late_s < WORTH_TELLING_S:
            return ""
        return gettext("%(minutes)s late", minutes=self.minutes(late_s // 60))

    def met_at(self, joined: Joined) -> str:
        """Where and when two parties meet."""
        words = {"place": self.name(joined.stop), "time": self.clock.arrival(joined.at).text}
        if joined.stop == END and (self.day.end is None or self.day.end.place is None):
            return gettext("They meet at %(time)s.", **words)
        return gettext("They meet at %(time)s: %(place)s.", **words)

    def at(self) -> str:
        """Where one is, or where one goes to: what a shift belongs to."""
        facts = self.live.facts
        return self.goes_to() if facts.is_under_way else facts.names[facts.position]

    def goes_to(self) -> str:
        """The next stop, or the end."""
        coming = self.live.coming
        return coming[0].id if coming else END


def phase_text(phase: Phase) -> str:
    """Return what a phase of counting is called."""
    return {
        Phase.BEFORE: gettext("before"),
        Phase.HALF_WAY: gettext("half way"),
        Phase.AFTER: gettext("at the end"),
    }[phase]
