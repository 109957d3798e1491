"""A release: a visit frozen with its itinerary, its sites and what the streets were made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from planner.domain.clock import Instant
from planner.domain.itinerary import Itinerary, PartyItinerary
from planner.domain.sites import HostContact, Site
from planner.domain.text import LocalText
from planner.domain.visits import Visit


@dataclass(frozen=True)
class NetworkFacts:
    """What a page must say about the streets an answer rests on.

    `data_date` is the ISO date of the source data; `estimated_share` the part
    of the network's metres that no source confirms, from 0 to 1. `comforts` are the kinds of which the map
    has any (toilet, water, seat): of others nothing is known. `built` names the folders of streets and
    timetable, parted by a space, so that a day under way finds them when others are in force.
    """

    name: str
    timezone: str
    country: str
    credit: str
    credit_url: str
    data_date: str
    is_sketch: bool
    estimated_share: float
    comforts: tuple[str, ...] = ()
    built: str = ""


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


@dataclass(frozen=True, order=True)
class ToFollow:
    """What a release holds back: a day by its ISO date, or what one party does on all days."""

    date: str = ""
    party: str = ""


@dataclass(frozen=True)
class ReleaseContent:
    """All that a participant is shown; nothing of it changes after publishing.

    `timetable` is None where no leg rides. `parties` has for each day the itineraries of its
    parties, none for a day on which all stay together. What is `to_follow` is named there and nowhere
    else in it: it has neither the days that are held back nor the ways of such parties. `note` is what the
    organiser tells the readers of what is new. `rain` is the same release as it goes when it rains,
    None where no stop has another place then. As it is stored, its `sites` name nobody whom to ask.
    """

    number: int
    published: Instant
    visit: Visit
    sites: Mapping[str, Site]
    itineraries: tuple[Itinerary, ...]
    network: NetworkFacts
    timetable: TimetableFacts | None = None
    parties: tuple[tuple[PartyItinerary, ...], ...] = ()
    to_follow: tuple[ToFollow, ...] = ()
    note: LocalText = field(default_factory=dict)
    rain: ReleaseContent | None = None


def with_hosts(content: ReleaseContent, hosts: Mapping[str, HostContact]) -> ReleaseContent:
    """Return a release that names whom to ask at its sites, by their ids; it is never stored."""
    sites = {key: replace(site, host=hosts.get(key)) for key, site in content.sites.items()}
    return replace(content, sites=sites, rain=with_hosts(content.rain, hosts) if content.rain else None)


def without_hosts(content: ReleaseContent) -> ReleaseContent:
    """Return a release that names nobody whom to ask, as it is stored."""
    return with_hosts(content, {})


def names_hosts(content: ReleaseContent) -> bool:
    """Whether a release names anybody whom to ask, in either of its versions."""
    is_named = any(site.host is not None for site in content.sites.values())
    return is_named or (content.rain is not None and names_hosts(content.rain))


def sites_of_both(content: ReleaseContent) -> Mapping[str, Site]:
    """Return the sites of a release and of its rain version, by their ids."""
    return {**content.rain.sites, **content.sites} if content.rain else content.sites


def kept_days(visit: Visit, to_follow: Iterable[ToFollow]) -> tuple[int, ...]:
    """Return the days, from 0, of which none is held back."""
    dates = {one.date for one in to_follow}
    return tuple(index for index, day in enumerate(visit.days) if day.date.isoformat() not in dates)


def without_days(visit: Visit, to_follow: Iterable[ToFollow]) -> Visit:
    """Return a visit without the days that are held back."""
    return replace(visit, days=tuple(visit.days[index] for index in kept_days(visit, to_follow)))


def without_parties(visit: Visit, to_follow: Iterable[ToFollow]) -> Visit:
    """Return a visit without the ways of the parties that are held back; how many they are stays in it."""
    names = {one.party for one in to_follow if one.party}
    days = tuple(
        replace(day, party_routes=tuple(route for route in day.party_routes if route.party not in names))
        for day in visit.days
    )
    parties = tuple(replace(one, guide="") if one.name in names else one for one in visit.parties)
    return replace(visit, days=days, parties=parties)


def held_back(content: ReleaseContent, to_follow: Iterable[ToFollow]) -> ReleaseContent:
    """Return a release, planned without the days that are held back, without such parties, naming both."""
    held = tuple(sorted(set(to_follow)))
    names = {one.party for one in held if one.party}
    parties = tuple(tuple(way for way in ways if way.name not in names) for ways in content.parties)
    return replace(content, visit=without_parties(content.visit, held), parties=parties, to_follow=held)
