"""The best orders for parties that rotate: a quick search, then CP-SAT, within a time limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant, minute_from
from planner.domain.parties.bound import least_meeting
from planner.domain.parties.likeness import alike, narrowest
from planner.domain.parties.rotation import Meeting, Rotated, rotate
from planner.domain.parties.search import search_orders
from planner.services.parties.cp_arcs import arcs_of
from planner.services.parties.cp_model import RotationModel

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.parties.rotation import MoveTimes, Rotation
    from planner.services.parties.cp_model import Solution

MOST_ARCS = 4_000
"""A larger model is not built: making it would take longer than there is time."""

SMALL, MIDDLE = 20, 36
"""With up to so many stays of all parties the solver proves soon what is best, or with luck."""

SMALL_SEARCH = (1_000, 0.25)
MIDDLE_SEARCH = (4_000, 0.5)
LAST_SEARCH = (200_000, 0.95)
"""Changes that the quick search tries, and its share of the time: before the solver, and without it."""

MEETING_SHARE = 0.65
"""Of the time left after it, what goes to the earliest meeting before the least queueing."""

HORIZON_S = 24 * 3600

MOST_RELEASES = 300
"""Holds that are looked at, one after the other, for whether they are of use."""


@dataclass(frozen=True)
class Solved:
    """The best rotation found; `proved` tells that none is better, `bound` before when no meeting can be."""

    rotated: Rotated
    proved: bool
    bound: Instant


def solve(rotation: Rotation, moves: MoveTimes, budget: Budget) -> Solved:
    """Find orders with the earliest meeting, of those with the least walking and queueing.

    The `moves` must take the same time whenever they begin. Where nothing keeps all demands, as few
    stays begin when they may not as a search has found.
    """
    least = least_meeting(rotation, moves)
    if not rotation.stops:
        rotated = rotate(rotation, [[] for _ in rotation.sizes], moves)
        return Solved(rotated, not rotated.misfits, rotated.meet)
    stays = len(rotation.sizes) * len(rotation.stops)
    is_modelled = stays <= MIDDLE and len(rotation.sizes) * len(arcs_of(rotation.stops)) <= MOST_ARCS
    trials, share = SMALL_SEARCH if stays <= SMALL else MIDDLE_SEARCH if is_modelled else LAST_SEARCH
    first = search_orders(rotation, moves, trials=trials, budget=budget.share(share))
    known = Solved(_in_line(rotation, moves, first), proved=False, bound=least)
    solved = _proved(rotation, moves, known, budget) if is_modelled else known
    return replace(solved, rotated=without_idle_holds(rotation, moves, solved.rotated))


def _proved(rotation: Rotation, moves: MoveTimes, known: Solved, budget: Budget) -> Solved:
    best, bound = known.rotated, known.bound
    latest = rotation.leave + HORIZON_S if best.misfits else max(minute_from(best.meet), *best.ready)
    model = RotationModel(rotation, moves, latest, bound)
    if best.misfits or best.meet > bound:
        if not best.misfits:
            model.hint(best)
        outcome = model.earliest_meeting(budget.rest(MEETING_SHARE))
        if outcome.is_impossible:
            return _without_a_time_to_meet(rotation, moves, known, budget)
        bound = max(bound, outcome.bound)
        best = _better(rotation, moves, best, outcome.solution)
    if best.misfits:
        return Solved(best, proved=False, bound=bound)
    model.hint(best)
    solution = model.least_on_the_way(minute_from(best.meet), budget)
    best = _better(rotation, moves, best, solution)
    is_best = solution is not None and solution.is_best and best.meet <= bound
    return Solved(best, is_best, min(bound, best.meet))


def _without_a_time_to_meet(rotation: Rotation, moves: MoveTimes, known: Solved, budget: Budget) -> Solved:
    """Where nobody can be at the meeting while it may begin, all come as soon as they can."""
    meeting, always = rotation.meeting, ((rotation.leave, None),)
    if meeting is None or (meeting.starts[0][0] <= rotation.leave and meeting.starts[0][1] is None):
        return known
    solved = _proved(
        replace(rotation, meeting=Meeting(always, meeting.buffer_s)),
        moves,
        replace(known, bound=rotation.leave),
        budget,
    )
    rotated = _better(rotation, moves, known.rotated, None, solved.rotated)
    return Solved(rotated, proved=False, bound=known.bound)


def _better(
    rotation: Rotation,
    moves: MoveTimes,
    known: Rotated,
    solution: Solution | None,
    other: Rotated | None = None,
) -> Rotated:
    """The better of what is known and of what was found, timed by the rules of the rotation itself."""
    if solution is not None:
        timed = rotate(rotation, solution.orders, moves, solution.starts)
    elif other is not None:
        timed = again(rotation, moves, other)
    else:
        return known
    return min(known, timed, key=lambda rotated: rotated.cost(rotation.sizes))


def without_idle_holds(rotation: Rotation, moves: MoveTimes, rotated: Rotated) -> Rotated:
    """Let go whoever is held back for nothing: with the same orders nothing gets worse for it."""
    orders = [[stay.stop for stay in stays] for stays in rotated.stays]
    tried = set[tuple[int, int]]()
    for _ in range(MOST_RELEASES):
        holds = _holds(rotated)
        left = sorted((start, key) for key, start in holds.items() if key not in tried)
        if not left:
            break
        key = left[0][1]
        tried.add(key)
        freed = rotate(rotation, orders, moves, {held: at for held, at in holds.items() if held != key})
        if freed.cost(rotation.sizes) <= rotated.cost(rotation.sizes) and freed != rotated:
            rotated, tried = freed, set()
    return rotated


def _holds(rotated: Rotated) -> dict[tuple[int, int], Instant]:
    return {
        (party, stay.stop): stay.start
        for party, stays in enumerate(rotated.stays)
        for stay in stays
        if stay.held
    }


def again(rotation: Rotation, moves: MoveTimes, rotated: Rotated) -> Rotated:
    """The same orders and agreed starts, timed with other moves or another meeting."""
    orders = [[stay.stop for stay in stays] for stays in rotated.stays]
    return rotate(rotation, orders, moves, _holds(rotated))


def _in_line(rotation: Rotation, moves: MoveTimes, first: tuple[list[list[int]], Rotated]) -> Rotated:
    """The same with orders dealt out so that of parties alike the first comes first, as in the model."""
    orders, rotated = first
    number = narrowest(rotation)
    groups: dict[int, list[int]] = {}
    for lead, other in alike(rotation, moves):
        group = next((members for members in groups.values() if lead in members), None)
        if group is None:
            group = groups[lead] = [lead]
        group.append(other)
    dealt = list(orders)
    for members in groups.values():
        starts = {party: _start_at(rotated, party, number) for party in members}
        for to, party in zip(
            members, sorted(members, key=lambda member: (starts[member], member)), strict=True
        ):
            dealt[to] = orders[party]
    return rotate(rotation, dealt, moves)


def _start_at(rotated: Rotated, party: int, number: int) -> Instant:
    return next(stay.start for stay in rotated.stays[party] if stay.stop == number)
