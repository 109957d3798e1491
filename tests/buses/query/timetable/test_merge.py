"""Several feeds in one timetable: one service for a line, nothing mixed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.buses.files import LINES_PREFIX, Source, SourceKind, TimetableMeta, write_timetable
from planner.buses.query.timetable.days import trips_on
from planner.buses.query.timetable.merge import OTHERWISE_KNOWN, merged
from planner.buses.query.timetable.open import load_timetable, made, open_timetable
from planner.buses.query.timetable.timetable import Timetable
from tests.kit.buses.feeds import WARSAW, calls, names, read, runs, stop, tiny, trip, week

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.buses.feeds import Tables


def lines(*line_names: str, hour: int = 8, kind: str = "3", **changed: object) -> Tables:
    """A feed with a trip for each line, from the hour on."""
    routes = [{"route_id": f"r{one}", "route_short_name": one, "route_type": kind} for one in line_names]
    trips = [trip(f"t{one}", route=f"r{one}") for one in line_names]
    rows = [row for one in line_names for row in calls(f"t{one}", f"A {hour}:00", f"C {hour}:10")]
    return tiny(routes=routes, trips=trips, stop_times=rows, **changed)  # type: ignore[arg-type]


def both(*parts: Timetable) -> Timetable:
    return made(*merged(parts))


def told(found: Timetable) -> dict[str, list[int]]:
    """For each line: the sources of its service."""
    sources: dict[str, list[int]] = {}
    for name, source in zip(names(found, found.line_name), found.line_credit.tolist(), strict=True):
        sources.setdefault(name, []).append(source)
    return sources


def test_the_first_source_of_a_line_speaks(tmp_path: Path) -> None:
    one = read(tmp_path / "one", lines("1", "2"))
    other = read(tmp_path / "other", lines("2", "3", hour=9), number=1)
    found = both(one, other)
    assert told(found) == {"1": [0], "2": [0], "3": [1]}
    assert found.meta.dropped == {OTHERWISE_KNOWN: 1}
    departures = dict(
        zip(names(found, found.trip_id), found.depart[found.trip_offsets[:-1]].tolist(), strict=True)
    )
    assert departures == {"0:t1": 28800, "0:t2": 28800, "1:t3": 32400}
    assert [source.name for source in found.meta.sources] == ["one", "other"]


def test_the_mode_is_part_of_what_a_line_is_and_spelling_is_not(tmp_path: Path) -> None:
    one = read(tmp_path / "one", lines("SKA1", "5"))
    other = read(tmp_path / "other", lines("ska1"), number=1)
    tram = read(tmp_path / "tram", lines("5", kind="0"), number=2)
    assert told(both(one, other, tram)) == {"SKA1": [0], "5": [0, 1]}


def test_feeds_of_different_seasons_both_speak(tmp_path: Path) -> None:
    spring = read(tmp_path / "spring", lines("1"))
    summer = read(
        tmp_path / "summer", lines("1", calendar=[week("wk", "1111111", "20260401", "20260430")]), number=1
    )
    found = both(spring, summer)
    assert told(found) == {"1": [0, 1]}
    assert found.validity == (date(2026, 3, 2), date(2026, 4, 30))
    days = date(2026, 3, 4), date(2026, 3, 30), date(2026, 4, 5)
    assert [len(trips_on(found, day).trips) for day in days] == [1, 0, 1]
    builtin = read(
        tmp_path / "builtin",
        lines("1", calendar=[week("wk", "1111111", "20260501", "20260530")]),
        kind=SourceKind.BUILTIN,
    )
    assert told(both(spring, builtin)) == {"1": [0]}, "the built-in feed speaks where no other does"


def test_stops_of_two_feeds_are_one_station_by_name_and_place(tmp_path: Path) -> None:
    one = read(tmp_path / "one", lines("1", stops=[stop("A", 0, "Rynek"), stop("C", 2000, "Dworzec")]))
    other = read(
        tmp_path / "other", lines("2", stops=[stop("A", 60, "Rynek"), stop("C", 9000, "Dworzec")]), number=1
    )
    found = both(one, other)
    stations = dict(zip(names(found, found.stop_id), found.stop_station.tolist(), strict=True))
    assert stations["0:A"] == stations["1:A"]
    assert len({stations["0:A"], stations["0:C"], stations["1:C"]}) == 3


def test_everything_of_a_part_stays_as_it_was(tmp_path: Path) -> None:
    """What runs after merging is what ran before, with headways, platforms and a line taken out."""
    tables = lines("2", "3", hour=9)
    tables["stop_times"] = [{**row, "stop_headsign": "peron I"} for row in tables["stop_times"]]
    tables["frequencies"] = [
        {"trip_id": "t3", "start_time": "6:00:00", "end_time": "9:00:00", "headway_secs": "600"}
    ]
    one, other = read(tmp_path / "one", lines("1", "2")), read(tmp_path / "other", tables, number=1)
    found = both(one, other)
    assert runs(found) == {**runs(one), "t3": runs(other)["t3"]}
    row = names(found, found.trip_id).index("1:t3")
    assert found.freq_trip.tolist() == [row]
    assert [found.platform(row, call) for call in (0, 1)] == ["I", "I"]
    assert [found.platform(0, call) for call in (0, 1)] == ["", ""]
    assert names(found, found.trip_headsign) == ["C", "C", "C"]
    assert len(found.shape_at) == found.shape_offsets[-1] == len(found.shape_stop) == 6
    assert found.stop_at[found.pattern_stops].tolist() == found.shape_at.tolist()


def endless(found: Timetable) -> Timetable:
    """As the lines of a network are kept: every week without end."""
    source = Source("OSM", SourceKind.OSM, "© OpenStreetMap contributors")
    meta = TimetableMeta(WARSAW, sources=(source,), bounds=found.meta.bounds)
    weeks = np.array([[True] * 5 + [False] * 2] * len(found.service_days))
    days = np.zeros((len(found.service_days), 0), np.bool_)
    arrays = {name: getattr(found, name) for name in vars(found) if name not in {"meta", "texts", "memory"}}
    return Timetable(**{**arrays, "service_days": days, "service_week": weeks}, meta=meta, texts=found.texts)


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A network's folder with the lines 1 and 7."""
    folder = tmp_path / "network"
    folder.mkdir()
    lines_ = endless(read(tmp_path / "osm", lines("1", "7", hour=12), number=9))
    write_timetable(folder, lines_.meta, lines_.texts, lines_, LINES_PREFIX)
    return folder


def test_lines_of_the_network_speak_where_no_feed_does(tmp_path: Path, network: Path) -> None:
    feed = read(tmp_path / "feed", lines("1"))
    (tmp_path / "built").mkdir()
    write_timetable(tmp_path / "built", feed.meta, feed.texts, feed)
    found = load_timetable(network, tmp_path / "built")
    assert found is not None
    assert told(found) == {"1": [0], "7": [1]}
    workday, sunday, later = date(2026, 3, 4), date(2026, 3, 8), date(2030, 1, 1)
    assert [len(trips_on(found, day).trips) for day in (workday, sunday, later)] == [2, 0, 1]


def test_the_network_alone_and_nothing_at_all(tmp_path: Path, network: Path) -> None:
    found = load_timetable(network, None)
    assert found is not None
    assert (told(found), found.validity) == ({"1": [0], "7": [0]}, None)
    assert len(trips_on(found, date(2030, 1, 1)).trips) == 2
    assert not found.covers(date(2030, 1, 1))
    assert load_timetable(tmp_path, None) is None


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    feed = read(tmp_path / "feed", tiny())
    (tmp_path / "built").mkdir()
    write_timetable(tmp_path / "built", feed.meta, feed.texts, feed)
    found = open_timetable(tmp_path / "built")
    assert (found.meta, found.texts, runs(found)) == (feed.meta, feed.texts, runs(feed))
    write_timetable(tmp_path / "built", replace(feed.meta, format=0), feed.texts, feed)
    with pytest.raises(ValueError, match="another version of the program: build it again"):
        open_timetable(tmp_path / "built")


def test_a_source_without_a_line_left_says_nothing(tmp_path: Path) -> None:
    """Neither its dates nor its credit: the timetable ends when what speaks ends."""
    feed = read(tmp_path / "feed", lines("1", "2"))
    years = [week("wk", "1111111", "20260302", "20281231"), week("su", "0000001", "20260302", "20281231")]
    builtin = read(tmp_path / "builtin", lines("1", calendar=years), number=1, kind=SourceKind.BUILTIN)
    found = both(feed, builtin)
    assert found.validity == feed.validity
    assert [source.name for source in found.meta.sources] == ["feed"]
    assert found.meta.dropped == {OTHERWISE_KNOWN: 1}
    half = read(tmp_path / "half", lines("1", "9", calendar=years), number=1, kind=SourceKind.BUILTIN)
    found = both(feed, half)
    assert found.validity == (date(2026, 3, 2), date(2028, 12, 31))
    assert found.service_days.shape[0] == 2


def test_stand_ins_only_when_asked_for_and_source_by_source(tmp_path: Path) -> None:
    """The feed ends on Friday, 27 March 2026; the built-in line 9 goes on and has no trips on Sundays."""
    feed = read(tmp_path / "feed", lines("1"))
    years = [week("wk", "1111110", "20260302", "20281231")]
    builtin = read(tmp_path / "own", lines("9", calendar=years), number=1, kind=SourceKind.BUILTIN)
    found = both(feed, builtin)
    guess = found.with_stand_ins("PL")
    friday, sunday, known = date(2026, 11, 27), date(2026, 11, 29), date(2026, 3, 11)
    assert (found.outdated(friday), found.outdated(known)) == ((0,), ())
    assert found.nearest_matching_date(friday, "PL", 0) == date(2026, 3, 27)
    assert names(found, found.trip_id[trips_on(found, friday).trips]) == ["1:t9"]
    assert names(guess, guess.trip_id[trips_on(guess, friday).trips]) == ["0:t1", "1:t9"]
    assert trips_on(guess, friday).bases.tolist() == [found.service_start(friday)] * 2
    assert len(trips_on(guess, sunday).trips) == 0
    assert trips_on(guess, known).trips.tolist() == trips_on(found, known).trips.tolist()
