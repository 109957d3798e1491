"""With whom a visit is shared: with the office, that is all organisers, or with colleagues by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import InvalidInputError, NotThereError, Reason
from planner.services.accounts.users import Role, User, as_user
from planner.services.together.access import ASKED
from planner.store import users
from planner.store.models import UserRow
from planner.store.together import shares as store
from planner.store.together.shares import OFFICE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.store.models import VisitRow


@dataclass(frozen=True)
class SharedWith:
    """Somebody with whom a visit is shared, `user` None for the office; `may` is "read" or "edit"."""

    user: User | None
    may: str

    @property
    def id(self) -> int:
        """Who it is, `OFFICE` for the office."""
        return self.user.id if self.user else OFFICE


@dataclass(frozen=True)
class Together:
    """Who works on a visit: its owner's name, those it is shared with, and those it could be shared with."""

    owner: str
    shared: tuple[SharedWith, ...]
    others: tuple[User, ...]
    has_office: bool


def together(session: Session, row: VisitRow) -> Together:
    """Return who works on a visit."""
    everybody = {one.id: as_user(one) for one in users.all_users(session) if not one.archived}
    shared = [
        SharedWith(everybody.get(share.user_id), share.may)
        for share in store.shares_of(session, row.id)
        if share.user_id == OFFICE or share.user_id in everybody
    ]
    known = {one.id for one in shared} | {row.owner_id}
    owner = session.get(UserRow, row.owner_id) if row.owner_id is not None else None
    others = [one for one in everybody.values() if one.id not in known and one.role is not Role.ADMIN]
    return Together(owner.name if owner else "", tuple(shared), tuple(others), OFFICE in known)


def share(session: Session, row: VisitRow, user_id: int, may: str) -> str:
    """Share a visit, and return with whom: a name, '' for the office. A viewer reads, whatever is said.

    Raises
    ------
    NotThereError
        If there is no such user, or not any more.
    InvalidInputError
        If this is no right that can be given.
    """
    if may not in ASKED:
        raise InvalidInputError("a visit is shared to read or to edit")
    if user_id == OFFICE:
        store.share(session, row.id, OFFICE, may)
        return ""
    whom = session.get(UserRow, user_id)
    if whom is None or whom.archived:
        raise NotThereError("there is no such user", reason=Reason.USER_MISSING)
    store.share(session, row.id, whom.id, "read" if whom.role == Role.VIEWER else may)
    return whom.name


def unshare(session: Session, row: VisitRow, user_id: int) -> str:
    """Share a visit no more with somebody, or with the office; return the name, '' for the office.

    With whom it is not shared nothing happens.
    """
    store.unshare(session, row.id, user_id)
    whom = session.get(UserRow, user_id)
    return whom.name if whom else ""
