"""That no order works is only said where it is proved; else none was found in the time given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.order.proposals import Objective, Outcome
from planner.domain.schedule.group import Group
from planner.services.order.find import find_order, propose
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from tests.kit.orders.big_days import big_day

if TYPE_CHECKING:
    from planner.domain.visits import Day
    from planner.services.travel.town import Town

SIZE = 18
LONG_S = 600.0
"""Enough on the slowest machine: both proofs take a moment."""


def ending_by(day: Day, latest: str) -> Day:
    assert day.end is not None
    return replace(day, end=replace(day.end, latest=latest))


def clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def test_too_little_time_proves_nothing(skawina: Town) -> None:
    """Half past eleven is too early for eighteen stops, but in no time nobody knows."""
    case = Case(skawina, ending_by(big_day(skawina, SIZE, "outcome"), "11:30"), Group(22), {})
    proposal = propose(case, Objective.FINISH, budget_of(-1.0))
    assert (proposal.outcome, proposal.is_change, proposal.proved) == (Outcome.NOT_FOUND, False, False)


def test_what_stays_and_moves_add_up_to_proves_it(skawina: Town) -> None:
    case = Case(skawina, ending_by(big_day(skawina, SIZE, "outcome"), "09:30"), Group(22), {})
    order = find_order(case, Objective.FINISH, budget_of(LONG_S))
    assert order.outcome is Outcome.IMPOSSIBLE
    assert all(conflict.proved for conflict in order.conflicts)


def test_a_search_that_left_nothing_out_proves_it(skawina: Town) -> None:
    """Every stop and every two of them can be kept: it is the order of all that is too much."""
    day = big_day(skawina, SIZE, "outcome")
    stops = tuple(
        replace(stop, dwell_min=10, windows=((clock(540 + 20 * at), clock(565 + 20 * at)),))
        for at, stop in enumerate(day.stops)
    )
    order = find_order(
        Case(skawina, replace(day, stops=stops), Group(22), {}), Objective.FINISH, budget_of(LONG_S)
    )
    assert order.outcome is Outcome.IMPOSSIBLE
