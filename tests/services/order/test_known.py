"""What was found of a day for one objective is known to the others."""

from __future__ import annotations

from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING

import pytest

from planner.domain.budget import Budget
from planner.domain.order.proposals import Objective
from planner.domain.schedule.group import Group
from planner.domain.visits import Mode
from planner.services.order.find import find_order
from planner.services.order.known import known_orders
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.remembered import remembered_plan
from tests.kit.orders.big_days import big_day

if TYPE_CHECKING:
    from planner.services.travel.town import Town

SHORT_S = 0.1
CPU_S = 2.0
OTHERS = (Objective.WAITING, Objective.WALKING, Objective.FINISH_WALKING)


@pytest.mark.dear
@pytest.mark.parametrize("seed", ["a", *(pytest.param(str(n), marks=pytest.mark.slow) for n in range(12))])
def test_no_other_objective_gives_an_earlier_finish(skawina: Town, seed: str) -> None:
    """However little time there was: of 20 stops nothing is proved in a tenth of a second."""
    case = Case(replace(skawina), big_day(skawina, 20, f"known {seed}"), Group(22), {})
    finishes = [_finish(case, objective) for objective in OTHERS]
    assert known_orders(case)
    assert _finish(case, Objective.FINISH) <= min(finishes)


@pytest.mark.dear
@pytest.mark.parametrize("seed", ["b", *(pytest.param(str(n), marks=pytest.mark.slow) for n in range(6))])
def test_asked_for_the_finish_first_it_is_no_later_when_asked_again(skawina: Town, seed: str) -> None:
    """An earlier finish that another objective came upon afterwards is the answer from then on."""
    case = Case(replace(skawina), big_day(skawina, 20, f"again {seed}"), Group(22), {})
    first = _finish(case, Objective.FINISH)
    waiting = _finish(case, Objective.WAITING)
    assert _finish(case, Objective.FINISH) <= min(first, waiting)


@pytest.mark.slow
@pytest.mark.parametrize("mode", [Mode.WALK, Mode.BUS, Mode.BEST])
@pytest.mark.parametrize("seed", range(4))
def test_waiting_finishes_no_earlier_in_a_worker_that_knows_nothing(
    skawina_buses: Town, mode: Mode, seed: int
) -> None:
    """Whichever is asked first, and of whom: here neither knows of the other."""
    day = replace(big_day(skawina_buses, 20, f"apart {seed}"), mode=mode)
    finish, waiting = (
        _finish(Case(replace(skawina_buses), day, Group(22), {}), objective, Budget.of(CPU_S, process_time))
        for objective in (Objective.FINISH, Objective.WAITING)
    )
    assert finish <= waiting


def _finish(case: Case, objective: Objective, budget: Budget | None = None) -> int:
    order = find_order(case, objective, budget or budget_of(SHORT_S))
    return remembered_plan(case.with_day(order.day)).finish
