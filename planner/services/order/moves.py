"""The moves of a day for the order search: what the tables say of every pair that an order may need."""

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
from planner.services.travel.by_mode import RIDDEN
from planner.services.travel.tables import SteadyMove

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from planner.buses.query.journeys.profiles import DayProfile
    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
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
    """The moves between the places of a day, whatever its order. Tables are asked for once.

    They are given up once the `deadline` is over.
    """

    def __init__(self, case: Case, deadline: Budget = ENDLESS) -> None:
        self._case = case
        self._deadline = deadline
        self._timed = case.timed
        self._tables = case.tables
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
            If the budget is over before all metres on foot are known, or the deadline before all moves are.
        """
        size = len(self._timed.stops) + 1
        steady = np.full((size, size), NEVER, dtype=np.int64)
        reserve = np.zeros((size, size), dtype=np.int64)
        walk_m = np.zeros((size, size))
        rides: dict[tuple[int, int], RideDepartures] = {}
        for pair in self._pairs():
            self._deadline.check()
            at = pair.place, pair.column
            if pair.origin == pair.destination:
                steady[at] = 0
                continue
            if with_walking:
                budget.check()
            move = self._steady(pair)
            if move is None and at_any_price:
                move = self._assumed(pair)
            if move is not None:
                reserve[at] = move.reserve_s
                steady[at] = self._timed.gather_s + move.seconds + move.reserve_s
                walk_m[at] = self._steady_walk_m(pair, move.mode, with_walking=with_walking)
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
        return self._case.town.rides is not None and any(pair.mode in RIDDEN for pair in self._pairs())

    @cached_property
    def has_gaps(self) -> bool:
        """Whether there is no way at any time between some places, rides left aside."""
        return any(self._steady(pair) is None for pair in self._pairs())

    def walked(self, place: int, column: int, leave: Instant) -> float:
        """Metres on foot, to a decimetre, of the very leg that is taken when leaving at an instant."""
        pair = self._by_ends[place, column]
        if pair.origin == pair.destination:
            return 0.0
        asked = pair.origin, pair.destination, pair.mode, leave
        if asked not in self._metres:
            depart = leave + self._timed.gather_s
            ends = self._tables.places[pair.origin], self._tables.places[pair.destination]
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
                    numbers = self._tables.number[origin.key], self._tables.number[destination.key]
                    yield _Pair(place, column, mode, *numbers)

    def _steady(self, pair: _Pair) -> SteadyMove | None:
        return self._tables.steady(pair.origin, pair.destination, pair.mode)

    def _assumed(self, pair: _Pair) -> SteadyMove:
        """What the plan assumes where nobody knows a way."""
        ends = self._tables.places[pair.origin], self._tables.places[pair.destination]
        leg = self._case.travel.leg(*ends, pair.mode, self._timed.start)
        return SteadyMove(leg.duration_s, leg.mode, self._case.group.reserves.of_mode(leg.mode))

    def _steady_walk_m(self, pair: _Pair, mode: Mode, *, with_walking: bool) -> float:
        if mode is not Mode.COACH:
            return self._tables.walked.distances_m[pair.origin][pair.destination] or 0.0
        return self.walked(pair.place, pair.column, self._timed.start) if with_walking else 0.0

    def _rides(self, pair: _Pair, days: int) -> RideDepartures | None:
        """The rides of so many days from the date on; None where there are none."""
        dates = (self._case.day.date + timedelta(days=day) for day in range(days))
        asked = [self._tables.profile(pair.origin, pair.destination, date, self._deadline) for date in dates]
        departures, arrivals = _first_in_first_out([profile for profile in asked if profile is not None])
        if len(departures) == 0:
            return None
        ends = self._tables.places[pair.origin], self._tables.places[pair.destination]
        return RideDepartures(
            departures=departures,
            arrivals=arrivals,
            gather_s=self._timed.gather_s,
            least_s=MIN_MOVE_S if all(place.site is not None for place in ends) else 0,
            reserve_s=self._case.group.reserves.of_mode(Mode.BUS),
        )


def _first_in_first_out(profiles: Sequence[DayProfile]) -> tuple[np.ndarray, np.ndarray]:
    """Departures of several days with their arrivals, none that a later one overtakes."""
    departures = np.concatenate([np.empty(0, np.int64), *(profile.departures for profile in profiles)])
    arrivals = np.concatenate([np.empty(0, np.int64), *(profile.arrivals for profile in profiles)])
    if len(departures):
        arrivals = np.minimum.accumulate(arrivals[::-1])[::-1]
    return departures, arrivals
