"""What if: a day planned on other dates, at another pace, start or by other means. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.domain.edits.days import day_of_date
from planner.domain.edits.variations import Variation, only_other, vary, week_of
from planner.domain.hosts.kept import AskedAgain, KeptTime, asked_again, starts_of
from planner.domain.hours.spans import is_public_holiday
from planner.domain.itinerary import Itinerary
from planner.domain.sites import Site
from planner.domain.visits import Visit
from planner.errors import EditRefusedError, Fault, InvalidInputError
from planner.services.planning.case import Case
from planner.services.planning.in_rain import again_in_rain
from planner.services.planning.remembered import remembered_plan
from planner.services.travel.town import Town

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.visits import Day

MOST_VARIANTS = 4
"""So many stand beside the day as it is: more can neither be read nor planned while one waits."""


@dataclass(frozen=True)
class DayVariant:
    """A day varied and planned; without an itinerary the faults say why it cannot be.

    `variation` has only what is other than on the day as it is. Where the day's date is another
    day's already, the visit is as it was. `again` are the hosts who have confirmed and would have to be
    asked again.
    """

    variation: Variation
    visit: Visit
    index: int
    itinerary: Itinerary | None
    faults: tuple[Fault, ...] = ()
    is_holiday: bool = False
    again: tuple[AskedAgain, ...] = ()

    @property
    def day(self) -> Day:
        """The day, varied."""
        return self.visit.days[self.index]


@dataclass(frozen=True)
class WhatIf:
    """One day of a visit to be tried in variants, each planned once.

    `kept` is what hosts have confirmed, with and without rain; `sites` are those of both.
    """

    town: Town
    sites: Mapping[str, Site]
    visit: Visit
    index: int
    kept: tuple[KeptTime, ...] = ()
    _planned: dict[Variation, DayVariant] = field(default_factory=dict)

    @property
    def now(self) -> DayVariant:
        """The day as it is."""
        return self.variant(Variation())

    def variant(self, variation: Variation) -> DayVariant:
        """Plan one variation of the day."""
        other = only_other(self.visit, self.index, variation)
        if other not in self._planned:
            self._planned[other] = self._plan(other)
        return self._planned[other]

    def variants(self, variations: Iterable[Variation]) -> tuple[DayVariant, ...]:
        """Plan the variations that are any, each once and at most `MOST_VARIANTS`, in their order."""
        others = dict.fromkeys(only_other(self.visit, self.index, variation) for variation in variations)
        asked = [variation for variation in others if not variation.is_nothing]
        return tuple(self.variant(variation) for variation in asked[:MOST_VARIANTS])

    def week(self) -> tuple[DayVariant, ...]:
        """Plan the day on each date of its week, from Monday."""
        return tuple(self.variant(Variation(date=date)) for date in week_of(self.visit.days[self.index].date))

    def _plan(self, other: Variation) -> DayVariant:
        try:
            visit = vary(self.visit, self.index, other)
        except EditRefusedError as error:
            fault = Fault("/date", error.code, error.message, error.reason, error.params)
            return DayVariant(other, self.visit, self.index, None, (fault,))
        index = day_of_date(visit, other.date or self.visit.days[self.index].date)
        day = visit.days[index]
        is_holiday = is_public_holiday(day.date, self.town.country)
        case = Case.of_visit(self.town, visit, index, self.sites)
        try:
            plan = remembered_plan(case)
        except InvalidInputError as error:
            return DayVariant(other, visit, index, None, error.faults, is_holiday)
        return DayVariant(other, visit, index, plan, (), is_holiday, self._again(other, case, plan))

    def _again(self, other: Variation, case: Case, plan: Itinerary) -> tuple[AskedAgain, ...]:
        """Who is asked again; not who has to be told of another time of the day as it is anyway."""
        if other.is_nothing or not self.kept:
            return ()
        now = self.now
        before = starts_of(now.day, now.itinerary) if now.itinerary else None
        dry = (one for one in self.kept if not one.is_rain)
        as_it_is = Case.of_visit(self.town, self.visit, self.index, self.sites)
        in_rain = again_in_rain(as_it_is, case, self.kept)
        return (*asked_again(dry, starts_of(case.day, plan), before), *in_rain)
