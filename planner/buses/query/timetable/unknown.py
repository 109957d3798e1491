"""Services that are known to exist without a timetable: "no service known" is said of them, not nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import SCALE, LineMode
from planner.domain.geo import LonLat, plane_distance_m

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planner.buses.query.timetable.timetable import Timetable

SAME_PLACE_M = 300.0
"""A line that calls this near to a station serves it."""


@dataclass(frozen=True)
class UnknownService:
    """A service without times: its name, and its stops by name and position.

    `lines` is a pattern for the names of its lines in a feed.
    """

    name: str
    mode: LineMode
    lines: str
    stops: tuple[tuple[str, LonLat], ...]


def read_unknown(path: Path) -> tuple[UnknownService, ...]:
    """Read the services of a file as data/timetable/unknown_services.json."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        UnknownService(
            name=service["name"],
            mode=LineMode[service["mode"].upper()],
            lines=service["lines"],
            stops=tuple((stop["name"], (stop["at"][0], stop["at"][1])) for stop in service["stops"]),
        )
        for service in document["services"]
    )


def still_unknown(
    services: Iterable[UnknownService], timetable: Timetable | None
) -> tuple[UnknownService, ...]:
    """Return the services with only those of their stops at which the timetable has no line of theirs."""
    left = []
    for service in services:
        served = _stops_of(service, timetable) if timetable is not None else []
        stops = tuple(
            (name, at)
            for name, at in service.stops
            if all(plane_distance_m(at, other) > SAME_PLACE_M for other in served)
        )
        if stops:
            left.append(replace(service, stops=stops))
    return tuple(left)


def near(services: Iterable[UnknownService], at: LonLat, within_m: float) -> tuple[UnknownService, ...]:
    """The services with stops within so many metres of a place, and those stops, the nearest first."""
    near_services = []
    for service in services:
        away = [(plane_distance_m(at, place), name, place) for name, place in service.stops]
        stops = tuple((name, place) for metres, name, place in sorted(away) if metres <= within_m)
        if stops:
            near_services.append(replace(service, stops=stops))
    return tuple(near_services)


def _stops_of(service: UnknownService, timetable: Timetable) -> list[LonLat]:
    """Where lines of the service call by a timetable."""
    its = np.array(
        [
            mode == service.mode and re.fullmatch(service.lines, timetable.texts[name]) is not None
            for mode, name in zip(timetable.line_mode.tolist(), timetable.line_name.tolist(), strict=True)
        ],
        np.bool_,
    )
    if not its.any():
        return []
    calls = np.repeat(its[timetable.pattern_line], np.diff(timetable.pattern_offsets))
    stops = np.unique(timetable.pattern_stops[calls])
    return [(lon / SCALE, lat / SCALE) for lon, lat in timetable.stop_at[stops].tolist()]
