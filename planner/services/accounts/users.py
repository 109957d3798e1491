"""Who may work here: the accounts, their names and roles."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.limits import USER_NAME_LENGTH
from planner.errors import Fault, InvalidInputError, NotThereError, Reason
from planner.store import users as store
from planner.store.models import UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


DAY_S = 86_400
LONGEST_KEY = 80


class Role(StrEnum):
    """What somebody may do: a viewer reads, an organiser makes visits, an admin may do everything."""

    VIEWER = "viewer"
    ORGANISER = "organiser"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in."""

    id: int
    name: str
    role: Role = Role.ORGANISER

    @property
    def is_admin(self) -> bool:
        """Whether every visit and the accounts are theirs to see."""
        return self.role is Role.ADMIN

    @property
    def is_viewer(self) -> bool:
        """Whether they only read what is shared with them: no contacts, no links."""
        return self.role is Role.VIEWER


@dataclass(frozen=True, slots=True)
class Account:
    """A user as an admin sees them; `link_expires` is None while no link waits."""

    user: User
    archived: bool
    has_password: bool
    link_expires: Instant | None


class NameFault(StrEnum):
    """Why a name cannot be had."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    STRANGE = "strange"
    TAKEN = "taken"


_NAME_MESSAGES = {
    NameFault.EMPTY: "a name is needed",
    NameFault.TOO_LONG: f"a name has at most {USER_NAME_LENGTH} characters",
    NameFault.STRANGE: "a name has no control characters",
    NameFault.TAKEN: "this name is taken",
}


class NameRefusedError(InvalidInputError):
    """The name of a new account cannot be had."""

    def __init__(self, fault: NameFault) -> None:
        message = _NAME_MESSAGES[fault]
        super().__init__(message, details=(Fault("/name", fault.value, message),))
        self.fault = fault


class LastAdminError(InvalidInputError):
    """Nobody would be left who can let people in and give them their roles."""

    def __init__(self) -> None:
        message = "there is no other administrator: make somebody else one first"
        super().__init__(message, reason=Reason.LAST_ADMIN)


def add_user(session: Session, name: str, role: Role, now: Instant) -> User:
    """Make an account that has no password yet.

    Raises
    ------
    NameRefusedError
        If the name is empty, too long, strange or taken.
    """
    shown = _clean_name(name)
    if store.user_by_key(session, name_key(shown)) is not None:
        raise NameRefusedError(NameFault.TAKEN)
    return as_user(store.add_user(session, shown, name_key(shown), role, now))


def find_user(session: Session, name: str) -> User:
    """The user of a name, however its letters are cased.

    Raises
    ------
    NotThereError
        If there is none, or none any more.
    """
    row = store.user_by_key(session, name_key(name))
    if row is None or row.archived:
        raise NotThereError(f"there is no user {name!r}")
    return as_user(row)


def accounts(session: Session, now: Instant) -> tuple[Account, ...]:
    """Everybody, archived ones last."""
    return tuple(_account(session, row, now) for row in store.all_users(session))


def archive_user(session: Session, user_id: int, by: User | None, now: Instant) -> User:
    """Sign somebody out everywhere and let them in no more; what they made stays.

    Raises
    ------
    NotThereError
        If there is no such user.
    InvalidInputError
        If they would archive themselves: somebody must be left who can undo it.
    LastAdminError
        If no administrator would be left.
    """
    if by is not None and user_id == by.id:
        raise InvalidInputError("nobody archives themselves", reason=Reason.OWN_ARCHIVE)
    row = existing(session, user_id)
    _keep_an_admin(session, row)
    row.archived = True
    store.end_sessions(session, row.id, now)
    store.expire_sign_in_links(session, row.id, now)
    return as_user(row)


def change_role(session: Session, user_id: int, role: Role) -> User:
    """Give somebody another role; it holds from their next request on.

    Raises
    ------
    NotThereError
        If there is no such user.
    LastAdminError
        If no administrator would be left.
    """
    row = existing(session, user_id)
    if role is not Role.ADMIN:
        _keep_an_admin(session, row)
    row.role = role
    return as_user(row)


def _keep_an_admin(session: Session, row: UserRow) -> None:
    """Refuse to lose the last administrator."""
    admins = [one.id for one in store.users_in_role(session, Role.ADMIN)]
    if admins == [row.id]:
        raise LastAdminError


def restore_user(session: Session, user_id: int) -> User:
    """Let somebody in again.

    Raises
    ------
    NotThereError
        If there is no such user.
    """
    row = existing(session, user_id)
    row.archived = False
    return as_user(row)


def existing(session: Session, user_id: int) -> UserRow:
    """The row of a user; NotThereError if there is none."""
    row = session.get(UserRow, user_id)
    if row is None:
        raise NotThereError("there is no such user", reason=Reason.USER_MISSING)
    return row


def standing(session: Session, user_id: int) -> str:
    """A mark of an account that changes with its password, and when it is archived or let in again."""
    row = existing(session, user_id)
    return hashlib.sha256(f"{row.password_hash}:{row.archived}".encode()).hexdigest()[:16]


def as_user(row: UserRow) -> User:
    """A row in the words of the services."""
    return User(row.id, row.name, Role(row.role))


def name_key(name: str) -> str:
    """What makes two ways of writing a name the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("\0", "").split())


def _account(session: Session, row: UserRow, now: Instant) -> Account:
    link = store.open_sign_in_link(session, row.id, now)
    return Account(as_user(row), row.archived, row.password_hash is not None, link.expires if link else None)


def _clean_name(name: str) -> str:
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown:
        raise NameRefusedError(NameFault.EMPTY)
    if len(shown) > USER_NAME_LENGTH or len(name_key(shown)) > LONGEST_KEY:
        raise NameRefusedError(NameFault.TOO_LONG)
    if not shown.isprintable():
        raise NameRefusedError(NameFault.STRANGE)
    return shown
