"""A draft, planned: what would be released if it were published now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.releases import ReleaseContent
from planner.errors import Fault, InvalidInputError
from planner.services.places import day_refs
from planner.services.plan import group_of, plan_day
from planner.store.catalogue import sites_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.sites import Site
    from planner.domain.visits import Visit
    from planner.services.town import Town


@dataclass(frozen=True)
class Draft:
    """A planned draft, or why it cannot be planned."""

    content: ReleaseContent | None
    faults: tuple[Fault, ...] = ()


def planned(session: Session, town: Town, visit: Visit, now: Instant, *, number: int = 0) -> ReleaseContent:
    """Compute the itineraries of a visit.

    Raises
    ------
    InvalidInputError
        If it cannot be planned: a place outside the network, an unreadable time.
    """
    sites = sites_of(session, visit)
    itineraries = tuple(plan_day(town, day, group_of(visit), sites) for day in visit.days)
    return ReleaseContent(
        number=number,
        published=now,
        visit=visit,
        sites=sites,
        itineraries=itineraries,
        network=town.facts,
        timetable=town.rides.facts if town.rides and any(day.totals.ride_m for day in itineraries) else None,
    )


def draft(session: Session, town: Town, visit: Visit, now: Instant) -> Draft:
    """Plan a visit as far as it goes."""
    try:
        return Draft(planned(session, town, visit, now))
    except InvalidInputError as error:
        return Draft(None, error.details or (Fault("", error.code, error.message),))


def sites_of(session: Session, visit: Visit) -> Mapping[str, Site]:
    """The catalogue's sites that a visit names, by id."""
    refs = (ref for day in visit.days for _, ref in day_refs(day))
    return sites_by_id(session, (ref.site for ref in refs if ref is not None and ref.site is not None))
