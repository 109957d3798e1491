"""What a request asks for: its body as a model, its sites, and times that the clock does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from planner.services.catalogue.entries import sites_by_id
from planner.services.planning.day_times import time_faults
from planner.services.planning.places import day_refs, place_faults, refuse
from planner.web.api.body import read_body
from planner.web.api.schemas.places import places_in
from planner.web.frame.context import services

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.sites import Site
    from planner.domain.visits import Day, PlaceRef
    from planner.errors import Fault
    from planner.web.api.schemas.places import PlaceModel
    from planner.web.api.schemas.plan import PlanRequest

M = TypeVar("M", bound=BaseModel)


def asked_body(model: type[M]) -> M:
    """The body of the request, all that is wrong with it told at once."""
    return read_body(model, _misplaced)


def _misplaced(document: dict[str, Any]) -> list[Fault]:
    """What is wrong with the places of a request that is wrong elsewhere too."""
    refs = list(places_in(document))
    return place_faults(refs, sites_of(ref for _, ref in refs), services().town)


def refuse_times(day: Day, sites: dict[str, Site]) -> None:
    """Refuse a day with times that the clock does not show, together with what is wrong with its places."""
    town = services().town
    faults = time_faults(day, town.clock)
    refuse([*faults, *place_faults(day_refs(day), sites, town)] if faults else [])


def sites_of_day(asked: PlanRequest) -> dict[str, Site]:
    """The catalogue's sites that a day names."""
    end = asked.end.place if asked.end else None
    places = [asked.start.place, *(stop.place for stop in asked.stops), end]
    return sites_of(place for place in places if place is not None)


def sites_of(places: Iterable[PlaceModel | PlaceRef]) -> dict[str, Site]:
    """The catalogue's sites that a request names."""
    ids = {place.site for place in places if place.site is not None}
    if not ids:
        return {}
    with services().database.session() as session:
        return sites_by_id(session, ids)
