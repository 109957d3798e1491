"""Feeds as they are in the world: each oddity by a feed of a few lines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.buses.build.gtfs.names import platform_of, readable, without_on_request, written_in_capitals
from planner.buses.build.gtfs.trips import line_mode
from planner.buses.files import Boarding, LineMode, ShapeSource
from planner.buses.query.timetable.days import trips_on
from planner.domain.geo import offset
from planner.errors import SourceFileError
from tests.kit.buses.feeds import (
    HERE,
    PLAIN,
    calls,
    folder,
    names,
    read,
    runs,
    seconds,
    stop,
    text,
    tiny,
    trip,
    week,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.buses.feeds import Row


def test_a_plain_feed_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, tiny())
    assert runs(found) == {"t1": PLAIN}
    assert names(found, found.line_name) == ["1"]
    assert found.line_mode.tolist() == [LineMode.BUS]
    assert names(found, found.pattern_headsign) == ["C"]
    assert found.stop_at.tolist()[0] == [198200000, 499700000]
    assert found.validity == (date(2026, 3, 2), date(2026, 3, 27))
    assert found.meta.sources[0].credit == "Buses"
    assert found.meta.sources[0].url == "https://buses.test"
    assert found.meta.counts == {
        "stops": 3,
        "lines": 1,
        "patterns": 1,
        "trips": 1,
        "stop_times": 3,
        "services": 1,
        "headway_periods": 0,
    }
    assert found.meta.dropped == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda table: "\ufeff" + table,
        lambda table: table.replace("\n", "\r\n"),
        lambda table: table.replace("\n", "\n\n"),
        lambda table: table.replace(",", " , "),
        lambda table: "\n".join(f"{line},extra" for line in table.splitlines()),
        lambda table: "\n".join(f'"{line}"'.replace(",", '","') for line in table.splitlines()),
        lambda table: table.rstrip("\n"),
    ],
    ids=["bom", "cr-lf", "empty-lines", "spaces", "extra-column", "quoted", "no-last-newline"],
)
def test_how_a_file_is_written_does_not_matter(tmp_path: Path, change: object) -> None:
    for name, rows in tiny().items():
        (tmp_path / f"{name}.txt").write_text(change(text(rows)), encoding="utf-8", newline="")  # type: ignore[operator]
    assert runs(read(tmp_path)) == {"t1": PLAIN}


def test_commas_in_quotes_belong_to_the_name(tmp_path: Path) -> None:
    found = read(tmp_path, tiny(stops=[stop("A", 0, 'Rynek, "stary"'), stop("B", 1000), stop("C", 2000)]))
    assert names(found, found.stop_name)[0] == 'Rynek, "stary"'


def test_times_past_midnight_and_with_one_digit(tmp_path: Path) -> None:
    rows = calls("t1", "A 23:58", "B 24:03", "C 25:10") + calls("t2", "A 7:05", "B 07:09/7:10", "C 7:15")
    found = read(tmp_path, tiny(trips=[trip("t1"), trip("t2")], stop_times=rows))
    assert [depart for _, _, depart in runs(found)["t1"]] == [86280, 86580, 90600]
    assert runs(found)["t2"] == [("A", 25500, 25500), ("B", 25740, 25800), ("C", 26100, 26100)]


def test_a_call_with_one_time_has_both(tmp_path: Path) -> None:
    rows: list[Row] = [dict(row) for row in calls("t1", "A 8:00", "B 8:05", "C 8:10")]
    rows[0] = {**rows[0], "arrival_time": ""}
    rows[2] = {**rows[2], "departure_time": ""}
    assert runs(read(tmp_path, tiny(stop_times=rows))) == {"t1": PLAIN}


def test_missing_times_lie_as_the_stops_do(tmp_path: Path) -> None:
    """B after 1 km of 4, C after 3 km: of 20 min 5 and 15; D has its own time again."""
    stops = [stop("A", 0), stop("B", 1000), stop("C", 3000), stop("D", 4000), stop("E", 5000)]
    rows = calls("t1", "A 8:00/8:02", "B", "C", "D 8:22/8:25", "E 8:30")
    found = runs(read(tmp_path, tiny(stops=stops, stop_times=rows)))["t1"]
    assert [arrive for _, arrive, _ in found[:4]] == [
        seconds("8:00"),
        seconds("8:07"),
        seconds("8:17"),
        seconds("8:22"),
    ]
    assert found[3][2] == seconds("8:25")


def test_stops_at_one_place_share_the_time_evenly(tmp_path: Path) -> None:
    stops = [stop("A", 0), stop("B", 0), stop("C", 0)]
    rows = calls("t1", "A 8:00", "B", "C 8:10")
    assert runs(read(tmp_path, tiny(stops=stops, stop_times=rows)))["t1"][1] == ("B", 29100, 29100)


def test_calls_are_put_in_order(tmp_path: Path) -> None:
    rows = [
        {**row, "stop_sequence": number} for row, number in zip(PLAIN_CALLS, ("2", "10", "33"), strict=True)
    ]
    assert runs(read(tmp_path, tiny(stop_times=rows[::-1]))) == {"t1": PLAIN}


PLAIN_CALLS = calls("t1", "A 8:00", "B 8:05", "C 8:10")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (calls("t2", "A 8:00", "B 7:59", "C 8:10"), "trips whose times go back"),
        (calls("t2", "A 8:00", "B 8:07/8:05", "C 8:10"), "trips whose times go back"),
        (calls("t2", "A 8:00", "B -8:05", "C 8:10"), "trips with a time or sequence that cannot be read"),
        (calls("t2", "A 8:00", "B 8:61", "C 8:10"), "trips with a time or sequence that cannot be read"),
        (calls("t2", "A 8:00", "B noon", "C 8:10"), "trips with a time or sequence that cannot be read"),
        (calls("t2", "A 8:00", "B 999:00", "C 999:10"), "trips with a time or sequence that cannot be read"),
        (
            [
                {**call, "stop_sequence": "99999999999999999999" + call["stop_sequence"]}
                for call in calls("t2", "A 8:00", "B 8:05", "C 8:10")
            ],
            "trips with a time or sequence that cannot be read",
        ),
        (calls("t2", "A 8:00", "B 8:05", "C"), "trips without a time at their first or last call"),
        (calls("t2", "A", "B 8:05", "C 8:10"), "trips without a time at their first or last call"),
        (calls("t2", "A 8:00"), "trips with fewer than two calls"),
        (calls("t3", "A 8:00", "B 8:10"), "calls of trips that are not listed or left out"),
    ],
)
def test_a_trip_that_cannot_be_is_left_out_and_counted(tmp_path: Path, rows: list[Row], reason: str) -> None:
    found = read(tmp_path, tiny(trips=[trip("t1"), trip("t2")], stop_times=[*PLAIN_CALLS, *rows]))
    assert runs(found) == {"t1": PLAIN}
    assert found.meta.dropped == {reason: 2 if "not listed" in reason else 1}


def test_a_call_at_an_unknown_stop_is_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, tiny(stop_times=calls("t1", "A 8:00", "X 8:02", "B 8:05", "C 8:10")))
    assert runs(found) == {"t1": PLAIN}
    assert found.meta.dropped == {"calls at stops that are not listed or left out": 1}


def test_ids_given_twice_are_taken_once(tmp_path: Path) -> None:
    plain = tiny()
    doubled = tiny(
        stops=[*plain["stops"], stop("A", 9000)],
        routes=[*plain["routes"], {**plain["routes"][0], "route_short_name": "2"}],
        trips=[trip("t1"), trip("t1", headsign="B")],
        stop_times=[*PLAIN_CALLS, *calls("t1", "C 9:00", "B 9:05", "A 9:10")],
        calendar=[week("wk"), week("wk", "0000011")],
    )
    found = read(tmp_path, doubled)
    assert runs(found) == {"t1": PLAIN}
    assert names(found, found.line_name) == ["1"]
    assert found.stop_at.tolist()[0] == [198200000, 499700000]
    assert found.meta.dropped == {
        "stops without an id of their own": 1,
        "lines with an id that another has": 1,
        "trips with an id that another has": 1,
        "calls with the sequence number of another": 3,
    }


def test_a_stop_without_a_place_is_left_out(tmp_path: Path) -> None:
    for number, (lat, lon) in enumerate([("", ""), ("0", "0"), ("91", "19"), ("nan", "19"), ("x", "19")]):
        stops = [*tiny()["stops"], {"stop_id": "X", "stop_name": "X", "stop_lat": lat, "stop_lon": lon}]
        rows = calls("t1", "A 8:00", "B 8:05", "X 8:07", "C 8:10")
        found = read(tmp_path / str(number), tiny(stops=stops, stop_times=rows))
        assert runs(found) == {"t1": PLAIN}
        assert found.meta.dropped["stops without a place"] == 1


def test_platforms_of_a_station_are_one_station(tmp_path: Path) -> None:
    stops = [
        stop("S", 0, "Dworzec", location_type="1"),
        stop("S1", 0, "", location_type="0", parent_station="S", platform_code="1"),
        {
            "stop_id": "S2",
            "stop_name": "",
            "parent_station": "S",
            "platform_code": "2",
            "stop_lat": "",
            "stop_lon": "",
        },
        stop("E", 50, "Wejście", location_type="2", parent_station="S"),
        stop("C", 2000),
    ]
    rows = calls("t1", "S1 8:00", "C 8:10") + calls("t2", "C 9:00", "S2 9:10")
    found = read(tmp_path, tiny(stops=stops, trips=[trip("t1"), trip("t2")], stop_times=rows))
    by_id = dict(zip(names(found, found.stop_id), range(3), strict=True))
    assert set(by_id) == {"0:S1", "0:S2", "0:C"}
    one, two, other = (by_id[f"0:{stop_id}"] for stop_id in ("S1", "S2", "C"))
    assert found.stop_station[one] == found.stop_station[two] != found.stop_station[other]
    assert [found.texts[int(found.stop_platform[at])] for at in (one, two, other)] == ["1", "2", ""]
    assert found.stop_at[one].tolist() == found.stop_at[two].tolist() == [198200000, 499700000]
    assert found.platform(0, 0) == "1"


def test_stops_of_one_name_are_one_station_if_near(tmp_path: Path) -> None:
    stops = [stop("A", 0, "Rynek"), stop("B", 240, "RYNEK"), stop("C", 700, "Rynek"), stop("D", 10, "Inny")]
    rows = calls("t1", "A 8:00", "B 8:01", "C 8:02", "D 8:03")
    a, b, c, d = read(tmp_path, tiny(stops=stops, stop_times=rows)).stop_station.tolist()
    assert a == b
    assert len({a, c, d}) == 3


def test_the_platform_of_a_call_may_stand_in_its_headsign(tmp_path: Path) -> None:
    rows = [
        {**row, "stop_headsign": said}
        for row, said in zip(PLAIN_CALLS, ("peron I, tor 1", "peron III, tor 101", ""), strict=True)
    ]
    found = read(tmp_path, tiny(stop_times=rows, trips=[trip("t1", headsign="")]))
    assert [found.platform(0, call) for call in range(3)] == ["I/1", "III/101", ""]
    assert names(found, found.trip_headsign) == ["Stop C"]


def test_a_headsign_of_the_first_stop_speaks_where_the_trip_has_none(tmp_path: Path) -> None:
    rows = [{**row, "stop_headsign": "Zoo przez Rynek"} for row in PLAIN_CALLS]
    found = read(tmp_path, tiny(stop_times=rows, trips=[trip("t1", headsign="")]))
    assert names(found, found.trip_headsign) == ["Zoo przez Rynek"]
    assert found.platform(0, 0) == ""


def test_pickup_and_drop_off_rules(tmp_path: Path) -> None:
    rules = [("0", "1"), ("1", "2"), ("2", "3"), ("", "0"), ("9", "")]
    stops = [stop(name, 1000 * number) for number, name in enumerate("ABCDE")]
    rows = [
        {**row, "pickup_type": board, "drop_off_type": alight}
        for row, (board, alight) in zip(
            calls("t1", "A 8:00", "B 8:05", "C 8:10", "D 8:15", "E 8:20"), rules, strict=True
        )
    ]
    found = read(tmp_path, tiny(stops=stops, stop_times=rows))
    assert found.pattern_board.tolist() == [0, 1, 2, 0, Boarding.NONE]
    assert found.pattern_alight.tolist() == [Boarding.NONE, 2, 3, 0, 0]


def test_trips_with_other_rules_are_another_pattern(tmp_path: Path) -> None:
    rows = PLAIN_CALLS + [
        {**row, "pickup_type": "3" if row["stop_id"] == "B" else ""}
        for row in calls("t2", "A 9:00", "B 9:05", "C 9:10")
    ]
    found = read(tmp_path, tiny(trips=[trip("t1"), trip("t2")], stop_times=rows))
    assert found.trip_pattern.tolist() == [0, 1]
    assert found.pattern_board.tolist() == [0, 0, 1, 0, 3, 1]


def test_a_stop_on_request(tmp_path: Path) -> None:
    stops = [stop("A", 0, "Skawina Podbory (nż)"), stop("B", 1000, "Las (NŻ)"), stop("C", 2000, "Rynek")]
    rows: list[Row] = [dict(row) for row in PLAIN_CALLS]
    rows[1] = {**rows[1], "drop_off_type": "1"}
    found = read(tmp_path, tiny(stops=stops, stop_times=rows, trips=[trip("t1", headsign="Rynek (nż)")]))
    assert names(found, found.stop_name) == ["Skawina Podbory", "Las", "Rynek"]
    assert found.pattern_board.tolist() == [Boarding.ASK_DRIVER, Boarding.ASK_DRIVER, Boarding.NONE]
    assert found.pattern_alight.tolist() == [Boarding.NONE, Boarding.NONE, Boarding.REGULAR]
    assert names(found, found.trip_headsign) == ["Rynek"]


def test_a_line_is_called_by_its_short_name_else_the_long_one_else_its_id(tmp_path: Path) -> None:
    routes = [
        {"route_id": "r1", "route_short_name": "1", "route_long_name": "A - C", "route_type": "3"},
        {"route_id": "r2", "route_short_name": "", "route_long_name": "SKA1", "route_type": "2"},
        {"route_id": "r3", "route_short_name": "", "route_long_name": "", "route_type": "0"},
    ]
    trips = [trip(f"t{number}", route=f"r{number}") for number in (1, 2, 3)]
    rows = [row for number in (1, 2, 3) for row in calls(f"t{number}", "A 8:00", "C 8:10")]
    found = read(tmp_path, tiny(routes=routes, trips=trips, stop_times=rows))
    assert names(found, found.line_name) == ["1", "SKA1", "r3"]
    assert names(found, found.line_long) == ["A - C", "", ""]
    assert found.line_mode.tolist() == [LineMode.BUS, LineMode.RAIL, LineMode.TRAM]


def test_routes_of_one_mode_and_name_are_one_line(tmp_path: Path) -> None:
    routes = [
        {"route_id": one, "route_short_name": "7", "route_long_name": "", "route_type": kind}
        for one, kind in (("r1", "3"), ("r2", "700"), ("r3", "0"))
    ]
    trips = [trip(f"t{number}", route=f"r{number}") for number in (1, 2, 3)]
    rows = [
        row for number in (1, 2, 3) for row in calls(f"t{number}", f"A {number + 6}:00", f"C {number + 6}:10")
    ]
    found = read(tmp_path, tiny(routes=routes, trips=trips, stop_times=rows))
    assert found.line_mode.tolist() == [LineMode.BUS, LineMode.TRAM]
    assert found.pattern_line.tolist() == [0, 1]
    assert found.trip_pattern.tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("0", LineMode.TRAM), ("3", LineMode.BUS), ("11", LineMode.TROLLEYBUS), ("700", LineMode.BUS),
        ("704", LineMode.BUS), ("109", LineMode.RAIL), ("401", LineMode.METRO), ("900", LineMode.TRAM),
        ("800", LineMode.TROLLEYBUS), ("1501", LineMode.SHARE_TAXI), ("1000", LineMode.FERRY),
        ("1100", None), ("1500", None), ("8", None), ("", None), ("bus", None), ("-3", None), ("²", None),
    ],
)  # fmt: skip
def test_kinds_of_lines(kind: str, mode: LineMode | None) -> None:
    assert line_mode(kind) == mode


def test_a_line_of_a_kind_that_is_none_goes_with_its_trips(tmp_path: Path) -> None:
    routes = [*tiny()["routes"], {"route_id": "air", "route_short_name": "LO", "route_type": "1100"}]
    rows = PLAIN_CALLS + calls("t2", "A 9:00", "C 9:10")
    found = read(tmp_path, tiny(routes=routes, trips=[trip("t1"), trip("t2", route="air")], stop_times=rows))
    assert runs(found) == {"t1": PLAIN}
    assert found.meta.dropped == {
        "lines of a kind that is no public transport": 1,
        "trips of lines that are not listed or left out": 1,
        "calls of trips that are not listed or left out": 2,
    }


def test_exact_frequencies_are_trips(tmp_path: Path) -> None:
    """Every 20 min from 9:00 until before 10:00, with the template's minutes between the stops."""
    periods = [
        {
            "trip_id": "t1",
            "start_time": "9:00:00",
            "end_time": "10:00:00",
            "headway_secs": "1200",
            "exact_times": "1",
        }
    ]
    found = read(tmp_path, tiny(frequencies=periods))
    assert {name: [time for _, time, _ in calls_] for name, calls_ in runs(found).items()} == {
        f"t1@{clock}:00": [seconds(clock), seconds(clock) + 300, seconds(clock) + 600]
        for clock in ("09:00", "09:20", "09:40")
    }
    assert len(found.freq_trip) == 0


def test_headways_keep_a_template(tmp_path: Path) -> None:
    periods = [
        {"trip_id": "t1", "start_time": start, "end_time": end, "headway_secs": headway, "exact_times": exact}
        for start, end, headway, exact in (
            ("6:00:00", "9:00:00", "600", "0"),
            ("9:00:00", "25:00:00", "3600", ""),
            ("9:00:00", "9:00:00", "600", "0"),
            ("9:00:00", "10:00:00", "0", "0"),
        )
    ]
    rows = PLAIN_CALLS + calls("t2", "A 7:00", "B 7:05", "C 7:10")
    found = read(tmp_path, tiny(frequencies=periods, trips=[trip("t1"), trip("t2")], stop_times=rows))
    assert runs(found) == {
        "t1": [("A", 0, 0), ("B", 300, 300), ("C", 600, 600)],
        "t2": [("A", 25200, 25200), ("B", 25500, 25500), ("C", 25800, 25800)],
    }
    template = names(found, found.trip_id).index("0:t1")
    assert found.freq_trip.tolist() == [template, template]
    assert found.freq_start.tolist() == [21600, 32400]
    assert found.freq_end.tolist() == [32400, 90000]
    assert found.freq_headway.tolist() == [600, 3600]
    assert len(set(found.trip_pattern.tolist())) == 2, "a template is alone in its pattern"
    assert found.meta.dropped == {"headway periods that cannot be read": 2}
    day = trips_on(found, date(2026, 3, 4))
    assert names(found, found.trip_id[day.trips]) == ["0:t2"], "a template is never ridden itself"
    assert day.freqs.tolist() == [1, 0, 1], "the day before, the second one goes on until 1:00"
    assert np.diff(day.freq_bases).tolist() == [86400, 0]


def test_a_frequency_without_end_is_refused(tmp_path: Path) -> None:
    periods = [
        {
            "trip_id": "t1",
            "start_time": "0:00:00",
            "end_time": "99:00:00",
            "headway_secs": "1",
            "exact_times": "1",
        }
    ]
    with pytest.raises(SourceFileError, match=r"frequencies\.txt makes more than 200000 trips: check"):
        read(tmp_path, tiny(frequencies=periods))


def test_shapes_are_cut_to_the_pattern(tmp_path: Path) -> None:
    """The shape begins before A and ends behind C, and makes a detour of 300 m north between B and C."""
    east_north = [(-500, 0), (1500, 0), (1500, 300), (1700, 300), (1700, 0), (2500, 0)]

    shapes = [
        {
            "shape_id": "s",
            "shape_pt_lat": str(lat),
            "shape_pt_lon": str(lon),
            "shape_pt_sequence": str(number),
        }
        for number, (lon, lat) in enumerate(offset(HERE, *at) for at in east_north)
    ]
    found = read(tmp_path, tiny(shapes=shapes[::-1], trips=[trip("t1", shape_id="s")]))
    assert found.shape_source.tolist() == [ShapeSource.FEED]
    assert found.shape_offsets.tolist() == [0, 7]
    assert found.shape_stop.tolist() == [0, 1, 6]
    on_stops = found.shape_at[found.shape_stop]
    assert np.abs(on_stops - found.stop_at[found.pattern_stops]).max() <= 1
    assert [round(lat - 499700000) > 0 for lat in found.shape_at[:, 1].tolist()] == [False] * 3 + [
        True
    ] * 2 + [False] * 2


def test_without_a_shape_the_stops_are_the_points(tmp_path: Path) -> None:
    far = [
        {"shape_id": "s", "shape_pt_lat": lat, "shape_pt_lon": "19.82", "shape_pt_sequence": str(number)}
        for number, lat in enumerate(("50.1", "50.2"))
    ]
    for number, shapes in enumerate((None, far)):
        found = read(tmp_path / str(number), tiny(shapes=shapes, trips=[trip("t1", shape_id="s")]))
        assert found.shape_source.tolist() == [ShapeSource.NONE]
        assert found.shape_at.tolist() == found.stop_at[found.pattern_stops].tolist()
        assert found.shape_stop.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "plain", "on_request"),
    [
        ("Kostrze Kapliczka (nż)", "Kostrze Kapliczka", True),
        ("Las (NZ)", "Las", True),
        ("Rynek (na żądanie) 1", "Rynek 1", True),
        ("Nowy Świat (nowy)", "Nowy Świat (nowy)", False),
    ],
)
def test_marks_for_stopping_on_request(name: str, plain: str, on_request: bool) -> None:  # noqa: FBT001
    assert without_on_request(name) == (plain, on_request)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("WIELICZKA RYNEK-KOPALNIA", "Wieliczka Rynek-Kopalnia"),
        ("KRAKÓW ŁOBZÓW", "Kraków Łobzów"),
        ("RONDO JANA PAWŁA II", "Rondo Jana Pawła II"),
        ("PIOTRA I PAWŁA", "Piotra i Pawła"),
        ("DĄBROWA NAD RZEKĄ", "Dąbrowa nad Rzeką"),
        ("CZERWONE MAKI P+R", "Czerwone Maki P+R"),
        ("JAŚKOWICE PKP", "Jaśkowice PKP"),
        ("OSIEDLE B2", "Osiedle B2"),
        ("Skawina PKP", "Skawina PKP"),
        ("(BUS) ŻYWIEC", "(Bus) Żywiec"),
    ],
)
def test_capitals_made_readable(name: str, said: str) -> None:
    assert readable(name) == said


def test_one_name_in_capitals_makes_no_feed_in_capitals(tmp_path: Path) -> None:
    assert written_in_capitals(["KRAKÓW", "SKAWINA", "Zoo"])
    assert not written_in_capitals(["AGH", "Rynek", "Zoo"])
    assert not written_in_capitals([])
    found = read(
        tmp_path, tiny(stops=[stop("A", 0, "UBOCZE"), stop("B", 1000, "Rynek"), stop("C", 2000, "Zoo")])
    )
    assert names(found, found.stop_name)[0] == "UBOCZE"


@pytest.mark.parametrize(
    ("said", "platform"),
    [
        ("peron I, tor 1", "I/1"),
        ("Peron 2", "2"),
        ("platform 3 track 4", "3/4"),
        ("peron BUS", "BUS"),
        ("Zoo przez peron", ""),
        ("", ""),
    ],
)
def test_platforms_in_headsigns(said: str, platform: str) -> None:
    assert platform_of(said) == platform


@pytest.mark.parametrize(
    ("table", "content", "message"),
    [
        ("stops", "stop_name\nRynek\n", r"stops\.txt, line 1: the column stop_id is missing"),
        ("stops", " ", r"stops\.txt, line 1: the column stop_id is missing"),
        ("routes", "", r"no routes\.txt, which every GTFS feed needs: get"),
        ("trips", "trip_id,route_id\nt1,r1\n", r"trips\.txt, line 1: the column service_id is missing"),
        (
            "calendar",
            text([week("wk"), week("x", first="2026-3-2")]),
            r"calendar\.txt, line 3: '2026-3-2' is no date",
        ),
        ("calendar", text([week("wk", last="20260231")]), r"calendar\.txt, line 2: '20260231' is no date"),
        ("calendar", text([week("wk", "111x100")]), r"calendar\.txt, line 2: a weekday is neither 0 nor 1"),
        ("calendar", text([week("wk", "0000000")]), "no service runs on any day"),
        (
            "stops",
            'stop_id,stop_name,stop_lat\nA,"Rynek,49.9\nB,Zoo,49.8\n',
            r"stops\.txt, line 3: a quotation mark",
        ),
        (
            "stop_times",
            text(calls("t9", "A 8:00")),
            "has no trip that can be used .calls of trips that are not",
        ),
        (
            "agency",
            "agency_timezone\nEurope/Helsinki\n",
            "in the time zone Europe/Helsinki, the network in Europe/War",
        ),
        ("agency", "agency_timezone\nEurope/Nowhere\n", "'Europe/Nowhere', which does not exist"),
        ("agency", "agency_timezone\nEurope\n", "'Europe', which does not exist"),
    ],
)
def test_a_broken_feed_says_where_and_what_to_do(
    tmp_path: Path, table: str, content: str, message: str
) -> None:
    folder(tmp_path, tiny())
    (tmp_path / f"{table}.txt").write_text(content, encoding="utf-8")
    with pytest.raises(SourceFileError, match=message) as error:
        read(tmp_path)
    assert ": " in error.value.message
    assert any(word in error.value.message for word in ("get", "mend", "take", "build"))


def test_another_name_for_the_same_clock_is_fine(tmp_path: Path) -> None:
    agency = [{"agency_name": "Bahn", "agency_timezone": "Europe/Berlin"}]
    assert runs(read(tmp_path, tiny(agency=agency))) == {"t1": PLAIN}


def test_a_feed_without_agencies_or_with_its_publisher(tmp_path: Path) -> None:
    assert read(tmp_path / "none", tiny(agency=None)).meta.sources[0].credit == "none"
    info = [{"feed_publisher_name": "ZTP", "feed_publisher_url": "https://ztp.test"}]
    assert read(tmp_path / "info", tiny(feed_info=info)).meta.sources[0].credit == "ZTP"


def test_ids_bear_the_number_of_their_feed(tmp_path: Path) -> None:
    found = read(tmp_path, tiny(), number=3)
    assert names(found, found.stop_id) == ["3:A", "3:B", "3:C"]
    assert names(found, found.trip_id) == ["3:t1"]
