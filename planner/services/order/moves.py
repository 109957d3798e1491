"""The moves of a day for the order search: tables on foot and by coach, profiles of the day's rides.

They say to the second what the legs of the plan say (`ModeTravel`), without geometry and directions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.budget import ENDLESS
from planner.domain.itinerary import PartKind
from planner.domain.order.moves import NEVER, MoveTable, RideDepartures
from planner.domain.schedule.walking import MIN_MOVE_S
from planner.domain.visits import Mode
from planner.services.travel.by_coach import CoachTravel
from planner.services.travel.by_mode import RIDDEN
from planner.services.travel.on_foot import StreetTravel
from planner.services.travel.tables import table_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from planner.buses.query.journeys.profiles import DayProfile
    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.domain.schedule.timed import Place
    from planner.domain.travel_table import TravelTable
    from planner.services.planning.case import Case


@dataclass(frozen=True)
class _Pair:
    """From one place to another, by a mode: where it stands among the moves, and among the tables' places."""

    place: int
    column: int
    mode: Mode
    origin: int
    destination: int


class DayMoves:
    """The moves between the places of a day, whatever its order. Tables are asked for once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._town = case.town
        self._timed = timed = case.timed
        self._group = case.group
        places = [timed.start_place, *(stop.place for stop in timed.stops if stop.place), timed.end_place]
        by_key = {place.key: place for place in places if place is not None}
        self._places = list(by_key.values())
        self._number = {key: number for number, key in enumerate(by_key)}
        self._metres: dict[tuple[int, int, Mode, Instant], float] = {}

    def moves(
        self,
        *,
        days: int = 1,
        with_walking: bool = False,
        at_any_price: bool = False,
        budget: Budget = ENDLESS,
    ) -> MoveTable:
        """Return the moves; rides are those that leave within so many days from the date on.

        Parameters
        ----------
        with_walking
            Whether metres on foot are needed of moves by coach, each of which must be worked out.
        at_any_price
            Whether to go on over a pair without a way, as the plan does, with the time it assumes.

        Raises
        ------
        OutOfTimeError
            If the budget is over before all metres on foot are known.
        """
        size = len(self._timed.stops) + 1
        steady = np.full((size, size), NEVER, dtype=np.int64)
        reserve = np.zeros((size, size), dtype=np.int64)
        walk_m = np.zeros((size, size))
        rides: dict[tuple[int, int], RideDepartures] = {}
        for pair in self._pairs():
            at = pair.place, pair.column
            if pair.origin == pair.destination:
                steady[at] = 0
                continue
            if with_walking:
                budget.check()
            seconds, mode = self._steady(pair)
            if seconds is None and at_any_price:
                seconds, mode = self._assumed(pair)
            if seconds is not None:
                reserve[at] = self._group.reserves.of_mode(mode)
                steady[at] = self._timed.gather_s + seconds + reserve[at]
                walk_m[at] = self._steady_walk_m(pair, mode, with_walking=with_walking)
            own = self._rides(pair, days) if pair.mode in RIDDEN else None
            if own is not None:
                rides[at] = own
        return MoveTable(steady, reserve, self.walked, rides, walk_m if with_walking else None)

    def days_until(self, date: dt.date) -> int:
        """Days from the date of the day to another one, 0 for an earlier one."""
        return max(0, (date - self._case.day.date).days)

    @cached_property
    def may_ride(self) -> bool:
        """Whether some way may be a ride, on whatever date there are any."""
        return self._town.rides is not None and any(pair.mode in RIDDEN for pair in self._pairs())

    @cached_property
    def has_gaps(self) -> bool:
        """Whether there is no way at any time between some places, rides left aside."""
        return any(self._steady(pair)[0] is None for pair in self._pairs())

    def walked(self, place: int, column: int, leave: Instant) -> float:
        """Metres on foot, to a decimetre, of the very leg that is taken when leaving at an instant."""
        pair = self._by_ends[place, column]
        if pair.origin == pair.destination:
            return 0.0
        asked = pair.origin, pair.destination, pair.mode, leave
        if asked not in self._metres:
            depart = leave + self._timed.gather_s
            ends = self._places[pair.origin], self._places[pair.destination]
            leg = self._case.travel.leg(*ends, pair.mode, depart)
            walks = (part.distance_m for part in leg.parts if part.kind is PartKind.WALK)
            self._metres[asked] = sum(round(metres, 1) for metres in walks)
        return self._metres[asked]

    @cached_property
    def _by_ends(self) -> dict[tuple[int, int], _Pair]:
        return {(pair.place, pair.column): pair for pair in self._pairs()}

    def _pairs(self) -> Iterator[_Pair]:
        """Every move that an order may need; nobody moves to a stop without a place."""
        timed, end = self._timed, len(self._timed.stops)
        starts = [(0, timed.start_place), *((n + 1, s.place) for n, s in enumerate(timed.stops) if s.place)]
        goals = [(n, s.place, s.mode) for n, s in enumerate(timed.stops) if s.place]
        if timed.end_place is not None:
            goals.append((end, timed.end_place, timed.end_mode))
        for place, origin in starts:
            for column, destination, mode in goals:
                if place != column + 1:
                    numbers = self._number[origin.key], self._number[destination.key]
                    yield _Pair(place, column, mode, *numbers)

    def _steady(self, pair: _Pair) -> tuple[int | None, Mode]:
        """Seconds that a pair takes at any time, on foot or by coach, and which it is; None without a way."""
        options = [
            (seconds + self._group.reserves.of_mode(mode), rank, seconds, mode)
            for rank, (seconds, mode) in enumerate(self._always(pair))
            if seconds is not None
        ]
        if not options:
            return None, Mode.WALK
        _, _, seconds, mode = min(options)
        return seconds, mode

    def _always(self, pair: _Pair) -> Iterator[tuple[int | None, Mode]]:
        """What may be done at any time, the simplest first."""
        at = pair.origin, pair.destination
        if any(self._places[number].at is None for number in at):
            yield MIN_MOVE_S, Mode.WALK if pair.mode is Mode.BEST else pair.mode
            return
        on_foot = _seconds(self._on_foot, *at)
        if pair.mode is not Mode.COACH:
            yield on_foot, Mode.WALK
        if pair.mode is Mode.COACH or (pair.mode is Mode.BEST and self._group.has_coach):
            driven = _seconds(self._by_coach, *at)
            yield driven, Mode.WALK if driven is not None and driven == on_foot else Mode.COACH

    def _assumed(self, pair: _Pair) -> tuple[int, Mode]:
        ends = self._places[pair.origin], self._places[pair.destination]
        leg = self._case.travel.leg(*ends, pair.mode, self._timed.start)
        return leg.duration_s, leg.mode

    def _steady_walk_m(self, pair: _Pair, mode: Mode, *, with_walking: bool) -> float:
        if mode is not Mode.COACH:
            return self._on_foot.distances_m[pair.origin][pair.destination] or 0.0
        return self.walked(pair.place, pair.column, self._timed.start) if with_walking else 0.0

    def _rides(self, pair: _Pair, days: int) -> RideDepartures | None:
        ends = self._places[pair.origin], self._places[pair.destination]
        if self._town.rides is None or any(place.at is None for place in ends):
            return None
        profiles = [self._profiles[day][pair.origin][pair.destination] for day in range(days)]
        departures, arrivals = _first_in_first_out(profiles)
        if len(departures) == 0:
            return None
        is_between_sites = ends[0].site is not None and ends[1].site is not None
        return RideDepartures(
            departures=departures,
            arrivals=arrivals,
            gather_s=self._timed.gather_s,
            least_s=MIN_MOVE_S if is_between_sites else 0,
            reserve_s=self._group.reserves.of_mode(Mode.BUS),
        )

    @cached_property
    def _on_foot(self) -> TravelTable:
        return table_of(self._places, StreetTravel(self._town, self._group).table)

    @cached_property
    def _by_coach(self) -> TravelTable:
        return table_of(self._places, CoachTravel(self._town, self._group).table)

    @cached_property
    def _profiles(self) -> _ProfilesByDay:
        return _ProfilesByDay(self._case, self._places)


class _ProfilesByDay:
    """Profiles between all places on a date and those after it, by the numbers of the places."""

    def __init__(self, case: Case, places: list[Place]) -> None:
        rides = case.town.rides
        if rides is None:
            msg = "there are no rides without a timetable"
            raise ValueError(msg)
        self._journeys = rides.journeys(case.group, stand_ins=case.day.stand_in_timetable)
        self._date = case.day.date
        self._points: list[LonLat] = [place.at for place in places if place.at is not None]
        placed = [number for number, place in enumerate(places) if place.at is not None]
        self._among = {number: row for row, number in enumerate(placed)}
        self._known: dict[int, dict[int, dict[int, DayProfile]]] = {}

    def __getitem__(self, day: int) -> dict[int, dict[int, DayProfile]]:
        """Return the profiles of a day counted from the date."""
        if day not in self._known:
            profiles = self._journeys.day_profiles(self._points, self._date + timedelta(days=day)).profiles
            self._known[day] = {
                a: {b: profiles[row][column] for b, column in self._among.items()}
                for a, row in self._among.items()
            }
        return self._known[day]


def _first_in_first_out(profiles: list[DayProfile]) -> tuple[np.ndarray, np.ndarray]:
    """Departures of several days with their arrivals, none that a later one overtakes."""
    departures = np.concatenate([profile.departures for profile in profiles])
    arrivals = np.concatenate([profile.arrivals for profile in profiles])
    if len(departures):
        arrivals = np.minimum.accumulate(arrivals[::-1])[::-1]
    return departures, arrivals


def _seconds(table: TravelTable, origin: int, destination: int) -> int | None:
    cell = table.durations_s[origin][destination]
    return None if cell is None else int(cell)
