"""What is laid over a released page on the day: new times, what changed, notes, where to meet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.live.day import StopState
from planner.domain.live.events import EventKind
from planner.domain.warnings.audience import Audience, release_for
from planner.outputs.board.party_views import of_party, parties_of
from planner.outputs.board.programme import common_timeline
from planner.outputs.live.names import WORTH_TELLING_S
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.now import now_cards
from planner.outputs.timeline.rows import EndRow, LegRow, StopRow
from planner.words.formats import DayClock, minutes_text
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.live.events import LiveEvent
    from planner.domain.releases import ReleaseContent
    from planner.outputs.timeline.now import NowCard
    from planner.outputs.timeline.rows import Row, Timeline
    from planner.services.live.state import LiveState, PartyState
    from planner.words.formats import Moment

MOST_NOTES = 3


@dataclass(frozen=True)
class Overlaid:
    """Whose page an overlay is for: its audience, the party chosen ('' for all), its language."""

    audience: Audience
    party: str
    language: str


def overlay(state: LiveState, asked: Overlaid) -> dict[str, Any]:
    """Return the overlay as plain data; all texts are ready written. Needs an application context.

    `cards` and `rows` are there as soon as something was said that moves a time or tells where one is.
    """
    with force_locale(asked.language):
        return _Writer(state, asked).written()


class _Writer:
    def __init__(self, state: LiveState, asked: Overlaid) -> None:
        self.state, self.asked = state, asked
        self.released = self._timeline(state.content)
        self.party: PartyState | None = state.party(asked.party)
        self.events = self.party.events if self.party else tuple(state.standing)
        clock = next(iter(state.asked.values())).clock
        self.clock = DayClock(clock, state.content.visit.days[state.day].date)

    def written(self) -> dict[str, Any]:
        """Return all of it."""
        has_times = any(event.kind in MOVING for event in self.state.standing)
        live = self._timeline(self.state.live_content) if has_times else self.released
        changes = list(self._changes(live))
        return {
            "cards": [self._card(card, live) for card in now_cards(live)] if has_times else [],
            "rows": self._rows(live) if has_times else [],
            "late": self._late(),
            "changes": changes,
            "notes": [self._note(event) for event in self._of(EventKind.NOTE)[-MOST_NOTES:]],
            "meet": self._meet(),
            "aside": list(self._aside()),
            "said": self._said(changes),
        }

    def _timeline(self, content: ReleaseContent) -> Timeline:
        read = release_for(content, self.asked.audience)
        ways = parties_of(read, self.state.day)
        way = next((way for way in ways if way.name == self.asked.party), None)
        if ways and way is None:
            return common_timeline(read, self.state.day, self.asked.language)
        own = of_party(read, self.state.day, way) if way else read
        return build_timeline(own, self.state.day, self.asked.language)

    def _of(self, kind: EventKind) -> list[LiveEvent]:
        return [event for event in self.events if event.kind is kind]

    def _card(self, card: NowCard, live: Timeline) -> dict[str, Any]:
        return {
            **asdict(card),
            "begins": card.begins.iso if card.begins else None,
            "ends": card.ends.iso if card.ends else None,
            "anchor": self._anchor(card, live),
        }

    def _anchor(self, card: NowCard, live: Timeline) -> str:
        """The row of the page that a card is about."""
        if card.kind != "leg":
            return card.anchor
        return next((self._way(row, live) for row in live.legs if row.anchor == card.anchor), "")

    def _way(self, leg: LegRow, live: Timeline) -> str:
        """The page's row of a way: it is found by where it leads, since stops may have been left out."""
        to = _after(live.rows, leg)
        return next((row.anchor for row in self.released.legs if _after(self.released.rows, row) == to), "")

    def _rows(self, live: Timeline) -> list[dict[str, Any]]:
        now = {row.number: row for row in live.stops}
        rows = [self._row(row, now.get(row.number)) for row in self.released.stops]
        return [*rows, *self._ways(live)]

    def _ways(self, live: Timeline) -> Iterator[dict[str, Any]]:
        """When one sets out on each way that is still gone, and when the day ends."""
        for row in live.legs:
            anchor = self._way(row, live)
            if anchor:
                yield {
                    "id": anchor,
                    "state": StopState.COMING,
                    "start": _told(row.depart),
                    "was": "",
                    "note": "",
                }
        end = live.rows[-1]
        if isinstance(end, EndRow):
            yield {
                "id": "day-end",
                "state": StopState.COMING,
                "start": _told(end.time),
                "was": "",
                "note": "",
            }

    def _row(self, row: StopRow, now: StopRow | None) -> dict[str, Any]:
        state = self._state(row)
        if now is None:
            return {"id": row.anchor, "state": StopState.SKIPPED, "was": "", "note": gettext("Left out")}
        moved = now.start.text != row.start.text
        return {
            "id": row.anchor,
            "state": state,
            "start": _told(now.start),
            "leave": _told(now.leave),
            "was": gettext("planned %(time)s", time=row.start.text) if moved else "",
            "note": gettext("Left out") if state is StopState.SKIPPED else "",
        }

    def _state(self, row: StopRow) -> StopState:
        parties = (self.party,) if self.party else self.state.parties
        states = {call.state for one in parties for call in one.live.calls if call.stop == row.index}
        return states.pop() if len(states) == 1 else StopState.COMING

    def _late(self) -> str:
        late_s = max((one.live.late_s for one in self._shown()), default=0)
        if late_s < WORTH_TELLING_S:
            return ""
        return gettext("%(minutes)s late", minutes=minutes_text(late_s // 60, self.asked.language))

    def _shown(self) -> tuple[PartyState, ...]:
        return (self.party,) if self.party else self.state.parties

    def _changes(self, live: Timeline) -> Iterator[str]:
        """What is otherwise than on the page, the next thing first."""
        now = {row.number: row for row in live.stops}
        for row in self.released.stops:
            state, moved = self._state(row), now.get(row.number)
            if moved is None or state is StopState.SKIPPED:
                yield gettext("%(place)s is left out", place=row.name)
            elif state is StopState.COMING and moved.start.text != row.start.text:
                words = {"place": row.name, "time": moved.start.text, "before": row.start.text}
                yield gettext("%(place)s at %(time)s instead of %(before)s", **words)
        ends = (live.summary.finish, self.released.summary.finish)
        if ends[0] != ends[1]:
            yield gettext("End at %(time)s instead of %(before)s", time=ends[0], before=ends[1])

    def _note(self, event: LiveEvent) -> dict[str, str]:
        return {"id": event.id, "text": event.text, "at": self.clock.departure(event.at).text}

    def _meet(self) -> dict[str, Any] | None:
        """The last call to meet somewhere."""
        calls = self._of(EventKind.MEET)
        if not calls or calls[-1].until is None:
            return None
        until = self.clock.departure(calls[-1].until)
        return {
            "id": calls[-1].id,
            "text": calls[-1].text or gettext("We meet at the point on the map."),
            "at": calls[-1].place,
            "until": until.text,
            "until_iso": until.iso,
            "label": gettext("Meet at %(time)s", time=until.text),
            "counts": gettext("in {left}"),
        }

    def _aside(self) -> Iterator[str]:
        """Whom one waits for, and with whom one goes on."""
        for one in self._shown():
            for missing in one.missing:
                yield gettext("Party %(party)s is still on its way here.", party=missing)
            if one.goes_with:
                words = {"party": one.name, "other": one.goes_with}
                yield gettext("Party %(party)s goes on with party %(other)s.", **words)

    def _said(self, changes: list[str]) -> str:
        """One sentence for those who hear the page."""
        told = [self._late(), *changes[:1], *(event.text for event in self._of(EventKind.NOTE)[-1:])]
        return ". ".join(text for text in told if text)


def _told(moment: Moment) -> dict[str, str]:
    return {"text": moment.text, "iso": moment.iso}


def _at(moment: Moment) -> dict[str, Any]:
    """What a row without a stay says."""
    return {"state": StopState.COMING, "start": _told(moment), "was": "", "note": ""}


def _after(rows: Sequence[Row], leg: LegRow) -> int | str:
    """Where a way leads: a stop's number, or the end."""
    to = rows[rows.index(leg) + 1]
    return to.number if isinstance(to, StopRow) else to.kind


MOVING = frozenset(
    {
        EventKind.ARRIVED,
        EventKind.LEFT,
        EventKind.SHIFT,
        EventKind.STAY,
        EventKind.SKIP,
        EventKind.MERGE,
    }
)
