"""Public transport of a town, made ready once and kept in memory: walks between stops take a second.

What is kept is shared by all threads of a worker, and given up with the town.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from planner.buses.query.journeys.find import Journeys, RideRules
from planner.buses.query.timetable.unknown import UnknownService, read_unknown, still_unknown
from planner.buses.query.walks.walks import StreetStopWalks
from planner.domain.releases import TimetableFacts, TimetableSource
from planner.memory import Memory
from planner.paths import ROOT

if TYPE_CHECKING:
    from planner.buses.query.timetable.timetable import Timetable
    from planner.domain.clock import TownClock
    from planner.domain.schedule.group import Group
    from planner.streets.query.network import Network

UNKNOWN_SERVICES = ROOT / "data" / "timetable" / "unknown_services.json"
"""Told by their positions: in other towns none of them is near."""

REMEMBERED_WALKS = 8
REMEMBERED_GROUPS = 24

Walkers = tuple[float, bool]
"""Pace in km/h, and whether the way must be without steps."""


class TownRides:
    """Journeys over a town's timetable for groups of any pace, need and size."""

    def __init__(self, network: Network, timetable: Timetable, clock: TownClock, country: str) -> None:
        self.timetable = timetable
        self._network = network
        self._clock = clock
        self._country = country
        self._memory = Memory()

    def journeys(self, group: Group, *, stand_ins: bool = False) -> Journeys:
        """Return the journeys of a group; with stand-ins also where a timetable says nothing about a date."""
        walkers = group.pace_kmh, group.step_free
        return self._memory.get(
            "journeys",
            (walkers, group.size, stand_ins),
            lambda: self._made(walkers, group.size, stand_ins=stand_ins),
            keep=REMEMBERED_GROUPS,
        )

    def _made(self, walkers: Walkers, size: int, *, stand_ins: bool) -> Journeys:
        pace, step_free = walkers
        rules = RideRules(pace_kmh=pace, step_free=step_free, group_size=size)
        timetable = self._with_stand_ins if stand_ins else self.timetable
        made = Journeys(timetable, self._clock, self._walks(walkers), rules)
        _ = made.between
        return made

    def _walks(self, walkers: Walkers) -> StreetStopWalks:
        """The walks of groups of one pace and need, whatever their size."""

        def make() -> StreetStopWalks:
            pace, step_free = walkers
            timetable = self.timetable
            stops = [timetable.position(stop) for stop in range(len(timetable.stop_name))]
            return StreetStopWalks(self._network, stops, pace, step_free=step_free)

        return self._memory.get("walks", walkers, make, keep=REMEMBERED_WALKS)

    @cached_property
    def _with_stand_ins(self) -> Timetable:
        return self.timetable.with_stand_ins(self._country)

    @cached_property
    def unknown(self) -> tuple[UnknownService, ...]:
        """Services that exist and for which no timetable speaks."""
        known = read_unknown(UNKNOWN_SERVICES) if UNKNOWN_SERVICES.is_file() else ()
        return still_unknown(known, self.timetable)

    @cached_property
    def facts(self) -> TimetableFacts:
        """What a page must say about the timetable."""
        return TimetableFacts(
            tuple(
                TimetableSource(
                    name=source.name,
                    kind=source.kind.value,
                    credit=source.credit,
                    url=source.url,
                    licence=source.licence,
                    valid_from=source.valid_from,
                    valid_to=source.valid_to,
                    indicative=source.indicative,
                )
                for source in self.timetable.meta.sources
            )
        )
