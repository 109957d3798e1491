"""Small feeds made by hand: a table is a list of rows, a row a dict; a test changes what it needs."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from planner.buses.build.gtfs.files import open_feed
from planner.buses.build.gtfs.read import FeedSettings, read_feed
from planner.domain.geo import offset
from planner.streets.files import NetworkMeta

if TYPE_CHECKING:
    from pathlib import Path

    from planner.buses.query.timetable.timetable import Timetable

Row = Mapping[str, str]
Tables = dict[str, list[Row]]

HERE = (19.82, 49.97)
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WARSAW = "Europe/Warsaw"


def stop(stop_id: str, east_m: float, name: str = "", **more: str) -> Row:
    """A stop so many metres east of `HERE`."""
    lon, lat = offset(HERE, east_m, 0)
    return {"stop_id": stop_id, "stop_name": name or f"Stop {stop_id}", "stop_lat": f"{lat:.7f}"} | {
        "stop_lon": f"{lon:.7f}",
        **more,
    }


def calls(trip: str, *stops_and_times: str, **more: str) -> list[Row]:
    """The calls of a trip: "A 8:00" arrives and leaves then, "A 8:00/8:02" stays, "A" has no time."""
    rows: list[Row] = []
    for number, text in enumerate(stops_and_times):
        at, _, times = text.partition(" ")
        arrive, _, depart = times.partition("/")
        rows.append(
            {
                "trip_id": trip,
                "stop_id": at,
                "stop_sequence": str(number),
                "arrival_time": full(arrive),
                "departure_time": full(depart or arrive),
                **more,
            }
        )
    return rows


def full(clock_time: str) -> str:
    """8:00 -> 8:00:00."""
    return f"{clock_time}:00" if clock_time.count(":") == 1 else clock_time


def week(service: str, days: str = "1111100", first: str = "20260302", last: str = "20260329") -> Row:
    """A line of calendar.txt; by default working days of four weeks from Monday, 2 March 2026."""
    return {
        "service_id": service,
        **dict(zip(WEEK, days, strict=True)),
        "start_date": first,
        "end_date": last,
    }


def trip(trip_id: str, service: str = "wk", route: str = "r1", headsign: str = "C", **more: str) -> Row:
    """A line of trips.txt."""
    return {"route_id": route, "service_id": service, "trip_id": trip_id, "trip_headsign": headsign, **more}


PLAIN = [("A", 28800, 28800), ("B", 29100, 29100), ("C", 29400, 29400)]
"""The calls of its one trip: stop, arrival and departure in seconds of the day."""


def tiny(**changed: Sequence[Row] | None) -> Tables:
    """Line 1 from A by B to C, a kilometre apart each, at 8:00 on working days; None leaves a table out."""
    tables: dict[str, Sequence[Row] | None] = {
        "agency": [{"agency_name": "Buses", "agency_url": "https://buses.test", "agency_timezone": WARSAW}],
        "stops": [stop("A", 0), stop("B", 1000), stop("C", 2000)],
        "routes": [{"route_id": "r1", "route_short_name": "1", "route_long_name": "", "route_type": "3"}],
        "trips": [trip("t1")],
        "stop_times": calls("t1", "A 8:00", "B 8:05", "C 8:10"),
        "calendar": [week("wk")],
        **changed,
    }
    return {name: list(rows) for name, rows in tables.items() if rows is not None}


def text(rows: Sequence[Row], end: str = "\n") -> str:
    """A table as it stands in a file; nothing for one without rows."""
    if not rows:
        return ""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def folder(path: Path, tables: Tables) -> Path:
    """Write a feed as a folder."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (path / f"{name}.txt").write_text(text(rows), encoding="utf-8", newline="")
    return path


def packed(tables: Tables, inside: str = "") -> bytes:
    """A feed as a zip, its files in a folder inside if one is named."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(f"{inside}{name}.txt", text(rows))
    return out.getvalue()


def read(path: Path, tables: Tables | None = None, **settings: object) -> Timetable:
    """Read a feed; given tables it is written first."""
    if tables is not None:
        folder(path, tables)
    return read_feed(open_feed(path), FeedSettings(**{"timezone": WARSAW, **settings}))  # type: ignore[arg-type]


def names(timetable: Timetable, numbers: Iterable[int]) -> list[str]:
    """Texts by their numbers."""
    return [timetable.texts[int(number)] for number in numbers]


def runs(timetable: Timetable) -> dict[str, list[tuple[str, int, int]]]:
    """What is run: for each trip, without the feed's number, (stop, arrival, departure) in seconds."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for number, pattern in enumerate(timetable.trip_pattern.tolist()):
        begin, end = timetable.trip_offsets[number : number + 2].tolist()
        stops = timetable.pattern_stops[slice(*timetable.pattern_offsets[pattern : pattern + 2].tolist())]
        ids = [name.partition(":")[2] for name in names(timetable, timetable.stop_id[stops])]
        times = zip(timetable.arrive[begin:end].tolist(), timetable.depart[begin:end].tolist(), strict=True)
        found[timetable.texts[int(timetable.trip_id[number])].partition(":")[2]] = [
            (at, arrive, depart) for at, (arrive, depart) in zip(ids, times, strict=True)
        ]
    return found


def seconds(clock_time: str) -> int:
    """8:05 -> 29100."""
    hours, minutes = clock_time.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def network_meta(width_m: float = 3000.0) -> NetworkMeta:
    """A network around the tiny feed's stops."""
    west, south = offset(HERE, -500, -500)
    east, north = offset(HERE, width_m, 500)
    return NetworkMeta(
        "Małe",
        WARSAW,
        "PL",
        "small.osm",
        "",
        "2026-01-01",
        "©",
        "",
        (west, south, east, north),
        1,
        1,
        1.0,
        0.0,
    )
