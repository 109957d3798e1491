"""What was answered to requests with an Idempotency-Key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from planner.store.trust.tables import OnceRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant


def answered(session: Session, key: str) -> OnceRow | None:
    """What was answered to a key, by its hash."""
    return session.get(OnceRow, key)


def begin(session: Session, key: str, asked: str, now: Instant) -> None:
    """Note that a key is being answered, in place of what was begun and came to nothing."""
    session.execute(delete(OnceRow).where(OnceRow.key_sha256 == key))
    session.expire_all()
    session.add(OnceRow(key_sha256=key, asked_sha256=asked, at=now))
    session.flush()


def keep(session: Session, key: str, status: int, answer: bytes) -> None:
    """Keep the answer to a key."""
    row = session.get(OnceRow, key)
    if row is not None:
        row.status, row.answer = status, answer


def drop(session: Session, key: str) -> None:
    """Forget a key."""
    session.execute(delete(OnceRow).where(OnceRow.key_sha256 == key))


def forget(session: Session, instant: Instant, most: int) -> None:
    """Remove what is older than an instant, and the oldest beyond so many."""
    session.execute(delete(OnceRow).where(OnceRow.at < instant))
    oldest = select(OnceRow.key_sha256).order_by(OnceRow.at.desc()).offset(most)
    if extra := list(session.scalars(oldest)):
        session.execute(delete(OnceRow).where(OnceRow.key_sha256.in_(extra)))
