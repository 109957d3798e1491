"""A planned day as words that two plans can be compared by: times, lengths, warnings and what differs.

Everything here needs an application context, with the reader's language in force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.clock import DAY_MIN, MINUTE_S, TownClock, minute_from, minute_until
from planner.domain.itinerary import Itinerary
from planner.domain.sites import Site
from planner.domain.text import in_language
from planner.domain.visits import Day
from planner.domain.warnings.compare import Complaint, complaint
from planner.domain.warnings.severity import Tone
from planner.words.formats import DayClock, distance_text, minutes_text, waited_minutes
from planner.words.places import PlaceWords
from planner.words.translation import gettext, ngettext
from planner.words.warnings.tell import Notice, notice

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.warnings.codes import Warning

LOUDEST_FIRST = (Tone.FAIL, Tone.WARN, Tone.NOTE)
TENS_M = 10
"""Lengths are told to the nearest ten metres: less is no difference."""


class Verdict(StrEnum):
    """How something compares with the day as it is; other is neither better nor worse."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"


def less_is_better(more: float) -> Verdict:
    """Judge how much more there is of what there should be little of."""
    if more == 0:
        return Verdict.OTHER
    return Verdict.WORSE if more > 0 else Verdict.BETTER


@dataclass(frozen=True)
class Reading:
    """What the words are made with: the sites of the day, the town's clock, the reader's language."""

    sites: Mapping[str, Site]
    clock: TownClock
    language: str

    @property
    def places(self) -> PlaceWords:
        """The words for places."""
        return PlaceWords(self.sites, self.language)

    def minutes(self, minutes: int) -> str:
        """A stretch of time."""
        return minutes_text(minutes, self.language)

    def distance(self, metres: float) -> str:
        """A length."""
        return distance_text(metres, self.language)

    def moved(self, minutes: int) -> str:
        """By how much something comes earlier or later, '' where it does not."""
        if not minutes:
            return ""
        by = self.minutes(abs(minutes))
        return gettext("%(by)s earlier", by=by) if minutes < 0 else gettext("%(by)s later", by=by)

    def more_minutes(self, minutes: int) -> str:
        """How much more or less time something takes, '' where there is no difference."""
        return _more(minutes, self.minutes(abs(minutes)))

    def more_metres(self, metres: float) -> str:
        """How much longer or shorter a way is, '' where there is no difference."""
        return _more(round(metres / TENS_M), self.distance(abs(metres)))


def _more(sign: int, by: str) -> str:
    if not sign:
        return ""
    return gettext("%(by)s less", by=by) if sign < 0 else gettext("%(by)s more", by=by)


@dataclass(frozen=True)
class Said:
    """A warning as a sentence, with the place it is about and whether the other plan has none such."""

    notice: Notice
    place: str
    is_new: bool = False

    @property
    def line(self) -> str:
        """The place and the sentence in one line."""
        return f"{self.place}: {self.notice.text}" if self.place else self.notice.text


@dataclass(frozen=True)
class PlanWords:
    """Reads one plan of a day."""

    day: Day
    plan: Itinerary
    reading: Reading

    @property
    def clock(self) -> DayClock:
        """What writes the moments of the day."""
        return DayClock(self.reading.clock, self.day.date)

    @property
    def start_text(self) -> str:
        """When the day begins."""
        return self.clock.departure(self.plan.start).text

    @property
    def finish_text(self) -> str:
        """When the day is over."""
        return self.clock.arrival(self.plan.finish).text

    @property
    def start_min(self) -> int:
        """When the day begins, in minutes since 1970."""
        return minute_until(self.plan.start) // MINUTE_S

    @property
    def finish_min(self) -> int:
        """When the day is over, in minutes since 1970."""
        return minute_from(self.plan.finish) // MINUTE_S

    @property
    def length_min(self) -> int:
        """How long the day lasts, as its start and its finish are shown."""
        return self.finish_min - self.start_min

    @property
    def waiting_min(self) -> int:
        """How long the group waits at its stops, as its times are shown."""
        return sum(waited_minutes(call.arrive, call.start) for call in self.plan.calls)

    def clock_min(self, instant: Instant) -> int:
        """Minutes on the clock's face since the day's midnight, to compare times of different dates.

        Of an arrival, which is shown rounded up.
        """
        local = self.reading.clock.local(minute_from(instant))
        return (local.date() - self.day.date).days * DAY_MIN + local.hour * 60 + local.minute

    def stop_name(self, index: int) -> str:
        """The name of a stop."""
        return self.reading.places.stop_name(self.day.stops[index])

    @property
    def unplaced(self) -> tuple[str, ...]:
        """The names of the day's places that are not on the map, each once."""
        end = self.day.end.place if self.day.end else None
        places = (self.day.start.place, *(stop.place for stop in self.day.stops), end)
        sites = (self.reading.places.site(place) for place in places)
        unplaced = [site for site in sites if site is not None and site.location.at is None]
        return tuple(dict.fromkeys(in_language(site.name, self.reading.language) for site in unplaced))

    @cached_property
    def least_slack_min(self) -> int | None:
        """By how many minutes the tightest stop of the day may slip; None where nothing can break."""
        slacks = [call.slack_s for call in self.plan.calls if call.slack_s is not None]
        return min(slacks) // 60 if slacks else None

    def notice(self, warning: Warning) -> Notice:
        """A warning as a sentence."""
        return notice(warning, self.reading.language)

    def place(self, warning: Warning) -> str:
        """Where a warning bites: at a stop, on the way to one, or '' for the day."""
        if warning.leg is None:
            return "" if warning.stop is None else self.stop_name(warning.stop)
        if warning.leg < len(self.day.stops):
            return gettext("on the way to %(name)s", name=self.stop_name(warning.leg))
        return gettext("on the way to the end")

    @cached_property
    def complaints(self) -> frozenset[Complaint]:
        """What the plan is warned of, be it by these minutes or by others."""
        return frozenset(complaint(warning, self.day) for warning in self.plan.warnings)

    def has(self, warning: Warning, day: Day) -> bool:
        """Whether this plan has a warning of another plan's day, be it by other minutes."""
        return complaint(warning, day) in self.complaints

    def said(self, before: PlanWords | None = None) -> tuple[Said, ...]:
        """The warnings as sentences, each once, the loudest first and of those the new ones."""
        told = dict.fromkeys(
            Said(
                self.notice(warning), self.place(warning), bool(before and not before.has(warning, self.day))
            )
            for warning in self.plan.warnings
        )
        return tuple(
            sorted(told, key=lambda said: (LOUDEST_FIRST.index(Tone(said.notice.tone)), not said.is_new))
        )

    def gone(self, before: PlanWords) -> tuple[Said, ...]:
        """What another plan warns of and this one does not, mere facts left out."""
        lost = [warning for warning in before.plan.warnings if not self.has(warning, before.day)]
        told = dict.fromkeys(Said(before.notice(warning), before.place(warning)) for warning in lost)
        return tuple(said for said in told if said.notice.tone != Tone.NOTE)

    @cached_property
    def tones(self) -> Counter[Tone]:
        """How many warnings there are of each tone."""
        return Counter(Tone(said.notice.tone) for said in self.said())

    def stop_tone(self, index: int) -> Tone | None:
        """How loud the loudest alert at a stop is, None where there is none."""
        at = [warning for warning in self.plan.warnings if warning.leg is None and warning.stop == index]
        tones = {Tone(self.notice(warning).tone) for warning in at}
        return next((tone for tone in LOUDEST_FIRST[:2] if tone in tones), None)


def alert_counts(tones: Mapping[Tone, int]) -> str:
    """How many warnings do not work and how many are to be watched; "none" where there are none."""
    fails, warns = tones[Tone.FAIL], tones[Tone.WARN]
    counts = (
        ngettext("%(num)s does not work", "%(num)s do not work", fails) if fails else "",
        ngettext("%(num)s to watch", "%(num)s to watch", warns) if warns else "",
    )
    return ", ".join(text for text in counts if text) or gettext("none")
