"""Signing in by name and password, and how often one may try."""

from __future__ import annotations

import hashlib
import ipaddress
from typing import TYPE_CHECKING

from werkzeug.security import check_password_hash, generate_password_hash

from planner.errors import Fault, InvalidInputError, PlannerError
from planner.services.accounts.passwords import Weakness, normalised, weakness
from planner.services.accounts.users import User, as_user, existing, name_key
from planner.store import users as store

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.store.database import Database

THROTTLE_S = 15 * 60
MOST_BY_NAME, MOST_BY_ADDRESS = 5, 20
"""Failed sign-ins in that time, for one name and from one address."""


_NOBODYS_HASH = f"scrypt:32768:8:1$nobody${'0' * 128}"
"""Checked for unknown names, so that they take as long as known ones; no password has it."""


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


def sign_in(database: Database, name: str, password: str, address: str, now: Instant) -> User:
    """Whom name and password let in.

    The attempt is counted before the password is looked at and taken back
    when it was right, so that many at once gain nothing.

    Raises
    ------
    ThrottledError
        If there were too many failures for this name or from this address.
    SignInRefusedError
        If they do not belong together.
    """
    key = name_key(name)
    by_name = _hashed(f"name:{key}")
    limits = {by_name: MOST_BY_NAME, _hashed(f"address:{_network(address)}"): MOST_BY_ADDRESS}
    with database.writing() as session:
        for counted, most in limits.items():
            count, since = store.attempts_since(session, counted, now - THROTTLE_S, most)
            if count >= most:
                raise ThrottledError(max(1, since + THROTTLE_S - now))
        store.forget_attempts(session, now - THROTTLE_S)
        attempts = store.add_attempts(session, list(limits), now)
        row = store.user_by_key(session, key)
    known = row is not None and not row.archived and row.password_hash is not None
    hashed = row.password_hash if row is not None and known else None
    is_right = check_password_hash(hashed or _NOBODYS_HASH, normalised(password))
    if row is None or not known or not is_right:
        raise SignInRefusedError
    with database.writing() as session:
        store.remove_attempts(session, attempts, by_name)
    return as_user(row)


def set_password(database: Database, user: User, password: str, now: Instant) -> None:
    """Give somebody a new password; links that still wait to be used stop working.

    Raises
    ------
    PasswordRefusedError
        If it is too short or too easy to guess, with the reason.
    """
    reason = weakness(password, (user.name,))
    if reason is not None:
        raise PasswordRefusedError(reason)
    hashed = generate_password_hash(normalised(password))
    with database.writing() as session:
        row = existing(session, user.id)
        row.password_hash = hashed
        store.expire_sign_in_links(session, row.id, now)


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
