"""Whom a share of stops among days asks again, of those who have confirmed for when it rains."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.services.order.days.visit import name_apart, named_apart
from planner.services.planning.case import Case
from planner.services.planning.in_rain import moved_in_rain, starts_in_rain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.domain.clock import Instant
    from planner.domain.hosts.kept import AskedAgain, KeptTime
    from planner.domain.sites import Site
    from planner.domain.visits import Day, Visit
    from planner.services.order.days.visit import SharedVisit
    from planner.services.travel.town import Town


def shared_in_rain(
    town: Town,
    visit: Visit,
    sites: Mapping[str, Site],
    share: SharedVisit,
    kept: Iterable[tuple[KeptTime, ...]],
) -> tuple[tuple[AskedAgain, ...], ...]:
    """Return day by day, as the stops are now, who would have to be asked again of when it rains.

    `visit` is as it is now, `kept` are the times for rain day by day. Nobody where a day cannot be planned.
    """
    wet = tuple(kept)
    if not any(wet):
        return tuple(() for _ in wet)
    cases = [Case.of_visit(town, visit, at, sites) for at in range(len(visit.days))]
    before = _starts(cases, [named_apart(case.day, at) for at, case in enumerate(cases)])
    after = _starts(cases, [day.day for day in share.found.days])
    found = []
    for at, times in enumerate(wet):
        apart = [replace(one, stop=name_apart(at, one.stop)) for one in times]
        moved = moved_in_rain(apart, before, after)
        own = dict(zip(apart, times, strict=True))
        found.append(tuple(replace(one, kept=own[one.kept]) for one in moved))
    return tuple(found)


def _starts(cases: Iterable[Case], days: Iterable[Day]) -> dict[str, Instant] | None:
    """When stays of all days begin when it rains; None where a day cannot be planned."""
    starts: dict[str, Instant] = {}
    for case, day in zip(cases, days, strict=True):
        planned = starts_in_rain(case.with_day(day))
        if planned is None:
            return None
        starts |= planned
    return starts
