"""A draft, planned: what would be released if it were published now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from planner.domain.parties.routes import routes_fit
from planner.domain.releases import ReleaseContent
from planner.domain.sites import Site
from planner.domain.warnings.codes import OverCapacity, WarningCode
from planner.domain.weather.rain import rain_visit
from planner.errors import Fault, InvalidInputError
from planner.services.parties.plan import party_itineraries
from planner.services.planning.case import Case
from planner.services.planning.comfort import with_comforts, with_comforts_of_parties
from planner.services.planning.places import day_refs, refuse
from planner.services.planning.plan import plan_day
from planner.services.planning.remembered import remembered_day, remembered_plan
from planner.services.travel.day_memory import PlannedDay
from planner.store.catalogue import sites_by_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Itinerary, PartyItinerary
    from planner.domain.visits import Party, Visit
    from planner.services.travel.town import Town


@dataclass(frozen=True)
class Draft:
    """A planned draft, or why it cannot be planned: each fault points to its day.

    `sites` are those that the visit names. `rain` is the rain version, planned; None where it was not asked
    for or no stop has another place then.
    """

    content: ReleaseContent | None
    faults: tuple[Fault, ...] = ()
    sites: Mapping[str, Site] = field(default_factory=dict)
    rain: Draft | None = None

    @property
    def both(self) -> ReleaseContent | None:
        """Return what would be released, with its rain version if that is there and can be planned."""
        wet = self.rain.content if self.rain else None
        return None if self.content is None else replace(self.content, rain=wet)


def planned(session: Session, town: Town, visit: Visit, now: Instant, *, number: int = 0) -> ReleaseContent:
    """Compute the itineraries of a visit.

    Raises
    ------
    InvalidInputError
        If it cannot be planned: a place outside the network, an unreadable time, no streets at all.
    """
    if town.missing is not None:
        raise InvalidInputError(town.missing.message, reason=town.missing.reason)
    sites = sites_of(session, visit)
    days = _planned_days(town, visit, sites)
    itineraries = tuple(day.itinerary for day in days)
    parties = tuple(day.parties for day in days)
    return ReleaseContent(
        number=number,
        published=now,
        visit=visit,
        sites=sites,
        itineraries=itineraries,
        network=town.facts,
        timetable=town.rides.facts if town.rides and _rides_anywhere(itineraries, parties) else None,
        parties=parties if any(parties) else (),
    )


def _planned_days(town: Town, visit: Visit, sites: Mapping[str, Site]) -> list[PlannedDay]:
    """All days, or one error with the faults of all of them, each pointing to its day."""
    days: list[PlannedDay] = []
    faults: list[Fault] = []
    for index in range(len(visit.days)):
        try:
            days.append(_planned_day(Case.of_visit(town, visit, index, sites), visit.parties))
        except InvalidInputError as error:
            faults += (replace(one, pointer=f"/days/{index}{one.pointer}") for one in error.faults)
    refuse(faults)
    return days


def _planned_day(case: Case, parties: tuple[Party, ...]) -> PlannedDay:
    """A day with those of its parties by the accepted rotation; none where it has none that still fits."""
    if not routes_fit(case.day, parties):
        return PlannedDay(remembered_plan(case))

    def plan() -> PlannedDay:
        ways = with_comforts_of_parties(case, party_itineraries(case, parties))
        return PlannedDay(_crowds_as_split(with_comforts(case, plan_day(case)), ways), ways)

    return remembered_day(case, parties, plan)


def _crowds_as_split(itinerary: Itinerary, ways: tuple[PartyItinerary, ...]) -> Itinerary:
    """The day as one group has it, without the crowds that the split does away with."""
    crowded = {
        warning.stop
        for way in ways
        for warning in way.itinerary.warnings
        if warning.code is WarningCode.OVER_CAPACITY
    }
    warnings = tuple(
        replace(warning, parties=None) if isinstance(warning, OverCapacity) else warning
        for warning in itinerary.warnings
        if warning.code is not WarningCode.OVER_CAPACITY or warning.stop in crowded
    )
    return replace(itinerary, warnings=warnings)


def _rides_anywhere(
    itineraries: tuple[Itinerary, ...], parties: tuple[tuple[PartyItinerary, ...], ...]
) -> bool:
    of_parties = (way.itinerary for ways in parties for way in ways)
    return any(day.totals.ride_m for day in chain(itineraries, of_parties))


def draft(session: Session, town: Town, visit: Visit, now: Instant) -> Draft:
    """Return the visit, planned as far as it can be."""
    try:
        content = planned(session, town, visit, now)
    except InvalidInputError as error:
        return Draft(None, error.faults, sites_of(session, visit))
    return Draft(content, sites=content.sites)


def both_drafts(session: Session, town: Town, visit: Visit, now: Instant) -> Draft:
    """Return the visit, planned as far as it can be, with its rain version beside it."""
    wet = rain_visit(visit)
    plan = draft(session, town, visit, now)
    return plan if wet is None else replace(plan, rain=draft(session, town, wet, now))


def sites_of(session: Session, visit: Visit) -> Mapping[str, Site]:
    """The catalogue's sites that a visit names, by id."""
    refs = (ref for day in visit.days for _, ref in day_refs(day))
    return sites_by_id(session, (ref.site for ref in refs if ref is not None and ref.site is not None))


def sites_of_both(session: Session, visit: Visit) -> Mapping[str, Site]:
    """The same with those that it names for when it rains."""
    wet = rain_visit(visit)
    return {**(sites_of(session, wet) if wet else {}), **sites_of(session, visit)}
