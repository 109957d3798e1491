"""One-time links: what lets somebody in who has no password yet."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from planner.errors import NotThereError, Reason
from planner.services.accounts.users import DAY_S, Role, User, as_user, existing
from planner.store import users as store
from planner.store.models import UserRow
from planner.store.secrets import sign_in_token

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant

LINK_S = 7 * DAY_S
"""How long a one-time link may wait to be used."""

FIRST_NAME = "organizator"


class LinkState(StrEnum):
    """What became of a one-time link."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


def new_link(
    session: Session, secret_key: str, user_id: int, now: Instant, *, but: int | None = None
) -> tuple[User, str]:
    """Make a one-time link in place of the user's older ones; return the user and the link's token.

    They are signed out everywhere: who asks for a link may have lost a computer. `but` is the session of
    whoever makes a link for themselves.

    Raises
    ------
    NotThereError
        If there is no such user, or not any more.
    """
    row = existing(session, user_id)
    if row.archived:
        msg = f"the user {row.name!r} is archived"
        raise NotThereError(msg, reason=Reason.USER_ARCHIVED, params={"name": row.name})
    store.end_sessions(session, row.id, now, but=but)
    return as_user(row), store.add_sign_in_link(session, secret_key, row.id, now, now + LINK_S)


def first_link(session: Session, secret_key: str, now: Instant) -> str | None:
    """The token that lets the first organiser in, None once anybody has a password.

    It stays the same until it is used up or has expired; then there is a new one.
    """
    if store.anybody_has_password(session):
        return None
    admins = store.users_in_role(session, Role.ADMIN)
    row = admins[0] if admins else _first_user(session, now)
    link = store.open_sign_in_link(session, row.id, now)
    if link is not None:
        return sign_in_token(secret_key, link.id, link.created)
    return store.add_sign_in_link(session, secret_key, row.id, now, now + LINK_S)


def link_state(session: Session, token: str, now: Instant) -> tuple[LinkState, str]:
    """What became of a link, and the name it is for ("" if the link is unknown); nothing is used up."""
    link_and_user = store.sign_in_link(session, token)
    if link_and_user is None:
        return LinkState.UNKNOWN, ""
    link, user = link_and_user
    if link.used is not None:
        return LinkState.USED, user.name
    is_open = link.expires > now and not user.archived
    return (LinkState.OPEN if is_open else LinkState.EXPIRED), user.name


def use_link(session: Session, token: str, now: Instant) -> User | None:
    """Use a link up and return whom it lets in, None if it is unknown, used up or expired."""
    user_id = store.use_sign_in_link(session, token, now)
    row = session.get(UserRow, user_id) if user_id is not None else None
    return None if row is None or row.archived else as_user(row)


def _first_user(session: Session, now: Instant) -> UserRow:
    names = [FIRST_NAME, *(f"{FIRST_NAME} {number}" for number in range(2, 100))]
    name = next(name for name in names if store.user_by_key(session, name) is None)
    return store.add_user(session, name, name, Role.ADMIN, now)
