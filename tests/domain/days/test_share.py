"""Stops shared among days against every share in every order."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.budget import ENDLESS
from planner.domain.days import share as sharing
from planner.domain.days.share import LEFT, ShareQuestion, keeps_after, share
from tests.conftest import FULL
from tests.kit.small_problems import Day, days, walked

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = 300 if FULL else 8


def free(day: Day) -> Day:
    """The day without positions: they hold on a day, not among the stops of several."""
    stops = tuple(replace(stop, locked=False) for stop in day.problem.stops)
    return replace(day, problem=replace(day.problem, stops=stops))


def length(day: Day, stops: Sequence[int]) -> float:
    """Seconds of the shortest day with some stops, by every order of them."""
    kept = set(stops)
    own = tuple(replace(stop, after=stop.after & kept) for stop in day.problem.stops)
    tried = replace(day, problem=replace(day.problem, stops=own))
    found = [one for order in permutations(stops) if (one := walked(tried, order)) is not None]
    return min((one.finish - day.problem.start for one in found), default=float("inf"))


def cost(question: ShareQuestion, drawn: Sequence[Day], day_of: Sequence[int]) -> float:
    if not keeps_after(question, day_of):
        return float("inf")
    lengths = [
        length(day, [number for number, own in enumerate(day_of) if own == index])
        for index, day in enumerate(drawn)
    ]
    left = sum(question.weights[number] for number, day in enumerate(day_of) if day == LEFT)
    spread = max(lengths) - min(lengths) if max(lengths) < float("inf") else 0.0
    return sum(lengths) + question.balance * spread + sharing.LEFT_S * left


@given(
    first=days(most=4, rides=False),
    later=st.integers(0, 3) | st.none(),
    pinned=st.integers(0, 3),
    balance=st.sampled_from([0.0, 0.5, 2.0]),
)
@settings(max_examples=MANY, deadline=None)
def test_no_share_is_better(first: Day, later: int | None, pinned: int, balance: float) -> None:
    """The second day begins some hours later, so doors may be shut then; one stop may be on one day alone."""
    one = free(first)
    start = one.problem.start + 3600 * (later or 0)
    other = replace(one, problem=replace(one.problem, start=start))
    size = len(one.problem.stops)
    allowed = tuple((1,) if number == pinned and later else (0, 1) for number in range(size))
    question = ShareQuestion(
        (one.problem, other.problem), allowed, tuple(range(1, size + 1)), balance=balance
    )
    found = share(question, ENDLESS)
    shares = product(*((*choices, LEFT) for choices in allowed))
    best = min(cost(question, (one, other), day_of) for day_of in shares)
    if best == float("inf"):
        return
    assert found.proved
    assert cost(question, (one, other), found.day_of) == pytest.approx(found.cost)
    assert found.cost == pytest.approx(best)


@given(first=days(most=5, rides=False))
@settings(max_examples=MANY, deadline=None)
def test_what_is_only_searched_for_works_out(first: Day) -> None:
    """No better than the best, and each day has an order."""
    one = free(first).problem
    size = len(one.stops)
    question = ShareQuestion((one, one), ((0, 1),) * size, (1,) * size)
    best = share(question, ENDLESS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "MOST_LISTED", 0)
        good = share(question, ENDLESS)
    assert not good.proved
    assert good.cost >= best.cost - 1e-6 or best.cost == float("inf")
