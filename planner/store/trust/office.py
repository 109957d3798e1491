"""What the office says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from planner.store.trust.tables import OfficeFactRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


def facts(session: Session) -> dict[str, str]:
    """What is filled in, by field."""
    return {row.name: row.text for row in session.scalars(select(OfficeFactRow))}


def replace_facts(session: Session, filled: Mapping[str, str]) -> None:
    """Keep these in place of those that are there."""
    session.execute(delete(OfficeFactRow))
    session.add_all(OfficeFactRow(name=name, text=text) for name, text in filled.items())
