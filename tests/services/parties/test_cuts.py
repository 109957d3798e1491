"""Stays cut for all parties alike: worked out by hand, and against everything that can be decided."""

from __future__ import annotations

import pytest

from planner.domain.parties.cuts import CutQuestion
from planner.services.parties.cut_model import CutModel
from planner.services.planning.budget import budget_of
from tests.kit.party_cuts import best_cuts, cost_of, random_question, stay, way
from tests.kit.rotations import NINE

LONG_S = 40.0


def test_a_stop_that_parties_take_in_turn_gains_for_each_of_them() -> None:
    """A waits at the second stop until B has left it: a minute there is two for A, at the first one none.

    A is at the first stop 9:01-9:21 and comes to the second at 9:22, where B is 9:01-9:41; A then stays
    until 10:21 and is at the end at 10:22. To be there by 10:15 the second stay loses 4 of its 40 minutes.
    """
    stops = stay(20, 10), stay(40, 20)
    ways = way((0, 60), (1, 60)), way((1, 60), (0, 60))
    found = CutModel(CutQuestion(NINE, stops, ways, NINE + 75 * 60)).fairest(budget_of(LONG_S))
    assert found is not None
    assert (found.minutes, found.proved) == ((0, 4), True)
    assert found.starts[0, 1] == NINE + 37 * 60


def test_of_as_few_minutes_the_largest_share_is_the_smallest() -> None:
    """One party, 6 minutes too late: of 30, 20 and 10 minutes 3, 2 and 1 are a tenth each."""
    stops = stay(30, 15), stay(20, 10), stay(10, 5)
    ways = (way((0, 60), (1, 60), (2, 60)),)
    found = CutModel(CutQuestion(NINE, stops, ways, NINE + 58 * 60)).fairest(budget_of(LONG_S))
    assert found is not None
    assert (found.minutes, found.proved) == ((3, 2, 1), True)


def test_where_the_shortest_stays_are_too_long_there_is_none() -> None:
    question = CutQuestion(NINE, (stay(20, 5),), (way((0, 60)), way((0, 60))), NINE + 30 * 60)
    assert CutModel(question).fairest(budget_of(LONG_S)) is None
    assert best_cuts(question) is None


@pytest.mark.parametrize("seed", range(12))
def test_as_good_as_everything_that_can_be_decided(seed: int) -> None:
    check(seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 300))
def test_as_good_as_everything_many_times(seed: int) -> None:
    check(seed)


def check(seed: int) -> None:
    question = random_question(seed)
    found = CutModel(question).fairest(budget_of(LONG_S))
    best = best_cuts(question)
    assert (found is None) == (best is None)
    if found is not None:
        assert found.proved
        assert cost_of(question, found.minutes) == best
