"""A release: a visit frozen with its itinerary, its sites and what the streets were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.clock import Instant
from planner.domain.itinerary import Itinerary
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
class ReleaseContent:
    """All that a participant is shown; nothing of it changes after publishing."""

    number: int
    published: Instant
    visit: Visit
    sites: Mapping[str, Site]
    itineraries: tuple[Itinerary, ...]
    network: NetworkFacts
