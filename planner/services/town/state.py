"""What is in force of the town, how old and how sure it is: for who keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.buses.files import SourceKind
from planner.domain.geo import METRES_PER_DEGREE, distance_m
from planner.store.catalogue import all_sites
from planner.store.visits import visit_rows
from planner.streets.files import NetworkMeta

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from planner.buses.files import Source
    from planner.domain.clock import Instant
    from planner.services.travel.town import Town

OLD_DATA = dt.timedelta(days=365)
SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class FeedState:
    """A source of departures; `ends_in` are days from today, None without an end, below 0 after it."""

    name: str
    kind: SourceKind
    valid_from: str
    valid_to: str
    indicative: bool
    ends_in: int | None

    @property
    def is_over(self) -> bool:
        """Whether it says nothing of today any more."""
        return self.ends_in is not None and self.ends_in < 0

    @property
    def ends_soon(self) -> bool:
        """Whether it ends within two weeks."""
        return self.ends_in is not None and 0 <= self.ends_in <= SOON.days


@dataclass(frozen=True)
class TownState:
    """The streets, the feeds with the day of their last import (ISO, "" unknown), and the catalogue."""

    streets: NetworkMeta
    across_km: tuple[float, float]
    estimated_percent: int
    is_old: bool
    feeds: tuple[FeedState, ...]
    imported: str
    has_school: bool
    sites: int
    confirmed: int
    is_new: bool
    """Whether no visit was ever made here."""


def town_state(session: Session, town: Town, now: Instant) -> TownState:
    """Return what is in force."""
    meta, today = town.network.meta, town.clock.local(now).date()
    west, south, east, north = meta.bounds
    wide = distance_m((west, south), (east, south)) / 1000
    sites = all_sites(session).values()
    date = dt.date.fromisoformat(meta.data_date) if meta.data_date else None
    timetable = town.timetable
    sources = timetable.meta.sources if timetable else ()
    return TownState(
        streets=meta,
        across_km=(wide, (north - south) * METRES_PER_DEGREE / 1000),
        estimated_percent=round(100 * meta.estimated_m / meta.walk_m),
        is_old=date is None or today - date > OLD_DATA,
        feeds=tuple(_feed(source, today) for source in sources),
        imported=_imported(town),
        has_school=bool(town.school.covered),
        sites=len(sites),
        confirmed=sum(site.is_confirmed for site in sites),
        is_new=not visit_rows(session, None) and not visit_rows(session, None, archived=True),
    )


def _feed(source: Source, today: dt.date) -> FeedState:
    ends_in = (dt.date.fromisoformat(source.valid_to) - today).days if source.valid_to else None
    return FeedState(source.name, source.kind, source.valid_from, source.valid_to, source.indicative, ends_in)


def _imported(town: Town) -> str:
    """The day on which the timetable in force was built."""
    from planner.buses.files import current_timetable  # noqa: PLC0415 - its folder alone

    folder: Path | None = current_timetable(town.data_dir) if town.data_dir else None
    if folder is None:
        return ""
    built = (folder / "meta.json").stat().st_mtime
    return town.clock.local(int(built)).date().isoformat()
