"""What is laid over a released page on the day: new times, what changed, notes, where to meet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.live.calls import StopState
from planner.domain.live.events import EventKind
from planner.domain.warnings.audience import Audience, release_for
from planner.outputs.board.party_views import of_party, parties_of
from planner.outputs.board.programme import common_timeline
from planner.outputs.live.laid_rows import LaidRows
from planner.outputs.live.meeting import MeetingWriter
from planner.outputs.live.names import WORTH_TELLING_S
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.now import now_cards
from planner.words.formats import DayClock, minutes_text
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.live.events import LiveEvent
    from planner.domain.releases import ReleaseContent
    from planner.outputs.timeline.now import NowCard
    from planner.outputs.timeline.rows import Timeline
    from planner.services.live.state import LiveState, PartyState

MOST_NOTES = 3


@dataclass(frozen=True)
class Overlaid:
    """Whose page an overlay is for: its audience, the party chosen ('' for all), its language.

    `is_rain` says that it is the page of the rain version.
    """

    audience: Audience
    party: str
    language: str
    is_rain: bool = False


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
        self.meeting = MeetingWriter(state, self.party, self.events, self.clock, asked.language)

    def written(self) -> dict[str, Any]:
        """Return all of it; over the page of the other version lies no more than that it is not in force."""
        if self.state.is_rain != self.asked.is_rain:
            return self._of_other_version()
        return self._of_own_version() | {"version_text": ""}

    def _of_other_version(self) -> dict[str, Any]:
        text = (
            gettext("It rains: the rain version of the day is in force.")
            if self.state.is_rain
            else gettext("The plan without rain is in force.")
        )
        return {
            "cards": [],
            "rows": [],
            "late": "",
            "changes": [],
            "notes": [self._note(event) for event in self._of(EventKind.NOTE)[-MOST_NOTES:]],
            "meet": self.meeting.meet(),
            "aside": [],
            "order": [],
            "with": self.meeting.other(),
            "said": [text.removesuffix(".")],
            "version_text": text,
        }

    def _of_own_version(self) -> dict[str, Any]:
        has_times = any(event.kind in MOVING for event in self.state.standing)
        live = self._timeline(self.state.live_content) if has_times else self.released
        self.laid = LaidRows(self.released, live, self._shown())
        changes = list(self._changes(live))
        return {
            "cards": [self._card(card, live) for card in now_cards(live)] if has_times else [],
            "rows": self.laid.rows() if has_times else [],
            "late": self._late(),
            "changes": changes,
            "notes": [self._note(event) for event in self._of(EventKind.NOTE)[-MOST_NOTES:]],
            "meet": self.meeting.meet(),
            "aside": list(self._aside()),
            "order": self.laid.order() if self.meeting.joined else [],
            "with": self.meeting.other(),
            "said": [text.removesuffix(".") for text in self._said(changes, has_times=has_times)],
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
        return next((self.laid.way(row) for row in live.legs if row.anchor == card.anchor), "")

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
            state, moved = self.laid.state(row), now.get(row.number)
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

    def _aside(self) -> Iterator[str]:
        """Whom one waits for, who goes on with whom, and where they meet."""
        for one in self._shown():
            for missing in one.missing:
                yield gettext("Party %(party)s is still on its way here.", party=missing)
        yield from self.meeting.merged(is_beside_call=True)

    def _said(self, changes: list[str], *, has_times: bool) -> Iterator[str]:
        """Sentences for those who hear the page, who are told those that they have not heard yet."""
        yield from self.meeting.merged()
        late = self._late()
        if late or has_times:
            yield late or gettext("On time")
        yield from changes[:1]
        yield from self.meeting.said()
        yield from (event.text for event in self._of(EventKind.NOTE)[-1:])


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
