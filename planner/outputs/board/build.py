"""The parties of a day on one board, as data: a lane for each party, and one for each stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.releases import ReleaseContent
from planner.domain.visits import Party
from planner.domain.warnings.severity import Tone
from planner.outputs.board.party_views import look_of, of_party, parties_of, party_called
from planner.outputs.board.rows import Lane, LaneNotice, Move, PartyBoard, PartyStay, Presence, SiteLane, Tick
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.rows import Noticed, StopRow
from planner.words.formats import DayClock, distance_text, language_name, minutes_text, waited_minutes
from planner.words.places import PlaceWords
from planner.words.translation import force_locale, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Itinerary, PartyItinerary
    from planner.domain.visits import Day
    from planner.outputs.timeline.rows import Timeline

QUARTER_S = 900
HOUR_S = 3600


def build_board(
    content: ReleaseContent, day: int, language: str, *, has_notices: bool = True
) -> PartyBoard | None:
    """Return the board of a day, None where nobody splits; needs an application context.

    Without notices, which take each party's whole timeline, it is there sooner.
    """
    if not parties_of(content, day):
        return None
    with force_locale(language):
        return _BoardWriter(content, day, language, has_notices).board()


def most_at_once(stays: Iterable[tuple[Instant, Instant, int]]) -> int:
    """Return how many people are there at most, of stays as (begin, end, people); who leaves makes room."""
    steps = sorted(step for begin, end, people in stays for step in ((begin, people), (end, -people)))
    most = now = 0
    for _, change in steps:
        now += change
        most = max(most, now)
    return most


@dataclass(frozen=True)
class _BoardWriter:
    content: ReleaseContent
    index: int
    language: str
    has_notices: bool
    clock: DayClock = field(init=False)

    def __post_init__(self) -> None:
        zone = TownClock(self.content.network.timezone)
        object.__setattr__(self, "clock", DayClock(zone, self.day.date))

    @property
    def day(self) -> Day:
        return self.content.visit.days[self.index]

    @property
    def ways(self) -> tuple[PartyItinerary, ...]:
        return parties_of(self.content, self.index)

    def board(self) -> PartyBoard:
        lanes = tuple(self.lane(index, way) for index, way in enumerate(self.ways))
        first = min(way.itinerary.start for way in self.ways)
        last = max(way.itinerary.finish for way in self.ways)
        start, end = first - first % QUARTER_S, last + -last % QUARTER_S
        return PartyBoard(
            start=start,
            end=max(end, start + HOUR_S),
            finish=self.clock.arrival(last),
            waiting=minutes_text(sum(lane.wait_min for lane in lanes), self.language),
            ticks=tuple(self.ticks(start, max(end, start + HOUR_S))),
            lanes=lanes,
            sites=tuple(self.site(index) for index in range(len(self.day.stops))),
        )

    def ticks(self, start: Instant, end: Instant) -> Iterator[Tick]:
        for at in range(start, end + 1, QUARTER_S):
            face = self.clock.clock.face(at)
            is_hour = face.endswith(":00")
            yield Tick(at, face if is_hour else face[3:], is_hour)

    def lane(self, index: int, way: PartyItinerary) -> Lane:
        party = party_called(self.content, way.name) or Party(way.name, 0)
        itinerary = way.itinerary
        wait_min = sum(waited_minutes(call.arrive, call.start) for call in itinerary.calls)
        return Lane(
            look=look_of(index),
            name=way.name,
            people=ngettext("%(num)s person", "%(num)s people", party.size) if party.size else "",
            size=party.size,
            guide=party.guide,
            language=language_name(party.language, self.language),
            start=self.clock.departure(itinerary.start),
            finish=self.clock.arrival(itinerary.finish),
            wait_min=wait_min,
            waiting=minutes_text(wait_min, self.language),
            walking=distance_text(itinerary.totals.walk_m, self.language),
            stays=tuple(self.stays(itinerary)),
            moves=tuple(
                Move(str(leg.mode), leg.depart, leg.arrive) for leg in itinerary.legs if leg.duration_s
            ),
            notices=tuple(self.notices(way)) if self.has_notices else (),
        )

    def notices(self, way: PartyItinerary) -> Iterator[LaneNotice]:
        own = of_party(self.content, self.index, way)
        return lane_notices(build_timeline(own, self.index, self.language))

    def stays(self, itinerary: Itinerary) -> Iterator[PartyStay]:
        for call in itinerary.calls:
            start, leave = self.clock.departure(call.start), self.clock.departure(call.leave)
            wait_min = waited_minutes(call.arrive, call.start)
            yield PartyStay(
                stop=call.stop,
                number=call.stop + 1,
                name=self.name(call.stop),
                arrive=call.arrive,
                start=call.start,
                leave=call.leave,
                begins=start.text,
                times=f"{start.text}–{leave.text}",
                wait=gettext("waits %(minutes)s", minutes=minutes_text(wait_min, self.language))
                if wait_min
                else "",
            )

    def name(self, stop: int) -> str:
        return PlaceWords(self.content.sites, self.language).stop_name(self.day.stops[stop])

    def site(self, index: int) -> SiteLane:
        stop = self.day.stops[index]
        place = stop.place.site if stop.place else None
        site = self.content.sites.get(place) if place else None
        presences = tuple(sorted(self.presences(index), key=lambda presence: presence.start))
        return SiteLane(
            number=index + 1,
            id=stop.id,
            name=self.name(index),
            capacity=stop.capacity if stop.capacity is not None else site.capacity if site else None,
            most=most_at_once((presence.start, presence.leave, presence.size) for presence in presences)
            if stop.place
            else 0,
            is_together=stop.meets,
            has_waiting=any(
                waited_minutes(call.arrive, call.start)
                for way in self.ways
                for call in way.itinerary.calls
                if call.stop == index
            ),
            presences=presences,
        )

    def presences(self, stop: int) -> Iterator[Presence]:
        for index, way in enumerate(self.ways):
            party = party_called(self.content, way.name)
            for call in way.itinerary.calls:
                if call.stop == stop:
                    times = f"{self.clock.departure(call.start).text}–{self.clock.departure(call.leave).text}"
                    size = party.size if party else 0
                    yield Presence(look_of(index), way.name, size, call.start, call.leave, times)


def lane_notices(timeline: Timeline) -> Iterator[LaneNotice]:
    """Return what does not work or needs a look in one party's day, each with where it bites."""
    for notice in timeline.notices:
        if notice.tone != Tone.NOTE:
            yield LaneNotice("", notice.text, notice.tone)
    where = ""
    for row in timeline.rows:
        if isinstance(row, StopRow):
            where = f"{row.number}. {row.name}"
        if isinstance(row, Noticed):
            for notice in row.alerts:
                yield LaneNotice(where if isinstance(row, StopRow) else "", notice.text, notice.tone)
