"""What is answered about one day: another order only where it is asked for, remedies of that day alone."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.order.proposals import Objective
from planner.domain.schedule.group import Group
from planner.domain.visits import DayEnd, PlaceRef, Stop
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.remedies.answer import Optimise, Remedying, plan_answer
from planner.services.remedies.offers import remedies_for
from tests.kit.days import DAY
from tests.kit.random_days import SITES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.services.travel.town import Town

LONG_S = 60.0
STOPS = tuple(
    Stop(site, place=PlaceRef(site=site), dwell_min=30) for site in ("teznia", "muzeum", "park-miejski")
)
LATE = replace(DAY, stops=STOPS[:1], end=DayEnd(latest="09:35"))


def case_of(town: Town) -> Case:
    return Case(town, replace(DAY, stops=STOPS), Group(20), SITES)


def test_the_order_is_kept_unless_another_is_asked_for(skawina: Town) -> None:
    case = case_of(skawina)
    answer = plan_answer(case, Optimise(Objective.WALKING))
    assert (answer.order.day, answer.order.numbers) == (case.day, (0, 1, 2))
    assert answer.order.objective is Objective.WALKING
    assert answer.itinerary == plan_day(case)


def test_the_search_is_held_and_nothing_else(skawina: Town) -> None:
    held: list[str] = []

    @contextmanager
    def holding() -> Iterator[None]:
        held.append("begun")
        yield
        held.append("over")

    case = case_of(skawina)
    answer = plan_answer(case, Optimise(seconds=LONG_S, while_searching=holding), Remedying(LONG_S))
    assert held == ["begun", "over"]
    assert sorted(answer.order.numbers) == [0, 1, 2]
    assert answer.itinerary == plan_day(case.with_day(answer.order.day))


def test_remedies_are_of_the_day_asked_for(skawina: Town) -> None:
    case = Case(skawina, LATE, Group(20), SITES)
    answer = plan_answer(case, remedies=Remedying(LONG_S))
    assert answer.offers.cured
    assert answer.offers == remedies_for(case, answer.itinerary, budget_of(LONG_S))
    assert not plan_answer(case).offers.cured


def test_a_known_itinerary_is_not_made_again(skawina: Town) -> None:
    case = Case(skawina, LATE, Group(20), SITES)
    known = replace(plan_day(case), warnings=())
    assert plan_answer(case, itinerary=known).itinerary is known
