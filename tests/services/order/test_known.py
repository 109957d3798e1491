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
from planner.services.order.known import keep_order, known_orders
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.remembered import remembered_plan
from tests.kit.orders.big_days import big_day

if TYPE_CHECKING:
    from pathlib import Path

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


def test_what_one_worker_finds_the_others_know(skawina: Town, tmp_path: Path) -> None:
    """Each has a memory of its own; what is found lies in a folder that both read."""
    day = big_day(skawina, 16, "shared")
    one, other = (Case(replace(skawina, orders_dir=tmp_path), day, Group(22), {}) for _ in range(2))
    order = tuple(reversed(range(16)))
    keep_order(one, Objective.WAITING, order)
    keep_order(other, Objective.FINISH, tuple(range(16)))
    assert set(known_orders(one)) == {order, tuple(range(16))}
    assert known_orders(Case(other.town, day, Group(23), {})) == ()


@pytest.mark.parametrize("written", ["", "{", "[1, 2]", '{"waiting": [0, 0, 1]}', '{"waiting": ["0", 1, 2]}'])
def test_a_file_that_holds_no_order_is_passed_over(skawina: Town, tmp_path: Path, written: str) -> None:
    case = Case(replace(skawina, orders_dir=tmp_path), big_day(skawina, 3, "spoilt"), Group(22), {})
    keep_order(case, Objective.WAITING, (2, 1, 0))
    (file,) = tmp_path.glob("*.json")
    file.write_text(written, encoding="utf-8")
    assert known_orders(Case(replace(case.town), case.day, case.group, {})) == ()


def test_where_nothing_can_be_written_a_worker_knows_its_own(skawina: Town, tmp_path: Path) -> None:
    (tmp_path / "orders").write_text("a file where the folder should be", encoding="utf-8")
    town = replace(skawina, orders_dir=tmp_path / "orders")
    case = Case(town, big_day(skawina, 3, "spoilt"), Group(22), {})
    keep_order(case, Objective.WAITING, (2, 1, 0))
    assert known_orders(case) == ((2, 1, 0),)


def _finish(case: Case, objective: Objective, budget: Budget | None = None) -> int:
    order = find_order(case, objective, budget or budget_of(SHORT_S))
    return remembered_plan(case.with_day(order.day)).finish
