"""How long parties take between places: tables for the search, the real legs for what it found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.parties.rotation import BEFORE
from planner.domain.schedule.timed import Place
from planner.domain.visits import Mode
from planner.services.travel.by_mode import RIDDEN

if TYPE_CHECKING:
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


class PartyLegs:
    """The legs of parties of a day: as the tables have them, and as they really are."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._tables = case.tables
        self._reserves = case.group.reserves
        self._travels: dict[int, ModeTravel] = {}
        self._known: dict[tuple[str, str, Mode, Instant, int], Instant] = {}

    def ready(self, here: Place, there: Place, mode: Mode, depart: Instant, size: int = 1) -> Instant:
        """Return when a party of a size that leaves at `depart` is there and the leg's reserve is over."""
        key = here.key, there.key, mode, depart, size
        if key not in self._known:
            leg = self._travel(size).leg(here, there, mode, depart)
            self._known[key] = leg.arrive + self._reserves.after(leg)
        return self._known[key]

    def seconds(self, here: Place, there: Place, mode: Mode, around: Instant, size: int = 1) -> int:
        """Return the seconds from leaving to being ready: on foot and by coach always the same, else no less.

        A party is as long in getting into a coach as its size says.

        Where nobody knows a way it is what the plan assumes.
        """
        ends = self._tables.number[here.key], self._tables.number[there.key]
        seconds = self._longest(*ends, mode, around) if mode in RIDDEN else self._steady(*ends, mode, size)
        return self.ready(here, there, mode, around, size) - around if seconds is None else seconds

    def _travel(self, size: int) -> ModeTravel:
        """What answers a party: not every bus has room for every group."""
        if size not in self._travels:
            self._travels[size] = self._case.travel_of(replace(self._case.group, size=size))
        return self._travels[size]

    def _steady(self, origin: int, destination: int, mode: Mode, size: int) -> int | None:
        move = self._tables.steady(origin, destination, mode, size)
        return None if move is None else move.seconds + move.reserve_s

    def _longest(self, origin: int, destination: int, mode: Mode, around: Instant) -> int | None:
        """The longest of what rides take at several times from an instant on, and the longest reserve."""
        times = range(around, around + SAMPLED_S, SAMPLE_S)
        cells = [self._tables.ridden(mode, at).durations_s[origin][destination] for at in times]
        longest = max((int(cell) for cell in cells if cell is not None), default=None)
        if longest is None:
            return None
        return longest + max(self._reserves.of_mode(made_with) for made_with in (Mode.BUS, Mode.COACH))


@dataclass(frozen=True)
class PartyMoves:
    """The moves of a stretch: from where each party is before it, to its own stops and to the meeting.

    All gather before they leave a meeting, each party by itself before it leaves a stop of its own.
    With `real` legs they hang on when a party leaves. `at_once` nobody needs any time: for a bound.
    """

    legs: PartyLegs
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
            return self.legs.ready(origin, target.place, target.mode, depart, self.sizes[party])
        return depart + self.seconds[self.sizes[party], origin.key, there]

    @cached_property
    def seconds(self) -> dict[tuple[int, str, int], int]:
        """Seconds by the party's size, the origin's key and the number of the target."""
        places = {
            place.key: place for place in (*self.origins, *(target.place for target in self.targets)) if place
        }
        return {
            (size, key, there): self.legs.seconds(here, target.place, target.mode, self.around, size)
            for size in set(self.sizes)
            for there, target in enumerate(self.targets)
            for key, here in places.items()
            if target.place is not None and target.place.key != key
        }

    @property
    def is_steady(self) -> bool:
        """Whether every leg takes the same time whenever it begins."""
        return not any(target.mode in RIDDEN for target in self.targets if target.place)
