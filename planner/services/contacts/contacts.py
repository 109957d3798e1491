"""Whom to reach: name, telephone and e-mail of the contacts of hosts and of sites.

`contacts_of` is the one function that reads them: who calls it has made sure that its reader may see them.
They are referred to by the key of a host or the id of a site, and stand in no document, revision, release,
kept file or log.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.store.hosts import contacts as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

LONGEST_NAME, LONGEST_PHONE, LONGEST_EMAIL = 200, 80, 200
ASKED, RECEIVES = "", "receives"
"""The roles: whom the organiser asks, and who receives the group at the door."""


class OwnerKind(StrEnum):
    """Of what somebody is the contact."""

    HOST = "host"
    """A host of a visit, by the key of its place (`domain/hosts/keys.py`): gone with the visit, and 30 days
    after its last day."""
    SITE = "site"
    """A site of the catalogue, by its id: it stays."""
    DRIVER = "driver"
    """Who drives a coach of a visit, by the id that the day's booking names: as a stop's."""


@dataclass(frozen=True)
class Contact:
    """A person whom one can reach."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str], prefix: str = "") -> Contact:
        """Read one from the fields of a form, whose names may begin with a prefix."""
        name, phone, email = (" ".join(typed.get(f"{prefix}{field}", "").split()) for field in _FIELDS)
        return cls(name[:LONGEST_NAME], phone[:LONGEST_PHONE], email[:LONGEST_EMAIL])

    @property
    def is_known(self) -> bool:
        """Whether anything is known of them."""
        return bool(self.name or self.phone or self.email)

    def __repr__(self) -> str:
        """Say nothing: what is shown in faults and logs has no contacts in it."""
        return "Contact(...)"


_FIELDS = ("name", "phone", "email")


def contacts_of(
    session: Session, kind: OwnerKind, visit_id: int | None = None
) -> dict[tuple[str, str], Contact]:
    """Return the contacts of a kind by owner and role: those of a visit, or those of the catalogue."""
    rows = store.contacts(session, kind, visit_id)
    return {(row.owner, row.role): Contact(row.name, row.phone, row.email) for row in rows}


def drivers_of(session: Session, visit_id: int) -> frozenset[str]:
    """Return the ids of the drivers whom a visit keeps, and nothing of them."""
    return frozenset(row.owner for row in store.contacts(session, OwnerKind.DRIVER, visit_id))


def keep_contact(
    session: Session,
    kind: OwnerKind,
    owner: str,
    contact: Contact,
    *,
    role: str = ASKED,
    visit_id: int | None = None,
) -> None:
    """Keep a contact in place of the one that is there; an empty one removes it."""
    filled = asdict(contact) if contact.is_known else None
    store.replace_contact(session, (kind, owner, role, visit_id), filled)


def forget_contacts(session: Session, visit_id: int) -> None:
    """Remove all contacts of a visit; those of the catalogue stay."""
    store.forget_contacts(session, visit_id)
