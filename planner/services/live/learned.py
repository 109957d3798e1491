"""What was learned of stays from the logs of past days; rehearsals are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.live.events import standing
from planner.domain.live.learned import LearnedStay, TakenStay, learned, taken_stays
from planner.domain.weather.rain import version_in_force
from planner.services.live.state import ways_of
from planner.store import live as store
from planner.store import visits
from planner.store.live import Written

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

MOST_DAYS = 100
"""So many of the newest days are looked at: how long a stay takes changes over the years."""


def learned_version(session: Session, today: dt.date) -> int:
    """Return a number that is another one as soon as more was said of days before today."""
    return store.past_version(session, today.isoformat())


def learned_stays(session: Session, today: dt.date) -> Mapping[str, LearnedStay]:
    """Return what stays took at sites, by the sites' ids."""
    return learned(
        stay
        for visit_id, date in store.past_days(session, today.isoformat(), MOST_DAYS)
        for stay in _of_day(session, visit_id, date)
    )


def _of_day(session: Session, visit_id: int, date: str) -> Iterator[TakenStay]:
    """The stays of a day, as the newest release of its visit has it."""
    content = visits.release(session, visit_id, visits.release_count(session, visit_id))
    if content is not None:
        log = standing(store.events(session, Written(visit_id, date)))
        for index, day in enumerate(content.visit.days):
            if day.date.isoformat() == date:
                held = version_in_force(content, index, log)
                yield from taken_stays(visit_id, held.visit.days[index], ways_of(held, index), log)
