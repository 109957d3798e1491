"""Turns are fair between those who ask, whatever they ask."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.serving.pool.line import Line


def drained(line: Line[str]) -> list[str]:
    found = []
    while (wanted := line.next()) is not None:
        found.append(wanted)
    return found


def test_who_asks_often_waits_for_who_asks_once() -> None:
    line: Line[str] = Line()
    for who, wanted in (
        ("ann", "a1"),
        ("ann", "a2"),
        ("ann", "a3"),
        ("bob", "b1"),
        ("eve", "e1"),
        ("bob", "b2"),
    ):
        assert line.put(who, wanted)
    assert drained(line) == ["a1", "b1", "e1", "a2", "b2", "a3"]
    assert len(line) == 0


def test_one_cannot_fill_the_line() -> None:
    line: Line[str] = Line(most=4, most_of_one=2)
    assert [line.put("ann", name) for name in ("a1", "a2", "a3")] == [True, True, False]
    assert [line.put(who, who) for who in ("bob", "eve", "joe")] == [True, True, False]
    assert drained(line) == ["a1", "bob", "eve", "a2"]


def test_what_is_dropped_gets_no_turn() -> None:
    line: Line[str] = Line()
    for wanted in ("a1", "a2"):
        line.put("ann", wanted)
    line.put("bob", "b1")
    line.drop("b1")
    line.drop("a1")
    line.drop("nothing")
    assert drained(line) == ["a2"]
    assert line.put("bob", "b2")


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_nobody_gets_a_second_turn_before_who_waits_has_had_one(asked: list[str]) -> None:
    line: Line[str] = Line(most=100, most_of_one=100)
    for number, who in enumerate(asked):
        line.put(who, f"{who}{number}")
    served = [wanted[0] for wanted in drained(line)]
    assert sorted(served) == sorted(asked)
    for at, who in enumerate(served):
        waits = set(served[at:]) - {who}
        again = next((later for later in range(at + 1, len(served)) if served[later] == who), len(served))
        assert waits <= set(served[at + 1 : again]) or again == len(served)
