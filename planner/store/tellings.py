"""What hosts were told of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from planner.store.models import TellingRow, UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def add_telling(session: Session, **values: Any) -> None:
    """Keep that a host was told."""
    session.add(TellingRow(**values))


def tellings(session: Session, visit_id: int) -> list[tuple[TellingRow, str]]:
    """What the hosts of a visit were told, each with the name of who told it, from the oldest on."""
    query = (
        select(TellingRow, UserRow.name)
        .outerjoin(UserRow, UserRow.id == TellingRow.by_id)
        .where(TellingRow.visit_id == visit_id)
        .order_by(TellingRow.id)
    )
    return [(row, name or "") for row, name in session.execute(query)]
