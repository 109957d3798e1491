"""Users, what lets them in (one-time links, sessions), and failed attempts."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from planner.store.models import AttemptRow, SessionRow, SignInLinkRow, UserRow
from planner.store.secrets import sign_in_token, token_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant

AGENT_LENGTH = 200


def add_user(session: Session, name: str, key: str, role: str, now: Instant) -> UserRow:
    """Store a new user, who has no password yet."""
    row = UserRow(name=name, name_key=key, role=role, created=now)
    session.add(row)
    session.flush()
    return row


def user_by_key(session: Session, key: str) -> UserRow | None:
    """The user of a case-folded name, archived or not."""
    return session.scalar(select(UserRow).where(UserRow.name_key == key))


def all_users(session: Session) -> list[UserRow]:
    """Everybody in the order of their names, archived ones last."""
    return list(session.scalars(select(UserRow).order_by(UserRow.archived, UserRow.name_key)))


def users_in_role(session: Session, role: str) -> list[UserRow]:
    """Who has a role and is not archived, in the order they came."""
    rows = select(UserRow).where(UserRow.role == role, ~UserRow.archived).order_by(UserRow.id)
    return list(session.scalars(rows))


def anybody_has_password(session: Session) -> bool:
    """Whether anybody who is not archived can sign in by password."""
    row = select(UserRow.id).where(UserRow.password_hash.is_not(None), ~UserRow.archived).limit(1)
    return session.scalar(row) is not None


def add_sign_in_link(session: Session, secret_key: str, user_id: int, now: Instant, expires: Instant) -> str:
    """Make a one-time link in place of the user's older ones; its token."""
    expire_sign_in_links(session, user_id, now)
    unset = f"unset {secrets.token_hex(16)}"
    row = SignInLinkRow(user_id=user_id, token_sha256=unset, expires=expires, created=now)
    session.add(row)
    session.flush()
    token = sign_in_token(secret_key, row.id, row.created)
    row.token_sha256 = token_hash(token)
    session.flush()
    return token


def open_sign_in_link(session: Session, user_id: int, now: Instant) -> SignInLinkRow | None:
    """The user's link that still works, if there is one."""
    rows = (
        select(SignInLinkRow)
        .where(SignInLinkRow.user_id == user_id, SignInLinkRow.used.is_(None), SignInLinkRow.expires > now)
        .order_by(SignInLinkRow.id.desc())
    )
    return session.scalars(rows).first()


def expire_sign_in_links(session: Session, user_id: int, now: Instant) -> None:
    """Let none of the user's links work any more."""
    session.execute(
        update(SignInLinkRow)
        .where(SignInLinkRow.user_id == user_id, SignInLinkRow.used.is_(None), SignInLinkRow.expires > now)
        .values(expires=now)
    )


def sign_in_link(session: Session, token: str) -> tuple[SignInLinkRow, UserRow] | None:
    """The link of a token, used up or not, and its user."""
    query = (
        select(SignInLinkRow, UserRow)
        .join(UserRow, UserRow.id == SignInLinkRow.user_id)
        .where(SignInLinkRow.token_sha256 == token_hash(token))
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def use_sign_in_link(session: Session, token: str, now: Instant) -> int | None:
    """Use a link up, in one statement: of two at once, one gets the user's id, the other None."""
    statement = (
        update(SignInLinkRow)
        .where(
            SignInLinkRow.token_sha256 == token_hash(token),
            SignInLinkRow.used.is_(None),
            SignInLinkRow.expires > now,
        )
        .values(used=now)
        .returning(SignInLinkRow.user_id)
    )
    return session.execute(statement).scalar_one_or_none()


def add_session(session: Session, user_id: int, agent: str, now: Instant) -> str:
    """Open a session; its token, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    hashed = token_hash(token)
    session.add(
        SessionRow(user_id=user_id, token_sha256=hashed, agent=agent[:AGENT_LENGTH], created=now, seen=now)
    )
    return token


def open_session(session: Session, token: str) -> tuple[SessionRow, UserRow] | None:
    """The session of a token that nobody has ended, and its user, who is not archived."""
    query = (
        select(SessionRow, UserRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .where(SessionRow.token_sha256 == token_hash(token), SessionRow.ended.is_(None), ~UserRow.archived)
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def mark_seen(session: Session, session_id: int, now: Instant) -> None:
    """Remember when a session was last used."""
    session.execute(update(SessionRow).where(SessionRow.id == session_id).values(seen=now))


def open_sessions(session: Session, user_id: int) -> list[SessionRow]:
    """The user's sessions that nobody has ended, last used first."""
    rows = select(SessionRow).where(SessionRow.user_id == user_id, SessionRow.ended.is_(None))
    return list(session.scalars(rows.order_by(SessionRow.seen.desc(), SessionRow.id.desc())))


def end_session(session: Session, user_id: int, session_id: int, now: Instant) -> bool:
    """End one of the user's sessions; False if there is none of this id."""
    statement = (
        update(SessionRow)
        .where(SessionRow.id == session_id, SessionRow.user_id == user_id, SessionRow.ended.is_(None))
        .values(ended=now)
        .returning(SessionRow.id)
    )
    return session.execute(statement).scalar_one_or_none() is not None


def end_sessions(session: Session, user_id: int, now: Instant, *, but: int | None = None) -> None:
    """End all of the user's sessions, or all but one."""
    mine = update(SessionRow).where(SessionRow.user_id == user_id, SessionRow.ended.is_(None))
    session.execute((mine if but is None else mine.where(SessionRow.id != but)).values(ended=now))


def forget_before(session: Session, instant: Instant) -> None:
    """Remove sessions and links that were made and are over since before an instant."""
    session.execute(delete(SessionRow).where(SessionRow.created < instant, SessionRow.seen < instant))
    session.execute(
        delete(SignInLinkRow).where(SignInLinkRow.created < instant, SignInLinkRow.expires < instant)
    )


def add_attempts(session: Session, keys: list[str], now: Instant) -> list[int]:
    """Count an attempt under every key; the ids of its rows."""
    rows = [AttemptRow(key=key, at=now) for key in keys]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def attempts_since(session: Session, key: str, instant: Instant, most: int) -> tuple[int, Instant]:
    """How many attempts there were after an instant, and when the `most`-th newest of them was."""
    recent = (AttemptRow.key == key, AttemptRow.at > instant)
    count = session.scalar(select(func.count()).select_from(AttemptRow).where(*recent)) or 0
    newest = select(AttemptRow.at).where(*recent).order_by(AttemptRow.at.desc())
    return count, session.scalar(newest.offset(most - 1).limit(1)) or instant


def remove_attempts(session: Session, ids: list[int], key: str) -> None:
    """Take back these attempts, and all under a key."""
    session.execute(delete(AttemptRow).where(AttemptRow.id.in_(ids) | (AttemptRow.key == key)))


def forget_attempts(session: Session, instant: Instant) -> None:
    """Remove the attempts up to an instant."""
    session.execute(delete(AttemptRow).where(AttemptRow.at <= instant))
