"""Why a stop that may be left out was: the demands that exclude each other once it is put in again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.budget import OutOfTimeError
from planner.domain.order.part import smaller
from planner.domain.order.proposals import Conflict, LeftOut
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.order.reasons import Reasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.budget import Budget
    from planner.domain.order.moves import MoveTable
    from planner.domain.schedule.timed import TimedDay, TimedStop
    from planner.services.planning.case import Case


def reasons_of(asked: Case, ordered: Case, gone: Sequence[int], budget: Budget) -> tuple[LeftOut, ...]:
    """Return the stops that a day does without, each with what excludes it beside those that are kept.

    `ordered` is the day as found, with the stays that were cut; no stay is cut for a stop that may be left
    out, so none may be here.
    """
    timed = asked.timed
    kept = {stop.id: stop for stop in ordered.timed.stops}
    stops = tuple(_as_it_is(kept.get(stop.id, stop)) for stop in timed.stops)
    numbers = [number for number, stop in enumerate(timed.stops) if stop.id in kept]
    timed = replace(timed, stops=stops)
    try:
        budget.check()
        moves = DayMoves(asked).moves(days=2, at_any_price=True)
    except OutOfTimeError:
        return tuple(LeftOut(timed.stops[number].id) for number in gone)
    return tuple(
        _left_out(asked, timed, moves, sorted((*numbers, number)), number, budget) for number in gone
    )


def _as_it_is(stop: TimedStop) -> TimedStop:
    return replace(stop, min_dwell_s=None)


def _left_out(
    case: Case, timed: TimedDay, moves: MoveTable, numbers: Sequence[int], number: int, budget: Budget
) -> LeftOut:
    """One of them, beside those that are kept."""
    own = timed.stops[number].id
    part = replace(timed, stops=tuple(timed.stops[one] for one in numbers))
    table = smaller(problem_of(timed, moves), numbers).moves
    try:
        found = list(Reasons(part, table, case.town.clock, budget.rest()).all())
    except OutOfTimeError:
        found = []
    return LeftOut(own, next(iter(sorted(found, key=lambda reason: not _names(reason, own))), None))


def _names(reason: Conflict, stop: str) -> bool:
    return any(demand.stop == stop for demand in reason.demands)
