"""How long parties take between places: tables for the search, the real legs for what it found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.parties.rotation import BEFORE
from planner.domain.schedule.timed import Place
from planner.domain.visits import Mode
from planner.services.travel.by_bus import BusTravel
from planner.services.travel.by_coach import CoachTravel
from planner.services.travel.by_mode import RIDDEN
from planner.services.travel.on_foot import StreetTravel
from planner.services.travel.tables import least, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.services.planning.case import Case
    from planner.services.travel.by_mode import ModeTravel

SAMPLE_S = 3_600
"""Rides are looked up so many seconds apart, and the longest is taken."""

SAMPLED_S = 4 * 3600
"""For so long from the start of a stretch rides are looked up."""


@dataclass(frozen=True)
class Target:
    """Where a party goes: a place, or none where nobody moves, by a mode."""

    place: Place | None
    mode: Mode


class LegTimes:
    """Seconds of legs between the places of a day, the reserve after each leg included."""

    def __init__(self, case: Case, places: Sequence[Place]) -> None:
        self._case = case
        self._town = case.town
        self._group = case.group
        self._stand_ins = case.day.stand_in_timetable
        self._places = list({place.key: place for place in places}.values())
        self._number = {place.key: number for number, place in enumerate(self._places)}
        self._tables: dict[Mode, list[list[int | None]]] = {}
        self._known: dict[tuple[str, str, Mode, Instant, int], Instant] = {}

    @cached_property
    def _travels(self) -> dict[int, ModeTravel]:
        return {}

    def _travel(self, size: int) -> ModeTravel:
        """The legs of a party: not every bus has room for every group."""
        if size not in self._travels:
            self._travels[size] = self._case.travel_of(replace(self._group, size=size))
        return self._travels[size]

    def seconds(self, here: Place, there: Place, mode: Mode, around: Instant) -> int:
        """Seconds from leaving to being ready: always the same on foot and by coach, else never too few."""
        if mode in RIDDEN:
            return self._longest(here, there, mode, around)
        if mode is Mode.COACH and self._group.reserves.of_mode(mode) != self._group.reserves.walk_s:
            return self.ready(here, there, mode, around) - around
        cell = self._table(mode)[self._number[here.key]][self._number[there.key]]
        if cell is None:
            return self.ready(here, there, mode, around) - around
        return cell + (self._group.reserves.of_mode(mode) if cell else 0)

    def ready(self, here: Place, there: Place, mode: Mode, depart: Instant, size: int = 1) -> Instant:
        """When a party of a size that leaves at `depart` is there and the leg's reserve is over."""
        key = here.key, there.key, mode, depart, size
        if key not in self._known:
            leg = self._travel(size).leg(here, there, mode, depart)
            self._known[key] = leg.arrive + self._group.reserves.after(leg)
        return self._known[key]

    def _table(self, mode: Mode) -> list[list[int | None]]:
        if mode not in self._tables:
            kind = CoachTravel if mode is Mode.COACH else StreetTravel
            table = table_of(self._places, kind(self._town, self._group).table)
            self._tables[mode] = [
                [None if cell is None else int(cell) for cell in row] for row in table.durations_s
            ]
        return self._tables[mode]

    def _longest(self, here: Place, there: Place, mode: Mode, around: Instant) -> int:
        cells = [
            table[self._number[here.key]][self._number[there.key]] for table in self._ridden(mode, around)
        ]
        known = [cell for cell in cells if cell is not None]
        reserve = max(self._group.reserves.of_mode(one) for one in (Mode.BUS, Mode.COACH))
        if not known:
            return self.ready(here, there, mode, around) - around
        return max(known) + reserve

    def _ridden(self, mode: Mode, around: Instant) -> list[list[list[int | None]]]:
        """Tables of seconds by bus, or by what is quickest, at several times from an instant on."""
        key = mode, around
        if key not in self._samples:
            by_bus = BusTravel(self._town, self._group, stand_ins=self._stand_ins)
            times = range(around, around + SAMPLED_S, SAMPLE_S)
            tables = [table_of(self._places, partial(by_bus.table, at=at)) for at in times]
            self._samples[key] = [self._whole(table.durations_s, mode) for table in tables]
        return self._samples[key]

    @cached_property
    def _samples(self) -> dict[tuple[Mode, Instant], list[list[list[int | None]]]]:
        return {}

    def _whole(self, rows: list[list[float | None]], mode: Mode) -> list[list[int | None]]:
        whole = [[None if cell is None else int(cell) for cell in row] for row in rows]
        is_by_coach_too = mode is Mode.BEST and self._group.has_coach
        return least(whole, self._table(Mode.COACH)) if is_by_coach_too else whole


@dataclass(frozen=True)
class PartyMoves:
    """The moves of a stretch: from where each party is before it, to its own stops and to the meeting.

    All gather before they leave a meeting, each party by itself before it leaves a stop of its own.
    With `real` legs they hang on when a party leaves. `at_once` nobody needs any time: for a bound.
    """

    times: LegTimes
    origins: tuple[Place, ...]
    targets: tuple[Target, ...]
    sizes: tuple[int, ...]
    gathers: tuple[int, ...]
    whole_gather_s: int
    around: Instant
    real: bool = False
    at_once: bool = False

    def ready(self, party: int, here: int, there: int, leave: Instant, *, first: bool) -> Instant:
        """When a party is ready there (see `MoveTimes`)."""
        target = self.targets[there]
        origin = self.origins[party] if here == BEFORE else self.targets[here].place
        if self.at_once or target.place is None or origin is None or origin.key == target.place.key:
            return leave
        depart = leave + (self.whole_gather_s if first else self.gathers[party])
        if self.real:
            return self.times.ready(origin, target.place, target.mode, depart, self.sizes[party])
        return depart + self.seconds[origin.key, there]

    @cached_property
    def seconds(self) -> dict[tuple[str, int], int]:
        """Seconds by the origin's key and the number of the target."""
        places = {
            place.key: place for place in (*self.origins, *(target.place for target in self.targets)) if place
        }
        return {
            (key, there): self.times.seconds(here, target.place, target.mode, self.around)
            for there, target in enumerate(self.targets)
            for key, here in places.items()
            if target.place is not None and target.place.key != key
        }

    @property
    def is_steady(self) -> bool:
        """Whether every leg takes the same time whenever it begins."""
        return not any(target.mode in RIDDEN for target in self.targets if target.place)
