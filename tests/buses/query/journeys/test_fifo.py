"""First in, first out: who leaves later never arrives earlier; and the mirror of it."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.buses.query.journeys.headways import NEVER, HeadwayPeriod, HeadwayRun
from tests.kit.buses.small_timetables import CLOCK, Little, Trip, at, journeys
from tests.kit.buses.strategies import DAY, SIDE_M, STOPS, towns
from tests.kit.streets.small import spot

EXAMPLES = 1000 if os.environ.get("PLANNER_FULL") == "1" else 12
SPOTS = st.tuples(st.floats(0, SIDE_M), st.floats(0, SIDE_M)).map(lambda metres: spot(*metres))
SECONDS = st.integers(0, 86_400)
TOWNS = st.booleans().flatmap(lambda with_headways: towns(headways=with_headways))
DROPPING = Little(
    STOPS,
    [
        Trip(
            "h",
            (("A", 0, 0), ("B", 900, 900)),
            periods=((at("8:00"), at("10:00"), 3600), (at("10:00"), at("12:00"), 600)),
        )
    ],
    DAY,
    1,
    estimated=["h"],
)
"""The headway drops from 60 to 10 minutes at 10:00."""


@given(town=TOWNS, origin=SPOTS, destination=SPOTS, starts=st.lists(SECONDS, min_size=2, max_size=6))
@example(town=DROPPING, origin=spot(0), destination=spot(9000, 500), starts=list(range(30_000, 37_000, 60)))
@settings(max_examples=EXAMPLES, deadline=None)
def test_who_leaves_later_never_arrives_earlier(
    town: Little, origin: tuple[float, float], destination: tuple[float, float], starts: list[int]
) -> None:
    rides, midnight = journeys(town.made()), CLOCK.midnight(DAY)
    found = [rides.depart_at(origin, destination, midnight + start) for start in sorted(starts)]
    assert [one.arrive for one in found] == sorted(one.arrive for one in found)
    for one, start in zip(found, sorted(starts), strict=True):
        assert midnight + start <= one.depart
        assert one.arrive <= midnight + start + _walk_s(rides.walks.direct(origin, destination))


@pytest.mark.dear
@given(town=TOWNS, origin=SPOTS, destination=SPOTS, ends=st.lists(SECONDS, min_size=2, max_size=6))
@example(town=DROPPING, origin=spot(0), destination=spot(9000, 500), ends=list(range(31_000, 39_000, 60)))
@settings(max_examples=EXAMPLES, deadline=None)
def test_who_must_arrive_later_never_leaves_earlier(
    town: Little, origin: tuple[float, float], destination: tuple[float, float], ends: list[int]
) -> None:
    rides, midnight = journeys(town.made()), CLOCK.midnight(DAY)
    found = [rides.arrive_by(origin, destination, midnight + end) for end in sorted(ends)]
    assert [one.depart for one in found] == sorted(one.depart for one in found)
    assert all(one.arrive <= midnight + end for one, end in zip(found, sorted(ends), strict=True))


@pytest.mark.dear
@given(town=TOWNS, origin=SPOTS, destination=SPOTS, end=SECONDS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_arrive_by_is_the_last_start_that_is_in_time(
    town: Little, origin: tuple[float, float], destination: tuple[float, float], end: int
) -> None:
    rides, by = journeys(town.made()), CLOCK.midnight(DAY) + end
    last = rides.arrive_by(origin, destination, by)
    assert rides.depart_at(origin, destination, last.depart).arrive <= last.arrive <= by
    assert rides.depart_at(origin, destination, last.depart + 1).arrive > by


Spans = list[tuple[int, int, int]]
SPANS = st.lists(
    st.tuples(st.integers(0, 9000), st.integers(0, 5000), st.integers(1, 4000)), min_size=1, max_size=4
)
"""Start, length and half the headway of periods."""


STEPS = st.sampled_from([60, 60, 240])


def headway(spans: Spans, step: int = 60) -> HeadwayRun:
    periods = tuple(HeadwayPeriod(start, start + length, half, start, step) for start, length, half in spans)
    return HeadwayRun(0, 0, (0, 1), (True,) * 2, (True,) * 2, (0, 600), (0, 600), periods)


@given(spans=SPANS, step=STEPS, times=st.lists(st.integers(-3000, 15_000), min_size=1, max_size=20))
def test_an_expected_start_is_on_the_grid_of_its_period(spans: Spans, step: int, times: list[int]) -> None:
    """All starts of a period, one by one: whole steps from its first one on, and its last one."""
    run = headway(spans, step)
    for ready in times:
        starts = [
            start
            for first, length, half in spans
            if ready <= first + length
            for start in [*range(first + half, first + length + half, step), first + length + half]
            if start >= ready + half
        ]
        assert run.expected(ready) == min(starts, default=NEVER)
        exact = [max(ready, first) + half for first, length, half in spans if ready <= first + length]
        late_s = run.expected(ready) - min(exact, default=NEVER)
        assert 0 <= late_s < step


def test_the_grid_of_a_headway_by_hand() -> None:
    """From 0:00:10 to 0:03:20 every 10 minutes: it starts at 5:10, 6:10, 7:10, 8:10 and at last 8:20."""
    run = headway([(10, 190, 300)])
    cases = [(-500, 310), (10, 310), (11, 370), (70, 370), (71, 430), (190, 490), (191, 500), (200, 500)]
    assert [(ready, run.expected(ready)) for ready, _ in cases] == cases
    assert run.expected(201) == NEVER
    by = [(910, 10), (969, 10), (970, 70), (1099, 190), (1100, 200), (9999, 200)]
    assert [(end, run.latest(1, end)) for end, _ in by] == by
    assert run.latest(1, 909) is None
    assert [run.headway_s(start) for start in (310, 490, 500)] == [600] * 3


@given(spans=SPANS, step=STEPS, times=st.lists(st.integers(-3000, 15_000), min_size=1, max_size=20))
def test_a_headway_and_its_mirror_agree(spans: Spans, step: int, times: list[int]) -> None:
    """One is ready in time for an expected departure exactly if one is ready by its latest instant."""
    run = headway(spans, step)
    expected = [run.expected(time) for time in sorted(times)]
    assert expected == sorted(expected)
    for time in times:
        by = time + 700
        latest = run.latest(1, by + 600)
        caught = run.expected(time) <= by
        assert caught == (latest is not None and time <= latest)
        back = run.mirrored().expected(-by)
        assert back == (NEVER if latest is None else -latest)
        again = run.mirrored().latest(1, -time)
        assert again == (None if run.expected(time) == NEVER else -run.expected(time))
    assert run.mirrored().mirrored() == run


def _walk_s(walk: tuple[int, float] | None) -> int:
    assert walk is not None
    return walk[0]
