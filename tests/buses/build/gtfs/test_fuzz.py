"""Bytes and lines changed at random: a feed is refused in words, or makes a timetable that answers."""

from __future__ import annotations

import os
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import SourceFileError
from tests.kit.buses.checks import check_day
from tests.kit.buses.feeds import (
    HERE,
    Tables,
    calls,
    folder,
    network_meta,
    packed,
    read,
    stop,
    text,
    tiny,
    trip,
)

if TYPE_CHECKING:
    from pathlib import Path

    from planner.buses.query.timetable.timetable import Timetable

EXAMPLES = 1500 if os.environ.get("PLANNER_FULL") == "1" else 12
NUMBERS = count()

FEED: Tables = tiny(
    stops=[
        stop("A", 0),
        stop("B", 1000, parent_station="S"),
        stop("C", 2000),
        stop("S", 1000, location_type="1"),
    ],
    trips=[trip("t1", shape_id="s"), trip("t2", "we"), trip("t3")],
    stop_times=[
        *calls("t1", "A 8:00", "B", "C 8:10"),
        *calls("t2", "A 23:50", "B 24:10", "C 25:30"),
        *calls("t3", "C 0:05", "A 0:20"),
    ],
    calendar=[{**tiny()["calendar"][0]}, {**tiny()["calendar"][0], "service_id": "we", "saturday": "1"}],
    calendar_dates=[{"service_id": "wk", "date": "20260304", "exception_type": "2"}],
    frequencies=[
        {
            "trip_id": "t3",
            "start_time": "6:00:00",
            "end_time": "9:00:00",
            "headway_secs": "1800",
            "exact_times": "0",
        }
    ],
    shapes=[
        {"shape_id": "s", "shape_pt_lat": str(HERE[1]), "shape_pt_lon": lon, "shape_pt_sequence": str(number)}
        for number, lon in enumerate(("19.819", "19.83", "19.85"))
    ],
    feed_info=[{"feed_publisher_name": "Buses", "feed_publisher_url": "https://buses.test"}],
)

PIECES = [
    '"', ",", "\n", "\r", "-1", "99:99:99", "20260229", "99999999999", "nan", "1e9", "\ufeff", "\0", "t1",
    "S", "ł", ",,,",
]  # fmt: skip
NEW = st.binary(max_size=4) | st.sampled_from(PIECES).map(str.encode)
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 12), NEW), min_size=1, max_size=4)


def changed(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Put some bytes in the place of others."""
    for place, gone, new in changes:
        at = place % (len(content) + 1)
        content = content[:at] + new + content[at + gone :]
    return content


def is_told(message: str, path: Path) -> bool:
    """Look at an error's text; False: the feed was not read."""
    assert path.name in message
    assert "\n" not in message
    return False


def must_refuse_or_answer(path: Path) -> bool:
    """Whether the feed is read; then every number in the arrays points at something."""
    try:
        found = read(path, bounds=network_meta().bounds)
    except SourceFileError as error:
        return is_told(error.message, path)
    check(found)
    assert found.validity is not None
    first, last = found.validity
    for at in range(min(10, (last - first).days + 2)):
        check_day(found, first + timedelta(days=at))
    return True


def check(found: Timetable) -> None:
    """The arrays fit together."""
    rows = {
        "stops": len(found.stop_name), "lines": len(found.line_name), "patterns": len(found.pattern_line),
        "trips": len(found.trip_pattern), "services": len(found.service_days),
    }  # fmt: skip
    assert min(rows.values()) > 0
    for numbers, of in (
        (found.pattern_stops, rows["stops"]),
        (found.pattern_line, rows["lines"]),
        (found.trip_pattern, rows["patterns"]),
        (found.trip_service, rows["services"]),
        (found.freq_trip, rows["trips"]),
        (found.trip_id, len(found.texts)),
        (found.time_platform, len(found.texts)),
    ):
        assert ((numbers >= 0) & (numbers < of)).all()
    sizes = np.diff(found.pattern_offsets)
    assert (sizes >= 2).all()
    assert (np.diff(found.trip_offsets) == sizes[found.trip_pattern]).all()
    assert len(found.arrive) == len(found.depart) == found.trip_offsets[-1]
    assert (found.depart >= found.arrive).all()
    points = np.diff(found.shape_offsets)
    assert (points >= 2).all()
    assert (found.shape_stop < np.repeat(points, sizes)).all()
    assert (found.freq_headway > 0).all()
    assert (found.freq_end > found.freq_start).all()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def test_the_feed_itself_is_read(place: Path) -> None:
    assert must_refuse_or_answer(folder(place / "plain", FEED))


@given(st.sampled_from(sorted(FEED)), CHANGES)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tables_with_other_bytes(place: Path, table: str, changes: list[tuple[int, int, bytes]]) -> None:
    path = folder(place / str(next(NUMBERS)), FEED)
    (path / f"{table}.txt").write_bytes(changed(text(FEED[table]).encode(), changes))
    must_refuse_or_answer(path)


@given(st.sampled_from(sorted(FEED)), st.randoms(use_true_random=False))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tables_with_lines_gone_doubled_and_mixed(place: Path, table: str, random: object) -> None:
    path = folder(place / str(next(NUMBERS)), FEED)
    lines = text(FEED[table]).splitlines()
    drawn = random.choices(lines, k=random.randint(0, 2 * len(lines)))  # type: ignore[attr-defined]
    (path / f"{table}.txt").write_text("\n".join([*lines[:1], *drawn]), encoding="utf-8")
    must_refuse_or_answer(path)


@given(CHANGES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_zips_with_other_bytes(place: Path, changes: list[tuple[int, int, bytes]]) -> None:
    file = place / f"{next(NUMBERS)}.zip"
    file.write_bytes(changed(packed(FEED), changes))
    must_refuse_or_answer(file)
