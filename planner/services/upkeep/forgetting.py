"""What is known of people for a visit is forgotten: names, contacts, notes of hosts, counts of needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.services.paper.people import is_over
from planner.store import paper, visits
from planner.store.hosts import arrangements, attendees, contacts

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


def forget_past(session: Session, today: dt.date) -> int:
    """Forget the people of visits that are over for long enough; how many visits that were."""
    known = contacts.visits_with_contacts(session) | attendees.visits_with_counts(session)
    known |= arrangements.visits_with_details(session) | paper.visits_with_people(session)
    rows = (visits.visit_row(session, number) for number in known)
    past = [row.id for row in rows if row is not None and is_over(visits.draft(session, row), today)]
    for visit_id in past:
        paper.forget_people(session, visit_id)
        contacts.forget_contacts(session, visit_id)
        arrangements.forget_details(session, visit_id)
        attendees.forget_counts(session, visit_id)
    return len(past)
