"""A party that goes on with another one: where and when they meet, and whose times count from then on.

What the party has done keeps its time. Then it goes to the other party: where the merge says, else to the
first place that it reaches in time. From there on it has the stops and times of the other one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, Instant, minute_from
from planner.domain.itinerary import Leg
from planner.domain.live.calls import Joined, LiveCall, LiveDay, StopState, as_call
from planner.domain.live.events import END, START, EventKind, in_order
from planner.domain.live.turning import Turning, place_after, turning_of
from planner.domain.schedule.stays import move
from planner.domain.schedule.timed import Place
from planner.domain.visits import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planner.domain.live.day import DayUnderWay
    from planner.domain.live.events import LiveEvent

SPARE_S = 5 * MINUTE_S
"""So much of a stay is still to come for who joins it late."""


def merges_of(events: Mapping[str, Sequence[LiveEvent]]) -> dict[str, LiveEvent]:
    """Return for each party that goes on with another the event that says so, of standing events.

    A party goes on with another once; what would make two parties wait for each other is passed over.
    """
    said = {event.id: event for own in events.values() for event in own if event.kind is EventKind.MERGE}
    found: dict[str, LiveEvent] = {}
    for event in in_order(said.values()):
        leads = event.other
        while leads in found:
            leads = found[leads].other
        if event.party in events and leads in events and event.party not in found and leads != event.party:
            found[event.party] = event
    return found


def before(events: Iterable[LiveEvent], merge: LiveEvent) -> list[LiveEvent]:
    """Return what was said before a merge: after it the party's own way does not count."""
    return [event for event in events if (event.at, event.id) < (merge.at, merge.id)]


def going_with(
    own: DayUnderWay, events: Sequence[LiveEvent], merge: LiveEvent, asked: DayUnderWay, other: LiveDay
) -> LiveDay:
    """Return the day of a party that goes on with another one, given with its own day under way.

    Where they do not meet any more, as one of them is through with its day, it goes on by itself.
    """
    live = own.after(before(events, merge))
    turning = turning_of(own, live, merge.at)
    if turning is None:
        return own.after(events)
    reached = [_Reached(meeting, _way(own, turning, meeting)) for meeting in _meetings(asked, other, turning)]
    met = _chosen(reached, merge.stop)
    return own.after(events) if met is None else _together(live, turning, met, merge, other)


@dataclass(frozen=True)
class _Meeting:
    """Where the other party can be met: its place, and from when to when it is there.

    `number` counts its stays.
    """

    stop: str
    place: Place
    mode: Mode
    number: int
    start: Instant
    leave: Instant


@dataclass(frozen=True)
class _Reached:
    meeting: _Meeting
    leg: Leg

    @property
    def is_in_time(self) -> bool:
        """Whether the stay has not begun, or much of it is still to come."""
        arrive, meeting = self.leg.arrive, self.meeting
        return arrive <= meeting.start or arrive + SPARE_S <= meeting.leave


def _meetings(asked: DayUnderWay, other: LiveDay, turning: Turning) -> Iterator[_Meeting]:
    """Where the other party is now or later: its start for who stands there too, its stays, its end."""
    day, start = asked.day, other.itinerary.start
    if not turning.position and turning.passed is None and start >= turning.ready:
        yield _Meeting(START, day.start_place, day.end_mode, -1, start, start)
    modes = {stop.id: stop.mode for stop in day.stops}
    for number, call in enumerate(other.walked):
        if call.leave >= turning.ready:
            place = place_after(asked, other.walked[: number + 1])
            yield _Meeting(call.id, place, modes[call.id], number, call.start, call.leave)
    finish = other.itinerary.finish
    if day.end_place is not None and END not in other.facts.arrived and finish >= turning.ready:
        yield _Meeting(END, day.end_place, day.end_mode, len(other.walked), finish, finish)


def _way(own: DayUnderWay, turning: Turning, meeting: _Meeting) -> Leg:
    """The way to where the other party is; who is there already, or goes there, only waits."""
    gather_s = own.day.gather_s
    return move(turning.place, meeting.place, meeting.mode, turning.ready, gather_s, own.travel)


def _chosen(reached: Sequence[_Reached], wanted: str) -> _Reached | None:
    """What was agreed, else the first place that is reached in time, else the last of all."""
    agreed = next((one for one in reached if one.meeting.stop == wanted), None)
    if agreed is not None:
        return agreed
    return next((one for one in reached if one.is_in_time), reached[-1] if reached else None)


def _together(live: LiveDay, turning: Turning, met: _Reached, merge: LiveEvent, other: LiveDay) -> LiveDay:
    meeting, at = met.meeting, met.leg.arrive
    walked, legs = _up_to(turning, met)
    later, finish = other.walked[max(0, meeting.number) :], other.itinerary.finish
    if meeting.number < 0:
        at, legs = other.itinerary.start, other.itinerary.legs
    elif later:
        first = later[0]
        at = min(at, first.leave)
        start = min(max(first.start, minute_from(at)), first.leave)
        later = (replace(first, arrive=at, start=start), *later[1:])
        legs = (*legs[:-1], _cut(legs[-1], at), *other.itinerary.legs[meeting.number + 1 :])
    else:
        finish = max(finish, at)
    whole = (*walked, *later)
    return LiveDay(
        facts=live.facts,
        calls=(*_left_out(live, turning, whole), *whole),
        walked=whole,
        itinerary=replace(
            live.itinerary,
            start=other.itinerary.start if meeting.number < 0 else live.itinerary.start,
            finish=finish,
            calls=tuple(as_call(call) for call in whole),
            legs=legs,
        ),
        late_s=other.late_s,
        end_late_s=other.end_late_s,
        warnings=other.warnings,
        joined=Joined(
            merge.other, merge.id, meeting.stop, meeting.place, minute_from(max(at, meeting.start))
        ),
    )


def _up_to(turning: Turning, met: _Reached) -> tuple[tuple[LiveCall, ...], tuple[Leg, ...]]:
    """What the party has walked before it meets the other one, and its legs, the one to it being the last."""
    passed = turning.passed
    if passed is None:
        return turning.walked, (*turning.legs, met.leg)
    if passed.id == met.meeting.stop:
        return turning.walked, turning.legs
    return (*turning.walked, passed), (*turning.legs, met.leg)


def _left_out(live: LiveDay, turning: Turning, whole: Sequence[LiveCall]) -> Iterator[LiveCall]:
    """The stops that the party sees no more."""
    seen = {call.id for call in whole}
    for call in live.calls:
        if call.id not in seen:
            yield replace(
                call,
                arrive=turning.ready,
                start=turning.ready,
                leave=turning.ready,
                state=StopState.SKIPPED,
                late_s=0,
            )


def _cut(leg: Leg, at: Instant) -> Leg:
    """The way as it was: whoever has been met has been reached."""
    depart = min(leg.depart, at)
    return replace(leg, depart=depart, arrive=at, duration_s=at - depart)
