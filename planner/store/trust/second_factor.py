"""Second factors of accounts, and the recovery codes that stand in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from planner.store.trust.tables import RecoveryCodeRow, SecondFactorRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


def factor_of(session: Session, user_id: int) -> SecondFactorRow | None:
    """The second factor of an account, confirmed or not."""
    return session.get(SecondFactorRow, user_id)


def confirmed(session: Session) -> frozenset[int]:
    """The ids of the accounts whose second factor is on."""
    query = select(SecondFactorRow.user_id).where(SecondFactorRow.confirmed.is_not(None))
    return frozenset(session.scalars(query))


def begin(session: Session, user_id: int, salt: str) -> None:
    """Keep a new one that is not confirmed yet, in place of what is there."""
    forget(session, user_id)
    session.add(SecondFactorRow(user_id=user_id, salt=salt))
    session.flush()


def forget(session: Session, user_id: int) -> bool:
    """Remove it with its recovery codes; False if there is none."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
    row = session.get(SecondFactorRow, user_id)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def replace_codes(session: Session, user_id: int, hashes: Iterable[str]) -> None:
    """Keep these recovery codes in place of those that are there."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
    session.add_all(RecoveryCodeRow(user_id=user_id, hashed=one) for one in hashes)


def use_code(session: Session, user_id: int, hashed: str) -> bool:
    """Use a recovery code up, in one statement: of two at once one gets True."""
    statement = (
        delete(RecoveryCodeRow)
        .where(RecoveryCodeRow.user_id == user_id, RecoveryCodeRow.hashed == hashed)
        .returning(RecoveryCodeRow.id)
    )
    return session.execute(statement).first() is not None


def count_codes(session: Session, user_id: int) -> int:
    """How many recovery codes are left."""
    query = select(func.count()).select_from(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id)
    return session.scalar(query) or 0
