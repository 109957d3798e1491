"""With whom visits are shared: with all organisers, or with somebody by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from planner.store.models import ShareRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

OFFICE = 0
"""Stands in place of somebody's id for all organisers: nobody has it."""


def shares_of(session: Session, visit_id: int) -> list[ShareRow]:
    """With whom a visit is shared, the office first."""
    rows = select(ShareRow).where(ShareRow.visit_id == visit_id).order_by(ShareRow.user_id)
    return list(session.scalars(rows))


def visits_shared_with(session: Session, users: Collection[int]) -> list[int]:
    """The ids of the visits that are shared with any of these."""
    return list(session.scalars(select(ShareRow.visit_id).where(ShareRow.user_id.in_(users))))


def share(session: Session, visit_id: int, user_id: int, may: str) -> None:
    """Share a visit with somebody, in place of what they might do before."""
    unshare(session, visit_id, user_id)
    session.add(ShareRow(visit_id=visit_id, user_id=user_id, may=may))
    session.flush()


def unshare(session: Session, visit_id: int, user_id: int) -> None:
    """Share a visit with somebody no more."""
    here = ShareRow.visit_id == visit_id, ShareRow.user_id == user_id
    session.execute(delete(ShareRow).where(*here))


def forget(session: Session, user_id: int) -> None:
    """Share nothing any more with somebody who leaves."""
    session.execute(delete(ShareRow).where(ShareRow.user_id == user_id))
