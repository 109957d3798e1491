"""What is kept, what is forgotten, and that threads do not work out the same thing twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from planner.memory import Memory

WAIT_S = 10


def test_what_was_asked_for_longest_ago_is_forgotten() -> None:
    memory, made = Memory(), list[int]()

    def square(key: int) -> int:
        made.append(key)
        return key * key

    def ask(key: int) -> int:
        return memory.get("squares", key, lambda: square(key), keep=2)

    assert [ask(key) for key in (1, 2, 1, 3, 1, 2)] == [1, 4, 1, 9, 1, 4]
    assert made == [1, 2, 3, 2]


def test_topics_do_not_push_each_other_out() -> None:
    memory = Memory()
    memory.get("a", 1, lambda: "of a", keep=1)
    memory.get("b", 1, lambda: "of b", keep=1)
    memory.get("b", 2, lambda: "of b", keep=1)
    assert memory.known("a", [1]) == ["of a"]
    assert memory.known("b", [1]) is None


def test_nothing_is_a_value_too() -> None:
    memory, made = Memory(), list[int]()
    for _ in range(2):
        assert memory.get("walks", "no way", lambda: made.append(1)) is None
    assert made == [1]


def test_values_made_together_are_known_together() -> None:
    memory = Memory()
    memory.put("pairs", {(1, 2): "there", (2, 1): "back"}, keep=2)
    assert memory.known("pairs", [(2, 1), (1, 2), (2, 1)]) == ["back", "there", "back"]
    assert memory.known("pairs", [(1, 2), (1, 1)]) is None
    memory.put("pairs", {(3, 3): "here"}, keep=2)
    assert memory.known("pairs", [(2, 1)]) is None, "asked for before (1, 2) was"


def test_threads_make_a_value_once_and_get_the_same_one() -> None:
    memory, made, lock, start = Memory(), list[object](), Lock(), Barrier(8)

    def make() -> object:
        value = object()
        with lock:
            made.append(value)
        Event().wait(0.05)
        return value

    def ask(_: int) -> object:
        start.wait(WAIT_S)
        return memory.get("things", "one", make)

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(ask, range(8)))
    assert len(made) == 1
    assert all(thing is made[0] for thing in got)


def test_another_value_does_not_wait_for_one_that_is_being_made() -> None:
    memory, is_other_made = Memory(), Event()
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(memory.get, "things", "slow", lambda: is_other_made.wait(WAIT_S))
        memory.get("things", "other", is_other_made.set)
        assert slow.result(WAIT_S)


def test_making_may_ask_for_other_values_and_may_fail() -> None:
    memory = Memory()
    assert memory.get("a", 1, lambda: memory.get("b", 1, lambda: 2) + 1) == 3
    with pytest.raises(ZeroDivisionError):
        memory.get("a", 2, lambda: 1 // 0)
    assert memory.get("a", 2, lambda: 5) == 5, "the next one tries by itself"
