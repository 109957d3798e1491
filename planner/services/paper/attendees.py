"""Counts of needs: apart from the visit's document, laid on a page or a sheet when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.attendees.counts import AttendeeKind, Attendees, Count
from planner.services.paper.people import is_over
from planner.store.hosts import attendees as store

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit


def attendees_of(session: Session, visit_id: int, visit: Visit, today: dt.date) -> Attendees:
    """Return who comes, for organisers alone; nothing where it is time to forget, removed yet or not.

    Counts of a party that the visit no longer has are of nobody in particular.
    """
    if is_over(visit, today):
        return Attendees()
    parties = {party.name for party in visit.parties}
    return Attendees(
        tuple(
            Count(party if party in parties else "", AttendeeKind(kind), detail, number)
            for party, kind, detail, number in store.counts(session, visit_id)
        )
    )


def keep_attendees(session: Session, visit_id: int, attendees: Attendees) -> None:
    """Keep these counts in place of those that are there."""
    counts = [(one.party, str(one.kind), one.detail, one.number) for one in attendees.counts if one.number]
    store.replace_counts(session, visit_id, counts)
