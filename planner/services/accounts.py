"""Who may work here: accounts, what signs them in, and how often one may try."""

from __future__ import annotations

import hashlib
import ipaddress
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from werkzeug.security import check_password_hash, generate_password_hash

from planner.domain.clock import Instant
from planner.domain.passwords import Weakness, normalised, weakness
from planner.errors import Fault, InvalidInputError, NotThereError, PlannerError
from planner.store import users as store
from planner.store.models import SessionRow, UserRow
from planner.store.secrets import sign_in_token

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.store.database import Database

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400

LINK_S = 7 * DAY_S
"""How long a one-time link may wait to be used."""

SESSION_S = 30 * DAY_S
"""How long one stays signed in at most."""

IDLE_S = 72 * HOUR_S
"""How long one stays signed in without coming by: from Friday afternoon to Monday morning, not longer."""

SEEN_EVERY_S = 5 * MINUTE_S
"""How often a session's use is written down."""

KEPT_S = 90 * DAY_S
"""How long sessions and links that are over are kept."""

THROTTLE_S = 15 * MINUTE_S
MOST_BY_NAME, MOST_BY_ADDRESS = 5, 20
"""Failed sign-ins in that time, for one name and from one address."""

LONGEST_NAME, LONGEST_KEY = 60, 80
FIRST_NAME = "organizator"

_NOBODYS_HASH = f"scrypt:32768:8:1$nobody${'0' * 128}"
"""Checked for unknown names, so that they take as long as known ones; no password has it."""


class Role(StrEnum):
    """What somebody may do: an organiser their own visits, an admin everything."""

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


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody in one browser."""

    user: User
    session_id: int
    has_password: bool


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """A browser in which somebody is signed in."""

    id: int
    agent: str
    created: Instant
    seen: Instant


@dataclass(frozen=True, slots=True)
class Account:
    """A user as an admin sees them; `link_expires` is None while no link waits."""

    user: User
    archived: bool
    has_password: bool
    link_expires: Instant | None


class LinkState(StrEnum):
    """What became of a one-time link."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class NameFault(StrEnum):
    """Why a name cannot be had."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    STRANGE = "strange"
    TAKEN = "taken"


_NAME_MESSAGES = {
    NameFault.EMPTY: "a name is needed",
    NameFault.TOO_LONG: f"a name has at most {LONGEST_NAME} characters",
    NameFault.STRANGE: "a name has no control characters",
    NameFault.TAKEN: "this name is taken",
}


class NameRefusedError(InvalidInputError):
    """The name of a new account cannot be had."""

    def __init__(self, fault: NameFault) -> None:
        message = _NAME_MESSAGES[fault]
        super().__init__(message, details=(Fault("/name", fault.value, message),))
        self.fault = fault


class PasswordRefusedError(InvalidInputError):
    """The password is too easy to guess."""

    def __init__(self, reason: Weakness) -> None:
        message = f"this password is refused: {reason.value.replace('_', ' ')}"
        super().__init__(message, details=(Fault("/password", reason.value, message),))
        self.reason = reason


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


# Accounts


def add_user(database: Database, name: str, role: Role, now: Instant) -> User:
    """Make an account that has no password yet.

    Raises
    ------
    NameRefusedError
        If the name is empty, too long, strange or taken.
    """
    shown = _clean_name(name)
    with database.writing() as session:
        if store.user_by_key(session, _name_key(shown)) is not None:
            raise NameRefusedError(NameFault.TAKEN)
        return _user(store.add_user(session, shown, _name_key(shown), role, now))


def find_user(database: Database, name: str) -> User:
    """The user of a name, however its letters are cased.

    Raises
    ------
    NotThereError
        If there is none, or none any more.
    """
    with database.session() as session:
        row = store.user_by_key(session, _name_key(name))
        if row is None or row.archived:
            raise NotThereError(f"there is no user {name!r}")
        return _user(row)


def accounts(database: Database, now: Instant) -> tuple[Account, ...]:
    """Everybody, archived ones last."""
    with database.session() as session:
        return tuple(_account(session, row, now) for row in store.all_users(session))


def archive_user(database: Database, user_id: int, by: User, now: Instant) -> None:
    """Sign somebody out everywhere and let them in no more; what they made stays.

    Raises
    ------
    NotThereError
        If there is no such user.
    InvalidInputError
        If they would archive themselves: somebody must be left who can undo it.
    """
    if user_id == by.id:
        raise InvalidInputError("nobody archives themselves")
    with database.writing() as session:
        row = _existing(session, user_id)
        row.archived = True
        store.end_sessions(session, row.id, now)
        store.expire_sign_in_links(session, row.id, now)


def restore_user(database: Database, user_id: int) -> User:
    """Let somebody in again.

    Raises
    ------
    NotThereError
        If there is no such user.
    """
    with database.writing() as session:
        row = _existing(session, user_id)
        row.archived = False
        return _user(row)


# One-time links


def new_link(database: Database, secret_key: str, user_id: int, now: Instant) -> tuple[User, str]:
    """Make a one-time link in place of the user's older ones; the user and the link's token.

    Raises
    ------
    NotThereError
        If there is no such user, or not any more.
    """
    with database.writing() as session:
        row = _existing(session, user_id)
        if row.archived:
            raise NotThereError(f"the user {row.name!r} is archived")
        return _user(row), store.add_sign_in_link(session, secret_key, row.id, now, now + LINK_S)


def first_link(database: Database, secret_key: str, now: Instant) -> str | None:
    """The token that lets the first organiser in, None once anybody has a password.

    It stays the same until it is used up or has expired; then there is a new one.
    """
    with database.writing() as session:
        if store.anybody_has_password(session):
            return None
        admins = store.users_in_role(session, Role.ADMIN)
        row = admins[0] if admins else _first_user(session, now)
        link = store.open_sign_in_link(session, row.id, now)
        if link is not None:
            return sign_in_token(secret_key, link.id, link.created)
        return store.add_sign_in_link(session, secret_key, row.id, now, now + LINK_S)


def link_state(database: Database, token: str, now: Instant) -> tuple[LinkState, str]:
    """What became of a link, and the name it is for ("" if the link is unknown); nothing is used up."""
    with database.session() as session:
        found = store.sign_in_link(session, token)
    if found is None:
        return LinkState.UNKNOWN, ""
    link, user = found
    if link.used is not None:
        return LinkState.USED, user.name
    is_open = link.expires > now and not user.archived
    return (LinkState.OPEN if is_open else LinkState.EXPIRED), user.name


def use_link(database: Database, token: str, now: Instant) -> User | None:
    """Use a link up; whom it lets in, None if it is unknown, used up or expired."""
    with database.writing() as session:
        user_id = store.use_sign_in_link(session, token, now)
        row = session.get(UserRow, user_id) if user_id is not None else None
        return None if row is None or row.archived else _user(row)


# Passwords


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
    key = _name_key(name)
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
    return _user(row)


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
        row = _existing(session, user.id)
        row.password_hash = hashed
        store.expire_sign_in_links(session, row.id, now)


# Sessions


def open_session(
    database: Database, user_id: int, agent: str, now: Instant, *, replacing: int | None = None
) -> str:
    """Sign somebody in in a browser, in place of whoever was; the session's token."""
    with database.writing() as session:
        store.forget_before(session, now - KEPT_S)
        if replacing is not None and (old := session.get(SessionRow, replacing)) is not None:
            store.end_session(session, old.user_id, old.id, now)
        return store.add_session(session, user_id, agent, now)


def signed_in(database: Database, token: str, now: Instant) -> SignedIn | None:
    """Whose session a token is, None if it has ended or expired."""
    with database.session() as session:
        found = store.open_session(session, token)
    if found is None or not _is_alive(found[0], now):
        return None
    row, user = found
    if now - row.seen >= SEEN_EVERY_S:
        with database.writing() as session:
            store.mark_seen(session, row.id, now)
    return SignedIn(_user(user), row.id, user.password_hash is not None)


def sessions_of(database: Database, user_id: int, now: Instant) -> tuple[BrowserSession, ...]:
    """The browsers in which somebody is signed in, last used first."""
    with database.session() as session:
        rows = [row for row in store.open_sessions(session, user_id) if _is_alive(row, now)]
    return tuple(BrowserSession(row.id, row.agent, row.created, row.seen) for row in rows)


def end_session(database: Database, user: User, session_id: int, now: Instant) -> None:
    """Sign somebody out in one browser.

    Raises
    ------
    NotThereError
        If the session is not theirs, or not there.
    """
    with database.writing() as session:
        if not store.end_session(session, user.id, session_id, now):
            raise NotThereError("there is no such session")


def end_other_sessions(database: Database, here: SignedIn, now: Instant) -> None:
    """Sign somebody out in all other browsers."""
    with database.writing() as session:
        store.end_sessions(session, here.user.id, now, but=here.session_id)


def _is_alive(row: SessionRow, now: Instant) -> bool:
    return row.created + SESSION_S > now and row.seen + IDLE_S > now


def _first_user(session: Session, now: Instant) -> UserRow:
    names = [FIRST_NAME, *(f"{FIRST_NAME} {number}" for number in range(2, 100))]
    name = next(name for name in names if store.user_by_key(session, name) is None)
    return store.add_user(session, name, name, Role.ADMIN, now)


def _existing(session: Session, user_id: int) -> UserRow:
    row = session.get(UserRow, user_id)
    if row is None:
        raise NotThereError("there is no such user")
    return row


def _user(row: UserRow) -> User:
    return User(row.id, row.name, Role(row.role))


def _account(session: Session, row: UserRow, now: Instant) -> Account:
    link = store.open_sign_in_link(session, row.id, now)
    return Account(_user(row), row.archived, row.password_hash is not None, link.expires if link else None)


def _clean_name(name: str) -> str:
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown:
        raise NameRefusedError(NameFault.EMPTY)
    if len(shown) > LONGEST_NAME or len(_name_key(shown)) > LONGEST_KEY:
        raise NameRefusedError(NameFault.TOO_LONG)
    if not shown.isprintable():
        raise NameRefusedError(NameFault.STRANGE)
    return shown


def _name_key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("\0", "").split())


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
