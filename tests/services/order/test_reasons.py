"""Reasons why no order of a day works, against every order of small days tried out one by one."""

from __future__ import annotations

from itertools import count, permutations
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.budget import ENDLESS, Budget
from planner.domain.clock import TownClock
from planner.domain.hours.spans import HoursState, Span
from planner.domain.order.moves import MoveTable
from planner.domain.order.proposals import Conflict, DemandKind
from planner.domain.schedule.timed import Place, TimedDay, TimedStop
from planner.services.order.reasons import Reasons, conflicts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.services.order.moves import DayMoves

MIN = 60
START = 1_800_000_000 // 86_400 * 86_400 + 8 * 3600
ALWAYS = (Span(0, None, HoursState.OPEN),)
HOME = Place("home", (0.0, 0.0), {"en": "Home"})
CLOCK = TownClock("UTC")

BOTH = (("window", "hours"), ("fixed", "hours"))
"""What may have nothing in common at a stop."""

Named = set[tuple[DemandKind, str | None]]


def at(minutes: int) -> int:
    return START + minutes * MIN


def a_stop(name: str, dwell: int, **more: object) -> TimedStop:
    given_ = {"hours": ALWAYS, **more}
    return TimedStop(name, Place(name, (0.0, 0.0), {"en": name}), dwell * MIN, **given_)  # type: ignore[arg-type]


def a_day(*stops: TimedStop, limit: int | None = None) -> TimedDay:
    return TimedDay(
        start_place=HOME,
        start=START,
        gather_s=0,
        stops=stops,
        end_place=HOME,
        end_limit=None if limit is None else at(limit),
    )


def table(size: int, minutes: Sequence[float] | None = None) -> MoveTable:
    """Places on a line, so that a way round is never shorter."""
    places = [0, *(round(far * MIN) for far in minutes or [5 * (number + 1) for number in range(size)])]
    steady = np.array([[abs(a - b) for b in [*places[1:], 0]] for a in places], dtype=np.int64)
    return MoveTable(steady, np.zeros_like(steady), lambda *_: 0.0)


def reasons(day: TimedDay, moves: MoveTable, budget: Budget = ENDLESS) -> list[Conflict]:
    return list(Reasons(day, moves, CLOCK, budget).all())


def told(conflict: Conflict) -> set[tuple[str, str | None]]:
    return {(demand.kind.value, demand.stop) for demand in conflict.demands}


def works(day: TimedDay, moves: MoveTable, kept: Named, late: int = 0) -> bool:
    """Whether some order keeps the demands: stops that none of them names take no time, wherever they are."""
    named = {stop for _, stop in kept}
    return any(_walk(day, moves, order, (kept, named), late) for order in permutations(range(len(day.stops))))


def _walk(
    day: TimedDay, moves: MoveTable, order: Sequence[int], asked: tuple[Named, set[str | None]], late: int
) -> bool:
    kept, named = asked
    now, here = day.start, 0
    done: set[str] = set()
    for position, number in enumerate(order):
        stop = day.stops[number]
        is_locked = stop.locked and ((DemandKind.LOCKED, stop.id) in kept or stop.id not in named)
        if is_locked and position != number:
            return False
        if stop.id not in named:
            continue
        earlier = set(stop.after) & {name for name in named if name}
        if (DemandKind.AFTER, stop.id) in kept and not earlier <= done:
            return False
        done.add(stop.id)
        now += int(moves.steady[here, number])
        here = number + 1
        dwell = stop.dwell_s if stop.min_dwell_s is None else stop.min_dwell_s
        first = next(second for second in range(now, now + MIN) if second % MIN == 0)
        starts = [first + wait for wait in range(0, 24 * 60 * MIN, MIN)]
        now = next((start + dwell for start in starts if _may(stop, start, dwell, kept, late)), -1)
        if now < 0:
            return False
    now += int(moves.steady[here, len(day.stops)])
    return (DemandKind.FINISH, None) not in kept or day.end_limit is None or now <= day.end_limit + late


def _may(stop: TimedStop, start: int, dwell: int, kept: Named, late: int) -> bool:
    end = start + dwell
    if (DemandKind.FIXED, stop.id) in kept and stop.fixed is not None:
        if not stop.fixed <= start <= stop.fixed + late:
            return False
    elif (DemandKind.WINDOW, stop.id) in kept:
        windows = stop.windows or ((0, end),)
        if not any(opens <= start and end <= closes + late for opens, closes in windows):
            return False
    spans = stop.hours if (DemandKind.HOURS, stop.id) in kept else ALWAYS
    return any(span.start <= start and (span.end is None or end <= span.end + late) for span in spans)


def of_everything(day: TimedDay) -> Named:
    kept: Named = {(DemandKind.FINISH, None)}
    for stop in day.stops:
        kinds = (DemandKind.VISIT, DemandKind.HOURS, DemandKind.WINDOW, DemandKind.FIXED)
        kept |= {(kind, stop.id) for kind in (*kinds, DemandKind.LOCKED, DemandKind.AFTER)}
    return kept


@st.composite
def small_days(draw: st.DrawFn) -> tuple[TimedDay, MoveTable]:
    size = draw(st.integers(1, 4))
    minutes = st.integers(0, 24).map(lambda number: number * 10)
    names = [f"s{number}" for number in range(size)]
    stops = []
    for name in names:
        more: dict[str, object] = {}
        opens = draw(minutes)
        kinds = draw(st.sampled_from([(), (), ("window",), ("fixed",), ("hours",), *BOTH]))
        if "window" in kinds:
            more["windows"] = ((at(opens), at(opens + 10 + draw(minutes))),)
        if "fixed" in kinds:
            more["fixed"] = at(opens)
        if "hours" in kinds:
            opens = draw(minutes)
            more["hours"] = (Span(at(opens), at(opens + 20 + draw(minutes)), HoursState.OPEN),)
        more["locked"] = draw(st.integers(0, 4)) == 0
        others = [other for other in names if other != name]
        if others and draw(st.integers(0, 3)) == 0:
            more["after"] = (draw(st.sampled_from(others)),)
        stops.append(a_stop(name, draw(st.sampled_from([10, 30, 60])), **more))
    limit = draw(st.one_of(st.none(), minutes.map(lambda number: number + 60)))
    places = [draw(st.integers(1, 1800)) / MIN for _ in names]
    return a_day(*stops, limit=limit), table(size, places)


@given(small_days())
def test_a_reason_is_told_where_no_order_works_and_it_is_true_and_minimal(
    asked: tuple[TimedDay, MoveTable],
) -> None:
    day, moves = asked
    conflicts = reasons(day, moves)
    assert bool(conflicts) is not works(day, moves, of_everything(day))
    for conflict in conflicts:
        assert conflict.proved
        kept = {(demand.kind, demand.stop) for demand in conflict.demands}
        visited = {(DemandKind.VISIT, stop) for _, stop in kept if stop}
        assert not works(day, moves, kept)
        for demand in kept:
            left = kept - {demand}
            assert works(day, moves, left if demand[0] is DemandKind.VISIT else left | visited), demand


@given(small_days())
def test_too_much_is_what_everything_would_have_to_end_later(asked: tuple[TimedDay, MoveTable]) -> None:
    day, moves = asked
    if len(day.stops) != 2:  # what is told of two stops or one is told of them alone
        return
    for conflict in reasons(day, moves):
        kept = {(demand.kind, demand.stop) for demand in conflict.demands}
        if conflict.too_much_s is None:
            assert not works(day, moves, kept, late=6 * 3600)
        else:
            assert works(day, moves, kept, late=conflict.too_much_s)
            assert not works(day, moves, kept, late=conflict.too_much_s - MIN)


def test_a_window_that_is_over_before_the_doors_open_is_too_much_by_the_least_later_end() -> None:
    opens_at_ten = (Span(at(120), at(480), HoursState.OPEN),)
    window = a_stop("window", 20, windows=((at(30), at(60)),), hours=opens_at_ten)
    (conflict,) = reasons(a_day(window), table(1))
    assert told(conflict) == {("window", "window"), ("hours", "window")}
    assert conflict.too_much_s == 80 * MIN  # open at 10:00, over at 10:20, asked for by 9:00
    (conflict,) = reasons(a_day(a_stop("talk", 20, fixed=at(60), hours=opens_at_ten)), table(1))
    assert told(conflict) == {("fixed", "talk"), ("hours", "talk")}
    assert conflict.too_much_s == 60 * MIN


def test_doors_that_stay_shut_are_not_too_much_by_any_time() -> None:
    (conflict,) = reasons(a_day(a_stop("shut", 20, hours=())), table(1))
    assert told(conflict) == {("hours", "shut")}
    assert conflict.too_much_s is None


def test_two_troubles_that_have_nothing_to_do_with_each_other_are_both_told() -> None:
    day = a_day(
        a_stop("early", 20, windows=((at(-90), at(-30)),)),
        a_stop("one", 30, fixed=at(120)),
        a_stop("two", 30, fixed=at(125)),
        a_stop("free", 10),
    )
    assert [told(conflict) for conflict in reasons(day, table(4))] == [
        {("window", "early")},
        {("fixed", "one"), ("fixed", "two")},
    ]


@pytest.mark.dear
def test_a_day_that_is_too_full_is_no_pair_of_a_fixed_time_and_the_end() -> None:
    day = a_day(
        a_stop("hall", 30, fixed=at(150)),
        *(a_stop(f"s{number}", 60) for number in range(5)),
        limit=300,
    )
    (conflict,) = reasons(day, table(6))
    assert ("finish", None) in told(conflict)
    assert len(told(conflict)) > 2
    # 330 min of stays and 2 x 30 min of ways are 90 min too many; the talk at 10:30 costs a way back
    assert conflict.too_much_s == 110 * MIN
    assert works(day, table(6), of_everything(day), late=110 * MIN)
    assert not works(day, table(6), of_everything(day), late=105 * MIN)


@pytest.mark.parametrize(
    "size", [17, pytest.param(20, marks=pytest.mark.slow), pytest.param(40, marks=pytest.mark.slow)]
)
def test_above_fifteen_stops_there_is_a_reason_too(size: int) -> None:
    many = [a_stop(f"s{number}", 10) for number in range(size - 1)]
    shut = a_stop("shut", 20, windows=((at(-60), at(-10)),))
    assert [told(conflict) for conflict in reasons(a_day(shut, *many), table(size))] == [{("window", "shut")}]
    pair = [a_stop("one", 30, fixed=at(120)), a_stop("two", 30, fixed=at(125))]
    (conflict,) = reasons(a_day(*pair, *many), table(size + 1))
    assert told(conflict) == {("fixed", "one"), ("fixed", "two")}
    near = table(size - 1, [number % 20 + 1 for number in range(size - 1)])
    (full,) = reasons(a_day(*many, limit=100), near)
    assert full.proved
    assert ("finish", None) in told(full)
    assert len(told(full)) == size
    over = 10 * (size - 1) - 100
    assert over <= (full.too_much_s or 0) / MIN <= over + 40  # all of the ways: 20 min there and back


def test_a_day_of_locked_stops_alone_has_a_reason_whatever_its_size() -> None:
    stops = [a_stop(f"s{number}", 20, locked=True) for number in range(20)]
    stops[12] = a_stop("talk", 20, locked=True, fixed=at(90))
    (conflict,) = reasons(a_day(*stops), table(20))
    assert {("locked", "talk"), ("fixed", "talk")} <= told(conflict)


def test_a_circle_of_after_is_told_whole() -> None:
    day = a_day(
        a_stop("a", 10, after=("c",)),
        a_stop("b", 10, after=("a",)),
        a_stop("c", 10, after=("b",)),
        a_stop("d", 10),
    )
    assert [told(conflict) for conflict in reasons(day, table(4))] == [
        {("after", "a"), ("after", "b"), ("after", "c")}
    ]


def test_what_takes_too_long_to_find_out_is_left_out_and_the_rest_is_told() -> None:
    ticks = count()
    budget = Budget(30.0, lambda: float(next(ticks)), 0.0)
    day = a_day(
        a_stop("shut", 20, windows=((at(-60), at(-10)),)),
        *(a_stop(f"s{number}", 60) for number in range(9)),
        limit=100,
    )
    moves = cast("DayMoves", SimpleNamespace(moves=lambda **_: table(10)))
    conflicts = conflicts_of(day, moves, CLOCK, budget)
    assert told(conflicts[0]) == {("window", "shut")}
    assert budget.is_over()
