"""Contacts: whom to reach at a stop of a visit or at a site of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from planner.store.hosts.tables import ContactRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


OF_CATALOGUE = "site"
"""The kind of those of the catalogue's sites, which belong to no visit."""

AT_ONCE = 500
"""Owners that one statement names: databases take some thousand values at most."""


def contacts(session: Session, kind: str, visit_id: int | None) -> list[ContactRow]:
    """All contacts of a kind: those of a visit, or for None those that belong to none."""
    of_visit = ContactRow.visit_id.is_(None) if visit_id is None else ContactRow.visit_id == visit_id
    query = select(ContactRow).where(ContactRow.kind == kind, of_visit).order_by(ContactRow.id)
    return list(session.scalars(query))


def replace_contact(
    session: Session, key: tuple[str, str, str, int | None], filled: Mapping[str, str] | None
) -> None:
    """Keep a contact in place of the one that is there; None removes it.

    `key` is its kind, owner, role and visit.
    """
    kind, owner, role, visit_id = key
    of_visit = ContactRow.visit_id.is_(None) if visit_id is None else ContactRow.visit_id == visit_id
    same = ContactRow.kind == kind, ContactRow.owner == owner, ContactRow.role == role, of_visit
    session.execute(delete(ContactRow).where(*same))
    if filled:
        session.add(ContactRow(kind=kind, owner=owner, role=role, visit_id=visit_id, **filled))


def replace_contacts(session: Session, kind: str, filled: Mapping[str, Mapping[str, str] | None]) -> None:
    """Keep whom to ask of many owners without a visit in place of those that are there; None removes one."""
    owners = list(filled)
    for start in range(0, len(owners), AT_ONCE):
        these = ContactRow.owner.in_(owners[start : start + AT_ONCE])
        plain = ContactRow.role == "", ContactRow.visit_id.is_(None)
        session.execute(delete(ContactRow).where(ContactRow.kind == kind, these, *plain))
    rows = [{"kind": kind, "owner": owner, **values} for owner, values in filled.items() if values]
    if rows:
        session.execute(insert(ContactRow), rows)


def forget_contacts(session: Session, visit_id: int) -> None:
    """Remove the contacts of a visit."""
    session.execute(delete(ContactRow).where(ContactRow.visit_id == visit_id))


def visits_with_contacts(session: Session) -> set[int]:
    """The visits of which contacts are kept."""
    found = session.scalars(select(ContactRow.visit_id).where(ContactRow.visit_id.is_not(None)).distinct())
    return {number for number in found if number is not None}
