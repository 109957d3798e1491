"""Feeds cut down to the network's surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.errors import SourceFileError
from tests.kit.buses.feeds import calls, names, network_meta, read, runs, seconds, stop, tiny, trip

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.buses.feeds import Row, Tables

BOUNDS = network_meta(3000).bounds
"""From 500 m west of A to 1 km east of C."""


def long_line() -> Tables:
    """From W, 9 km west, by A, the far-off X, and B to E, 9 km east."""
    stops = [
        stop("W", -9000, "Zachód"),
        stop("A", 0),
        stop("X", -4000, "Objazd"),
        stop("B", 1000),
        stop("E", 9000, "Wschód"),
        stop("M", 4950, "Margines"),
    ]
    rows = calls("t1", "W 7:50/7:52", "A 8:00/8:01", "X 8:10", "B 8:20", "E 8:40")
    rows += calls("t2", "W 9:00", "A 9:10", "E 9:40") + calls("t3", "B 23:50", "M 24:00", "E 24:10")
    trips = [trip(name, headsign="") for name in ("t1", "t2", "t3")]
    return tiny(stops=stops, trips=trips, stop_times=rows)


def test_from_the_first_stop_inside_to_the_last(tmp_path: Path) -> None:
    """X stays for the list of stops; what has one stop inside goes; M lies 1950 m outside the bounds."""
    found = read(tmp_path, long_line(), bounds=BOUNDS)
    assert runs(found) == {
        "t1": [
            ("A", seconds("8:00"), seconds("8:01")),
            ("X", seconds("8:10"), seconds("8:10")),
            ("B", seconds("8:20"), seconds("8:20")),
        ],
        "t3": [("B", 85800, 85800), ("M", 86400, 86400)],
    }
    assert found.meta.dropped == {"trips with fewer than two stops in the surroundings": 1}
    assert names(found, found.trip_headsign) == ["Wschód", "Wschód"], "where the whole trip leads"
    assert sorted(names(found, found.stop_id)) == ["0:A", "0:B", "0:M", "0:X"]


def test_the_margin_is_a_setting(tmp_path: Path) -> None:
    assert list(runs(read(tmp_path, long_line(), bounds=BOUNDS, margin_m=1900.0))) == ["t1"]
    assert len(runs(read(tmp_path, bounds=BOUNDS, margin_m=9000.0))["t1"]) == 5


def test_nobody_boards_at_the_last_kept_stop_or_alights_at_the_first(tmp_path: Path) -> None:
    found = read(tmp_path, long_line(), bounds=BOUNDS)
    assert found.pattern_board.tolist() == [0, 0, 1, 0, 1]
    assert found.pattern_alight.tolist() == [1, 0, 0, 1, 0]


def test_frequencies_move_with_the_first_kept_stop(tmp_path: Path) -> None:
    """From W every 30 min from 6:00; A is left 9 min after W (7:52 to 8:01)."""
    for exact in ("0", "1"):
        periods: list[Row] = [
            {"trip_id": "t1", "start_time": "6:00:00", "end_time": "7:00:00", "headway_secs": "1800"}
            | {"exact_times": exact}
        ]
        found = read(tmp_path / exact, {**long_line(), "frequencies": periods}, bounds=BOUNDS)
        if exact == "1":
            left = [calls_[0][2] for name, calls_ in runs(found).items() if name.startswith("t1")]
            assert left == [seconds("6:09"), seconds("6:39")]
        else:
            assert (found.freq_start.tolist(), found.freq_end.tolist()) == ([22140], [25740])
            assert runs(found)["t1"] == [("A", 0, 0), ("X", 540, 540), ("B", 1140, 1140)]


def test_a_feed_of_another_town_is_refused(tmp_path: Path) -> None:
    west, south, east, north = BOUNDS
    elsewhere = (west + 1, south, east + 1, north)
    with pytest.raises(SourceFileError, match=r"no trip of .* within 2 km of the network: take"):
        read(tmp_path, long_line(), bounds=elsewhere)
