"""What a public office has to say of itself: whom to reach, how accessible its service is, its data.

The pages are drafts until what each of them needs is filled in.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.errors import Fault, InvalidInputError
from planner.store.trust import office as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

LONGEST_LINE, LONGEST_TEXT = 200, 4000


class Status(StrEnum):
    """How far the service keeps the act on digital accessibility."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class PublicPage(StrEnum):
    """The pages that an office owes."""

    ACCESSIBILITY = "accessibility"
    PRIVACY = "privacy"
    CONTACT = "contact"


LINES = ("name", "address", "email", "phone", "access_person", "access_email", "access_phone", "auditor")
DATES = ("published", "updated", "drawn_up", "reviewed")
TEXTS = ("gaps", "architecture", "dpo", "privacy_more", "contact_more")
FIELDS = (*LINES, *DATES, "status", *TEXTS)

NEEDED = {
    PublicPage.ACCESSIBILITY: (
        *("name", "published", "updated", "status", "drawn_up"),
        *("access_person", "access_email", "access_phone", "architecture"),
    ),
    PublicPage.PRIVACY: ("name", "address", "email", "dpo"),
    PublicPage.CONTACT: ("name", "address", "email", "phone"),
}
"""Without these a page is a draft; of what is not fully accessible the gaps are needed too."""


def office(session: Session) -> dict[str, str]:
    """Return what the office says of itself, '' for what is not filled in."""
    kept = store.facts(session)
    return {name: kept.get(name, "") for name in FIELDS}


def missing(facts: Mapping[str, str], page: PublicPage) -> tuple[str, ...]:
    """Return which fields a page lacks."""
    needed = NEEDED[page]
    if page is PublicPage.ACCESSIBILITY and facts["status"] in {Status.PARTIAL, Status.NONE}:
        needed = (*needed, "gaps")
    return tuple(name for name in needed if not facts[name])


def keep(session: Session, typed: Mapping[str, str]) -> None:
    """Keep what was typed, in place of all that was there.

    Raises
    ------
    InvalidInputError
        If something is too long, a date is none, or the status is not known; nothing is kept then.
    """
    filled = {name: typed.get(name, "").replace("\r\n", "\n").replace("\0", "").strip() for name in FIELDS}
    if faults := tuple(_faults(filled)):
        raise InvalidInputError("this cannot be kept", details=faults)
    store.replace_facts(session, {name: text for name, text in filled.items() if text})


def _faults(filled: Mapping[str, str]) -> list[Fault]:
    faults = []
    for name, text in filled.items():
        if len(text) > (LONGEST_TEXT if name in TEXTS else LONGEST_LINE):
            faults.append(Fault(f"/{name}", "too_long", "too long"))
        if name in DATES and text and not _is_date(text):
            faults.append(Fault(f"/{name}", "not_a_date", "not a date"))
    if filled["status"] and filled["status"] not in set(Status):
        faults.append(Fault("/status", "unknown", "not a status"))
    return faults


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
