"""The lines, trips and calls of a feed."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.build.gtfs.names import platform_of
from planner.buses.build.gtfs.tables import BAD_TIME, Clock, FeedTable, whole_number
from planner.buses.files import Boarding, LineMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.buses.build.gtfs.files import FeedFiles
    from planner.buses.build.gtfs.stops import Stops
    from planner.buses.build.gtfs.tables import Dropped

_EXTENDED = (
    (range(100, 200), LineMode.RAIL),
    (range(200, 300), LineMode.BUS),
    (range(400, 405), LineMode.METRO),
    (range(405, 406), LineMode.MONORAIL),
    (range(700, 800), LineMode.BUS),
    (range(800, 801), LineMode.TROLLEYBUS),
    (range(900, 1000), LineMode.TRAM),
    (range(1000, 1100), LineMode.FERRY),
    (range(1200, 1300), LineMode.FERRY),
    (range(1300, 1400), LineMode.GONDOLA),
    (range(1400, 1500), LineMode.FUNICULAR),
    (range(1501, 1502), LineMode.SHARE_TAXI),
)
"""Google's extended route types; others, as air and taxi services, are no public lines."""


@dataclass(frozen=True)
class Route:
    """A line as the feed names it."""

    name: str
    long_name: str
    mode: LineMode


@dataclass(frozen=True)
class Trip:
    """A trip without its calls; line and service are row numbers."""

    id: str
    line: int
    service: int
    headsign: str
    shape: str


@dataclass(frozen=True)
class Calls:
    """Calls as they stand in the feed, in its order; `stop` is a row of Stops, `platform` of `texts`."""

    trip: NDArray[np.int64]
    sequence: NDArray[np.int64]
    stop: NDArray[np.int64]
    arrive: NDArray[np.int64]
    depart: NDArray[np.int64]
    board: NDArray[np.int64]
    alight: NDArray[np.int64]
    said: NDArray[np.int64]
    """Into `texts`: the stop's headsign."""
    texts: list[str]


def read_lines(files: FeedFiles, dropped: Dropped) -> tuple[list[Route], dict[str, int]]:
    """Read routes.txt; routes of one mode and short name are one line."""
    lines: dict[Route, int] = {}
    rows: dict[str, int] = {}
    table = FeedTable(
        files, "routes.txt", ("route_id", "route_type"), ("route_short_name", "route_long_name")
    )
    for _, (route, kind, short, long) in table.rows():
        mode = line_mode(kind)
        if mode is None:
            dropped.add("lines of a kind that is no public transport")
        elif route in rows:
            dropped.add("lines with an id that another has")
        else:
            name = short or long or route
            rows[route] = lines.setdefault(Route(name, long if long != name else "", mode), len(lines))
    return list(lines), rows


def line_mode(text: str) -> LineMode | None:
    """Return the mode of a route_type, basic or extended; None for what is none of ours."""
    number = whole_number(text)
    if number is None:
        return None
    extended = next((mode for numbers, mode in _EXTENDED if number in numbers), None)
    if extended is not None:
        return extended
    return LineMode(number) if number in set(LineMode) else None


def read_trips(
    files: FeedFiles, lines: Mapping[str, int], services: Mapping[str, int], dropped: Dropped
) -> list[Trip]:
    """Read trips.txt: the trips of known lines and services."""
    table = FeedTable(
        files, "trips.txt", ("route_id", "service_id", "trip_id"), ("trip_headsign", "shape_id")
    )
    trips: dict[str, Trip] = {}
    for _, (route, service, trip, headsign, shape) in table.rows():
        if route not in lines:
            dropped.add("trips of lines that are not listed or left out")
        elif service not in services:
            dropped.add("trips whose days are not listed")
        elif trip in trips:
            dropped.add("trips with an id that another has")
        else:
            trips[trip] = Trip(trip, lines[route], services[service], " ".join(headsign.split()), shape)
    return list(trips.values())


def read_calls(files: FeedFiles, trips: Mapping[str, int], stops: Stops, dropped: Dropped) -> Calls:
    """Read stop_times.txt: the calls of known trips."""
    columns = tuple(array("q") for _ in range(8))
    trip_of, sequence_of, stop_of, arrive_of, depart_of, board_of, alight_of, said_of = columns
    stop_rows, clock = stops.rows, Clock()
    texts: dict[str, int] = {"": 0}
    unknown_trips = unknown_stops = 0
    table = FeedTable(
        files,
        "stop_times.txt",
        ("trip_id", "stop_id", "stop_sequence"),
        ("arrival_time", "departure_time", "pickup_type", "drop_off_type", "stop_headsign"),
    )
    for _, (trip, stop, sequence, arrive, depart, pickup, drop_off, said) in table.rows():
        trip_row, stop_row = trips.get(trip, -1), stop_rows.get(stop, -1)
        if trip_row < 0 or stop_row < 0:
            unknown_trips += trip_row < 0
            unknown_stops += trip_row >= 0
            continue
        trip_of.append(trip_row)
        number = whole_number(sequence)
        sequence_of.append(BAD_TIME if number is None else number)
        stop_of.append(stop_row)
        arrive_of.append(clock.seconds(arrive))
        depart_of.append(clock.seconds(depart))
        board_of.append(_boarding(pickup))
        alight_of.append(_boarding(drop_off))
        said_of.append(texts.setdefault(said, len(texts)))
    dropped.add("calls of trips that are not listed or left out", unknown_trips)
    dropped.add("calls at stops that are not listed or left out", unknown_stops)
    numbers = (np.array(column, np.int64) for column in columns)
    return _on_request(Calls(*numbers, list(texts)), stops)  # type: ignore[call-arg, arg-type]


def _boarding(text: str) -> int:
    return int(text) if text in {"1", "2", "3"} else 0


def _on_request(calls: Calls, stops: Stops) -> Calls:
    """At a stop on request one gets on and off by a sign to the driver, unless the feed says otherwise."""
    asks = stops.on_request[calls.stop]
    board, alight = (
        np.where(asks & (kind == Boarding.REGULAR), Boarding.ASK_DRIVER, kind)
        for kind in (calls.board, calls.alight)
    )
    return Calls(**{**vars(calls), "board": board, "alight": alight})


def platform_texts(texts: list[str]) -> list[str]:
    """What the stop headsigns say of a platform."""
    return [platform_of(text) for text in texts]
