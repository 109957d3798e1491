"""What is said of the stops of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from planner.store.models import CommentRow, UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def comments_of(session: Session, visit_id: int) -> list[tuple[CommentRow, str, str]]:
    """All of a visit, each with who said it and who settled it, '' for nobody known; the oldest first."""
    settler = aliased(UserRow)
    query = (
        select(CommentRow, UserRow.name, settler.name)
        .outerjoin(UserRow, UserRow.id == CommentRow.by_id)
        .outerjoin(settler, settler.id == CommentRow.resolved_by_id)
        .where(CommentRow.visit_id == visit_id)
        .order_by(CommentRow.id)
    )
    return [(row, by or "", settled or "") for row, by, settled in session.execute(query)]


def add_comment(session: Session, row: CommentRow) -> None:
    """Keep what was said."""
    session.add(row)
    session.flush()


def comment(session: Session, visit_id: int, comment_id: int) -> CommentRow | None:
    """A comment of a visit by its id; None for one of another visit."""
    row = session.get(CommentRow, comment_id)
    return None if row is None or row.visit_id != visit_id else row


def remove_comment(session: Session, row: CommentRow) -> None:
    """Remove a comment."""
    session.delete(row)
    session.flush()
