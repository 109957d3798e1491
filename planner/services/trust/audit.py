"""The audit log: who did what, when, from where. It holds no token, no password and no participant's name."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.services.accounts.users import DAY_S, User
from planner.store.trust import audit as store
from planner.store.trust.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

LOG = logging.getLogger(__name__)

KEPT_DAYS = 365
"""So long lines are kept, unless AUDIT_DAYS says otherwise."""

PAGE = 100
"""So many rows stand on a page."""

COMMAND, SERVICE = "flask", "service"
"""By whom something was done that nobody did who was signed in: by a command, by the service itself."""

LONGEST_ABOUT, LONGEST_ADDRESS = 200, 64


class Kind(StrEnum):
    """What an act is about, to choose by."""

    SIGN_IN = "sign_in"
    ACCOUNTS = "accounts"
    VISITS = "visits"
    LINKS = "links"
    PEOPLE = "people"
    SERVICE = "service"


class Act(StrEnum):
    """What was done; its kind stands before the dot."""

    SIGNED_IN = "sign_in.by_name"
    SIGNED_IN_BY_LINK = "sign_in.by_link"
    SIGN_IN_FAILED = "sign_in.failed"
    SIGNED_OUT = "sign_in.out"
    SIGNED_OUT_ELSEWHERE = "sign_in.out_elsewhere"
    OWN_WORD_SET = "sign_in.new_password"
    SECOND_FAILED = "sign_in.second_failed"
    SECOND_ON = "sign_in.second_on"
    SECOND_OFF = "sign_in.second_off"
    RECOVERY_USED = "sign_in.recovery_used"
    RECOVERY_MADE = "sign_in.recovery_made"

    ACCOUNT_ADDED = "accounts.added"
    ROLE_CHANGED = "accounts.role"
    SIGN_IN_LINK_MADE = "accounts.link"
    ACCOUNT_ARCHIVED = "accounts.archived"
    ACCOUNT_RESTORED = "accounts.restored"
    SECOND_RESET = "accounts.second_reset"

    PUBLISHED = "visits.published"
    UNPUBLISHED = "visits.unpublished"
    SHARED = "visits.shared"
    UNSHARED = "visits.unshared"
    DELETED = "visits.deleted"

    LINK_REVOKED = "links.revoke"
    LINK_RESTORED = "links.restore"
    LINK_EXCHANGED = "links.rotate"
    LINK_ENDS = "links.expire"
    PREVIEW_MADE = "links.preview"
    PREVIEW_CHANGED = "links.preview_changed"

    NAMES_KEPT = "people.names_kept"
    NAMES_PRINTED = "people.names_printed"
    NAMES_REMOVED = "people.names_removed"
    PERSONAL_EXPORTED = "people.visit_exported"
    PERSONAL_DELETED = "people.visit_deleted"
    HOSTS_EXPORTED = "people.hosts_exported"
    LOG_EXPORTED = "people.log_exported"
    FORGOTTEN = "people.forgotten"

    OFFICE_CHANGED = "service.office"
    TOWN_TAKEN_OVER = "service.town_taken_over"
    TOWN_PUT_BACK = "service.town_put_back"
    SITES_FROM_OSM = "service.sites_from_osm"
    BACKUP_MADE = "service.backup"
    RESTORED = "service.restored"

    @property
    def kind(self) -> Kind:
        """What it is about."""
        return Kind(self.value.partition(".")[0])


@dataclass(frozen=True, slots=True)
class Author:
    """Who does something: an account, or a name for what is none; and from which address."""

    user: User | None = None
    address: str = ""
    name: str = ""


BY_COMMAND, BY_SERVICE = Author(name=COMMAND), Author(name=SERVICE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log."""

    id: int
    at: Instant
    act: Act | None
    """None for one of a newer or older program."""

    by: str
    is_account: bool
    about: str
    visit: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Question:
    """Which lines are asked for: a kind, whose, from when and until before when; None for all."""

    kind: Kind | None = None
    by_id: int | None = None
    since: Instant | None = None
    until: Instant | None = None


def note(
    session: Session, act: Act, by: Author, now: Instant, *, about: str = "", visit: int | None = None
) -> None:
    """Write down what is being done, in the transaction that does it, and tell the service's log.

    That log is read by more people and collected elsewhere: it has numbers of accounts and visits, no names.
    """
    name = by.user.name if by.user else by.name
    row = AuditRow(
        at=now,
        act=act.value,
        by_id=by.user.id if by.user else None,
        by_name=name,
        about=about[:LONGEST_ABOUT],
        visit=visit,
        address=by.address[:LONGEST_ADDRESS],
    )
    store.add(session, row)
    who = f"account {by.user.id}" if by.user else by.name or "-"
    told = {"act": act.value, "by": who, "visit": visit or "-", "address": row.address or "-"}
    LOG.info("%s by %s, visit %s, from %s", *told.values(), extra={"fields": told})


def entries(session: Session, question: Question, below: int | None = None) -> tuple[list[Entry], int | None]:
    """Return a page of lines, the newest first, and below which number the next begins, None for none."""
    rows = store.newest(session, _wanted(question), below, PAGE + 1)
    older = rows[PAGE - 1].id if len(rows) > PAGE else None
    return [_entry(row) for row in rows[:PAGE]], older


def all_entries(session: Session, question: Question) -> Iterator[Entry]:
    """Yield all lines that are asked for, the newest first."""
    return (_entry(row) for row in store.all_rows(session, _wanted(question)))


def authors(session: Session) -> list[tuple[int, str]]:
    """Return whose accounts are in the log, with their names."""
    return store.authors(session)


def forget_old(session: Session, now: Instant, days: int) -> None:
    """Remove what is older than so many days."""
    store.forget_before(session, now - days * DAY_S)


def _wanted(question: Question) -> store.Wanted:
    acts = None
    if question.kind is not None:
        acts = tuple(act.value for act in Act if act.kind is question.kind)
    return store.Wanted(acts, question.by_id, question.since, question.until)


def _entry(row: AuditRow) -> Entry:
    act = Act(row.act) if row.act in set(Act) else None
    return Entry(row.id, row.at, act, row.by_name, row.by_id is not None, row.about, row.visit, row.address)
