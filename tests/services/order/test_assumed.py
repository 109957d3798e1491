"""A day with a site that is not on the map: the ways to it are assumed, and nothing is proved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.order.proposals import DemandKind, Objective
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, Mode, Party, PlaceRef, Stop
from planner.domain.warnings.codes import NotPlaced
from planner.services.order.find import find_order
from planner.services.parties.plan import plan_parties
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from tests.kit.random_days import SITES

if TYPE_CHECKING:
    from planner.services.travel.town import Town

UNPLACED = next(site.id for site in SITES.values() if site.location.at is None)
START = DayStart(PlaceRef(site="muzeum"), "09:00")
PLACED = (Stop("s2", place=PlaceRef(site="ratusz")), Stop("s3", place=PlaceRef(site="teznia")))
DAY = Day(dt.date(2026, 12, 8), START, DayEnd(PlaceRef(site="muzeum")), Mode.WALK, PLACED)
WITH_UNPLACED = replace(DAY, stops=(Stop("s1", place=PlaceRef(site=UNPLACED)), *PLACED))


@pytest.mark.parametrize("mode", list(Mode))
def test_ways_to_and_from_it_take_what_the_visit_assumes_in_every_mode(skawina: Town, mode: Mode) -> None:
    group = Group(20, assumed_leg_s=17 * 60, has_coach=True)
    plan = plan_day(Case(skawina, replace(WITH_UNPLACED, mode=mode), group, SITES))
    assert [(leg.assumed, leg.distance_m is None) for leg in plan.legs] == [(True, True)] * 2 + [
        (False, False)
    ] * 2
    assert [leg.duration_s for leg in plan.legs[:2]] == [17 * 60] * 2
    (told,) = (warning for warning in plan.warnings if isinstance(warning, NotPlaced))
    assert (told.stop, told.assumed_min) == (0, 17)


@pytest.mark.parametrize("objective", list(Objective))
def test_no_order_of_such_a_day_is_proved(skawina: Town, objective: Objective) -> None:
    group = Group(20)
    known = find_order(Case(skawina, DAY, group, SITES), objective, budget_of(60.0))
    found = find_order(Case(skawina, WITH_UNPLACED, group, SITES), objective, budget_of(60.0))
    assert known.proved
    assert not found.proved


def test_no_split_of_such_a_day_is_proved(skawina: Town) -> None:
    parties = [Party("A", 10), Party("B", 10)]
    found = plan_parties(Case(skawina, WITH_UNPLACED, Group(20), SITES), parties, budget_of(5.0))
    assert not found.proved


def at(stop: Stop, fixed: str) -> Stop:
    return replace(stop, fixed=fixed, dwell_min=15)


@pytest.mark.parametrize(
    ("first", "second", "is_sure"),
    [
        (UNPLACED, "ratusz", False),
        (UNPLACED, "teznia", False),
        ("ratusz", "teznia", True),
    ],
)
def test_a_reason_that_rests_on_an_assumed_way_is_not_proved(
    skawina: Town, first: str, second: str, *, is_sure: bool
) -> None:
    """Fifteen minutes at 10:00 and the next stay at 10:17: two minutes are left for any way."""
    pair = (Stop("s1", place=PlaceRef(site=first)), Stop("s2", place=PlaceRef(site=second)))
    day = replace(DAY, stops=(at(pair[0], "10:00"), at(pair[1], "10:17")))
    found = find_order(Case(skawina, day, Group(1), SITES), Objective.FINISH, budget_of(60.0))
    (reason,) = found.conflicts
    assert {demand.kind for demand in reason.demands} == {DemandKind.FIXED}
    assert (reason.proved, reason.assumed) == (is_sure, not is_sure)


def test_what_no_way_could_change_is_proved_all_the_same(skawina: Town) -> None:
    """Two stays that overlap exclude each other wherever the places are."""
    pair = (Stop("s1", place=PlaceRef(site=UNPLACED)), Stop("s2", place=PlaceRef(site="ratusz")))
    day = replace(DAY, stops=(at(pair[0], "10:00"), at(pair[1], "10:10")))
    found = find_order(Case(skawina, day, Group(1), SITES), Objective.FINISH, budget_of(60.0))
    assert [(reason.proved, reason.assumed) for reason in found.conflicts] == [(True, False)]
