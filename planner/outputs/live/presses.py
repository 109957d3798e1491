"""What a guide can press: the step that is due, delays, what would help, recipes for what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.live.events import END, EventKind
from planner.outputs.live.names import PartyWords
from planner.services.live.acting import MOST_MINUTES
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.live.remedies import LiveRemedy


@dataclass(frozen=True)
class Press:
    """Something to press: what it says, and what it sends."""

    text: str
    kind: EventKind
    stop: str = ""
    minutes: int = 0
    other: str = ""
    aside: str = ""


@dataclass(frozen=True)
class PressWriter(PartyWords):
    """Writes what one party's guide can press; without a time as of the last thing that is known."""

    now: Instant | None = None

    def step(self) -> Press | None:
        """The one thing that is due: to leave where one is, else to be where one goes."""
        facts = self.live.facts
        if facts.names[facts.position] == END or self.live.joined:
            return None
        if not facts.is_under_way:
            has_end = self.day.end is not None and self.day.end.place is not None
            if not self.live.coming and not has_end:
                return Press(gettext("The day is over"), EventKind.ARRIVED, END)
            name = facts.names[facts.position]
            return Press(gettext("Leaving now"), EventKind.LEFT, name, aside=self.name(name))
        name = self.goes_to()
        return Press(gettext("We are here"), EventKind.ARRIVED, name, aside=self.name(name))

    def quick(self) -> tuple[Press, ...]:
        """What is pressed without a thought."""
        at, coming = self.at(), self.live.coming
        if self.live.joined:
            return ()
        pressed = [
            Press(gettext("+%(minutes)s", minutes=self.minutes(minutes)), EventKind.SHIFT, at, minutes)
            for minutes in (5, 10)
        ]
        if coming:
            due = coming[0].id
            pressed.append(Press(gettext("Skip next"), EventKind.SKIP, due, aside=self.name(due)))
        return tuple(pressed)

    def offer(self, remedy: LiveRemedy) -> Press:
        """A remedy, with what it brings."""
        place = self.name(remedy.stop)
        if remedy.kind is EventKind.SKIP:
            text = gettext("Skip %(place)s", place=place)
        else:
            minutes = self.minutes(remedy.minutes)
            text = gettext("%(minutes)s shorter at %(place)s", minutes=minutes, place=place)
        if remedy.on_time_at == END:
            brings = gettext("the day ends on time")
        elif remedy.on_time_at:
            brings = gettext("on time again at %(place)s", place=self.name(remedy.on_time_at))
        else:
            brings = gettext("saves %(minutes)s", minutes=self.minutes(remedy.saves_s // 60))
        return Press(text, remedy.kind, remedy.stop, remedy.minutes, aside=brings)

    def keep(self) -> Press:
        """The answer that nothing is given up for the delay."""
        late_min = max(self.live.late_s, self.live.end_late_s) // 60
        return Press(gettext("Go on as it is"), EventKind.KEEP, minutes=min(late_min, MOST_MINUTES))

    def recipes(self) -> tuple[Press, ...]:
        """What to do when something goes wrong."""
        at, found = self.at(), []
        if self.live.joined:
            return ()
        here = self.live.here
        if here is not None:
            quarter = self.minutes(15)
            found.append(Press(gettext("%(minutes)s longer here", minutes=quarter), EventKind.STAY, at, 15))
            found.append(
                Press(
                    gettext("The host is not there: go on"),
                    EventKind.SKIP,
                    here.id,
                    aside=gettext("leaves this stop at once"),
                )
            )
            ten = self.minutes(10)
            found.append(
                Press(gettext("The host is not there: wait %(minutes)s", minutes=ten), EventKind.STAY, at, 10)
            )
        return (*self._rain(), *found, *self._merges())

    def _rain(self) -> Iterator[Press]:
        """The other version of the day, where it has one."""
        if self.state.is_rain:
            yield Press(gettext("Back to the plan without rain"), EventKind.DRY)
        elif self.state.has_rain:
            yield Press(gettext("Switch to the rain version"), EventKind.RAIN)

    def _merges(self) -> Iterator[Press]:
        """The parties that can still be met, with where and when."""
        for other in self.state.parties:
            joined = self.state.joined(self.party.name, other.name, self.now)
            if joined is not None:
                text = gettext("Guide is ill: go on with party %(party)s", party=other.name)
                aside = self.met_at(joined)
                yield Press(text, EventKind.MERGE, joined.stop, other=other.name, aside=aside)
