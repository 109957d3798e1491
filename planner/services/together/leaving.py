"""Who leaves: signed out everywhere, their visits handed over, in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import InvalidInputError, Reason
from planner.services.accounts.users import Role, User, archive_user, as_user, existing
from planner.store import users, visits
from planner.store.together import shares

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant


@dataclass(frozen=True)
class Leaving:
    """Somebody who leaves: how many visits are theirs, and who could have them."""

    user: User
    visits: int
    heirs: tuple[User, ...]


def leaving(session: Session, user_id: int) -> Leaving:
    """Return what somebody leaves behind.

    Raises
    ------
    NotThereError
        If there is no such user.
    """
    user = as_user(existing(session, user_id))
    heirs = [as_user(row) for row in users.all_users(session) if not row.archived and row.id != user.id]
    able = tuple(one for one in heirs if one.role is not Role.VIEWER)
    return Leaving(user, visits.owned_count(session, user.id), able)


def leave(session: Session, user_id: int, to_id: int | None, by: User | None, now: Instant) -> int:
    """Archive somebody and hand their visits over; how many those were. For None they stay with their name.

    Raises
    ------
    NotThereError
        If there is no such user.
    InvalidInputError
        If who is to have the visits cannot, or somebody would archive themselves or the last administrator.
    """
    behind = leaving(session, user_id)
    if to_id is not None and to_id not in {one.id for one in behind.heirs}:
        raise InvalidInputError("this person cannot take visits over", reason=Reason.NO_HEIR)
    archive_user(session, user_id, by, now)
    shares.forget(session, user_id)
    if to_id is None:
        return 0
    given = visits.hand_over(session, user_id, to_id)
    for visit_id in given:
        shares.unshare(session, visit_id, to_id)
    return len(given)
