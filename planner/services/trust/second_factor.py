"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes in its place."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import pyotp

from planner.errors import PlannerError
from planner.services.accounts.credentials import THROTTLE_S, ThrottledError
from planner.services.accounts.users import User
from planner.store import users
from planner.store.secrets import recovery_hash, second_factor_key, token_hash
from planner.store.trust import second_factor as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.store.trust.tables import SecondFactorRow

STEP_S, DIGITS = 30, 6
"""A code is good for so many seconds, the one before and the one after it too: clocks differ."""

MOST_WRONG = 5
"""So many wrong codes for one account within fifteen minutes."""

CODES, CODE_BYTES, CODE_GROUP = 10, 10, 4
"""So many recovery codes, of 80 bits each, written in groups of four signs."""


class SecondFactorRefusedError(PlannerError, PermissionError):
    """The code is none that is good now, or was taken already."""

    code = "second_factor_refused"
    status = 401

    def __init__(self) -> None:
        super().__init__("this code is not good now, or was used already")


class Taken(Enum):
    """By what somebody was let in."""

    APP = "app"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """How an account's second factor stands. `key` is for the app, in base 32, while it is being set up."""

    is_on: bool = False
    key: str = ""
    codes_left: int = 0


@dataclass(frozen=True, slots=True)
class Guesser:
    """Who types a code: for which account, in which browser that is known to it ('' for none)."""

    user: User
    known_browser: str = ""

    @property
    def mark(self) -> str:
        """What wrong codes are counted under."""
        return token_hash(f"second factor:{self.user.id}:{self.known_browser}")


def second_factor(session: Session, secret_key: str, user_id: int) -> SecondFactor:
    """Return how an account's second factor stands."""
    row = store.factor_of(session, user_id)
    if row is None:
        return SecondFactor()
    if row.confirmed is None:
        return SecondFactor(key=second_factor_key(secret_key, user_id, row.salt))
    return SecondFactor(is_on=True, codes_left=store.count_codes(session, user_id))


def is_on(session: Session, user_id: int) -> bool:
    """Whether signing in to an account asks for a code."""
    row = store.factor_of(session, user_id)
    return row is not None and row.confirmed is not None


def accounts_with(session: Session) -> frozenset[int]:
    """Return the ids of the accounts that have one."""
    return store.confirmed(session)


def begin(session: Session, user_id: int) -> None:
    """Make a key for the app, which counts once a code of it was typed; one that is on stays as it is."""
    if not is_on(session, user_id):
        store.begin(session, user_id, secrets.token_urlsafe(18))


def app_address(user: User, key: str, issuer: str) -> str:
    """Return what the app reads from the QR code."""
    return pyotp.TOTP(key, digits=DIGITS, interval=STEP_S).provisioning_uri(
        name=user.name, issuer_name=issuer
    )


def count_try(session: Session, who: Guesser, now: Instant) -> None:
    """Count a code that is about to be looked at, so that many at once gain nothing.

    Raises
    ------
    ThrottledError
        If there were too many wrong ones.
    """
    count, since = users.attempts_since(session, who.mark, now - THROTTLE_S, MOST_WRONG)
    if count >= MOST_WRONG:
        raise ThrottledError(max(1, since + THROTTLE_S - now))
    users.add_attempts(session, [who.mark], now)


def take(session: Session, secret_key: str, who: Guesser, typed: str, now: Instant) -> Taken:
    """Take a code of the app, or use a recovery code up; a code of the app is taken once.

    Raises
    ------
    SecondFactorRefusedError
        If it is neither.
    """
    row, code = store.factor_of(session, who.user.id), _plain(typed)
    if row is None:
        raise SecondFactorRefusedError
    taken = Taken.APP if _is_of_app(row, secret_key, code, now) else None
    if taken is None and row.confirmed is not None:
        is_kept = store.use_code(session, row.user_id, recovery_hash(secret_key, row.user_id, code))
        taken = Taken.RECOVERY if is_kept else None
    if taken is None:
        raise SecondFactorRefusedError
    users.remove_attempts(session, [], who.mark)
    return taken


def confirm(session: Session, secret_key: str, who: Guesser, typed: str, now: Instant) -> list[str]:
    """Switch the second factor on, since a code of the app was typed; return the first recovery codes.

    Raises
    ------
    SecondFactorRefusedError
        If the code is wrong.
    """
    take(session, secret_key, who, typed, now)
    row = store.factor_of(session, who.user.id)
    if row is not None:
        row.confirmed = now
    return new_codes(session, secret_key, who.user.id)


def new_codes(session: Session, secret_key: str, user_id: int) -> list[str]:
    """Make recovery codes in place of those that are left; only their hashes are kept."""
    codes = [base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode() for _ in range(CODES)]
    store.replace_codes(session, user_id, [recovery_hash(secret_key, user_id, code) for code in codes])
    return [in_groups(code) for code in codes]


def reset(session: Session, user_id: int) -> bool:
    """Remove a second factor with its recovery codes; False if there was none."""
    return store.forget(session, user_id)


def in_groups(text: str) -> str:
    """Return a key or a code in groups that one can read aloud."""
    return " ".join(text[begin : begin + CODE_GROUP] for begin in range(0, len(text), CODE_GROUP))


def _is_of_app(row: SecondFactorRow, secret_key: str, code: str, now: Instant) -> bool:
    """Whether it is a code of now that was not taken yet; then it is taken."""
    app = pyotp.TOTP(second_factor_key(secret_key, row.user_id, row.salt), digits=DIGITS, interval=STEP_S)
    here = now // STEP_S
    for step in (here - 1, here, here + 1):
        if step > row.last_step and secrets.compare_digest(app.at(step * STEP_S), code):
            row.last_step = step
            return True
    return False


def _plain(typed: str) -> str:
    """What was typed without spaces and hyphens, in capital letters; nothing that ASCII does not have."""
    text = unicodedata.normalize("NFKC", typed).upper()
    kept = "".join(sign for sign in text if sign.isalnum())
    return kept if kept.isascii() else ""
