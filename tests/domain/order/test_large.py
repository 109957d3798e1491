"""Days too large for every order: the forward search and the small changes against what is known."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from planner.domain.budget import ENDLESS, Budget
from planner.domain.order.costs import score
from planner.domain.order.good.changes import changes_of
from planner.domain.order.good.plain import plain_day
from planner.domain.order.good.segments import Segments
from planner.domain.order.moves import NEVER
from planner.domain.order.problem import walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from planner.domain.order.sparse.arrays import DayArrays
from planner.domain.order.sparse.forward import ForwardSearch, Spent
from tests.kit.orders.tsptw import Instance, instances
from tests.kit.small_problems import Day, days, every_order, walked

if TYPE_CHECKING:
    from pathlib import Path

    from planner.domain.order.problem import OrderProblem

CPU_S = 2.0
QUICK = frozenset({"AFG-rbg027a.tw", "Dumas-n40w60.001.txt"})
WHAT = {Spent.TIME: Objective.FINISH, Spent.WALKING: Objective.WALKING, Spent.WAITING: Objective.WAITING}


@pytest.mark.parametrize("spent", list(Spent))
@given(day=days())
def test_no_order_of_a_small_day_is_better(spent: Spent, day: Day) -> None:
    """With rides only the finish is exact: who leaves later may walk or wait less."""
    if spent is not Spent.TIME and day.departures:
        return
    objective = WHAT[spent]
    best = min((found.score(objective) for _, found in every_order(day)), default=None)
    reached = ForwardSearch(DayArrays(day.problem), spent, day.problem.latest).reach(10_000, ENDLESS)
    assert reached.complete
    found = None if reached.order is None else walked(day, reached.order)
    assert (None if found is None else found.score(objective)[0]) == (None if best is None else best[0])


@given(day=days())
def test_few_states_give_an_order_that_keeps_all(day: Day) -> None:
    reached = ForwardSearch(DayArrays(day.problem), Spent.TIME, day.problem.latest).reach(2, ENDLESS)
    assert reached.order is None or walked(day, reached.order) is not None


@pytest.mark.parametrize("objective", [Objective.FINISH, Objective.WALKING])
def test_changes_are_worth_what_the_changed_orders_are(real_dir: Path, objective: Objective) -> None:
    assert real_dir.is_dir()
    instance = next(one for one in instances() if one.name == "Dumas-n20w100.001.txt")
    problem = instance.problem
    order = _first_order(problem)
    day = plain_day(DayArrays(problem), objective)
    segments = Segments.of(day, order, [True] * len(order))
    own = score(problem, order, Objective.WALKING)[0]
    for changes in changes_of([stop.locked for stop in problem.stops]):
        over, dearer = segments.finish(changes), segments.changed(changes)
        for entry in range(0, len(changes.i), 37):
            changed = changes.apply(entry, order)
            again = walk_through(problem, changed)
            assert over[entry] == (NEVER if again is None else again.finish)
            if again is not None and objective is Objective.WALKING:
                assert dearer[entry] == pytest.approx(score(problem, changed, objective)[0] - own)


def test_published_instances_are_solved(real_dir: Path, full: bool) -> None:  # noqa: FBT001
    """Each has an order within two seconds of CPU, the best known one or one that is nearly as good."""
    assert real_dir.is_dir()
    for instance in instances():
        if instance.size > 15 and (full or instance.name in QUICK):
            for objective in (Objective.FINISH, Objective.WALKING):
                _check(instance, objective)


def _check(instance: Instance, objective: Objective) -> None:
    best = instance.finish if objective is Objective.FINISH else instance.travel
    found = best_order(instance.problem, objective, Budget.of(CPU_S, process_time), may_cut=False)
    assert found is not None, instance.name
    value = instance.in_units(score(instance.problem, found.order, objective)[0])
    nearly = 1.01 if objective is Objective.FINISH else 1.02
    assert best is None or value <= best * nearly + 0.05, instance.name
    assert not found.proved or best is None or value <= best + 0.05, instance.name


def test_more_states_are_never_worse(real_dir: Path) -> None:
    """And what is complete is the best: it keeps the windows of each stop."""
    assert real_dir.is_dir()
    instance = next(one for one in instances() if one.name == "GendreauDumasExtended-n20w180.001.txt")
    arrays, latest = DayArrays(instance.problem), instance.problem.latest
    found = [ForwardSearch(arrays, Spent.WALKING, latest).reach(width, ENDLESS) for width in (16, 256, 5000)]
    costs = [score(instance.problem, one.order, Objective.WALKING)[0] if one.order else inf for one in found]
    assert all(fewer >= more for fewer, more in pairwise(costs))
    assert found[-1].complete
    assert instance.in_units(costs[-1]) == instance.travel


def _first_order(problem: OrderProblem) -> tuple[int, ...]:
    order = ForwardSearch(DayArrays(problem), Spent.TIME, problem.latest).reach(4, ENDLESS).order
    assert order is not None
    assert np.all(np.sort(order) == np.arange(len(order)))
    return order
