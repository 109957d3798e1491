"""What is kept of people for one visit, apart from its plan: given out whole, and deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.services.contacts.contacts import OwnerKind, contacts_of
from planner.store import live, paper
from planner.store.hosts import arrangements, attendees, contacts
from planner.store.together import comments

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FEEDBACK_KEPT = dt.timedelta(days=180)
"""Feedback goes so long after the last day of its visit."""

DAY_LOG_KEPT = dt.timedelta(days=365)
"""What was said on a day goes so long after it; usual stays are learned from it until then."""


@dataclass(frozen=True)
class PersonalData:
    """What is kept of people for a visit; each list as plain data, ready to be written."""

    names: list[dict[str, str]]
    school_card: dict[str, Any]
    contacts: list[dict[str, str]]
    hosts: dict[str, dict[str, Any]]
    needs: list[dict[str, Any]]
    feedback: list[dict[str, Any]]
    log: list[dict[str, Any]]
    comments: list[dict[str, Any]]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each."""
        return {name: len(listed) for name, listed in asdict(self).items()}


def personal_data(session: Session, visit_id: int) -> PersonalData:
    """Return all that is kept of people for a visit besides its plan and its releases."""
    return PersonalData(
        names=[{"name": name, "party": party} for name, party in paper.names(session, visit_id)],
        school_card=paper.card(session, visit_id),
        contacts=_contacts(session, visit_id),
        hosts=arrangements.details(session, visit_id),
        needs=[
            {"party": party, "kind": kind, "detail": detail, "count": count}
            for party, kind, detail, count in attendees.counts(session, visit_id)
        ],
        feedback=[
            {"stop": row.stop, "mark": row.mark, "text": row.text} for row in live.marks(session, visit_id)
        ],
        log=[
            {"date": row.date, "received": row.received, "rehearsal": row.is_rehearsal, "said": row.said}
            for row in live.log(session, visit_id)
        ],
        comments=[
            {"stop": row.stop, "day": row.day, "text": row.text, "by": by, "at": row.at}
            for row, by, _ in comments.comments_of(session, visit_id)
        ],
    )


def forget_people(session: Session, visit_id: int) -> None:
    """Remove names, school card, contacts, what is written down of hosts, and counts of needs."""
    paper.forget_people(session, visit_id)
    contacts.forget_contacts(session, visit_id)
    arrangements.forget_details(session, visit_id)
    attendees.forget_counts(session, visit_id)


def delete_personal_data(session: Session, visit_id: int, today: dt.date) -> None:
    """Remove all of it but the comments of colleagues; of the log of its days what is past."""
    forget_people(session, visit_id)
    live.forget_marks(session, visit_id)
    live.forget_log(session, visit_id, today.isoformat())


def _contacts(session: Session, visit_id: int) -> list[dict[str, str]]:
    return [
        {"of": kind.value, "key": owner, "role": role, **asdict(contact)}
        for kind in (OwnerKind.HOST, OwnerKind.DRIVER)
        for (owner, role), contact in contacts_of(session, kind, visit_id).items()
    ]
