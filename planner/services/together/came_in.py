"""What came in from others while somebody edited, and stands beside what they saved second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.edits.changes import Change, changes
from planner.store import visits as store

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from planner.domain.edits.merge import Merged
    from planner.domain.visits import Visit
    from planner.services.accounts.users import User
    from planner.store.models import VisitRow


@dataclass(frozen=True)
class CameIn:
    """By whom, the newest first, and what they changed."""

    by: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


NOTHING = CameIn()


def came_in(
    session: Session,
    row: VisitRow,
    seen: tuple[User, int],
    states: tuple[Visit, Visit, Merged],
    mine: Collection[str],
) -> CameIn:
    """Return what others had saved since a revision that a user has seen, and what of it still stands.

    `states` are the draft as it was seen, as it was found, and both put together; `mine` are the keys of the
    clashes in which the second edit stands. Nothing where only the user saved, in another window.
    """
    user, number = seen
    base, theirs, merged = states
    marks = store.revision_marks(session, row.id)
    by = dict.fromkeys(mark.author for mark in marks if mark.number > number)
    others = tuple(name for name in by if name != user.name)
    given_up = {_place(one) for clash in merged.clashes if clash.key in mine for one in clash.theirs}
    kept = tuple(one for one in changes(base, theirs) if _place(one) not in given_up)
    return CameIn(others, kept) if others and kept else NOTHING


def _place(change: Change) -> tuple[object, ...]:
    """What of a visit a change is about."""
    return change.kind, change.field, change.stop.id if change.stop else None, change.day
