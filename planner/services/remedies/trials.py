"""Plans tried out for one day: each edit planned once, as `plan_day` would, and held against the first."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import RemedyCode, applied
from planner.domain.edits.remedy_costs import AGREED, ASK_AGAIN, cost_of, is_agreed
from planner.domain.hosts.kept import asked_again, day_with_kept, starts_of, without_kept
from planner.domain.order.proposals import Objective
from planner.domain.warnings.compare import is_cured, is_rid_of
from planner.domain.warnings.severity import is_trouble
from planner.errors import EditRefusedError, InvalidInputError
from planner.services.order.find import find_order
from planner.services.planning.in_rain import moved_in_rain, starts_in_rain
from planner.services.planning.plan import plan_day
from planner.services.travel.remembered import RememberedTravel

if TYPE_CHECKING:
    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
    from planner.domain.edits.remedies import Remedy
    from planner.domain.hosts.kept import AskedAgain, KeptTime
    from planner.domain.itinerary import Itinerary
    from planner.domain.schedule.group import Group
    from planner.domain.schedule.timed import TimedDay
    from planner.domain.visits import Day
    from planner.domain.warnings.codes import Warning
    from planner.services.order.find import Order
    from planner.services.planning.case import Case

Planned = tuple["Day", "Itinerary"]

FOR_AN_ORDER = 0.3
"""The share of the time left that may go into a search for the best order."""


TravelKey = tuple["Group", bool, frozenset[int]]
"""Who travels, whether other timetables stand in, and which ways are shut on the day."""


class RemedyTrials:
    """Tries edits of one day for as long as there is time; `kept` are times that hosts have confirmed."""

    def __init__(
        self,
        case: Case,
        itinerary: Itinerary,
        budget: Budget,
        travels: dict[TravelKey, RememberedTravel] | None = None,
        *,
        kept: tuple[KeptTime, ...] = (),
    ) -> None:
        self.case = case
        self.day, self.itinerary = case.day, itinerary
        self._budget = budget
        self._plans: dict[Remedy, Planned | None] = {}
        self._travels = {} if travels is None else travels
        self._kept = tuple(one for one in kept if not one.is_rain)
        self._wet = tuple(one for one in kept if one.is_rain)
        self._asked: dict[Remedy, tuple[AskedAgain, ...]] = {}

    @cached_property
    def troubles(self) -> tuple[Warning, ...]:
        """What does not work on the day: a demand that is broken, a way that is not there."""
        return tuple(warning for warning in self.itinerary.warnings if is_trouble(warning))

    def cost(self, remedy: Remedy) -> float:
        """Return what a remedy costs the people who had planned the day so, hosts among them."""
        own = cost_of(remedy, self.day, has_coach=self.case.group.has_coach)
        return own + sum(map(self._bother, self.asks_again(remedy)))

    def asks_again(self, remedy: Remedy) -> tuple[AskedAgain, ...]:
        """Return the hosts whose confirmed times move with a remedy; not whom it asks itself.

        After them come those whose times for when it rains do.
        """
        if remedy not in self._asked:
            tried = self._made(remedy) if self._kept or self._wet else None
            self._asked[remedy] = self._moved(remedy, *tried) if tried else ()
        return self._asked[remedy]

    def _moved(self, remedy: Remedy, day: Day, itinerary: Itinerary) -> tuple[AskedAgain, ...]:
        again = asked_again(self._kept, starts_of(day, itinerary), starts_of(self.day, self.itinerary))
        own = remedy.stop if remedy.code is RemedyCode.FIXED else None
        dry = tuple(one for one in again if one.kept.stop != own)
        if not self._wet:
            return dry
        after = starts_in_rain(self.case.with_day(day), self._planned_as)
        return (*dry, *moved_in_rain(self._wet, self._before_in_rain, after))

    @cached_property
    def _before_in_rain(self) -> dict[str, Instant] | None:
        """When stays begin on the day as it is when it rains."""
        return starts_in_rain(self.case, self._planned_as)

    def _bother(self, again: AskedAgain) -> float:
        if again.start is not None:
            return ASK_AGAIN
        stop = next((stop for stop in self.day.stops if stop.id == again.kept.stop), None)
        return 0.0 if stop is None or is_agreed(stop) else AGREED  # what is agreed costs that already

    @cached_property
    def best_order(self) -> Order | None:
        """The best order of all stops, as far as there is time to look; None where none is better.

        Of those that keep what hosts have confirmed, where there is one.

        Raises
        ------
        OutOfTimeError
            If time runs out before any order is known.
        """
        self._budget.check()
        best = self._ordered(day_with_kept(self.day, self._kept))
        if not best.found and self._kept:
            best = self._ordered(self.day)
        best = replace(best, day=without_kept(best.day, self.day))
        return best if best.day != self.day else None

    def _ordered(self, day: Day) -> Order:
        return find_order(
            self.case.with_day(day),
            Objective.FINISH,
            self._budget.rest(FOR_AN_ORDER),
            with_reason=False,
            deadline=self._budget,
            may_leave_out=False,
        )

    def timed_with(self, remedy: Remedy) -> TimedDay:
        """The day with a remedy, its places resolved, not yet planned."""
        return self.case.with_day(applied(self.day, remedy)).timed

    def travel_of(self, case: Case) -> RememberedTravel:
        """What answers legs of a day; remembered for all days of the same group."""
        key = case.group, case.day.stand_in_timetable, case.town.shut_on(case.day.date)
        if key not in self._travels:
            self._travels[key] = RememberedTravel(case.streets, key[0], stand_ins=key[1])
        return self._travels[key]

    def cures(self, remedy: Remedy, warning: Warning) -> bool:
        """Whether the day with the remedy is rid of a warning and has none as serious instead."""
        tried = self._planned(remedy)
        return tried is not None and is_cured(warning, (self.day, self.itinerary), tried)

    def removes(self, remedy: Remedy, warning: Warning) -> bool:
        """Whether the day with the remedy is rid of a warning, whatever else it has."""
        tried = self._planned(remedy)
        return tried is not None and is_rid_of(warning, self.day, tried)

    def is_whole(self, remedy: Remedy) -> bool:
        """Whether nothing is left that does not work on the day with the remedy."""
        tried = self._planned(remedy)
        return tried is not None and not any(is_trouble(warning) for warning in tried[1].warnings)

    def left(self, remedy: Remedy) -> int:
        """How many things do not work on the day with a remedy that was tried before."""
        tried = self._plans[remedy]
        return 0 if tried is None else sum(is_trouble(warning) for warning in tried[1].warnings)

    def trouble(self, remedy: Remedy) -> tuple[int, float] | None:
        """How much does not work on the day with the remedy: how many things, how many seconds."""
        tried = self._planned(remedy)
        if tried is None:
            return None
        left = [warning for warning in tried[1].warnings if is_trouble(warning)]
        return len(left), sum(float(warning.by_s or 0) for warning in left)

    def after(self, remedy: Remedy) -> RemedyTrials | None:
        """The trials of the day with a remedy; None where it does not fit the day."""
        tried = self._planned(remedy)
        if tried is None:
            return None
        case = self.case.with_day(tried[0])
        return RemedyTrials(case, tried[1], self._budget, self._travels, kept=(*self._kept, *self._wet))

    def plan(self, day: Day) -> Itinerary:
        """Plan another day in the place of the day."""
        return self._planned_as(self.case.with_day(day))

    def _planned_as(self, case: Case) -> Itinerary:
        return plan_day(case, self.travel_of(case))

    def _planned(self, remedy: Remedy) -> Planned | None:
        """The day with a remedy and its plan; None where the remedy does not fit the day."""
        if remedy not in self._plans:
            self._budget.check()
        return self._made(remedy)

    def _made(self, remedy: Remedy) -> Planned | None:
        """The same, whatever the time: for what is told of a remedy."""
        if remedy not in self._plans:
            try:
                day = applied(self.day, remedy)
                self._plans[remedy] = day, self.plan(day)
            except (EditRefusedError, InvalidInputError):
                self._plans[remedy] = None
        return self._plans[remedy]
