"""A day that is under way: the release's times, moved by what has happened and by nothing else.

What comes is planned by the rules of every schedule, with three of its own. A stay never begins before the
time that the release says, since hosts and others reckon with it. Reserves and waits are eaten before
anything moves. And what has happened keeps its time: whoever says to be leaving has gathered already.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant, TownClock, minute_from
from planner.domain.itinerary import Call, Itinerary, Leg
from planner.domain.live.calls import LiveCall, LiveDay, StopState, as_call
from planner.domain.live.events import END, START
from planner.domain.live.facts import Facts, facts_of
from planner.domain.schedule.stays import move, planned_stay
from planner.domain.schedule.timed import TimedDay, Travel
from planner.domain.warnings.codes import Late, LateFor, Warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.live.events import LiveEvent
    from planner.domain.schedule.timed import Place, TimedStop


@dataclass(frozen=True)
class DayUnderWay:
    """What a live day is worked out of: the day in the party's order, as it was released, and the ways.

    `planned` has a call for each of the day's stops, in the same order. `holds` are instants before which the
    stay at a stop does not begin: others are not there yet.
    """

    day: TimedDay
    planned: Itinerary
    travel: Travel
    clock: TownClock
    holds: tuple[tuple[str, Instant], ...] = ()

    def after(self, events: Sequence[LiveEvent]) -> LiveDay:
        """Return the day after standing events, given in their order."""
        return self.at(facts_of([stop.id for stop in self.day.stops], events, self._start_of))

    def _start_of(self, facts: Facts, name: str) -> Instant:
        return next(call.start for call in self.at(facts).calls if call.id == name)

    def at(self, facts: Facts) -> LiveDay:
        """Return the day as it goes on from what is known."""
        walked = _Walk(self, facts)
        walked.run()
        return walked.live()


class _Walk:
    """Goes through the day once, from place to place."""

    def __init__(self, asked: DayUnderWay, facts: Facts) -> None:
        self.asked, self.facts, self.day = asked, facts, asked.day
        self.here: Place = self.day.start_place
        self.now = self._clipped(0, facts.left.get(START, self._start_s()))
        self.is_gathered = START in facts.left
        self.calls: list[LiveCall] = []
        self.walked: list[LiveCall] = []
        self.legs: list[Leg] = []
        self.warnings: list[Warning] = []
        self.start = self.now
        self.finish = self.now

    def _start_s(self) -> Instant:
        return max(self.asked.planned.start, self.asked.planned.start + self.facts.longer_s.get(START, 0))

    def _clipped(self, index: int, instant: Instant) -> Instant:
        """What lies before something that is known was over by then."""
        known = self.facts.next_known(index)
        return instant if known is None else min(instant, known)

    def run(self) -> None:
        for index in range(len(self.day.stops)):
            self._stop(index)
        self._end()

    def _leg(self, index: int, place: Place | None, name: str, gather_s: int | None) -> Leg:
        """The way to a place, with the time at which it was reached where that is known."""
        stop = self.day.stops[index] if index < len(self.day.stops) else None
        mode = self.day.end_mode if stop is None else stop.mode
        usual = self.day.gather_s if gather_s is None else gather_s
        gather = 0 if self.is_gathered else usual
        leg = move(self.here, place, mode, self.now, gather, self.asked.travel)
        arrive = leg.arrive + max(0, self.facts.delayed_s.get(name, 0))
        if name in self.facts.arrived:
            arrive = self.facts.arrived[name]
        else:
            arrive = self._clipped(index + 1, arrive)
            if name in self.facts.left:
                arrive = min(arrive, self.facts.left[name])
        arrive = max(arrive, self.now)
        depart = min(leg.depart, arrive)
        took_s = arrive - depart
        if name not in self.facts.arrived:  # minutes that are said to be lost make the way no longer
            took_s = min(leg.duration_s, took_s)
        return replace(leg, depart=depart, arrive=arrive, duration_s=took_s)

    def _stop(self, index: int) -> None:
        stop, planned = self.day.stops[index], self.asked.planned.calls[index]
        state = self._state(index + 1, stop.id)
        if state is StopState.SKIPPED and stop.id not in self.facts.arrived:
            self.calls.append(LiveCall(planned.stop, stop.id, self.now, self.now, self.now, state, 0))
            return
        leg = self._leg(index, stop.place, stop.id, stop.gather_s)
        dwell_s = max(0, stop.dwell_s + self.facts.longer_s.get(stop.id, 0))
        start = self._start(replace(stop, dwell_s=dwell_s), planned, leg.arrive, state)
        leave = self.facts.left.get(stop.id, self._clipped(index + 1, start + dwell_s))
        leave = max(leave, leg.arrive)
        start = min(start, leave)
        late_s = max(0, start - planned.start)
        self.calls.append(LiveCall(planned.stop, stop.id, leg.arrive, start, leave, state, late_s))
        self.walked.append(self.calls[-1])
        self.legs.append(leg)
        self.here, self.now = stop.place or self.here, leave
        self.is_gathered = stop.id in self.facts.left

    def _start(self, stop: TimedStop, planned: Call, arrive: Instant, state: StopState) -> Instant:
        """When a stay begins: never before the release says; doors and fixed times bind what is to come."""
        held = [instant for name, instant in self.asked.holds if name == stop.id]
        floor = max(planned.start, *held, stop.not_before or planned.start)
        if state is not StopState.COMING:
            return minute_from(max(arrive, floor))
        stay = planned_stay(replace(stop, not_before=floor), arrive, self.asked.clock)
        self.warnings += [replace(warning, stop=planned.stop) for warning in stay.warnings]
        return stay.start

    def _state(self, index: int, name: str) -> StopState:
        if name in self.facts.skipped:
            return StopState.SKIPPED
        if self.facts.is_ahead(name):
            return StopState.HERE if name in self.facts.arrived else StopState.COMING
        return StopState.DONE if index <= self.facts.position else StopState.COMING

    def _end(self) -> None:
        self.finish = self.now
        if self.day.end_place is not None:
            leg = self._leg(len(self.day.stops), self.day.end_place, END, self.day.end_gather_s)
            self.legs.append(leg)
            self.finish = leg.arrive
        elif END in self.facts.arrived:
            self.finish = max(self.now, self.facts.arrived[END])
        limit = self.day.end_limit
        if limit is not None and self.finish > limit and END not in self.facts.arrived:
            late = Late(by_s=self.finish - limit, limit=self.asked.clock.face(limit), kind=LateFor.FINISH)
            self.warnings.append(late)

    def live(self) -> LiveDay:
        itinerary = replace(
            self.asked.planned,
            start=self.start,
            finish=self.finish,
            calls=tuple(as_call(call) for call in self.walked),
            legs=tuple(self.legs),
        )
        end_late_s = max(0, self.finish - self.asked.planned.finish)
        ahead = [call.late_s for call in self.calls if call.state is StopState.COMING]
        late_s = ahead[0] if ahead else end_late_s
        return LiveDay(
            self.facts,
            tuple(self.calls),
            tuple(self.walked),
            itinerary,
            late_s,
            end_late_s,
            tuple(self.warnings),
        )
