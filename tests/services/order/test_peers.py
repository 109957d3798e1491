"""The order search against PyVRP, where PyVRP can say the same: one window a stop, walking, earliest finish.

PyVRP knows a vehicle that leaves at a time, service times, time windows and the end; locked stops,
precedence, several intervals, stops without a place and timetables are beyond it.
"""

from __future__ import annotations

import random
from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING

import pytest

from planner.domain.budget import Budget
from planner.domain.order.problem import OrderProblem, OrderStop, walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from planner.domain.order.stays import Interval
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.planning.case import Case
from tests.kit.orders.peer import peer_order
from tests.kit.random_days import MONDAY, SITES, placed_sites

if TYPE_CHECKING:
    from planner.services.travel.town import Town

PEER_S = 1.0
"""Seconds of CPU that PyVRP has."""

STOPS = 12
DAY_S = 86_400


def peer_finish(problem: OrderProblem) -> int | None:
    """When PyVRP's best tour is over; None where it finds none that keeps the windows."""
    order = peer_order(problem, Objective.FINISH, PEER_S)
    walked = None if order is None else walk_through(problem, order)
    return None if walked is None else walked.finish


def random_stops(town: Town, dice: random.Random, size: int = STOPS) -> OrderProblem:
    """A day of some stops, four of them with a window; the walks are the town's."""
    names = dice.sample(placed_sites(town), size + 1)
    home = PlaceRef(site=names[0])
    stops = tuple(Stop(f"s{n}", place=PlaceRef(site=name)) for n, name in enumerate(names[1:]))
    day = Day(MONDAY, DayStart(home, "08:00"), DayEnd(home), Mode.WALK, stops)
    case = Case(town, day, Group(22), SITES)
    problem = problem_of(case.timed, DayMoves(case).moves())
    return replace(problem, stops=tuple(_stop(dice, number, problem.start) for number in range(size)))


def _stop(dice: random.Random, number: int, start: int) -> OrderStop:
    opens = start + dice.randint(0, 6) * 3600
    window = (
        Interval(opens, opens + dice.randint(2, 5) * 3600) if number < 4 else Interval(start, start + DAY_S)
    )
    return OrderStop((window,), dice.choice((10, 15, 20, 35)) * 60)


@pytest.mark.slow
def test_pyvrp_finds_nothing_better(skawina: Town, full: bool) -> None:  # noqa: FBT001
    dice = random.Random("peers")  # noqa: S311 - no secret
    compared = 0
    for _ in range(50 if full else 5):
        problem = random_stops(skawina, dice)
        found, peer = best_order(problem, Objective.FINISH, may_cut=False), peer_finish(problem)
        if found is None:
            assert peer is None
            continue
        ours = walk_through(problem, found.order)
        assert ours is not None
        assert peer is None or ours.finish <= peer
        compared += peer is not None
    assert compared >= (30 if full else 2)


@pytest.mark.slow
def test_a_large_day_is_as_good_as_with_pyvrp(skawina: Town, full: bool) -> None:  # noqa: FBT001
    """16 to 20 stops: within 1 % of the length of PyVRP's day, none later where it is proved."""
    dice = random.Random("large")  # noqa: S311 - no secret
    compared = 0
    for _ in range(20 if full else 1):
        problem = random_stops(skawina, dice, dice.randint(16, 20))
        peer = peer_finish(problem)
        found = best_order(problem, Objective.FINISH, Budget.of(2.0, process_time), may_cut=False)
        if peer is None:
            continue
        assert found is not None
        ours = walk_through(problem, found.order)
        assert ours is not None
        later = (ours.finish - peer) / (peer - problem.start)
        assert later <= (0 if found.proved else 0.01)
        compared += 1
    assert compared
