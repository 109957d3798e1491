"""Small towns with bus lines: one straight road of 4 km, stop posts beside it, relations by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.build.lines.write import RULES, build_lines
from planner.buses.files import LINES_PREFIX
from planner.buses.query.timetable.open import open_timetable
from planner.streets.build.build import TownSettings, build_network
from planner.streets.files import current_folder
from tests.kit.streets.small import Nodes, Tags, Ways, osm, spot, tag_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from planner.buses.build.lines.estimates import EstimateRules
    from planner.buses.query.timetable.timetable import Timetable

ROAD_NODES: Nodes = {1: (0, 0), 2: (1000, 0), 3: (2000, 0), 4: (3000, 0), 5: (4000, 0)}
STREET = {"highway": "tertiary"}
ROAD: Ways = {11: ((1, 2), STREET), 12: ((2, 3), STREET), 13: ((4, 3), STREET), 14: ((4, 5), STREET)}
"""Way 13 is drawn against the others."""

Member = tuple[str, int, str]
WAYS: list[Member] = [("way", number, "") for number in ROAD]
V2 = {"type": "route", "route": "bus", "public_transport:version": "2", "ref": "7"}


@dataclass(frozen=True)
class Stop:
    """A tagged node, in metres east and north of the corner."""

    at: tuple[float, float]
    tags: Tags


def platform(east: float, north: float, name: str, **tags: str) -> Stop:
    return Stop((east, north), {"highway": "bus_stop", "public_transport": "platform", "name": name, **tags})


def halt(east: float, name: str = "", north: float = 0.0) -> Stop:
    return Stop((east, north), {"public_transport": "stop_position", **({"name": name} if name else {})})


def relation(number: int, tags: Tags, members: Sequence[Member]) -> str:
    lines = "".join(f'  <member type="{kind}" ref="{ref}" role="{role}"/>\n' for kind, ref, role in members)
    return f'<relation id="{number}" version="1">\n{lines}{tag_lines(tags)}</relation>\n'


def node(number: int, stop: Stop) -> str:
    lon, lat = spot(*stop.at)
    return (
        f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">\n{tag_lines(stop.tags)}</node>\n'
    )


def write(
    tmp: Path, stops: Mapping[int, Stop], relations: str, nodes: Nodes = ROAD_NODES, ways: Ways = ROAD
) -> Path:
    """Write a town with its lines."""
    head = '<osm version="0.6">\n'
    posts = "".join(node(number, stop) for number, stop in stops.items())
    file = tmp / "small.osm"
    file.write_text(osm(nodes, ways, relations).replace(head, head + posts), encoding="utf-8")
    return file


def lines_of(file: Path, rules: EstimateRules = RULES) -> Timetable:
    """Build a town and open its lines."""

    def extra(source: Path, folder: Path) -> None:
        build_lines(source, folder, rules)

    data_dir = file.parent / "data"
    build_network(file, data_dir, TownSettings("Small"), lambda *_: None, [extra])
    folder = current_folder(data_dir)
    assert folder is not None
    return open_timetable(folder, LINES_PREFIX)


def calls(timetable: Timetable, pattern: int) -> list[str]:
    """The names of the stops of a pattern in order."""
    part = slice(*timetable.pattern_offsets[pattern : pattern + 2].tolist())
    return [timetable.texts[timetable.stop_name[stop]] for stop in timetable.pattern_stops[part].tolist()]


def times(timetable: Timetable, pattern: int) -> list[int]:
    """Seconds from the first stop to each."""
    trips = np.flatnonzero(timetable.trip_pattern == pattern).tolist()
    assert len(trips) == 1
    found: list[int] = timetable.arrive[
        slice(*timetable.trip_offsets[trips[0] : trips[0] + 2].tolist())
    ].tolist()
    return found


def runs(timetable: Timetable, pattern: int) -> list[tuple[int, int, int]]:
    """The headway periods of a pattern: start, end, headway in minutes."""
    rows = np.flatnonzero(timetable.trip_pattern[timetable.freq_trip] == pattern)
    columns = timetable.freq_start, timetable.freq_end, timetable.freq_headway
    return [tuple(int(column[row]) // 60 for column in columns) for row in rows]  # type: ignore[misc]


def shape_metres(timetable: Timetable, pattern: int) -> list[tuple[float, float]]:
    """The course of a pattern in metres east and north of the corner."""
    part = slice(*timetable.shape_offsets[pattern : pattern + 2].tolist())
    origin, unit = np.array(spot(0, 0)), np.array(spot(1000, 1000)) - np.array(spot(0, 0))
    return [(float(x), float(y)) for x, y in (timetable.shape_at[part] / 1e7 - origin) / unit * 1000]
