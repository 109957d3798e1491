"""What accepting a proposal makes is the very day that was proposed, cuts and interpreted talks included."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.edits.remedy_keys import key_of, remedy_of
from planner.domain.order.proposals import Objective
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, Visit
from planner.services.order.find import propose
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case, group_of
from planner.services.travel.town import Town, TownKeeper
from planner.streets.build.build import TownSettings
from tests.conftest import built
from tests.kit.web.town import OSM, SITES

OPEN = {site.id: site for site in SITES}
PLACES = ("alfa", "beta", "gamma", "delta")
DAYS = 40


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder = tmp_path_factory.mktemp("order_taken")
    file = folder / "small.osm"
    file.write_text(OSM, encoding="utf-8")
    return TownKeeper(built(file, TownSettings("Testowo"))).town()


def random_visit(dice: random.Random) -> Visit:
    """Four stops with talks, minima and windows, so tight that some days need cuts and some cannot work."""
    stops = []
    for number, place in enumerate(dice.sample(PLACES, 4)):
        dwell = dice.randint(10, 45)
        opens = dice.randint(0, 5)
        windows = ((f"{9 + opens // 2}:{'30' if opens % 2 else '00'}".zfill(5), "12:00"),)
        stops.append(
            Stop(
                f"s{number}",
                place=PlaceRef(place),
                dwell_min=dwell,
                min_dwell_min=dice.choice((None, dice.randint(5, dwell))),
                windows=windows if dice.random() < 0.4 else (),
                talk=dice.random() < 0.5,
            )
        )
    end = DayEnd(latest=f"{dice.randint(10, 12)}:{dice.randint(10, 59)}")
    day = Day(dt.date(2026, 12, 7), DayStart(PlaceRef("alfa"), "09:00"), end, stops=tuple(stops))
    return Visit({"pl": "Losowa"}, (day,), interpreter=dice.choice((1.0, 1.3, 1.75)))


@pytest.mark.slow
def test_the_accepted_order_is_the_proposed_day(town: Town) -> None:
    seen = {"cut": 0, "moved": 0, "none": 0}
    for seed in range(DAYS):
        visit = random_visit(random.Random(seed))  # noqa: S311
        day = visit.days[0]
        found = propose(Case(town, day, group_of(visit), OPEN), Objective.FINISH, budget_of(60.0))
        remedy = Remedy(RemedyCode.ORDER, order=tuple(stop.id for stop in found.day.stops), cuts=found.cuts)
        assert applied(day, remedy_of(key_of(remedy))) == found.day
        seen["cut" if found.cuts else "moved" if found.moves else "none"] += 1
    assert min(seen.values()) > 0, seen
