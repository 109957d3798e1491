"""The sample visit that a first run shows: two days in Skawina, always some days ahead."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from planner.domain.edits.stops import on_date
from planner.domain.hours.spans import is_public_holiday
from planner.domain.visits import Visit
from planner.paths import ROOT
from planner.services.visits.publish import ensure_links, publish
from planner.store import visits as store
from planner.store.documents import from_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.services.travel.town import Town

AHEAD_DAYS = 14
SATURDAY = 5
DOCUMENT = ROOT / "data" / "sample" / "visit.json"


def sample_date(today: date, country: str, days: int = 1) -> date:
    """The first of so many working days in a row, none a public holiday, two weeks from a day on."""
    first = today + timedelta(days=AHEAD_DAYS)
    while not all(_is_working_day(first + timedelta(days=after), country) for after in range(days)):
        first += timedelta(days=1)
    return first


def _is_working_day(day: date, country: str) -> bool:
    return day.weekday() < SATURDAY and not is_public_holiday(day, country)


@cache
def sample_visit() -> Visit:
    """A day together by bus and on foot, with lunch, and a morning in three parties; on any date."""
    return from_json(Visit, json.loads(DOCUMENT.read_text(encoding="utf-8")))


def keep_sample(
    session: Session, town: Town, secret_key: str, now: Instant, sample: Visit | None = None
) -> None:
    """Make the sample visit at the first run; publish it for new dates once its own have passed.

    `sample` is another one than that of `sample_visit`, on any date.
    """
    today = town.clock.local(now).date()
    sample = sample or sample_visit()
    visit = on_date(sample, sample_date(today, town.country, len(sample.days)))
    row = store.sample_visit(session)
    if row is None:
        row = store.add_visit(session, visit, now, is_sample=True)
    else:
        release = store.published_release(session, row)
        head = store.revision(session, row.id, row.head)
        is_untouched = head is not None and head.author_id is None
        if release is None or not is_untouched or release.visit.days[-1].date >= today:
            return
        store.add_revision(session, row, visit, store.Edit("moved", None, now))
    publish(session, town, row, visit, now)
    ensure_links(session, secret_key, row.id, now)
