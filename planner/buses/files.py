"""Where a built timetable lies, its arrays, and the words build and query share about it.

A timetable is a folder of plain arrays with a `meta.json`; `timetable.json` in
the data directory names the one in force. The network's build keeps the lines
it makes from OpenStreetMap relations in the same format in its own folder, each
file with the prefix `lines_`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.built import LOADING, Raise, current, read_document

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
"""Counted up when the arrays change: an older timetable is then built again."""

RAISE: Raise | None = None
"""Raises what a timetable of the format before says, where its arrays can be read as they are."""

SCALE = 1e7
"""Positions are kept as whole 1e-7 degrees."""

POINTER = "timetable.json"

LINES_PREFIX = "lines_"

STAYING = " > "
"""Between the ids of trips that one vehicle makes one after another, in the id of the ride over them."""

USUAL_ROOM = 30
"""People of one group that a vehicle usually has room for."""


class LineMode(IntEnum):
    """What runs on a line; the numbers of GTFS route_type, and its extended 1501."""

    TRAM = 0
    METRO = 1
    RAIL = 2
    BUS = 3
    FERRY = 4
    CABLE_TRAM = 5
    GONDOLA = 6
    FUNICULAR = 7
    TROLLEYBUS = 11
    MONORAIL = 12
    SHARE_TAXI = 1501


class Boarding(IntEnum):
    """How one gets on or off; the numbers of GTFS pickup_type and drop_off_type."""

    REGULAR = 0
    NONE = 1
    PHONE = 2
    ASK_DRIVER = 3


class ShapeSource(IntEnum):
    """Where the geometry of a pattern comes from; NONE has the stops alone as its points."""

    FEED = 0
    RELATION = 1
    ROUTED = 2
    NONE = 3


class SourceKind(StrEnum):
    """What a line's service was read from, the weightiest first."""

    GTFS = "gtfs"
    BUILTIN = "builtin"
    OSM = "osm"


@dataclass(frozen=True)
class Source:
    """One feed, or the relations of a network. Dates are ISO, '' where the service has no end."""

    name: str
    kind: SourceKind
    credit: str
    url: str = ""
    licence: str = ""
    valid_from: str = ""
    valid_to: str = ""
    sha256: str = ""
    indicative: bool = False


@dataclass(frozen=True)
class TimetableMeta:
    """What is known about a timetable.

    `first_date` is the date of the first column of `service_days`, `last_date`
    that of the last; both are '' where all services run every week without end.
    `bounds` (west, south, east, north) is what it was clipped to.
    """

    timezone: str
    first_date: str = ""
    last_date: str = ""
    sources: tuple[Source, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    bounds: tuple[float, float, float, float] | None = None
    format: int = FORMAT

    def is_for(self, timezone: str, bounds: tuple[float, float, float, float]) -> bool:
        """Whether it was clipped to a network like this one, and not to another town's."""
        west, south, east, north = self.bounds or bounds
        apart = west > bounds[2] or east < bounds[0] or south > bounds[3] or north < bounds[1]
        return self.timezone == timezone and not apart


@dataclass(frozen=True)
class TimetableArrays:
    """The service in flat arrays. Times are seconds from the service day's noon minus 12 h.

    Numbers "into texts" point into the table of texts; 0 is always ''. Pattern p
    calls at pattern_stops[pattern_offsets[p]:pattern_offsets[p + 1]]; trip t has
    as many entries from trip_offsets[t] in `arrive`, `depart` and `time_platform`.
    """

    stop_at: NDArray[np.int32]
    """(S, 2) lon, lat in 1e-7 degrees."""
    stop_name: NDArray[np.int32]
    stop_platform: NDArray[np.int32]
    stop_id: NDArray[np.int32]
    """Into texts; "source number:id in the feed"."""
    stop_station: NDArray[np.int32]
    """Number of the group of stops that are one station, or bear one name within 250 m."""

    line_name: NDArray[np.int32]
    line_long: NDArray[np.int32]
    line_mode: NDArray[np.int32]
    line_credit: NDArray[np.int32]
    """Number of the source in the meta data."""
    line_estimated: NDArray[np.bool_]
    line_room: NDArray[np.int32]

    pattern_line: NDArray[np.int32]
    pattern_headsign: NDArray[np.int32]
    pattern_offsets: NDArray[np.int64]
    pattern_stops: NDArray[np.int32]
    pattern_board: NDArray[np.uint8]
    pattern_alight: NDArray[np.uint8]

    trip_pattern: NDArray[np.int32]
    """Ascending; within a pattern by first departure. Of two trips of a pattern that
    may both be under way on one day, the earlier one is not later at any stop."""
    trip_service: NDArray[np.int32]
    trip_headsign: NDArray[np.int32]
    trip_id: NDArray[np.int32]
    trip_offsets: NDArray[np.int64]
    arrive: NDArray[np.int32]
    depart: NDArray[np.int32]
    time_platform: NDArray[np.int32]
    """Into texts; what the feed says about this very call; 0: see `stop_platform`."""

    service_days: NDArray[np.bool_]
    """(V, D) whether a service runs on the date of a column."""
    service_week: NDArray[np.bool_]
    """(V, 7) Monday to Sunday, for services that run every week without end (estimates);
    all False for services with dates."""

    freq_trip: NDArray[np.int32]
    """The template, alone in its pattern, never ridden itself; its first departure is 0."""
    freq_start: NDArray[np.int32]
    freq_end: NDArray[np.int32]
    freq_headway: NDArray[np.int32]

    shape_offsets: NDArray[np.int64]
    shape_at: NDArray[np.int32]
    """(., 2) lon, lat in 1e-7 degrees; pattern p has shape_offsets[p]:shape_offsets[p + 1]."""
    shape_stop: NDArray[np.int32]
    """One entry per pattern stop: the point of the pattern's shape where it lies."""
    shape_source: NDArray[np.uint8]


ARRAYS = tuple(array.name for array in fields(TimetableArrays))


def write_timetable(
    folder: Path, meta: TimetableMeta, texts: tuple[str, ...], arrays: TimetableArrays, prefix: str = ""
) -> None:
    """Write a timetable's files into a folder that exists."""
    for name in ARRAYS:
        np.save(folder / f"{prefix}{name}.npy", getattr(arrays, name))
    document = json.dumps({**asdict(meta), "texts": texts}, ensure_ascii=False)
    (folder / f"{prefix}meta.json").write_text(document, encoding="utf-8")


def read_meta(folder: Path, prefix: str = "") -> tuple[TimetableMeta, tuple[str, ...]]:
    """Read a timetable's description and its table of texts.

    Raises
    ------
    ValueError
        If the folder was written in another format.
    """
    document = read_document(folder / f"{prefix}meta.json", "timetable", FORMAT, RAISE)
    texts = tuple(document.pop("texts"))
    sources = tuple(
        Source(**{**source, "kind": SourceKind(source["kind"])}) for source in document.pop("sources")
    )
    bounds = document.pop("bounds")
    return TimetableMeta(**document, sources=sources, bounds=tuple(bounds) if bounds else None), texts


def read_arrays(folder: Path, prefix: str = "") -> TimetableArrays:
    """Open a timetable's arrays, memory-mapped."""
    with LOADING:
        opened = {name: np.load(folder / f"{prefix}{name}.npy", mmap_mode="r") for name in ARRAYS}
    return TimetableArrays(**opened)


def current_timetable(data_dir: Path) -> Path | None:
    """Return the folder of the timetable in force, None when none has been built."""
    return current(data_dir, "timetable")
