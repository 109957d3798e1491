"""Looks up what belongs to a ride: its calls, its shape, the departures after it and the last one back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.files import SCALE, Boarding, LineMode
from planner.buses.query.journeys.boards import PatternRun, RaptorBoard, board_of
from planner.buses.query.journeys.headways import HeadwayRun
from planner.buses.query.journeys.legs import RideLeg, StopTime
from planner.buses.query.timetable.days import DayTimes
from planner.buses.query.timetable.timetable import Timetable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.buses.query.journeys.trace import RideTaken
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat

FOLLOWING = 2
"""How many departures after the chosen one are told."""

ON_REQUEST = (Boarding.PHONE, Boarding.ASK_DRIVER)


@dataclass(frozen=True)
class RideBook:
    """The trips of some days with their board, to look up rides for a group of some size."""

    timetable: Timetable
    days: DayTimes

    @cached_property
    def board(self) -> RaptorBoard:
        """The same trips laid out for a search."""
        return board_of(self.timetable, self.days)

    def ride(self, taken: RideTaken, ready: Instant, group_size: int) -> RideLeg:
        """Return a ride of one who is ready to get on at an instant; a trip has its own time."""
        run = self.board.runs[taken.run]
        timetable, pattern = self.timetable, run.pattern
        line = int(timetable.pattern_line[pattern])
        if isinstance(run, HeadwayRun):
            trip = run.trip
            base = run.expected(ready - run.depart[taken.on])
        else:
            trip, base = self._trip(pattern, taken.trip)
        first = int(timetable.pattern_offsets[pattern])
        asked = (
            int(timetable.pattern_board[first + taken.on]),
            int(timetable.pattern_alight[first + taken.off]),
        )
        room = int(timetable.line_room[line])
        said = int(timetable.trip_headsign[trip]) or int(timetable.pattern_headsign[pattern])
        return RideLeg(
            line=timetable.texts[int(timetable.line_name[line])],
            line_name=timetable.texts[int(timetable.line_long[line])],
            mode=LineMode(int(timetable.line_mode[line])),
            headsign=timetable.texts[said],
            board=self.call(trip, taken.on, base),
            alight=self.call(trip, taken.off, base),
            estimated=bool(timetable.line_estimated[line]),
            headway_s=run.headway_s(base) if isinstance(run, HeadwayRun) else None,
            over_room=group_size > room,
            on_request=bool(set(asked) & set(ON_REQUEST)),
            room=room,
            pattern=pattern,
            trip=trip,
            trip_id=timetable.texts[int(timetable.trip_id[trip])],
            base=base,
            on=taken.on,
            off=taken.off,
            book=self,
        )

    def call(self, trip: int, at: int, base: Instant) -> StopTime:
        """Return a trip's call at a position among its stops."""
        timetable = self.timetable
        entry = int(timetable.trip_offsets[trip]) + at
        pattern = int(timetable.trip_pattern[trip])
        stop = int(timetable.pattern_stops[int(timetable.pattern_offsets[pattern]) + at])
        return StopTime(
            stop=stop,
            name=timetable.texts[int(timetable.stop_name[stop])],
            platform=timetable.platform(trip, at),
            at=timetable.position(stop),
            arrive=base + int(timetable.arrive[entry]),
            depart=base + int(timetable.depart[entry]),
        )

    def between(self, ride: RideLeg) -> tuple[StopTime, ...]:
        """Return the calls between getting on and off."""
        return tuple(self.call(ride.trip, at, ride.base) for at in range(ride.on + 1, ride.off))

    def geometry(self, ride: RideLeg) -> tuple[LonLat, ...]:
        """Return the shape of a ride."""
        timetable = self.timetable
        first = int(timetable.pattern_offsets[ride.pattern])
        start = int(timetable.shape_offsets[ride.pattern])
        here, there = (int(timetable.shape_stop[first + at]) for at in (ride.on, ride.off))
        points = np.asarray(timetable.shape_at[start + here : start + there + 1]) / SCALE
        return tuple((float(lon), float(lat)) for lon, lat in points)

    def following(self, ride: RideLeg) -> tuple[Instant, ...]:
        """Return the service day's next departures of the line from the same stop to where one gets off."""
        if ride.headway_s is not None:
            return ()
        line = int(self.timetable.pattern_line[ride.pattern])
        times: list[Instant] = []
        for run, at in self._runs_at(ride.board.stop):
            if isinstance(run, PatternRun) and int(self.timetable.pattern_line[run.pattern]) == line:
                ends = [end for end in range(at + 1, len(run.stops)) if run.stops[end] == ride.alight.stop]
                if any(run.alight[end] for end in ends):
                    times += self._after(run, at, ride)[:FOLLOWING]
        return tuple(sorted(set(times))[:FOLLOWING])

    def last_back(self, ride: RideLeg) -> Instant | None:
        """Return the service day's last direct departure back, between the same stations."""
        station = self.timetable.stop_station
        here, there = int(station[ride.alight.stop]), int(station[ride.board.stop])
        midnight = self._service_start(ride)
        last = [
            time
            for stop in np.flatnonzero(station == here).tolist()
            for run, at in self._runs_at(stop)
            if any(
                run.alight[end] and int(station[run.stops[end]]) == there
                for end in range(at + 1, len(run.stops))
            )
            and (time := self._last(run, at, midnight)) is not None
        ]
        return max(last, default=None)

    def _after(self, run: PatternRun, at: int, ride: RideLeg) -> list[Instant]:
        """The departures of the same service day after a ride's."""
        bases = self.days.bases[int(self.days.starts[run.pattern]) :]
        first = bisect_right(run.depart[at], ride.depart)
        return [run.depart[at][trip] for trip in range(first, run.trips) if bases[trip] == ride.base]

    def _runs_at(self, stop: int) -> Iterator[tuple[PatternRun | HeadwayRun, int]]:
        return ((self.board.runs[number], at) for number, at in self.board.boarding[stop])

    def _trip(self, pattern: int, number: int) -> tuple[int, Instant]:
        at = int(self.days.starts[pattern]) + number
        return int(self.days.trips[at]), int(self.days.bases[at])

    def _service_start(self, ride: RideLeg) -> Instant:
        """Where the service day of a ride begins."""
        if ride.headway_s is None:
            return ride.base
        day = self.timetable.clock.local(ride.base).date()
        return self.timetable.service_start(day)

    def _last(self, run: PatternRun | HeadwayRun, at: int, midnight: Instant) -> Instant | None:
        """The last departure of a service day from a position among a run's stops."""
        if isinstance(run, HeadwayRun):
            day_end = midnight + 86_400
            ends = [period.last + period.half for period in run.periods if midnight <= period.first < day_end]
            return max(ends) + run.depart[at] if ends else None
        first, end = (int(self.days.starts[run.pattern + more]) for more in (0, 1))
        own = np.flatnonzero(self.days.bases[first:end] == midnight)
        return run.depart[at][int(own[-1])] if len(own) else None
