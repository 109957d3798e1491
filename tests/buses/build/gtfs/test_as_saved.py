"""Feeds as programs and people save them: numbers, blanks, windows, speeds, blocks, dates, zones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.buses.build.gtfs.tables import known_id, read_date, whole_number
from planner.buses.files import STAYING, Boarding, LineMode
from planner.buses.query.timetable.days import trips_on
from planner.buses.query.timetable.facts import facts
from planner.domain.geo import offset
from planner.errors import SourceFileError
from tests.kit.buses.feeds import (
    HERE,
    PLAIN,
    WEEK,
    calls,
    folder,
    names,
    read,
    runs,
    seconds,
    stop,
    text,
    tiny,
    week,
)
from tests.kit.buses.feeds import trip as of_trip
from tests.kit.buses.small_timetables import CLOCK, journeys

if TYPE_CHECKING:
    from pathlib import Path

    from planner.buses.query.timetable.timetable import Timetable
    from tests.kit.buses.feeds import Row, Tables

MONDAY = date(2026, 3, 2)


@given(st.integers(0, 999_999_999), st.sampled_from(["", "+"]), st.integers(0, 3), st.data())
def test_a_whole_number_is_read_however_it_is_written(
    number: int, sign: str, zeros: int, data: st.DataObject
) -> None:
    end = data.draw(st.sampled_from(["", ".", ".0", ".00", ",0"]))
    blank = data.draw(st.sampled_from(["", " ", "\t", "\xa0"]))
    assert whole_number(f"{blank}{sign}{'0' * zeros}{number}{end}{blank}") == number


@pytest.mark.parametrize("written", ["", "-1", "1.5", "1e0", "one", "1 0", "1.0.0", "١", "9999999999", "+-1"])
def test_what_is_no_whole_number_is_none(written: str) -> None:
    assert whole_number(written) is None


@pytest.mark.parametrize("written", ["20260302", "2026-03-02", "20260302.0", "+20260302", "20260302."])
def test_a_date_is_read_however_it_is_saved(written: str) -> None:
    assert read_date(written) == MONDAY


def test_an_id_is_known_with_and_without_its_fraction() -> None:
    assert [known_id(text, {"7", "a.0"}) for text in ("7", "7.0", "a", "8", "")] == ["7", "7", "a.0", "8", ""]


@pytest.mark.parametrize("end", [".0", ".00", ".", ",0"])
@pytest.mark.parametrize("begin", ["", "+", "0"])
def test_every_number_of_every_table_may_be_a_fraction(tmp_path: Path, begin: str, end: str) -> None:
    def saved(row: Row) -> Row:
        return {
            name: f"{begin}{value}{end}" if name in _NUMBERS and value else value
            for name, value in row.items()
        }

    plain = _with_all_tables()
    found = read(tmp_path / "a", {name: [saved(row) for row in rows] for name, rows in plain.items()})
    before = read(tmp_path / "b", plain)
    assert runs(found) == runs(before)
    assert "t1@06:10:00" in runs(found)
    assert found.pattern_board.tolist() == before.pattern_board.tolist()
    assert found.stop_station.tolist() == before.stop_station.tolist()
    assert found.shape_source.tolist() == before.shape_source.tolist()
    assert found.service_days.tolist() == before.service_days.tolist()
    assert found.meta.dropped == before.meta.dropped == {}


_NUMBERS = (
    *WEEK,
    "route_type",
    "location_type",
    "stop_sequence",
    "pickup_type",
    "drop_off_type",
    "exception_type",
    "headway_secs",
    "exact_times",
    "shape_pt_sequence",
    "transfer_type",
)


def _with_all_tables() -> Tables:
    shape = [
        {
            "shape_id": "s",
            "shape_pt_lat": f"{lat:.6f}",
            "shape_pt_lon": f"{lon:.6f}",
            "shape_pt_sequence": str(number),
        }
        for number, (lon, lat) in enumerate([HERE, offset(HERE, 900, 30), offset(HERE, 2000, 0)], 1)
    ]
    period = {"trip_id": "t1", "start_time": "6:00:00", "end_time": "7:00:00", "headway_secs": "600"}
    rows = [
        {**row, "pickup_type": code, "drop_off_type": "0"}
        for row, code in zip(calls("t1", "A 8:00", "B 8:05", "C 8:10"), ("0", "1", "3"), strict=True)
    ]
    return tiny(
        stops=[
            stop("P", 0, location_type="1"),
            *(stop(at, east, location_type="0", parent_station="P" if at == "A" else "") for at, east in _AT),
        ],
        trips=[of_trip("t1", shape_id="s")],
        stop_times=rows,
        calendar_dates=[{"service_id": "wk", "date": "20260307", "exception_type": "1"}],
        frequencies=[{**period, "exact_times": "1"}],
        shapes=shape,
        transfers=[{"from_stop_id": "A", "to_stop_id": "B", "transfer_type": "3"}],
    )


_AT = (("A", 0), ("B", 1000), ("C", 2000))


def test_ids_that_a_program_made_fractions_of_are_found(tmp_path: Path) -> None:
    stops = [stop("9", 0, location_type="1"), *tiny()["stops"]]
    stops[1] = {**stops[1], "parent_station": "9.0"}
    found = read(tmp_path, tiny(stops=stops))
    assert found.meta.dropped == {}
    assert runs(found) == {"t1": PLAIN}


@pytest.mark.parametrize("code", ["9", "4", "x", "-1", "1.5", "none"])
def test_where_a_boarding_code_cannot_be_read_nobody_gets_on(tmp_path: Path, code: str) -> None:
    rows = [dict(row) for row in calls("t1", "A 8:00", "B 8:05", "C 8:10")]
    rows[1] |= {"pickup_type": code, "drop_off_type": code}
    found = read(tmp_path, tiny(stop_times=rows))
    assert found.pattern_board.tolist() == [Boarding.REGULAR, Boarding.NONE, Boarding.NONE]
    assert found.pattern_alight.tolist() == [Boarding.NONE, Boarding.NONE, Boarding.REGULAR]
    assert sum(found.meta.dropped.values()) == 2


def test_at_a_stop_where_one_may_not_get_on_one_walks(tmp_path: Path) -> None:
    rows = [dict(row) for row in calls("t1", "A 8:00", "B 8:05", "C 8:10")]
    rows[1] |= {"pickup_type": "1.0", "drop_off_type": "1.0"}
    assert not _ride(read(tmp_path, tiny(stop_times=rows)), "B", "C", "7:55")


def _ride(timetable: Timetable, start: str, end: str, at: str) -> list[tuple[str, str, str]]:
    """The rides of a journey between two stops: line, departure, arrival."""
    east = {"A": 0, "B": 1000, "C": 2000, "D": 9000}
    origin, destination = (offset(HERE, east[name], 0) for name in (start, end))
    found = journeys(timetable).depart_at(origin, destination, CLOCK.midnight(MONDAY) + seconds(at))
    return [
        (
            f"{ride.line} {ride.headsign}",
            f"{CLOCK.local(ride.depart):%H:%M}",
            f"{CLOCK.local(ride.arrive):%H:%M}",
        )
        for ride in found.rides
    ]


@pytest.mark.parametrize("blank", [" ", ",,", " , ", '""', "\t", "\xa0", '" "," "', "\x1a"])
def test_a_row_of_blanks_is_passed_over_in_every_table(tmp_path: Path, blank: str) -> None:
    for name, rows in _with_all_tables().items():
        lines = text(rows).splitlines()
        table = "\n".join([blank, lines[0], blank, *lines[1:], blank, ""])
        (tmp_path / f"{name}.txt").write_text(table, encoding="utf-8", newline="")
    found = read(tmp_path)
    assert "t1@06:10:00" in runs(found)
    assert found.meta.dropped == {}


@pytest.mark.parametrize(
    "rows",
    [
        calls("t2", "A 8:00", "B 8:00", "C 8:00"),
        calls("t2", "A 8:00", "B 8:05", "C 8:05:10"),
        calls("t2", "A 8:00", "B", "C 8:00"),
        calls("t2", "A 8:00/8:05", "B 8:05:05", "C 8:09"),
    ],
)
def test_a_trip_faster_than_a_bus_is_left_out(tmp_path: Path, rows: list[Row]) -> None:
    stops = [stop("A", 0), stop("B", 1200), stop("C", 2600)]
    plain = calls("t1", "A 9:00", "B 9:05", "C 9:10")
    tables = tiny(stops=stops, trips=[of_trip("t1"), of_trip("t2")], stop_times=[*plain, *rows])
    found = read(tmp_path, tables)
    assert list(runs(found)) == ["t1"]
    assert found.meta.dropped == {"trips faster than such a vehicle goes": 1}


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("3", calls("t1", "A 8:00", "B 8:00", "C 8:01")),
        ("3", calls("t1", "A 8:00:00", "B 8:00:40", "C 8:01:20")),
        ("2", calls("t1", "A 8:00", "B 8:00:20", "C 8:00:40")),
        ("3", calls("t1", "A 8:00/8:20", "B 8:21", "C 8:22")),
    ],
)
def test_a_trip_that_a_vehicle_can_make_stays(tmp_path: Path, kind: str, rows: list[Row]) -> None:
    route = {"route_id": "r1", "route_short_name": "1", "route_long_name": "", "route_type": kind}
    assert list(runs(read(tmp_path, tiny(routes=[route], stop_times=rows)))) == ["t1"]


WINDOW = {"start_pickup_drop_off_window": "8:00:00", "end_pickup_drop_off_window": "10:00:00"}


def test_a_window_is_no_time_of_the_clock(tmp_path: Path) -> None:
    rows: list[Row] = [dict(row) for row in calls("t1", "A 8:00", "B", "C 8:10")]
    rows[1] = {**rows[1], **WINDOW, "pickup_type": "2", "drop_off_type": "2"}
    found = read(tmp_path, tiny(stop_times=rows))
    assert runs(found) == {"t1": [PLAIN[0], PLAIN[2]]}
    assert found.meta.dropped == {"calls on demand, without a time of the clock": 1}


def test_nothing_is_interpolated_across_a_window(tmp_path: Path) -> None:
    """Nor across a zone that has no stop."""
    stops = [stop(name, 1000 * at) for at, name in enumerate("ABCDEF")]
    rows: list[Row] = [dict(row) for row in calls("t1", "A 8:00", "B", "C", "D", "E 8:20", "F 8:25")]
    for more in (WINDOW, {"stop_id": "", "location_id": "zone", **WINDOW}, {"location_group_id": "g"}):
        changed = [rows[0], rows[1], {**rows[2], **more}, *rows[3:]]
        found = read(tmp_path / str(len(more)), tiny(stops=stops, stop_times=changed))
        assert [at for at, *_ in runs(found)["t1"]] == ["A", "E", "F"]
        assert found.meta.dropped == {
            "calls on demand, without a time of the clock": 1,
            "calls without a time next to calls on demand": 2,
        }


def test_a_feed_on_demand_alone_is_refused_with_the_reason(tmp_path: Path) -> None:
    rows: list[Row] = [{**row, **WINDOW} for row in calls("t1", "A", "B", "C")]
    with pytest.raises(SourceFileError, match="calls on demand"):
        read(tmp_path, tiny(stop_times=rows))


def _every(start: str, end: str, headway: str = "1800", exact: str = "1") -> list[Row]:
    return [
        {
            "trip_id": "t1",
            "start_time": start,
            "end_time": end,
            "headway_secs": headway,
            "exact_times": exact,
        }
    ]


def _two(periods: list[Row]) -> Tables:
    rows = calls("t1", "A 8:00", "B 8:05", "C 8:10") + calls("t2", "A 9:00", "B 9:05", "C 9:10")
    return tiny(trips=[of_trip("t1"), of_trip("t2")], stop_times=rows, frequencies=periods)


@pytest.mark.parametrize(
    "period",
    [
        _every("8:00:00", "8:00:00"),
        _every("8:00:00", "9:00:00", "0"),
        _every("soon", "9:00:00"),
        _every("", ""),
        _every("8:00:00", "9:00:00", "x", "0"),
    ],
)
def test_a_template_without_a_period_never_runs(tmp_path: Path, period: list[Row]) -> None:
    found = read(tmp_path, _two(period))
    assert list(runs(found)) == ["t2"]
    assert found.meta.dropped == {
        "headway periods that cannot be read": 1,
        "trips whose headway periods cannot be read": 1,
    }


def test_a_feed_of_such_templates_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="headway periods that cannot be read"):
        read(tmp_path, tiny(frequencies=_every("8:00:00", "8:00:00")))


@pytest.mark.parametrize("end", ["01:00:00", "25:00:00"])
def test_a_period_may_end_past_midnight(tmp_path: Path, end: str) -> None:
    found = runs(read(tmp_path, _two(_every("22:00:00", end))))
    assert sorted(found) == [f"t1@{hour}:00" for hour in _HALF_HOURS] + ["t2"]
    assert found["t1@24:30:00"][0] == ("A", 88200, 88200)


_HALF_HOURS = ("22:00", "22:30", "23:00", "23:30", "24:00", "24:30")


def _block(*, second: str = "C 8:11", route: str = "r1", **more: str) -> Tables:
    """A to C in one trip, from C to D in the next of the vehicle, and half an hour later in another's."""
    more = {"block_id": "b1", **more}
    routes = [
        {"route_id": f"r{number}", "route_short_name": str(number), "route_long_name": "", "route_type": "3"}
        for number in (1, 2)
    ]
    trips = [of_trip("t1", **more), of_trip("t2", route=route, headsign="D", **more)]
    rows = calls("t1", "A 8:00", "B 8:05", "C 8:10") + calls("t2", second, "D 8:23")
    return tiny(
        stops=[*tiny()["stops"], stop("D", 9000)],
        routes=routes,
        trips=[*trips, of_trip("t3", headsign="D", block_id="b2")],
        stop_times=[*rows, *calls("t3", "C 8:41", "D 8:53")],
    )


def test_one_stays_seated_where_the_vehicle_goes_on(tmp_path: Path) -> None:
    found = read(tmp_path, _block())
    assert _ride(found, "A", "D", "7:50") == [("1 C → D", "08:00", "08:23")]
    assert _ride(found, "A", "C", "7:50") == [("1 C", "08:00", "08:10")]
    assert _ride(found, "C", "D", "7:50") == [("1 D", "08:11", "08:23")]
    assert runs(found)[f"t1{STAYING}0:t2".replace("0:", "")] == [
        *PLAIN[:2],
        ("C", 29400, seconds("8:11")),
        ("D", seconds("8:23"), seconds("8:23")),
    ]
    assert [line.workday for line in facts(found).lines] == [3]


def test_the_line_that_the_vehicle_becomes_is_named(tmp_path: Path) -> None:
    assert _ride(read(tmp_path, _block(route="r2")), "A", "D", "7:50") == [("1 C → 2 D", "08:00", "08:23")]


def _linked(kind: str) -> list[Row]:
    return [{"from_trip_id": "t1", "to_trip_id": "t2", "transfer_type": kind}]


@pytest.mark.parametrize("kind", ["4", "4.0", " 4", "04"])
def test_transfers_link_trips_too(tmp_path: Path, kind: str) -> None:
    found = read(tmp_path, {**_block(block_id=""), "transfers": _linked(kind)})
    assert _ride(found, "A", "D", "7:50") == [("1 C → D", "08:00", "08:23")]


@pytest.mark.parametrize(
    "tables",
    [
        {**_block(), "transfers": _linked("5")},
        {**_block(), "transfers": _linked("5.0")},
        _block(block_id=""),
        {**_block(), "trips": [*_block()["trips"][:1], {**_block()["trips"][1], "block_id": "b7"}]},
    ],
    ids=["5", "5.0", "no-block", "other-block"],
)
def test_else_everybody_gets_off(tmp_path: Path, tables: Tables) -> None:
    tables = {**tables, "trips": [*tables["trips"][:2], of_trip("t3", headsign="D", block_id="b2")]}
    assert not any(STAYING in trip for trip in runs(read(tmp_path, tables)))


def test_a_vehicle_that_turns_back_is_no_ride_on(tmp_path: Path) -> None:
    rows = calls("t1", "A 8:00", "B 8:05", "C 8:10") + calls("t2", "C 8:12", "B 8:17", "A 8:22")
    trips = [of_trip("t1", block_id="b"), of_trip("t2", headsign="A", block_id="b")]
    assert sorted(runs(read(tmp_path, tiny(trips=trips, stop_times=rows)))) == ["t1", "t2"]


def test_a_block_goes_on_by_the_days_of_its_trips(tmp_path: Path) -> None:
    tables = _block()
    tables["trips"] = [tables["trips"][0], {**tables["trips"][1], "service_id": "mo"}, *tables["trips"][2:]]
    tables["calendar"] = [*tables["calendar"], week("mo", "1000000")]
    found = read(tmp_path, tables)
    for day, seated in ((MONDAY, True), (date(2026, 3, 3), False)):
        ids = names(found, found.trip_id[trips_on(found, day).trips])
        assert any(STAYING in trip for trip in ids) is seated


ZONES = [
    {"agency_id": "x", "agency_name": "Buses", "agency_timezone": "Europe/Warsaw"},
    {"agency_id": "y", "agency_name": "Other", "agency_timezone": "America/Montreal"},
]


def _of_agency(*agencies: str) -> list[Row]:
    return [
        {
            "route_id": f"r{number}",
            "agency_id": agency,
            "route_short_name": str(number),
            "route_long_name": "",
            "route_type": "3",
        }
        for number, agency in enumerate(agencies, 1)
    ]


def test_only_agencies_whose_lines_are_kept_decide_the_zone(tmp_path: Path) -> None:
    assert runs(read(tmp_path / "a", tiny(agency=ZONES, routes=_of_agency("x")))) == {"t1": PLAIN}
    assert runs(read(tmp_path / "b", tiny(agency=ZONES, routes=_of_agency("x", "y")))) == {"t1": PLAIN}
    for routes in (_of_agency("y"), _of_agency(""), _of_agency("z")):
        with pytest.raises(SourceFileError, match="America/Montreal"):
            read(tmp_path / routes[0]["agency_id"], tiny(agency=ZONES, routes=routes))


@pytest.mark.parametrize(
    ("end", "valid_to"),
    [
        ("20260315", "2026-03-15"),
        ("20260315.0", "2026-03-15"),
        ("", "2026-03-27"),
        ("20261231", "2026-03-27"),
    ],
)
def test_the_publisher_s_last_day_counts(tmp_path: Path, end: str, valid_to: str) -> None:
    info = [{"feed_publisher_name": "X", "feed_publisher_url": "https://x.test", "feed_end_date": end}]
    found = read(tmp_path, tiny(feed_info=info))
    assert (found.meta.sources[0].credit, found.meta.sources[0].valid_to) == ("X", valid_to)
    assert found.outdated(date(2026, 3, 20)) == ((0,) if valid_to < "2026-03-20" else ())
    assert len(trips_on(found, date(2026, 3, 20)).trips) == 1


def test_a_last_day_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, tiny(feed_info=[{"feed_publisher_name": "X", "feed_end_date": "soon"}]))
    assert found.meta.dropped == {"dates of feed_info.txt that cannot be read": 1}


def test_a_service_given_twice_has_both_periods(tmp_path: Path) -> None:
    twice = [week("wk", first="20260302", last="20260306"), week("wk", "0000010", "20260309", "20260315")]
    found = read(tmp_path, tiny(calendar=twice))
    days = (date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 14), date(2026, 3, 10))
    assert [len(trips_on(found, day).trips) for day in days] == [1, 0, 1, 0]


def test_swapped_coordinates_are_named(tmp_path: Path) -> None:
    swapped = [{**row, "stop_lat": row["stop_lon"], "stop_lon": row["stop_lat"]} for row in tiny()["stops"]]
    bounds = (19.80, 49.96, 19.86, 49.98)
    with pytest.raises(SourceFileError, match="latitude and longitude swapped"):
        read(tmp_path, tiny(stops=swapped), bounds=bounds)


def test_decimal_commas_are_read(tmp_path: Path) -> None:
    stops = [{**row, "stop_lat": row["stop_lat"].replace(".", ",")} for row in tiny()["stops"]]
    assert runs(read(tmp_path, tiny(stops=stops))) == {"t1": PLAIN}


def test_a_railway_is_one_however_its_type_is_written(tmp_path: Path) -> None:
    route = {"route_id": "r1", "route_short_name": "1", "route_long_name": "", "route_type": "2.0"}
    folder(tmp_path, tiny(routes=[route]))
    assert read(tmp_path).line_mode.tolist() == [LineMode.RAIL]
