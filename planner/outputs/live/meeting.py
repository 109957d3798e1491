"""Where phones are called to: to a point on the map, or to the party with which theirs goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.live.events import EventKind, LiveEvent
from planner.outputs.live.names import PartyWords
from planner.outputs.live.walk import walk_document
from planner.services.live.state import LiveState, PartyState
from planner.words.formats import DayClock
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.domain.live.calls import Joined


@dataclass(frozen=True)
class MeetingWriter:
    """Writes for one party, None for all of them, out of what it hears."""

    state: LiveState
    party: PartyState | None
    events: Sequence[LiveEvent]
    clock: DayClock
    language: str

    @property
    def joined(self) -> Joined | None:
        """The party with which this one goes on."""
        return self.party.live.joined if self.party else None

    def meet(self) -> dict[str, Any] | None:
        """Return the last call to meet; that one goes on with another party is such a call."""
        joined, last = self.joined, self._last
        if last is None:
            return None
        if joined is not None and self._is_merge(last):
            place = self._words.name(joined.stop)
            label = gettext("Meet party %(party)s at %(time)s", party=joined.party, time="{time}")
            return self._call(f"{last.id} {joined.at}", label, place, joined.place.at, joined.at)
        text = last.text or gettext("We meet at the point on the map.")
        label = gettext("Meet at %(time)s", time="{time}")
        call = self._call(last.id, label, text, last.place, last.until or last.at)
        return {**call, "walk": walk_document(self.state, self.party, last, self.language)}

    def said(self) -> Iterator[str]:
        """Return the last call to meet as one hears it; of parties that go on together merged() tells."""
        call = self.meet()
        if call is not None and self._last is not None and not self._is_merge(self._last):
            yield f"{call['label']}: {call['text']}"

    def merged(self, *, is_beside_call: bool = False) -> Iterator[str]:
        """Return which parties go on together; a party reads it of itself and of those that join it.

        Beside the call to meet, which says where and when, its own sentence need not.
        """
        for one in self.state.parties:
            joined = one.live.joined
            if joined and (self.party is None or self.party.name in {one.name, joined.party}):
                words = {"party": one.name, "other": joined.party}
                together = gettext("Party %(party)s goes on with party %(other)s.", **words)
                if is_beside_call and self.party is not None and self.party.name == one.name:
                    yield together
                    continue
                yield f"{together} {PartyWords(self.state, one, self.language).met_at(joined)}"

    def other(self) -> dict[str, str] | None:
        """Return the party whose page has the way from here on, with the map and its directions."""
        if self.joined is None:
            return None
        return {
            "party": self.joined.party,
            "text": gettext("List and map of party %(party)s", party=self.joined.party),
        }

    @property
    def _last(self) -> LiveEvent | None:
        """The last thing that calls to meet."""
        called = [event for event in self.events if event.kind is EventKind.MEET or self._is_merge(event)]
        return called[-1] if called else None

    @property
    def _words(self) -> PartyWords:
        return PartyWords(self.state, self.party or self.state.parties[0], self.language)

    def _is_merge(self, event: LiveEvent) -> bool:
        return self.joined is not None and event.id == self.joined.event

    def _call(self, key: str, label: str, text: str, at: LonLat | None, until: Instant) -> dict[str, Any]:
        moment = self.clock.departure(until)
        return {
            "id": key,
            "text": text,
            "at": at,
            "until": moment.text,
            "until_iso": moment.iso,
            "label": label.replace("{time}", moment.text),
            "counts": gettext("in {left}"),
            "walk": None,
        }
