"""The stops of a feed, with their stations and platforms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from planner.buses.build.gtfs.names import readable, without_on_request, written_in_capitals
from planner.buses.build.gtfs.tables import FeedTable, known_id, whole_number
from planner.buses.files import SCALE

if TYPE_CHECKING:
    from planner.buses.build.gtfs.files import FeedFiles
    from planner.buses.build.gtfs.tables import Dropped

STATION = 1

CALLED_AT = frozenset({0, STATION})
"""location_type of what a vehicle calls at; some feeds let it call at the station itself."""

NOWHERE_DEG = 1e-3
"""Feeds write 0, 0 for a place that is not known."""


@dataclass(frozen=True)
class Stops:
    """The stops of a feed in its order."""

    ids: list[str]
    names: list[str]
    platforms: list[str]
    at: NDArray[np.int32]
    groups: list[int]
    """Number of the station it belongs to, -1 for none."""
    on_request: NDArray[np.bool_]

    @property
    def rows(self) -> dict[str, int]:
        """Row by id."""
        return {stop: row for row, stop in enumerate(self.ids)}


@dataclass(frozen=True)
class _Row:
    id: str
    name: str
    at: tuple[float, float] | None
    kind: int | None
    """Its location_type, None where that cannot be read."""
    parent: str
    platform: str


def read_stops(files: FeedFiles, dropped: Dropped) -> Stops:
    """Read stops.txt; a platform without a name or place has its station's."""
    rows = _rows(files, dropped)
    capitals = written_in_capitals([row.name for row in rows.values() if row.name])
    stations = {row.id: number for number, row in enumerate(rows.values()) if row.kind == STATION}
    kept: list[tuple[_Row, tuple[float, float], str, bool]] = []
    for row in rows.values():
        if row.kind not in CALLED_AT:
            dropped.add("stops of a kind that cannot be read", row.kind is None)
            continue
        station = rows.get(known_id(row.parent, rows))
        at = row.at or (station.at if station else None)
        if at is None:
            dropped.add("stops without a place")
            continue
        name, on_request = without_on_request(row.name or (station.name if station else "") or row.id)
        kept.append((row, at, readable(name) if capitals else name, on_request))
    degrees = np.array([at for _, at, _, _ in kept], np.float64).reshape(-1, 2)
    return Stops(
        ids=[row.id for row, *_ in kept],
        names=[name for *_, name, _ in kept],
        platforms=[row.platform for row, *_ in kept],
        at=np.rint(degrees * SCALE).astype(np.int32),
        groups=[
            stations.get(row.id if row.kind == STATION else known_id(row.parent, stations), -1)
            for row, *_ in kept
        ],
        on_request=np.array([on_request for *_, on_request in kept], np.bool_),
    )


def _rows(files: FeedFiles, dropped: Dropped) -> dict[str, _Row]:
    wanted = ("stop_name", "stop_lat", "stop_lon", "location_type", "parent_station", "platform_code")
    rows: dict[str, _Row] = {}
    for _, (stop, name, lat, lon, kind, parent, platform) in FeedTable(
        files, "stops.txt", ("stop_id",), wanted
    ).rows():
        if not stop or stop in rows:
            dropped.add("stops without an id of their own")
            continue
        rows[stop] = _Row(
            stop, " ".join(name.split()), _position(lat, lon), whole_number(kind or "0"), parent, platform
        )
    return rows


def _position(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        at = float(lon.replace(",", ".")), float(lat.replace(",", "."))
    except ValueError:
        return None
    is_on_earth = math.isfinite(at[0]) and abs(at[0]) <= 180 and abs(at[1]) <= 90  # noqa: PLR2004 - degrees
    is_null = abs(at[0]) < NOWHERE_DEG and abs(at[1]) < NOWHERE_DEG
    return at if is_on_earth and not is_null else None
