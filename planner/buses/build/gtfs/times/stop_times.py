"""stop_times.txt: the calls of the trips that are kept, as they stand there."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.build.gtfs.tables import BAD_TIME, NO_TIME, Clock, FeedTable, whole_number
from planner.buses.build.gtfs.trips import Calls
from planner.buses.files import Boarding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.buses.build.gtfs.files import FeedFiles
    from planner.buses.build.gtfs.stops import Stops
    from planner.buses.build.gtfs.tables import Dropped

NEEDED = ("trip_id", "stop_id", "stop_sequence")
WANTED = ("arrival_time", "departure_time", "pickup_type", "drop_off_type", "stop_headsign")
WINDOW = (
    "start_pickup_drop_off_window", "end_pickup_drop_off_window", "location_id", "location_group_id",
)  # fmt: skip
"""What tells that a vehicle comes when it is asked for, to a stop or anywhere in a zone."""

COLUMNS = 9


def read_calls(files: FeedFiles, trips: Mapping[str, int], stops: Stops, dropped: Dropped) -> Calls:
    """Read stop_times.txt: the calls of known trips."""
    reader = _Reader(trips, stops.rows)
    for _, row in FeedTable(files, "stop_times.txt", NEEDED, (*WANTED, *WINDOW)).rows():
        reader.read(row)
    for reason, count in reader.left.items():
        dropped.add(reason, count)
    numbers = (np.array(column, np.int64) for column in reader.columns)
    return _on_request(Calls(*numbers, list(reader.texts)), stops)  # type: ignore[call-arg, arg-type]


@dataclass
class _Reader:
    """Puts rows into the columns of `Calls`, in their order, and counts what it leaves out."""

    trips: Mapping[str, int]
    stops: Mapping[str, int]
    clock: Clock = field(default_factory=Clock)
    texts: dict[str, int] = field(default_factory=lambda: {"": 0})
    left: Counter[str] = field(default_factory=Counter)
    columns: tuple[array[int], ...] = field(default_factory=lambda: tuple(array("q") for _ in range(COLUMNS)))

    def read(self, row: Sequence[str]) -> None:
        """Read a row, with the columns that are needed and wanted."""
        trip, stop, sequence, arrive, depart, pickup, drop_off, said, *window = row
        trip_row, stop_row = self.trips.get(trip, -1), self.stops.get(stop, -1)
        is_on_demand = any(window)
        if trip_row < 0 or (stop_row < 0 and not is_on_demand):
            where = "of trips" if trip_row < 0 else "at stops"
            self.left[f"calls {where} that are not listed or left out"] += 1
            return
        number = whole_number(sequence)
        values = (
            trip_row,
            BAD_TIME if number is None else number,
            max(stop_row, 0),
            NO_TIME if is_on_demand else self.clock.seconds(arrive),
            NO_TIME if is_on_demand else self.clock.seconds(depart),
            self._boarding(pickup),
            self._boarding(drop_off),
            self.texts.setdefault(said, len(self.texts)),
            int(is_on_demand),
        )
        for column, value in zip(self.columns, values, strict=True):
            column.append(value)

    def _boarding(self, text: str) -> int:
        """How one gets on or off; where nobody can read it, one does not."""
        code = whole_number(text) if text else Boarding.REGULAR
        if code in _CODES:
            return int(code)
        self.left["boarding codes that cannot be read, so that nobody gets on or off there"] += 1
        return Boarding.NONE


_CODES = frozenset(Boarding)


def _on_request(calls: Calls, stops: Stops) -> Calls:
    """At a stop on request one gets on and off by a sign to the driver, unless the feed says otherwise."""
    asks = stops.on_request[calls.stop]
    board, alight = (
        np.where(asks & (kind == Boarding.REGULAR), Boarding.ASK_DRIVER, kind)
        for kind in (calls.board, calls.alight)
    )
    return Calls(**{**vars(calls), "board": board, "alight": alight})
