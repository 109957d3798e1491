"""Tables between the places of a day: one question asked for many pairs at once.

They say to the second what the legs of `ModeTravel` say, without geometry and directions. The order
search, the parties and the matrix all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from planner.domain.budget import ENDLESS
from planner.domain.travel_table import TravelTable
from planner.domain.visits import Mode
from planner.services.travel.by_bus import BusTravel
from planner.services.travel.by_coach import CoachTravel
from planner.services.travel.on_foot import StreetTravel, move_s

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from planner.buses.query.journeys.profiles import DayProfile
    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import Place
    from planner.services.travel.town import Town

N = TypeVar("N", int, float)


@dataclass(frozen=True)
class SteadyMove:
    """A move that takes the same time whenever it begins: what it is made with, the reserve after it."""

    seconds: int
    mode: Mode
    reserve_s: int


class DayTables:
    """What moves between places take, by their numbers; each table is worked out when first asked for."""

    def __init__(self, town: Town, group: Group, places: Sequence[Place], *, stand_ins: bool = False) -> None:
        self.places = tuple(places)
        self._town = town.with_paths(group.hardest_path)
        self._group = group
        self._stand_ins = stand_ins
        self._ridden: dict[tuple[Mode, Instant], TravelTable] = {}
        self._driven: dict[int, TravelTable] = {}
        self._profiles: dict[dt.date, dict[tuple[int, int], DayProfile]] = {}

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each place by its key."""
        return {place.key: number for number, place in enumerate(self.places)}

    @property
    def has_assumed(self) -> bool:
        """Whether some move only takes what the visit assumes: one of several places is not on the map."""
        return len(self.places) > 1 and any(place.at is None for place in self.places)

    @cached_property
    def walked(self) -> TravelTable:
        """Metres and seconds on foot."""
        return _table_of(self.places, StreetTravel(self._town, self._group).table)

    def driven(self, people: int | None = None) -> TravelTable:
        """Return metres and seconds by coach, walks to and from the kerb and getting in and out included.

        Of so many people, without a number of the whole group.
        """
        people = self._group.size if people is None else people
        if people not in self._driven:
            self._driven[people] = _table_of(self.places, partial(self._by_coach.table, people=people))
        return self._driven[people]

    def ridden(self, mode: Mode, depart: Instant) -> TravelTable:
        """Return seconds by bus or on foot of who leaves at an instant, by the best mode also by coach."""
        key = mode, depart
        if key not in self._ridden:
            ask = partial(self._by_bus.table, at=depart)
            table = _table_of(self.places, ask)
            if mode is Mode.BEST and self._group.has_coach:
                table = TravelTable(table.distances_m, _least(table.durations_s, self.driven().durations_s))
            self._ridden[key] = table
        return self._ridden[key]

    def steady(
        self, origin: int, destination: int, mode: Mode, people: int | None = None
    ) -> SteadyMove | None:
        """Return what a mode can do at any time, rides left aside: who is ready first, reserve included.

        None where there is no way. The simplest of what is equally quick is taken. Of a party it is
        its size that is asked for: fewer get into a coach sooner.
        """
        moves = (
            SteadyMove(seconds, made_with, self._group.reserves.of_mode(made_with) if seconds else 0)
            for seconds, made_with in self._always(origin, destination, mode, people)
            if seconds is not None
        )
        return min(moves, key=lambda move: move.seconds + move.reserve_s, default=None)

    def _always(
        self, origin: int, destination: int, mode: Mode, people: int | None
    ) -> Iterator[tuple[int | None, Mode]]:
        """What may be done at any time, the simplest first.

        A leg by coach that is better walked is a walk, and it keeps a walk's reserve. It then takes the
        very seconds of the walk, which no drive does: a coach is taken where it saves a second at least
        (`SAVES_S`), and getting in and out alone takes longer than the least move.
        """
        if any(self.places[number].at is None for number in (origin, destination)):
            yield self._group.assumed_leg_s, Mode.WALK if mode is Mode.BEST else mode
            return
        on_foot = _seconds(self.walked, origin, destination)
        if mode is not Mode.COACH:
            yield on_foot, Mode.WALK
        if mode is Mode.COACH or (mode is Mode.BEST and self._group.has_coach):
            driven = _seconds(self.driven(people), origin, destination)
            yield driven, Mode.WALK if driven is not None and driven == on_foot else Mode.COACH

    def profile(
        self, origin: int, destination: int, date: dt.date, budget: Budget = ENDLESS
    ) -> DayProfile | None:
        """Return every ride of a day worth taking; None without a timetable or a position.

        Raises
        ------
        OutOfTimeError
            If the budget is over before the rides of the date are known.
        """
        rides = self._town.rides
        if rides is None:
            return None
        if date not in self._profiles:
            placed = [number for number, place in enumerate(self.places) if place.at is not None]
            points: list[LonLat] = [place.at for place in self.places if place.at is not None]
            journeys = rides.journeys(self._group, stand_ins=self._stand_ins)
            rows = journeys.day_profiles(points, date, budget).profiles
            self._profiles[date] = {
                (a, b): profile
                for a, row in zip(placed, rows, strict=True)
                for b, profile in zip(placed, row, strict=True)
            }
        return self._profiles[date].get((origin, destination))

    @cached_property
    def _by_coach(self) -> CoachTravel:
        return CoachTravel(self._town, self._group)

    @cached_property
    def _by_bus(self) -> BusTravel:
        return BusTravel(self._town, self._group, stand_ins=self._stand_ins)


def _table_of(places: Sequence[Place], ask: Callable[[list[Place]], TravelTable]) -> TravelTable:
    """Metres to a decimetre and whole seconds of moves; None for places without a position."""
    placed = [number for number, place in enumerate(places) if place.at is not None]
    table = ask([places[number] for number in placed])
    distances = _spread(table.distances_m, placed, len(places))
    durations = _spread(table.durations_s, placed, len(places))
    return TravelTable(
        [[None if cell is None else round(cell, 1) for cell in row] for row in distances],
        [
            [None if cell is None else move_s(cell, a, b) for b, cell in zip(places, row, strict=True)]
            for a, row in zip(places, durations, strict=True)
        ],
    )


def _spread(rows: Sequence[Sequence[N | None]], numbers: Sequence[int], size: int) -> list[list[N | None]]:
    """Put the cells of some places where they belong among all."""
    wide: list[list[N | None]] = [[None] * size for _ in range(size)]
    for a, row in zip(numbers, rows, strict=True):
        for b, cell in zip(numbers, row, strict=True):
            wide[a][b] = cell
    return wide


def _least(*tables: Sequence[Sequence[N | None]]) -> list[list[N | None]]:
    """The least of each cell that is known."""
    return [
        [min((cell for cell in cells if cell is not None), default=None) for cells in zip(*rows, strict=True)]
        for rows in zip(*tables, strict=True)
    ]


def _seconds(table: TravelTable, origin: int, destination: int) -> int | None:
    cell = table.durations_s[origin][destination]
    return None if cell is None else int(cell)
