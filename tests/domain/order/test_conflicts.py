from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.order.conflicts import minimal_conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZE = 7
clashes = st.lists(st.frozensets(st.integers(0, SIZE - 1), min_size=1), max_size=5)
"""Sets of demands that no order keeps; who keeps none of them whole keeps all."""


def question(clashes: Sequence[frozenset[int]]) -> Callable[[Sequence[int]], bool]:
    return lambda demands: not any(clash <= set(demands) for clash in clashes)


def smallest_sets(clashes: Sequence[frozenset[int]]) -> set[tuple[int, ...]]:
    """By trying all subsets: those that cannot be kept, though all that are one less can."""
    ask = question(clashes)
    return {
        found
        for size in range(1, SIZE + 1)
        for found in combinations(range(SIZE), size)
        if not ask(found) and all(ask([one for one in found if one != left]) for left in found)
    }


@given(clashes)
def test_the_set_found_is_one_of_those_that_brute_force_finds(clashes: list[frozenset[int]]) -> None:
    found = minimal_conflict(range(SIZE), question(clashes))
    expected = smallest_sets(clashes)
    assert found in expected if expected else found == ()


@given(clashes, st.integers(1, SIZE))
def test_leaving_out_whole_parts_first_keeps_it_minimal(clashes: list[frozenset[int]], parts: int) -> None:
    found = minimal_conflict(range(SIZE), question(clashes), part_of=lambda demand: demand % parts)
    expected = smallest_sets(clashes)
    assert found in expected if expected else found == ()


def test_it_asks_about_as_often_as_there_are_parts_and_demands_of_the_parts_that_matter() -> None:
    asked: list[Sequence[int]] = []

    def ask(demands: Sequence[int]) -> bool:
        asked.append(demands)
        return not {7, 31} <= set(demands)

    assert minimal_conflict(range(40), ask, part_of=lambda demand: demand // 4) == (7, 31)
    # all and nothing, ten parts of four, then the four demands of each of two parts
    assert len(asked) == 2 + 10 + 8


def test_what_can_be_kept_or_cannot_even_without_demands_has_no_conflict() -> None:
    assert minimal_conflict("abc", lambda demands: True) == ()  # noqa: ARG005
    assert minimal_conflict("abc", lambda demands: False) == ()  # noqa: ARG005


def test_equal_demands_are_told_apart_by_their_place() -> None:
    assert minimal_conflict("aab", lambda demands: demands.count("a") < 2) == ("a", "a")
