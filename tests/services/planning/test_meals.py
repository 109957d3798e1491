"""Meals without a place: they are warned about where nothing to eat is near."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.domain.schedule.group import Group
from planner.domain.sites import Location, Quality, Site
from planner.domain.visits import Day, DayStart, Party, PlaceRef, Stop, StopKind
from planner.domain.warnings.codes import NoFoodNear
from planner.services.parties.plan import party_itineraries
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from tests.kit.streets.small import small_town, spot

if TYPE_CHECKING:
    from pathlib import Path

    from planner.services.travel.town import Town

# A street of two kilometres, and a restaurant 100 m from its west end.
NODES = {1: (0.0, 0.0), 2: (2000.0, 0.0)}
WAYS = {1: ((1, 2), {"highway": "residential"})}
EAT, WEST, MIDDLE, EAST = (PlaceRef(at=spot(east, 0)) for east in (100, 0, 501, 1900))
LUNCH = Stop("lunch", StopKind.MEAL, dwell_min=45)
FOOD = Site("inn", {"en": "Inn"}, Location(spot(1800, 0), Quality.EXACT, 10), themes=("food",))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    tmp: Path = tmp_path_factory.mktemp("meals")
    made = small_town(tmp, NODES, WAYS)
    vars(made)["restaurants"] = (EAT.at,)
    return made


def warned(
    town: Town, *stops: Stop, sites: dict[str, Site] | None = None
) -> list[tuple[int | None, int | None]]:
    case = Case(town, Day(dt.date(2026, 12, 8), DayStart(WEST, "11:00"), stops=stops), Group(20), sites or {})
    return [(one.stop, one.metres) for one in plan_day(case).warnings if isinstance(one, NoFoodNear)]


def stay(place: PlaceRef) -> Stop:
    return Stop(f"at {place.at}", StopKind.PLACE, place, 10)


def test_a_meal_is_where_the_group_is_and_there_something_must_be_near(town: Town) -> None:
    """The restaurant is 100 m from the start, 401 m from the middle of the way."""
    assert warned(town, LUNCH) == []
    assert warned(town, stay(MIDDLE), LUNCH) == [(1, 400)]
    assert warned(town, stay(EAST), LUNCH) == [(1, 400)]
    assert warned(town, stay(EAST), stay(EAT), LUNCH) == []


def test_a_site_of_the_catalogue_where_one_eats_counts_too(town: Town) -> None:
    assert warned(town, stay(EAST), LUNCH, sites={"inn": FOOD}) == []


def test_a_break_and_a_meal_with_a_place_are_nobodys_worry(town: Town) -> None:
    rest = Stop("rest", StopKind.BREAK, dwell_min=15)
    picnic = Stop("picnic", StopKind.MEAL, EAST, 45)
    assert warned(town, stay(EAST), rest, picnic) == []


def test_nothing_is_said_in_a_town_of_which_nobody_knows_where_to_eat(tmp_path: Path) -> None:
    silent = small_town(tmp_path, NODES, WAYS)
    assert silent.restaurants == ()
    assert warned(silent, stay(EAST), LUNCH) == []


def test_a_party_is_warned_where_it_is_itself(town: Town) -> None:
    day = Day(dt.date(2026, 12, 8), DayStart(WEST, "11:00"), stops=(stay(EAST), LUNCH))
    case = Case(town, day, Group(20), {})
    found = party_itineraries(case, [Party("A", 10), Party("B", 10)])
    told = [[one.stop for one in way.itinerary.warnings if isinstance(one, NoFoodNear)] for way in found]
    assert told == [[1], [1]]
