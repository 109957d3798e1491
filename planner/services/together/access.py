"""Who may do what with which visit: said here and nowhere else."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from planner.errors import NotAllowedError, NotThereError, Reason
from planner.store import visits
from planner.store.together import shares as store
from planner.store.together.shares import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from planner.services.accounts.users import User
    from planner.store.models import VisitRow


class Right(IntEnum):
    """What somebody may do with a visit; who may do one thing may do all before it."""

    NONE = 0
    """Nothing: for them there is no such visit."""

    READ = 1
    """Read the plan and what is open in it, and comment."""

    EDIT = 2
    """Change it, ask its hosts, publish it, make links, go along with its day."""

    KEEP = 3
    """Say who else may, put it away, delete it."""


ASKED = {"read": Right.READ, "edit": Right.EDIT}
"""The rights that can be given to others, by the names that are stored."""


def right_of(user: User, owner_id: int | None, shares: Iterable[tuple[int, Right]]) -> Right:
    """Return what somebody may do with a visit of an owner, shared so.

    Parameters
    ----------
    shares
        Each with the id of whom it is shared with, `OFFICE` for all organisers.
    """
    if user.is_admin:
        return Right.KEEP
    own = Right.KEEP if owner_id == user.id else Right.NONE
    whom = {user.id} if user.is_viewer else {user.id, OFFICE}
    right = max([own, *(given for one, given in shares if one in whom)])
    return min(right, Right.READ) if user.is_viewer else right


def right_to(session: Session, user: User, row: VisitRow) -> Right:
    """Return what somebody may do with a visit that is stored."""
    shares = store.shares_of(session, row.id)
    return right_of(user, row.owner_id, ((share.user_id, ASKED[share.may]) for share in shares))


def needed(session: Session, user: User, visit_id: int, right: Right, *, lock: bool = False) -> VisitRow:
    """Return the row of a visit with which somebody may do a thing.

    Raises
    ------
    NotThereError
        If there is none, or they may do nothing with it: the two look alike from outside.
    NotAllowedError
        If they may do less.
    """
    row = visits.visit_row(session, visit_id, lock=lock)
    theirs = Right.NONE if row is None else right_to(session, user, row)
    if row is None or theirs is Right.NONE:
        raise NotThereError("there is no such visit", reason=Reason.VISIT_MISSING)
    if theirs < right:
        reason = Reason.READS_ONLY if theirs is Right.READ else Reason.OWNERS_ONLY
        raise NotAllowedError("this visit is somebody else's", reason=reason)
    return row


def visible(session: Session, user: User, *, archived: bool = False) -> list[VisitRow]:
    """Return the visits that somebody may read, the newest first; of those put away, those that they keep."""
    if user.is_admin:
        return visits.visit_rows(session, None, archived=archived)
    whom = () if archived else (user.id,) if user.is_viewer else (user.id, OFFICE)
    return visits.visit_rows(
        session, user.id, archived=archived, also=store.visits_shared_with(session, whom)
    )
