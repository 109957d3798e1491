"""The proposed order against every order, planned leg by leg, on the streets and rides of Skawina."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from planner.domain.itinerary import Itinerary, PartKind
from planner.domain.order.proposals import Objective
from planner.domain.schedule.group import Group
from planner.domain.schedule.reserves import Reserves
from planner.domain.schedule.schedule import schedule
from planner.domain.visits import Day, Mode, Stop
from planner.domain.warnings.codes import WarningCode
from planner.services.order.find import find_order
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.travel.remembered import RememberedTravel
from tests.kit.buses.town_rides import TownRides
from tests.kit.random_days import SITES, random_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.services.travel.town import Town

BROKEN = frozenset({WarningCode.CLOSED, WarningCode.LATE, WarningCode.PRECEDENCE, WarningCode.NO_WAY})
OBJECTIVES = (Objective.FINISH, Objective.FINISH_WALKING, Objective.WALKING, Objective.WAITING)
LONG_S = 600.0
"""Enough for every proof."""


@pytest.fixture(scope="module")
def by_feed(skawina: Town, real_dir: Path) -> Town:
    """Skawina with the city buses' own feed of March 2026, nothing of it clipped."""
    town = replace(skawina)
    vars(town)["timetable"] = TownRides(skawina, real_dir / "skawina-buses-2026-03.gtfs.zip").timetable
    return town


@dataclass(frozen=True)
class Tried:
    """One order of a day, planned."""

    order: tuple[int, ...]
    itinerary: Itinerary

    def score(self, objective: Objective) -> tuple[float, float]:
        """What an objective compares; metres to a decimetre for each leg.

        Waiting begins at the minute after coming: that is the arrival shown.
        """
        plan = self.itinerary
        waited = plan.totals.wait_s - sum(-call.arrive % 60 for call in plan.calls)
        walked = sum(
            round(part.distance_m, 1) for leg in plan.legs for part in leg.parts if part.kind is PartKind.WALK
        )
        return {
            Objective.FINISH: (plan.finish, 0.0),
            Objective.FINISH_WALKING: (plan.finish, walked),
            Objective.WALKING: (walked, plan.finish),
            Objective.WAITING: (waited, plan.finish),
        }[objective]


def every_order(town: Town, day: Day, group: Group, travel: RememberedTravel) -> Iterator[Tried]:
    """Every order that keeps all demands, planned with the very legs that a plan shows."""
    timed = Case(town, day, group, SITES).timed
    for order in permutations(range(len(day.stops))):
        if any(day.stops[n].locked and position != n for position, n in enumerate(order)):
            continue
        plan = schedule(replace(timed, stops=tuple(timed.stops[n] for n in order)), travel, town.clock)
        if not any(warning.code in BROKEN for warning in plan.warnings):
            yield Tried(order, plan)


def check_day(town: Town, day: Day, group: Group) -> int:
    """Compare the proposals of a day for every objective with all its orders; how many orders there were."""
    travel = RememberedTravel(town, group)
    tried = list(every_order(town, day, group, travel))
    for objective in OBJECTIVES:
        found = find_order(Case(town, day, group, SITES), objective, budget_of(LONG_S))
        if not tried:
            broken = {one.code for one in plan_day(Case(town, found.day, group, SITES)).warnings} & BROKEN
            assert not found.proved
            assert found.day == day or broken == {WarningCode.NO_WAY}
            continue
        assert found.proved
        assert not found.cuts
        planned = plan_day(Case(town, found.day, group, SITES))
        assert not any(warning.code in BROKEN for warning in planned.warnings)
        own = Tried(found.numbers, planned).score(objective)
        best = min(one.score(objective) for one in tried)
        if objective in (Objective.FINISH, Objective.WAITING):
            assert own == best, (objective, found.numbers)
        else:  # metres of tables and of legs are rounded apart, to a decimetre each
            assert own[0] == pytest.approx(best[0], abs=0.5), (objective, found.numbers)
            is_tie_of_finish = objective is Objective.FINISH_WALKING
            assert not is_tie_of_finish or own[1] == pytest.approx(best[1], abs=0.5), found.numbers
    return len(tried)


def sample(kind: str, full: bool) -> tuple[int, int]:  # noqa: FBT001
    """How many days of a kind, and of how many stops at the most."""
    few = {"walk": (3, 6), "coach": (2, 4), "bus": (3, 4), "best": (2, 3)}
    many = {"walk": (60, 7), "coach": (30, 7), "bus": (60, 7), "best": (50, 6)}
    return (many if full else few)[kind]


@pytest.mark.parametrize(
    "kind", ["walk", "coach", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("bus", "best"))]
)
def test_no_order_of_a_day_is_better(by_feed: Town, kind: str, full: bool) -> None:  # noqa: FBT001
    """200 days in the full count: on foot 60, by coach 30, by bus 60, by the quickest 50."""
    days, most = sample(kind, full)
    dice = random.Random(f"order {kind}")  # noqa: S311 - no secret
    orders = []
    for number in range(days):
        day = random_day(by_feed, dice, Mode(kind), most if number % 3 == 0 else max(3, most - 1))
        reserves = Reserves(walk_s=60, bus_s=240, coach_s=120) if number % 4 == 1 else Reserves()
        group = Group(22, has_coach=kind in ("coach", "best"), reserves=reserves)
        orders.append(check_day(by_feed, day, group))
    assert sum(count > 1 for count in orders) >= days // 3


@pytest.mark.dear
@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))])
def test_a_day_that_begins_past_midnight_is_the_next_one(by_feed: Town, seed: int) -> None:
    """It is searched with the rides of the day it begins on."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    drawn = random_day(by_feed, dice, Mode.BUS, 5)
    stops = tuple(Stop(stop.id, place=stop.place, dwell_min=15) for stop in drawn.stops)
    monday = Day(dt.date(2026, 3, 30), replace(drawn.start, time="09:00"), mode=Mode.BUS, stops=stops)
    sunday = replace(monday, date=dt.date(2026, 3, 29), start=replace(monday.start, time="09:00+1"))
    cases = [Case(by_feed, day, Group(), SITES) for day in (monday, sunday)]
    found = [find_order(case, Objective.FINISH, budget_of(LONG_S)) for case in cases]
    finishes = [plan_day(Case(by_feed, one.day, Group(), SITES)).finish for one in found]
    assert found[0].numbers == found[1].numbers
    assert finishes[0] == finishes[1]
