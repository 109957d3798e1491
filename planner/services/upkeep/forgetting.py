"""What is due is forgotten: names, contacts, notes of hosts, counts of needs; feedback, logs of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.services.paper.people import KEPT, is_over
from planner.services.trust.personal import DAY_LOG_KEPT, FEEDBACK_KEPT, forget_people
from planner.store import live, paper, visits
from planner.store.hosts import arrangements, attendees, contacts

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from planner.store.models import VisitRow


def forget_past(session: Session, today: dt.date) -> int:
    """Forget the people of visits that are over for long enough; how many visits that were."""
    known = contacts.visits_with_contacts(session) | attendees.visits_with_counts(session)
    known |= arrangements.visits_with_details(session) | paper.visits_with_people(session)
    rows = (visits.visit_row(session, number) for number in known)
    past = [row.id for row in rows if row is not None and is_over(visits.draft(session, row), today)]
    for visit_id in past:
        forget_people(session, visit_id)
    return len(past)


def forget_said(session: Session, today: dt.date) -> int:
    """Remove feedback and logs of days that are due, and what was tried; of how many visits feedback went."""
    live.forget_days_before(session, (today - DAY_LOG_KEPT).isoformat())
    live.forget_rehearsals_before(session, (today - KEPT).isoformat())
    rows = (visits.visit_row(session, number) for number in live.visits_with_marks(session))
    past = [row.id for row in rows if row is not None and _last_day(session, row) + FEEDBACK_KEPT <= today]
    for visit_id in past:
        live.forget_marks(session, visit_id)
    return len(past)


def _last_day(session: Session, row: VisitRow) -> dt.date:
    return max(day.date for day in visits.draft(session, row).days)
