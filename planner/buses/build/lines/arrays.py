"""The arrays of an estimated timetable, put together from the variants of lines."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.build.lines.estimates import WINDING, headway_s, length_s, periods, ride_times
from planner.buses.build.shapes.fill import Drawn, shape_arrays
from planner.buses.build.shapes.fit import course_of
from planner.buses.files import SCALE, USUAL_ROOM, LineMode, TimetableArrays
from planner.buses.stations import stations
from planner.domain.geo import plane_distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planner.buses.build.lines.estimates import EstimateRules
    from planner.buses.build.lines.lines import LineVariant
    from planner.domain.geo import LonLat


class LineArrays:
    """Collects the arrays, one pattern with one template trip for each variant and group of weekdays."""

    def __init__(self, country: str, rules: EstimateRules) -> None:
        self.texts: list[str] = [""]
        self._numbers = {"": 0}
        self._country = country
        self._rules = rules
        self._stops: dict[tuple[str, str], int] = {}
        self._lines: dict[tuple[LineMode, str], int] = {}
        self._services: dict[tuple[int, ...], int] = {}
        self._rows: dict[str, list[int]] = defaultdict(list)
        self._at: list[tuple[int, int]] = []
        self._shapes: list[Drawn] = []

    def add(self, variant: LineVariant, shape: Drawn) -> None:
        """Add a variant: its stops, its line where it is new, and its estimated service."""
        line = self._line(variant)
        stops = [self._stop(halt.id, halt.name, halt.platform, halt.at) for halt in variant.halts]
        times = ride_times(
            leg_metres(shape, [halt.at for halt in variant.halts]),
            variant.mode,
            self._total_s(variant),
            self._rules,
        )
        headway = headway_s(variant.tags, self._rules)
        for number, period in enumerate(periods(variant.tags, self._country, self._rules)):
            rows = self._rows
            pattern = len(rows["pattern_line"])
            rows["pattern_line"].append(line)
            rows["pattern_headsign"].append(self._text(variant.headsign))
            rows["calls"].append(len(stops))
            rows["pattern_stops"] += stops
            rows["pattern_board"] += [int(halt.board) for halt in variant.halts]
            rows["pattern_alight"] += [int(halt.alight) for halt in variant.halts]
            rows["trip_pattern"].append(pattern)
            rows["trip_service"].append(self._services.setdefault(period.days, len(self._services)))
            rows["trip_id"].append(self._text(f"{variant.name}:{pattern}:{number}"))
            rows["times"] += times
            for start, end in period.spans:
                rows["freq_trip"].append(pattern)
                rows["freq_start"].append(start)
                rows["freq_end"].append(end)
                rows["freq_headway"].append(headway)
            self._shapes.append(shape)

    def _total_s(self, variant: LineVariant) -> int | None:
        """The length of the ride; unknown where stops were left out, for then it is that of more."""
        return length_s(variant.tags.get("duration", "")) if variant.is_whole else None

    def _text(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]

    def _stop(self, name: str, label: str, platform: str, at: LonLat) -> int:
        key = (name, label)
        if key not in self._stops:
            self._stops[key] = len(self._stops)
            self._at.append((round(at[0] * SCALE), round(at[1] * SCALE)))
            self._rows["stop_name"].append(self._text(label))
            self._rows["stop_platform"].append(self._text(platform))
            self._rows["stop_id"].append(self._text(f"0:{name}"))
        return self._stops[key]

    def _line(self, variant: LineVariant) -> int:
        key = (variant.mode, variant.name.casefold())
        if key not in self._lines:
            self._lines[key] = len(self._lines)
            self._rows["line_name"].append(self._text(variant.name))
            self._rows["line_long"].append(self._text(variant.long_name))
            self._rows["line_mode"].append(int(variant.mode))
        return self._lines[key]

    def arrays(self) -> TimetableArrays:
        """Everything that was added, in the format of a timetable."""
        rows = self._rows
        lines = len(self._lines)
        offsets = np.concatenate(([0], np.cumsum(np.array(rows["calls"], np.int64)))).astype(np.int64)
        names = [self.texts[number] for number in rows["stop_name"]]
        at = np.array(self._at, np.int32).reshape(-1, 2)
        week = np.zeros((len(self._services), 7), np.bool_)
        for days, service in self._services.items():
            week[service, list(days)] = True

        def column(name: str) -> NDArray[np.int32]:
            return np.array(rows[name], np.int32)

        return TimetableArrays(
            stop_at=at,
            stop_name=column("stop_name"),
            stop_platform=column("stop_platform"),
            stop_id=column("stop_id"),
            stop_station=stations(at, names, [-1] * len(names)),
            line_name=column("line_name"),
            line_long=column("line_long"),
            line_mode=column("line_mode"),
            line_credit=np.zeros(lines, np.int32),
            line_estimated=np.ones(lines, np.bool_),
            line_room=np.full(lines, USUAL_ROOM, np.int32),
            pattern_line=column("pattern_line"),
            pattern_headsign=column("pattern_headsign"),
            pattern_offsets=offsets,
            pattern_stops=column("pattern_stops"),
            pattern_board=np.array(rows["pattern_board"], np.uint8),
            pattern_alight=np.array(rows["pattern_alight"], np.uint8),
            trip_pattern=column("trip_pattern"),
            trip_service=column("trip_service"),
            trip_headsign=column("pattern_headsign"),
            trip_id=column("trip_id"),
            trip_offsets=offsets,
            arrive=column("times"),
            depart=column("times"),
            time_platform=np.zeros(len(rows["times"]), np.int32),
            service_days=np.zeros((len(week), 0), np.bool_),
            service_week=week,
            freq_trip=column("freq_trip"),
            freq_start=column("freq_start"),
            freq_end=column("freq_end"),
            freq_headway=column("freq_headway"),
            **shape_arrays(self._shapes),  # type: ignore[arg-type]
        )


def leg_metres(shape: Drawn, stops: Sequence[LonLat]) -> list[float]:
    """Metres of each leg: along the course, or as long as a way between the stops usually is."""
    metres = course_of(shape.points).metres[list(shape.stops)]
    straight = [WINDING * plane_distance_m(a, b) for a, b in pairwise(stops)]
    return [
        float(along) if is_known else guess
        for along, guess, is_known in zip(np.diff(metres), straight, shape.known, strict=True)
    ]
