"""A move to a site that nobody has placed yet takes in the search for an order what the plan assumes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.domain.order.problem import walk_through
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop
from planner.services.order.moves import DayMoves
from planner.services.order.problem import problem_of
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from tests.kit.random_days import SITES

if TYPE_CHECKING:
    from planner.services.travel.town import Town

UNPLACED = next(site.id for site in SITES.values() if site.location.at is None)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("has_coach", [False, True])
def test_its_reserve_is_that_of_the_plan(skawina: Town, mode: Mode, *, has_coach: bool) -> None:
    start = DayStart(PlaceRef(site="muzeum"), "09:00")
    stops = (Stop("s1", place=PlaceRef(site=UNPLACED)), Stop("s2", place=PlaceRef(site="ratusz")))
    day = Day(dt.date(2026, 12, 7), start, DayEnd(PlaceRef(site="teznia")), mode, stops)
    group = Group(20, 4.0, has_coach=has_coach, reserves=Reserves(walk_s=60, bus_s=600, coach_s=300))
    case = Case(skawina, day, group, SITES)
    plan = plan_day(case)
    walked = walk_through(problem_of(case.timed, DayMoves(case).moves()), (0, 1))
    assert walked is not None
    assert walked.leaves[0] == plan.calls[0].leave
    assert walked.leaves[1] == plan.calls[1].leave
