"""A time that a host has confirmed survives what is offered, or it is told that the host is asked again."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest

from planner.domain.budget import Budget
from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.edits.remedy_costs import ASK_AGAIN, cost_of
from planner.domain.hosts.kept import KeptTime, day_with_kept, starts_of
from planner.domain.schedule.group import Group
from planner.domain.visits import Mode
from planner.services.hosts.keeping import local_text
from planner.services.planning.case import Case
from planner.services.planning.in_rain import starts_in_rain
from planner.services.planning.plan import plan_day
from planner.services.remedies.offers import remedies_for
from planner.services.remedies.trials import RemedyTrials
from tests.kit.random_days import SITES, random_day

if TYPE_CHECKING:
    from planner.domain.itinerary import Itinerary
    from planner.services.travel.town import Town


def counted(questions: int) -> Budget:
    """A budget that is over after so many looks at the clock."""
    ticks = count()
    return Budget.of(questions, lambda: float(next(ticks)))


def confirmed(case: Case, plan: Itinerary, dice: random.Random) -> tuple[KeptTime, ...]:
    """Some of the stops that are somewhere, at the times that they have."""
    starts = starts_of(case.day, plan)
    return tuple(
        KeptTime(stop.id, local_text(case.town.clock, case.day.date, starts[stop.id]), starts[stop.id])
        for stop in case.day.stops
        if stop.place and dice.random() < 0.7
    )


@pytest.mark.dear
def test_a_remedy_keeps_what_hosts_have_confirmed_or_tells_whom_to_ask_again(
    skawina: Town,
    full: bool,  # noqa: FBT001
) -> None:
    dice = random.Random("hosts")  # noqa: S311 - no secret
    kept_by, asked_by = 0, 0
    for _ in range(40 if full else 4):
        case = Case(skawina, random_day(skawina, dice, Mode.WALK, 5), Group(22), SITES)
        plan = plan_day(case)
        kept = confirmed(case, plan, dice)
        offers = remedies_for(case, plan, counted(100), kept=kept)
        for remedy in {remedy for _, some in offers.cured for remedy in some}:
            day = applied(case.day, remedy)
            starts = starts_of(day, plan_day(case.with_day(day)))
            own = {remedy.stop} if remedy.code is RemedyCode.FIXED else set()
            told = {one.kept.stop: one.start for one in offers.asks[remedy]}
            moved = {one.stop: starts.get(one.stop) for one in kept if starts.get(one.stop) != one.start}
            assert told == {stop: start for stop, start in moved.items() if stop not in own}
            kept_by, asked_by = kept_by + (not moved), asked_by + bool(told)
    assert kept_by
    assert asked_by


def test_to_ask_a_host_again_costs_as_much_as_a_fixed_time(skawina: Town) -> None:
    dice = random.Random(7)  # noqa: S311 - no secret
    case = Case(skawina, random_day(skawina, dice, Mode.WALK, 3), Group(22), SITES)
    plan = plan_day(case)
    kept = tuple(
        KeptTime(stop, local_text(skawina.clock, case.day.date, start), start)
        for stop, start in starts_of(case.day, plan).items()
    )
    earlier = Remedy(RemedyCode.START, time="06:00")
    free, bound = (RemedyTrials(case, plan, counted(20), kept=times) for times in ((), kept))
    plain = cost_of(earlier, case.day, has_coach=False)
    again = bound.asks_again(earlier)
    assert again
    assert (free.cost(earlier), bound.cost(earlier)) == (plain, plain + ASK_AGAIN * len(again))


def test_a_host_of_a_place_for_rain_is_asked_again_at_the_same_cost(skawina: Town) -> None:
    """The first stop is where the last one is when it rains: a day that begins earlier moves its time too."""
    dice = random.Random(7)  # noqa: S311 - no secret
    day = random_day(skawina, dice, Mode.WALK, 3)
    first = replace(day.stops[0], rain=day.stops[-1].place)
    case = Case(skawina, replace(day, stops=(first, *day.stops[1:])), Group(22), SITES)
    starts = starts_in_rain(case)
    assert starts is not None
    start = starts[first.id]
    wet = (KeptTime(first.id, local_text(skawina.clock, day.date, start), start, is_rain=True),)
    plan = plan_day(case)
    earlier = Remedy(RemedyCode.START, time="06:00")
    free, bound = (RemedyTrials(case, plan, counted(20), kept=times) for times in ((), wet))
    [again] = bound.asks_again(earlier)
    assert (again.kept, again.start != start) == (wet[0], True)
    assert (free.asks_again(earlier), bound.cost(earlier)) == ((), free.cost(earlier) + ASK_AGAIN)
    less = Remedy(RemedyCode.DROP, stop=first.id)
    assert [one.start for one in bound.asks_again(less)] == [None]
    assert bound.after(earlier) is not None
    assert day_with_kept(case.day, wet) == case.day, "no search fixes it"
