"""Templates of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from planner.store.models import OfficeTemplateRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def templates(session: Session) -> list[OfficeTemplateRow]:
    """All of them, by name."""
    return list(session.scalars(select(OfficeTemplateRow).order_by(OfficeTemplateRow.name)))


def add_template(session: Session, row: OfficeTemplateRow) -> None:
    """Keep one."""
    session.add(row)
    session.flush()


def remove_template(session: Session, template_id: int) -> bool:
    """Remove one; False if there is none of this id."""
    row = session.get(OfficeTemplateRow, template_id)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True
