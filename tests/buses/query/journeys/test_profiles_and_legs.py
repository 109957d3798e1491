"""Profiles and tables of walks say to the second when a leg by bus arrives: searches for an order need it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import pytest

from planner.domain.itinerary import PartKind
from planner.domain.schedule.group import Group
from planner.domain.schedule.timed import Place
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.travel.by_bus import BusTravel
from planner.services.travel.on_foot import move_s
from planner.services.travel.tables import DayTables
from planner.services.travel.town import Town

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.buses.query.journeys.profiles import DayProfile, DayProfiles
    from tests.kit.buses.town_rides import TownRides

SITES = [site for site in read_geojson(ROOT / "data" / "sites.geojson") if site.location.at]
GROUPS = [
    pytest.param(Group(22), id="22"),
    pytest.param(Group(1, 4.5), id="1", marks=pytest.mark.slow),
    pytest.param(Group(31, 3.0, step_free=True), id="31 step-free"),
]
PLACES = 12
SIDE = (0.02, 0.012)
"""Free places lie within so many degrees of a site: some far from any street."""


@dataclass(frozen=True)
class Asked:
    """A town, a group, some places and a date."""

    town: Town
    group: Group
    places: list[Place]
    day: date

    @cached_property
    def travel(self) -> BusTravel:
        return BusTravel(self.town, self.group)

    @cached_property
    def walks(self) -> list[list[int | None]]:
        rows = DayTables(self.town, self.group, self.places).walked.durations_s
        return [[None if cell is None else int(cell) for cell in row] for row in rows]

    @cached_property
    def profiles(self) -> DayProfiles:
        assert self.town.rides is not None
        points = [place.at for place in self.places if place.at]
        return self.town.rides.journeys(self.group).day_profiles(points, self.day)

    def arrival(self, pair: tuple[int, int], start: int) -> int | None:
        """The earlier of riding and walking by the tables alone."""
        origin, destination = (self.places[number] for number in pair)
        riding = replace(self.profile(pair), walk_s=None).arrival(start)
        rides = [] if riding is None else [start + move_s(riding - start, origin, destination)]
        walk = self.walks[pair[0]][pair[1]]
        return min(rides + ([] if walk is None else [start + walk]), default=None)

    def departure(self, pair: tuple[int, int], by: int) -> int | None:
        """The later of riding and walking by the tables alone."""
        riding = replace(self.profile(pair), walk_s=None).departure(by)
        walk = self.walks[pair[0]][pair[1]]
        starts = ([] if riding is None else [riding]) + ([] if walk is None else [by - walk])
        return max(starts, default=None)

    def profile(self, pair: tuple[int, int]) -> DayProfile:
        return self.profiles.profiles[pair[0]][pair[1]]

    def moment(self, pair: tuple[int, int], dice: random.Random, *, by: bool) -> int:
        """An instant of the day: at or beside one at which something changes, or any."""
        profile = self.profile(pair)
        some = (profile.arrivals if by else profile.departures).tolist()
        anything = dice.randrange(self.profiles.start, self.profiles.end)
        at = dice.choice([dice.choice(some) + dice.randint(-1, 1), anything]) if some else anything
        return min(max(at, self.profiles.start), self.profiles.end - 1)


def places(dice: random.Random) -> list[Place]:
    found = [Place(site.id, site.location.at, site.name, site) for site in dice.sample(SITES, PLACES - 4)]
    for number in range(4):
        lon, lat = dice.choice(SITES).location.at or (0.0, 0.0)
        at = (lon + dice.uniform(-1, 1) * SIDE[0], lat + dice.uniform(-1, 1) * SIDE[1])
        found.append(Place(f"free-{number}", (round(at[0], 7), round(at[1], 7)), {"pl": "Punkt"}))
    return found


@pytest.fixture(params=[pytest.param("built-in", marks=pytest.mark.slow), "2026-03"])
def town(
    request: pytest.FixtureRequest, skawina_buses: Town, town_rides: Callable[[str], TownRides]
) -> tuple[Town, date]:
    """The town with a timetable, and a working day of it."""
    if request.param == "built-in":
        return skawina_buses, date(2026, 11, 30)
    rides = town_rides("skawina-buses-2026-03")
    made = replace(rides.town)
    vars(made)["timetable"] = rides.timetable
    return made, date(2026, 3, 30)


@pytest.mark.dear
@pytest.mark.parametrize("group", GROUPS)
def test_a_leg_arrives_when_the_tables_say(town: tuple[Town, date], group: Group, full: bool) -> None:  # noqa: FBT001
    dice = random.Random(f"{group.size}")  # noqa: S311 - no secret
    asked = Asked(town[0], group, places(dice), town[1])
    assert asked.profiles.is_exact
    ridden = 0
    for _ in range(1500 if full else 5):
        pair = dice.randrange(PLACES), dice.randrange(PLACES)
        start = asked.moment(pair, dice, by=False)
        leg = asked.travel.leg(asked.places[pair[0]], asked.places[pair[1]], start)
        told = None if leg.distance_m is None else leg.arrive
        assert told == asked.arrival(pair, start), (pair, start)
        assert (asked.walks[pair[0]][pair[1]] is None) == (asked.profile(pair).walk_s is None)
        ridden += any(part.kind is PartKind.RIDE for part in leg.parts)
    assert ridden


@pytest.mark.dear
@pytest.mark.parametrize("group", GROUPS)
def test_a_leg_by_a_time_leaves_when_the_tables_say(
    town: tuple[Town, date],
    group: Group,
    full: bool,  # noqa: FBT001
) -> None:
    dice = random.Random(f"{group.size} back")  # noqa: S311 - no secret
    asked = Asked(town[0], group, places(dice), town[1])
    ridden = 0
    for _ in range(800 if full else 5):
        pair = dice.randrange(PLACES), dice.randrange(PLACES)
        by = asked.moment(pair, dice, by=True)
        leg = asked.travel.leg_by(asked.places[pair[0]], asked.places[pair[1]], by)
        if leg.distance_m is not None and leg.depart >= asked.profiles.start:
            assert leg.depart == asked.departure(pair, by), (pair, by)
            ridden += any(part.kind is PartKind.RIDE for part in leg.parts)
    assert ridden
