"""Variants of a day, against the days made by hand and against times worked out on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.domain.edits.variations import Variation
from planner.domain.hosts.kept import KeptTime
from planner.domain.sites import HoursStatus, SiteStatus
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, Visit
from planner.domain.warnings.codes import WarningCode
from planner.services.planning.case import Case, group_of
from planner.services.planning.plan import plan_day
from planner.services.planning.what_if import MOST_VARIANTS, WhatIf
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings
from tests.conftest import built
from tests.kit.web.town import OSM, SITES

MONDAY = dt.date(2026, 12, 7)
CHRISTMAS = dt.date(2026, 12, 25)
OPEN = {site.id: site for site in SITES}
DOORS = OPEN | {
    "delta": replace(
        OPEN["delta"],
        opening_hours="Tu-Fr 09:00-12:00; PH off",
        hours_status=HoursStatus.CONFIRMED,
        status=SiteStatus.CONFIRMED,
    )
}
DAY = Day(
    MONDAY,
    DayStart(PlaceRef("alfa"), "09:00"),
    stops=(
        Stop("s1", place=PlaceRef("delta"), dwell_min=10),
        Stop("s2", place=PlaceRef("beta"), dwell_min=15),
    ),
)
VISIT = Visit({"pl": "Próba"}, (DAY,), group_size=20)
"""On foot at 4 km/h: 1111.951 m are 1001 s, 778.366 m back are 701 s; twenty people gather for 3 min."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder = tmp_path_factory.mktemp("what_if")
    file = folder / "small.osm"
    file.write_text(OSM, encoding="utf-8")
    return TownKeeper(built(file, TownSettings("Testowo"))).town()


@pytest.fixture
def trial(town: Town) -> WhatIf:
    return WhatIf(town, DOORS, VISIT, 0)


def finish_s(trial: WhatIf, variation: Variation) -> int:
    """Seconds from the day's start to its finish."""
    plan = trial.variant(variation).itinerary
    assert plan is not None
    return plan.finish - plan.start


def closed(trial: WhatIf, variation: Variation) -> list[int | None]:
    plan = trial.variant(variation).itinerary
    assert plan is not None
    return [one.stop for one in plan.warnings if one.code is WarningCode.CLOSED]


def test_a_variant_is_the_plan_of_the_day_so_varied(trial: WhatIf) -> None:
    variation = Variation(MONDAY + dt.timedelta(days=1), "08:00", None, 3.0, Mode.BEST)
    day = replace(DAY, date=dt.date(2026, 12, 8), start=DayStart(PlaceRef("alfa"), "08:00"), mode=Mode.BEST)
    by_hand = replace(VISIT, pace_kmh=3.0, days=(day,))
    variant = trial.variant(variation)
    assert variant.visit == by_hand
    assert variant.itinerary == plan_day(Case(trial.town, day, group_of(by_hand), DOORS))


def test_the_day_as_it_is_stands_first(trial: WhatIf) -> None:
    assert trial.now.itinerary == plan_day(Case(trial.town, DAY, group_of(VISIT), DOORS))
    assert trial.now.variation.is_nothing


def test_slower_is_later_by_what_the_walks_take_longer(trial: WhatIf) -> None:
    """The walks take 1001 s and 701 s, slower 1144 s and 801 s; a stay begins at the next whole minute."""
    gather, stays = 2 * 180, 25 * 60
    assert finish_s(trial, Variation()) == 17 * 60 + 12 * 60 + stays + gather
    assert finish_s(trial, Variation(pace_kmh=3.5)) == 20 * 60 + 14 * 60 + stays + gather


def test_half_an_hour_earlier_is_half_an_hour_earlier_everywhere(town: Town) -> None:
    trial = WhatIf(town, OPEN, VISIT, 0)
    now, earlier = trial.now.itinerary, trial.variant(Variation(start="08:30")).itinerary
    assert now is not None
    assert earlier is not None
    assert [call.arrive + 1800 for call in earlier.calls] == [call.arrive for call in now.calls]
    assert earlier.finish + 1800 == now.finish


def test_the_week_tells_on_which_dates_the_door_is_open(trial: WhatIf) -> None:
    week = trial.week()
    assert [one.day.date.isoformat() for one in week] == [f"2026-12-{day:02}" for day in range(7, 14)]
    shut = [bool(closed(trial, Variation(date=one.day.date))) for one in week]
    assert shut == [True, False, False, False, False, True, True]
    assert week[0] is trial.now


def test_a_public_holiday_is_known_as_one(trial: WhatIf) -> None:
    variant = trial.variant(Variation(date=CHRISTMAS))
    assert variant.is_holiday
    assert closed(trial, variant.variation) == [0]
    assert not trial.now.is_holiday


def test_what_is_asked_twice_or_not_at_all_is_not_planned_again(trial: WhatIf) -> None:
    later = Variation(start="09:30")
    found = trial.variants(
        [later, Variation(), Variation(start="09:30", mode=Mode.WALK), Variation(date=MONDAY)]
    )
    assert [one.variation for one in found] == [later]
    assert trial.variant(later) is found[0]


def test_no_more_than_four_stand_beside(trial: WhatIf) -> None:
    asked = [Variation(start=f"10:{minute:02}") for minute in range(9)]
    assert [one.variation for one in trial.variants(asked)] == asked[:MOST_VARIANTS]


def test_a_variant_that_cannot_be_planned_says_why(town: Town) -> None:
    trial = WhatIf(town, {}, VISIT, 0)
    variant = trial.variant(Variation(start="09:30"))
    assert variant.itinerary is None
    assert [fault.code for fault in variant.faults] == ["unknown_site"] * 3


def test_a_day_planned_backward_moves_with_its_arrival(town: Town) -> None:
    end = DayEnd(PlaceRef("alfa"), arrive="12:00")
    visit = replace(VISIT, days=(replace(DAY, start=DayStart(PlaceRef("alfa"), "06:00"), end=end),))
    trial = WhatIf(town, OPEN, visit, 0)
    now, later = trial.now.itinerary, trial.variant(Variation(arrive="12:30")).itinerary
    assert now is not None
    assert later is not None
    assert later.start - now.start == later.finish - now.finish == 1800


def test_a_variant_tells_which_hosts_who_have_confirmed_are_asked_again(town: Town) -> None:
    """Delta has confirmed the time of the day as it is, beta another: both come to be at a new one."""
    clock = town.clock

    def kept(stop: str, time: str) -> KeptTime:
        return KeptTime(stop, time, clock.instant(MONDAY, time))

    trial = WhatIf(town, OPEN, VISIT, 0, (kept("s1", "09:20"), kept("s2", "11:00")))
    assert trial.now.again == ()
    [first, second] = trial.variant(Variation(start="09:30")).again
    assert (first.kept.stop, first.start) == ("s1", clock.instant(MONDAY, "09:50"))
    assert second.kept.stop == "s2"
    on_tuesday = trial.variant(Variation(date=MONDAY + dt.timedelta(days=1)))
    assert [one.start for one in on_tuesday.again][:1] == [clock.instant(MONDAY, "09:20+1")]
    assert WhatIf(town, OPEN, VISIT, 0).variant(Variation(start="09:30")).again == ()


def test_a_variant_tells_which_hosts_are_asked_again_for_when_it_rains(town: Town) -> None:
    """Beta is 333.6 m from alfa, 301 s: from 09:00, 3 min to gather, there from 09:09, then from 09:39.

    Delta, where the group is without rain, is asked apart from it.
    """
    clock = town.clock
    wet = KeptTime("s1", "09:09", clock.instant(MONDAY, "09:09"), is_rain=True)
    first, second = DAY.stops
    elsewhere = replace(first, rain=PlaceRef("beta"))
    visit = replace(VISIT, days=(replace(DAY, stops=(elsewhere, second)),))
    [again] = WhatIf(town, OPEN, visit, 0, (wet,)).variant(Variation(start="09:30")).again
    assert (again.kept, again.start) == (wet, clock.instant(MONDAY, "09:39"))
    fixed = replace(elsewhere, rain_fixed="10:00")
    visit = replace(VISIT, days=(replace(DAY, stops=(fixed, second)),))
    late = replace(wet, time="10:00", start=clock.instant(MONDAY, "10:00"))
    assert WhatIf(town, OPEN, visit, 0, (late,)).variant(Variation(start="09:30")).again == ()
    nowhere = {name: site for name, site in OPEN.items() if name != "beta"}
    alone = replace(VISIT, days=(replace(DAY, stops=(elsewhere,)),))
    trial = WhatIf(town, nowhere, alone, 0, (wet,))
    assert trial.variant(Variation(start="09:30")).again == (), "how it is in the rain cannot be planned"
