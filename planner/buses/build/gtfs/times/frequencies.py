"""frequencies.txt: exact ones become trips of their own, headways keep a template."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.buses.build.gtfs.tables import Clock, FeedTable, whole_number
from planner.domain.clock import DAY_S
from planner.errors import SourceFileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.buses.build.gtfs.clip import Clipped
    from planner.buses.build.gtfs.files import FeedFiles
    from planner.buses.build.gtfs.tables import Dropped
    from planner.buses.build.gtfs.trips import Trip

MOST_TRIPS = 200_000
"""More trips than this from exact frequencies are a mistake in the table."""


@dataclass(frozen=True)
class TripRun:
    """A trip that runs, or a template: the calls of a row of the clipped trips, moved by some seconds."""

    row: int
    shift_s: int
    id: str
    is_template: bool = False


@dataclass(frozen=True)
class Headway:
    """From start to end (at the template's first kept stop) one leaves every so many seconds."""

    run: int
    start: int
    end: int
    headway: int


@dataclass(frozen=True)
class Period:
    """From start to end one leaves every so many seconds; exact ones by the clock."""

    start: int
    end: int
    headway: int
    exact: bool

    def starts(self) -> range:
        """Return when its trips start, in seconds of the service day."""
        return range(self.start, self.end, self.headway)


def runs_of(
    files: FeedFiles,
    periods: Mapping[str, Sequence[Period]],
    trips: Sequence[Trip],
    clipped: Clipped,
    dropped: Dropped,
) -> tuple[list[TripRun], list[Headway]]:
    """Return every trip that runs, and the headways; `trips` are those of the clipped rows.

    Raises
    ------
    SourceFileError
        If exact frequencies make more trips than can be.
    """
    runs: list[TripRun] = []
    headways: list[Headway] = []
    by_trip = clipped.by_trip
    firsts = by_trip.calls.depart[by_trip.offsets[:-1]].tolist()
    cuts = clipped.cut_s.tolist()
    for row, trip in enumerate(trips):
        own = periods.get(trip.id)
        if own is None:
            runs.append(TripRun(row, 0, trip.id))
            continue
        dropped.add("trips whose headway periods cannot be read", not own)
        loose = [period for period in own if not period.exact]
        if loose:
            headways += [
                Headway(len(runs), period.start + cuts[row], period.end + cuts[row], period.headway)
                for period in loose
            ]
            runs.append(TripRun(row, -firsts[row], trip.id, is_template=True))
        exact = [period for period in own if period.exact]
        if len(runs) + sum(len(period.starts()) for period in exact) > MOST_TRIPS + len(by_trip.trips):
            msg = f"{files.name}: frequencies.txt makes more than {MOST_TRIPS} trips: check its headways"
            raise SourceFileError(msg)
        begin = firsts[row] - cuts[row]
        runs += [
            TripRun(row, start - begin, f"{trip.id}@{_clock_text(start)}")
            for period in exact
            for start in period.starts()
        ]
    return runs, headways


def read_periods(files: FeedFiles, dropped: Dropped) -> dict[str, list[Period]]:
    """By trip: a trip named here is a template, also where none of its periods can be read.

    A period that ends before it starts ends on the next day.
    """
    if "frequencies.txt" not in files:
        return {}
    clock = Clock()
    periods: dict[str, list[Period]] = defaultdict(list)
    table = FeedTable(
        files, "frequencies.txt", ("trip_id", "start_time", "end_time", "headway_secs"), ("exact_times",)
    )
    for _, (trip, start_text, end_text, headway_text, exact) in table.rows():
        own = periods[trip]
        start, end = clock.seconds(start_text), clock.seconds(end_text)
        headway = whole_number(headway_text) or 0
        if 0 <= end < start:
            end += -(-(start - end) // DAY_S) * DAY_S
        if start < 0 or end <= start or headway <= 0:
            dropped.add("headway periods that cannot be read")
            continue
        own.append(Period(start, end, headway, whole_number(exact) == 1))
    return dict(periods)


def _clock_text(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
