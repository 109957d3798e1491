"""The same question asked again with the same Idempotency-Key is answered once, and told the same again.

Kept for a day, in the database, so that it holds for all workers; beyond a number the oldest go.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import Fault, InvalidInputError, PlannerError, Reason
from planner.services.accounts.users import DAY_S
from planner.store.trust import once as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant

KEPT_S = DAY_S
MOST_KEPT, LARGEST = 500, 500_000
"""So many answers are kept, each of so many bytes at most when packed."""

LONGEST_KEY = 200
GIVEN_UP_S = 120
"""A question that has not been answered for so long may be asked again: its worker is gone."""


class KeyReusedError(InvalidInputError):
    """The key was sent with another question before."""

    code = "key_reused"

    def __init__(self) -> None:
        said = "this Idempotency-Key was sent with another request before: take a new one"
        super().__init__(said, reason=Reason.KEY_REUSED)


class BeingAnsweredError(PlannerError):
    """The same question with the same key is being answered at this moment."""

    code = "being_answered"
    status = 409

    def __init__(self) -> None:
        super().__init__("this is being answered already: ask again in a few seconds")


@dataclass(frozen=True, slots=True)
class Question:
    """A key within its scope, and what is asked with it; both as hashes."""

    key: str
    asked: str

    @classmethod
    def of(cls, scope: str, key: str, asked: bytes) -> Question:
        """Return what is asked with a key; `scope` tells keys of different calls and people apart.

        Raises
        ------
        InvalidInputError
            If the key is empty, too long, or has other signs than ASCII has for printing.
        """
        if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
            said = f"an Idempotency-Key has 1 to {LONGEST_KEY} printable signs of ASCII"
            raise InvalidInputError(said, details=(Fault("", "idempotency_key", said),))
        mark = hashlib.sha256(f"{scope}\n{key}".encode()).hexdigest()
        return cls(mark, hashlib.sha256(asked).hexdigest())


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given before."""

    status: int
    answer: bytes


def begin(session: Session, question: Question, now: Instant) -> Kept | None:
    """Return the answer that was given before; None where it is now to be answered, which is noted.

    Raises
    ------
    KeyReusedError
        If the key was sent with another question.
    BeingAnsweredError
        If the same question is being answered.
    """
    row = store.answered(session, question.key)
    if row is not None and row.at > now - KEPT_S:
        if row.asked_sha256 != question.asked:
            raise KeyReusedError
        if row.status:
            return Kept(row.status, zlib.decompress(row.answer or b""))
        if row.at > now - GIVEN_UP_S:
            raise BeingAnsweredError
    store.begin(session, question.key, question.asked, now)
    store.forget(session, now - KEPT_S, MOST_KEPT)
    return None


def keep(session: Session, question: Question, status: int, answer: bytes) -> None:
    """Keep the answer; one that is too large is forgotten, with its key."""
    packed = zlib.compress(answer, 1)
    if len(packed) <= LARGEST:
        store.keep(session, question.key, status, packed)
    else:
        store.drop(session, question.key)


def drop(session: Session, question: Question) -> None:
    """Forget a question that came to no answer: it may be asked again."""
    store.drop(session, question.key)


def forget_old(session: Session, now: Instant) -> None:
    """Remove answers that are old."""
    store.forget(session, now - KEPT_S, MOST_KEPT)
