"""Counts of needs: how many of a visit's people, or of a party, have which need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from planner.store.hosts.tables import AttendeeCountRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


def counts(session: Session, visit_id: int) -> list[tuple[str, str, str, int]]:
    """The counts of a visit as (party, kind, detail, count), in the order in which they were filled in."""
    query = (
        select(AttendeeCountRow).where(AttendeeCountRow.visit_id == visit_id).order_by(AttendeeCountRow.id)
    )
    return [(row.party, row.kind, row.detail, row.count) for row in session.scalars(query)]


def replace_counts(session: Session, visit_id: int, listed: Iterable[tuple[str, str, str, int]]) -> None:
    """Keep these counts of a visit in place of those that are there."""
    forget_counts(session, visit_id)
    session.add_all(
        AttendeeCountRow(visit_id=visit_id, party=party, kind=kind, detail=detail, count=count)
        for party, kind, detail, count in listed
    )


def forget_counts(session: Session, visit_id: int) -> None:
    """Remove the counts of a visit."""
    session.execute(delete(AttendeeCountRow).where(AttendeeCountRow.visit_id == visit_id))


def visits_with_counts(session: Session) -> set[int]:
    """The visits of which counts are kept."""
    return set(session.scalars(select(AttendeeCountRow.visit_id).distinct()))
