"""No trip of a pattern overtakes another: hand-made cases, and any trips on any days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.buses.checks import check_day
from tests.kit.buses.feeds import calls, names, read, runs, stop, tiny, trip, week

SLOW = ("A 8:00", "B 8:20", "C 8:40")
FAST = ("A 8:05", "B 8:10", "C 8:15")


def test_a_trip_that_overtakes_has_a_pattern_of_its_own(tmp_path: Path) -> None:
    rows = calls("slow", *SLOW) + calls("fast", *FAST) + calls("next", "A 8:30", "B 8:50", "C 9:10")
    trips = [trip(name) for name in ("slow", "fast", "next")]
    found = read(tmp_path, tiny(trips=trips, stop_times=rows))
    chains = [set(), set()]  # type: list[set[str]]
    for number, pattern in enumerate(found.trip_pattern.tolist()):
        chains[pattern].add(found.texts[int(found.trip_id[number])])
    assert chains == [{"0:slow", "0:next"}, {"0:fast"}]


def test_trips_of_different_days_do_not_meet(tmp_path: Path) -> None:
    rows = calls("slow", *SLOW) + calls("fast", *FAST)
    calendar = [week("wk"), week("we", "0000011")]
    found = read(tmp_path, tiny(trips=[trip("slow"), trip("fast", "we")], stop_times=rows, calendar=calendar))
    assert found.trip_pattern.tolist() == [0, 0]


def test_a_trip_past_midnight_may_overtake_one_of_the_next_day(tmp_path: Path) -> None:
    """Saturday's 24:00 needs 40 min to C, Sunday's 0:05 needs 10: on Sunday they share the street."""
    rows = calls("night", "A 24:00", "B 24:20", "C 24:40") + calls("early", "A 0:05", "B 0:10", "C 0:15")
    calendar = [week("sa", "0000010"), week("su", "0000001")]
    trips = [trip("night", "sa"), trip("early", "su")]
    found = read(tmp_path, tiny(trips=trips, stop_times=rows, calendar=calendar))
    assert sorted(found.trip_pattern.tolist()) == [0, 1]


def test_a_night_trip_that_overtakes_nobody_stays(tmp_path: Path) -> None:
    rows = calls("night", "A 24:00", "B 24:20", "C 24:40") + calls("early", "A 5:05", "B 5:10", "C 5:15")
    found = read(tmp_path, tiny(trips=[trip("night"), trip("early")], stop_times=rows))
    assert found.trip_pattern.tolist() == [0, 0]
    assert list(runs(found)) == ["early", "night"]


MINUTES = st.integers(0, 27 * 60)
TRIPS = st.lists(
    st.tuples(MINUTES, st.lists(st.integers(0, 40), min_size=4, max_size=4), st.sampled_from("abc")),
    min_size=1,
    max_size=12,
)
CALENDAR = [
    week("a", "1111100", "20260323", "20260405"),
    week("b", "0000011", "20260323", "20260405"),
    week("c", "1111111", "20260323", "20260405"),
]
"""Over the night of 28 March 2026, in which the clock is put forward in Warsaw."""


def times(start: int, steps: list[int]) -> tuple[str, ...]:
    """Ride to B, stay, ride to C, stay."""
    at = np.cumsum([start, *steps]).tolist()
    texts = [f"{minute // 60}:{minute % 60:02}" for minute in at]
    return f"A {texts[0]}", f"B {texts[1]}/{texts[2]}", f"C {texts[3]}/{texts[4]}"


@given(TRIPS)
@settings(deadline=None)
def test_patterns_are_first_in_first_out_on_every_day(trips: list[tuple[int, list[int], str]]) -> None:
    ids = [f"t{number}" for number in range(len(trips))]
    tables = tiny(
        stops=[stop("A", 0), stop("B", 300), stop("C", 600)],
        trips=[trip(one, service) for one, (_, _, service) in zip(ids, trips, strict=True)],
        stop_times=[
            row
            for one, (start, steps, _) in zip(ids, trips, strict=True)
            for row in calls(one, *times(start, steps))
        ],
        calendar=CALENDAR,
    )
    with TemporaryDirectory() as path:
        found = read(Path(path), tables)
    assert sorted(names(found, found.trip_id)) == sorted(f"0:{one}" for one in ids)
    starts = found.depart[found.trip_offsets[:-1]].tolist()
    for (pattern, start), (after, later) in pairwise(zip(found.trip_pattern.tolist(), starts, strict=True)):
        assert pattern < after or (pattern == after and start <= later)
    days = [date(2026, 3, 22) + timedelta(days=at) for at in range(16)]
    assert sum(check_day(found, day) for day in days) >= len(trips)
