"""The search for the orders of parties: a day's stretches between meetings, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S
from planner.domain.parties.bound import least_meeting
from planner.domain.parties.parties import SplitStretch, stretches
from planner.domain.parties.rotation import rotate
from planner.domain.parties.search import search_orders
from planner.domain.schedule.walking import gather_s
from planner.domain.visits import PartyCall, PartyRoute
from planner.services.parties.conflicts import stretch_conflict
from planner.services.parties.moves import PartyLegs, PartyMoves, Target
from planner.services.parties.rotation import SplitDay, reachable, rotation_of
from planner.services.parties.solver import Solved, again, solve, without_idle_holds
from planner.services.parties.timing import local_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
    from planner.domain.order.proposals import Demand
    from planner.domain.parties.rotation import Rotated, Rotation, RotationStay
    from planner.domain.schedule.timed import Place
    from planner.domain.visits import Party
    from planner.services.planning.case import Case

BACKWARD_SHARE = 0.5
"""Of the time for a day that is planned backward, what goes to the plan from its earliest start."""

StretchOrders = Sequence[Sequence[Sequence[int]]]
"""By stretch and party, the order in which it takes the own stops, by their numbers in the stretch."""

FEW = 100
"""Changes of orders that are looked at for whether a day works at once."""

LEAST_S = 0.2
"""What a stretch is searched for however late it is."""


def searched(search: PartySearch, budget: Budget) -> PartySearch:
    """Solve a day; one that is planned backward once more, from as late a start as its orders allow."""
    ready_by = search.timed.ready_by
    search.run(budget if ready_by is None else budget.rest(BACKWARD_SHARE))
    if ready_by is None or search.finish >= ready_by:
        return search
    start = search.latest_start(ready_by)
    if start == search.start:
        return search
    later = search.beginning(start)
    later.run(budget)
    is_kept = later.finish <= ready_by and later.misfits <= search.misfits
    return later if is_kept else search


class PartySearch:
    """The stretches of a day, solved one after the other, from another start than its own if one is given.

    Legs on foot and by coach are first in first out, so a meeting that is earlier is never worse for
    the finish: solving stretch by stretch loses nothing.
    """

    def __init__(self, case: Case, parties: Sequence[Party], start: Instant | None = None) -> None:
        self._case = case
        self._clock = case.town.clock
        self._day = day = case.day
        self.timed = timed = case.timed if start is None else replace(case.timed, start=start)
        self.parties = parties
        self.split = SplitDay(day, timed, tuple(parties))
        self._legs = PartyLegs(case)
        self._calls: list[list[PartyCall]] = [[] for _ in parties]
        self._places: list[Place] = [timed.start_place for _ in parties]
        self.orders: list[list[list[int]]] = []
        self.start = self.finish = timed.start
        self.proved = True
        self.is_steady = True
        self.misfits = 0
        self.is_kept = True
        self.conflict: tuple[Demand, ...] = ()
        self.bound = timed.start

    def run(self, budget: Budget) -> None:
        """Solve all stretches; each has its share of the time, by the square of its stops."""
        found = stretches(self._day.stops)
        now = self.timed.start
        for number, stretch in enumerate(found):
            weights = [len(other.own) ** 2 for other in found[number:]]
            part = weights[0] / max(1, sum(weights))
            now = self._solve(stretch, now, budget.rest(part, least_s=LEAST_S))
        self.finish = now

    def looks_easy(self) -> bool:
        """Whether orders that keep all demands are found at once; another search is needed for good ones."""
        now = self.timed.start
        for stretch in stretches(self._day.stops):
            moves, asked = self.moves(stretch, now), rotation_of(self.split, stretch, now)
            _, rotated = search_orders(asked, moves, trials=FEW)
            if rotated.misfits:
                return False
            self.note(stretch, rotated)
            now = rotated.meet + self._stay_s(stretch)
        return self.timed.end_limit is None or now <= self.timed.end_limit

    def keep(self, orders: StretchOrders, starts: Mapping[tuple[int, int], Instant]) -> None:
        """Time orders that are given; parties begin their stays, by party and stop of the day, no earlier."""
        now = self.timed.start
        for stretch, own in zip(stretches(self._day.stops), orders, strict=True):
            moves, asked = self.moves(stretch, now), rotation_of(self.split, stretch, now)
            rotation = reachable(asked, moves)
            holds = {
                (party, number): starts[party, index]
                for party in range(len(self.parties))
                for number, index in enumerate(stretch.own)
                if (party, index) in starts
            }
            rotated = without_idle_holds(rotation, moves, rotate(rotation, own, moves, holds))
            found = Solved(rotated, proved=False, bound=least_meeting(rotation, moves))
            now = self._taken(stretch, asked, moves, found)
        self.finish = now

    def beginning(self, start: Instant) -> PartySearch:
        """The same day from another start, not yet solved."""
        return PartySearch(self._case, self.parties, start)

    def latest_start(self, ready_by: Instant) -> Instant:
        """The last whole minute from which the orders that were found keep what they keep from the first."""
        _, misfits = self._replayed(self.start)
        low, high = 0, (ready_by - self.finish) // MINUTE_S
        while low < high:
            middle = (low + high + 1) // 2
            finish, missed = self._replayed(self.start + MINUTE_S * middle)
            if finish <= ready_by and missed <= misfits:
                low = middle
            else:
                high = middle - 1
        return self.start + MINUTE_S * low

    def _replayed(self, start: Instant) -> tuple[Instant, int]:
        """When all are at the end with the orders that were found, and how many stays do not fit."""
        replay, now, misfits = self.beginning(start), start, 0
        for stretch, orders in zip(stretches(self._day.stops), self.orders, strict=True):
            moves = replay.moves(stretch, now)
            rotated = rotate(rotation_of(replay.split, stretch, now), orders, moves)
            replay.note(stretch, rotated)
            misfits += rotated.misfits
            now = rotated.meet + self._stay_s(stretch)
        return now, misfits

    def _stay_s(self, stretch: SplitStretch) -> int:
        """Seconds of the meeting at the end of a stretch."""
        return 0 if stretch.meeting is None else self.timed.stops[stretch.meeting].dwell_s

    def _solve(self, stretch: SplitStretch, leave: Instant, budget: Budget) -> Instant:
        moves, asked = self.moves(stretch, leave), rotation_of(self.split, stretch, leave)
        rotation = reachable(asked, moves)
        return self._taken(stretch, asked, moves, solve(rotation, moves, budget))

    def _taken(self, stretch: SplitStretch, asked: Rotation, moves: PartyMoves, solved: Solved) -> Instant:
        """Keep what a stretch was solved to; return when all leave its meeting, or are at the end."""
        leave, rotation, rotated = asked.leave, reachable(asked, moves), solved.rotated
        if not moves.is_steady:
            rotated = _in_real_time(rotation, replace(moves, real=True), rotated)
        self.is_steady &= moves.is_steady
        self.proved &= solved.proved and moves.is_steady
        self.misfits += rotated.misfits
        self.is_kept &= rotation == asked and not rotated.misfits
        if not self.conflict and moves.is_steady and (rotation != asked or rotated.misfits):
            self.conflict = stretch_conflict(self.split, stretch, leave, moves, self._clock)
        self.note(stretch, rotated)
        self.orders.append([[stay.stop for stay in stays] for stays in rotated.stays])
        self.bound = self._stay_s(stretch) + self._bound(rotation, moves, solved)
        return rotated.meet + self._stay_s(stretch)

    def _bound(self, rotation: Rotation, moves: PartyMoves, solved: Solved) -> Instant:
        """Before when no meeting can be, also had the stretches before been shorter than they were found."""
        if not moves.is_steady:
            return least_meeting(replace(rotation, leave=self.bound), replace(moves, at_once=True))
        if self.bound == rotation.leave:
            return solved.bound
        return least_meeting(replace(rotation, leave=self.bound), moves)

    def moves(self, stretch: SplitStretch, leave: Instant) -> PartyMoves:
        """How the parties get about in a stretch, from where they are now."""
        stops = [self.timed.stops[index] for index in stretch.own]
        last = (
            Target(self.timed.end_place, self.timed.end_mode)
            if stretch.meeting is None
            else Target(self.timed.stops[stretch.meeting].place, self.timed.stops[stretch.meeting].mode)
        )
        return PartyMoves(
            legs=self._legs,
            origins=tuple(self._places),
            targets=(*(Target(stop.place, stop.mode) for stop in stops), last),
            sizes=tuple(party.size for party in self.parties),
            gathers=tuple(gather_s(party.size) for party in self.parties),
            whole_gather_s=self.timed.gather_s,
            around=leave,
        )

    def note(self, stretch: SplitStretch, rotated: Rotated) -> None:
        """Keep what a stretch came to: the calls of its parties, and where they are after it."""
        for party, stays in enumerate(rotated.stays):
            for stay in stays:
                stop = self.timed.stops[stretch.own[stay.stop]]
                held = local_time(stay.start, self._day, self._clock) if stay.held else None
                self._calls[party].append(PartyCall(stop.id, held))
                self._places[party] = stop.place or self._places[party]
            if stretch.meeting is not None:
                stop = self.timed.stops[stretch.meeting]
                held = local_time(rotated.meet, self._day, self._clock)
                self._calls[party].append(PartyCall(stop.id, held))
                self._places[party] = stop.place or self._places[party]

    def routes(self) -> tuple[PartyRoute, ...]:
        """What was found, as a day keeps it."""
        is_backward = self.timed.ready_by is not None
        start = local_time(self.start, self._day, self._clock) if is_backward else None
        return tuple(
            PartyRoute(party.name, tuple(calls), start)
            for party, calls in zip(self.parties, self._calls, strict=True)
        )


def _in_real_time(rotation: Rotation, moves: PartyMoves, found: Rotated) -> Rotated:
    """The same orders with the real legs: each begins as soon as it can, or keeps to the agreed starts."""
    free = again(rotation, moves, replace(found, stays=_unheld(found)))
    kept = again(rotation, moves, found)
    return min(free, kept, key=lambda one: one.cost(rotation.sizes))


def _unheld(found: Rotated) -> tuple[tuple[RotationStay, ...], ...]:
    return tuple(tuple(replace(stay, held=False) for stay in stays) for stays in found.stays)
