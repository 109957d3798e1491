"""Plans tried out for one day: each edit planned once, as `plan_day` would, and held against the first."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import applied
from planner.domain.order.out_of_time import OutOfTimeError
from planner.domain.schedule.schedule import schedule
from planner.domain.warnings.compare import is_cured, is_rid_of
from planner.errors import InvalidInputError
from planner.services.order.find import find_order
from planner.services.planning.plan import day_warnings, timed_day
from planner.services.travel.remembered import RememberedTravel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.domain.edits.remedies import Remedy
    from planner.domain.itinerary import Itinerary, Warning
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import TimedDay
    from planner.domain.sites import Site
    from planner.domain.visits import Day
    from planner.services.order.find import Order
    from planner.services.travel.town import Town

Planned = tuple["Day", "Itinerary"]

FOR_AN_ORDER = 0.3
"""The share of the time left that may go into a search for the best order."""


class Trials:
    """Tries edits of one day for as long as there is time.

    Parameters
    ----------
    group_of
        The group of an edited day: a visit whose last leg by coach is gone has no coach any more.
    deadline
        When to stop, as `time.monotonic` counts.
    """

    def __init__(
        self,
        town: Town,
        planned: Planned,
        group_of: Callable[[Day], Group],
        sites: Mapping[str, Site],
        deadline: float,
    ) -> None:
        self.day, self.itinerary = planned
        self._town = town
        self._group_of = group_of
        self._sites = sites
        self._deadline = deadline
        self._plans: dict[Remedy, Planned | None] = {}
        self._travels: dict[tuple[Group, bool], RememberedTravel] = {}

    @cached_property
    def group(self) -> Group:
        """The group of the day as it is."""
        return self._group_of(self.day)

    @cached_property
    def timed(self) -> TimedDay:
        """The day as it is, its places resolved."""
        return timed_day(self._town, self.day, self.group, self._sites)

    @cached_property
    def best_order(self) -> Order | None:
        """The best order of all stops, as far as there is time to look; None where none is better."""
        left = self._deadline - monotonic()
        if left <= 0:
            raise OutOfTimeError
        found = find_order(
            self._town, self.day, self.group, self._sites, budget_s=left * FOR_AN_ORDER, with_reason=False
        )
        return found if found.day != self.day else None

    def timed_with(self, remedy: Remedy) -> TimedDay:
        """The day with a remedy, its places resolved, not yet planned."""
        day = applied(self.day, remedy)
        return timed_day(self._town, day, self._group_of(day), self._sites)

    def travel_of(self, day: Day) -> RememberedTravel:
        """What answers legs of a day; remembered for all days of the same group."""
        key = self._group_of(day), day.stand_in_timetable
        if key not in self._travels:
            self._travels[key] = RememberedTravel(self._town, key[0], stand_ins=key[1])
        return self._travels[key]

    def cures(self, remedy: Remedy, warning: Warning) -> bool:
        """Whether the day with the remedy is rid of a warning and has none as serious instead."""
        tried = self._planned(remedy)
        return tried is not None and is_cured(warning, (self.day, self.itinerary), tried)

    def removes(self, remedy: Remedy, warning: Warning) -> bool:
        """Whether the day with the remedy is rid of a warning, whatever else it has."""
        tried = self._planned(remedy)
        return tried is not None and is_rid_of(warning, self.day, tried)

    def plan(self, day: Day) -> Itinerary:
        """Plan a day as `plan_day` does."""
        group = self._group_of(day)
        timed = timed_day(self._town, day, group, self._sites)
        itinerary = schedule(timed, self.travel_of(day), self._town.clock)
        extra = day_warnings(self._town, day, timed, group, itinerary)
        return replace(itinerary, warnings=(*itinerary.warnings, *extra))

    def _planned(self, remedy: Remedy) -> Planned | None:
        """The day with a remedy and its plan; None where the remedy does not fit the day."""
        if remedy not in self._plans:
            if monotonic() > self._deadline:
                raise OutOfTimeError
            try:
                day = applied(self.day, remedy)
                self._plans[remedy] = day, self.plan(day)
            except (ValueError, InvalidInputError):
                self._plans[remedy] = None
        return self._plans[remedy]
