"""Who is signed in in which browser, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.errors import NotThereError, Reason
from planner.services.accounts.users import DAY_S, User, as_user, existing
from planner.store import users as store
from planner.store.models import SessionRow, UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MINUTE_S, HOUR_S = 60, 3_600

SESSION_S = 30 * DAY_S
"""How long one stays signed in at most."""

WITHOUT_PASSWORD_S = DAY_S
"""How long one stays signed in by a link alone, without choosing a password."""

IDLE_S = 72 * HOUR_S
"""How long one stays signed in without coming by: from Friday afternoon to Monday morning, not longer."""

SEEN_EVERY_S = 5 * MINUTE_S
"""How often a session's use is written down."""

KEPT_S = 90 * DAY_S
"""How long sessions and links that are over are kept."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody in one browser."""

    user: User
    session_id: int
    has_password: bool
    seen: Instant
    """When its use was last written down."""


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """A browser in which somebody is signed in."""

    id: int
    agent: str
    created: Instant
    seen: Instant


def open_session(
    session: Session, user_id: int, agent: str, now: Instant, *, replacing: int | None = None
) -> str:
    """Sign somebody in on a browser, in place of whoever was there, and return the session's token."""
    store.forget_before(session, now - KEPT_S)
    if replacing is not None and (old := session.get(SessionRow, replacing)) is not None:
        store.end_session(session, old.user_id, old.id, now)
    return store.add_session(session, user_id, agent, now)


def forget_sign_ins(session: Session, now: Instant) -> None:
    """Remove sessions, links and failed attempts that are over for long enough."""
    store.forget_before(session, now - KEPT_S)
    store.forget_attempts(session, now - HOUR_S)


def signed_in(session: Session, token: str, now: Instant) -> SignedIn | None:
    """Return whose session a token is, None if it has ended or expired."""
    row_and_user = store.open_session(session, token)
    if row_and_user is None or not _is_alive(*row_and_user, now):
        return None
    row, user = row_and_user
    return SignedIn(as_user(user), row.id, user.password_hash is not None, row.seen)


def is_seen_anew(here: SignedIn, now: Instant) -> bool:
    """Whether a session's use is to be written down again."""
    return now - here.seen >= SEEN_EVERY_S


def mark_seen(session: Session, here: SignedIn, now: Instant) -> None:
    """Write down that a session is used."""
    store.mark_seen(session, here.session_id, now)


def sessions_of(session: Session, user_id: int, now: Instant) -> tuple[BrowserSession, ...]:
    """The browsers in which somebody is signed in, last used first."""
    user = existing(session, user_id)
    rows = [row for row in store.open_sessions(session, user_id) if _is_alive(row, user, now)]
    return tuple(BrowserSession(row.id, row.agent, row.created, row.seen) for row in rows)


def end_session(session: Session, user: User, session_id: int, now: Instant) -> None:
    """Sign somebody out in one browser.

    Raises
    ------
    NotThereError
        If the session is not theirs, or not there.
    """
    if not store.end_session(session, user.id, session_id, now):
        raise NotThereError("there is no such session", reason=Reason.SESSION_MISSING)


def end_all_sessions(session: Session, user: User, now: Instant) -> None:
    """Sign somebody out everywhere."""
    store.end_sessions(session, user.id, now)


def end_other_sessions(session: Session, here: SignedIn, now: Instant) -> None:
    """Sign somebody out in all other browsers."""
    store.end_sessions(session, here.user.id, now, but=here.session_id)


def _is_alive(row: SessionRow, user: UserRow, now: Instant) -> bool:
    longest = WITHOUT_PASSWORD_S if user.password_hash is None else SESSION_S
    return row.created + longest > now and row.seen + IDLE_S > now
