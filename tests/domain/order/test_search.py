"""The order search against every order tried out one by one."""

from __future__ import annotations

import os
from itertools import permutations, product

import pytest
from hypothesis import given, settings

from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order, is_feasible
from tests.kit.small_problems import Day, days, every_order, walked

MANY = 3000 if os.environ.get("PLANNER_FULL") == "1" else 12
OBJECTIVES = (Objective.FINISH, Objective.FINISH_WALKING, Objective.WALKING, Objective.WAITING)


@pytest.mark.dear
@pytest.mark.parametrize("objective", OBJECTIVES)
@given(day=days())
@settings(max_examples=MANY, deadline=None)
def test_no_order_is_better(objective: Objective, day: Day) -> None:
    best = min((found.score(objective) for _, found in every_order(day)), default=None)
    found = best_order(day.problem, objective, may_cut=False)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert found.proved
    assert not found.is_cut
    again = walked(day, found.order)
    assert again is not None
    assert again.score(objective) == best


@given(day=days(most=3))
@settings(max_examples=MANY, deadline=None)
def test_as_few_minutes_are_cut_as_will_do(day: Day) -> None:
    """Every order with every number of minutes cut from each stay, in steps of one."""
    found = best_order(day.problem, Objective.FINISH)
    if next(every_order(day), None) is not None:
        assert found is not None
        assert not found.is_cut
        return
    assert (found is not None) == is_feasible(day.problem)
    if found is None:
        assert _least_cut(day, coarse=10) is None
        return
    assert found.is_cut
    stops = day.problem.stops
    assert all(
        stop.least_dwell_s <= dwell <= stop.dwell_s for stop, dwell in zip(stops, found.dwells, strict=True)
    )
    assert walked(day, found.order, found.dwells) is not None
    cut = sum(stop.dwell_s - dwell for stop, dwell in zip(stops, found.dwells, strict=True)) // 60
    least = _least_cut(day, coarse=10)
    assert least is None or cut <= least
    for fewer in _spread(day, cut - 1) if cut <= 8 else ():
        for order in permutations(range(len(stops))):
            assert walked(day, order, fewer) is None


def _least_cut(day: Day, coarse: int) -> int | None:
    """The fewest minutes of cuts in steps of some minutes: no fewer than really needed."""
    stops = day.problem.stops
    choices = [
        sorted(
            {
                *range(0, (stop.dwell_s - stop.least_dwell_s) // 60, coarse),
                (stop.dwell_s - stop.least_dwell_s) // 60,
            }
        )
        for stop in stops
    ]
    works = [
        sum(cuts)
        for cuts in product(*choices)
        for order in permutations(range(len(stops)))
        if walked(day, order, [stop.dwell_s - cut * 60 for stop, cut in zip(stops, cuts, strict=True)])
    ]
    return min(works, default=None)


def _spread(day: Day, minutes: int) -> list[tuple[int, ...]]:
    """All ways of cutting so many minutes in all."""
    stops = day.problem.stops
    choices = [range(min(minutes, (stop.dwell_s - stop.least_dwell_s) // 60) + 1) for stop in stops]
    return [
        tuple(stop.dwell_s - cut * 60 for stop, cut in zip(stops, cuts, strict=True))
        for cuts in product(*choices)
        if sum(cuts) == minutes
    ]
