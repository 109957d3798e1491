"""Days played with small delays: worked out by hand, against every order, and the same each time."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings

from planner.domain.budget import ENDLESS
from planner.domain.order.moves import NEVER, MoveTable, RideDepartures
from planner.domain.order.problem import OrderProblem, OrderStop, walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from planner.domain.order.stays import Interval
from planner.domain.robust.chance import DayOfChance, play
from planner.domain.robust.delays import Delays, Draws, draw
from planner.domain.robust.sturdy import least_slack_s, sturdiest
from tests.conftest import FULL
from tests.kit.orders.sure_days import made_up_day
from tests.kit.small_problems import GATHER_S, Day, days, every_order

MANY = 200 if FULL else 6
T = 9 * 3600
NO_DELAYS = Delays(pace=0.0, drive=0.0, stay=0.0, bus_s=0.0, grace_s=0)


def by_hand(*, has_end: bool = True) -> DayOfChance:
    """Walk of 600 s to A (any time, 20 min), 300 s to B (at 09:38, 10 min), 480 s to the end by 10:00.

    By the plan, gathering for 60 s each time: A 09:11-09:31, at B 09:37, 09:38-09:48, at the end 09:57.
    """
    steady = np.full((3, 3), NEVER, dtype=np.int64)
    steady[0, 0], steady[1, 1], steady[2, 2] = 660, 360, 540
    stops = (
        OrderStop((Interval(T),), 1200),
        OrderStop((Interval(T + 38 * 60, NEVER, T + 38 * 60),), 600),
    )
    moves = MoveTable(steady, np.zeros((3, 3), dtype=np.int64), lambda *_: 0.0)
    problem = OrderProblem(T, stops, moves, has_end=has_end, limit=T + 3600)
    return DayOfChance(problem, 60, np.zeros((3, 3), dtype=np.bool_))


def draws(pace: list[float], stay_a: list[float], stay_b: list[float], grace_s: int = 60) -> Draws:
    rest = np.zeros((3, len(pace)))
    return Draws(np.array(pace), np.ones((3, len(pace))), rest, np.array([stay_a, stay_b, stay_a]), grace_s)


def test_a_day_worked_out_by_hand() -> None:
    """Four days. B is planned for 09:38 with a minute of waiting before it, the end three minutes early.

    1. As planned: B at 09:38, end 09:57.
    2. Pace 1.1: A at 09:12, until 09:32, gather to 09:33, 330 s: B at 09:38:30, in its minute; until
       09:48:30, gather, 528 s: end 09:58:18.
    3. Pace 1.2: A at 09:13-09:33, B at 09:34 + 360 s = 09:40, late by 2 min; until 09:50, end 09:51 + 576 s =
       10:00:36, in the minute.
    4. The stay at A a quarter longer: 09:11-09:36, B at 09:42, late by 4 min; until 09:52, end 10:01: late.
    """
    played = play(by_hand(), [(0, 1)], draws([1.0, 1.1, 1.2, 1.0], [0, 0, 0, 0.25], [0, 0, 0, 0]))
    assert played.on_time.tolist() == [[1.0, 0.5, 0.75]]
    assert played.whole.tolist() == [0.5]
    # stays begin late by 0, 30, 120 and 240 s: nine tenths of the way from the first to the last
    assert played.late_s[0, 1] == pytest.approx(np.quantile([0, 30, 120, 240], 0.9))


def test_without_grace_a_second_counts() -> None:
    """On the second of those days B begins 30 s late."""
    played = play(by_hand(), [(0, 1)], draws([1.0, 1.1], [0, 0], [0, 0], grace_s=0))
    assert played.on_time.tolist() == [[1.0, 0.5, 1.0]]


def test_a_ride_that_is_missed_is_one_later() -> None:
    """To A one rides at 09:05 (there 09:10) or 09:35 (09:40); the stay before, at B, ends 09:04 or 09:05.

    It begins at 09:00 and takes 4 min; a quarter longer it ends at 09:05, gathering until 09:06: too late.
    """
    steady = np.full((3, 3), NEVER, dtype=np.int64)
    rides = RideDepartures(np.array([T + 300, T + 2100]), np.array([T + 600, T + 2400]), 60)
    steady[0, 1] = 0
    stops = OrderStop((Interval(T, T + 3600, T + 720),), 600), OrderStop((Interval(T),), 240)
    moves = MoveTable(steady, np.zeros((3, 3), dtype=np.int64), lambda *_: 0.0, {(2, 0): rides})
    day = DayOfChance(OrderProblem(T, stops, moves), 60, np.zeros((3, 3), dtype=np.bool_))
    played = play(day, [(1, 0)], draws([1.0, 1.0], [0, 0], [0, 0.25]))
    assert played.on_time[0].tolist() == [0.5, 1.0, 1.0]
    late = replace(draws([1.0, 1.0], [0, 0], [0, 0]), bus_s=np.array([[30.0, 300.0]] * 3))
    assert play(day, [(1, 0)], late).on_time[0].tolist() == [0.5, 1.0, 1.0]


@given(day=days(most=4))
@settings(max_examples=MANY, deadline=None)
def test_without_delays_what_keeps_its_demands_is_on_time(day: Day) -> None:
    orders = [order for order, _ in every_order(day)]
    if not orders:
        return
    size = len(day.problem.stops)
    chances = DayOfChance(day.problem, GATHER_S, np.zeros((size + 1, size + 1), dtype=np.bool_))
    assert play(chances, orders, draw(NO_DELAYS, size, 3, 0)).whole.tolist() == [1.0] * len(orders)


def test_many_orders_at_once_are_played_as_each_alone() -> None:
    day = made_up_day(3)
    drawn = draw(Delays(), len(day.problem.stops), 50, 7)
    orders = [(0, 1, 2, 3, 4, 5, 6), (6, 5, 4, 3, 2, 1, 0), (2, 0, 1, 4, 3, 6, 5)]
    together = play(day, orders, drawn)
    for row, order in enumerate(orders):
        alone = play(day, [order], drawn)
        assert np.array_equal(alone.on_time[0], together.on_time[row])
        assert alone.whole[0] == together.whole[row]


@pytest.mark.dear
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 9))])
def test_no_order_that_ends_soon_enough_is_sturdier(seed: int) -> None:
    day = made_up_day(seed)
    first = best_order(day.problem, Objective.FINISH)
    assert first is not None
    walked = walk_through(day.problem, first.order)
    assert walked is not None
    drawn = draw(Delays(), len(day.problem.stops), 200, seed)
    found = sturdiest(day, first.order, walked.finish + 180, drawn, ENDLESS)
    assert found.complete
    orders = []
    for order in permutations(range(len(day.problem.stops))):
        own = walk_through(day.problem, order)
        if own is not None and own.finish <= walked.finish + 180:
            orders.append(order)
    best = play(day, orders, drawn).whole.max()
    assert play(day, [found.order], drawn).whole[0] == best
    assert sturdiest(day, first.order, walked.finish + 180, drawn, ENDLESS) == found


def test_the_sturdiest_of_twenty_days_is_surer_and_little_later() -> None:
    """Two of those days here; the shares of all stand in docs/planning.md."""
    now, then = [], []
    for seed in range(1, 3):
        day = made_up_day(seed)
        first = best_order(day.problem, Objective.FINISH)
        assert first is not None
        walked = walk_through(day.problem, first.order)
        assert walked is not None
        size = len(day.problem.stops)
        found = sturdiest(day, first.order, walked.finish + 600, draw(Delays(), size, 300, 1), ENDLESS)
        fresh = draw(Delays(), size, 1000, 2)
        chances = play(day, [first.order, found.order], fresh).whole
        now.append(chances[0])
        then.append(chances[1])
    assert np.mean(then) > np.mean(now) + 0.2


def test_what_is_to_spare_is_by_how_much_the_tightest_stay_may_slip() -> None:
    """B is reached at 09:37 and must begin by 09:38; A may be left a minute later, so it has a minute too."""
    assert least_slack_s(by_hand().problem, (0, 1)) == 60
