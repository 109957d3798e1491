"""What each host was told: the times of which release, how, by whom and when.

It is kept when an organiser takes the host's sheet along, opens the e-mail, or notes a call. It does not say
that the host has read it, or agreed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.clock import Instant, minute_until
from planner.domain.hosts.arrangement import SiteStay
from planner.store import tellings as store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy.orm import Session

    from planner.domain.itinerary import Itinerary
    from planner.domain.releases import ReleaseContent

WAYS = ("sheet", "mail", "call")
"""How hosts are told."""


@dataclass(frozen=True)
class Telling:
    """What a host was told of a day: `stays` are the times, `by` is who told it, '' where nobody knows."""

    site: str
    date: dt.date
    release: int
    stays: tuple[SiteStay, ...]
    how: str
    by: str
    at: Instant


def stays_at(content: ReleaseContent, day: int, site: str) -> tuple[SiteStay, ...]:
    """Return when a release has people at a site: all together, or by parties; then those in rain alone."""
    stops = content.visit.days[day].stops
    found = _stays(
        content, day, {at for at, stop in enumerate(stops) if stop.place and stop.place.site == site}
    )
    wet = {at for at, stop in enumerate(stops) if stop.rain and stop.rain.site == site}
    return (*found, *_stays_in_rain(content, day, wet))


def stays_of_stop(
    content: ReleaseContent, day: int, stop: int, *, is_rain: bool = False
) -> tuple[SiteStay, ...]:
    """Return when a release has people at a stop of a day, both counted from 0, or at its place for rain."""
    return (_stays_in_rain if is_rain else _stays)(content, day, {stop})


def _stays_in_rain(content: ReleaseContent, day: int, stops: Collection[int]) -> tuple[SiteStay, ...]:
    found = _stays(content.rain, day, stops) if content.rain else ()
    return tuple(replace(stay, is_rain=True) for stay in found)


def _stays(content: ReleaseContent, day: int, stops: Collection[int]) -> tuple[SiteStay, ...]:
    ways = content.parties[day] if day < len(content.parties) else ()
    if not ways:
        return tuple(SiteStay("", *times) for times in _times(content.itineraries[day], stops))
    apart = [SiteStay(way.name, *times) for way in ways for times in _times(way.itinerary, stops)]
    shared = {
        (stay.start, stay.leave)
        for stay in apart
        if len(ways) > 1  # one party alone: the others are to follow
        and sum((one.start, one.leave) == (stay.start, stay.leave) for one in apart) == len(ways)
    }
    joined = dict.fromkeys(
        SiteStay("", stay.start, stay.leave) if (stay.start, stay.leave) in shared else stay for stay in apart
    )
    return tuple(sorted(joined, key=lambda stay: (stay.start, stay.party)))


def _times(itinerary: Itinerary, stops: Collection[int]) -> Iterator[tuple[Instant, Instant]]:
    for call in itinerary.calls:
        if call.stop in stops:
            yield minute_until(call.start), minute_until(call.leave)


def tell(session: Session, visit_id: int, telling: Telling, by_id: int) -> None:
    """Keep that a host was told."""
    store.add_telling(
        session,
        visit_id=visit_id,
        site=telling.site,
        day=telling.date.isoformat(),
        release=telling.release,
        told={"stays": [asdict(stay) for stay in telling.stays]},
        how=telling.how,
        by_id=by_id,
        at=telling.at,
    )


def newest_tellings(session: Session, visit_id: int) -> dict[tuple[str, dt.date], Telling]:
    """Return what the host of each site was last told of each date."""
    found = {}
    for row, by in store.tellings(session, visit_id):
        date = dt.date.fromisoformat(row.day)
        stays = tuple(SiteStay(**stay) for stay in row.told["stays"])
        found[row.site, date] = Telling(row.site, date, row.release, stays, row.how, by, row.at)
    return found
