"""Days worked out by hand, and what holds on every day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.domain.clock import TownClock
from planner.domain.hours.spans import HoursState, Span, spans_of
from planner.domain.itinerary import Itinerary, Leg
from planner.domain.schedule.schedule import schedule
from planner.domain.schedule.timed import Place, TimedDay, TimedStop
from planner.domain.schedule.walking import gather_s
from planner.domain.visits import Mode
from planner.domain.warnings.codes import Warning, WarningCode
from tests.kit.warned import told_of, warned

CLOCK = TownClock("Europe/Warsaw")
DAY = dt.date(2026, 12, 2)
ALWAYS = (Span(CLOCK.midnight(DAY), None, HoursState.OPEN),)
A, B, C, D = (Place(f"site:{name}", (19.8, 49.9), {}) for name in "abcd")
BROKEN = {WarningCode.CLOSED, WarningCode.LATE}


@dataclass(frozen=True)
class Table:
    """Ways of a table: seconds by the keys of both ends, 75 m a minute."""

    seconds: Mapping[tuple[str, str], int]
    warning: Warning | None = None

    def leg(self, origin: Place, destination: Place, mode: Mode, depart: int) -> Leg:
        taken = self.seconds[origin.key, destination.key]
        told = (self.warning,) if self.warning else ()
        return Leg(mode, taken * 1.25, taken, depart, depart + taken, estimated_m=1.0, warnings=told)

    def leg_by(self, origin: Place, destination: Place, mode: Mode, ready: int) -> Leg:
        return self.leg(origin, destination, mode, ready - self.seconds[origin.key, destination.key])


WAYS = Table(
    {
        ("site:a", "site:b"): 600,
        ("site:b", "site:c"): 420,
        ("site:c", "site:d"): 300,
        ("site:b", "site:d"): 900,
        ("site:a", "site:d"): 120,
    }
)


def at(text: str) -> int:
    return CLOCK.instant(DAY, text[:5]) + int(text[6:] or 0)


def hours(rule: str) -> tuple[Span, ...]:
    return spans_of(rule, DAY, CLOCK, "PL")


def times(itinerary: Itinerary) -> list[tuple[str, str, str]]:
    return [
        (f"{CLOCK.local(c.arrive):%T}", f"{CLOCK.local(c.start):%T}", f"{CLOCK.local(c.leave):%T}")
        for c in itinerary.calls
    ]


def slacks(itinerary: Itinerary) -> list[int | None]:
    return [call.slack_s for call in itinerary.calls]


def codes(itinerary: Itinerary) -> list[tuple[WarningCode, int | None, int | None]]:
    return [(warning.code, warning.stop, warning.by_s) for warning in itinerary.warnings]


def stop(place: Place | None, minutes: int, rule: str = "24/7") -> TimedStop:
    return TimedStop(place.key[5:] if place else "break", place, minutes * 60, hours(rule))


def day(*stops: TimedStop, start: str = "09:00", people: int = 20) -> TimedDay:
    return TimedDay(A, at(start), gather_s(people), stops)


def test_gather_move_stay_and_the_sums() -> None:
    plan = schedule(replace(day(stop(B, 15), stop(C, 30)), end_place=D), WAYS, CLOCK)
    assert times(plan) == [("09:13:00", "09:13:00", "09:28:00"), ("09:38:00", "09:38:00", "10:08:00")]
    assert [(leg.depart, leg.arrive) for leg in plan.legs] == [
        (at("09:03:00"), at("09:13:00")),
        (at("09:31:00"), at("09:38:00")),
        (at("10:11:00"), at("10:16:00")),
    ]
    assert plan.finish == at("10:16:00")
    totals = plan.totals
    assert (totals.gather_s, totals.move_s, totals.dwell_s, totals.wait_s) == (540, 1320, 2700, 0)
    assert (totals.walk_m, totals.estimated_m) == (1650.0, 3.0)
    assert slacks(plan) == [None, None]
    assert plan.warnings == ()


def test_the_coach_is_no_walk() -> None:
    plan = schedule(day(replace(stop(B, 15), mode=Mode.COACH), stop(C, 30)), WAYS, CLOCK)
    assert plan.totals.walk_m == 525.0
    assert plan.totals.move_s == 1020


def test_waiting_for_a_door() -> None:
    plan = schedule(day(stop(B, 30, "We 10:00-12:00")), WAYS, CLOCK)
    assert times(plan) == [("09:13:00", "10:00:00", "10:30:00")]
    assert plan.calls[0].wait_s == plan.totals.wait_s == 47 * 60
    assert slacks(plan) == [(47 + 90) * 60]
    assert plan.warnings == ()


def test_an_interval_too_short_for_the_rest_of_the_stay_is_left_for_the_next() -> None:
    plan = schedule(day(stop(B, 30, "We 08:00-09:30,13:00-16:00")), WAYS, CLOCK)
    assert times(plan) == [("09:13:00", "13:00:00", "13:30:00")]
    assert plan.warnings == ()


def test_closed_in_front_of_and_behind_the_hours_and_all_day() -> None:
    late = schedule(day(stop(B, 30, "We 08:00-09:30")), WAYS, CLOCK)
    assert times(late) == [("09:13:00", "09:13:00", "09:43:00")]
    assert codes(late) == [(WarningCode.CLOSED, 0, 13 * 60)]
    assert told_of(late.warnings[0]) == {
        "kind": "closes",
        "at": "09:13",
        "closes": "09:30",
        "left_min": 17,
        "dwell_min": 30,
    }
    early = schedule(day(replace(stop(B, 30, "We 10:00-12:00"), fixed=at("09:30"))), WAYS, CLOCK)
    assert codes(early) == [(WarningCode.CLOSED, 0, 1800)]
    assert told_of(early.warnings[0]) == {
        "kind": "opens",
        "at": "09:30",
        "opens": "10:00",
        "in_min": 30,
        "dwell_min": 30,
    }
    never = schedule(day(stop(B, 30, "Mo 10:00-12:00")), WAYS, CLOCK)
    assert codes(never) == [(WarningCode.CLOSED, 0, None)]
    assert told_of(never.warnings[0]) == {"kind": "none"}
    assert slacks(never) == [0]


def test_one_closed_door_does_not_hide_the_next_fault() -> None:
    plan = schedule(day(stop(B, 30, "off"), stop(C, 30, "We 08:00-09:30"), stop(D, 5, "off")), WAYS, CLOCK)
    assert [warning.stop for warning in plan.warnings if warning.code is WarningCode.CLOSED] == [0, 1, 2]


def test_a_fixed_time_is_waited_for() -> None:
    plan = schedule(day(replace(stop(B, 20), fixed=at("09:45")), stop(C, 10)), WAYS, CLOCK)
    assert times(plan)[0] == ("09:13:00", "09:45:00", "10:05:00")
    assert slacks(plan) == [32 * 60, None]
    assert plan.warnings == ()


def test_a_missed_fixed_time_begins_at_once_and_says_by_how_much() -> None:
    plan = schedule(day(replace(stop(B, 20), fixed=at("09:10"))), WAYS, CLOCK)
    assert times(plan) == [("09:13:00", "09:13:00", "09:33:00")]
    assert codes(plan) == [(WarningCode.LATE, 0, 180)]
    assert told_of(plan.warnings[0]) == {"limit": "09:10", "kind": "fixed"}
    assert slacks(plan) == [0]


def test_window_waited_for_missed_and_too_short() -> None:
    def in_window(opens: str, closes: str, rule: str = "24/7") -> Itinerary:
        windows = ((at(opens), at(closes)),)
        return schedule(day(replace(stop(B, 30, rule), windows=windows)), WAYS, CLOCK)

    assert times(in_window("09:30", "11:00")) == [("09:13:00", "09:30:00", "10:00:00")]
    assert slacks(in_window("09:30", "11:00")) == [(17 + 60) * 60]
    missed = in_window("08:00", "09:30")
    assert codes(missed) == [(WarningCode.LATE, 0, 13 * 60)]
    assert told_of(missed.warnings[0]) == {"limit": "09:30", "kind": "window"}
    assert codes(in_window("10:00", "10:20")) == [(WarningCode.LATE, 0, 10 * 60)]
    shut = in_window("14:00", "15:00", "We 09:00-10:00")
    assert codes(shut) == [(WarningCode.CLOSED, 0, 4 * 3600 + 1800)]
    assert told_of(shut.warnings[0])["closes"] == "10:00"


def test_tight_begins_below_five_minutes() -> None:
    plan = schedule(day(stop(B, 30, "We 09:00-09:47")), WAYS, CLOCK)
    assert codes(plan) == [(WarningCode.TIGHT, 0, 240)]
    assert told_of(plan.warnings[0]) == {"limit": "09:47"}
    assert slacks(plan) == [240]
    assert schedule(day(stop(B, 30, "We 09:00-09:48")), WAYS, CLOCK).warnings == ()


def test_unknown_hours_and_appointments_warn() -> None:
    plan = schedule(day(stop(B, 10, ""), stop(C, 10, '"by appointment"')), WAYS, CLOCK)
    assert codes(plan) == [(WarningCode.HOURS_UNKNOWN, 0, None), (WarningCode.BY_APPOINTMENT, 1, None)]
    assert told_of(plan.warnings[1]) == {"comment": "by appointment"}
    fixed = schedule(day(replace(stop(B, 10, ""), fixed=at("10:00"))), WAYS, CLOCK)
    assert codes(fixed) == [(WarningCode.HOURS_UNKNOWN, 0, None)]


def test_a_break_and_the_same_place_are_no_movement() -> None:
    plan = schedule(
        day(stop(B, 15), stop(None, 45), replace(stop(B, 10), id="again"), stop(C, 5)), WAYS, CLOCK
    )
    assert times(plan) == [
        ("09:13:00", "09:13:00", "09:28:00"),
        ("09:28:00", "09:28:00", "10:13:00"),
        ("10:13:00", "10:13:00", "10:23:00"),
        ("10:33:00", "10:33:00", "10:38:00"),
    ]
    assert plan.totals.gather_s == 360
    assert [leg.duration_s for leg in plan.legs] == [600, 0, 0, 420]


def test_a_buffer_is_waited_and_is_no_slack() -> None:
    plan = schedule(day(replace(stop(B, 15, "We 09:00-10:00"), buffer_s=300)), WAYS, CLOCK)
    assert times(plan) == [("09:13:00", "09:18:00", "09:33:00")]
    assert plan.totals.wait_s == 300
    assert slacks(plan) == [27 * 60]
    fixed = schedule(day(replace(stop(B, 15), buffer_s=300, fixed=at("09:30"))), WAYS, CLOCK)
    assert slacks(fixed) == [12 * 60]


def test_slack_worked_by_hand() -> None:
    """B may begin until 09:45. C waits 10:08 to 10:20 and may begin until 11:00; the limit leaves 14 min."""
    stops = (stop(B, 45, "We 09:00-10:30"), stop(C, 30, "We 10:20-11:30"), stop(D, 10))
    plan = schedule(replace(day(*stops), end_limit=at("11:22")), WAYS, CLOCK)
    assert times(plan) == [
        ("09:13:00", "09:13:00", "09:58:00"),
        ("10:08:00", "10:20:00", "10:50:00"),
        ("10:58:00", "10:58:00", "11:08:00"),
    ]
    assert slacks(plan) == [26 * 60, 26 * 60, 14 * 60]


def test_the_latest_finish() -> None:
    base = replace(day(stop(B, 15)), end_place=D)
    assert schedule(base, WAYS, CLOCK).finish == at("09:46:00")
    kept = schedule(replace(base, end_limit=at("09:46")), WAYS, CLOCK)
    assert kept.warnings == ()
    assert slacks(kept) == [0]
    late = schedule(replace(base, end_limit=at("09:40")), WAYS, CLOCK)
    assert codes(late) == [(WarningCode.LATE, None, 360)]
    assert told_of(late.warnings[0]) == {"limit": "09:40", "kind": "finish"}
    assert slacks(late) == [0]


def test_a_day_without_stops_goes_from_start_to_end() -> None:
    plan = schedule(replace(day(), end_place=D), WAYS, CLOCK)
    assert (plan.calls, len(plan.legs), plan.finish) == ((), 1, at("09:05:00"))


def test_precedence_in_the_order_given() -> None:
    late = replace(stop(B, 5), after=("c", "unheard of"))
    plan = schedule(day(late, stop(C, 5)), WAYS, CLOCK)
    assert [(w.code, w.stop, told_of(w)) for w in plan.warnings] == [
        (WarningCode.PRECEDENCE, 0, {"after": 2})
    ]
    assert schedule(day(stop(B, 5), replace(stop(C, 5), after=("b",))), WAYS, CLOCK).warnings == ()


def test_warnings_of_legs_name_their_leg() -> None:
    ways = replace(WAYS, warning=warned(WarningCode.NO_WAY))
    plan = schedule(replace(day(stop(B, 5), stop(None, 5)), end_place=D), ways, CLOCK)
    assert [(w.code, w.leg, w.stop) for w in plan.warnings] == [
        (WarningCode.NO_WAY, 0, None),
        (WarningCode.NO_WAY, 2, None),
    ]


def test_the_hour_that_the_clock_repeats_counts_twice() -> None:
    autumn = dt.date(2026, 10, 25)
    start = CLOCK.instant(autumn, "01:30")
    spans = spans_of("Su 03:00-05:00", autumn, CLOCK, "PL")
    plan = schedule(TimedDay(A, start, 120, (TimedStop("b", B, 600, spans),)), WAYS, CLOCK)
    assert plan.calls[0].wait_s == 2 * 3600 + 1800 - 720
    assert CLOCK.local(plan.calls[0].start).isoformat() == "2026-10-25T03:00:00+01:00"


# What holds on every day, whatever stands in it.

MINUTE = st.integers(0, 720).map(lambda minutes: at("08:00:00") + 60 * minutes)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    ends = sorted(draw(st.lists(MINUTE, min_size=2, max_size=6, unique=True)))
    states = st.sampled_from([HoursState.OPEN, HoursState.UNKNOWN, HoursState.APPOINTMENT])
    found = [Span(a, b, draw(states)) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    return tuple(found) if draw(st.booleans()) else ALWAYS


@st.composite
def stops(draw: st.DrawFn) -> TimedStop:
    window = st.tuples(MINUTE, st.integers(10, 400)).map(lambda pair: (pair[0], pair[0] + 60 * pair[1]))
    return TimedStop(
        id=draw(st.sampled_from("abcdefgh")),
        place=draw(st.sampled_from([None, A, B, C, D])),
        dwell_s=60 * draw(st.integers(0, 90)),
        hours=draw(spans()),
        windows=tuple(draw(st.lists(window, max_size=2))) if draw(st.booleans()) else (),
        fixed=draw(st.none() | MINUTE),
        buffer_s=60 * draw(st.integers(0, 15)),
    )


@st.composite
def days(draw: st.DrawFn) -> tuple[TimedDay, Table]:
    keys = [place.key for place in (A, B, C, D)]
    seconds = {(a, b): draw(st.integers(1, 1500)) for a in keys for b in keys if a != b}
    stops_ = tuple(draw(st.lists(stops(), max_size=5)))
    end = draw(st.none() | st.sampled_from([A, D]))
    limit = draw(st.none() | MINUTE)
    return TimedDay(A, draw(MINUTE), draw(st.integers(0, 6)) * 60, stops_, end, limit), Table(seconds)


@given(days())
def test_times_never_go_backwards(case: tuple[TimedDay, Table]) -> None:
    plan = schedule(*case, CLOCK)
    line = [plan.start]
    for index, leg in enumerate(plan.legs):
        line += [leg.depart, leg.arrive]
        if index < len(plan.calls):
            call = plan.calls[index]
            line += [call.arrive, call.start, call.leave]
    line.append(plan.finish)
    assert line == sorted(line)
    assert [call.leave - call.start for call in plan.calls] == [stop.dwell_s for stop in case[0].stops]


@given(days())
def test_the_parts_add_up_to_the_whole(case: tuple[TimedDay, Table]) -> None:
    plan = schedule(*case, CLOCK)
    totals = plan.totals
    whole = totals.gather_s + totals.move_s + totals.wait_s + totals.dwell_s
    assert whole == plan.finish - plan.start
    moves = sum(leg.duration_s > 0 for leg in plan.legs)
    assert totals.gather_s == moves * case[0].gather_s


@given(days())
def test_no_stay_outside_its_limits_without_a_warning(case: tuple[TimedDay, Table]) -> None:
    timed, table = case
    plan = schedule(timed, table, CLOCK)
    for index, (call, asked) in enumerate(zip(plan.calls, timed.stops, strict=True)):
        stay = (call.start, call.leave)
        limits = [[(span.start, span.end or call.leave) for span in asked.hours]]
        if asked.fixed is None and asked.windows:
            limits.append(list(asked.windows))
        fits = all(any(a <= stay[0] and stay[1] <= b for a, b in either) for either in limits)
        fits &= asked.fixed is None or call.start == asked.fixed
        warned = any(warning.stop == index and warning.code in BROKEN for warning in plan.warnings)
        assert fits is not warned
    late = timed.end_limit is not None and plan.finish > timed.end_limit
    assert late is any(warning.stop is None and warning.code in BROKEN for warning in plan.warnings)


def plan_shape(timed: TimedDay, table: Table) -> list[object]:
    """What a slip may not change: what is broken, and in which of its intervals each stay lies."""
    plan = schedule(timed, table, CLOCK)
    lies = [
        next(
            (
                (number, window)
                for number, span in enumerate(asked.hours)
                for window in (asked.windows or ((0, 2**40),))
                if max(span.start, window[0]) <= call.start
                and call.leave <= min(span.end or call.leave, window[1])
            ),
            None,
        )
        if asked.fixed is None
        else None
        for call, asked in zip(plan.calls, timed.stops, strict=True)
    ]
    broken = [(warning.code, warning.stop) for warning in plan.warnings if warning.code in BROKEN]
    return [broken, lies]


def mended(timed: TimedDay, table: Table) -> TimedDay:
    """The day without the limits that it breaks."""
    while broken := {w.stop for w in schedule(timed, table, CLOCK).warnings if w.code in BROKEN}:
        free = tuple(
            replace(asked, hours=ALWAYS, windows=(), fixed=None) if index in broken else asked
            for index, asked in enumerate(timed.stops)
        )
        timed = replace(timed, stops=free, end_limit=None if None in broken else timed.end_limit)
    return timed


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(case=days(), reserve=st.none() | st.integers(0, 7200))
def test_slack_is_what_a_start_may_slip_before_something_breaks(
    case: tuple[TimedDay, Table], reserve: int | None
) -> None:
    table = case[1]
    # windows that overlap would not tell one interval from another
    single = tuple(replace(asked, windows=asked.windows[:1]) for asked in case[0].stops)
    timed = mended(replace(case[0], stops=single, end_limit=None), table)
    plan = schedule(timed, table, CLOCK)
    assume(plan.calls)
    if reserve is not None:
        timed = replace(timed, end_limit=plan.finish + reserve)
    slack = schedule(timed, table, CLOCK).calls[0].slack_s
    sound = plan_shape(timed, table)
    if slack is None:
        assert plan_shape(replace(timed, start=timed.start + 10**5), table) == sound
        return
    assert plan_shape(replace(timed, start=timed.start + slack), table) == sound
    assert plan_shape(replace(timed, start=timed.start + slack + 1), table) != sound


@given(days())
def test_every_slack_is_the_one_of_the_day_that_begins_there(case: tuple[TimedDay, Table]) -> None:
    """A day cut off after its first stop has the same slacks: they look ahead only."""
    timed, table = case
    whole = schedule(timed, table, CLOCK)
    assume(whole.calls)
    first, place = whole.calls[0], timed.stops[0].place or A
    rest = replace(timed, start_place=place, start=first.leave, stops=timed.stops[1:])
    assert slacks(schedule(rest, table, CLOCK)) == slacks(whole)[1:]


def test_a_broken_day_has_no_slack_in_front_of_the_fault() -> None:
    plan = schedule(day(stop(B, 10), stop(C, 10, "off"), stop(D, 10)), WAYS, CLOCK)
    assert slacks(plan) == [0, 0, None]


@pytest.mark.parametrize("people", [1, 45])
def test_who_does_not_move_needs_not_gather(people: int) -> None:
    plan = schedule(day(stop(A, 20), people=people), WAYS, CLOCK)
    assert (plan.totals.gather_s, plan.finish) == (0, at("09:20:00"))
