"""The stops of a visit's own days shared anew: what is agreed for a date stays on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.edits.share import Named, share_key
from planner.domain.itinerary import Itinerary
from planner.services.order.days.share import SharedDays, SharedStop, share_days
from planner.services.planning.case import Case
from planner.services.planning.remembered import remembered_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.budget import Budget
    from planner.domain.sites import Site
    from planner.domain.visits import Day, Stop, Visit
    from planner.services.travel.town import Town


@dataclass(frozen=True)
class SharedVisit:
    """A share of a visit's stops beside its days as they are; `key` is the edit that accepts it."""

    before: tuple[Itinerary, ...]
    found: SharedDays
    names: tuple[tuple[Named, ...], ...]

    @property
    def key(self) -> str:
        """The edit, '' where a stop finds no room or nothing changes."""
        return "" if self.found.left else share_key(self.names)

    def came_from(self, day: int, position: int) -> int:
        """The day that a stop is on now, both from 0."""
        return self.names[day][position][0]


def is_pinned(stop: Stop) -> bool:
    """Whether a stop stays on its day: agreed for a time, locked, or held wherever the group is."""
    return stop.fixed is not None or stop.locked or stop.place is None or not stop.place.is_somewhere


def share_visit(town: Town, visit: Visit, sites: Mapping[str, Site], budget: Budget) -> SharedVisit:
    """Return the stops of a visit shared among its days; nothing is changed.

    Raises
    ------
    InvalidInputError
        For unknown sites, positions outside the network, unreadable times.
    """
    cases = [Case.of_visit(town, visit, at, sites) for at in range(len(visit.days))]
    before = tuple(remembered_plan(case) for case in cases)
    named = [(at, stop) for at, day in enumerate(visit.days) for stop in day.stops]
    stops = [SharedStop(_renamed(at, stop), _days(visit, at, stop)) for at, stop in named]
    found = share_days([_own(case, at) for at, case in enumerate(cases)], stops, budget)
    names = tuple(tuple((named[n][0], named[n][1].id) for n in day.numbers) for day in found.days)
    return SharedVisit(before, found, names)


def _renamed(at: int, stop: Stop) -> Stop:
    """A stop whose id no stop of another day has."""
    return replace(
        stop, id=name_apart(at, stop.id), after=tuple(name_apart(at, earlier) for earlier in stop.after)
    )


def name_apart(at: int, stop: str) -> str:
    """Return the id that a stop of a day has among those of all days."""
    return f"{at}/{stop}"


def _own(case: Case, at: int) -> Case:
    """The case of a day whose stops have those ids."""
    return case.with_day(named_apart(case.day, at))


def named_apart(day: Day, at: int) -> Day:
    """Return a day of a visit whose stops have ids that those of no other day have."""
    return replace(day, stops=tuple(_renamed(at, stop) for stop in day.stops))


def _days(visit: Visit, at: int, stop: Stop) -> tuple[int, ...]:
    return (at,) if is_pinned(stop) else tuple(range(len(visit.days)))
