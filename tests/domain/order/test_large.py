"""Days too large for every order: the forward search and the small changes against what is known."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, pairwise
from math import inf
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.budget import ENDLESS, Budget
from planner.domain.order.costs import score
from planner.domain.order.good.line import line_of, rest_of
from planner.domain.order.good.lists import DayLists
from planner.domain.order.good.rebuild import Rebuilder
from planner.domain.order.good.routed import Router, can_be_routed
from planner.domain.order.moves import MoveTable
from planner.domain.order.problem import OrderProblem, OrderStop, walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from planner.domain.order.sparse.arrays import DayArrays
from planner.domain.order.sparse.forward import ForwardSearch, Spent
from planner.domain.order.stays import Interval
from tests.kit.orders.tsptw import Instance, instances
from tests.kit.orders.windowed import windowed_day
from tests.kit.small_problems import Day, days, every_order, walked

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

CPU_S = 2.0
QUICK = frozenset({"Dumas-n40w60.001.txt"})
WHAT = {Spent.TIME: Objective.FINISH, Spent.WALKING: Objective.WALKING, Spent.WAITING: Objective.WAITING}


@pytest.mark.dear
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


@pytest.mark.dear
@pytest.mark.parametrize("objective", list(WHAT.values()))
@given(day=days())
def test_what_is_rebuilt_keeps_all_and_is_no_worse(objective: Objective, day: Day) -> None:
    """Rides, several intervals, stops without a place, locked ones and ones after others included."""
    first = next((order for order, _ in every_order(day)), None)
    if first is None:
        return
    clock = count()
    rebuilder = Rebuilder(DayArrays(day.problem), objective)
    found = walked(day, rebuilder.improved(first, Budget.of(30, lambda: float(next(clock)))))
    known = walked(day, first)
    assert known is not None
    assert found is not None
    assert found.score(objective) <= known.score(objective)


@pytest.mark.dear
@pytest.mark.parametrize("objective", list(WHAT.values()))
@given(day=days(rides=False))
def test_what_is_routed_keeps_all_and_is_no_worse(objective: Objective, day: Day) -> None:
    """Fixed times, several intervals, entries, buffers and an end or none included."""
    day = _routable(day)
    assert can_be_routed(day.problem)
    first = next((order for order, _ in every_order(day)), None)
    if first is None:
        return
    clock = count()
    router = Router(day.problem, DayLists.of(DayArrays(day.problem), objective), objective)
    found = walked(day, router.improved(first, Budget.of(30, lambda: float(next(clock)))))
    known = walked(day, first)
    assert known is not None
    assert found is not None
    assert found.score(objective) <= known.score(objective)


def _routable(day: Day) -> Day:
    """The day without what is told of it beside times."""
    stops = (replace(stop, placed=True, locked=False, after=frozenset()) for stop in day.problem.stops)
    return replace(day, problem=replace(day.problem, stops=tuple(stops)))


@pytest.mark.parametrize("objective", [Objective.FINISH, Objective.WALKING])
def test_the_best_of_several_windows_is_gone_to(objective: Objective) -> None:
    """Eight stops in a row, each open in its turn there or in its turn back: there one by one is best."""
    size = 8
    steady = np.array([[300 * abs(a - b) for b in (*range(1, size + 1), 0)] for a in range(size + 1)])
    moves = MoveTable(steady, np.zeros_like(steady), lambda *_: 0.0, {}, steady.astype(np.float64))
    opens = [(600 * (n + 1), 600 * (3 * size - n)) for n in range(size)]
    stops = tuple(OrderStop(tuple(Interval(at, at + 600) for at in both), 300) for both in opens)
    problem = OrderProblem(0, stops, moves, has_end=True)
    router = Router(problem, DayLists.of(DayArrays(problem), objective), objective)
    assert walk_through(problem, tuple(reversed(range(size)))) is not None
    assert router.improved(tuple(reversed(range(size))), ENDLESS) == tuple(range(size))


@given(day=days(), dice=st.randoms(use_true_random=False))
def test_a_line_is_gone_on_with_from_where_a_stop_is_put_in(day: Day, dice: Random) -> None:
    lists = DayLists.of(DayArrays(day.problem), Objective.FINISH)
    order = dice.sample(range(lists.size), lists.size)
    before, rest = None, None
    at = dice.randrange(lists.size)
    kept = [*order[:at], *order[at + 1 :]]
    before = line_of(lists, kept)
    if before is not None:
        rest = rest_of(lists, kept, before)
        after = line_of(lists, order)
        assert line_of(lists, order, before, at) == after
        if after is not None and all(lists.placed[:-1]) and not day.departures:
            assert rest_of(lists, order, after, rest, at) == rest_of(lists, order, after)


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


@pytest.mark.parametrize(
    "width", [60, *(pytest.param(width, marks=pytest.mark.slow) for width in (20, 40, 80, 100))]
)
def test_sixty_stops_with_windows_have_an_order(width: int, full: bool) -> None:  # noqa: FBT001
    """Made up in the manner of published instances, of which none is as large here; each is proved."""
    for seed in range(8 if full else 1):
        for objective in (Objective.FINISH, Objective.WALKING):
            problem = windowed_day(60, width, seed)
            found = best_order(problem, objective, Budget.of(CPU_S, process_time), may_cut=False)
            assert found is not None
            assert found.proved


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
