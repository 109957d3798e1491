"""What is arranged with the hosts of a visit, as it is kept; and what the plan has in store for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.clock import Instant
from planner.domain.hosts.arrangement import Agreed, Arrangement, HostAct, HostDetails, HostStep, SiteStay
from planner.domain.hosts.keys import host_stops
from planner.domain.releases import sites_of_both
from planner.services.paper.telling import stays_of_stop
from planner.store.hosts import arrangements as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from planner.domain.hosts.keys import HostStop
    from planner.domain.releases import ReleaseContent
    from planner.domain.sites import Site
    from planner.domain.text import LocalText
    from planner.domain.visits import Visit


@dataclass(frozen=True)
class Noted:
    """Who notes something, and when."""

    by_id: int
    at: Instant


def arrangements(session: Session, visit_id: int) -> dict[str, Arrangement]:
    """Return what is arranged with the hosts of a visit, by their keys; nothing of who was never touched."""
    details = {key: _details(kept) for key, kept in store.details(session, visit_id).items()}
    steps: dict[str, list[HostStep]] = {}
    for row, by in store.steps(session, visit_id):
        step = HostStep(HostAct(row.act), _agreed(row.told), by, row.at)
        steps.setdefault(row.host, []).append(step)
    keys = dict.fromkeys((*details, *steps))
    return {key: Arrangement(key, details.get(key, HostDetails()), tuple(steps.get(key, ()))) for key in keys}


def keep_details(session: Session, visit_id: int, key: str, details: HostDetails) -> None:
    """Keep what the organiser wrote down of a host."""
    deadline = details.deadline.isoformat() if details.deadline else ""
    store.keep_details(session, visit_id, key, {**asdict(details), "deadline": deadline})


def note(session: Session, visit_id: int, key: str, step: tuple[HostAct, Agreed], noted: Noted) -> None:
    """Keep that a host was asked, has confirmed, declined or was told, and of what."""
    act, agreed = step
    told = {
        "date": agreed.date.isoformat(),
        "stays": [asdict(stay) for stay in agreed.stays],
        "people": agreed.people,
        "name": agreed.name,
    }
    store.add_step(
        session, visit_id=visit_id, host=key, act=str(act), told=told, by_id=noted.by_id, at=noted.at
    )


def planned_for_hosts(content: ReleaseContent) -> dict[str, Agreed]:
    """Return what a plan has in store for each of its hosts, by their keys.

    Of those to whom the group comes when it rains nothing where the plan has no rain version.
    """
    visit = content.visit
    sites = sites_of_both(content)
    return {
        one.key: Agreed(
            visit.days[one.day].date,
            stays_of_stop(content, one.day, one.number, is_rain=one.is_rain),
            visit.group_size,
            name_of(one, sites),
        )
        for one in host_stops(visit)
        if content.rain is not None or not one.is_rain
    }


def name_of(host: HostStop, sites: Mapping[str, Site]) -> LocalText:
    """Return what a host's place is called."""
    place = host.stop.place
    site = sites.get(place.site or "") if place else None
    return dict(site.name if site else place.name if place else {})


def stop_called(visit: Visit, key: str) -> HostStop | None:
    """Return the stop of a host, None where it is no longer in the visit."""
    return next((one for one in host_stops(visit) if one.key == key), None)


def _details(kept: Mapping[str, Any]) -> HostDetails:
    deadline = kept.get("deadline")
    return HostDetails(**{**kept, "deadline": dt.date.fromisoformat(deadline) if deadline else None})


def _agreed(told: Mapping[str, Any]) -> Agreed:
    stays = tuple(SiteStay(**stay) for stay in told["stays"])
    return Agreed(dt.date.fromisoformat(told["date"]), stays, told["people"], told["name"])
