"""Splitting a delegation: orders for its parties so that no site holds too many, and their itineraries."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.parties import PartyItinerary, Stretch, stretches
from planner.domain.proposals import Demand
from planner.domain.rotation_bound import least_meeting
from planner.domain.visits import PartyCall, PartyRoute
from planner.domain.walking import gather_s
from planner.services.modes import RIDDEN
from planner.services.party_conflicts import stretch_conflict
from planner.services.party_moves import LegTimes, PartyMoves, Target
from planner.services.party_rotation import SplitDay, reachable, rotation_of
from planner.services.party_timing import itineraries_of, local_time
from planner.services.plan import timed_day
from planner.services.rotation_solver import Solved, again, solve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.domain.rotation import Rotated, Rotation, Stay
    from planner.domain.sites import Site
    from planner.domain.timed import Place, TimedDay
    from planner.domain.visits import Day, Party
    from planner.services.town import Town
    from planner.services.travel import Group

FINISH = "finish"
"""The earliest finish of all."""

FINISH_WAITING = "finish_waiting"
"""Every meeting, and so the finish of all, as early as can be; then the least walking and queueing of people.

Waiting at a meeting for the others is not counted: with a given finish all the time that is neither stay
nor way is waiting, and the longest way would be the best one.
"""

RIDDEN_TIMES = 3
"""How many times more real legs are looked up where it matters when they begin."""

LEAST_S = 0.2
"""What a stretch is searched for however late it is."""

TIMING_RESERVE = 1.2
"""Legs that take longer to look up than those that were measured."""


@dataclass(frozen=True)
class PartyPlan:
    """The parties' itineraries and the routes they come from, to be accepted.

    `proved` tells that nothing is better for the `objective`: FINISH_WAITING, or FINISH where that much
    is proved and the rest is only good. No finish of all is before `bound`. Where some stays begin when
    they may not, `conflict` names demands that exclude each other, as far as that was found out.
    """

    parties: tuple[PartyItinerary, ...]
    routes: tuple[PartyRoute, ...]
    proved: bool
    bound: Instant
    objective: str = FINISH_WAITING
    conflict: tuple[Demand, ...] = ()


def plan_parties(
    town: Town,
    day: Day,
    group: Group,
    sites: Mapping[str, Site],
    parties: Sequence[Party],
    time_limit_s: float,
) -> PartyPlan:
    """Find for each party its order through the stops between meetings, within about so many seconds.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    until = time.monotonic() + time_limit_s
    timed = timed_day(town, day, group, sites)
    search = _Search(town, day, timed, group, parties)
    search.run(until - _timing_s(town, day, timed, group, parties))
    routes = search.routes()
    found = itineraries_of(town, replace(day, party_routes=routes), timed, group, parties)
    finish = max(one.itinerary.finish for one in found)
    is_earliest = not search.misfits and search.bound >= finish
    return PartyPlan(
        parties=found,
        routes=routes,
        proved=search.proved or is_earliest,
        bound=finish if search.proved else min(search.bound, finish),
        objective=FINISH if is_earliest and not search.proved else FINISH_WAITING,
        conflict=search.conflict,
    )


def party_itineraries(
    town: Town, day: Day, group: Group, sites: Mapping[str, Site], parties: Sequence[Party]
) -> tuple[PartyItinerary, ...]:
    """Time the accepted routes of a day, nothing searched; a party without a route keeps to the list.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    return itineraries_of(town, day, timed_day(town, day, group, sites), group, parties)


def _timing_s(town: Town, day: Day, timed: TimedDay, group: Group, parties: Sequence[Party]) -> float:
    """Seconds that the real legs of all parties will take to look up, as those of one party tell."""
    started = time.monotonic()
    itineraries_of(town, replace(day, party_routes=()), timed, group, parties[:1])
    times = 1 if RIDDEN.isdisjoint(day.modes) else RIDDEN_TIMES
    return TIMING_RESERVE * times * len(parties) * (time.monotonic() - started)


class _Search:
    """The stretches of a day, solved one after the other.

    Legs on foot and by coach are first in first out, so a meeting that is earlier is never worse for
    the finish: solving stretch by stretch loses nothing.
    """

    def __init__(
        self,
        town: Town,
        day: Day,
        timed: TimedDay,
        group: Group,
        parties: Sequence[Party],
    ) -> None:
        self._town = town
        self._day = day
        self._timed = timed
        self._group = group
        self._parties = parties
        self._split = SplitDay(day, timed, tuple(parties))
        places = (timed.start_place, *(stop.place for stop in timed.stops), timed.end_place)
        known = [place for place in places if place is not None]
        self._times = LegTimes(town, group, known, stand_ins=day.stand_in_timetable)
        self._calls: list[list[PartyCall]] = [[] for _ in parties]
        self._places: list[Place] = [timed.start_place for _ in parties]
        self.proved = True
        self.misfits = 0
        self.conflict: tuple[Demand, ...] = ()
        self.bound = timed.start

    def run(self, until: float) -> None:
        """Solve all stretches; each has its share of the time, by the square of its stops."""
        found = stretches(self._day.stops)
        now = self._timed.start
        for number, stretch in enumerate(found):
            weights = [len(other.own) ** 2 for other in found[number:]]
            left = max(LEAST_S, until - time.monotonic())
            now = self._solve(stretch, now, left * weights[0] / max(1, sum(weights)))

    def _solve(self, stretch: Stretch, leave: Instant, limit_s: float) -> Instant:
        moves, asked = self._moves(stretch, leave), rotation_of(self._split, stretch, leave)
        rotation = reachable(asked, moves)
        solved = solve(rotation, moves, limit_s)
        rotated = solved.rotated
        if not moves.is_steady:
            rotated = _in_real_time(rotation, replace(moves, real=True), rotated)
        self.proved &= solved.proved and moves.is_steady
        self.misfits += rotated.misfits
        if not self.conflict and moves.is_steady and (rotation != asked or rotated.misfits):
            self.conflict = stretch_conflict(self._split, stretch, leave, moves, self._town.clock)
        self._note(stretch, rotated)
        dwell_s = 0 if stretch.meeting is None else self._timed.stops[stretch.meeting].dwell_s
        self.bound = dwell_s + self._bound(rotation, moves, solved)
        return rotated.meet + dwell_s

    def _bound(self, rotation: Rotation, moves: PartyMoves, solved: Solved) -> Instant:
        """Before when no meeting can be, also had the stretches before been shorter than they were found."""
        if not moves.is_steady:
            return least_meeting(replace(rotation, leave=self.bound), replace(moves, at_once=True))
        if self.bound == rotation.leave:
            return solved.bound
        return least_meeting(replace(rotation, leave=self.bound), moves)

    def _moves(self, stretch: Stretch, leave: Instant) -> PartyMoves:
        stops = [self._timed.stops[index] for index in stretch.own]
        last = (
            Target(self._timed.end_place, self._timed.end_mode)
            if stretch.meeting is None
            else Target(self._timed.stops[stretch.meeting].place, self._timed.stops[stretch.meeting].mode)
        )
        return PartyMoves(
            times=self._times,
            origins=tuple(self._places),
            targets=(*(Target(stop.place, stop.mode) for stop in stops), last),
            sizes=tuple(party.size for party in self._parties),
            gathers=tuple(gather_s(party.size) for party in self._parties),
            whole_gather_s=self._timed.gather_s,
            around=leave,
        )

    def _note(self, stretch: Stretch, rotated: Rotated) -> None:
        """Keep what a stretch came to: the calls of its parties, and where they are after it."""
        for party, stays in enumerate(rotated.stays):
            for stay in stays:
                stop = self._timed.stops[stretch.own[stay.stop]]
                held = local_time(stay.start, self._day, self._town.clock) if stay.held else None
                self._calls[party].append(PartyCall(stop.id, held))
                self._places[party] = stop.place or self._places[party]
            if stretch.meeting is not None:
                stop = self._timed.stops[stretch.meeting]
                held = (
                    local_time(rotated.meet, self._day, self._town.clock) if rotated.meet % 60 == 0 else None
                )
                self._calls[party].append(PartyCall(stop.id, held))
                self._places[party] = stop.place or self._places[party]

    def routes(self) -> tuple[PartyRoute, ...]:
        """What was found, as a day keeps it."""
        return tuple(
            PartyRoute(party.name, tuple(calls))
            for party, calls in zip(self._parties, self._calls, strict=True)
        )


def _in_real_time(rotation: Rotation, moves: PartyMoves, found: Rotated) -> Rotated:
    """The same orders with the real legs: each begins as soon as it can, or keeps to the agreed starts."""
    free = again(rotation, moves, replace(found, stays=_unheld(found)))
    kept = again(rotation, moves, found)
    return min(free, kept, key=lambda one: one.cost(rotation.sizes))


def _unheld(found: Rotated) -> tuple[tuple[Stay, ...], ...]:
    return tuple(tuple(replace(stay, held=False) for stay in stays) for stays in found.stays)
