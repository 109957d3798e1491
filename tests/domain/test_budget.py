"""Budgets and their shares, by a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from planner.domain.budget import ENDLESS, Budget, OutOfTimeError


@dataclass
class Hand:
    """A clock that stands still until it is set."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_budget_is_over_after_its_last_second() -> None:
    hand = Hand()
    budget = Budget.of(2.0, hand)
    hand.now = 102.0
    assert (budget.left_s, budget.is_over()) == (0.0, False)
    budget.check()
    hand.now = 102.5
    assert (budget.left_s, budget.is_over()) == (-0.5, True)
    with pytest.raises(OutOfTimeError):
        budget.check()


def test_a_share_begins_with_the_whole() -> None:
    hand = Hand()
    budget = Budget.of(2.0, hand)
    hand.now = 101.0
    assert budget.share(0.75).left_s == 0.5
    assert budget.share(1.5).left_s == 2.0
    assert budget.less(0.25).left_s == 0.75


def test_a_part_of_the_rest_begins_now() -> None:
    hand = Hand()
    budget = Budget.of(2.0, hand)
    hand.now = 101.0
    half = budget.rest(0.5)
    assert half.left_s == 0.5
    hand.now = 101.5
    assert half.left_s == 0.0
    hand.now = 103.0
    assert budget.rest().is_over()
    assert budget.rest(0.5, least_s=0.4).left_s == pytest.approx(0.2)


def test_an_endless_one_is_never_over() -> None:
    assert not ENDLESS.share(0.1).rest(0.1).less(1e9).is_over()
