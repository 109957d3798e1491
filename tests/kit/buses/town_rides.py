"""Real feeds over the built-in streets, and random questions about them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from planner.buses.build.gtfs.files import open_feed
from planner.buses.build.gtfs.read import FeedSettings, read_feed
from planner.buses.query.journeys.find import Journeys
from planner.buses.query.walks.access import RideRules
from planner.buses.query.walks.walks import StreetStopWalks
from planner.services.travel.town import Town
from tests.kit.buses.brute_force import BruteForce, Feed
from tests.kit.buses.brute_walks import Walking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from planner.buses.query.timetable.timetable import Timetable
    from planner.domain.geo import LonLat


@dataclass(frozen=True)
class TownRides:
    """A whole feed, nothing clipped, over a town's streets."""

    town: Town
    file: Path
    rules: RideRules = field(default_factory=RideRules)

    @cached_property
    def timetable(self) -> Timetable:
        return read_feed(open_feed(self.file), FeedSettings(self.town.clock.zone_name))

    @cached_property
    def walks(self) -> StreetStopWalks:
        timetable, rules = self.timetable, self.rules
        stops = [timetable.position(stop) for stop in range(len(timetable.stop_name))]
        return StreetStopWalks(self.town.network, stops, rules.pace_kmh, step_free=rules.step_free)

    @cached_property
    def journeys(self) -> Journeys:
        return Journeys(self.timetable, self.town.clock, self.walks, self.rules)

    @cached_property
    def feed(self) -> Feed:
        return Feed(self.file)

    @cached_property
    def brute(self) -> BruteForce:
        network = self.town.network
        walking = Walking(network, self.feed.stops, self.rules, self.walks.snap)
        return BruteForce(self.feed, walking, self.rules)

    def place(self, dice: random.Random) -> LonLat:
        """A position near a stop of the town, so that rides are worth asking for."""
        lon, lat = dice.choice(self._spots)
        return round(lon + dice.uniform(-0.006, 0.006), 7), round(lat + dice.uniform(-0.004, 0.004), 7)

    @cached_property
    def _spots(self) -> list[LonLat]:
        network = self.town.network
        return [at for at in sorted(self.feed.stops.values()) if network.covers(at, 1000.0)]

    def questions(self, days: Sequence[date], count: int, seed: int) -> Iterator[tuple[LonLat, LonLat, int]]:
        """Random questions day after day, one of four late in the evening."""
        dice = random.Random(seed)  # noqa: S311 - no secret
        for number in range(count):
            day = days[number * len(days) // count]
            hours = (22.5, 24) if number % 4 == 3 else (4, 23)
            second = dice.randrange(int(hours[0] * 3600), int(hours[1] * 3600))
            yield self.place(dice), self.place(dice), self.town.clock.midnight(day) + second
