"""The log of a day as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.live.events import DESK, EventKind
from planner.outputs.live.names import PartyWords, phase_text
from planner.words.translation import Later, _, gettext

if TYPE_CHECKING:
    from planner.domain.live.events import LiveEvent


SAID: dict[EventKind, Later] = {
    EventKind.ARRIVED: _("Arrived: %(place)s"),
    EventKind.LEFT: _("Left: %(place)s"),
    EventKind.SHIFT: _("%(sign)s%(minutes)s: %(place)s"),
    EventKind.STAY: _("%(minutes)s longer at %(place)s"),
    EventKind.SKIP: _("Skipped: %(place)s"),
    EventKind.NOTE: _("Note to everybody: %(text)s"),
    EventKind.PRIVATE: _("Own note: %(text)s"),
    EventKind.MEET: _("Meet at %(time)s"),
    EventKind.MERGE: _("Goes on with party %(party)s"),
    EventKind.HEADS: _("%(place)s, %(phase)s: %(people)s"),
    EventKind.LEAD: _("Took over the lead"),
    EventKind.KEEP: _("Goes on as it is, %(minutes)s late"),
    EventKind.RAIN: _("Switched to the rain version"),
    EventKind.DRY: _("Back to the plan without rain"),
}
SHORTER = _("%(minutes)s shorter at %(place)s")


@dataclass(frozen=True)
class LogLine:
    """Something that was said. `is_own` is what this hand may undo; `is_undone` what somebody has."""

    id: str
    at: str
    text: str
    by: str
    is_own: bool
    is_undone: bool


@dataclass(frozen=True)
class LogWriter(PartyWords):
    """Writes the log of one party for one hand, the last first; what was undone is in it."""

    hand: str

    def lines(self) -> tuple[LogLine, ...]:
        """All that was said of this party, the last first; what was undone too."""
        standing = {event.id for event in self.state.standing}
        own = [event for event in self.state.log if event.party in (self.party.name, "")]
        told = [event for event in own if event.kind is not EventKind.UNDO]
        return tuple(
            LogLine(
                event.id,
                self.clock.departure(event.at).text,
                self._said(event),
                gettext("desk") if event.by == DESK else gettext("guide"),
                self.hand in (event.by, DESK),
                event.id not in standing,
            )
            for event in sorted(told, key=lambda event: (event.at, event.id), reverse=True)
        )

    def _said(self, event: LiveEvent) -> str:
        is_less = event.minutes < 0
        text = SHORTER if event.kind is EventKind.STAY and is_less else SAID[event.kind]
        return text.fill(
            place=self.name(event.stop) if event.stop else "",
            minutes=self.minutes(event.minutes),
            sign="-" if is_less else "+",
            text=event.text,
            time=self.clock.departure(event.until).text if event.until else "",
            party=event.other,
            phase=phase_text(event.phase),
            people=event.people,
        )
