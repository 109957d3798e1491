"""Stops that may be left out: the choice against every set of them in every order."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.budget import ENDLESS
from planner.domain.order.optional import choose as choosing
from planner.domain.order.optional.choose import choose
from planner.domain.order.optional.grow import grown
from planner.domain.order.optional.sets import done_sets, numbers_of
from planner.domain.order.part import smaller
from planner.domain.order.problem import walk_through
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from tests.conftest import FULL
from tests.kit.small_problems import Day, Walked, days, walked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANY = 2000 if FULL else 6
OBJECTIVES = (Objective.FINISH, Objective.FINISH_WALKING, Objective.WALKING, Objective.WAITING)
weighed = st.dictionaries(st.integers(0, 4), st.integers(1, 3), min_size=1)


def every_choice(day: Day, weights: Mapping[int, int]) -> Iterator[tuple[int, Walked]]:
    """The weight and the walk of every order of every set that keeps what must be kept."""
    stops = day.problem.stops
    for gone in chain.from_iterable(combinations(sorted(weights), size) for size in range(len(weights) + 1)):
        kept = [number for number in range(len(stops)) if number not in gone]
        free = tuple(replace(stop, locked=False, after=stop.after - set(gone)) for stop in stops)
        tried = replace(day, problem=replace(day.problem, stops=free))
        for order in permutations(kept):
            if any(stops[number].locked and order[at] != number for at, number in enumerate(kept)):
                continue
            found = walked(tried, order)
            if found is not None:
                yield sum(weights.get(number, 0) for number in kept), found


def of_day(day: Day, drawn: Mapping[int, int]) -> dict[int, int]:
    return {number: weight for number, weight in drawn.items() if number < len(day.problem.stops)}


@pytest.mark.dear
@pytest.mark.parametrize("objective", OBJECTIVES)
@given(day=days(most=4), drawn=weighed)
@settings(max_examples=MANY, deadline=None)
def test_no_choice_is_weightier_and_none_as_weighty_is_better(
    objective: Objective, day: Day, drawn: dict[int, int]
) -> None:
    weights = of_day(day, drawn)
    best = min(((-weight, one.score(objective)) for weight, one in every_choice(day, weights)), default=None)
    found = choose(day.problem, weights, objective)
    if best is None:
        assert found is None or found.found.is_cut
        return
    assert found is not None
    assert found.proved
    assert not found.found.is_cut
    kept = [number for number in range(len(day.problem.stops)) if number in found.numbers]
    assert set(range(len(day.problem.stops))) - set(weights) <= set(kept)
    free = tuple(
        replace(stop, locked=False, after=stop.after & set(found.numbers)) for stop in day.problem.stops
    )
    own = walked(replace(day, problem=replace(day.problem, stops=free)), found.order)
    assert own is not None
    assert (-sum(weights.get(number, 0) for number in kept), own.score(objective)) == best


@given(day=days(most=4), drawn=weighed)
@settings(max_examples=MANY, deadline=None)
def test_a_day_too_large_for_a_table_is_chosen_for_as_well(day: Day, drawn: dict[int, int]) -> None:
    """Every set listed gives the same weight and finish; what is only grown is a choice that works."""
    weights = of_day(day, drawn)
    first = choose(day.problem, weights, Objective.FINISH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choosing, "MOST_STOPS", 0)
        listed = choose(day.problem, weights, Objective.FINISH)
    assert (first is None) == (listed is None)
    if first is not None and listed is not None and not first.found.is_cut:
        assert sum(weights.get(n, 0) for n in first.numbers) == sum(weights.get(n, 0) for n in listed.numbers)
    order = grown(day.problem, weights, ENDLESS)
    if order is not None:
        assert walk_through(smaller(day.problem, order), range(len(order))) is not None


@given(day=days(most=5))
@settings(max_examples=MANY, deadline=None)
def test_every_set_has_the_finish_of_its_own_search(day: Day) -> None:
    """Locked positions left aside."""
    free = replace(day.problem, stops=tuple(replace(stop, locked=False) for stop in day.problem.stops))
    table = done_sets(free, every=True)
    for done in range(1, len(table.finish)):
        alone = best_order(smaller(free, numbers_of(done)), Objective.FINISH, may_cut=False)
        assert (alone is None) == (table.finish[done] >= 1 << 60)
        if alone is not None:
            assert sorted(table.order(done)) == list(numbers_of(done))
