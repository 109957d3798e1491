"""A release: a visit frozen with its itinerary, its sites and what the streets were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.clock import Instant
from planner.domain.itinerary import Itinerary, PartyItinerary
from planner.domain.sites import Site
from planner.domain.visits import Visit


@dataclass(frozen=True)
class NetworkFacts:
    """What a page must say about the streets an answer rests on.

    `data_date` is the ISO date of the source data; `estimated_share` the part
    of the network's metres that no source confirms, from 0 to 1.
    """

    name: str
    timezone: str
    country: str
    credit: str
    credit_url: str
    data_date: str
    is_sketch: bool
    estimated_share: float


@dataclass(frozen=True)
class TimetableSource:
    """A source of departures; dates are ISO, '' where its service has no end.

    `kind` is gtfs, builtin or osm (estimated from the map); an `indicative` one
    was put together by hand and needs a check before the visit.
    """

    name: str
    kind: str
    credit: str
    url: str = ""
    licence: str = ""
    valid_from: str = ""
    valid_to: str = ""
    indicative: bool = False


@dataclass(frozen=True)
class TimetableFacts:
    """What a page must say about the timetable that rides rest on."""

    sources: tuple[TimetableSource, ...] = ()


@dataclass(frozen=True)
class ReleaseContent:
    """All that a participant is shown; nothing of it changes after publishing.

    `timetable` is None where no leg rides. `parties` has for each day the itineraries of its
    parties, none for a day on which all stay together.
    """

    number: int
    published: Instant
    visit: Visit
    sites: Mapping[str, Site]
    itineraries: tuple[Itinerary, ...]
    network: NetworkFacts
    timetable: TimetableFacts | None = None
    parties: tuple[tuple[PartyItinerary, ...], ...] = ()
