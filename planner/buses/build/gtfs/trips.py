"""The lines and trips of a feed, and what a call of it is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.build.gtfs.names import platform_of
from planner.buses.build.gtfs.tables import FeedTable, whole_number
from planner.buses.files import LineMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.buses.build.gtfs.files import FeedFiles
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
    """A line as the feed names it; routes of several agencies may be one line."""

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
    route: str = ""
    """Its route_id, which tells whose trip it is."""
    block: str = ""


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
    on_demand: NDArray[np.int64]
    """1 where it has a window of GTFS-Flex in place of clock times; its stop may be a zone, then 0 stands."""
    texts: list[str]


def picked(calls: Calls, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Calls:
    """Return some of the calls."""
    columns = {column.name: getattr(calls, column.name) for column in fields(Calls)}
    return Calls(**{name: column if name == "texts" else column[rows] for name, column in columns.items()})


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
        files, "trips.txt", ("route_id", "service_id", "trip_id"), ("trip_headsign", "shape_id", "block_id")
    )
    trips: dict[str, Trip] = {}
    for _, (route, service, trip, headsign, shape, block) in table.rows():
        if route not in lines:
            dropped.add("trips of lines that are not listed or left out")
        elif service not in services:
            dropped.add("trips whose days are not listed")
        elif trip in trips:
            dropped.add("trips with an id that another has")
        else:
            sign = " ".join(headsign.split())
            trips[trip] = Trip(trip, lines[route], services[service], sign, shape, route, block)
    return list(trips.values())


def platform_texts(texts: list[str]) -> list[str]:
    """What the stop headsigns say of a platform."""
    return [platform_of(text) for text in texts]
