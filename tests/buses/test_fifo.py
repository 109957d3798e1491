"""First in, first out: who leaves later never arrives earlier; and the mirror of it."""

from __future__ import annotations

import os

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.buses.query.boards import HeadwayRun
from tests.buses.small_timetables import CLOCK, Little, Trip, at, journeys
from tests.buses.strategies import DAY, SIDE_M, STOPS, towns
from tests.streets.small import spot

EXAMPLES = 1000 if os.environ.get("PLANNER_FULL") == "1" else 60
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


@given(town=TOWNS, origin=SPOTS, destination=SPOTS, end=SECONDS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_arrive_by_is_the_last_start_that_is_in_time(
    town: Little, origin: tuple[float, float], destination: tuple[float, float], end: int
) -> None:
    rides, by = journeys(town.made()), CLOCK.midnight(DAY) + end
    last = rides.arrive_by(origin, destination, by)
    assert rides.depart_at(origin, destination, last.depart).arrive <= last.arrive <= by
    assert rides.depart_at(origin, destination, last.depart + 1).arrive > by


@given(
    periods=st.lists(
        st.tuples(st.integers(0, 9000), st.integers(0, 5000), st.integers(1, 4000)), min_size=1, max_size=4
    ),
    times=st.lists(st.integers(-3000, 15_000), min_size=1, max_size=20),
)
def test_a_headway_and_its_mirror_agree(periods: list[tuple[int, int, int]], times: list[int]) -> None:
    """One is ready in time for an expected departure exactly if one is ready by its latest instant."""
    spans = tuple((start, start + length, half) for start, length, half in periods)
    run = HeadwayRun(0, 0, (0, 1), (True,) * 2, (True,) * 2, (0, 600), (0, 600), spans)
    expected = [run.expected(time) for time in sorted(times)]
    assert expected == sorted(expected)
    for time in times:
        by = time + 700
        latest = run.latest(1, by + 600)
        caught = run.expected(time) <= by
        assert caught == (latest is not None and time <= latest)
        back = -run.mirrored().expected(-by)
        assert (latest is None and back < -(1 << 50)) or back == latest
    assert run.mirrored().mirrored() == run


def _walk_s(walk: tuple[int, float] | None) -> int:
    assert walk is not None
    return walk[0]
