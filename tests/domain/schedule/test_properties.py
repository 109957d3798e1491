"""What holds of every schedule, on random days over a plane where the group walks a metre a second."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from math import ceil, hypot
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.domain.clock import TownClock
from planner.domain.hours.spans import HoursState, Span
from planner.domain.itinerary import Itinerary, Leg, LegPart, PartKind
from planner.domain.schedule.reserves import Reserves
from planner.domain.schedule.schedule import schedule
from planner.domain.schedule.timed import Place, TimedDay, TimedStop
from planner.domain.warnings.codes import Closes, Late, WarningCode

if TYPE_CHECKING:
    from planner.domain.visits import Mode

CLOCK = TownClock("Europe/Helsinki")
START = 1_789_999_980
MANY = settings(max_examples=1500 if os.environ.get("PLANNER_FULL") == "1" else 15, deadline=None)
BROKEN = (WarningCode.CLOSED, WarningCode.LATE)


@dataclass(frozen=True)
class Plane:
    """Walks straight over a plane, two minutes at the least between two places."""

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: int) -> Leg:
        assert origin.at
        assert destination.at
        metres = hypot(origin.at[0] - destination.at[0], origin.at[1] - destination.at[1])
        seconds = max(120, ceil(metres))
        part = LegPart(PartKind.WALK, metres, seconds, depart, depart + seconds)
        return Leg(mode, metres, seconds, depart, depart + seconds, parts=(part,))

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: int) -> Leg:
        leg = self.leg(origin, destination, mode, ready)
        return self.leg(origin, destination, mode, ready - leg.duration_s - RESERVES.after(leg))


RESERVES = Reserves(walk_s=30)
PLACES = [Place(f"at:{n}", (float(n * 613 % 2900), float(n * n * 401 % 2300)), {}) for n in range(9)]


@st.composite
def stops(draw: st.DrawFn, number: int) -> TimedStop:
    """A stop with a place or none, doors, windows, a fixed time or an agreed earliest time."""
    kind = draw(st.sampled_from(["plain", "plain", "doors", "window", "fixed", "waits"]))
    minute = draw(st.integers(0, 400))
    first = START + minute * 60
    always = (Span(START - 10**6, None, HoursState.OPEN),)
    doors = (Span(first, first + draw(st.integers(10, 200)) * 60, HoursState.OPEN),)
    return TimedStop(
        id=f"s{number}",
        place=draw(st.sampled_from([None, *PLACES])),
        dwell_s=draw(st.integers(0, 50)) * 60,
        hours=doors if kind == "doors" else always,
        windows=((first, first + draw(st.integers(10, 200)) * 60),) if kind == "window" else (),
        fixed=first if kind == "fixed" else None,
        not_before=first if kind == "waits" else None,
        buffer_s=draw(st.sampled_from([0, 0, 300])),
    )


@st.composite
def days(draw: st.DrawFn) -> TimedDay:
    """A day of up to six stops."""
    size = draw(st.integers(0, 6))
    return TimedDay(
        start_place=PLACES[0],
        start=START,
        gather_s=draw(st.sampled_from([120, 240])),
        stops=tuple(draw(stops(number)) for number in range(size)),
        end_place=draw(st.sampled_from([None, PLACES[1]])),
        end_limit=draw(st.one_of(st.none(), st.integers(0, 600).map(lambda minute: START + minute * 60))),
        reserves=RESERVES,
    )


def planned(day: TimedDay) -> Itinerary:
    return schedule(day, Plane(), CLOCK)


def is_broken(plan: Itinerary) -> bool:
    return any(warning.code in BROKEN for warning in plan.warnings)


@given(day=days())
@MANY
def test_times_go_forward_and_add_up(day: TimedDay) -> None:
    plan = planned(day)
    now = plan.start
    for leg, call in zip(plan.legs, plan.calls, strict=False):
        assert now <= leg.depart <= leg.arrive == call.arrive <= call.start <= call.leave
        assert call.start % 60 == call.leave % 60 == 0
        assert call.leave - call.start == day.stops[call.stop].dwell_s
        assert call.wait_s == call.start - call.arrive
        now = call.leave
    assert now <= plan.finish
    totals = plan.totals
    assert totals.gather_s + totals.move_s + totals.wait_s + totals.dwell_s == plan.finish - plan.start


@given(day=days())
@MANY
def test_no_call_is_outside_its_window_without_a_warning(day: TimedDay) -> None:
    plan = planned(day)
    for call in plan.calls:
        stop = day.stops[call.stop]
        told = {warning.code for warning in plan.warnings if warning.stop == call.stop}
        spans = [span for span in stop.hours if span.holds(call.start, stop.dwell_s)]
        windows = [one for one in stop.windows if one[0] <= call.start and call.leave <= one[1]]
        is_kept = bool(spans) and (bool(windows) or not stop.windows or stop.fixed is not None)
        is_kept &= stop.fixed is None or call.start == stop.fixed
        is_kept &= stop.not_before is None or stop.fixed is not None or call.start >= stop.not_before
        assert is_kept == (not told & set(BROKEN)), (stop, call)
    is_late = day.end_limit is not None and plan.finish > day.end_limit
    assert is_late == any(w.code is WarningCode.LATE and w.stop is None for w in plan.warnings)


@given(day=days())
@MANY
def test_starting_a_minute_later_never_finishes_earlier(day: TimedDay) -> None:
    """As long as the later day keeps its doors: one that no longer fits goes on at once, with a warning."""
    later = planned(replace(day, start=day.start + 60))
    assume(not is_broken(later))
    assert planned(day).finish <= later.finish


@given(day=days())
@MANY
def test_what_is_shown_is_enough_to_see_why_a_stay_does_not_fit(day: TimedDay) -> None:
    """Never "40 min for a visit of 40 min": doors that close on a stay leave it fewer minutes."""
    plan = planned(day)
    for warning in plan.warnings:
        if isinstance(warning, Closes):
            assert warning.stop is not None
            assert warning.dwell_min == day.stops[warning.stop].dwell_s // 60
            assert (warning.left_min or 0) < warning.dwell_min or warning.dwell_min == 0
        if isinstance(warning, Closes | Late) and warning.stop is not None:
            assert (warning.by_s or 0) % 60 == 0


@given(day=days())
@MANY
def test_a_stay_that_fits_by_the_minutes_shown_is_never_refused(day: TimedDay) -> None:
    """From the minute at which the group is ready to the end of what is open the stay must not fit."""
    plan = planned(day)
    for leg, call in zip(plan.legs, plan.calls, strict=False):
        stop = day.stops[call.stop]
        told = {warning.code for warning in plan.warnings if warning.stop == call.stop}
        ready = -(-(call.arrive + RESERVES.after(leg) + stop.buffer_s) // 60) * 60
        if stop.fixed is not None or stop.not_before is not None or not told & set(BROKEN):
            continue
        windows = stop.windows or ((0, 1 << 60),)
        ends = [
            (max(span.start, opens), min(span.end or 1 << 60, closes))
            for span in stop.hours
            for opens, closes in windows
        ]
        assert not [end for begin, end in ends if max(ready, begin) + stop.dwell_s <= end]


def waits_for_nothing(stop: TimedStop) -> bool:
    is_open = all(span.start < START for span in stop.hours)
    return is_open and not stop.windows and stop.fixed is None and stop.not_before is None


@given(day=days(), which=st.integers(0, 5))
@MANY
def test_without_a_stop_the_day_never_finishes_later(day: TimedDay, which: int) -> None:
    """But for a break that waits for its hour: with one stop less it may have to wait before the walk."""
    assume(day.stops)
    which %= len(day.stops)
    assume(all(stop.place is not None or waits_for_nothing(stop) for stop in day.stops))
    whole = planned(day)
    assume(not is_broken(whole))
    fewer = planned(replace(day, stops=day.stops[:which] + day.stops[which + 1 :]))
    assert fewer.finish <= whole.finish
    assert not is_broken(fewer)


@given(day=days(), slip=st.integers(0, 7200))
@MANY
def test_slack_is_how_far_an_arrival_may_slip(day: TimedDay, slip: int) -> None:
    """The first arrival, put off by no more than its slack, breaks nothing."""
    plan = planned(day)
    assume(plan.calls and not is_broken(plan))
    slack = plan.calls[0].slack_s
    put_off = slip if slack is None else min(slip, slack)
    assert not is_broken(planned(replace(day, start=day.start + put_off)))


@given(day=days(), minute=st.integers(30, 900))
@MANY
def test_a_day_planned_backward_is_in_time_and_begins_as_late_as_it_can(day: TimedDay, minute: int) -> None:
    by = START + minute * 60
    backward = replace(day, end_limit=by, ready_by=by)
    plan = planned(backward)
    assert plan.start >= day.start
    if is_broken(plan):
        assert plan.start == day.start
        assert is_broken(planned(replace(day, end_limit=by)))
        return
    assert plan.finish <= by
    assert is_broken(planned(replace(day, end_limit=by, start=plan.start + 60)))
