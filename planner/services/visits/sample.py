"""The sample visit that a first run shows: a morning in Skawina, always some days ahead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.domain.hours.spans import is_public_holiday
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, StopKind, Visit
from planner.services.visits.publish import ensure_links, publish
from planner.store import visits as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.services.travel.town import Town

AHEAD_DAYS = 14
SATURDAY = 5
STATION = PlaceRef(site="dworzec-biblioteka")


def sample_date(today: date, country: str) -> date:
    """The first working day that is no public holiday, two weeks from a day."""
    day = today + timedelta(days=AHEAD_DAYS)
    while day.weekday() >= SATURDAY or is_public_holiday(day, country):
        day += timedelta(days=1)
    return day


def sample_visit(day: date) -> Visit:
    """A morning on foot: interchange, museum, talk at the Town Hall, park, graduation tower."""
    return Visit(
        title={"pl": "Skawina: od dworca do parku", "en": "Skawina: from the station to the park"},
        group_size=20,
        meeting_point={
            "pl": "Dworzec PKP Skawina, wejście od ul. Sikorskiego",
            "en": "Skawina railway station, entrance from ul. Sikorskiego",
        },
        days=(
            Day(
                date=day,
                start=DayStart(STATION, "09:00"),
                end=DayEnd(STATION, latest="13:00"),
                stops=(
                    _stop("sck-pr", 20),
                    _stop("muzeum", 35),
                    _stop(
                        "ratusz",
                        50,
                        fixed="10:30",
                        note={
                            "pl": "Rozmowa i pytania w sali posiedzeń na 2. piętrze.",
                            "en": "Talk and questions in the council chamber on the 2nd floor.",
                        },
                    ),
                    _stop("park-miejski", 20),
                    _stop("teznia", 10),
                ),
            ),
        ),
    )


def _stop(site: str, dwell_min: int, *, fixed: str | None = None, note: dict[str, str] | None = None) -> Stop:
    return Stop(
        id=site,
        kind=StopKind.SITE,
        place=PlaceRef(site=site),
        dwell_min=dwell_min,
        min_dwell_min=max(5, dwell_min // 2),
        fixed=fixed,
        note=note or {},
    )


def keep_sample(session: Session, town: Town, secret_key: str, now: Instant) -> None:
    """Make the sample visit at the first run; publish it for a new date once its own has passed."""
    today = town.clock.local(now).date()
    visit = sample_visit(sample_date(today, town.country))
    row = store.sample_visit(session)
    if row is None:
        row = store.add_visit(session, visit, now, is_sample=True)
        ensure_links(session, secret_key, row.id, now)
        publish(session, town, row, visit, now)
        return
    release = store.published_release(session, row)
    head = store.revision(session, row.id, row.head)
    is_untouched = head is not None and head.author_id is None
    if release is not None and is_untouched and release.visit.days[0].date < today:
        store.add_revision(session, row, visit, store.Edit("moved", None, now))
        publish(session, town, row, visit, now)
