"""Where no orders of parties keep all demands: stays made shorter by few minutes, fairly, until some do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode, applied, least_min
from planner.domain.order.proposals import Cut
from planner.domain.parties.cuts import CutQuestion, CutStop, PartyStep, PartyWay
from planner.domain.parties.parties import stretches
from planner.domain.parties.rotation import BEFORE, rotate
from planner.services.parties.cut_model import CutModel
from planner.services.parties.rotation import rotation_of, starts_of
from planner.services.parties.search import PartySearch
from planner.services.parties.timing import capacity_of
from planner.services.planning.case import Case, dwell_s

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.parties.rotation import MoveTimes, Rotation
    from planner.domain.visits import Day, Party, PartyRoute
    from planner.services.parties.search import StretchOrders

AT_ONCE = 4
"""Of the minutes cut, one in so many is given back before orders are looked for anew."""

SHARE = 0.4
"""Of what is left, the time that each search for other orders has."""


@dataclass(frozen=True)
class CutDay:
    """A day with stays cut, what its parties come to, and whether along their orders nothing is better."""

    case: Case
    search: PartySearch
    cuts: tuple[Cut, ...]
    proved: bool


def may_cut(day: Day) -> bool:
    """Whether any stay of a day may be shorter than it is."""
    return any(least_min(stop) < stop.dwell_min for stop in day.stops)


def cut_along(case: Case, parties: Sequence[Party], orders: StretchOrders, budget: Budget) -> CutDay | None:
    """Cut the fewest minutes, as fairly as can be, with which orders work; None where none do, or no time."""
    search = PartySearch(case, parties)
    question = _question(case, search, orders)
    found = CutModel(question).fairest(budget)
    if found is None:
        return None
    edit = _cuts(case.day, found.minutes)
    cut = case.with_day(applied(case.day, edit))
    timed = PartySearch(cut, parties)
    timed.keep(orders, found.starts)
    if timed.misfits or not is_in_time(timed):
        return None
    return CutDay(cut, timed, edit.cuts, found.proved and timed.is_steady)


def good_cuts(case: Case, parties: Sequence[Party], orders: StretchOrders, budget: Budget) -> CutDay | None:
    """Cut few minutes, from the orders found for whole stays on: orders and cuts are looked for in turn.

    Along each set of orders the fewest and fairest cuts are known for certain, over all of them they are
    good. Orders are looked for with the shortest stays, then with stays to which some of the minutes cut
    were given back.
    """
    best = cut_along(case, parties, orders, budget)
    stays = _shortest(case.day)
    while not budget.is_over():
        search = PartySearch(case.with_day(applied(case.day, stays)), parties)
        search.run(budget.rest(SHARE))
        again = None if search.misfits else cut_along(case, parties, search.orders, budget)
        if again is not None and (best is None or _cost(case, again) < _cost(case, best)):
            best = again
        elif stays != _shortest(case.day):
            break
        if best is None or not best.cuts:
            break
        stays = _given_back(case.day, best.cuts)
    return best


def is_in_time(search: PartySearch) -> bool:
    """Whether all parties are at the end by the latest time that a day may end."""
    limit = search.timed.end_limit
    return limit is None or search.finish <= limit


def orders_of(case: Case, routes: Sequence[PartyRoute], parties: Sequence[Party]) -> list[list[list[int]]]:
    """Return accepted routes as orders by stretch; each names every stop of the day (`routes_fit`)."""
    ids = [stop.id for stop in case.day.stops]
    route_of = {route.party: route for route in routes}
    at = {
        party.name: {call.stop: place for place, call in enumerate(route_of[party.name].calls)}
        for party in parties
    }
    return [
        [
            sorted(range(len(stretch.own)), key=lambda number: at[party.name][ids[stretch.own[number]]])
            for party in parties
        ]
        for stretch in stretches(case.day.stops)
    ]


def _question(case: Case, search: PartySearch, orders: StretchOrders) -> CutQuestion:
    """The day along its orders: how long each party takes from stop to stop, told stretch by stretch."""
    ways: list[list[PartyStep]] = [[] for _ in search.parties]
    last_s = [0] * len(ways)
    now = search.timed.start
    for stretch, own in zip(stretches(case.day.stops), orders, strict=True):
        moves, rotation = search.moves(stretch, now), rotation_of(search.split, stretch, now)
        for party, order in enumerate(own):
            *seconds, on_s = _seconds(moves, party, order, rotation)
            ways[party] += [
                PartyStep(stretch.own[number], ready_s)
                for number, ready_s in zip(order, seconds, strict=True)
            ]
            if stretch.meeting is None:
                last_s[party] = on_s
            else:
                buffer_s = search.timed.stops[stretch.meeting].buffer_s
                ways[party].append(PartyStep(stretch.meeting, on_s + buffer_s))
        rotated = rotate(rotation, own, moves)
        search.note(stretch, rotated)
        now = rotated.meet
    return CutQuestion(
        start=search.timed.start,
        stops=tuple(_stop(case, number) for number in range(len(case.day.stops))),
        ways=tuple(
            PartyWay(party.size, tuple(steps), own_s)
            for party, steps, own_s in zip(search.parties, ways, last_s, strict=True)
        ),
        limit=search.timed.end_limit,
    )


def _seconds(moves: MoveTimes, party: int, order: Sequence[int], rotation: Rotation) -> Iterator[int]:
    """Seconds from leaving the one before to being ready for each stop, and last for the meeting or end."""
    here, leave = BEFORE, rotation.leave
    for at, number in enumerate(order):
        stop = rotation.stops[number]
        yield moves.ready(party, here, number, leave, first=not at) + stop.buffer_s - leave
        here = number if stop.has_place else here
    yield moves.ready(party, here, len(rotation.stops), leave, first=not order) - leave


def _stop(case: Case, number: int) -> CutStop:
    stop, timed = case.day.stops[number], case.timed.stops[number]
    lengths = range(stop.dwell_min, least_min(stop) - 1, -1)
    dwells = tuple(dwell_s(stop, minutes, case.group.interpreter) for minutes in lengths)
    return CutStop(
        dwells=dwells,
        starts=tuple(starts_of(replace(timed, dwell_s=dwell), case.timed.start) for dwell in dwells),
        capacity=None if stop.meets else capacity_of(stop, timed.place),
        together=stop.meets,
    )


def _cuts(day: Day, minutes: Iterable[int]) -> Remedy:
    """The edit that cuts so many minutes off each stay."""
    pairs = zip(day.stops, minutes, strict=True)
    return Remedy(RemedyCode.CUT, cuts=tuple(Cut(stop.id, lost) for stop, lost in pairs if lost))


def _shortest(day: Day) -> Remedy:
    return _cuts(day, (stop.dwell_min - least_min(stop) for stop in day.stops))


def _given_back(day: Day, cuts: Sequence[Cut]) -> Remedy:
    """The cuts with a part of the minutes given back, each to the stay that then loses the largest share."""
    lost = {cut.stop: cut.minutes for cut in cuts}
    dwells = {stop.id: max(1, stop.dwell_min) for stop in day.stops}
    for _ in range(max(1, sum(lost.values()) // AT_ONCE)):
        most = max(lost, key=lambda stop: lost[stop] / dwells[stop])
        lost[most] -= 1
    return _cuts(day, (lost.get(stop.id, 0) for stop in day.stops))


def _cost(case: Case, cut: CutDay) -> tuple[int, list[Fraction]]:
    """What ways to cut are compared by: minutes, then the shares from the largest down."""
    lost = {one.stop: one.minutes for one in cut.cuts}
    shares = (Fraction(lost.get(stop.id, 0), max(1, stop.dwell_min)) for stop in case.day.stops)
    return sum(lost.values()), sorted(shares, reverse=True)
