"""Signing in by name and password, and how often one may try."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

from werkzeug.security import check_password_hash, generate_password_hash

from planner.errors import Fault, InvalidInputError, PlannerError
from planner.services.accounts.passwords import Weakness, normalised, weakness
from planner.services.accounts.users import User, as_user, existing, name_key
from planner.store import users as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant

THROTTLE_S = 15 * 60
MOST_BY_NAME_AND_ADDRESS, MOST_BY_ADDRESS, MOST_BY_NAME = 5, 20, 50
"""Failed sign-ins in that time: for a name from an address, from an address, for a name from anywhere."""

MOST_IN_KNOWN_BROWSER = 10
"""For one name in a browser in which it has signed in before: others' wrong guesses shut nobody out there."""


PasswordHash = NewType("PasswordHash", str)

HASHING = "scrypt:32768:8:1"
"""How passwords are hashed: about a tenth of a second each. No setting changes it; tests put a cheap one."""


class PasswordRefusedError(InvalidInputError):
    """The password is too easy to guess."""

    def __init__(self, reason: Weakness) -> None:
        message = f"this password is refused: {reason.value.replace('_', ' ')}"
        super().__init__(message, details=(Fault("/password", reason.value, message),))
        self.weakness = reason


class SignInRefusedError(PlannerError, PermissionError):
    """Name and password do not belong together; which of them is wrong is not told."""

    code = "sign_in_refused"
    status = 401

    def __init__(self) -> None:
        super().__init__("name and password do not belong together")


class ThrottledError(PlannerError, PermissionError):
    """Too many failed sign-ins; `wait_s` seconds from now there may be another."""

    code = "too_many_attempts"
    status = 429

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"too many failed sign-ins: wait {wait_s} s")
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Attempt:
    """A counted attempt to sign in: `counted` are its rows, `user` and `password_hash` who may come of it."""

    counted: tuple[int, ...]
    key: str
    user: User | None
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who tries to sign in: from where, and in which browser this name has signed in before ('' for none)."""

    address: str
    known_browser: str = ""


def begin_sign_in(session: Session, name: str, caller: Caller, now: Instant) -> Attempt:
    """Count an attempt to sign in, before the password is looked at, so that many at once gain nothing.

    Raises
    ------
    ThrottledError
        If there were too many failures for this name and from this address, or in this browser.
    """
    key = name_key(name)
    limits = _limits(key, caller)
    for counted, most in limits.items():
        count, since = store.attempts_since(session, counted, now - THROTTLE_S, most)
        if count >= most:
            raise ThrottledError(max(1, since + THROTTLE_S - now))
    store.forget_attempts(session, now - THROTTLE_S)
    attempts = tuple(store.add_attempts(session, list(limits), now))
    row = store.user_by_key(session, key)
    if row is None or row.archived or row.password_hash is None:
        return Attempt(attempts, next(iter(limits)), None, None)
    return Attempt(attempts, next(iter(limits)), as_user(row), row.password_hash)


def _limits(key: str, caller: Caller) -> dict[str, int]:
    """What an attempt counts under, and how many may fail; who signs in is forgiven those of the first."""
    if caller.known_browser:
        return {_hashed(f"browser:{caller.known_browser}:{key}"): MOST_IN_KNOWN_BROWSER}
    network = _network(caller.address)
    return {
        _hashed(f"name:{key}:{network}"): MOST_BY_NAME_AND_ADDRESS,
        _hashed(f"address:{network}"): MOST_BY_ADDRESS,
        _hashed(f"name:{key}"): MOST_BY_NAME,
    }


def checked(attempt: Attempt, password: str) -> User:
    """Whom the password of an attempt lets in. It takes long, so no session is open meanwhile.

    Raises
    ------
    SignInRefusedError
        If name and password do not belong together.
    """
    is_right = check_password_hash(attempt.password_hash or _nobodys_hash(), normalised(password))
    if attempt.user is None or not is_right:
        raise SignInRefusedError
    return attempt.user


def end_sign_in(session: Session, attempt: Attempt) -> None:
    """Take back an attempt whose password was right, with the failures before it."""
    store.remove_attempts(session, list(attempt.counted), attempt.key)


def hashed_password(user: User, password: str) -> PasswordHash:
    """What is stored of somebody's new password. It takes long, so no session is open meanwhile.

    Raises
    ------
    PasswordRefusedError
        If it is too short or too easy to guess, with the reason.
    """
    reason = weakness(password, (user.name,))
    if reason is not None:
        raise PasswordRefusedError(reason)
    return PasswordHash(generate_password_hash(normalised(password), HASHING))


def refuse_same(session: Session, user: User, password: str) -> None:
    """Refuse a new password that is the old one. It takes as long as signing in.

    Raises
    ------
    PasswordRefusedError
        If it is.
    """
    stored = existing(session, user.id).password_hash
    if stored is not None and check_password_hash(stored, normalised(password)):
        raise PasswordRefusedError(Weakness.SAME)


def set_password(session: Session, user: User, hashed: PasswordHash, now: Instant) -> None:
    """Give somebody a new password; links that still wait to be used stop working."""
    row = existing(session, user.id)
    row.password_hash = hashed
    store.expire_sign_in_links(session, row.id, now)


def _nobodys_hash() -> str:
    """Return a hash that no password has, so that an unknown name takes as long as a known one."""
    return f"{HASHING}$nobody${'0' * 128}"


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _network(address: str) -> str:
    """The address, or the network that one household or office has in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
