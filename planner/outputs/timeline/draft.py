"""A draft's day as the editor lists it: its stops in the document's order, timed as far as they can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.schedule.reserves import Reserves
from planner.domain.sites import Site
from planner.domain.visits import Stop
from planner.domain.warnings.codes import WarningCode
from planner.domain.warnings.severity import Tone
from planner.outputs.timeline.phrases import reserve_phrase, wait_phrase
from planner.outputs.timeline.rows import LegRow, StopRow
from planner.words.formats import minutes_text
from planner.words.places import PlaceWords
from planner.words.translation import _, force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Visit
    from planner.outputs.timeline.rows import Timeline
    from planner.words.translation import Later
    from planner.words.warnings.tell import Notice

STATES: Mapping[str, Later] = {
    WarningCode.LATE: _("late"),
    WarningCode.CLOSED: _("closed"),
    WarningCode.TIGHT: _("tight"),
    WarningCode.BY_APPOINTMENT: _("ask"),
    WarningCode.HOURS_UNKNOWN: _("ask"),
    WarningCode.OVER_CAPACITY: _("too many"),
    WarningCode.PRECEDENCE: _("order"),
    WarningCode.NOT_PLACED: _("no place"),
}
"""A word for what is wrong at a stop; its sentence stands below."""

SLACK_SHOWN_MIN = 90
"""More to spare than this is as good as no limit."""


@dataclass(frozen=True)
class DraftRow:
    """A stop and, where the day could be timed, its rows of the timeline. `position` counts from 0.

    Phrases, '' where there is nothing to say: `talk` how much longer an interpreted talk takes, `essential`
    that it is what the visit is for, `optional` that it may be left out, `reserve` what is kept after the
    way, `wait` what is waited beside that, `slack` how much it may come later, `after` what it must not come
    before. `state` is the gravest of its warnings in a word, `tone` how grave that is.
    """

    stop: Stop
    site: Site | None
    position: int
    name: str
    row: StopRow | None = None
    leg: LegRow | None = None
    talk: str = ""
    essential: str = ""
    optional: str = ""
    reserve: str = ""
    wait: str = ""
    slack: str = ""
    after: str = ""

    @property
    def tone(self) -> str:
        """Return the tone of the gravest warning, '' where there is none."""
        worst = self._worst()
        return worst.tone if worst else ""

    @property
    def state(self) -> str:
        """Return the gravest warning in a word; needs an application context."""
        worst = self._worst()
        return str(STATES.get(worst.code, _("look"))) if worst else ""

    def _worst(self) -> Notice | None:
        alerts = self.row.alerts if self.row else ()
        return next((one for one in alerts if one.tone == Tone.FAIL), alerts[0] if alerts else None)


@dataclass(frozen=True)
class DraftDay:
    """The stops, and what is kept in reserve at the end of the day, as a phrase or ''."""

    rows: tuple[DraftRow, ...]
    end_reserve: str = ""


def draft_day(
    visit: Visit,
    index: int,
    sites: Mapping[str, Site],
    language: str,
    timed: tuple[Timeline, Itinerary] | None,
) -> DraftDay:
    """Return a day of a draft; needs an application context."""
    with force_locale(language):
        writer = _DraftWriter(visit, index, PlaceWords(sites, language), timed)
        return DraftDay(tuple(map(writer.row, range(len(writer.stops)))), writer.end_reserve())


class _DraftWriter:
    def __init__(
        self, visit: Visit, index: int, words: PlaceWords, timed: tuple[Timeline, Itinerary] | None
    ) -> None:
        timeline = timed[0] if timed else None
        self._itinerary = timed[1] if timed else None
        self._reserves = Reserves.of(visit.buffers)
        self._words = words
        self.stops = visit.days[index].stops
        self._rows = {row.index: row for row in timeline.stops} if timeline else {}
        self._legs = {row.index: row for row in timeline.legs} if timeline else {}

    def row(self, index: int) -> DraftRow:
        stop, row = self.stops[index], self._rows.get(index)
        name, site = self._words.stop_name(stop), self._words.site(stop.place)
        if row is None:
            return DraftRow(stop, site, index, name, after=self._after(stop))
        kept = self._reserve_min(index) + stop.buffer_min
        return DraftRow(
            stop=stop,
            site=site,
            position=index,
            name=row.name,
            after=self._after(stop),
            row=row,
            leg=self._legs.get(index),
            talk=self._talk(stop, row),
            essential=gettext("what the visit is for") if stop.essential else "",
            optional=gettext("may be left out, weight %(weight)s", weight=stop.weight)
            if stop.optional
            else "",
            reserve=reserve_phrase(kept, self._words.language),
            wait=wait_phrase(row.wait_min - kept),
            slack=row.slack if row.slack_min is not None and row.slack_min < SLACK_SHOWN_MIN else "",
        )

    def end_reserve(self) -> str:
        """What is kept after the way to the end of the day, where there is one."""
        return reserve_phrase(self._reserve_min(len(self.stops)), self._words.language)

    def _reserve_min(self, leg: int) -> int:
        legs = self._itinerary.legs if self._itinerary else ()
        return self._reserves.after(legs[leg]) // 60 if leg < len(legs) else 0

    def _talk(self, stop: Stop, row: StopRow) -> str:
        if not stop.talk:
            return ""
        if row.dwell_min <= stop.dwell_min:
            return gettext("talk")
        usual = self._minutes(stop.dwell_min)
        return gettext("talk, interpreted: %(minutes)s instead of %(usual)s", minutes=row.dwell, usual=usual)

    def _after(self, stop: Stop) -> str:
        names = [self._words.stop_name(other) for other in self.stops if other.id in stop.after]
        return gettext("only after: %(stops)s", stops=", ".join(names)) if names else ""

    def _minutes(self, minutes: int) -> str:
        return minutes_text(minutes, self._words.language)
