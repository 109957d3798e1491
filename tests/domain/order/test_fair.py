"""Cuts are the fewest and the fairest: against every way to spread them, and by hand."""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import permutations, product
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings

from planner.domain.budget import Budget
from planner.domain.order.exact.cuts import cut_along
from planner.domain.order.moves import MoveTable
from planner.domain.order.problem import OrderProblem, OrderStop
from planner.domain.order.proposals import Objective
from planner.domain.order.search import FoundOrder, best_order
from planner.domain.order.stays import Interval
from tests.kit.small_problems import START, Day, days, walked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.domain.order.exact.fair import Shortened

MANY = 2000 if os.environ.get("PLANNER_FULL") == "1" else 12
MOST_SPREAD = 7
"""Of more minutes than these there are too many ways to spread them."""


def spreads(problem: OrderProblem, minutes: int) -> Iterator[tuple[int, ...]]:
    """All lengths of stays that lose so many minutes in all."""
    choices = [range(min(minutes, (one.dwell_s - one.least_dwell_s) // 60) + 1) for one in problem.stops]
    for cuts in product(*choices):
        if sum(cuts) == minutes:
            yield tuple(stop.dwell_s - 60 * cut for stop, cut in zip(problem.stops, cuts, strict=True))


def shares(problem: OrderProblem, dwells: Sequence[int]) -> list[Fraction]:
    """What stays lose of their lengths, the largest share first."""
    pairs = zip(problem.stops, dwells, strict=True)
    return sorted((Fraction(stop.dwell_s - own, max(1, stop.dwell_s)) for stop, own in pairs), reverse=True)


def lost(problem: OrderProblem, found: FoundOrder | Shortened) -> list[int]:
    """The minutes that each stay loses."""
    return [(stop.dwell_s - own) // 60 for stop, own in zip(problem.stops, found.dwells, strict=True)]


def check_fairest(day: Day, found: FoundOrder | Shortened, orders: Iterable[Sequence[int]]) -> None:
    """Of all orders and all ways to cut no more minutes none is fairer, and none does with one less."""
    problem, minutes = day.problem, sum(lost(day.problem, found))
    assert walked(day, found.order, found.dwells) is not None
    own = shares(problem, found.dwells)
    for order in orders:
        assert not any(walked(day, order, fewer) for fewer in spreads(problem, minutes - 1))
        fairer = (one for one in spreads(problem, minutes) if shares(problem, one) < own)
        assert not any(walked(day, order, one) for one in fairer)


@given(day=days(most=3))
@settings(max_examples=MANY, deadline=None)
def test_no_way_to_cut_as_few_minutes_is_fairer(day: Day) -> None:
    found = best_order(day.problem, Objective.FINISH)
    if found is None or not found.is_cut:
        return
    assert found.proved
    if sum(lost(day.problem, found)) <= MOST_SPREAD:
        check_fairest(day, found, permutations(range(len(day.problem.stops))))


@given(day=days(most=4))
@settings(max_examples=MANY, deadline=None)
def test_along_an_order_cuts_are_the_fewest_and_the_fairest(day: Day) -> None:
    order = range(len(day.problem.stops))
    shortest = [stop.dwell_s - stop.most_cut * 60 for stop in day.problem.stops]
    found = cut_along(day.problem, order)
    assert (found is None) == (walked(day, order, shortest) is None)
    if found is not None and sum(lost(day.problem, found)) <= MOST_SPREAD:
        check_fairest(day, found, [order])


def short() -> Budget:
    return Budget.of(0.5, process_time)


def line(*stops: OrderStop, way_s: int = 300, until: int | None = None) -> OrderProblem:
    """Stops that are all as far from each other."""
    size = len(stops)
    steady = np.full((size + 1, size + 1), way_s, dtype=np.int64)
    moves = MoveTable(steady, np.zeros_like(steady), lambda *_: 0.0, {}, np.zeros(steady.shape))
    return OrderProblem(START, stops, moves, limit=until)


def hour(least_min: int = 10, intervals: tuple[Interval, ...] = (Interval(0),)) -> OrderStop:
    return OrderStop(intervals, 3600, least_min * 60)


def test_four_hours_in_less_are_cut_alike() -> None:
    """4 x (5 + 60) minutes are 260; in 103 all must lose 157: three lose 39 of 60 minutes and one 40."""
    found = best_order(line(*[hour()] * 4, until=START + 103 * 60), Objective.FINISH)
    assert found is not None
    assert sorted(lost(line(*[hour()] * 4), found)) == [39, 39, 39, 40]


def test_who_must_lose_most_does_not_make_the_others_unequal() -> None:
    """61 min: the first must end at 8:25, when 20 of 60 are over; 21 are left for the three others."""
    stops = hour(intervals=(Interval(START, START + 25 * 60),)), hour(), hour(), hour()
    found = best_order(line(*stops, until=START + 199 * 60), Objective.FINISH)
    assert found is not None
    assert lost(line(*stops), found)[0] == 40
    assert sorted(lost(line(*stops), found)) == [7, 7, 7, 40]


def test_days_of_many_stops_are_cut_too_and_alike() -> None:
    """17 x 65 minutes are 1105; 1000 leave 105 to cut: 6 of 60 each, and three of them 7."""
    many = line(*[hour()] * 17, until=START + 1000 * 60)
    found = best_order(many, Objective.FINISH, short())
    assert found is not None
    assert (found.is_cut, found.proved) == (True, False)
    assert sorted(lost(many, found)) == [6] * 14 + [7] * 3
    assert best_order(line(*[hour()] * 17, until=START + 254 * 60), Objective.FINISH, short()) is None
