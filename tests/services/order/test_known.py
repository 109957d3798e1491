"""What was found of a day for one objective is known to the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.order.proposals import Objective
from planner.domain.schedule.group import Group
from planner.services.order.find import find_order
from planner.services.order.known import known_orders
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.remembered import remembered_plan
from tests.kit.orders.big_days import big_day

if TYPE_CHECKING:
    from planner.services.travel.town import Town

SHORT_S = 0.1
OTHERS = (Objective.WAITING, Objective.WALKING, Objective.FINISH_WALKING)


@pytest.mark.parametrize("seed", ["a", *(pytest.param(str(n), marks=pytest.mark.slow) for n in range(12))])
def test_no_other_objective_gives_an_earlier_finish(skawina: Town, seed: str) -> None:
    """However little time there was: of 20 stops nothing is proved in a tenth of a second."""
    case = Case(replace(skawina), big_day(skawina, 20, f"known {seed}"), Group(22), {})
    finishes = [_finish(case, objective) for objective in OTHERS]
    assert known_orders(case)
    assert _finish(case, Objective.FINISH) <= min(finishes)


def _finish(case: Case, objective: Objective) -> int:
    order = find_order(case, objective, budget_of(SHORT_S))
    return remembered_plan(case.with_day(order.day)).finish
