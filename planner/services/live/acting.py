"""Saying what happens: a guide by a link, an organiser at the desk; the log of both is only added to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import DAY_S, Instant, TownClock
from planner.domain.geo import LonLat
from planner.domain.live.events import DESK, END, START, EventKind, LiveEvent, Phase, happened_at
from planner.errors import InvalidInputError, OtherPartyError, Reason, TooManyActionsError
from planner.services.live.state import LiveState, ways_of
from planner.store import live as store
from planner.store.live import Written

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.live.calls import LiveDay
    from planner.domain.releases import ReleaseContent
    from planner.services.travel.town import Town
    from planner.store.live import LiveLink

IN_A_MINUTE, IN_AN_HOUR = 30, 300
"""So many events a link may send: many more than a guide presses, also after an hour without signal."""

MOST_TEXT, MOST_MINUTES, MOST_PEOPLE = 300, 180, 1000
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
WITH_STOP = frozenset(
    {EventKind.ARRIVED, EventKind.LEFT, EventKind.SHIFT, EventKind.STAY, EventKind.SKIP, EventKind.HEADS}
)
WITH_TEXT = frozenset({EventKind.NOTE, EventKind.PRIVATE})
DAY_AND_MORNING_S = 30 * 3600


@dataclass(frozen=True)
class Saying:
    """What somebody says: an event without what only the service knows.

    `said` is the phone's time, `offset_s` how far it is behind the server's, `hand` tells phones apart that
    share a link; `day` counts from 0.
    """

    id: str
    kind: EventKind
    day: int
    party: str = ""
    stop: str = ""
    minutes: int = 0
    text: str = ""
    other: str = ""
    people: int = 0
    phase: Phase = Phase.BEFORE
    place: LonLat | None = None
    until: Instant | None = None
    said: Instant | None = None
    offset_s: int = 0
    hand: str = ""


@dataclass(frozen=True)
class Said:
    """What became of a saying: whether it was a rehearsal, and whether it was known already."""

    is_rehearsal: bool
    is_repeated: bool


def act_by_link(
    session: Session, town: Town, content: ReleaseContent, link: LiveLink, saying: Saying, now: Instant
) -> Said:
    """Write down what a guide says.

    Raises
    ------
    InvalidInputError
        If it fits no event of this day.
    OtherPartyError
        If the link is another party's.
    TooManyActionsError
        If the link has said too much of late.
    """
    if link.party and saying.party != link.party:
        raise OtherPartyError("this link is of another party", reason=Reason.OTHER_PARTY)
    if store.is_known(session, link.visit_id, saying.id):
        return Said(is_rehearsal=False, is_repeated=True)
    for span_s, most in ((60, IN_A_MINUTE), (3600, IN_AN_HOUR)):
        if store.acted_since(session, link.id, now - span_s) >= most:
            raise TooManyActionsError("too much was said at once", reason=Reason.TOO_MANY_ACTIONS)
    by = f"{link.id}:{saying.hand[:40]}"
    return _write(session, town, content, Written(link.visit_id, "", link.id), _event(saying, by, now))


def act_at_desk(
    session: Session, town: Town, content: ReleaseContent, visit_id: int, saying: Saying, now: Instant
) -> Said:
    """Write down what an organiser says; the desk may undo what anybody has said."""
    if store.is_known(session, visit_id, saying.id):
        return Said(is_rehearsal=False, is_repeated=True)
    return _write(session, town, content, Written(visit_id, ""), _event(saying, DESK, now))


def is_the_day(content: ReleaseContent, day: int, instant: Instant) -> bool:
    """Whether an instant lies on a day of the visit, the morning after it included; else one rehearses."""
    clock = TownClock(content.network.timezone)
    begins = clock.midnight(content.visit.days[day].date)
    return begins <= instant < begins + DAY_AND_MORNING_S


def date_of(content: ReleaseContent, day: int) -> str:
    """Return the ISO date of a day: what a day is called in the log, whatever is published later."""
    return content.visit.days[day].date.isoformat()


@dataclass(frozen=True)
class _Event:
    day: int
    event: LiveEvent


def _event(saying: Saying, by: str, now: Instant) -> _Event:
    at = now if saying.said is None else happened_at(saying.said, saying.offset_s, now)
    event = LiveEvent(
        id=saying.id,
        kind=saying.kind,
        at=at,
        received=now,
        by=by,
        party=saying.party,
        stop=saying.stop,
        minutes=saying.minutes,
        text=saying.text.strip(),
        other=saying.other,
        people=saying.people,
        phase=saying.phase,
        place=saying.place,
        until=saying.until,
    )
    return _Event(saying.day, event)


def _write(session: Session, town: Town, content: ReleaseContent, where: Written, told: _Event) -> Said:
    event = told.event
    if not 0 <= told.day < len(content.visit.days) or not _fits(content, told.day, event):
        raise InvalidInputError("this fits nothing of the day", reason=Reason.UNKNOWN_EVENT)
    is_rehearsal = not is_the_day(content, told.day, event.at)
    where = replace(where, date=date_of(content, told.day), is_rehearsal=is_rehearsal)
    if is_rehearsal:
        event = _as_planned(town, content, told.day, store.events(session, where), event)
    store.add_event(session, where, event)
    return Said(is_rehearsal, is_repeated=False)


def _fits(content: ReleaseContent, day: int, event: LiveEvent) -> bool:
    """Whether an event names what there is, and says no more than it may."""
    stops = {START, END, *(stop.id for stop in content.visit.days[day].stops)}
    parties = {way.name for way in ways_of(content, day)}
    to_all = event.party == "" and event.kind in {EventKind.NOTE, EventKind.MEET, EventKind.UNDO}
    return (
        KEY.fullmatch(event.id) is not None
        and (event.party in parties or to_all)
        and (event.stop in stops or (event.kind not in WITH_STOP and not event.stop))
        and abs(event.minutes) <= MOST_MINUTES
        and 0 <= event.people <= MOST_PEOPLE
        and len(event.text) <= MOST_TEXT
        and (event.kind not in WITH_TEXT or bool(event.text))
        and (event.kind is not EventKind.RAIN or content.rain is not None)
        and (event.kind is not EventKind.MERGE or event.other in parties - {event.party})
        and (event.kind is not EventKind.MEET or (event.until is not None and _is_soon(event)))
        and (event.place is None or (abs(event.place[0]) <= 180 and abs(event.place[1]) <= 90))  # noqa: PLR2004
    )


def _is_soon(event: LiveEvent) -> bool:
    return event.until is not None and event.at - DAY_S <= event.until <= event.at + 400 * DAY_S


def _as_planned(
    town: Town, content: ReleaseContent, day: int, log: list[LiveEvent], event: LiveEvent
) -> LiveEvent:
    """Return an event of a rehearsal at the time at which it is due: one tries the day, not today's clock."""
    party = LiveState.of(town, content, day, log).party(event.party)
    last = max((one.at for one in log), default=0)
    if party is None:
        return replace(event, at=last + 1)
    return replace(event, at=max(_due(party.live, event), last + 1))


def _due(live: LiveDay, event: LiveEvent) -> Instant:
    """When something is due: one comes as planned, and leaves when one has gathered."""
    walked = live.walked
    leaves = [leg.depart for leg in live.itinerary.legs]
    places = [START, *(call.id for call in walked)]
    if event.kind is EventKind.ARRIVED:
        times = {END: live.itinerary.finish} | {call.id: call.arrive for call in walked}
    elif event.kind is EventKind.LEFT:
        times = {call.id: call.leave for call in walked} | dict(zip(places, leaves, strict=False))
    else:
        times = {}
    return times.get(event.stop, live.facts.latest or live.itinerary.start)


def rehearsed(session: Session, content: ReleaseContent, visit_id: int, day: int) -> list[LiveEvent]:
    """What was tried for a day."""
    return store.events(session, Written(visit_id, date_of(content, day), is_rehearsal=True))


def said_on(session: Session, content: ReleaseContent, visit_id: int, day: int) -> list[LiveEvent]:
    """What was said on a day, whichever release was shown then."""
    return store.events(session, Written(visit_id, date_of(content, day)))


def end_rehearsal(session: Session, content: ReleaseContent, visit_id: int, day: int) -> None:
    """Forget what was tried for a day."""
    store.forget_rehearsal(session, Written(visit_id, date_of(content, day)))
