"""What is stale, missing or unconfirmed: for whoever keeps the service, before a visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.sites import HoursStatus
from planner.domain.text import in_language
from planner.errors import NetworkMissingError
from planner.services.upkeep.check_hours import hours_findings
from planner.services.visits.drafts import draft
from planner.store import visits as store
from planner.store.catalogue import all_sites

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.sites import Site
    from planner.services.travel.town import Town, TownKeeper

OLD_DATA = dt.timedelta(days=365)
SOON = dt.timedelta(days=14)
MOST_NAMED = 8


@dataclass(frozen=True)
class Finding:
    """One thing to know. `is_broken`: the service cannot do its work until it is mended."""

    text: str
    is_broken: bool = False


def check(session: Session, keeper: TownKeeper, now: Instant) -> list[Finding]:
    """Look at streets, catalogue and visits ahead; nothing found is an empty list."""
    try:
        town = keeper.town()
    except NetworkMissingError as error:
        return [Finding(f"streets: {error.message}", is_broken=True)]
    sites = all_sites(session)
    return [
        *_streets(town, now),
        *_timetable(town, now),
        *_catalogue(sites.values()),
        *_hours(session, town, sites.values(), now),
        *_visits(session, town, now),
    ]


def _streets(town: Town, now: Instant) -> Iterator[Finding]:
    facts = town.facts
    if facts.is_sketch:
        share = round(facts.estimated_share * 100)
        yield Finding(f"streets: {facts.name} is a sketch, {share} % of its metres are estimated")
    if not facts.data_date:
        yield Finding("streets: the source file does not say how old its data is")
    elif town.clock.local(now).date() - dt.date.fromisoformat(facts.data_date) > OLD_DATA:
        yield Finding(f"streets: the data is of {facts.data_date}, more than a year old: build anew")


def _timetable(town: Town, now: Instant) -> Iterator[Finding]:
    timetable = town.timetable
    if timetable is None:
        yield Finding("timetable: none is built, so no bus or train is known")
        return
    today = town.clock.local(now).date()
    ended, ending = timetable.outdated(today), timetable.outdated(today + SOON)
    for number, source in enumerate(timetable.meta.sources):
        dates = f"{source.name} is valid from {source.valid_from} to {source.valid_to}"
        if number in ended:
            yield Finding(f"timetable: {dates}, not today: get the feed that is valid now")
        elif number in ending:
            yield Finding(f"timetable: {dates}, and ends soon: get the next feed")
        if source.indicative:
            yield Finding(f"timetable: {source.name} is indicative, check times before a visit")


def _catalogue(sites: Iterable[Site]) -> Iterator[Finding]:
    known = list(sites)
    groups = {
        "without a place on the map": [site for site in known if site.location.at is None],
        "not confirmed": [site for site in known if not site.is_confirmed],
        "with unknown hours": [site for site in known if site.hours_status is HoursStatus.UNKNOWN],
        "with unconfirmed hours": [site for site in known if site.hours_status is HoursStatus.UNCONFIRMED],
        "without a Polish or an English name": [
            site for site in known if not (site.name.get("pl") and site.name.get("en"))
        ],
    }
    for what, group in groups.items():
        if group:
            yield Finding(f"catalogue: {len(group)} of {len(known)} sites {what}: {_named(group)}")


def _named(sites: list[Site]) -> str:
    names = [site.id for site in sites[:MOST_NAMED]]
    return ", ".join(names) + (", …" if len(sites) > MOST_NAMED else "")


def _hours(session: Session, town: Town, sites: Iterable[Site], now: Instant) -> Iterator[Finding]:
    rules = [(site.id, site.opening_hours) for site in sites]
    visits = [(f"visit {row.id}", store.draft(session, row)) for row in store.visit_rows(session, None)]
    today = town.clock.local(now).date()
    return (Finding(text) for text in hours_findings(town, today, rules, visits))


def _visits(session: Session, town: Town, now: Instant) -> Iterator[Finding]:
    today = town.clock.local(now).date()
    for row in store.visit_rows(session, None):
        visit = store.draft(session, row)
        if visit.days[-1].date < today:
            continue
        name = f"visit {row.id}, {in_language(visit.title, 'en')}, {visit.days[0].date}"
        plan = draft(session, town, visit, now)
        if plan.content is None:
            yield Finding(f"{name}: cannot be planned: {plan.faults[0].message}")
        elif row.published is None:
            yield Finding(f"{name}: not published")
        elif store.is_changed_since_release(session, row):
            yield Finding(f"{name}: changed since it was published")
        for link in store.links_of(session, row.id):
            if link.expires is not None and link.expires < town.clock.midnight(visit.days[-1].date):
                yield Finding(f"{name}: the {link.kind} link ends before the visit")
