"""The guide's buttons: where one is, what can be pressed next, what would help, who was counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.live.calls import StopState
from planner.domain.live.events import END, EventKind
from planner.domain.live.remedies import is_choice_due
from planner.outputs.live.log_lines import LogLine, LogWriter
from planner.outputs.live.names import PartyWords, phase_text
from planner.outputs.live.presses import Press, PressWriter
from planner.words.translation import force_locale, gettext, ngettext
from planner.words.warnings.tell import notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.warnings.codes import Warning
    from planner.services.live.state import LiveState


SHOWN_COUNTS = 4


@dataclass(frozen=True)
class StopLine:
    """A stop ahead or behind, in short: its number, name, time and how late it is."""

    id: str
    number: int
    name: str
    time: str
    state: StopState
    late: str


@dataclass(frozen=True)
class CountLine:
    """A head count: where, how many, and what is short."""

    text: str
    warning: str


@dataclass(frozen=True)
class Panel:
    """One party's buttons. `step` is the one large button that is due; `late` is '' when all is on time.

    `again` says where the day is on time again after a delay. A party that goes on with another one has no
    steps and is not led by itself. `offers` are what would help; as a `choice` whoever leads is asked once.
    """

    party: str
    label: str
    place: str
    late: str
    again: str
    next: str
    is_led: bool
    step: Press | None
    quick: tuple[Press, ...]
    offers: tuple[Press, ...]
    choice: tuple[Press, ...]
    recipes: tuple[Press, ...]
    stops: tuple[StopLine, ...]
    counts: tuple[CountLine, ...]
    notices: tuple[str, ...]
    missing: tuple[str, ...]
    log: tuple[LogLine, ...]
    own: tuple[str, ...]
    here: str
    here_name: str
    size: int
    leads: str
    order: tuple[dict[str, str], ...]


def panels(
    state: LiveState, language: str, hand: str, *, only: str = "", now: Instant | None = None
) -> tuple[Panel, ...]:
    """Return the buttons of every party, or of one, for one hand; needs an application context.

    A rehearsal has no `now`.
    """
    with force_locale(language):
        return tuple(
            PanelWriter(state, party, language, hand, now).panel()
            for party in state.parties
            if not only or party.name == only
        )


@dataclass(frozen=True)
class PanelWriter(PartyWords):
    """Writes the panel of one party for one hand."""

    hand: str
    now: Instant | None

    def panel(self) -> Panel:
        """Return all of it."""
        presses = PressWriter(self.state, self.party, self.language, self.now)
        offers = tuple(presses.offer(remedy) for remedy in self.state.remedies(self.party.name))
        return Panel(
            party=self.party.name,
            label=gettext("Party %(party)s", party=self.party.name) if self.party.name else "",
            place=self._place(),
            late="" if self.live.joined else self.late(self.live.late_s),
            again=self._again(),
            next=self._next(),
            step=presses.step(),
            quick=presses.quick(),
            offers=offers,
            choice=(*offers, presses.keep()) if offers and self._is_asked() else (),
            recipes=presses.recipes(),
            stops=self._stops(),
            counts=self._counts(),
            notices=(
                *self._merged(),
                *(self._noticed(warning) for warning in self._warnings()),
            ),
            is_led=self.live.joined is None,
            missing=self.party.missing,
            log=LogWriter(self.state, self.party, self.language, self.hand).lines(),
            own=tuple(event.text for event in self.party.events if event.kind is EventKind.PRIVATE),
            here=self.at(),
            here_name=self.name(self.at()),
            size=self.party.size,
            leads=self._leads(),
            order=self._order(),
        )

    def _merged(self) -> Iterator[str]:
        """Which parties join this one, and where."""
        for one in self.party.joining:
            joins = gettext("Party %(party)s joins you.", party=one.party)
            yield f"{joins} {self.met_at(one.joined)}"

    def _place(self) -> str:
        facts, joined = self.live.facts, self.live.joined
        if joined is not None:
            return gettext("Goes on with party %(party)s", party=joined.party)
        if facts.names[facts.position] == END:
            return gettext("The day is over")
        if not facts.is_under_way:
            return gettext("At %(place)s", place=self.name(facts.names[facts.position]))
        return gettext("On the way to %(place)s", place=self.name(self.goes_to()))

    def _next(self) -> str:
        if self.live.joined is not None:
            return self.met_at(self.live.joined)
        coming = self.live.coming
        if not coming:
            time = self.clock.arrival(self.live.itinerary.finish).text
            return gettext("End at %(time)s", time=time)
        words = {"place": self.name(coming[0].id), "time": self.clock.departure(coming[0].start).text}
        return gettext("Next: %(place)s at %(time)s", **words)

    def _warnings(self) -> Iterator[Warning]:
        """What the delay brings, what is too small; the guide of the party that one has joined is told."""
        if self.live.joined is None:
            yield from (*self.live.warnings, *self.party.crowded)

    def _noticed(self, warning: Warning) -> str:
        """What the delay brings, with the stop where it does."""
        text = notice(warning, self.language).text
        if warning.stop is None:
            return text
        place = self.name(self.day.stops[warning.stop].id)
        return gettext("%(place)s: %(text)s", place=place, text=text)

    def _again(self) -> str:
        """Which stop ahead begins when the release says, after one that is told as late; '' for none."""
        call = self.live.on_time_again
        if call is None or self.live.joined or not self.late(self.live.late_s):
            return ""
        return gettext("On time again at: %(stop)s", stop=self.name(call.id))

    def _stops(self) -> tuple[StopLine, ...]:
        return tuple(
            StopLine(
                call.id,
                call.stop + 1,
                self.name(call.id),
                self.clock.departure(call.start).text,
                call.state,
                self.late(call.late_s) if call.state is not StopState.SKIPPED else "",
            )
            for call in self.live.calls
        )

    def _counts(self) -> tuple[CountLine, ...]:
        return tuple(
            CountLine(
                gettext(
                    "%(place)s, %(phase)s: %(people)s",
                    place=self.name(count.stop),
                    phase=phase_text(count.phase),
                    people=count.people,
                ),
                ngettext("%(num)s person is missing", "%(num)s people are missing", count.missing)
                if count.missing
                else "",
            )
            for count in self.party.heads[-SHOWN_COUNTS:]
        )

    def _order(self) -> tuple[dict[str, str], ...]:
        """The places of the day as they follow each other, for a page without a signal."""
        skipped = {call.id for call in self.live.calls if call.state is StopState.SKIPPED}
        names = [name for name in self.live.facts.names if name not in skipped]
        return tuple({"id": name, "name": self.name(name)} for name in names)

    def _is_asked(self) -> bool:
        """Whether this hand is to choose now: the one that leads, or any where nobody said so."""
        return self._leads() != "other" and is_choice_due(self.live, self.party.events)

    def _leads(self) -> str:
        """Who took the lead last, '' where nobody said so: 'own' for this hand, 'other' for another."""
        last = [event for event in self.party.events if event.kind is EventKind.LEAD]
        if not last:
            return ""
        return "own" if last[-1].by == self.hand else "other"
